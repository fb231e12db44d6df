"""Browsing by year."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.dates import MONTHS

from archive.filters import FIRST_YEAR, LAST_YEAR
from archive.formats.rows import MEETINGS, YEARS, meeting_row
from archive.harvest.further import of_list
from archive.pages.respond import Rows, respond
from meetings import overview
from meetings.models import Meeting
from registry.models import Pid


def years(request: HttpRequest) -> HttpResponseBase:
    """Every year with its count of meetings."""
    found = overview.meetings_by_year(Meeting.objects.public())
    undated = Meeting.objects.public().undated().count()
    bars = [{"year": year, "count": count, "url": f"/years/{year}/"} for year, count in found]
    results = [{"year": year, "meetings": count} for year, count in found]
    data = {"count": len(results), "undated": undated, "results": results}
    return respond(
        request,
        "years/years.html",
        {"bars": bars, "undated": undated, "canonical": "/years/"},
        data=data,
        rows=Rows(YEARS, results),
    )


def year(request: HttpRequest, number: int) -> HttpResponseBase:
    """Meetings of one year, month by month, those without a month last."""
    if not FIRST_YEAR <= number <= LAST_YEAR:
        raise Http404
    return year_page(request, number, Meeting.objects.public().in_year(number), "years/year.html", {})


def year_page(
    request: HttpRequest, number: int, meetings: Any, template: str, context: dict[str, Any]
) -> HttpResponseBase:
    found = list(meetings.for_list().oldest_first())
    results = [meeting_row(meeting) for meeting in found]
    context |= {
        "year": number,
        "months": by_month(found),
        "count": len(found),
        "previous": number - 1,
        "next": number + 1,
        "canonical": request.path,
    }
    data = {"count": len(results), "year": number, "results": results}
    further = of_list(request.path, str(number), meetings, lambda: ever(number, context.get("dialogue")))
    return respond(request, template, context, data=data, rows=Rows(MEETINGS, found), further=further)


def ever(number: int, dialogue: Pid | None) -> Any:
    """Meetings of the year, of the dialogue where one is given, had none been taken away."""
    meetings = Meeting.objects.ever_public().in_year(number)
    return meetings.of_dialogue(dialogue.value) if dialogue else meetings


def by_month(meetings: list[Any]) -> list[tuple[str, list[Any]]]:
    """(month's name, its meetings) in order; under no name those whose month is not known."""

    def month(meeting: Any) -> int:
        return int(meeting.start[5:7]) if meeting.start and len(meeting.start) > 4 else 13

    grouped = groupby(sorted(meetings, key=month), key=month)
    return [(str(MONTHS.get(number, "")), list(group)) for number, group in grouped]
