"""A reference in RIS, the tagged form of reference managers (Research Information Systems, 2001; Zotero's reading).

A statement is a report (RPRT); what one person said is a presentation (SLIDE), which is what Zotero calls a speech; a
meeting, a commitment and the rest are web pages (ELEC), as Zotero saves them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from archive.formats import csl
from archive.formats.bodies import undivided
from archive.formats.identifiers import whose_paragraph
from archive.formats.reference import Reference
from archive.formats.zotero_rdf import item_type

END_OF_LINE = "\r\n"
TYPES = {"report": "RPRT", "presentation": "SLIDE", "webpage": "ELEC"}
"""By Zotero’s type of item."""


def record(reference: Reference) -> str:
    """One record, from TY to ER, lines ended as the format asks (CRLF)."""
    lines = [f"{tag}  - {' '.join(str(value).split())}".rstrip() for tag, value in tags(reference) if value]
    return END_OF_LINE.join([*lines, "ER  - ", ""])


def records(references: Iterable[Reference]) -> Iterator[str]:
    """The records of many references, one after the other."""
    return map(record, references)


def tags(reference: Reference) -> Iterator[tuple[str, str]]:
    """Tags in their order. L2 is what a reference manager attaches: the page, at the address of this very edition."""
    item, kind = csl.item(reference), item_type(reference)
    yield "TY", TYPES[kind]
    for body in item.get("author", ()):
        yield "AU", undivided(body["literal"])
    yield "TI", item["title"]
    yield "T2", {"presentation": item.get("event-title", ""), "webpage": item["archive"]}.get(kind, "")
    yield "PY", (reference.issued or "")[:4]
    yield "DA", day(reference.issued)
    yield "CY", item.get("event-place", "")
    yield "PB", item.get("publisher", "")
    yield "M3", kind_and_place(reference, item)
    # Of a report the number; elsewhere Zotero reads no number (and M1 as the day on which a web page was visited).
    yield "SN" if kind == "report" else "AN", item["number"]
    yield "ET", item["version"]
    # Not the number alone, which would be read as a page.
    yield "SP", f"para. {item['locator']}" if "locator" in item else ""
    yield "AB", item.get("abstract", "")
    yield "LA", item["language"]
    for topic in reference.topics:
        yield "KW", topic
    yield "DB", item["archive"]
    for note in notes(reference, item):
        yield "N1", note
    yield "UR", item["URL"]
    yield "L2", item["URL"]


def day(issued: str | None) -> str:
    """YYYY/MM/DD/other, with empty places for what is not known."""
    if not issued:
        return ""
    year, month, date = [*issued.split("-"), "", ""][:3]
    return f"{year}/{month}/{date}/"


def kind_and_place(reference: Reference, item: csl.Item) -> str:
    """What it is; of a meeting with its city, since a web page has no place of its own."""
    place = item.get("event-place") if reference.kind == "meeting" else None
    return ", ".join(part for part in (item["genre"], place) if part)


def notes(reference: Reference, item: csl.Item) -> Iterator[str]:
    if reference.ended:
        yield f"Held {reference.issued}/{reference.ended}"
    for name in ("container-title", "event-title"):
        is_said = name == "event-title" and item_type(reference) == "presentation"
        if reference.kind != "meeting" and not is_said and item.get(name):
            yield item[name]
    yield whose_paragraph(reference)
    yield item["note"]
