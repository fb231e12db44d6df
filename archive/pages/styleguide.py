"""Every part of the pages at one place, filled from the archive's own first meeting."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from archive.address import Address
from archive.pages.found import Found
from archive.pages.respond import respond
from archive.pictures import marks
from meetings import overview, tallies
from meetings.models import Meeting
from meetings.outcomes import by_agenda
from registry.kit import diff
from registry.models import Edition

SAMPLE = diff.words(
    "Ministers noted that trade should grow.", "Ministers reaffirmed that trade should grow steadily."
)


def styleguide(request: HttpRequest) -> HttpResponseBase:
    """Parts with the newest meeting that has an agenda and outcomes."""
    meeting = Meeting.objects.public().with_agenda().for_list().newest_first().first()
    if meeting is None:
        raise Http404
    edition = Edition.objects.select_related("pid").get(pid=meeting.pk, number=meeting.pid.edition_number)
    found = Found(Address(meeting.pid.path or ""), edition.pid, edition)
    shown = Meeting.objects.public().of_track(meeting.track_id).for_list().oldest_first()
    series = list(tallies.with_agenda_count(shown))
    bars = [
        {"year": year, "count": count, "url": f"/years/{year}/"}
        for year, count in overview.meetings_by_year(Meeting.objects.public())
    ]
    context = found.context(
        agenda=by_agenda(found.data),
        series=series,
        marks=marks.shown(series),
        bars=bars,
        words=SAMPLE,
        text=None,
    )
    context["canonical"] = "/styleguide/"
    return respond(request, "styleguide.html", context, data={"id": meeting.pk})
