"""The only code that changes the public record: publish, withdraw, restore, rename, merge.

Each verb is atomic, takes who does it (`by`, None for the system itself) and, from the second edition on,
a public `note`, raises `ValidationError` naming fields where the act is not allowed, and leaves one Change
for each record it touched.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from registry.kit import canonical
from registry.models import (
    Change,
    Edition,
    Editor,
    Path,
    Pid,
    Record,
    State,
    Tombstone,
    Verb,
    WithdrawalReason,
)
from registry.models.record import record_of
from registry.paths import check_path

SYSTEM_ROLE = "system"
BATCH = 200
"""Records written with one query."""


def publish(record: Record, *, by: Editor | None, note: str = "") -> Edition:
    """Freeze the record as it stands: its new edition, or the current one where no fact has changed.

    Raises ValidationError where facts are missing, the path is taken, or a second edition has no note.
    """
    return publish_all([record], by=by, note=note)[0]


@transaction.atomic
def publish_all(records: Sequence[Record], *, by: Editor | None, note: str = "") -> list[Edition]:
    """Publish records that quote one another together, so that each sees the others as public.

    Records printing the words of these are published again after them, with the same note. Queries grow with
    `BATCH`es of records, not with records.
    """
    pids: dict[Any, Pid] = {}
    for some in _batches(records):
        pids |= _locked([record.pk for record in some])
    for record in records:
        record.pid = pids[record.pk]
        if record.pid.state in (State.WITHDRAWN, State.MERGED):
            raise ValidationError(_("This record was withdrawn or merged; restore it first."))
    fresh = [record for record in records if not record.pid.was_published]
    for some in _batches(fresh):
        _open(some)
    for some in _batches(records):
        _require_foundations(some)
    editions = [edition for some in _batches(records) for edition in _append_editions(some, by=by, note=note)]
    _republish_quoting(records, by=by, note=note, done={record.pk for record in records})
    return editions


@transaction.atomic
def withdraw(
    record: Record, *, by: Editor | None, reason: str, note: str, replaced_by: Pid | None = None
) -> Tombstone:
    """Take a public record out of the archive, leaving a tombstone at all its addresses.

    Raises ValidationError where it is not public, the reason is not of the list, or the note is missing.
    """
    pid = record.pid = _locked([record.pk])[record.pk]
    if not pid.is_public:
        raise ValidationError(_("Only a public record can be withdrawn."))
    if reason not in WithdrawalReason.values:
        raise ValidationError({"reason": _("Choose a reason of the list.")})
    _require_note(note)
    if replaced_by and (replaced_by == pid or not replaced_by.is_public):
        raise ValidationError({"replaced_by": _("What replaces it must be another public record.")})
    quoting = list(record.quoting([pid.value]))
    tombstone = Tombstone.objects.create(
        pid=pid, title=pid.title, reason=reason, note=note.strip(), role=_role(by), replaced_by=replaced_by
    )
    _set_state(pid, State.WITHDRAWN)
    _log(pid, Verb.WITHDRAW, by=by, note=note, detail={"reason": reason})
    _republish(quoting, by=by, note=_("Withdrawn: %(title)s") % {"title": pid.title}, done={pid.value})
    return tombstone


@transaction.atomic
def restore(record: Record, *, by: Editor | None, note: str) -> None:
    """Make a withdrawn or merged record public again, at the path it had.

    References that a merge moved are moved back where they still point to the survivor.
    """
    pid = record.pid = _locked([record.pk])[record.pk]
    if pid.state not in (State.WITHDRAWN, State.MERGED):
        raise ValidationError(_("Only a withdrawn or merged record can be restored."))
    _require_note(note)
    was_merged, survivor = pid.state == State.MERGED, pid.survivor
    pid.survivor = None
    _set_state(pid, State.PUBLIC)
    touched: list[Record] = []
    if was_merged and survivor:
        touched = _move_back(record, record_of(survivor))
    _append_editions([record], by=by, note=note)
    _log(pid, Verb.RESTORE, by=by, note=note)
    touched += list(record.quoting([pid.value]))
    _republish(touched, by=by, note=_("Restored: %(title)s") % {"title": pid.title}, done={pid.value})


@transaction.atomic
def rename(record: Record, *, by: Editor | None, path: str, note: str) -> None:
    """Give a public record another path; the old one redirects for ever, as do those beneath it.

    Raises ValidationError where the path is malformed, reserved, or was ever another record's.
    """
    pid = record.pid = _locked([record.pk])[record.pk]
    if not pid.is_public or pid.path is None:
        raise ValidationError(_("Only a public record can be moved."))
    _require_note(note)
    path, old = path.strip("/"), pid.path
    if path == old:
        return
    beneath = list(Pid.objects.select_for_update().filter(path__startswith=f"{old}/"))
    for moved in [pid, *beneath]:
        moved_from = moved.path or ""
        _claim_path(moved, path + moved_from[len(old) :])
        _log(moved, Verb.RENAME, by=by, note=note, detail={"from": moved_from, "to": moved.path})


@transaction.atomic
def merge(duplicate: Record, *, into: Record, by: Editor | None, note: str) -> None:
    """Join a duplicate to its survivor: what refers to it refers to the survivor, its addresses redirect.

    Raises ValidationError where kinds differ, either is not public, or both occur in one place, so that
    they cannot be the same. `restore` undoes it.
    """
    locked = _locked([duplicate.pk, into.pk])
    if duplicate.pk == into.pk or type(duplicate) is not type(into):
        raise ValidationError(_("Choose another record of the same kind."))
    duplicate.pid, into.pid = locked[duplicate.pk], locked[into.pk]
    if not (duplicate.pid.is_public and into.pid.is_public):
        raise ValidationError(_("Both records must be public."))
    _require_note(note)
    referring = _referring(duplicate.pid)
    moved, dropped = _move_references(duplicate, into)
    for earlier in duplicate.pid.merged_pids.all():
        earlier.survivor = into.pid
        earlier.save(update_fields=["survivor"])
    duplicate.pid.survivor = into.pid
    _set_state(duplicate.pid, State.MERGED)
    _log(
        duplicate.pid,
        Verb.MERGE,
        by=by,
        note=note,
        detail={"into": into.pk, "moved": moved, "dropped": dropped},
    )
    _republish([*referring, into], by=by, note=note, done={duplicate.pk})


def _locked(values: list[Any]) -> dict[Any, Pid]:
    """The pids' rows, locked to the end of the transaction on databases that lock rows."""
    return {pid.value: pid for pid in Pid.objects.select_for_update().filter(pk__in=values).order_by("pk")}


