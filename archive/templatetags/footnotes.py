"""Links as numbered notes for paper, so that printing loses no address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any, NamedTuple

from django import template
from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

register = template.Library()

TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)\b([^>]*)>")
HREF = re.compile(r'\bhref="([^"]*)"')
CLASSES = re.compile(r'\bclass="([^"]*)"')
LEFT_OUT = frozenset({"no-print", "hidden", "cite-page"})
"""Classes of what is not printed."""
IN_PLACE = frozenset({"sources", "number", "refs", "bars"})
"""Classes of links whose address is printed beside them, or is the page's own, or is a year of a chart."""
SHORT = 450
"""Letters that fill at most six printed lines."""


class Link(NamedTuple):
    """A link that is printed: where its start tag ends, and its address."""

    end: int
    href: str


@register.filter
def is_short(text: str) -> bool:
    """Whether a paragraph fills at most six printed lines, so that no page may break in it."""
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in text) <= SHORT


@register.tag
def footnotes(parser: Any, token: Any) -> FootnotesNode:
    """What stands up to `endfootnotes`; of a record with its links numbered and their addresses after it, for paper."""
    nodelist = parser.parse(("endfootnotes",))
    parser.delete_first_token()
    return FootnotesNode(nodelist)


class FootnotesNode(template.Node):
    child_nodelists = ("nodelist",)

    def __init__(self, nodelist: template.NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: template.Context) -> SafeString:
        html = self.nodelist.render(context)
        return numbered(html) if context.get("reference") else html


def numbered(html: str) -> SafeString:
    """Our own HTML with `data-note` on each printed link, and the addresses after it; one number an address."""
    numbers: dict[str, int] = {}
    pieces, done = [], 0
    for link in printed_links(html):
        number = numbers.setdefault(link.href, len(numbers) + 1)
        pieces += [html[done : link.end - 1], f' data-note="{number}">']
        done = link.end
    pieces.append(html[done:])
    return mark_safe("".join(pieces) + address_list(list(numbers)))


def address_list(hrefs: list[str]) -> str:
    if not hrefs:
        return ""
    site = settings.SITE_URL
    addresses = [unescape(f"{site}{href}" if href.startswith("/") else href) for href in hrefs]
    lines = format_html_join("", "<li>{}</li>", ((address,) for address in addresses))
    return str(
        format_html(
            '<section class="wrap print-only addresses-printed"><h2>{}</h2><ol>{}</ol></section>',
            _("Links"),
            lines,
        )
    )


def printed_links(html: str) -> Iterator[Link]:
    """Links to other pages, outside navigation and whatever is not printed."""
    skipping, depth = "", 0
    for match in TAG.finditer(html):
        closes, name, attributes = match.groups()
        if skipping:
            if name == skipping:
                depth += -1 if closes else 1
                skipping = skipping if depth else ""
            continue
        if closes:
            continue
        classes = set(found[1].split()) if (found := CLASSES.search(attributes)) else set()
        if name != "a" and (name == "nav" or classes & (LEFT_OUT | IN_PLACE)):
            skipping, depth = name, 1
        elif name == "a" and not classes & (LEFT_OUT | IN_PLACE | {"button"}):
            href = HREF.search(attributes)
            if href and not href[1].startswith(("#", "?", ".")) and href[1]:
                yield Link(match.end(), href[1])
