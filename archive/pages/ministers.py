"""A minister in the archive."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from archive.pages.found import Found
from archive.pages.respond import respond
from meetings import overview


def minister(request: HttpRequest, found: Found) -> HttpResponseBase:
    """The edition, with every recorded appearance, as printed then."""
    return respond(
        request,
        "ministers/minister.html",
        lambda: beside(found),
        data=found.as_json(),
        reference=found.reference,
    )


def beside(found: Found) -> dict[str, Any]:
    """What the page alone shows beside the edition."""
    return found.context(attendances=overview.attendances(found.pid.value))
