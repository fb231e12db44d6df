"""What stands on a shelf: each reference with what it names today, or the reason why it names nothing.

References are those that `/id/` and `/compare/` read: ids with edition, text and paragraph, or addresses.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from archive.formats import reference as formats
from archive.texts import text_in
from archive.verify.kinds import Judgement
from archive.verify.records import Records
from archive.verify.references import Cited, Reference, Unfound, gathered, read, resolve
from archive.words import WORDS

MOST_ITEMS = 100
DISOWNED = ("retracted", "corrected", "superseded")
"""What its issuer may have done to a statement since."""
Data = dict[str, Any]


@dataclass(frozen=True)
class Item:
    """One reference: `written` in canonical form; `cited` what it names, else `fault` why it names nothing."""

    written: str
    cited: Cited | None = None
    fault: Unfound | None = None

    @property
    def status(self) -> str:
        """current, superseded, merged, or how it leads nowhere: withdrawn, mistyped, unknown, paragraph_gone …"""
        if self.cited is None:
            return self.fault.code if self.fault else "unknown"
        if self.cited.is_merged:
            return "merged"
        return "current" if self.cited.is_current else "superseded"

    @property
    def detail(self) -> str:
        """What a reader should know of it beyond its words; empty where it is current."""
        if self.cited is None:
            return self.fault.detail if self.fault else ""
        if self.status == "merged":
            survivor = self.cited.named.survivor
            return _("“%(title)s” was merged into “%(survivor)s”.") % {
                "title": self.cited.named.title,
                "survivor": survivor.title if survivor else self.cited.pid.title,
            }
        if self.status == "superseded":
            counted = {"n": self.cited.edition.number, "current": self.cited.pid.edition_number}
            return _("Edition %(n)s, as it was pinned; edition %(current)s is current.") % counted
        state = self.cited.edition.data.get("issuer_state")
        return str(WORDS["issuer_state"][state]).capitalize() + "." if state in DISOWNED else ""

    @property
    def said(self) -> str:
        """The status in words."""
        known = self.status if self.status in Judgement.values else Judgement.UNKNOWN
        return str(Judgement(known).label)

    @property
    def pid(self) -> str | None:
        """The id of the record that it names or named; None of what is no record’s, or never was public."""
        pid = self.cited.named if self.cited else self.fault.pid if self.fault else None
        return pid.value if pid else None

    @cached_property
    def reference(self) -> formats.Reference | None:
        """What a citation of it cites."""
        if self.cited is None:
            return None
        segment = self.cited.text["segment"] if self.cited.text else None
        key = self.cited.paragraph["key"] if self.cited.paragraph else None
        return formats.Reference(self.cited.pid, self.cited.edition, segment, key)

    @property
    def pinned(self) -> str:
        """The same at its edition of today; as it is written where it names nothing."""
        if self.cited is None:
            return self.written
        return f"{self.cited.pid.value}@{self.cited.edition.number}{part_of(self.cited)}"

    @property
    def stands(self) -> str | None:
        """Where a reader is led who wants to see it."""
        if self.cited is None:
            return None
        address = self.cited.address
        return str(address if self.cited.is_pinned else replace(address, edition=None))

    def as_row(self) -> Data:
        """The same flat mapping in JSON, CSV and on the page."""
        cited, reference = self.cited, self.reference
        return {
            "item": self.written,
            "status": self.status,
            "detail": self.detail,
            "id": cited.pid.value if cited else self.pid,
            "kind": reference.kind if reference else None,
            "title": reference.title if reference else None,
            "date": reference.issued if reference else None,
            "edition": cited.edition.number if cited else None,
            "current_edition": cited.pid.edition_number if cited else None,
            "pinned": cited.is_pinned if cited else None,
            "text": reference.text if reference else None,
            "paragraph": reference.paragraph if reference else None,
            "words": reference.words if reference else None,
            "permanent": cited.permanent if cited else None,
            "url": cited.url if cited else None,
        }


def items_of(parts: Sequence[str]) -> list[Item]:
    """Each of these references with what it names, in order; a dozen queries at most, two where all are ids that
    stand."""
    records = gathered(parts)
    return [item(part, records) for part in parts]


def item(part: str, records: Records) -> Item:
    try:
        one = read(part)
    except Unfound as unfound:
        return Item(" ".join(part.split()), fault=unfound)
    try:
        cited = resolve(part, records)
        return Item(id_form(one), cited) if one.pid else addressed_item(cited)
    except Unfound as unfound:
        return Item(id_form(one) if one.pid else f"{one.path}", fault=unfound)


def addressed_item(cited: Cited) -> Item:
    """What an address names, written by id."""
    edition = f"@{cited.edition.number}" if cited.is_pinned else ""
    return Item(f"{cited.named.value}{edition}{part_of(cited)}", cited)


def id_form(one: Reference) -> str:
    """A reference by id as all are written: `25hxwjjb@2/ja/~p4`."""
    edition = f"@{one.edition}" if one.edition else ""
    text = f"/{one.text}" if one.text else ""
    paragraph = f"{'/' if one.text else ''}~{one.paragraph}" if one.paragraph else ""
    return f"{one.pid}{edition}{text}{paragraph}"


def part_of(cited: Cited) -> str:
    """`~p4`, or `/ja/~p4` of a text that is not the first to have one of this key, or `/ja`."""
    segment, key = cited.text and cited.text["segment"], cited.paragraph and cited.paragraph["key"]
    if key and cited.text is text_in(cited.edition, key=key):
        return f"~{key}"
    return (f"/{segment}" if segment else "") + (f"/~{key}" if key else "")


def references_of(items: Iterable[Item]) -> list[formats.Reference]:
    """What citations of these cite; what names nothing is left out."""
    return [one.reference for one in items if one.reference]


def split(text: str) -> list[str]:
    """Parts of an `items` parameter; empty ones are none."""
    return [part.strip() for part in text.split(",") if part.strip()]
