"""Attendance turned round: one country's, or one minister's, over all dialogues."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from archive.address import Address
from archive.browse import KEPT, browsing
from archive.formats.attendance import ATTENDANCE
from archive.harvest.further import of_list
from archive.pages import narrowing as narrowings
from archive.pages.attendance import SHORT, Group, group
from archive.pages.respond import Rows, respond
from dialogues.models import Country, Dialogue, Minister, Tenure
from dialogues.offices import Terms
from meetings import overview
from meetings.appearances import MinisterAttendance
from meetings.matrix import RANK_ORDER, Appearance, AttendanceMatrix, Totals
from meetings.models import Meeting
from registry.models import Pid


def of_country(request: HttpRequest, _address: Address, pid: Pid) -> HttpResponseBase:
    """`/countries/kz/attendance/`: who represented it, dialogue by dialogue and series by series in time order."""
    narrowing = narrowings.read(request, "rank", "presence", "dialogue", "since", "until", others=KEPT)
    meetings = Meeting.objects.public().concerning(pid.value)
    matrix = country_matrix(pid, meetings.between(narrowing.since, narrowing.until), narrowing.dialogues)
    every = matrix.totals()
    matrix.narrow(narrowing.ranks, narrowing.presences)
    terms = Terms(Tenure.objects.public().of_countries([pid.value]).by_office())
    rows = list(matrix.appearances(terms))
    browse = browsing(request, ATTENDANCE.led_by("dialogue"))
    arranged = browse.arrange_rows([(row, ATTENDANCE.to_row(row)) for row in rows])
    dialogues = by_dialogue(rows)
    offered = Dialogue.objects.public().met_at(meetings)
    totals = matrix.totals()
    context = {
        "pid": pid,
        "record": Country.objects.public().get(pk=pid.value),
        "canonical": request.path,
        "series": by_series(rows),
        "browse": browse,
        "rows": [row for row, _printed in arranged],
        "is_long": len(rows) > SHORT,
        "dialogues": dialogues,
        "totals": totals,
        "presences": totals.said,
        "ranks": [rank for rank in RANK_ORDER if totals.rank(rank)],
        "count": len(rows),
        "legend": narrowings.legend(request, narrowing, every),
        **narrowings.form(request, narrowing, dialogues=offered, totals=every),
    }
    data = {
        "country": context["record"].words(),
        "count": len(rows),
        "totals": totals.as_data(),
        "dialogues": [{**one.words(), "totals": its.as_data()} for one, its in dialogues],
        "results": [printed for _row, printed in arranged],
    }
    ever = Meeting.objects.ever_public().concerning(pid.value)
    further = of_list(request.path, pid.title, meetings, ever.all)
    listed = Rows(ATTENDANCE, context["rows"])
    return respond(request, "attendance/country.html", context, data=data, rows=listed, further=further)


def country_matrix(pid: Pid, meetings: Any, dialogues: list[str]) -> AttendanceMatrix:
    """A matrix of one row."""
    asked_for = meetings.of_dialogues(dialogues)
    return AttendanceMatrix(
        asked_for.by_dialogue().select_related("track__dialogue__pid"),
        overview.memberships(country=pid.value),
        overview.delegations_at(asked_for, country=pid.value),
    )


def by_series(rows: list[Appearance]) -> list[Group]:
    found = []
    for track, its in groupby(rows, key=lambda row: row.cell.meeting.track):
        url = f"{track.dialogue.get_absolute_url()}{track.code}/attendance/"
        found.append(group(str(track), url, f"{track.dialogue.code}-{track.code}", list(its)))
    return found


def by_dialogue(rows: list[Appearance]) -> list[tuple[Dialogue, Totals]]:
    found = []
    for dialogue, its in groupby(rows, key=lambda row: row.cell.meeting.track.dialogue):
        cells = {row.cell.meeting.pk: row.cell for row in its}
        found.append((dialogue, Totals(cells.values())))
    return found


def of_minister(request: HttpRequest, _address: Address, pid: Pid) -> HttpResponseBase:
    """`/ministers/<pid>/<slug>/attendance/`: where they came, were named as absent, or another stood in for them."""
    narrowing = narrowings.read(request, "rank", "dialogue", "since", "until", others=KEPT)
    terms = Terms(overview.tenures_around(pid.value))
    delegations = overview.delegations_naming(pid.value)
    attendance = MinisterAttendance(pid.value, delegations, terms)
    offered = [dialogue for dialogue, _totals in attendance.by_dialogue()]
    attendance.narrow(narrowing.ranks, narrowing.dialogues, narrowing.since, narrowing.until)
    record = Minister.objects.public().select_related("country__pid").get(pk=pid.value)
    browse = browsing(request, ATTENDANCE)
    arranged = browse.arrange_rows([(row, ATTENDANCE.to_row(row)) for row in attendance.rows])
    context = {
        "browse": browse,
        "pid": pid,
        "record": record,
        "canonical": request.path,
        "rows": [row for row, _printed in arranged],
        "totals": attendance.totals(),
        "dialogues": attendance.by_dialogue(),
        "count": len(attendance.rows),
        **narrowings.form(request, narrowing, dialogues=offered),
    }
    data = {
        "minister": record.words(),
        "count": len(attendance.rows),
        "totals": attendance.totals(),
        "dialogues": [{**one.words(), "totals": totals} for one, totals in attendance.by_dialogue()],
        "results": [printed for _row, printed in arranged],
    }
    rows = Rows(ATTENDANCE, context["rows"])
    meetings = Meeting.objects.public().with_delegate(pid.value)
    ever = Meeting.objects.ever_public().with_delegate(pid.value)
    further = of_list(request.path, pid.title, meetings, ever.all)
    return respond(request, "attendance/minister.html", context, data=data, rows=rows, further=further)
