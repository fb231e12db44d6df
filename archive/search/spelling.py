"""Spellings: how a lexeme is written, and which words may have been meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from rapidfuzz.distance import DamerauLevenshtein

from archive.models import Lexeme, SearchText
from archive.search.analyser import LONGEST, WORD, stem, unstemmed

FURTHEST = 2
"""Letters that may be wrong; one in words of up to four."""
FEW, SHORTEST = 3, 3
"""So many words may be meant, of so many letters at least."""
ROMAN = re.compile("[ivxlcdm]+")
"""Numbers of meetings, which are not misspelt words."""


def spellings(texts: Iterable[SearchText]) -> dict[str, str]:
    """One spelling of each lexeme of these texts, in small letters: the shortest, of those the first by its letters.

    Engines keep it by the same rule, so that it does not matter which text comes first.
    """
    found: dict[str, str] = {}
    for text in texts:
        for source in (text.title, text.words):
            for match in WORD.finditer(source):
                if not match["run"]:
                    lexeme, spelt = stem(match[0]), match[0].lower()[:LONGEST]
                    found[lexeme] = min(found.get(lexeme, spelt), spelt, key=lambda one: (len(one), one))
    return found


def meant(word: str) -> list[str]:
    """The words of the archive nearest to this one, the nearest and most frequent first; one query."""
    typed = unstemmed(word)
    if len(typed) < SHORTEST or not typed.isalpha() or ROMAN.fullmatch(typed):
        return []
    far = furthest(typed)
    scored = []
    for spelling, entries in Lexeme.objects.spelt_like(typed, far):
        distance = DamerauLevenshtein.distance(typed, unstemmed(spelling), score_cutoff=far)
        if 0 < distance <= far and len(unstemmed(spelling)) >= SHORTEST:
            scored.append((distance, -entries, spelling))
    return [spelling for _distance, _entries, spelling in sorted(scored)[:FEW]]


def furthest(typed: str) -> int:
    """How many letters of this may be wrong."""
    return FURTHEST if len(typed) > 5 else 1


def nearest(typed: str, known: Mapping[str, str]) -> str:
    """What the nearest of these, by how they are written, stands for; nothing where none is near."""
    far = furthest(typed)
    scored = [(DamerauLevenshtein.distance(typed, one, score_cutoff=far), one) for one in known]
    near = [(distance, one) for distance, one in scored if distance <= far and len(one) >= SHORTEST]
    return known[min(near)[1]] if near and len(typed) >= SHORTEST else ""
