"""Two texts beside each other: paragraphs that answer to one another, and what differs between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from registry.kit import alignment, diff
from registry.kit.locators import locator

Data = dict[str, Any]
WHATS = ("same", "changed", "only_a", "only_b", "translated")


@dataclass(frozen=True)
class Side:
    """A text, or one paragraph of it, as an edition has it."""

    record: str
    language: str
    paragraphs: Sequence[Data]

    @property
    def is_one_paragraph(self) -> bool:
        return len(self.paragraphs) == 1


BOOKKEEPING = frozenset({"id", "key", "claims", "cited_sources", "sources", "source_sentence"})
"""What tells apart, and by what it is known: never the same in two records, and no difference between them."""


def text_side(data: Data, text: Data, paragraph: Data | None = None) -> Side:
    """A text of a statement, or one paragraph of it."""
    return Side(data["id"], text["language"], [paragraph] if paragraph else text["paragraphs"])


def outcome_side(data: Data) -> Side:
    """What came of a meeting, in this archive’s words."""
    rows = [
        {"key": one["id"], "number": number, "text": one["summary"]}
        for number, one in enumerate(data["outcomes"], 1)
    ]
    return Side(data["id"], "en", rows)


def readable(data: Any) -> Any:
    """A record as two different ones are compared: other records by name, without bookkeeping."""
    if isinstance(data, list):
        return [named(one) if isinstance(one, dict) and is_pointer(one) else readable(one) for one in data]
    if not isinstance(data, dict):
        return data
    return {
        name: named(value) if isinstance(value, dict) else readable(value)
        for name, value in data.items()
        if name not in BOOKKEEPING
    }


def named(data: Data) -> Any:
    """The name or title of a record that is only pointed to; other things as they are."""
    return (data.get("name") or data.get("title")) if is_pointer(data) else readable(data)


def is_pointer(data: Data) -> bool:
    return "id" in data and bool(data.get("name") or data.get("title")) and "summary" not in data


@dataclass(frozen=True)
class Row:
    """Two paragraphs that answer to each other, or one that has no answer."""

    left: Data | None
    right: Data | None
    likeness: float | None
    is_moved: bool
    is_translation: bool

    @property
    def what(self) -> str:
        """same, changed, only_a, only_b, or translated where the two are in different languages."""
        if self.left is None or self.right is None:
            return "only_b" if self.left is None else "only_a"
        if self.is_translation:
            return "translated"
        return "same" if self.left["text"] == self.right["text"] else "changed"

    @cached_property
    def words(self) -> diff.Words:
        """The difference word by word, where both are in one language."""
        if self.left is None or self.right is None or self.is_translation:
            return []
        return diff.words(self.left["text"], self.right["text"])

    @property
    def before(self) -> diff.Words:
        """The left side’s words, with those that the right side lacks."""
        return [run for run in self.words if run[0] != "added"]

    @property
    def after(self) -> diff.Words:
        return [run for run in self.words if run[0] != "removed"]

    def as_data(self) -> Data:
        return {
            "what": self.what,
            "moved": self.is_moved,
            "likeness": None if self.likeness is None else round(self.likeness, 2),
            "a": paragraph_data(self.left),
            "b": paragraph_data(self.right),
            "difference": [list(run) for run in self.words] if self.what == "changed" else [],
        }


def paragraph_data(paragraph: Data | None) -> Data | None:
    """A paragraph, or an outcome, which is numbered by its place."""
    if paragraph is None:
        return None
    number = locator(paragraph) if "number_printed" in paragraph else str(paragraph["number"])
    return {**{name: paragraph[name] for name in ("key", "number", "text")}, "locator": number}


@dataclass(frozen=True)
class Alignment:
    """The rows of two sides: by key where both are texts of one statement, else by likeness."""

    left: Side
    right: Side

    @property
    def is_by_key(self) -> bool:
        """Keys stay the same across editions and languages of one statement, and mean nothing beyond it."""
        return self.left.record == self.right.record and not self.is_of_two_paragraphs

    @property
    def is_of_two_paragraphs(self) -> bool:
        """One paragraph beside one: they are compared whatever they are called."""
        return self.left.is_one_paragraph and self.right.is_one_paragraph

    @property
    def is_translation(self) -> bool:
        return self.left.language != self.right.language

    @property
    def basis(self) -> str:
        """How partners were found: key, likeness, or pair."""
        if self.is_of_two_paragraphs:
            return "pair"
        return "key" if self.is_by_key else "likeness"

    @cached_property
    def rows(self) -> list[Row]:
        return [self.row(pair) for pair in self.pairs()]

    @property
    def is_same(self) -> bool:
        """Whether every paragraph stands on both sides with the same words, in the same order."""
        return self.counts["same"] == len(self.rows) and not self.counts["moved"]

    def pairs(self) -> list[alignment.Pair]:
        left, right = self.left.paragraphs, self.right.paragraphs
        if self.is_of_two_paragraphs:
            score = None if self.is_translation else alignment.likeness(left[0]["text"], right[0]["text"])
            return [alignment.Pair(0, 0, score)]
        if self.is_by_key:
            return alignment.by_key([one["key"] for one in left], [one["key"] for one in right])
        return alignment.by_likeness([one["text"] for one in left], [one["text"] for one in right])

    def row(self, pair: alignment.Pair) -> Row:
        return Row(
            left=None if pair.left is None else self.left.paragraphs[pair.left],
            right=None if pair.right is None else self.right.paragraphs[pair.right],
            likeness=pair.likeness,
            is_moved=pair.is_moved,
            is_translation=self.is_translation,
        )

    @cached_property
    def counts(self) -> dict[str, int]:
        """Rows by what they are; `moved` counts those among them that stand in another order."""
        found = Counter(row.what for row in self.rows)
        return {**{what: found[what] for what in WHATS}, "moved": sum(row.is_moved for row in self.rows)}
