"""The forms a page comes in, by `?format=` or Accept (RFC 9110, section 12.5.1).

HTML and JSON everywhere, CSV and JSON Lines of lists, and the exports of a record.
"""

from __future__ import annotations

from django.http import HttpRequest

from archive import accept
from archive.formats.exports import EXPORTS, LIST_EXPORTS

MEDIA_TYPES = {
    "html": "text/html",
    "json": "application/json",
    "csv": "text/csv",
    "jsonl": "application/jsonl",
}
FURTHER_TYPES = {
    "atom": "application/atom+xml",
    "feed": "application/feed+json",
    "ics": "text/calendar",
    "link": "application/link-format",
    "svg": "image/svg+xml",
}
"""Forms of some addresses alone: feeds and calendars of what a page is about, TimeMaps, pictures."""
LIST_FORMS = tuple(MEDIA_TYPES)
EVERY_FORM = tuple(dict.fromkeys((*LIST_FORMS, *EXPORTS, *FURTHER_TYPES)))
ADDED_BY_OTHERS = ("utm_", "mtm_", "fbclid", "gclid", "msclkid", "mc_cid", "mc_eid")
"""How parameters begin that sites which share a link add to it, and that ask nothing of a page."""
STREAMED = ("csv", "jsonl", *LIST_EXPORTS)


def for_list(*, is_citable: bool) -> tuple[str, ...]:
    """The forms of a list; of records that are cited their citations too."""
    return (*LIST_FORMS, *LIST_EXPORTS) if is_citable else LIST_FORMS


class BadParameter(Exception):
    """A parameter of the address that is not understood: its name, a sentence on how it is written, and the name
    that may be meant where the page has no such parameter. Whatever page raises it answers 400."""

    def __init__(self, name: str, message: str, nearest: str = "") -> None:
        super().__init__(name)
        self.name, self.message, self.nearest = name, message, nearest


def media_type(form: str) -> str:
    return MEDIA_TYPES.get(form) or FURTHER_TYPES.get(form) or EXPORTS[form].media_type


def content_type(media_type: str) -> str:
    """The media type with UTF-8 as charset; XML tells it in its own first line (RFC 7303, section 3)."""
    return media_type if media_type.endswith("+xml") else f"{media_type}; charset=utf-8"


def chosen(request: HttpRequest, offered: tuple[str, ...] = ("html", "json")) -> str | None:
    """The form to answer in, or None where `?format=` asks for one that is not offered.

    An Accept header that none of ours satisfies gets HTML, as RFC 9110 permits.
    """
    asked = request.GET.get("format")
    if asked is not None:
        return asked if asked in offered else None
    forms = {media_type(form): form for form in reversed(offered)}
    wanted = accept.preferred(request.headers.get("Accept", "*/*"), map(media_type, offered))
    return forms[wanted] if wanted else "html"
