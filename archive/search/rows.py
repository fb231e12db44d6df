"""What an engine is given of an entry, and what it gives of those it found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Row(NamedTuple):
    """An entry's number, its slot among the postings, all that is indexed of it."""

    number: int
    slot: int
    stream: str


class Hits(NamedTuple):
    """Entries that are found, the newest first: a column of their numbers and one of their slots."""

    ids: Sequence[int] = ()
    slots: Sequence[int] = ()
