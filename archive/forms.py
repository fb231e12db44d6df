"""The forms a page comes in: HTML, JSON, CSV, JSON Lines, by `?format=` or Accept (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from django.http import HttpRequest

MEDIA_TYPES = {
    "html": "text/html",
    "json": "application/json",
    "csv": "text/csv",
    "jsonl": "application/jsonl",
}
LIST_FORMS = tuple(MEDIA_TYPES)
STREAMED = ("csv", "jsonl")


def chosen(request: HttpRequest, offered: tuple[str, ...] = ("html", "json")) -> str | None:
    """The form to answer in, or None where `?format=` asks for one that is not offered.

    An Accept header that none of ours satisfies gets HTML, as RFC 9110 permits.
    """
    asked = request.GET.get("format")
    if asked is not None:
        return asked if asked in offered else None
    preferred = request.get_preferred_type([MEDIA_TYPES[form] for form in offered])
    return next((form for form in offered if MEDIA_TYPES[form] == preferred), "html")
