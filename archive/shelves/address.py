"""The address that is a shelf: `/shelf/?items=25hxwjjb,7k2m9qxw@2~p4&title=…`, and the changes that links make."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from archive.formats.citations import STYLES
from archive.models.shelf import LONGEST_ITEMS, LONGEST_TITLE
from archive.shelves.items import MOST_ITEMS, Item, items_of, references_of, split
from archive.verify.pasted import Refused

PARAMETERS = ("items", "title", "style", "format", "before")
"""In the order in which a canonical address has them; the first two are the shelf."""
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
"""Control characters, and those that turn the direction of what follows."""


def address_of(parts: Sequence[str], title: str = "", **more: str) -> str:
    """The canonical address of these references under this title."""
    given = {"items": ",".join(parts), "title": title, **more}
    kept = {name: value for name, value in given.items() if value}
    return f"/shelf/?{urlencode(kept, safe=',@~/', quote_via=quote)}" if kept else "/shelf/"


@dataclass(frozen=True)
class Change:
    """A link that changes the shelf: the address it leads to, and the items that stand there."""

    href: str
    items: str


@dataclass(frozen=True)
class Collected:
    """What an address collects: references with what they name today, under a title."""

    items: list[Item]
    title: str = ""

    @property
    def written(self) -> list[str]:
        return [item.written for item in self.items]

    @property
    def text(self) -> str:
        return ",".join(self.written)

    @property
    def address(self) -> str:
        return address_of(self.written, self.title)

    @property
    def url(self) -> str:
        return f"{settings.SITE_URL}{self.address}"

    @property
    def name(self) -> str:
        return self.title or _("A shelf")

    @cached_property
    def references(self) -> list[Any]:
        return references_of(self.items)

    def changed(self, parts: Sequence[str]) -> Change:
        return Change(address_of(parts, self.title), ",".join(parts))

    def without(self, place: int) -> Change:
        return self.changed([*self.written[:place], *self.written[place + 1 :]])

    def swapped(self, place: int) -> Change:
        """With the item at this place and the one after it the other way round."""
        parts = self.written
        parts[place : place + 2] = reversed(parts[place : place + 2])
        return self.changed(parts)

    def pinned(self) -> Change | None:
        """With every item at its edition of today, or None where each is already."""
        parts = [item.pinned for item in self.items]
        return self.changed(parts) if parts != self.written else None

    def rows(self) -> list[dict[str, Any]]:
        """Each item with the links that change the shelf by it, and the address that compares it with the one above."""
        last = len(self.items) - 1
        return [
            {
                "item": item,
                "row": item.as_row(),
                "number": place + 1,
                "remove": self.without(place),
                "up": self.swapped(place - 1) if place else None,
                "down": self.swapped(place) if place < last else None,
                "compare": comparison(self.items[place - 1], item) if place else None,
            }
            for place, item in enumerate(self.items)
        ]


def comparison(above: Item, item: Item) -> str | None:
    """The address at which two of a kind stand beside each other."""
    if not above.reference or not item.reference or above.reference.kind != item.reference.kind:
        return None
    return f"/compare/?{urlencode({'a': above.pinned, 'b': item.pinned}, safe='@~/')}"


def is_canonical(request: HttpRequest, shelf: Collected) -> bool:
    """Whether the address has the parameters in order and the items as all are written; how it is encoded is free."""
    given = parse_qsl(request.META.get("QUERY_STRING", ""), keep_blank_values=True)
    wanted = {"items": shelf.text, "title": shelf.title}
    more = {name: request.GET[name] for name in PARAMETERS[2:] if name in request.GET}
    return given == [pair for pair in {**wanted, **more}.items() if pair[1]]


def collected(items: str, title: str) -> Collected:
    """Raises Refused for more than a shelf holds."""
    parts = split(items)
    if len(parts) > MOST_ITEMS or len(items) > LONGEST_ITEMS:
        detail = _("A shelf holds %(n)s items at most; this has %(count)s. Make two of it.")
        raise Refused(400, "items", detail % {"n": MOST_ITEMS, "count": len(parts)})
    if len(title) > LONGEST_TITLE:
        detail = _("A title has %(n)s characters at most; this has %(length)s.")
        raise Refused(400, "title", detail % {"n": LONGEST_TITLE, "length": len(title)})
    title = " ".join(UNSEEN.sub(" ", title).split())
    found = Collected(items_of(parts), title)
    if len(found.text) > LONGEST_ITEMS:
        raise Refused(400, "items", _("These references are longer than a shelf may be. Make two of it."))
    return found


def style_of(request: HttpRequest) -> str:
    """The style of citations asked for. Raises Refused, which names those there are."""
    style = request.GET.get("style", "")
    if "style" in request.GET and style not in STYLES:
        detail = _("Citations come in these styles: %(styles)s. Name one of them, or leave “style” out.")
        raise Refused(400, "style", detail % {"styles": ", ".join(STYLES)})
    return style
