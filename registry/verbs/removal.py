"""Withdrawing a record, and bringing one back."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from registry.models import Change, Editor, Pid, Record, State, Tombstone, Verb, WithdrawalReason
from registry.models.record import record_of
from registry.signals import records_changed
from registry.verbs.bookkeeping import change, locked, log, require_note, role, set_state
from registry.verbs.foundations import Kind, require_foundations, require_nothing_above, standing_on
from registry.verbs.merging import move_back
from registry.verbs.publication import (
    append_editions,
    batches,
    by_kind,
    names_of,
    quoting_records,
    republish,
)


@transaction.atomic
def withdraw(
    record: Record,
    *,
    by: Editor | None,
    reason: str,
    note: str,
    replaced_by: Pid | None = None,
    along: bool = False,
) -> Tombstone:
    """Take a public record out of the archive, leaving a tombstone at all its addresses.

    `along` takes what stands on it out too, for the same reason. Raises ValidationError where it is not public,
    something stands on it, the reason is not of the list, or the note is missing.
    """
    kinds = [(type(record), [record.pk]), *(standing_on([record.pk]) if along else ())]
    replacements = {record.pk: replaced_by} if replaced_by else {}
    withdraw_many(kinds, by=by, reason=reason, note=note, replacements=replacements)
    tombstone = Tombstone.objects.speaking_for(record.pid)
    record.pid = tombstone.pid
    return tombstone


@transaction.atomic
def withdraw_many(
    kinds: Sequence[tuple[Kind, Sequence[Any]]],
    *,
    by: Editor | None,
    reason: str,
    note: str,
    replacements: Mapping[Any, Pid] = MappingProxyType({}),
) -> None:
    """Withdraw records, named by kind and pid, together; what else prints their words is published anew once.

    `replacements` says by pid which public record replaces one.
    """
    if reason not in WithdrawalReason.values:
        raise ValidationError({"reason": _("Choose a reason of the list.")})
    require_note(note)
    gone = names_of(kinds)
    if any(pid.pk in gone or not pid.is_public for pid in replacements.values()):
        raise ValidationError({"replaced_by": _("What replaces it must be another public record.")})
    require_nothing_above(gone)
    quoting, title = quoting_records(kinds), ""
    for kind, pks in batches(kinds):
        pids = list(locked(pks).values())
        if not all(pid.is_public for pid in pids):
            raise ValidationError(_("Only a public record can be withdrawn."))
        for pid in pids:
            pid.state, title = State.WITHDRAWN, pid.title
        Pid.objects.bulk_update(pids, ["state"])
        Tombstone.objects.bulk_create(
            tombstone(pid, by, reason, note, replacements.get(pid.pk)) for pid in pids
        )
        Change.objects.bulk_create(
            change(pid, Verb.WITHDRAW, by=by, note=note, detail={"reason": reason}) for pid in pids
        )
        records_changed.send(kind, pids=[pid.value for pid in pids])
    said = _("Withdrawn: %(title)s") % {"title": title} if len(gone) == 1 else note
    republish(quoting, by=by, note=said, done=gone)


def tombstone(pid: Pid, by: Editor | None, reason: str, note: str, replaced_by: Pid | None) -> Tombstone:
    """One to be stored: what was here, and who took it away why."""
    return Tombstone(
        pid=pid, title=pid.title, reason=reason, note=note.strip(), role=role(by), replaced_by=replaced_by
    )


@transaction.atomic
def restore(record: Record, *, by: Editor | None, note: str, along: Container[Any] = ()) -> None:
    """Make a withdrawn or merged record public again, at the path it had.

    References that a merge moved are moved back where they still point to the survivor.
    Raises ValidationError where what it stands on is not public, nor in `along`, whose pids the caller makes public
    in the same transaction.
    """
    pid = record.pid = locked([record.pk])[record.pk]
    if pid.state not in (State.WITHDRAWN, State.MERGED):
        raise ValidationError(_("Only a withdrawn or merged record can be restored."))
    require_note(note)
    was_merged, survivor = pid.state == State.MERGED, pid.survivor
    pid.survivor = None
    set_state(pid, State.PUBLIC)
    touched: list[Record] = []
    if was_merged and survivor:
        touched = move_back(record, record_of(survivor))
    require_foundations(type(record), [pid.value], along=along)
    _restored_edition(record, by=by, note=note)
    touched += list(record.quoting([pid.value]))
    said = _("Restored: %(title)s") % {"title": pid.title}
    republish(by_kind(touched), by=by, note=said, done={pid.value})


def _restored_edition(record: Record, *, by: Editor | None, note: str) -> None:
    """The edition that stands from now on, a new one where facts were changed meanwhile; one Change either way."""
    pid, number = record.pid, record.pid.edition_number
    append_editions(type(record), [pid], by=by, note=note, verb=Verb.RESTORE)
    if pid.edition_number == number:
        log(pid, Verb.RESTORE, by=by, note=note)
        records_changed.send(type(record), pids=[pid.value])
