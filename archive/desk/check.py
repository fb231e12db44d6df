"""What each row of an editor's table would do: new, changed, the same, a possible duplicate, or an error.

A row becomes a change of the record as the exchange format has it: only what its cells say, an empty cell says
nothing. A record that a table brings gets the pid that its natural key gives, so that the same table finds it again.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q

from archive.desk.columns import TABLES
from archive.desk.sheets import Sheet
from archive.exchange import markdown
from archive.exchange.export import Exporter
from archive.exchange.load import SECTIONS, Fragment
from archive.exchange.references import Directory
from archive.exchange.shapes import MEETING, OUTCOME, STATEMENT, Shape
from dialogues.models import Track
from meetings.models import Commitment, Meeting, Statement, StatementLocation
from registry.kit import diff, pids
from registry.kit.text import slugify

CHUNK = 200
BASIS = ("sources", "certainty", "confidence", "note")
PRINTED = {"name": "name_printed", "native_name": "native_name_printed", "title": "title_printed"}
OF_DELEGATE = (*PRINTED, "minister", "rank", "role", "presiding", "in_place_of", *BASIS)
NEW, CHANGED, SAME, DUPLICATE, ERROR = "new", "changed", "same", "duplicate", "error"
Mapping = dict[str, Any]
Like = tuple[Any, ...]
"""What a row may have in common with another one, or with a stored record."""


@dataclass(frozen=True)
class Problem:
    """What is wrong with a cell, and how to write it."""

    column: str
    message: str


@dataclass
class Row:
    """One row of a table with what it would do; `fragment` is what would be loaded."""

    line: int
    values: Mapping = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    state: str = NEW
    title: str = ""
    twin: str = ""
    """Of a possible duplicate: the record or the line that it resembles."""
    pid: str = ""
    key: str = ""
    fragment: Fragment | None = None
    difference: list[diff.Change] = field(default_factory=list)

    def fail(self, column: str, message: Any) -> None:
        self.problems.append(Problem(column, str(message)))
        self.state = ERROR


class Checker:
    """Checks the tables of one import one after the other; a later table may refer to rows of an earlier one."""

    def __init__(self) -> None:
        self.directory = Directory()
        self.tracks = {
            (track.dialogue.code, track.code): track
            for track in Track.objects.select_related("dialogue__pid")
        }
        self.lines: dict[Like, int] = {}
        """The line in which something that rows may resemble was first met."""
        self.last_numbers: dict[Like, int] = {}
        self.aliases: dict[str, str] = {}
        """The pid of a stored draft by the path it will have."""
        self.scopes: dict[str, str] = {}
        """The code of the dialogue of each of these meetings."""
        self.opened: dict[str, Mapping] = {}
        self.new_meetings: dict[str, Mapping] = {}
        """Meetings of this import by path, which statements, delegations and commitments may name."""

    def rows(self, kind: str, sheet: Sheet, mapping: dict[str, int]) -> Iterator[Row]:
        """Each row of a table checked, read and asked about in chunks."""
        while some := list(islice(sheet.rows, CHUNK)):
            rows = [self.parse(kind, line, cells, mapping) for line, cells in some]
            sound = [row for row in rows if row.state != ERROR]
            getattr(self, f"check_{kind}")(sound)
            yield from rows

    def parse(self, kind: str, line: int, cells: list[str], mapping: dict[str, int]) -> Row:
        row = Row(line)
        for column in TABLES[kind]:
            place = mapping.get(column.name)
            cell = cells[place] if place is not None and place < len(cells) else ""
            if not cell:
                if column.is_required and not row.values.get("id"):
                    row.fail(column.name, f"is missing. Write {column.how}.")
                continue
            try:
                row.values[column.name] = column.parse(cell, self.directory)
            except ValueError as error:
                row.fail(column.name, error)
        return row

    # Meetings

    def check_meetings(self, rows: list[Row]) -> None:
        for row in rows:
            self.identify_meeting(row)
        current = self.current(MEETING, rows)
        stored = self.like_meetings(rows)
        for row in rows:
            if row.state == ERROR:
                continue
            said = patched_meeting(current.get(row.pid, {}), row.values)
            if current.get(row.pid, {}).get("state"):
                self.aliases[row.key] = row.pid
            elif row.pid not in current:
                said = {"pid": row.pid, "path": row.key, **said}
                self.new_meetings.setdefault(row.key, said)
                self.scopes[row.pid] = row.values["dialogue"]
            scope = row.values.get("dialogue", "")
            place, values = (row.values["dialogue"], row.values["series"]), row.values
            likes = [
                (*place, kind, values[name])
                for kind, name in (("number", "ordinal"), ("date", "start"))
                if name in values
            ]
            self.conclude(row, "meetings", said, current.get(row.pid), scope, likes, stored)

    def identify_meeting(self, row: Row) -> None:
        values = row.values
        if values.get("id"):
            row.pid = values["id"]
            if known := self.require_known(row, Meeting):
                values["dialogue"], values["series"] = known.track.dialogue.code, known.track.code
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

    def like_meetings(self, rows: list[Row]) -> dict[Like, Any]:
        """Stored meetings by series and number, and by series and date."""
        starts = {row.values.get("start") for row in rows} - {None}
        ordinals = {row.values.get("ordinal") for row in rows} - {None}
        named = Meeting.objects.select_related("track__dialogue")
        found: dict[Like, Any] = {}
        for meeting in [*named.filter(start__in=starts), *named.filter(ordinal__in=ordinals)]:
            place = (meeting.track.dialogue.code, meeting.track.code)
            found[(*place, "number", meeting.ordinal)] = meeting
            found[(*place, "date", meeting.start)] = meeting
        return found

    # Statements

    def check_statements(self, rows: list[Row]) -> None:
        for row in rows:
            self.identify_statement(row)
        current = self.current(STATEMENT, rows)
        stored = self.like_statements(rows)
        for row in rows:
            if row.state == ERROR:
                continue
            values = row.values
            said = patched_statement(current.get(row.pid, {}), values)
            if row.pid not in current:
                said = {"pid": row.pid, **said}
            likes: list[Like] = []
            if "title" in values:
                likes.append((values["dialogue"], slugify(values["title"], 200), values.get("date")))
            if "url" in values:
                likes.append(("url", values["url"]))
            self.conclude(row, "statements", said, current.get(row.pid), values["dialogue"], likes, stored)

    def like_statements(self, rows: list[Row]) -> dict[Like, Any]:
        """Stored statements by dialogue, title and date, whatever its letters, and by the issuer’s address."""
        dates = {row.values.get("date") for row in rows}
        urls = {row.values.get("url") for row in rows} - {None}
        named = Statement.objects.select_related("dialogue")
        found: dict[Like, Any] = {
            (one.dialogue.code, slugify(one.title_printed, 200), one.date): one
            for one in [
                *named.filter(date__in=dates - {None}),
                *(named.filter(date=None) if None in dates else ()),
            ]
        }
        located = StatementLocation.objects.filter(url__in=urls).select_related("statement")
        return found | {("url", location.url): location.statement for location in located}

    def identify_statement(self, row: Row) -> None:
        values = row.values
        values["meetings"] = list(self.meetings_of(row)) if "meetings" in values else []
        if "text" in values and not {"language", "text_kind"} <= set(values):
            missing = "language" if "language" not in values else "text_kind"
            row.fail(missing, "is needed where the text is given: en; authentic, official, unofficial.")
        if values.get("id"):
            row.pid = values["id"]
            if known := self.require_known(row, Statement):
                values["dialogue"] = known.dialogue.code
            return
        row.title = values["title"]
        place = values["meetings"][0] if values["meetings"] else values.get("date", "undated")
        row.key = f"{values['dialogue']} {place} {values['kind']} {slugify(values['title'])}"
        row.pid = pids.derive(f"table of statements: {row.key}")

    def meetings_of(self, row: Row) -> Iterator[str]:
        for path in row.values["meetings"]:
            path = self.aliases.get(path, path)
            if self.knows_meeting(path):
                yield path
            else:
                row.fail("meetings", f"There is no meeting “{path}”. Write its address: ca-jad/2022/fm-9.")

    def knows_meeting(self, path: str) -> bool:
        known = self.directory.rows[Meeting]
        return path in self.new_meetings or path in known or Meeting.objects.filter(pk=path).exists()

    # Commitments

    def check_commitments(self, rows: list[Row]) -> None:
        for row in rows:
            self.identify_commitment(row)
        sound = [row for row in rows if row.state != ERROR]
        current = self.current(OUTCOME, sound)
        meetings = {row.values["meeting"] for row in sound}
        found = Commitment.objects.filter(meeting__pid__path__in=meetings).select_related("meeting__pid")
        stored: dict[Like, Any] = {
            (one.meeting.pid.path, one.nature, slugify(one.summary, 200)): one for one in found if one.meeting
        }
        for row in sound:
            said = patched_commitment(current.get(row.pid, {}), row.values)
            if row.pid not in current:
                said = {"pid": row.pid, "key": slugify(row.key, 80), "number": self.next_number(row), **said}
            meeting, nature = row.values["meeting"], row.values.get("nature", "commitment")
            likes: list[Like] = [(meeting, nature, slugify(row.values.get("summary", ""), 200))]
            self.conclude(row, "outcomes", said, current.get(row.pid), meeting, likes, stored)

    def identify_commitment(self, row: Row) -> None:
        values = row.values
        if values.get("id"):
            row.pid = values["id"]
            if known := self.require_known(row, Commitment):
                values["meeting"] = (known.meeting.pid.path or known.meeting_id) if known.meeting else ""
            return
        self.require_meeting(row)
        if ("amount" in values) != ("currency" in values):
            row.fail("currency", "an amount needs its currency, and a currency its amount: 2000000 and JPY.")
            return
        row.title = values["summary"]
        row.key = f"{row.key.replace('/', '-')}-{slugify(values['summary'], 40)}"
        row.pid = pids.derive(f"table of commitments: {row.key}")

    def next_number(self, row: Row) -> int:
        """The next free place among its kind at its meeting, rows of this table counted."""
        place = (row.values["meeting"], row.values.get("nature", "commitment"))
        if place not in self.last_numbers:
            stored = Commitment.objects.filter(meeting__pid__path=place[0], nature=place[1])
            self.last_numbers[place] = (
                stored.order_by("-number").values_list("number", flat=True).first() or 0
            )
        self.last_numbers[place] += 1
        return self.last_numbers[place]

    # Delegations: each row is a part of its meeting

    def check_delegations(self, rows: list[Row]) -> None:
        for row in rows:
            self.require_meeting(row)
        sound = [row for row in rows if row.state != ERROR]
        self.open_meetings({row.values["meeting"] for row in sound})
        for row in sound:
            said = self.new_meetings.get(row.values["meeting"]) or self.opened[row.values["meeting"]]
            before = copy.deepcopy(said)
            is_new = attend(said, row.values)
            row.difference = difference(MEETING, before, said)
            row.state = NEW if is_new else CHANGED if row.difference else SAME
            row.pid, row.title = said["pid"], row.values.get("name") or row.values["country"]
            row.fragment = Fragment("", "meetings", said, self.scopes[said["pid"]])

    def open_meetings(self, paths: set[str]) -> None:
        """Read the stored meetings of these addresses as the exchange format has them."""
        wanted = paths - set(self.opened) - set(self.new_meetings)
        stored = Meeting.objects.filter(Q(pid__path__in=wanted) | Q(pk__in=wanted))
        scopes = dict(stored.values_list("pk", "track__dialogue__code"))
        for meeting, data in Exporter(public=False).records(MEETING, stored, "pk"):
            self.opened[meeting.pid.path if meeting.pid.path in wanted else meeting.pk] = data
            self.scopes[meeting.pk] = scopes[meeting.pk]

    # What all have in common

    def require_known(self, row: Row, model: Any) -> Any:
        """The stored record that the row names, or None and an error."""
        known = model.objects.filter(pk=row.pid).first()
        if known is None:
            kind = model._meta.verbose_name
            row.fail("id", f"There is no {kind} “{row.pid}” here. Leave the cell empty for a new one.")
        return known

    def require_meeting(self, row: Row) -> None:
        path = row.key = row.values["meeting"]
        row.values["meeting"] = self.aliases.get(path, path)
        if not self.knows_meeting(row.values["meeting"]):
            row.fail("meeting", f"There is no meeting “{path}”. Write its address: ca-jad/2022/fm-9.")

    def current(self, shape: Shape, rows: Iterable[Row]) -> dict[str, Mapping]:
        """What the archive says of these records now, by pid, as the exchange format has it."""
        wanted = shape.model._base_manager.filter(pk__in=[row.pid for row in rows if row.pid])
        return {row.pk: data for row, data in Exporter(public=False).records(shape, wanted, "pk")}

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
        row.fragment = Fragment("", section, said, scope)
        keys = [(section, row.pid), *((section, *like) for like in likes)]
        earlier = next((self.lines[key] for key in keys if key in self.lines), None)
        for key in keys:
            self.lines.setdefault(key, row.line)
        twin = next((stored[like] for like in likes if like in stored and stored[like].pk != row.pid), None)
        if earlier is not None:
            row.state, row.twin = DUPLICATE, f"line {earlier}"
        elif current is not None:
            row.difference = difference(SECTIONS[section], current, said)
            row.state = CHANGED if row.difference else SAME
        elif twin is not None:
            row.state, row.twin = DUPLICATE, f"{twin} ({twin.pk})"


def difference(shape: Shape, old: Mapping, new: Mapping) -> list[diff.Change]:
    """What changes, values that are a column's default and the order of references left aside."""
    return diff.records(bare(shape, old), bare(shape, new))


