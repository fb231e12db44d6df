"""The forms in which a record can be taken away: name, media type, and what writes it from a reference."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from archive.formats.reference import Reference


@dataclass(frozen=True)
class Export:
    """A form of a record: `name` is that of `?format=`, `kinds` the kinds of record it makes sense for."""

    name: str
    label: str
    media_type: str
    write: Callable[[Reference], str | bytes]
    kinds: frozenset[str]
    suffix: str = ""
    """Of the file it is saved as, where that is not the name."""


CITABLE = frozenset({"meeting", "statement", "commitment", "dialogue", "country", "minister", "topic"})
EXPORTS: dict[str, Export] = {}


def exports_for(kind: str) -> tuple[str, ...]:
    """Names of the forms in which records of this kind come beside HTML and JSON."""
    return tuple(export.name for export in EXPORTS.values() if kind in export.kinds)