def _require_note(note: str) -> None:
    if not note.strip():
        raise ValidationError({"note": _("Say in a sentence, for the public, what changed and why.")})


def _role(by: Editor | None) -> str:
    return by.role if by else SYSTEM_ROLE


def _batches(records: Sequence[Record]) -> Iterator[Sequence[Record]]:
    """Runs of records of one kind, `BATCH` at most."""
    for _kind, group in groupby(records, key=type):
        run = list(group)
        for start in range(0, len(run), BATCH):
            yield run[start : start + BATCH]


def _open(records: Sequence[Record]) -> None:
    """Make drafts public at the paths their facts ask for; first editions follow in the same transaction."""
    loaded = (
        type(records[0])
        .objects.prefetch_related(*records[0].PATH_PREFETCH)
        .in_bulk([record.pk for record in records])
    )
    wanted = {record.pk: loaded[record.pk].wanted_path() for record in records}
    for path in wanted.values():
        check_path(path)
    taken = dict(Path.objects.filter(path__in=wanted.values()).values_list("path", "pid"))
    entries: dict[str, Path] = {}
    for record in records:
        path = wanted[record.pk]
        if path not in taken and path not in entries:
            record.pid.path = path
            entries[path] = Path(path=path, pid=record.pid)
    Path.objects.bulk_create(entries.values())
    for record in records:
        if record.pid.path is None:
            _claim_path(record.pid, loaded[record.pk].proposed_path(), save=False)
        record.pid.state, record.pid.edition_number = State.PUBLIC, 1
        record.pid.published_at = timezone.now()
    Pid.objects.bulk_update(
        [record.pid for record in records], ["path", "state", "edition_number", "published_at"]
    )


def _require_foundations(records: Sequence[Record]) -> None:
    """Raise ValidationError, by field, for a record that stands on something that is not public."""
    loaded = (
        type(records[0])
        .objects.prefetch_related(*records[0].PATH_PREFETCH)
        .in_bulk([record.pk for record in records])
    )
    needs = [need for record in loaded.values() for need in record.stands_on()]
    states = dict(Pid.objects.filter(pk__in={pid for _f, pid, _w in needs}).values_list("pk", "state"))
    missing = {field: str(words) for field, pid, words in needs if states[pid] != State.PUBLIC}
    if missing:
        raise ValidationError(missing)


def _claim_path(pid: Pid, path: str, *, save: bool = True) -> None:
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


def _set_state(pid: Pid, state: State) -> None:
    pid.state = state
    pid.save(update_fields=["state", "survivor"])


def _log(pid: Pid, verb: Verb, *, by: Editor | None, note: str, detail: dict[str, Any] | None = None) -> None:
    _change(pid, verb, by=by, note=note, detail=detail).save()


