"""What every verb does: lock, ask for the note, leave a Change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from registry import turns
from registry.models import Change, Editor, Path, Pid, State, Verb
from registry.paths import check_path

SYSTEM_ROLE = "system"


def locked(values: Sequence[Any]) -> dict[Any, Pid]:
    """The pids' rows in the order asked for, locked to the end of the transaction; one verb at a time."""
    turns.take()
    found = {pid.value: pid for pid in Pid.objects.select_for_update().filter(pk__in=values).order_by("pk")}
    return {value: found[value] for value in values}


def require_note(note: str) -> None:
    if not note.strip():
        raise ValidationError({"note": _("Say in a sentence, for the public, what changed and why.")})


def role(by: Editor | None) -> str:
    return by.role if by else SYSTEM_ROLE


def claim_path(pid: Pid, path: str, *, save: bool = True) -> None:
    """Enter the path in the ledger for this pid and answer there; a path once another's is refused."""
    check_path(path)
    entry, _is_new = Path.objects.get_or_create(path=path, defaults={"pid": pid})
    if entry.pid_id != pid.value:
        raise ValidationError(
            {"path": _("/%(path)s/ belongs to %(pid)s for ever.") % {"path": path, "pid": entry.pid_id}}
        )
    pid.path = path
    if save:
        pid.save(update_fields=["path"])


def set_state(pid: Pid, state: State) -> None:
    pid.state = state
    pid.save(update_fields=["state", "survivor"])


def log(pid: Pid, verb: Verb, *, by: Editor | None, note: str, detail: dict[str, Any] | None = None) -> None:
    change(pid, verb, by=by, note=note, detail=detail).save()


def change(
    pid: Pid, verb: Verb, *, by: Editor | None, note: str, detail: dict[str, Any] | None = None
) -> Change:
    return Change(
        pid=pid,
        verb=verb,
        edition_number=pid.edition_number,
        by=by,
        role=role(by),
        note=note.strip(),
        detail=detail or {},
        at=timezone.now(),
    )
