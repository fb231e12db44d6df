"""Forms that follow what a page is about: its feeds, and the calendar of its meetings or deadlines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from archive.formats import hits, icalendar
from archive.formats.reference import Reference
from archive.harvest import feeds
from archive.harvest.feeds import Feed
from archive.search import gone
from archive.search.find import Found
from archive.search.state import ROOMY
from meetings import log
from meetings.models import Commitment, Meeting
from registry.models import Change, Edition

Further = Mapping[str, Callable[[HttpRequest], HttpResponse]]
"""What makes the answer in each form, by the name that `?format=` asks for."""
LABELS = {"atom": "Atom", "feed": "JSON Feed", "ics": "iCalendar"}


@dataclass(frozen=True)
class Calendar:
    """A form of records as components of a calendar, and the field that says on which day each stands."""

    component: Callable[[Reference], icalendar.Lines]
    day: str


MEETINGS = Calendar(icalendar.meeting_component, "start")
DEADLINES = Calendar(icalendar.deadline_component, "deadline")
CALENDARS: dict[type[Any], Calendar] = {Meeting: MEETINGS, Commitment: DEADLINES}


def of_feed(feed: Feed) -> Further:
    return {
        "atom": lambda request: feeds.answer(request, feed, "atom"),
        "feed": lambda request: feeds.answer(request, feed, "feed"),
    }


def of_everything() -> Further:
    """The feeds of the whole archive."""
    title = _("Changes of the record – %(site)s") % {"site": settings.SITE_NAME}
    return of_feed(Feed(title, f"{settings.SITE_URL}/changes/", Change.objects.all))


def of_record(reference: Reference) -> Further:
    """What follows a record: its feeds, and of a dialogue its calendar. A preview is followed by nobody."""
    pid = reference.pid
    if not pid.is_public or reference.edition.number > pid.edition_number:
        return {}
    title = f"{reference.title} – {settings.SITE_NAME}"
    feed = Feed(title, f"{settings.SITE_URL}/id/{pid.value}", lambda: log.about(pid.kind, pid.value))
    found = dict(of_feed(feed))
    if pid.kind == "dialogue":
        held = Meeting.objects.public().of_dialogue(pid.value)
        found["ics"] = lambda request: calendar(MEETINGS, held, reference.title)
    return found


def of_list(address: str, title: str, shown: QuerySet[Any], ever: Callable[[], QuerySet[Any]]) -> Further:
    """What follows a list at this address: `shown` are its records, `ever` those it would have if none had
    ever been taken away, asked for when they are needed."""
    found = dict(of_records(address, title, ever))
    kept = CALENDARS.get(shown.model)
    if kept:
        found["ics"] = lambda request: calendar(kept, shown, title)
    return found


def of_records(address: str, title: str, ever: Callable[[], QuerySet[Any]]) -> Further:
    """The feeds of a page at this address that is drawn from records: `ever` are those it is, or was, drawn from."""
    name = f"{title} – {settings.SITE_NAME}"
    return of_feed(
        Feed(
            name,
            f"{settings.SITE_URL}{address}",
            lambda: Change.objects.about(ever().order_by().values("pk")),
        )
    )


def of_search(found: Found) -> Further:
    """The feeds of a search: what is published, corrected and taken away among what it finds."""
    return {form: partial(search_feed, found, form) for form in ("atom", "feed")}


def search_feed(found: Found, form: str, request: HttpRequest) -> HttpResponse:
    said = hits.title(found, found.labels_asked) or _("Search")
    feed = Feed(
        f"{said} – {settings.SITE_NAME}",
        f"{settings.SITE_URL}{found.state.on_page(1).set_as(ROOMY).address}",
        lambda: Change.objects.about(found.pids() | gone.matching(found.expression)),
        words=bool(found.state.q),
    )
    return feeds.answer(request, feed, form)


def calendar(kept: Calendar, records: QuerySet[Any], name: str) -> HttpResponse:
    """The records whose day is known, from their current editions; one query."""
    components: list[icalendar.Lines] = []
    left_out = 0
    for edition in Edition.objects.current_of(records.order_by().values("pk")).iterator(chunk_size=500):
        day = edition.data[kept.day]
        if icalendar.whole_days(day, None):
            components.append(kept.component(Reference(edition.pid, edition)))
        elif day or kept is MEETINGS:
            left_out += 1
    content = icalendar.calendar(components, name=name, left_out=left_out)
    response = HttpResponse(content, content_type=f"{icalendar.MEDIA_TYPE}; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="dialogues.ics"'
    return response
