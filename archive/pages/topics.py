"""A topic in the archive."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from archive.pages.found import Found
from archive.pages.respond import respond
from meetings import overview
from meetings.models import Commitment

SHOWN = 20


def topic(request: HttpRequest, found: Found) -> HttpResponseBase:
    """The edition, with narrower topics and what was said on it, newest first."""
    return respond(
        request, "topics/topic.html", lambda: beside(found), data=found.as_json(), reference=found.reference
    )


def beside(found: Found) -> dict[str, Any]:
    """What the page alone shows beside the edition."""
    commitments = Commitment.objects.public().naming(topics=found.pid.value)
    return found.context(
        narrower=overview.topics().narrower_than(found.pid.value),
        agenda_items=overview.agenda_items_about(found.pid.value),
        commitments=commitments.for_list().newest_first()[:SHOWN],
        commitment_count=commitments.count(),
    )
