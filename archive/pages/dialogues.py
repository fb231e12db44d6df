"""A dialogue, its years and its tracks."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from archive import asked
from archive.address import ATTENDANCE
from archive.between import UNDATED, section_of
from archive.browse import KEPT, Browsing, browsing
from archive.formats.rows import MEETINGS, STATEMENTS, meeting_row, statement_row
from archive.harvest.further import of_list
from archive.pages import attendance
from archive.pages.found import Found
from archive.pages.narrowing import Narrowing, legend
from archive.pages.pictures import the_topics
from archive.pages.respond import Rows, respond
from archive.pages.years import year_page
from archive.pictures import marks
from archive.pictures.strip import Strip
from dialogues.models import Track
from meetings import tallies
from meetings.matrix import NOT_RECORDED, Line
from meetings.models import Meeting, Statement
from meetings.told import Talk, Topics
from registry.models import Pid

FOREMOST = 6
"""Topics of a dialogue drawn on its page."""
TOPICS = 12
"""Topics whose language a dialogue’s page leads to."""


def beside(found: Found) -> dict[str, Any]:
    """The edition, with every meeting by track and a count by year."""
    shown = Meeting.objects.public().of_dialogue(found.pid.value).for_list().by_track()
    meetings = list(tallies.with_agenda_count(shown))
    years: dict[str, int] = {}
    for meeting in meetings:
        if meeting.start:
            years[meeting.start[:4]] = years.get(meeting.start[:4], 0) + 1
    bars = [
        {"year": year, "count": years.get(str(year), 0), "url": f"/{found.pid.path}/{year}/"}
        for year in (range(int(min(years)), int(max(years)) + 1) if years else ())
    ]
    topics = the_topics(found.pid.value, found.data["code"])
    return found.context(
        topics=topics,
        foremost=topics.foremost(FOREMOST),
        tracks=[
            (track, list(group)) for track, group in groupby(meetings, key=lambda meeting: meeting.track)
        ],
        marks=marks.shown(meetings),
        bars=bars,
        meeting_count=len(meetings),
        undated=sum(1 for meeting in meetings if not meeting.start),
        spoken_topics=Talk(found.pid.value).foremost(Topics(), TOPICS),
    )


def section(request: HttpRequest, pid: Pid, rest: str) -> HttpResponseBase | None:
    """A page beneath a dialogue that is no record: a year, undated meetings, a year's statements, a track."""
    found = section_of(pid, rest)
    if found is None:
        return None
    if found.track:
        page = attendance.of_track if found.view else track
        return page(request, pid, found.track)
    if found.view:
        return statements(request, pid, found.year)
    return undated(request, pid) if found.year == UNDATED else year(request, pid, int(found.year))


def year(request: HttpRequest, pid: Pid, number: int) -> HttpResponseBase:
    meetings = Meeting.objects.public().of_dialogue(pid.value).in_year(number)
    context = {"dialogue": pid, "has_statements": has_statements(pid, f"{number}")}
    return year_page(request, number, meetings, "dialogues/year.html", context)


@asked.knowing(*KEPT, asked.FEED)
def undated(request: HttpRequest, pid: Pid) -> HttpResponseBase:
    browse = browsing(request, MEETINGS.oldest_first())
    shown = Meeting.objects.public().of_dialogue(pid.value).undated()
    found = list(browse.arrange(shown.for_list().by_track()))
    results = [meeting_row(meeting) for meeting in found]
    context = {
        "dialogue": pid,
        "meetings": found,
        "browse": browse,
        "has_statements": has_statements(pid, UNDATED),
        "canonical": request.path,
    }
    data = {"count": len(results), "results": results}
    ever = Meeting.objects.ever_public().of_dialogue(pid.value).undated()
    further = of_list(request.path, pid.title, shown, ever.all)
    rows = Rows(MEETINGS, found)
    return respond(request, "dialogues/undated.html", context, data=data, rows=rows, further=further)


def has_statements(pid: Pid, year: str) -> bool:
    """Whether the dialogue issued anything in the year, or `undated`, that belongs to no meeting."""
    return Statement.objects.public().of_no_meeting(pid.value, year).exists()


@asked.knowing(*KEPT, asked.FEED)
def statements(request: HttpRequest, pid: Pid, year: str) -> HttpResponseBase:
    browse = browsing(request, STATEMENTS)
    listed = Statement.objects.public().of_no_meeting(pid.value, year).for_list().newest_first()
    found = list(browse.arrange(listed))
    results = [statement_row(statement) for statement in found]
    context = {
        "dialogue": pid,
        "year": year,
        "statements": found,
        "browse": browse,
        "canonical": request.path,
    }
    data = {"count": len(results), "results": results}
    shown, ever = Statement.objects.public(), Statement.objects.ever_public().of_no_meeting(pid.value, year)
    further = of_list(request.path, f"{pid.title}, {year}", shown, ever.all)
    rows = Rows(STATEMENTS, found)
    return respond(request, "dialogues/statements.html", context, data=data, rows=rows, further=further)


@asked.knowing(*KEPT, asked.FEED)
def track(request: HttpRequest, pid: Pid, found: Track) -> HttpResponseBase:
    """The numbered series, and the matrix of who sent whom."""
    shown = Meeting.objects.public().of_track(found)
    strip = Strip(tallies.with_agenda_count(shown.for_list().oldest_first()))
    meetings = strip.meetings
    browse = browsing(request, MEETINGS.oldest_first())
    listed = in_order(browse, shown, meetings)
    matrix = attendance.matrix_of(pid, shown, meetings)
    results = [meeting_row(meeting) for meeting in listed]
    beneath = f"{request.path}{ATTENDANCE}/"
    context = {
        "dialogue": pid,
        "track": found,
        "series": listed,
        "browse": browse,
        "strip": strip,
        **attendance.parts(matrix),
        "beneath": beneath,
        "legend": legend(request, Narrowing(), matrix.totals(), beneath),
        "canonical": request.path,
    }
    data = {
        "dialogue": {"id": pid.value, "title": pid.title},
        "track": found.as_data(),
        "count": len(results),
        "results": results,
        "attendance": [sent(line) for line in matrix.lines()],
    }
    title = f"{pid.title}: {found.name}"
    further = of_list(request.path, title, shown, Meeting.objects.ever_public().of_track(found).all)
    rows = Rows(MEETINGS, listed)
    return respond(request, "dialogues/track.html", context, data=data, rows=rows, further=further)


def in_order(browse: Browsing, shown: Any, meetings: list[Meeting]) -> list[Meeting]:
    """Loaded meetings, oldest first, in the order that is asked for; one query where that is another."""
    if browse.is_default:
        return meetings
    found = {meeting.pk: meeting for meeting in meetings}
    return [found[pk] for pk in browse.arrange(shown.for_list()).values_list("pk", flat=True)]


def sent(line: Line) -> dict[str, Any]:
    """A country, and whom it sent to each meeting."""
    return {
        "country": line.country.words(),
        "is_member": line.is_member,
        "meetings": [
            {
                "meeting": meeting.pk,
                "mark": cell.mark if cell else NOT_RECORDED,
                "capacity": (cell.capacity or None) if cell else None,
                "delegates": [delegate.as_data() for delegate in cell.came] if cell else [],
            }
            for meeting, cell in line.cells
        ],
    }
