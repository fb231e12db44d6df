"""A minister in the archive."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from archive.browse import browsing_by
from archive.pages.found import Found
from meetings import overview
from meetings.orders import at_meetings


def beside(found: Found, request: HttpRequest) -> dict[str, Any]:
    """The edition, with every recorded appearance, as printed then."""
    browse = browsing_by(request, at_meetings("delegation__meeting"))
    attendances = browse.arrange(overview.attendances(found.pid.value))
    return found.context(attendances=attendances, browse=browse)
