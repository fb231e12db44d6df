"""Which text of a statement's edition an address names, and where its paragraphs stand.

One rule for pages, permanent ids, citations, mementos and the citation doctor, so that one reference never leads to
two texts: the text asked for; where none is, the authentic one, else the first, of those that have the paragraph.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from registry.models import Edition

Text = dict[str, Any]
Paragraph = dict[str, Any]


def text_in(edition: Edition, segment: str | None = None, key: str | None = None) -> Text | None:
    """The text of this edition that is named, by its segment, by the key of a paragraph, by both or by neither."""
    texts = edition.data.get("texts", ())
    named = [one for one in texts if segment in (None, one["segment"]) and has(one, key)]
    return next((one for one in named if one["kind"] == "authentic"), named[0] if named else None)


def has(text: Text, key: str | None) -> bool:
    """Whether the paragraph stands in the text; True where none is named."""
    return key is None or place_of(text, key) is not None


def place_of(text: Text, key: str) -> int | None:
    """Which of the text's paragraphs has this key, counted from 0."""
    return next((place for place, one in enumerate(text["paragraphs"]) if one["key"] == key), None)


def paragraph_of(text: Text | None, key: str | None) -> Paragraph | None:
    """The paragraph with this key; None where there is none, or no text."""
    return next((one for one in text["paragraphs"] if one["key"] == key), None) if text else None


def first_with(
    editions: Iterable[Edition], segment: str | None, key: str | None
) -> tuple[Edition, Text] | None:
    """The first of these editions that has such a text, and the text."""
    found = ((edition, text_in(edition, segment, key)) for edition in editions)
    return next(((edition, text) for edition, text in found if text), None)
