"""What the frame around every page needs."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.encoding import escape_uri_path
from django.utils.http import urlencode

from archive.forms import ADDED_BY_OTHERS

BREAKS = re.compile(r"[&=+]")
"""After these a printed address may go on in the next line, which the margin of a page does nowhere by itself."""


def frame(request: HttpRequest) -> dict[str, Any]:
    clock = getattr(request, "clock", None)
    return {
        "SITE_NAME": settings.SITE_NAME,
        "SITE_URL": settings.SITE_URL,
        "printed_at": printed_at(request),
        "VERSION": settings.VERSION,
        "last_change": clock.changed_at if clock else None,
        "replay": clock.replay if clock else None,
    }


def printed_at(request: HttpRequest) -> str:
    """The address, for paper, that gives this page as it is shown: all that was asked, without what asks nothing."""
    asked = [
        (name, value)
        for name, values in request.GET.lists()
        for value in values
        if value and name != "format" and not name.startswith(ADDED_BY_OTHERS)
    ]
    path = escape_uri_path(request.path)
    query = BREAKS.sub("\\g<0>\u200b", urlencode(asked))
    return f"{path}?{query}" if asked else path
