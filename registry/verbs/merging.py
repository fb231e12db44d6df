"""Joining a duplicate to its survivor, so that it can be undone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from registry.models import Change, Edition, Editor, Pid, Record, State, Verb
from registry.models.record import record_of
from registry.signals import records_changed
from registry.verbs.bookkeeping import locked, log, require_note, set_state
from registry.verbs.publication import by_kind, republish


@transaction.atomic
def merge(duplicate: Record, *, into: Record, by: Editor | None, note: str) -> None:
    """Join a duplicate to its survivor: what refers to it refers to the survivor, its addresses redirect.

    Parts that only the duplicate has become the survivor's; of those that both have, the survivor's hold.

    Raises ValidationError where kinds differ, either is not public, both occur in one place, so that they
    cannot be the same, or a record stands on a part that the survivor has otherwise. `restore` undoes it.
    """
    pids = locked([duplicate.pk, into.pk])
    if duplicate.pk == into.pk or type(duplicate) is not type(into):
        raise ValidationError(_("Choose another record of the same kind."))
    duplicate.pid, into.pid = pids[duplicate.pk], pids[into.pk]
    if not (duplicate.pid.is_public and into.pid.is_public):
        raise ValidationError(_("Both records must be public."))
    require_note(note)
    referring = _referring(duplicate.pid)
    detail = move_references(duplicate, into)
    for earlier in duplicate.pid.merged_pids.all():
        earlier.survivor = into.pid
        earlier.save(update_fields=["survivor"])
    duplicate.pid.survivor = into.pid
    set_state(duplicate.pid, State.MERGED)
    log(
        duplicate.pid,
        Verb.MERGE,
        by=by,
        note=note,
        detail={"into": into.pk, **detail},
    )
    records_changed.send(type(duplicate), pids=[duplicate.pk])
    republish(by_kind([*referring, into]), by=by, note=note, done={duplicate.pk})


def _referring(pid: Pid) -> list[Record]:
    """Records whose current edition names this pid; reads every current edition, for rare acts only."""
    editions = Edition.objects.current().filter(content__contains=f'"{pid.value}"').exclude(pid=pid)
    return [record_of(edition.pid) for edition in editions.select_related("pid")]


def _references(record: Record) -> list[models.ForeignKey[Any, Any]]:
    """Each foreign key of the application that may point to this record, those of link tables included."""
    return [
        relation.field
        for relation in record._meta.get_fields(include_hidden=True)
        if isinstance(relation, models.ManyToOneRel) and not relation.one_to_one
    ]


def _column(field: models.ForeignKey[Any, Any]) -> str:
    return f"{field.model._meta.label_lower}.{field.name}"


def move_references(duplicate: Record, survivor: Record) -> dict[str, Any]:
    """Point every reference at the survivor.

    Returns what `restore` needs to undo it, by column: the keys `moved`, the rows of link tables `dropped` since
    the survivor had them too, and the numbers had before by what was `renumbered`.
    Raises ValidationError where a row of facts names both, or a record stands on a part that cannot move.
    """
    moved: dict[str, list[Any]] = {}
    dropped: dict[str, list[dict[str, Any]]] = {}
    renumbered: dict[str, list[list[Any]]] = {}
    for field in _references(duplicate):
        for row in field.model._base_manager.filter(**{field.name: duplicate}):
            if _points(row, field, survivor):
                moved.setdefault(_column(field), []).append(row.pk)
            elif field.model._meta.auto_created:
                columns = {
                    column.attname: getattr(row, column.attname) for column in row._meta.concrete_fields
                }
                row.delete()
                dropped.setdefault(_column(field), []).append(columns)
            elif isinstance(row, Record) and _points(row, field, survivor, number=_next(field, survivor)):
                moved.setdefault(_column(field), []).append(row.pk)
                renumbered.setdefault(_column(field), []).append([row.pk, getattr(row, "number", None)])
            else:
                _leave(row, field, duplicate)
    return {"moved": moved, "dropped": dropped, "renumbered": renumbered}


def _points(row: models.Model, field: models.ForeignKey[Any, Any], to: Record, **values: Any) -> bool:
    """Whether the row could be pointed at this record; it stays where it was if another is there already."""
    try:
        with transaction.atomic():
            type(row)._base_manager.filter(pk=row.pk).update(**{field.name: to}, **values)
    except IntegrityError:
        return False
    return True


def _next(field: models.ForeignKey[Any, Any], survivor: Record) -> int:
    """The number after the last among the survivor's rows."""
    rows = field.model._base_manager.filter(**{field.name: survivor})
    last: int | None = rows.aggregate(last=models.Max("number"))["last"]
    return (last or 0) + 1


def _leave(row: models.Model, field: models.ForeignKey[Any, Any], duplicate: Record) -> None:
    """Let a part of the duplicate stay with it, where the survivor has its own.

    Raises ValidationError where the row is no part of it, or a record in use stands on the part.
    """
    described = {str(getattr(name, "prefetch_to", name)).split("__")[0] for name in duplicate.DATA_PREFETCH}
    if isinstance(row, Record) or field.remote_field.get_accessor_name() not in described:
        raise ValidationError(_("Both occur in “%(row)s”, so they are not the same.") % {"row": row})
    standing = next(_records_on(row), None)
    if standing:
        raise ValidationError(
            _(
                "Both have “%(part)s”, and “%(record)s” refers to that of the record to be merged. "
                "Let it refer to the one that stays, then merge."
            )
            % {"part": row, "record": standing}
        )


def _records_on(part: models.Model) -> Iterator[Record]:
    """Records, neither withdrawn nor merged, that refer to the part or to anything beneath it."""
    for relation in part._meta.get_fields():
        if isinstance(relation, models.ManyToOneRel):
            for row in relation.field.model._base_manager.filter(**{relation.field.name: part}):
                if not isinstance(row, Record):
                    yield from _records_on(row)
                elif row.pid.state not in (State.WITHDRAWN, State.MERGED):
                    yield row


def move_back(record: Record, survivor: Record) -> list[Record]:
    """Undo the newest merge of this record; the records that may print other words now."""
    merged = record.pid.changes.filter(verb=Verb.MERGE).order_by("-pk").first()
    detail: dict[str, Any] = merged.detail if merged else {}
    for field in _references(record):
        rows = field.model._base_manager
        keys = detail.get("moved", {}).get(_column(field), [])
        rows.filter(pk__in=keys, **{field.name: survivor}).update(**{field.name: record})
        for columns in detail.get("dropped", {}).get(_column(field), []):
            rows.create(**columns)
        for pk, number in detail.get("renumbered", {}).get(_column(field), []):
            for row in rows.filter(pk=pk, **{field.name: record}):
                _points(row, field, record, number=number)
    _take_along(record.pid, survivor.pid)
    return [survivor, *_referring(survivor.pid)]


def _take_along(restored: Pid, survivor: Pid) -> None:
    """What was merged into the restored record, at once or by way of others, is continued by it again."""
    followed, seen = {restored.pk}, set()
    merges = Change.objects.filter(verb=Verb.MERGE, pid__survivor=survivor).select_related("pid")
    for merge_of in merges.order_by("-pk"):
        if merge_of.pid_id not in seen and merge_of.detail.get("into") in followed:
            followed.add(merge_of.pid_id)
            merge_of.pid.survivor = restored
            merge_of.pid.save(update_fields=["survivor"])
        seen.add(merge_of.pid_id)
