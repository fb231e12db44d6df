"""Addresses that are pasted into a search: what they lead to, where that is no record."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, QueryDict
from django.urls import Resolver404, ResolverMatch
from django.urls import resolve as resolve_url
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive import address as addresses
from archive.verify.references import Unfound, resolve

HOST = re.compile("^https?://|[/?#].*", re.I)
"""What stands around the host of an address."""
PICTURE = gettext_lazy("a picture")
PAGES = {
    "home": gettext_lazy("the first page"),
    "search": gettext_lazy("a search"),
    "dialogues": gettext_lazy("the list of dialogues"),
    "meetings": gettext_lazy("a list of meetings"),
    "statements": gettext_lazy("a list of statements"),
    "commitments": gettext_lazy("a list of commitments"),
    "ministers": gettext_lazy("the list of ministers"),
    "countries": gettext_lazy("the list of countries"),
    "topics": gettext_lazy("the list of topics"),
    "offices": gettext_lazy("the list of offices"),
    "years": gettext_lazy("the list of years"),
    "year": gettext_lazy("the meetings of a year"),
    "decade": gettext_lazy("the meetings of some years"),
    "compare": gettext_lazy("a comparison"),
    "phrases": gettext_lazy("a search for phrases"),
    "pictures": gettext_lazy("the pictures"),
    "strip": PICTURE,
    "member": PICTURE,
    "pair": PICTURE,
    "on_day": gettext_lazy("what happened on a day"),
    "release": gettext_lazy("a release"),
    "changes": gettext_lazy("the changes"),
    "about": gettext_lazy("what is said about the archive"),
    "data": gettext_lazy("what can be downloaded"),
}
"""What the pages are that are no records', by the names of their addresses."""
RECORD = "record"


class Told(NamedTuple):
    """What is said of an address, and the path of the page that stands there."""

    message: str
    path: str = ""


def told(address: str) -> Told | None:
    """What an address leads to; None where that is a record, which is shown. Some queries, and those of a page."""
    try:
        resolve(address)
    except Unfound as unfound:
        if unfound.code == "not_ours":
            host = HOST.sub("", address)
            said = _("This is an address of %(host)s, not of this archive; it was not searched.")
            return Told(said % {"host": host})
        parts = urlsplit(address)
        path = f"{parts.path.rstrip('/')}/"
        if page := page_at(path):
            said = _("This is an address of this archive, of %(page)s; it was not searched.")
            return Told(said % {"page": page}, f"{path}?{parts.query}" if parts.query else path)
        if unfound.code == "not_understood":
            return Told(_("This is an address of this archive, but no page is there."))
        return Told(_("This is an address of this archive. %(detail)s") % {"detail": unfound.detail})
    return None


def page_at(path: str) -> str:
    """What stands here that is no record; nothing where nothing stands."""
    try:
        match = resolve_url(path)
    except Resolver404:
        return ""
    name = match.url_name or ""
    if name not in (*PAGES, RECORD):
        return "" if name == "id" else _("a page that is no record")
    if match.kwargs and not is_answered(path, match):
        return ""
    if name != RECORD:
        return str(PAGES[name])
    found = addresses.look_up(path.strip("/").partition("/")[0].lower())
    return _("a page beneath “%(title)s”") % {"title": found[1].title} if found else ""


def is_answered(path: str, match: ResolverMatch) -> bool:
    """Whether the page of this address is there."""
    request = HttpRequest()
    request.method, request.path, request.path_info = "GET", path, path
    request.GET = QueryDict("format=json")
    try:
        return int(match.func(request, *match.args, **match.kwargs).status_code) < 400
    except Http404:
        return False
