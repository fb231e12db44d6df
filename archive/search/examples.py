"""Searches to begin with."""

from __future__ import annotations

from dataclasses import dataclass

from archive.models import Lexeme
from archive.search.fields import GROUPS, KINDS
from archive.search.state import State

TRIED = ('"rule of law"', "connectivity", "by:japan verb:reaffirm", "year:2010..2022 terror*")


@dataclass(frozen=True)
class Example:
    """A search with its address."""

    text: str
    address: str

    def as_data(self) -> dict[str, str]:
        return {"query": self.text, "url": self.address}


@dataclass(frozen=True)
class Kind:
    """A kind of thing that is searched, how many there are, and the address of all of them."""

    label: str
    count: int
    address: str


def tried() -> list[Example]:
    return [Example(text, State(text).address) for text in TRIED]


def kinds() -> list[Kind]:
    """How much of each kind is in the index; one query."""
    group = GROUPS["type"]
    counts = Lexeme.objects.counts(group.mark(kind) for kind in KINDS)
    return [
        Kind(str(label), counts[group.mark(kind)], State("", {"type": (kind,)}).address)
        for kind, label in KINDS.items()
        if counts.get(group.mark(kind))
    ]
