"""The JSON-LD of a page that lists: schema.org’s CollectionPage, or SearchResultsPage, with the rows it shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from archive.formats.jsonld import CONTEXT
from archive.formats.schemaorg import Node, clean


@dataclass(frozen=True)
class Listed:
    """What a page shows of a list: its rows, of how many, and the place of the first among all."""

    rows: Sequence[dict[str, Any]]
    count: int
    first: int = 1
    kind: str = "CollectionPage"


def listed_in(data: dict[str, Any]) -> Listed | None:
    """The rows of a list that stands on one page whole; nothing where they have no pages of their own."""
    rows = data.get("results", ())
    if not rows or not all(row.get("title") and row.get("url") for row in rows):
        return None
    return Listed(rows, len(rows))


def describe(listed: Listed, name: str, description: str, url: str) -> Node:
    """The page with its list; rows are named as the page names them."""
    items = [
        {"@type": "ListItem", "position": place, "name": row["title"], "url": row["url"]}
        for place, row in enumerate(listed.rows, listed.first)
    ]
    page = {"@type": listed.kind, "name": name, "description": description, "url": url}
    site = {"@type": "WebSite", "@id": f"{settings.SITE_URL}/", "name": settings.SITE_NAME}
    listing = {"@type": "ItemList", "numberOfItems": listed.count, "itemListElement": items}
    return {"@context": CONTEXT, **page, "isPartOf": site, "mainEntity": clean(listing)}
