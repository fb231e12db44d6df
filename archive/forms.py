"""The forms a page comes in, by `?format=` or Accept (RFC 9110, section 12.5.1).

HTML and JSON everywhere, CSV and JSON Lines of lists, and the exports of a record.
"""

from __future__ import annotations

from django.http import HttpRequest

from archive.formats.exports import EXPORTS

MEDIA_TYPES = {
    "html": "text/html",
    "json": "application/json",
    "csv": "text/csv",
    "jsonl": "application/jsonl",
}
LIST_FORMS = tuple(MEDIA_TYPES)
EVERY_FORM = (*LIST_FORMS, *EXPORTS)
STREAMED = ("csv", "jsonl")


def media_type(form: str) -> str:
    return MEDIA_TYPES.get(form) or EXPORTS[form].media_type


def chosen(request: HttpRequest, offered: tuple[str, ...] = ("html", "json")) -> str | None:
    """The form to answer in, or None where `?format=` asks for one that is not offered.

    An Accept header that none of ours satisfies gets HTML, as RFC 9110 permits.
    """
    asked = request.GET.get("format")
    if asked is not None:
        return asked if asked in offered else None
    preferred = request.get_preferred_type([media_type(form) for form in offered])
    return next((form for form in offered if media_type(form) == preferred), "html")
