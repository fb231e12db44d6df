"""Ready citations in eight styles, made from CSL-JSON by our processor with the styles beside this file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from archive.formats import csl
from archive.formats.fragments import fragment
from archive.formats.processor import Style
from archive.formats.reference import Reference
from archive.formats.typography import Rendered
from archive.texts import place_of

FOLDER = Path(__file__).parent / "styles"
STYLES = {
    "apa": "APA 7",
    "chicago-notes": "Chicago 17, note",
    "chicago-author-date": "Chicago 17, author-date",
    "mla": "MLA 9",
    "oscola": "OSCOLA 4",
    "bluebook": "Bluebook 21",
    "gb-t-7714": "GB/T 7714-2015",
    "sist-02": "SIST 02",
}


@dataclass(frozen=True)
class Citation:
    """A reference in one style: `full` is the footnote or the entry of the bibliography.

    `in_text` is what such styles put in brackets into the text, with the paragraph; None in styles of footnotes.
    """

    name: str
    label: str
    full: Rendered
    in_text: Rendered | None


@cache
def style(name: str) -> Style:
    """The style, read once in each process."""
    return Style.read(FOLDER / f"{name}.csl", FOLDER / "locale-en.xml")


def cite(reference: Reference, name: str) -> Citation:
    """The reference in the style of this name, one of STYLES."""
    return cited(csl.item(reference), name)


def citations(reference: Reference) -> list[Citation]:
    """The reference in every style."""
    item = csl.item(reference)
    return [cited(item, name) for name in STYLES]


def cited(item: csl.Item, name: str) -> Citation:
    found, chosen = for_print(item), style(name)
    if chosen.has_entry:
        return Citation(name, STYLES[name], chosen.entry(found), chosen.cite(found))
    return Citation(name, STYLES[name], chosen.cite(found), None)


def for_print(item: csl.Item) -> csl.Item:
    """The item without what its title says already: “Joint Statement of the 9th Meeting” needs neither again."""
    found, title = dict(item), folded(item["title"])
    if folded(item.get("event-title", "")) in title:
        found.pop("event-title", None)
    if item["type"] != "entry" and folded(item["genre"].split(",")[0]) in title:
        status = item.get("status", "")
        found["genre"] = status[:1].upper() + status[1:]
    return found


def folded(text: str) -> str:
    return text.casefold().replace("'", "’")


def as_text(reference: Reference) -> str:
    """Plain text: title, both addresses, and every citation under the name of its style."""
    number = reference.edition.number
    lines = [reference.title, "", f"This exact text (edition {number}):", reference.pinned_url]
    lines += ["This record, always current:", reference.current_url]
    for citation in citations(reference):
        lines += ["", citation.label, *lines_of(citation)]
    return "\n".join(lines) + "\n"


def one_as_text(reference: Reference, name: str) -> str:
    """One citation alone; in styles of author and date the words for the text follow on a line of their own."""
    return "\n".join(lines_of(cite(reference, name))) + "\n"


def lines_of(citation: Citation) -> list[str]:
    return [citation.full.text, *([citation.in_text.text] if citation.in_text else [])]


def quote_link(reference: Reference) -> str | None:
    """The pinned address with the words cited as a text fragment, or None where no words are."""
    words = reference.quotable
    if not words:
        return None
    before = after = ""
    if reference.paragraph and reference.cited_text:
        paragraphs = reference.cited_text["paragraphs"]
        place = place_of(reference.cited_text, reference.paragraph) or 0
        before = paragraphs[place - 1]["text"] if place else ""
        after = paragraphs[place + 1]["text"] if place + 1 < len(paragraphs) else ""
    return f"{reference.pinned_url}#{fragment(words, before, after)}"
