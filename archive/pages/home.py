"""The first page, and the pages about the archive itself."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from archive.formats.rows import dialogue_row
from archive.harvest.further import of_everything
from archive.pages.respond import respond
from meetings import overview
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
        "canonical": "/",
    }
    data = {"counts": counts, "dialogues": [dialogue_row(dialogue) for dialogue in dialogues]}
    return respond(request, "home.html", context, data=data, further=of_everything())


class Wall:
    """Dialogues by years: a cell holds the meetings of a dialogue in a year."""

    def __init__(self, dialogues: list[Any], meetings: list[Any]) -> None:
        years = [int(meeting.start[:4]) for meeting in meetings]
        self.years = list(range(min(years), max(years) + 1)) if years else []
        cells: dict[tuple[str, int], list[Any]] = {}
        for meeting in meetings:
            cells.setdefault((meeting.track.dialogue_id, int(meeting.start[:4])), []).append(meeting)
        self.rows = [
            (dialogue, [(year, cells.get((dialogue.pk, year), [])) for year in self.years])
            for dialogue in dialogues
        ]


def about(request: HttpRequest) -> HttpResponseBase:
    counts = overview.counts()
    return respond(request, "about.html", {"counts": counts, "canonical": "/about/"}, data={"counts": counts})
