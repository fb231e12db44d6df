"""The order of names: one rule for Python and for both databases, whose own orders differ.

SQLite compares bytes and PostgreSQL by the collation of its cluster; a list must not change with the database.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from operator import attrgetter
from typing import Any, TypeVar

from registry.kit.text import UNDECOMPOSED

T = TypeVar("T", bound=Any)

MARKS = range(0x300, 0x370)
"""Combining accents, which do not count."""
CASED = (*range(0x21, 0x590), 0x1E9E)
"""Where the Latin, Greek, Cyrillic and Armenian alphabets stand, whose capitals do not count; and capital ß."""


def _folded() -> dict[int, str]:
    """What takes the place of a character that is left when it is decomposed (NFKD), where something does."""
    found = dict.fromkeys(MARKS, "")
    for number in CASED:
        character = chr(number)
        plain = character.casefold().translate(UNDECOMPOSED)
        if number not in MARKS and plain != character == unicodedata.normalize("NFKD", character):
            found[number] = plain
    return found


FOLDED = _folded()


def key(text: str) -> str:
    """What names are compared by, code point by code point: `Türkiye` and `TURKIYE` both by `turkiye`."""
    return unicodedata.normalize("NFKD", text).translate(FOLDED)


def in_order(rows: Iterable[T], name: str = "name") -> list[T]:
    """Records in the order of their names, which stand in this attribute; those of one name by their key."""
    named = attrgetter(name)
    return sorted(rows, key=lambda one: (key(named(one)), one.pk))