def _change(
    pid: Pid, verb: Verb, *, by: Editor | None, note: str, detail: dict[str, Any] | None = None
) -> Change:
    return Change(
        pid=pid,
        verb=verb,
        edition_number=pid.edition_number,
        by=by,
        role=_role(by),
        note=note.strip(),
        detail=detail or {},
        at=timezone.now(),
    )


def _append_editions(records: Sequence[Record], *, by: Editor | None, note: str) -> list[Edition]:
    """Each record's new edition, or its current one where the facts are the same to the byte."""
    pks = [record.pk for record in records]
    fresh = type(records[0]).objects.for_data().in_bulk(pks)
    latest = {edition.pid_id: edition for edition in Edition.objects.current().filter(pid__in=pks)}
    found, new = [], []
    for record in records:
        data = fresh[record.pk].as_data()
        content = canonical.dumps(data)
        digest = canonical.sha256(content)
        current = latest.get(record.pk)
        if current and current.sha256 == digest:
            found.append(current)
            continue
        if current:
            _require_note(note)
            record.pid.edition_number += 1
        record.pid.title = data["title"]
        edition = Edition(
            pid=record.pid,
            number=record.pid.edition_number,
            content=content,
            sha256=digest,
            published_at=timezone.now(),
            by=by,
            role=_role(by),
            # A first edition corrects nothing, whatever it is published along with.
            note=note.strip() if current else "",
        )
        found.append(edition)
        new.append(edition)
    Pid.objects.bulk_update([edition.pid for edition in new], ["edition_number", "title"])
    Edition.objects.bulk_create(new)
    Change.objects.bulk_create(
        _change(
            edition.pid,
            Verb.CORRECT if edition.pid_id in latest else Verb.PUBLISH,
            by=by,
            note=edition.note,
        )
        for edition in new
    )
    return found


def _republish_quoting(records: Sequence[Record], *, by: Editor | None, note: str, done: set[Any]) -> None:
    quoting: dict[Any, Record] = {}
    for some in _batches(records):
        quoting |= {other.pk: other for other in some[0].quoting([record.pk for record in some])}
    default = _("What it quotes was published.")
    _republish(quoting.values(), by=by, note=note or default, done=done)


def _republish(records: Iterable[Record], *, by: Editor | None, note: str, done: set[Any]) -> None:
    """Give a new edition to each public record of these whose words have changed."""
    others = list({record.pk: record for record in records if record.pk not in done}.values())
    for some in _batches(others):
        pids = _locked([record.pk for record in some])
        for record in some:
            record.pid = pids[record.pk]
        public = [record for record in some if record.pid.is_public]
        if public:
            _append_editions(public, by=by, note=note)


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


def _move_references(
    duplicate: Record, survivor: Record
) -> tuple[dict[str, list[Any]], dict[str, list[dict[str, Any]]]]:
    """Point every reference at the survivor, for `restore` to undo.

    Returns the keys moved by column, and the rows of link tables dropped since the survivor had them too.
    Raises ValidationError where a row of facts names both.
    """
    moved: dict[str, list[Any]] = {}
    dropped: dict[str, list[dict[str, Any]]] = {}
    for field in _references(duplicate):
        for row in field.model._base_manager.filter(**{field.name: duplicate}):
            columns = {column.attname: getattr(row, column.attname) for column in row._meta.concrete_fields}
            try:
                with transaction.atomic():
                    field.model._base_manager.filter(pk=row.pk).update(**{field.name: survivor})
                moved.setdefault(_column(field), []).append(row.pk)
            except IntegrityError as error:
                if not field.model._meta.auto_created:
                    both = _("Both occur in “%(row)s”, so they are not the same.") % {"row": row}
                    raise ValidationError(both) from error
                row.delete()
                dropped.setdefault(_column(field), []).append(columns)
    return moved, dropped


def _move_back(record: Record, survivor: Record) -> list[Record]:
    """Undo the newest merge of this record; the records that may print other words now."""
    merged = record.pid.changes.filter(verb=Verb.MERGE).order_by("-pk").first()
    detail: dict[str, Any] = merged.detail if merged else {}
    for field in _references(record):
        rows = field.model._base_manager
        keys = detail.get("moved", {}).get(_column(field), [])
        rows.filter(pk__in=keys, **{field.name: survivor}).update(**{field.name: record})
        for columns in detail.get("dropped", {}).get(_column(field), []):
            rows.create(**columns)
    return [survivor, *_referring(survivor.pid)]


__all__ = ["merge", "publish", "publish_all", "rename", "restore", "withdraw"]
