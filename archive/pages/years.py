"""Browsing by year."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from archive import asked
from archive.browse import KEPT, browsing
from archive.formats.rows import MEETINGS, YEARS, meeting_row
from archive.harvest.further import of_list
from archive.pages.lists import listing
from archive.pages.respond import Rows, problem, respond
from archive.redirects import moved
from meetings import overview
from meetings.models import Meeting
from registry.kit.years import FIRST_YEAR, LAST_YEAR, decade_of, is_year
from registry.models import Pid


@asked.knowing(asked.FEED)
def years(request: HttpRequest) -> HttpResponseBase:
    """Every year with its count of meetings."""
    found = overview.meetings_by_year(Meeting.objects.public())
    undated = Meeting.objects.public().undated().count()
    bars = [{"year": year, "count": count, "url": f"/years/{year}/"} for year, count in found]
    results = [{"year": year, "meetings": count} for year, count in found]
    grouped = decades(bars)
    data = {
        "count": len(results),
        "undated": undated,
        "decades": [{"decade": one["decade"], "meetings": one["count"]} for one in grouped],
        "results": results,
    }
    return respond(
        request,
        "years/years.html",
        {"bars": bars, "decades": grouped, "undated": undated, "canonical": "/years/"},
        data=data,
        rows=Rows(YEARS, results),
        further=of_list("/years/", _("Years"), Meeting.objects.public(), Meeting.objects.ever_public),
    )


def decades(bars: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The years by decade: `decade` as 2010s, `count` of its meetings, `url`, and its `bars`."""
    found = []
    for first, group in groupby(bars, key=lambda bar: bar["year"] // 10 * 10):
        years_of = list(group)
        count = sum(bar["count"] for bar in years_of)
        found.append({"decade": f"{first}s", "count": count, "url": f"/years/{first}s/", "bars": years_of})
    return found


def decade(request: HttpRequest, text: str) -> HttpResponseBase:
    """Meetings of ten years, newest first, in pages; 301 for another spelling: 2010S, 201x, 2010-2019."""
    first = decade_of(text)
    if first is None:
        detail = _("A year is written 2014, a decade 2010s, from %(first)ss to %(last)ss.")
        said = detail % {"first": FIRST_YEAR, "last": LAST_YEAR // 10 * 10}
        return problem(request, 404, _("There is no such year or decade"), said)
    if text != f"{first}s":
        return moved(request, f"/years/{first}s/")
    meetings = Meeting.objects.public().in_years(first, first + 9)
    counts = dict(overview.meetings_by_year(meetings))
    return listing(
        request,
        "years/decade.html",
        meetings.for_list().newest_first(),
        MEETINGS,
        further=of_list(
            request.path, f"{first}s", meetings, Meeting.objects.ever_public().in_years(first, first + 9).all
        ),
        decade=f"{first}s",
        bars=[
            {"year": year, "count": counts.get(year, 0), "url": f"/years/{year}/"}
            for year in range(first, first + 10)
        ],
        previous=f"{first - 10}s" if first > FIRST_YEAR else None,
        next=f"{first + 10}s" if first + 10 <= LAST_YEAR else None,
    )


def year(request: HttpRequest, number: int) -> HttpResponseBase:
    """Meetings of one year, month by month, those without a month last."""
    if not is_year(number):
        raise Http404
    return year_page(request, number, Meeting.objects.public().in_year(number), "years/year.html", {})


def year_page(
    request: HttpRequest, number: int, meetings: Any, template: str, context: dict[str, Any]
) -> HttpResponseBase:
    asked.check(request, (*KEPT, asked.FEED))
    browse = browsing(request, MEETINGS.oldest_first())
    found = list(browse.arrange(meetings.for_list().oldest_first()))
    results = [meeting_row(meeting) for meeting in found]
    context |= {
        "year": number,
        "decade": f"{number // 10 * 10}s",
        "browse": browse,
        "meetings": found,
        "months": by_month(found) if browse.is_default else [],
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
