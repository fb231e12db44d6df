"""The words of a hit with what was asked marked, cut to what is worth showing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from archive.search.analyser import Token, tokens
from archive.search.expression import Phrase, Word

SHOWN = 320
LONGEST = 20_000


class Cut(NamedTuple):
    """How many characters may stand before the first mark, and within how many from there the marks are counted."""

    before: int
    seen: int


ROOMY = Cut(90, 230)
DENSE = Cut(40, 60)
"""So that the first mark is on the three lines that a phone shows, in wide characters too."""


class Run(NamedTuple):
    """A piece of text, marked or not."""

    text: str
    is_marked: bool


def marked(text: str, terms: Iterable[Word | Phrase], cut: Cut = ROOMY) -> list[Run]:
    """The text, or the part of it that has most of the terms, as runs; `…` where it was cut."""
    text = text[:LONGEST]
    spans = merged(found_in(list(tokens(text)), list(terms)))
    if len(text) <= SHOWN and cut == ROOMY:
        return runs(text, spans, 0, len(text))
    start = beginning(text, spans, cut)
    end = start + SHOWN
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + SHOWN // 2)
    return runs(text, spans, start, min(end, len(text)))


def found_in(stream: list[Token], terms: list[Word | Phrase]) -> list[tuple[int, int]]:
    """Where the terms stand: first and last character of each."""
    words = {term.lexeme for term in terms if isinstance(term, Word)}
    phrases = [term.lexemes for term in terms if isinstance(term, Phrase)]
    spans = [(token.start, token.end) for token in stream if token.lexeme in words]
    lexemes = [token.lexeme for token in stream]
    for phrase in phrases:
        for place, lexeme in enumerate(lexemes):
            if lexeme == phrase[0] and tuple(lexemes[place : place + len(phrase)]) == phrase:
                spans.append((stream[place].start, stream[place + len(phrase) - 1].end))
    return spans


def merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """In order, those that touch as one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def beginning(text: str, spans: list[tuple[int, int]], cut: Cut) -> int:
    """Where to begin so that most of the marks are shown, at the beginning of a word."""
    starts = [start for start, _end in spans]
    most = max(
        starts,
        key=lambda one: (sum(one <= other < one + cut.seen for other in starts), -one),
        default=0,
    )
    if most <= cut.before:
        return 0
    start = most - cut.before
    return text.find(" ", start, most) + 1 or start


def runs(text: str, spans: list[tuple[int, int]], start: int, end: int) -> list[Run]:
    found, place = [], start
    if start:
        found.append(Run("…", False))
    for first, last in spans:
        if last <= start or first >= end:
            continue
        first, last = max(first, start), min(last, end)
        if first > place:
            found.append(Run(text[place:first], False))
        found.append(Run(text[first:last], True))
        place = last
    if place < end:
        found.append(Run(text[place:end], False))
    if end < len(text):
        found.append(Run("…", False))
    return found
