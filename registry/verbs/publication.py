"""Publishing: the only way by which an edition comes to be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from registry.kit import canonical
from registry.models import Change, Edition, Editor, Path, Pid, Record, State, Verb
from registry.paths import check_path
from registry.signals import records_changed
from registry.verbs.bookkeeping import change, claim_path, locked, require_note, role
from registry.verbs.foundations import Kind, require_foundations

BATCH = 200
"""Records written with one query, and held in memory at once."""


def publish(record: Record, *, by: Editor | None, note: str = "") -> Edition:
    """Freeze the record as it stands: its new edition, or the current one where no fact has changed.

    Raises ValidationError where facts are missing, the path is taken, or a second edition has no note.
    """
    return publish_all([record], by=by, note=note)[0]


@transaction.atomic
def publish_all(records: Sequence[Record], *, by: Editor | None, note: str = "") -> list[Edition]:
    """Publish records that quote one another together; their current editions, and their pids as they are now."""
    kinds = [(kind, [record.pk for record in group]) for kind, group in groupby(records, key=type)]
    publish_many(kinds, by=by, note=note)
    current = Edition.objects.current().select_related("pid")
    editions: dict[Any, Edition] = {}
    for _kind, pks in batches(kinds):
        editions |= {edition.pid_id: edition for edition in current.filter(pid__in=pks)}
    for record in records:
        record.pid = editions[record.pk].pid
    return [editions[record.pk] for record in records]


@transaction.atomic
def publish_many(kinds: Sequence[tuple[Kind, Sequence[Any]]], *, by: Editor | None, note: str = "") -> None:
    """Publish stored records, named by kind and pid, together, so that each sees the others as public.

    Records printing the words of these are published again after them, with the same note. Queries grow with
    `BATCH`es of records, not with records, and no more than a batch is in memory.
    """
    for kind, pks in batches(kinds):
        pids = locked(pks).values()
        if any(pid.state in (State.WITHDRAWN, State.MERGED) for pid in pids):
            raise ValidationError(_("This record was withdrawn or merged; restore it first."))
        _open(kind, [pid for pid in pids if not pid.was_published])
    for kind, pks in batches(kinds):
        require_foundations(kind, pks)
    for kind, pks in batches(kinds):
        append_editions(kind, list(locked(pks).values()), by=by, note=note)
    quoting = quoting_records(kinds)
    republish(quoting, by=by, note=note or _("What it quotes was published."), done=names_of(kinds))


def names_of(kinds: Sequence[tuple[Kind, Sequence[Any]]]) -> set[Any]:
    return {pk for _kind, pks in kinds for pk in pks}


def quoting_records(kinds: Sequence[tuple[Kind, Sequence[Any]]]) -> list[tuple[Kind, list[Any]]]:
    """Records that print words of these, by kind, each once."""
    found: dict[Kind, dict[Any, None]] = {}
    for kind, pks in batches(kinds):
        for other in kind.quoting(pks):
            found.setdefault(type(other), {})[other.pk] = None
    return [(kind, list(pks)) for kind, pks in found.items()]


def by_kind(records: Iterable[Record]) -> list[tuple[Kind, list[Any]]]:
    """Loaded records named by kind and pid."""
    found: dict[Kind, dict[Any, None]] = {}
    for record in records:
        found.setdefault(type(record), {})[record.pk] = None
    return [(kind, list(pks)) for kind, pks in found.items()]


def republish(
    kinds: Sequence[tuple[Kind, Sequence[Any]]], *, by: Editor | None, note: str, done: set[Any]
) -> None:
    """Give a new edition to each public record of these, `done` left out, whose words have changed."""
    for kind, pks in batches([(kind, [pk for pk in pks if pk not in done]) for kind, pks in kinds]):
        append_editions(kind, [pid for pid in locked(pks).values() if pid.is_public], by=by, note=note)


def append_editions(
    kind: Kind, pids: Sequence[Pid], *, by: Editor | None, note: str, verb: Verb = Verb.CORRECT
) -> list[Edition]:
    """The new edition of each record, or its current one where the facts are the same to the byte.

    `verb` is the act that made a later edition.
    """
    fresh = kind.objects.for_data().in_bulk([pid.pk for pid in pids])
    latest = {edition.pid_id: edition for edition in Edition.objects.current().filter(pid__in=pids)}
    found, new = [], []
    for pid in pids:
        data, current = fresh[pid.pk].as_data(), latest.get(pid.pk)
        content = canonical.dumps(data)
        digest = canonical.sha256(content)
        if current and current.sha256 == digest:
            found.append(current)
            continue
        if current:
            require_note(note)
            pid.edition_number += 1
        pid.title = data["title"]
        new.append(_edition(pid, content, digest, by=by, note=note if current else ""))
        found.append(new[-1])
    _save([edition.pid for edition in new], ["edition_number", "title"])
    Edition.objects.bulk_create(new)
    Change.objects.bulk_create(
        change(edition.pid, verb if edition.pid_id in latest else Verb.PUBLISH, by=by, note=edition.note)
        for edition in new
    )
    records_changed.send(kind, pids=[edition.pid_id for edition in new])
    return found


def _edition(pid: Pid, content: str, digest: str, *, by: Editor | None, note: str) -> Edition:
    """An edition not yet stored; a first one corrects nothing, whatever it is published along with."""
    return Edition(
        pid=pid,
        number=pid.edition_number,
        content=content,
        sha256=digest,
        published_at=timezone.now(),
        by=by,
        role=role(by),
        note=note.strip(),
    )


def batches(kinds: Iterable[tuple[Kind, Sequence[Any]]]) -> Iterator[tuple[Kind, Sequence[Any]]]:
    """Runs of records of one kind, `BATCH` at most."""
    for kind, pks in kinds:
        for start in range(0, len(pks), BATCH):
            yield kind, pks[start : start + BATCH]


def _for_path(kind: Kind, pks: Sequence[Any]) -> Mapping[Any, Record]:
    found: dict[Any, Record] = kind.objects.prefetch_related(*kind.PATH_PREFETCH).in_bulk(pks)
    return found


def _open(kind: Kind, pids: Sequence[Pid]) -> None:
    """Make drafts public at the paths their facts ask for; first editions follow in the same transaction."""
    loaded = _for_path(kind, [pid.pk for pid in pids])
    wanted = {pid.pk: loaded[pid.pk].wanted_path() for pid in pids}
    for path in wanted.values():
        check_path(path)
    taken = dict(Path.objects.filter(path__in=wanted.values()).values_list("path", "pid"))
    entries: dict[str, Path] = {}
    for pid in pids:
        path = wanted[pid.pk]
        if path not in taken and path not in entries:
            pid.path = path
            entries[path] = Path(path=path, pid=pid)
    Path.objects.bulk_create(entries.values())
    for pid in pids:
        if pid.path is None:
            claim_path(pid, loaded[pid.pk].proposed_path(), save=False)
        pid.state, pid.edition_number, pid.published_at = State.PUBLIC, 1, timezone.now()
    _save(pids, ["path", "state", "edition_number", "published_at"])


def _save(pids: Sequence[Pid], fields: Sequence[str]) -> None:
    """These fields of stored pids; the rows go as values, which are written sooner than a CASE of `bulk_update`."""
    Pid.objects.bulk_create(pids, update_conflicts=True, unique_fields=["value"], update_fields=fields)
