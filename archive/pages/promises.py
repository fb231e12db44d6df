"""What the archive promises, and what the newest replay of its ledger found."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from archive.models import Replay
from archive.pages.respond import respond

SHOWN = 50


def promises(request: HttpRequest) -> HttpResponseBase:
    """The newest replay with what failed, and the figures of earlier ones; one query."""
    replays = list(Replay.objects.newest_first()[:SHOWN])
    newest = replays[0] if replays else None
    context = {"newest": newest, "earlier": replays[1:], "canonical": "/promises/"}
    data = {"count": len(replays), "results": [one.as_data() for one in replays]}
    return respond(request, "promises.html", context, data=data)
