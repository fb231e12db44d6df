"""FAIR Signposting, levels 1 and 2 (signposting.org/FAIR), with the version links of RFC 5829.

The same links stand in the Link header (RFC 8288), in the head of the page and in the linkset (RFC 9264).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from django.conf import settings

from archive.formats.identifiers import (
    LICENCE,
    ark_url,
    author_pids,
    current_name,
    edition_file,
    permanent,
)
from archive.formats.reference import Reference
from archive.formats.schemaorg import report_type, term

LINKSET = "application/linkset+json"
LONGEST_HEADER = 6 * 1024
"""Bytes of one Link header: proxies refuse 8 KiB of them; the linkset has what does not fit."""
TYPES = {
    "meeting": "Event",
    "commitment": "CreativeWork",
    "dialogue": "Organization",
    "country": "Country",
    "minister": "Person",
    "topic": "DefinedTerm",
}
Form = tuple[str, str]
"""Name and media type of a form in which the record is exported."""


class Link(NamedTuple):
    """A typed link; `type` is the media type found there, where it is known."""

    rel: str
    href: str
    type: str = ""

    def __str__(self) -> str:
        """As a value of the Link header."""
        return f'<{self.href}>; rel="{self.rel}"' + (f'; type="{self.type}"' if self.type else "")


def page_links(reference: Reference, forms: Sequence[Form], *, pinned: bool) -> list[Link]:
    """Links of the record’s page, most needed first; `pinned` is the page of this very edition."""
    page = reference.edition_url if pinned else reference.page_url
    return [
        Link("cite-as", ark_url(reference.short if pinned else current_name(reference))),
        Link("linkset", f"{page}?format=linkset", LINKSET),
        *types(reference),
        Link("license", LICENCE),
        *authors(reference),
        *(Link("describedby", f"{page}?format={name}", media_type) for name, media_type in forms),
        *versions(reference),
        *collections(reference),
        *items(reference, page),
    ]


def types(reference: Reference) -> Iterator[Link]:
    """What the page is: a landing page, and what it is about."""
    kind = report_type(reference.data["kind"]) if reference.kind == "statement" else TYPES[reference.kind]
    yield Link("type", term("AboutPage"))
    yield Link("type", term(kind))


def authors(reference: Reference) -> list[Link]:
    """Who made it: its body; of records without one the archive."""
    pids = author_pids(reference)
    return [Link("author", permanent(pid)) for pid in pids] or [Link("author", f"{settings.SITE_URL}/about/")]


def versions(reference: Reference) -> Iterator[Link]:
    """The newest edition, the one before, the one after, and all of them (RFC 5829, section 3); of a part the
    editions in which it stands."""
    record = f"{settings.SITE_URL}/{reference.pid.path}"
    yield Link("latest-version", reference.page_url, "text/html")
    for rel, number in zip(("predecessor-version", "successor-version"), reference.neighbours, strict=True):
        if number:
            yield Link(rel, f"{record}@{number}/{reference.beneath}", "text/html")
    yield Link("version-history", f"{record}/history/", "text/html")


def collections(reference: Reference) -> list[Link]:
    """What it is part of: a statement of its first meeting, a part of its statement, a meeting of its dialogue.

    One at most, as the profile has it.
    """
    data = reference.data
    if reference.is_part:
        wholes = [data["id"]]
    elif reference.kind == "statement" and data["meetings"]:
        wholes = [data["meetings"][0]["id"]]
    elif reference.kind == "commitment" and data["meeting"]:
        wholes = [data["meeting"]["id"]]
    elif reference.dialogue and reference.kind != "dialogue":
        wholes = [reference.dialogue["id"]]
    else:
        wholes = []
    return [Link("collection", permanent(pid), "text/html") for pid in wholes]


def items(reference: Reference, page: str) -> Iterator[Link]:
    """What it consists of: the edition as a file, a meeting’s statements, a statement’s texts."""
    yield Link("item", edition_file(reference), "application/json")
    if reference.kind == "meeting":
        for one in reference.data["statements"]:
            yield Link("item", permanent(one["id"]), "text/html")
    if reference.kind == "statement" and not reference.is_part:
        for text in reference.data["texts"]:
            yield Link("item", f"{page}{text['segment']}/", "text/html")


def export_links(reference: Reference, form: str, *, pinned: bool) -> list[Link]:
    """Links of a form of the record, back to its page; the edition as a file is an item as well."""
    page = reference.edition_url if pinned else reference.page_url
    back = [Link("describes", page, "text/html")]
    return [*back, Link("collection", page, "text/html")] if form == "json" else back


def header(links: Iterable[Link | str]) -> str:
    """One Link header of the links in order, as many as fit."""
    value = ""
    for link in links:
        longer = f"{value}, {link}" if value else str(link)
        if len(longer.encode()) > LONGEST_HEADER:
            break
        value = longer
    return value


def linkset(reference: Reference, forms: Sequence[Form]) -> str:
    """Every link of the record’s page, of the page of this edition, and of each form of both."""
    contexts = []
    for page, pinned in ((reference.page_url, False), (reference.edition_url, True)):
        contexts.append(context(page, page_links(reference, forms, pinned=pinned)))
        for name, _media_type in [*forms, ("json", "")]:
            back = export_links(reference, name, pinned=pinned)
            contexts.append(context(f"{page}?format={name}", back))
    return json.dumps({"linkset": contexts}, ensure_ascii=False, indent=1) + "\n"


def context(anchor: str, links: Iterable[Link]) -> dict[str, object]:
    """A link context object (RFC 9264, section 4.2): targets by relation."""
    found: dict[str, list[dict[str, str]]] = {}
    for link in links:
        target = {"href": link.href, "type": link.type} if link.type else {"href": link.href}
        found.setdefault(link.rel, []).append(target)
    return {"anchor": anchor, **found}
