"""What each row of an editor's table would do: new, changed, the same, a possible duplicate, or an error.

A row becomes a change of the record as the exchange format has it. A record that a table brings gets the pid that
its natural key gives, so that the same table finds it again.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError

from archive.desk import patch
from archive.desk.columns import COLUMN_OF, TABLES
from archive.desk.facts import faults
from archive.desk.patch import Mapping
from archive.desk.row import Row
from archive.exchange.export import Exporter
from archive.exchange.fragments import SECTIONS, Fragment
from archive.exchange.references import Directory, key_of
from archive.exchange.shapes import MEETING, OUTCOME, STATEMENT, Shape
from archive.models import RowState
from dialogues.models import Track
from meetings.models import Commitment, Meeting, Statement
from registry.kit import canonical, diff, pids
from registry.kit.text import plain_words, slugify
from registry.models import State

CHUNK = 200
SPREADSHEET_ERRORS = {"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!"}
HELD = 500
"""Meetings whose delegations are held while rows add to them."""
DELEGATE = MEETING.children["delegations"].children["delegates"]
Like = tuple[Any, ...]
"""What a row may have in common with another one, or with a stored record."""


class Checker:
    """Checks the tables of one import one after the other; a later table may refer to rows of an earlier one."""

    def __init__(self) -> None:
        self.directory = Directory()
        self.tracks = {
            (track.dialogue.code, track.code): track
            for track in Track.objects.select_related("dialogue__pid")
        }
        self.lines: dict[int, int] = {}
        """The line in which something that rows may resemble was first met, by the hash of what it is."""
        self.last_numbers: dict[Like, int] = {}
        self.coming: dict[str, str] = {}
        """The pid of what this import brings, or of a draft, by the path that it will have."""
        self.scopes: dict[str, str] = {}
        """The code of the dialogue of each meeting of this import."""
        self.opened: dict[str, Mapping] = {}

    def check(self, kind: str, rows: Iterable[Row], mapping: dict[str, int]) -> Iterator[Row]:
        """Each row of a table with what it would do, read and asked about in chunks."""
        rest = iter(rows)
        while some := list(islice(rest, CHUNK)):
            for row in some:
                self.parse(kind, row, mapping)
            getattr(self, f"check_{kind}")([row for row in some if row.is_sound])
            yield from some

    def parse(self, kind: str, row: Row, mapping: dict[str, int]) -> None:
        cells = {name: row.cells[place] for name, place in mapping.items() if place < len(row.cells)}
        cells |= row.corrections
        for column in TABLES[kind]:
            cell = cells.get(column.name, "")
            if cell in SPREADSHEET_ERRORS:
                row.fail(
                    column.name,
                    f"“{cell}” is an error of the spreadsheet. Put it right there, or write it here.",
                )
                continue
            if not cell:
                if column.is_required and not row.values.get("id"):
                    row.fail(column.name, f"is missing. Write {column.how}.")
                continue
            try:
                row.values[column.name] = column.parse(cell, self.directory)
            except ValueError as error:
                row.fail(column.name, error)

    # Meetings

    def check_meetings(self, rows: list[Row]) -> None:
        known = self.known(Meeting, rows, "track__dialogue")
        for row in rows:
            self.identify_meeting(row, known)
        current = self.current(MEETING, rows)
        stored = Meeting.objects.resembling(
            {row.values.get("start") for row in rows}, {row.values.get("ordinal") for row in rows}
        )
        for row in (row for row in rows if row.is_sound):
            values, known = row.values, current.get(row.pid, {})
            said = patch.patched_meeting(known, values)
            place = (values["dialogue"], values["series"])
            likes = [
                (*place, kind, values[name])
                for kind, name in (("number", "ordinal"), ("date", "start"))
                if name in values
            ]
            self.conclude(row, "meetings", said, known, values["dialogue"], likes, stored)
            if row.is_taken or known.get("state") in (State.DRAFT, State.IN_REVIEW):
                self.coming.setdefault(row.key, row.pid)
                self.scopes[row.pid] = values["dialogue"]

    def identify_meeting(self, row: Row, known: dict[str, Any]) -> None:
        values = row.values
        if values.get("id"):
            if meeting := self.require_known(row, Meeting, known):
                if values.get("series", meeting.track.code) != meeting.track.code:
                    row.fail("series", f"a meeting keeps its series, which is {meeting.track.code}.")
                values["dialogue"], values["series"] = meeting.track.dialogue.code, meeting.track.code
            return
        track = self.tracks.get((values["dialogue"], values["series"]))
        if track is None:
            own = ", ".join(sorted(code for dialogue, code in self.tracks if dialogue == values["dialogue"]))
            row.fail("series", f"“{values['series']}” is no series of {values['dialogue']}. It has: {own}.")
            return
        if not values.get("start") and not values.get("ordinal"):
            row.fail("start", "neither a date nor a number tells which meeting this is. Write one of them.")
            return
        facts = {name: values[name] for name in ("ordinal", "start", "end", "designation") if name in values}
        meeting = Meeting(track=track, **facts)
        try:
            meeting.clean()
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                row.fail(name, " ".join(messages))
            return
        row.key, row.title = meeting.wanted_path(), meeting.title()
        row.pid = pids.derive(f"table of meetings: {row.key}")

    # Statements

    def check_statements(self, rows: list[Row]) -> None:
        self.read_meetings(path for row in rows for path in row.values.get("meetings", ()))
        known = self.known(Statement, rows, "dialogue")
        for row in rows:
            self.identify_statement(row, known)
        current = self.current(STATEMENT, rows)
        stored = Statement.objects.resembling(
            {row.values.get("date") for row in rows}, {row.values.get("url") for row in rows} - {None}
        )
        for row in (row for row in rows if row.is_sound):
            values = row.values
            said = patch.patched_statement(current.get(row.pid, {}), values)
            likes: list[Like] = []
            if "title" in values:
                likes.append((values["dialogue"], plain_words(values["title"]), values.get("date")))
            if "url" in values:
                likes.append(("url", values["url"]))
            self.conclude(row, "statements", said, current.get(row.pid), values["dialogue"], likes, stored)

    def identify_statement(self, row: Row, known: dict[str, Any]) -> None:
        values = row.values
        if "text" in values and not {"language", "text_kind"} <= set(values):
            missing = "language" if "language" not in values else "text_kind"
            row.fail(missing, "is needed where the text is given: en; authentic, official, unofficial.")
        paths = values.get("meetings", [])
        values["meetings"] = [self.meeting_named(row, "meetings", path)[1] for path in paths]
        if values.get("id"):
            if statement := self.require_known(row, Statement, known):
                values["dialogue"] = statement.dialogue.code
            return
        row.title = values["title"]
        place = paths[0] if paths else values.get("date", "undated")
        row.key = f"{values['dialogue']} {place} {values['kind']} {plain_words(values['title'])}"
        row.pid = pids.derive(f"table of statements: {row.key}")
        year = (values.get("date") or "undated")[:7].split("-")[0]
        beneath = paths[0] if paths else f"{values['dialogue']}/{year}/statements"
        self.coming.setdefault(f"{beneath}/{values['kind'].replace('_', '-')}", row.pid)

    # Commitments

    def check_commitments(self, rows: list[Row]) -> None:
        self.read_meetings(row.values.get("meeting", "") for row in rows)
        self.directory.rows[Statement].read(row.values.get("statement", "") for row in rows)
        known = self.known(Commitment, rows, "meeting")
        for row in rows:
            self.identify_commitment(row, known)
        sound = [row for row in rows if row.is_sound]
        current = self.current(OUTCOME, sound)
        meetings = {row.values["meeting"] for row in sound}
        stored = Commitment.objects.resembling(meetings)
        self.last_numbers = Commitment.objects.last_numbers(meetings) | self.last_numbers
        for row in sound:
            said = patch.patched_commitment(current.get(row.pid, {}), row.values)
            if row.pid not in current:
                said |= {"key": f"{slugify(row.key, 70)}-{row.pid}", "number": self.next_number(row)}
            meeting, nature = row.values["meeting"], row.values.get("nature", "commitment")
            likes: list[Like] = []
            if "summary" in row.values:
                likes.append((meeting, nature, plain_words(row.values["summary"])))
            self.conclude(row, "outcomes", said, current.get(row.pid), meeting, likes, stored)

    def identify_commitment(self, row: Row, known: dict[str, Any]) -> None:
        values = row.values
        if values.get("statement"):
            values["statement"] = self.statement_named(row, values["statement"])
        if values.get("id"):
            if commitment := self.require_known(row, Commitment, known):
                values["meeting"] = commitment.meeting_id or ""
            return
        path = values["meeting"]
        values["meeting"], _key = self.meeting_named(row, "meeting", path)
        if ("amount" in values) != ("currency" in values):
            row.fail("currency", "an amount needs its currency, and a currency its amount: 2000000 and JPY.")
            return
        row.title = values["summary"]
        row.key = f"{path.replace('/', '-')} {plain_words(values['summary'])}"
        row.pid = pids.derive(f"table of commitments: {row.key}")

    def next_number(self, row: Row) -> int:
        """The next free place among its kind at its meeting, rows of this table counted."""
        place = (row.values["meeting"], row.values.get("nature", "commitment"))
        self.last_numbers[place] = self.last_numbers.get(place, 0) + 1
        return self.last_numbers[place]

    # Delegations: each row is a part of its meeting

    def check_delegations(self, rows: list[Row]) -> None:
        self.read_meetings(row.values["meeting"] for row in rows)
        for row in rows:
            row.pid, _key = self.meeting_named(row, "meeting", row.values["meeting"])
        sound = [row for row in rows if row.is_sound]
        self.open_meetings({row.pid for row in sound})
        for row in sound:
            for name, message in faults(DELEGATE, patch.person_of(row.values)):
                row.fail(COLUMN_OF.get(name, name), message)
        for row in (row for row in sound if row.is_sound):
            said = self.opened[row.pid]
            before = copy.deepcopy(said)
            is_new = patch.attend(said, row.values)
            row.difference = patch.difference(MEETING, before, said)
            row.state = RowState.NEW if is_new else RowState.CHANGED if row.difference else RowState.SAME
            row.title = row.values.get("name") or row.values["country"]
            row.fragment = Fragment("", "delegations", row.values | {"pid": row.pid}, self.scopes[row.pid])

    def open_meetings(self, wanted: set[str]) -> None:
        """Hold the delegations of these meetings as the exchange format has them; none of what is not stored."""
        if len(self.opened) > HELD:
            self.opened.clear()
        stored = Meeting.objects.filter(pk__in=wanted - set(self.opened)).with_dialogue()
        for meeting, data in Exporter(public=False).records(MEETING, stored, "pk"):
            self.opened[meeting.pk] = {"delegations": data.get("delegations", [])}
            self.scopes[meeting.pk] = meeting.track.dialogue.code
        for pid in wanted:
            self.opened.setdefault(pid, {})

    # What all have in common

    def known(self, model: Any, rows: list[Row], *related: str) -> dict[str, Any]:
        """The stored records that these rows correct, by id; one query, none where none is named."""
        wanted = {row.values["id"] for row in rows if row.values.get("id")}
        found: dict[str, Any] = model.objects.select_related(*related).in_bulk(wanted) if wanted else {}
        return found

    def require_known(self, row: Row, model: Any, known: dict[str, Any]) -> Any:
        """The stored record that the row names, or None and an error."""
        row.pid = row.values["id"]
        if row.pid not in known:
            kind = model._meta.verbose_name
            row.fail("id", f"There is no {kind} “{row.pid}” here. Leave the cell empty for a new one.")
        return known.get(row.pid)

    def read_meetings(self, paths: Iterable[str]) -> None:
        self.directory.rows[Meeting].read(paths)

    def meeting_named(self, row: Row, column: str, path: str) -> tuple[str, str]:
        """Pid and natural key of the meeting at this address, of this import or stored; else an error."""
        if meeting := self.directory.rows[Meeting].get(path):
            if meeting.pid.state in (State.WITHDRAWN, State.MERGED):
                row.fail(
                    column, f"“{path}” was {meeting.pid.get_state_display()}. Restore it, or name another."
                )
            return str(meeting.pk), key_of(meeting)
        if path in self.coming:
            return self.coming[path], self.coming[path]
        row.fail(column, f"There is no meeting “{path}”. Write its address: ca-jad/2022/fm-9.")
        return "", ""

    def statement_named(self, row: Row, path: str) -> str:
        if statement := self.directory.rows[Statement].get(path):
            return str(key_of(statement))
        if path in self.coming:
            return self.coming[path]
        example = "ca-jad/2022/fm-9/joint-statement"
        row.fail("statement", f"There is no statement “{path}”. Write its address: {example}.")
        return ""

    def current(self, shape: Shape, rows: Iterable[Row]) -> dict[str, Mapping]:
        """What the archive says of these records now, by pid, as the exchange format has it."""
        mine = {row.pid: row for row in rows if row.pid}
        found = {}
        stored = shape.model._base_manager.filter(pk__in=mine)
        for record, data in Exporter(public=False).records(shape, stored, "pk"):
            found[record.pk] = data
            mine[record.pk].seen = mark_of(record, data)
        return found

    def conclude(
        self,
        row: Row,
        section: str,
        said: Mapping,
        current: Mapping | None,
        scope: str,
        likes: Sequence[Like],
        stored: dict[Like, Any],
    ) -> None:
        """The row's state, with how it differs from its record, or what it resembles, stored or an earlier row."""
        said = {"pid": row.pid, **said}
        row.fragment = Fragment("", section, said, scope)
        for name, message in faults(SECTIONS[section], said):
            row.fail(COLUMN_OF.get(name, name), message)
        if not row.is_sound:
            return
        keys = [hash((section, row.pid)), *(hash((section, *like)) for like in likes)]
        earlier = next((self.lines[key] for key in keys if key in self.lines), None)
        for key in keys:
            self.lines.setdefault(key, row.line)
        twin = next((stored[like] for like in likes if like in stored and stored[like].pk != row.pid), None)
        if current and current.get("state") == State.MERGED:
            row.fail("id", f"{row.pid} was merged into another record. Correct that one.")
        elif earlier is not None:
            row.state, row.twin = RowState.DUPLICATE, f"line {earlier}"
        elif current:
            row.difference = patch.difference(SECTIONS[section], current, said)
            if current.get("state") == State.WITHDRAWN:
                said.pop("state", None)
                row.difference.insert(0, diff.Change("state", State.WITHDRAWN, State.PUBLIC))
            row.state = RowState.CHANGED if row.difference else RowState.SAME
        elif twin is not None:
            row.state, row.twin, row.twin_pid = RowState.DUPLICATE, f"{twin} ({twin.pk})", twin.pk


def marks_of(section: str, pks: list[str]) -> dict[str, str]:
    """The mark of each of these records that is stored, by pid."""
    shape = SECTIONS[section]
    stored = shape.model._base_manager.filter(pk__in=pks)
    return {row.pk: mark_of(row, data) for row, data in Exporter(public=False).records(shape, stored, "pk")}


def mark_of(record: Any, data: Mapping) -> str:
    """By which it is told whether a record was changed since: its state and the hash of what is said of it."""
    return f"{record.pid.state} {canonical.sha256(canonical.dumps(data))[:40]}"