def bare(shape: Shape, data: Mapping) -> Mapping:
    """The mapping as an export would write it."""
    fields: dict[str, Any] = {one.name: one for one in shape.model._meta.get_fields()}
    found: Mapping = {}
    for name, value in data.items():
        if name in shape.children:
            found[name] = [bare(shape.children[name], item) for item in value]
        elif name not in fields or name == "pid":
            found[name] = value
        elif fields[name].many_to_many:
            found[name] = sorted(value)
        elif value != fields[name].get_default():
            found[name] = value
    return found


def attend(meeting: Mapping, values: Mapping) -> bool:
    """Write one row into the meeting's delegations; whether its country or its person was not there before."""
    delegations = meeting.setdefault("delegations", [])
    delegation = next((one for one in delegations if one["country"] == values["country"]), None)
    is_new = delegation is None
    if delegation is None:
        delegation = {"country": values["country"]}
        delegations.append(delegation)
    delegation |= {name: values[name] for name in ("capacity", "presence") if name in values}
    person = {PRINTED.get(name, name): values[name] for name in OF_DELEGATE if name in values}
    if not {"name", "minister", "title"} & set(values):
        delegation |= {name: values[name] for name in BASIS if name in values}
        return is_new
    delegates = delegation.setdefault("delegates", [])
    known = next((one for one in delegates if is_same_person(one, values)), None)
    if known is None:
        delegates.append(person)
        return True
    known |= person
    return is_new


