"""A reference as CSL-JSON (csl-data.json of CSL 1.0.2), which reference managers and citation processors read.

The type of each kind of record, and why:

- meeting: `event`, with event-title, event-date and event-place.
- statement: `report`, because number, kind and body always print; `treaty` where it is one; `speech` where it is what
  one person said.
- commitment: `entry`, one of the archive's register of commitments: its title is ours, and so is the choice of the
  words, so it must never pass for a document of the parties. The statement that holds the words is its container.
  A remark is a `speech`: one party said it at a meeting.
- dialogue, country, minister, topic: `webpage`.

No `accessed`: the address printed is that of an edition, which never changes, and when someone reads it is no part of
it. The styles print `accessed` nowhere; who must give it adds the day of reading.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from archive.formats.bodies import one_keyword
from archive.formats.reference import Reference
from registry.kit import edtf

Item = dict[str, Any]
SPOKEN = frozenset({"opening_remarks", "national_statement", "speech", "press_conference"})
TYPES = {
    "meeting": "event",
    "statement": "report",
    "commitment": "entry",
    "dialogue": "webpage",
    "country": "webpage",
    "minister": "webpage",
    "topic": "webpage",
}
COUNTED = re.compile(r"\d+(?:[–-]\d+)?(?:\(\w+\))?")
"""A paragraph's number as printed, where it is one: not “preamble 2”."""


def item(reference: Reference) -> Item:
    """The CSL-JSON item. Bodies are undivided (`literal`); empty values are left out."""
    dates = date(reference.issued, reference.ended)
    is_dated = reference.kind in ("meeting", "statement", "commitment")
    found = {
        "id": reference.short,
        "type": type_of(reference),
        "title": reference.title,
        "author": [{"literal": body} for body in reference.authors if body != reference.title],
        "issued": dates,
        "genre": reference.standing,
        "status": reference.status,
        "archive": reference.container,
        "URL": reference.pinned_url,
        "number": reference.number,
        "version": str(reference.edition.number),
        "language": reference.language,
        "keyword": ", ".join(map(one_keyword, reference.topics)),
        "abstract": reference.data["summary"] if reference.kind == "commitment" else reference.words,
        "note": note(reference),
        **(occasion(reference) if is_dated else {}),
        **place_in_text(reference),
    }
    return {name: value for name, value in found.items() if value}


def type_of(reference: Reference) -> str:
    if reference.kind == "commitment" and reference.data["nature"] == "remark":
        return "speech"
    if reference.kind == "statement" and reference.data["kind"] == "treaty":
        return "treaty"
    is_spoken = reference.kind == "statement" and reference.data["kind"] in SPOKEN
    return "speech" if is_spoken else TYPES[reference.kind]


def date(start: str | None, end: str | None = None) -> dict[str, list[list[int]]] | None:
    """EDTF level 0 as date-parts: year, month and day as far as known; two of them for a range."""
    if not start:
        return None
    parts = [edtf.parse(text) for text in (start, end) if text]
    return {"date-parts": [[part for part in (one.year, one.month, one.day) if part] for one in parts]}


def occasion(reference: Reference) -> Item:
    """The meeting at which it was issued or said, when and where; the statement that holds a commitment's words."""
    meeting = reference.meeting or {}
    statement = reference.data["statement"] if reference.kind == "commitment" else None
    is_issued = reference.kind == "statement"
    return {
        "event-title": meeting.get("title"),
        "event-date": date(meeting.get("start"), meeting.get("end")),
        "event-place": reference.place,
        "publisher": reference.institution if is_issued and reference.authors else None,
        "publisher-place": reference.place if is_issued else None,
        "container-title": statement["title"] if statement else None,
    }


def place_in_text(reference: Reference) -> Item:
    """The paragraph as locator, and whose words they are; CSL-JSON has the locator's label only in `custom`."""
    if reference.kind == "commitment":
        printed = reference.data["place_printed"]
        locator = printed if COUNTED.fullmatch(printed) else ""
    else:
        locator = reference.locator or ""
    if not locator:
        return {}
    return {"locator": locator, "custom": {"label": "paragraph"}, "medium": reference.whose}


def note(reference: Reference) -> str:
    """Which text this is, to the bit, and where the current one stands."""
    edition = reference.edition
    return (
        f"Edition {edition.number} of {edition.published_at.date().isoformat()}, SHA-256 {edition.sha256}. "
        f"Always current: {reference.current_url}"
    )


def as_json(reference: Reference) -> str:
    """An array with the one item, as the schema asks."""
    return json.dumps([item(reference)], ensure_ascii=False, indent=1) + "\n"


def array(references: Iterable[Reference]) -> Iterator[str]:
    """An array with an item for each reference, in pieces."""
    separator = "["
    for reference in references:
        yield separator + "\n" + json.dumps(item(reference), ensure_ascii=False)
        separator = ","
    yield "[]\n" if separator == "[" else "\n]\n"
