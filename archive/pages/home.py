"""The first page, and the pages about the archive itself."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from archive.formats.rows import dialogue_row
from archive.harvest.further import of_everything
from archive.pages.days import words
from archive.pages.respond import respond
from archive.pictures.wall import Wall
from archive.search import examples
from meetings import days, overview
from meetings.models import Commitment


def home(request: HttpRequest) -> HttpResponseBase:
    """Purpose, the wall of dialogues by year, the newest, what is due this year, what is not held."""
    today = timezone.now().date()
    dialogues = list(overview.dialogues())
    counts = overview.counts()
    newest_meetings, newest_statements = overview.newest(6)
    context = {
        "counts": counts,
        "wall": Wall(dialogues, list(overview.wall())),
        "newest_meetings": newest_meetings,
        "newest_statements": newest_statements,
        "due": Commitment.objects.public().due_in(today.year).for_list()[:5],
        "this_year": today.year,
        "on_this_day": on_this_day(f"{today:%m-%d}"),
        "examples": examples.tried(),
        "canonical": "/",
    }
    data = {"counts": counts, "dialogues": [dialogue_row(dialogue) for dialogue in dialogues]}
    return respond(request, "home.html", context, data=data, further=of_everything())


def on_this_day(today: str) -> dict[str, Any]:
    """Meetings of today through the years, or of the nearest day before it that has some."""
    day, meetings = days.lately_held(today)
    return {
        "is_today": day == today,
        "day": words(day),
        "url": f"/on-this-day/{day}/",
        "meetings": meetings[:5],
    }


def about(request: HttpRequest) -> HttpResponseBase:
    counts = overview.counts()
    return respond(request, "about.html", {"counts": counts, "canonical": "/about/"}, data={"counts": counts})
