"""On this day: what happened on a day of the year, through the years."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from archive import asked
from archive.between import day_written
from archive.browse import KEPT, browsing
from archive.formats.rows import DAY
from archive.harvest.feeds import Feed
from archive.harvest.further import of_feed
from archive.pages.respond import Rows, problem, respond
from archive.redirects import moved
from meetings import days
from registry.models import Change


def today() -> str:
    """The day in UTC, by which the stored pages go as well (see archive.pagecache)."""
    return timezone.now().strftime("%m-%d")


def on_this_day(request: HttpRequest) -> HttpResponseBase:
    return page(request, today(), is_today=True)


def on_day(request: HttpRequest, day: str) -> HttpResponseBase:
    """Any day; 301 for another spelling of it, 404 with a sentence where there is no such day."""
    wanted = day_written(day)
    if wanted is None:
        detail = _("“%(day)s” is no day of the year. Write month and day, such as 11-25; 02-29 is one.")
        return problem(request, 404, _("There is no such day"), detail % {"day": day[:20]})
    if wanted != day:
        return moved(request, f"/on-this-day/{wanted}/")
    return page(request, day)


def page(request: HttpRequest, day: str, *, is_today: bool = False) -> HttpResponseBase:
    asked.check(request, (*KEPT, asked.FEED))
    browse = browsing(request, DAY)
    found, written = days.on(day), days.day_of(day)
    every = days.days_with_something()
    events = browse.arrange_rows([(event, DAY.to_row(event)) for event in found])
    results = [row for _event, row in events]
    address = "/on-this-day/" if is_today else f"/on-this-day/{day}/"
    title = f"{_('On this day')}, {words(day)} – {settings.SITE_NAME}"
    feed = Feed(title, f"{settings.SITE_URL}{address}", lambda: Change.objects.about(days.ever_on(day)))
    context = {
        "day": words(day),
        "is_today": is_today,
        "events": events,
        "browse": browse,
        "nearest": linked(days.nearest(day, every) or ()) if not found else [],
        "previous": linked([days.beside(written, -1)])[0] if written else None,
        "next": linked([days.beside(written, 1)])[0] if written else None,
        "months": months(every),
        "canonical": address,
    }
    rows = Rows(DAY, [event for event, _row in events])
    data = {"day": day, "count": len(results), "results": results}
    return respond(request, "days/day.html", context, data=data, rows=rows, further=of_feed(feed))


def words(day: str) -> str:
    """25 November."""
    month, number = day.split("-")
    return f"{int(number)} {MONTHS[int(month)]}"


def months(every: list[str]) -> list[tuple[str, list[tuple[int, str]]]]:
    """Each month of the year by name, with its days of these: number and address."""
    return [
        (str(name), [(int(day[3:]), f"/on-this-day/{day}/") for day in every if int(day[:2]) == number])
        for number, name in MONTHS.items()
    ]


def linked(found: Any) -> list[tuple[str, str]]:
    return [(words(day), f"/on-this-day/{day}/") for day in found]