def is_same_person(delegate: Mapping, values: Mapping) -> bool:
    if "minister" in values and "minister" in delegate:
        return bool(values["minister"] == delegate["minister"])
    return bool(delegate.get("name_printed", "") == values.get("name", ""))


def patched(current: Mapping, values: Mapping, names: Iterable[str]) -> Mapping:
    """The record with the columns that the row gives, under the same names."""
    return current | {name: values[name] for name in names if name in values}


def patched_meeting(current: Mapping, values: Mapping) -> Mapping:
    names = ("ordinal", "start", "end", "format", "status", "designation", "hosts", "held_alongside", *BASIS)
    said = patched(current, values, names)
    if "series" in values:
        said["track"] = values["series"]
    place = {name: values[name] for name in ("city", "country", "venue") if name in values}
    if place:
        places = said.get("places") or [{}]
        said["places"] = [places[0] | place, *places[1:]]
    if "name" in values:
        others = [one for one in said.get("names", ()) if (one["language"], one.get("kind")) != ("en", None)]
        said["names"] = [*others, {"language": "en", "text": values["name"]}]
    return said


def patched_statement(current: Mapping, values: Mapping) -> Mapping:
    said = patched(current, values, ("kind", "date", "act", "authority", "issuers", *BASIS))
    if "title" in values:
        said["title_printed"] = values["title"]
    if values["meetings"]:
        said["meetings"] = values["meetings"]
    if "url" in values:
        others = [one for one in said.get("locations", ()) if one.get("url") != values["url"]]
        said["locations"] = [*others, {"language": values.get("language", "und"), "url": values["url"]}]
    if "text" in values:
        kept = [one for one in said.get("texts", ()) if one["language"] != values["language"]]
        text = {"language": values["language"], "kind": values["text_kind"]}
        said["texts"] = [*kept, text | {"paragraphs": markdown.parse(values["text"])}]
    return said


def patched_commitment(current: Mapping, values: Mapping) -> Mapping:
    names = ("summary", "quote", "nature", "verb", "strength", "extent", "actors", "topics", "statement")
    said = patched(current, values, (*names, "deadline", "amount", "currency", *BASIS))
    if "agenda_item" in values:
        said["agenda_item"] = f"a{values['agenda_item']}"
    return said
