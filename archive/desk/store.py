"""Storing a checked import, all of it or nothing, with no more than a chunk of it in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.desk import patch
from archive.desk.check import mark_of, marks_of
from archive.desk.review import Progress
from archive.exchange.errors import ExchangeError
from archive.exchange.export import Exporter
from archive.exchange.fragments import SECTIONS, Fragment
from archive.exchange.load import Load, remember
from archive.models import Batch, BatchRecord, BatchRow, Stage, pieces
from meetings.models import Meeting
from registry import verbs
from registry.models import Pid, State

CHUNK = 200
STANDING = ("countries", "topics", "ministers", "dialogue")
RECORDS = ("meetings", "statements", "outcomes")
DATED = ("meetings", "delegations", "statements", "outcomes")
Mapping = dict[str, Any]


class Refused(Exception):
    """The import cannot be stored as it is; nothing was. `row` is the one that is at fault, where one is."""

    def __init__(self, message: str, row: BatchRow | None = None, column: str = "") -> None:
        super().__init__(message)
        self.row, self.column = row, column


def store(batch: Batch, progress: Progress) -> None:
    """Store and, if it is to be, publish everything that is not left out, in one transaction. Raises Refused."""
    with transaction.atomic():
        batch = Batch.objects.select_for_update().get(pk=batch.pk)
        if batch.stage == Stage.STORED:
            return
        require_decisions(batch)
        Storing(batch, progress).run()
        batch.stage, batch.stored_at, batch.fault = Stage.STORED, timezone.now(), ""
        batch.save(update_fields=["stage", "stored_at", "fault"])


def require_decisions(batch: Batch) -> None:
    rows = batch.checked_rows()
    wrong = rows.in_the_way().count()
    if wrong and not batch.skips_errors:
        raise Refused(
            ngettext(
                "%(n)s row has an error. Correct it, or leave out rows with errors.",
                "%(n)s rows have errors. Correct them, or leave out rows with errors.",
                wrong,
            )
            % {"n": wrong}
        )
    if not batch.note.strip() and rows.to_store().of_public_records().exists():
        raise Refused(_("Public records change: say in the note for the public what changes and why."))


class Storing:
    """One storing of a batch: section by section, chunk by chunk, then publication of all of it together."""

    def __init__(self, batch: Batch, progress: Progress) -> None:
        self.batch, self.progress = batch, progress
        self.load = Load([], by=batch.by, note=batch.note, publish=batch.publishes, overwrite=True)
        self.total, self.done = batch.checked_rows().to_store().count(), 0

    def run(self) -> None:
        for rows in self.chunks("sources"):
            for row in rows:
                self.attempt(row, lambda row=row: self.load.source(fragment_of(row)))
        for section in (*STANDING, *DATED):
            for rows in self.chunks(section):
                self.store_chunk(section, rows)
            if section in SECTIONS and SECTIONS[section].later:
                for rows in self.chunks(section, again=True):
                    self.refer(section, rows)
        self.publish()
        self.note_after()

    def chunks(self, section: str, *, again: bool = False) -> Iterator[list[BatchRow]]:
        """Rows of a section that are to be stored, in the order of the files."""
        rows = self.batch.checked_rows().to_store().filter(section=section).select_related("table")
        for some in pieces(rows, "number"):
            yield some
            if not again:
                self.done += len(some)
                self.progress(_("rows stored"), self.done, self.total)

    def store_chunk(self, section: str, rows: list[BatchRow]) -> None:
        if section == "delegations":
            rows = self.as_meetings(rows)
            section = "meetings"
        self.note_before(section, rows)
        fragments = [fragment_of(row) for row in rows]
        try:
            with transaction.atomic():
                self.load.store_together(fragments, SECTIONS[section])
        except ExchangeError:
            for row in rows:
                self.attempt(
                    row, lambda row=row: self.load.store_together([fragment_of(row)], SECTIONS[section])
                )

    def refer(self, section: str, rows: list[BatchRow]) -> None:
        shape = SECTIONS[section]
        records = shape.model._base_manager.in_bulk([row.pid for row in rows])
        for row in rows:
            fragment = fragment_of(row)
            fragment.record, fragment.was_there = records[row.pid], bool(row.seen)
            self.attempt(row, lambda fragment=fragment: self.load.refer([fragment], shape))

    def attempt(self, row: BatchRow, act: Any) -> None:
        try:
            act()
        except ExchangeError as error:
            place = f"{row.table.name}, {_('line')} {row.line}"
            raise Refused(f"{place}: {error.field}: {error.message}", row, error.field) from error

    def as_meetings(self, rows: list[BatchRow]) -> list[BatchRow]:
        """Rows of delegations written into their meetings: a row a meeting, with the meeting as it will be."""
        stored = Meeting.objects.filter(pk__in={row.pid for row in rows})
        said = {
            meeting.pk: data
            for meeting, data in Exporter(public=False).records(SECTIONS["meetings"], stored, "pk")
        }
        last: dict[str, BatchRow] = {}
        for row in rows:
            if row.pid not in said:
                raise Refused(_("%(row)s: its meeting is left out.") % {"row": row}, row)
            values = fragment_of(row).data
            patch.attend(said[values.pop("pid")], values)
            last[row.pid] = row
        for pid, row in last.items():
            row.fragment, row.section = said[pid], "meetings"
        return list(last.values())

    def note_before(self, section: str, rows: Sequence[BatchRow]) -> None:
        """Remember of each record how it stood, for the report and for undoing; the first time it is touched.

        Raises Refused where somebody changed a record after the check that showed what would change.
        """
        shape = SECTIONS[section]
        known = set(
            self.batch.records.filter(pid__in=[row.pid for row in rows]).values_list("pid", flat=True)
        )
        wanted = {row.pid: row for row in rows if row.pid not in known}
        before = {}
        for record, data in Exporter(public=False).records(
            shape, shape.model._base_manager.filter(pk__in=wanted), "pk"
        ):
            before[record.pk] = data
            row = wanted[record.pk]
            if row.seen and row.seen != mark_of(record, data):
                said = _("“%(title)s” was changed after the check. Check again, then store.")
                raise Refused(said % {"title": record}, row)
        kind = str(shape.model._meta.model_name)
        Pid.objects.bulk_create([Pid(value=pid, kind=kind) for pid in wanted], ignore_conflicts=True)
        BatchRecord.objects.bulk_create(
            BatchRecord(
                batch=self.batch,
                pid_id=pid,
                section=section,
                scope=row.scope,
                is_new=pid not in before,
                before=before.get(pid),
            )
            for pid, row in wanted.items()
        )

    def publish(self) -> None:
        """Publish what is not to stay a draft, all of it together; bring back what was withdrawn."""
        kinds: list[tuple[Any, list[str]]] = []
        try:
            for section in (*STANDING, *RECORDS):
                model: Any = SECTIONS[section].model
                pks = list(self.touched(section))
                self.restore(model, pks, along=frozenset(pk for _model, some in kinds for pk in some))
                if section in STANDING:
                    verbs.publish_many([(model, pks)], by=self.batch.by, note=self.batch.note)
                else:
                    kinds.append((model, pks))
            self.progress(_("publishing"), 0, self.total)
            verbs.publish_many(kinds, by=self.batch.by, note=self.batch.note)
            verbs.publish_citing(self.load.corrected_sources, by=self.batch.by, note=self.batch.note)
        except ValidationError as error:
            raise Refused(_("Publication was refused: ") + " ".join(error.messages)) from error

    def touched(self, section: str) -> Iterator[str]:
        """Pids of the section’s records that are public after this: what is to be a draft is left out."""
        records = self.batch.records.filter(section=section).order_by("pk")
        if not self.batch.publishes:
            records = records.filter(pid__state=State.PUBLIC)
        drafts = [State.DRAFT, State.IN_REVIEW]
        # Asked in two steps: of a record that was public no state is written, which no comparison finds.
        records = records.exclude(pk__in=records.filter(before__state__in=drafts).values("pk"))
        rows = self.batch.checked_rows().to_store().filter(section=section, fragment__state__in=drafts)
        kept = set(rows.values_list("pid", flat=True))
        yield from (pid for pid in records.values_list("pid", flat=True) if pid not in kept)

    def restore(self, model: Any, pks: list[str], *, along: frozenset[str]) -> None:
        """Bring back what was withdrawn; it may stand on records of this import that are published after it."""
        for start in range(0, len(pks), CHUNK):
            for record in model.objects.filter(
                pid__in=pks[start : start + CHUNK], pid__state=State.WITHDRAWN
            ):
                verbs.restore(record, by=self.batch.by, note=self.batch.note, along=along)

    def note_after(self) -> None:
        """Remember how each record stands now, by which a later change is told, and what it was loaded from."""
        for section in (*STANDING, *RECORDS):
            for some in pieces(self.batch.records.filter(section=section)):
                marks = marks_of(section, [one.pid_id for one in some])
                for one in some:
                    one.mark_after = marks[one.pid_id]
                BatchRecord.objects.bulk_update(some, ["mark_after"])
            for rows in self.chunks(section, again=True):
                remember([fragment_of(row) for row in rows])


def fragment_of(row: BatchRow) -> Fragment:
    return Fragment(row.table.name, row.section, dict(row.fragment or {}), row.scope)
