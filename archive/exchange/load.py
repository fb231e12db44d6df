"""Loading exchange files: all or nothing, and the same file again changes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from archive.exchange import lexicon
from archive.exchange.bulk import NewRow, create_records, link_meetings
from archive.exchange.errors import ExchangeError
from archive.exchange.fragments import SECTIONS, Fragment, named_meetings, named_statements
from archive.exchange.references import KEYS, Directory
from archive.exchange.rows import RowWriter
from archive.exchange.shapes import DIALOGUE, MEETING, OUTCOME, STATEMENT, Shape
from archive.models import Imported
from meetings.models import StatementMeeting
from registry import verbs
from registry.kit import pids
from registry.models import Editor, Pid, Record, Source, State

BATCH = 200
"""New records stored together."""
Progress = Callable[[str, int, int], None]


@dataclass
class Report:
    """What a load did: counts by section of records new, changed, the same, and left since editors changed them."""

    new: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    same: Counter[str] = field(default_factory=Counter)
    kept: list[str] = field(default_factory=list)


def lists_of(shape: Shape) -> Iterator[str]:
    """Names of the many-to-many fields that a mapping gives as lists of keys."""
    fields: list[Any] = list(shape.model._meta.many_to_many)
    yield from (field.name for field in fields if field.remote_field.through._meta.auto_created)


class Load:
    """One load of fragments; `run` stores and publishes them in one transaction."""

    def __init__(
        self,
        fragments: list[Fragment],
        *,
        by: Editor | None,
        note: str,
        publish: bool = True,
        restoring: bool = False,
        overwrite: bool = False,
        progress: Progress | None = None,
    ) -> None:
        self.fragments = fragments
        self.by, self.note, self.overwrite = by, note, overwrite
        self.publishes, self.restoring = publish and not restoring, restoring
        self.progress: Progress = progress or (lambda *_: None)
        self.report = Report()
        self.corrected_sources: list[str] = []

    @transaction.atomic
    def run(self) -> Report:
        """Raises ExchangeError at the first fault; nothing is stored then."""
        self.sources()
        self.lexicon()
        changed = self.pick()
        for section in ("countries", "topics", "ministers"):
            mine = [one for one in changed if one.section == section]
            self.store(section, mine)
            self.publish(mine)
        for section in ("dialogue", "meetings", "statements", "outcomes"):
            self.store(section, [one for one in changed if one.section == section])
        dialogues = [one for one in changed if one.section == "dialogue"]
        for fragment in dialogues:
            self.guarded(fragment, self.store_later, DIALOGUE)
        self.publish(dialogues)
        dated = ("meetings", "statements", "outcomes")
        self.publish([one for section in dated for one in changed if one.section == section])
        self.publish_citing()
        return self.report

    @cached_property
    def directory(self) -> Directory:
        return Directory()

    def sources(self) -> None:
        for fragment in (one for one in self.fragments if one.section == "sources"):
            self.source(fragment)

    def source(self, fragment: Fragment) -> None:
        writer = self.writer(fragment)
        columns, _lists = writer.values(SECTIONS["sources"], fragment.data, None)
        if "key" not in columns:
            raise writer.fail("key", "every source needs a key.")
        known = self.directory.rows[Source].get(columns["key"])
        if known is None:
            self.directory.add(Source.objects.create(**columns), columns["key"])
            self.report.new["sources"] += 1
        elif all(getattr(known, name) == value for name, value in columns.items()):
            self.report.same["sources"] += 1
        elif self.overwrite:
            Source.objects.filter(pk=known.pk).update(**columns)
            self.corrected_sources.append(known.key)
            self.report.changed["sources"] += 1
        else:
            self.report.kept.append(f"{fragment.place} (it differs; --overwrite takes it)")

    def lexicon(self) -> None:
        """The lexicon of verbs, whole, where the files bring one."""
        brought = [one for one in self.fragments if one.section == "lexicon"]
        if not brought:
            return
        became = lexicon.load(brought, self.writer, by=self.by, overwrite=self.overwrite)
        if became == "kept":
            self.report.kept.append(f"{brought[0].file}: lexicon (it differs; --overwrite takes it)")
        else:
            getattr(self.report, became)["verb families"] += len(brought)

    def pick(self) -> list[Fragment]:
        """Fragments that are new or differ from what was last loaded; the others name rows that are there."""
        imported = Imported.objects.select_related("pid").in_bulk()
        chosen: list[Fragment] = []
        seen: set[str] = set()
        for fragment in (one for one in self.fragments if one.section not in ("sources", "lexicon")):
            value = fragment.data.get("pid", "")
            if not pids.is_valid(str(value)) or value in seen:
                raise ExchangeError(
                    fragment.file, fragment.place, "pid", f"“{value}” is not a pid, or stands twice."
                )
            seen.add(value)
            self.check_state(fragment)
            last = imported.get(value)
            if last is None:
                self.report.new[fragment.section] += 1
            elif last.sha256 == fragment.digest:
                self.report.same[fragment.section] += 1
                continue
            elif last.edition_number != last.pid.edition_number and not self.overwrite:
                self.report.kept.append(fragment.place)
                continue
            else:
                self.report.changed[fragment.section] += 1
            chosen.append(fragment)
        return chosen

    def check_state(self, fragment: Fragment) -> None:
        state = fragment.data.get("state", State.PUBLIC)
        known = list(State) if self.restoring else [State.PUBLIC, State.DRAFT, State.IN_REVIEW]
        if state not in known:
            raise ExchangeError(
                fragment.file,
                fragment.place,
                "state",
                f"“{state}” is none of {', '.join(known)}. What was withdrawn or merged comes with a whole"
                " archive into an empty one only.",
            )

    def writer(self, fragment: Fragment) -> RowWriter:
        writer = RowWriter(self.directory, fragment.file)
        writer.place = fragment.place
        return writer

    def store(self, section: str, fragments: list[Fragment]) -> None:
        """First every record of a section with its rows, then what refers to records of the same section."""
        shape = SECTIONS[section]
        for start in range(0, len(fragments), BATCH):
            some = fragments[start : start + BATCH]
            self.store_together(some, shape)
            self.progress(section, start + len(some), len(fragments))
        if section != "dialogue":
            self.refer(fragments, shape)

    def store_together(self, fragments: list[Fragment], shape: Shape) -> None:
        """At most `BATCH` records, the new ones together."""
        known = self.known(shape, fragments)
        self.read_named(fragments)
        self.create([one for one in fragments if one.data["pid"] not in known], shape)
        for fragment in fragments:
            fragment.was_there = fragment.data["pid"] in known
            if fragment.was_there:
                self.guarded(fragment, self.store_record, shape)

    def read_named(self, fragments: list[Fragment]) -> None:
        """Hold what these name of what an archive has many of: few queries, however many name it."""
        meetings, statements = (self.directory.rows[shape.model] for shape in (MEETING, STATEMENT))
        meetings.read(named_meetings(fragments))
        statements.read(named_statements(fragments))
        outcomes = [one for one in fragments if one.section == "outcomes"]
        with_item = (one.scope for one in outcomes if one.data.get("agenda_item"))
        quoted = named_statements(one for one in outcomes if one.data.get("paragraph"))
        self.directory.read_parts(
            filter(None, map(meetings.get, with_item)), filter(None, map(statements.get, quoted))
        )

    def refer(self, fragments: list[Fragment], shape: Shape) -> None:
        """What stored records say of others of their kind; rows that are no longer named go."""
        for fragment in fragments:
            if shape.later and (fragment.was_there or set(fragment.data) & set(shape.later)):
                self.guarded(fragment, self.store_later, shape)

    def known(self, shape: Shape, fragments: list[Fragment]) -> set[str]:
        """The pids of these that have a record."""
        pks = [one.data["pid"] for one in fragments]
        return set(shape.model._base_manager.filter(pk__in=pks).values_list("pk", flat=True))

    def create(self, fragments: list[Fragment], shape: Shape) -> None:
        """Store new records together; where the database refuses, one by one, so that the error names the record."""
        if not fragments:
            return
        try:
            with transaction.atomic():
                self.create_together(fragments, shape)
        except IntegrityError:
            for fragment in fragments:
                self.guarded(fragment, self.store_record, shape)

    def create_together(self, fragments: list[Fragment], shape: Shape) -> None:
        new, at_meetings = [], []
        for fragment in fragments:
            writer = self.writer(fragment)
            data = {key: value for key, value in fragment.data.items() if key not in shape.later}
            meetings = data.pop("meetings", []) if fragment.section == "statements" else []
            columns, lists = writer.values(shape, data, self.scope(fragment))
            columns |= self.parents(fragment)
            pid = Pid(value=fragment.data["pid"], kind=str(shape.model._meta.model_name))
            if not self.restoring:
                columns |= {"created_by": self.by, "changed_by": self.by}
            record: Any = shape.model(pid=pid, **columns)
            if fragment.section != "outcomes":
                writer.check(record, "")
            at_meetings.append((record, [self.meeting_of(writer, path) for path in meetings]))
            new.append(NewRow(writer, record, data, lists, record))
            fragment.record = record
        if not self.restoring:
            # The pid of a draft that was deleted is still there, for its record to come back.
            Pid.objects.bulk_create([new_row.row.pid for new_row in new], ignore_conflicts=True)
        create_records(shape, new)
        link_meetings(at_meetings)
        for fragment in fragments:
            self.directory.add(fragment.record, self.natural_key(fragment))

    def meeting_of(self, writer: RowWriter, path: str) -> Any:
        return writer.refer(StatementMeeting._meta.get_field("meeting"), "meetings", path, None)

    def guarded(self, fragment: Fragment, act: Callable[[Fragment, Shape], None], shape: Shape) -> None:
        try:
            with transaction.atomic():
                act(fragment, shape)
        except IntegrityError as error:
            raise ExchangeError(
                fragment.file, fragment.place, "", f"breaks a rule of the record: {error}"
            ) from error

    def store_record(self, fragment: Fragment, shape: Shape) -> None:
        writer = self.writer(fragment)
        data = {key: value for key, value in fragment.data.items() if key not in shape.later}
        meetings = data.pop("meetings", []) if fragment.section == "statements" else []
        columns, lists = writer.values(shape, data, self.scope(fragment))
        columns |= self.parents(fragment)
        record = self.save_record(fragment, shape, columns)
        if fragment.section != "outcomes":
            writer.check(record, "")
        for name in lists_of(shape):
            if name not in shape.later:
                getattr(record, name).set(lists.get(name, []))
        writer.children(
            shape, record, data, record, [name for name in shape.children if name not in shape.later]
        )
        writer.claims(record, data)
        if fragment.section == "statements":
            self.issue_at(record, [self.meeting_of(writer, path) for path in meetings])
        fragment.record = record
        self.directory.add(record, self.natural_key(fragment))

    def issue_at(self, statement: Any, meetings: list[Any]) -> None:
        """Say at which meetings, in order, a stored statement was issued."""
        StatementMeeting.objects.filter(statement=statement).exclude(meeting__in=meetings).delete()
        for number, meeting in enumerate(meetings, 1):
            StatementMeeting.objects.update_or_create(
                statement=statement, meeting=meeting, defaults={"number": number}
            )

    def save_record(self, fragment: Fragment, shape: Shape, columns: dict[str, Any]) -> Record:
        model: Any = shape.model
        known = model.objects.filter(pk=fragment.data["pid"]).first()
        if known is None and self.restoring:
            return model.objects.create(pid_id=fragment.data["pid"], **columns)
        if known is None:
            return model.objects.draft(
                pid=fragment.data["pid"], created_by=self.by, changed_by=self.by, **columns
            )
        blank = model(**columns)
        for name in (one.name for one in model._meta.concrete_fields if one.editable and not one.primary_key):
            setattr(known, name, getattr(blank, name))
        known.changed_by = self.by
        known.save()
        return known

    def scope(self, fragment: Fragment) -> Any:
        """The dialogue for a meeting's track; for an outcome a bare one that knows its meeting and statement."""
        if fragment.section == "meetings":
            return self.directory.rows[DIALOGUE.model].get(fragment.scope)
        if fragment.section != "outcomes":
            return None
        parents = self.parents(fragment)
        statement = self.directory.rows[STATEMENT.model].get(fragment.data.get("statement", ""))
        return OUTCOME.model(**parents, statement=statement)

    def parents(self, fragment: Fragment) -> dict[str, Any]:
        if fragment.section == "statements":
            return {"dialogue": self.directory.rows[DIALOGUE.model][fragment.scope]}
        if fragment.section == "outcomes":
            return {"meeting": self.directory.rows[MEETING.model].get(fragment.scope)}
        return {}

    def natural_key(self, fragment: Fragment) -> str:
        key = KEYS.get(SECTIONS[fragment.section].model)
        return str(fragment.data.get(key or "path") or fragment.data["pid"])

    def store_later(self, fragment: Fragment, shape: Shape) -> None:
        writer = self.writer(fragment)
        data = {key: value for key, value in fragment.data.items() if key in shape.later}
        columns, lists = writer.values(shape, data, fragment.record)
        for name, value in columns.items():
            setattr(fragment.record, name, value)
        if columns:
            fragment.record.save()
        for name in lists_of(shape):
            if name in shape.later:
                getattr(fragment.record, name).set(lists.get(name, []))
        writer.children(
            shape,
            fragment.record,
            data,
            fragment.record,
            [name for name in shape.later if name in shape.children],
        )

    def publish(self, fragments: list[Fragment]) -> None:
        fragments = [one for one in fragments if one.data.get("state", State.PUBLIC) == State.PUBLIC]
        if not fragments or not self.publishes:
            return
        try:
            verbs.publish_all([fragment.record for fragment in fragments], by=self.by, note=self.note)
        except ValidationError as error:
            raise ExchangeError("", fragments[0].section, "", " ".join(error.messages)) from error
        for number, fragment in enumerate(fragments, 1):
            pid = fragment.record.pid
            wanted = fragment.data.get("path")
            if wanted and pid.path != wanted:
                raise ExchangeError(
                    fragment.file, fragment.place, "path", f"its facts give the path {pid.path}; write that."
                )
            self.progress("published", number, len(fragments))
        for start in range(0, len(fragments), BATCH):
            remember(fragments[start : start + BATCH])

    def publish_citing(self) -> None:
        """New editions of what cites a source that these files correct; what they publish anyway has its own."""
        try:
            verbs.publish_citing(self.corrected_sources, by=self.by, note=self.note)
        except ValidationError as error:
            raise ExchangeError("", "sources", "", " ".join(error.messages)) from error


def remember(fragments: Sequence[Fragment]) -> None:
    """Keep of published records what they were loaded from, so that the same again is left alone; at most `BATCH`."""
    pids = Pid.objects.in_bulk([fragment.data["pid"] for fragment in fragments])
    Imported.objects.bulk_create(
        (
            Imported(
                pid=pids[fragment.data["pid"]],
                sha256=fragment.digest,
                edition_number=pids[fragment.data["pid"]].edition_number,
                at=timezone.now(),
            )
            for fragment in fragments
        ),
        update_conflicts=True,
        unique_fields=["pid"],
        update_fields=["sha256", "edition_number"],
    )
