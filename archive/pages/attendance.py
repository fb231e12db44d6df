"""The attendance matrix of a series or of a whole dialogue: countries by meetings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from archive import asked
from archive.address import Address
from archive.formats.attendance import ATTENDANCE
from archive.harvest.further import of_list
from archive.pages import narrowing as narrowings
from archive.pages import on_paper
from archive.pages.narrowing import Narrowing
from archive.pages.respond import Rows, respond
from dialogues.models import Country, Tenure, Track
from dialogues.offices import Terms
from meetings import overview
from meetings.matrix import SORTS, Appearance, AttendanceMatrix, Cell, Totals
from meetings.models import Meeting
from registry.models import Pid

WITH_NAMES = 12
"""Up to so many meetings the matrix has room for names."""
SHORT = 40
"""Up to so many rows are read at a glance; more are folded away under their headings."""
EVERY_SORT = (*SORTS, *(f"-{name}" for name in SORTS))
Data = dict[str, Any]


@dataclass(frozen=True)
class Group:
    """Rows of the list under one heading; `silent` are meetings of which nothing is recorded."""

    title: str
    url: str
    key: str
    cells: list[Cell]
    rows: list[Appearance]
    silent: list[Appearance]

    @property
    def totals(self) -> Totals:
        return Totals(self.cells)


def of_track(request: HttpRequest, pid: Pid, track: Track) -> HttpResponseBase:
    """`/ca-jad/fm/attendance/`."""
    meetings, ever = Meeting.objects.public().of_track(track), Meeting.objects.ever_public().of_track(track)
    further = of_list(request.path, f"{pid.title}: {track.name}", meetings, ever.all)
    return shown(request, pid, track, meetings, further)


def of_dialogue(request: HttpRequest, _address: Address, pid: Pid) -> HttpResponseBase:
    """`/ca-jad/attendance/`: every series of the dialogue beside one another."""
    meetings = Meeting.objects.public().of_dialogue(pid.value)
    ever = Meeting.objects.ever_public().of_dialogue(pid.value)
    further = of_list(request.path, pid.title, meetings, ever.all)
    return shown(request, pid, None, meetings, further)


def shown(
    request: HttpRequest, pid: Pid, track: Track | None, meetings: Any, further: Any
) -> HttpResponseBase:
    """The matrix of these meetings, narrowed and sorted as the address says, as page, JSON and rows."""
    names = ("rank", "presence", "country", "since", "until")
    narrowing = narrowings.read(request, *names, others=["sort"])
    sort = asked.code(request, "sort", EVERY_SORT, SORTS[0])
    matrix = matrix_of(pid, meetings.between(narrowing.since, narrowing.until))
    every = (matrix.totals(), list(matrix.countries))
    matrix.narrow(narrowing.ranks, narrowing.presences, narrowing.countries)
    matrix.sort(sort)
    terms = Terms(Tenure.objects.public().of_countries(one.pk for one in matrix.countries).by_office())
    rows = list(matrix.appearances(terms))
    context = {
        "dialogue": pid,
        "track": track,
        "canonical": request.path,
        **parts(matrix),
        "groups": by_country(rows),
        "is_long": len(rows) > SHORT,
        "count": len(rows),
        **offered(request, narrowing, sort, *every),
    }
    data = {
        "dialogue": {"id": pid.value, "title": pid.title},
        "track": track.words() if track else None,
        "count": len(rows),
        **summary(matrix),
        "results": [ATTENDANCE.to_row(row) for row in rows],
    }
    template = "attendance/matrix.html"
    return respond(request, template, context, data=data, rows=Rows(ATTENDANCE, rows), further=further)


def matrix_of(pid: Pid, meetings: Any, loaded: Any = None) -> AttendanceMatrix:
    """The matrix of these meetings of a dialogue, by series and in time order, or as they were `loaded` already."""
    if loaded is None:
        loaded = meetings.by_track().select_related("track__dialogue__pid")
    members = overview.memberships(dialogue=pid.value)
    return AttendanceMatrix(loaded, members, overview.delegations_at(meetings))


def parts(matrix: AttendanceMatrix) -> Data:
    """What parts/_matrix.html needs."""
    by_meeting, totals, lines = matrix.by_meeting(), matrix.totals(), matrix.lines()
    with_names = len(matrix.meetings) <= WITH_NAMES
    return {
        "meetings": matrix.meetings,
        "lines": lines,
        "paper": [] if with_names else on_paper.blocks(matrix.meetings, lines, by_meeting, totals),
        "is_cut": bool(matrix.left_out),
        "totals": totals,
        "tracks": on_paper.tracks(matrix.meetings),
        "with_names": with_names,
        "counted": [
            (presence, [each.presence(presence) for _meeting, each in by_meeting], totals.presence(presence))
            for presence in totals.said
        ],
    }


def offered(
    request: HttpRequest, narrowing: Narrowing, sort: str, totals: Totals, countries: list[Country]
) -> Data:
    """Ways to narrow and to sort."""
    sorts = [(name, sort.removeprefix("-") == name, next_sort(name, sort)) for name in SORTS]
    return {
        "sorts": [(name, is_on, narrowings.link(request, sort=other)) for name, is_on, other in sorts],
        "sort": sort,
        "kept": [("sort", sort)] if sort != SORTS[0] else [],
        "legend": narrowings.legend(request, narrowing, totals),
        **narrowings.form(request, narrowing, countries=countries, totals=totals),
    }


def next_sort(name: str, current: str) -> str:
    """What a click asks for: by attendance most first, else as `sort` has it; again, the other way round."""
    first, second = ("-attended", "attended") if name == "attended" else (name, f"-{name}")
    return second if current == first else first


def by_country(rows: Iterable[Appearance]) -> list[Group]:
    """The rows country by country, as the matrix has them."""
    found = []
    for country, its in groupby(rows, key=lambda row: row.cell.country):
        url = f"{country.get_absolute_url()}attendance/" if country.pid.is_public else ""
        found.append(group(country.name, url, country.code, list(its)))
    return found


def group(title: str, url: str, key: str, rows: list[Appearance]) -> Group:
    cells = list({row.cell.meeting.pk: row.cell for row in rows}.values())
    silent = [row for row in rows if row.cell.delegation is None]
    return Group(title, url, key, cells, [row for row in rows if row.cell.delegation], silent)


def summary(matrix: AttendanceMatrix) -> Data:
    """Totals of all, of each country and of each meeting; each adds up to the others."""
    return {
        "totals": matrix.totals().as_data(),
        "countries": [
            {**line.country.words(), "role": line.role or None, "totals": line.totals.as_data()}
            for line in matrix.lines()
        ],
        "meetings": [
            {
                "id": meeting.pk,
                "title": meeting.title(),
                "series": meeting.track.code,
                "start": meeting.start,
                "end": meeting.end,
                "totals": totals.as_data(),
            }
            for meeting, totals in matrix.by_meeting()
        ],
    }
