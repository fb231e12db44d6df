"""Giving a record another path."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from registry.models import Editor, Pid, Record, Verb
from registry.verbs.bookkeeping import claim_path, locked, log, require_note


@transaction.atomic
def rename(record: Record, *, by: Editor | None, path: str, note: str) -> None:
    """Give a public record another path; the old one redirects for ever, as do those beneath it.

    Raises ValidationError where the path is malformed, reserved, or was ever another record's.
    """
    pid = record.pid = locked([record.pk])[record.pk]
    if not pid.is_public or pid.path is None:
        raise ValidationError(_("Only a public record can be moved."))
    require_note(note)
    path, old = path.strip("/"), pid.path
    if path == old:
        return
    beneath = list(Pid.objects.select_for_update().filter(path__startswith=f"{old}/"))
    for moved in [pid, *beneath]:
        moved_from = moved.path or ""
        claim_path(moved, path + moved_from[len(old) :])
        log(moved, Verb.RENAME, by=by, note=note, detail={"from": moved_from, "to": moved.path})
