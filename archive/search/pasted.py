"""Addresses that are pasted into a search: what they lead to, where that is no record."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import urlsplit

from django.urls import Resolver404
from django.urls import resolve as resolve_url
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive import address as addresses
from archive.between import day_written, dialogue_above, section_of
from archive.models import Release
from archive.verify.references import Unfound, resolve
from dialogues.models import Track
from meetings import tallies
from registry.kit.years import decade_of, is_year

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
STANDING: dict[str, Callable[..., bool]] = {
    "year": is_year,
    "decade": lambda text: decade_of(text) is not None,
    "on_day": lambda day: day_written(day) is not None,
    "release": lambda number: Release.objects.is_there(number),
    "strip": lambda dialogue, code: Track.objects.is_public(dialogue, code),
    "member": lambda code: tallies.are_members(code),
    "pair": lambda code, other: code != other and tallies.are_members(code, other),
}
"""Whether a page stands at an address of this name with these parts."""


class Told(NamedTuple):
    """What is said of an address, and the path of the page that stands there."""

    message: str
    path: str = ""


def told(address: str) -> Told | None:
    """What an address leads to; None where that is a record, which is shown. A fixed number of queries."""
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
    if name == RECORD:
        return beneath(path.strip("/").lower())
    is_there = name not in STANDING or STANDING[name](**match.kwargs)
    return str(PAGES[name]) if is_there else ""


def beneath(path: str) -> str:
    """What stands beneath a dialogue, also under a path that the dialogue once had; nothing where nothing does."""
    for one in (path, addresses.moved_ancestor(path)):
        owner = dialogue_above(one) if one else None
        if one and owner and section_of(owner, one.partition("/")[2]):
            return _("a page beneath “%(title)s”") % {"title": owner.title}
    return ""
