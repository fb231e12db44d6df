"""All that an expression holds for, as slots: of few entries the engine tells, of many their postings, unread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pyroaring import BitMap

from archive.search import engines, postings
from archive.search.expression import AllOf, AnyOf, Expression, Not, Phrase, Word, any_of, lexemes_in
from archive.search.postings import Marked, Slots

MOST = 10_000
"""Hits that an engine is asked for, where postings do not tell; beyond it there are said to be more."""
FEW = 2_000
"""Hits that the engine tells sooner than postings do."""
MOST_ASKED = 3
"""Parts of one expression without postings that are asked of the engine."""


class Unkept(Exception):
    """There are no postings for a part of an expression."""


@dataclass(frozen=True)
class Matched:
    """The slots of hits: of all, or of the newest where there are more. `ids` are the newest that are known so far."""

    slots: BitMap
    ids: Sequence[int] = ()
    is_capped: bool = False

    def newest(self, expression: Expression, depth: int, counts: Mapping[str, int]) -> list[int]:
        """The numbers of so many of them, the newest first; a query where they are not known."""
        wanted = min(depth, len(self.slots))
        if len(self.ids) >= wanted:
            return list(self.ids)
        return engines.newest(expression, wanted, counts, len(self.slots))


def matched(expression: Expression, counts: Mapping[str, int], marked: Marked) -> Matched:
    """What it holds for. `counts` says in how many entries its lexemes are; two queries at most, five where it is of
    parts with and without postings.
    """
    if engines.expected(expression, counts) <= FEW:
        hits = engines.hits(expression, FEW + 1, counts)
        if len(hits.ids) <= FEW:
            return Matched(BitMap(hits.slots), hits.ids)
    try:
        return Postings(counts, marked).matched(engines.as_kept(expression, counts))
    except Unkept:
        hits = engines.hits(expression, MOST + 1, counts)
        return Matched(BitMap(hits.slots[:MOST]), hits.ids[:MOST], len(hits.ids) > MOST)


class Postings:
    """Joins the slots of an expression's parts."""

    def __init__(self, counts: Mapping[str, int], marked: Marked) -> None:
        self.counts, self.marked = counts, marked
        self.words: Slots = {}
        self.asked = 0
        self.told: dict[int, int] = {}
        """The numbers of entries that an engine told, by their slots."""

    def matched(self, expression: Expression) -> Matched:
        """All entries for which it holds. Raises Unkept."""
        lexemes = {one for one in lexemes_in(expression) if not postings.is_mark(one)}
        self.words = postings.of_words(lexemes) if lexemes else {}
        slots = self.joined(expression) & self.marked.standing
        is_told = len(slots) <= len(self.told) and all(slot in self.told for slot in slots)
        return Matched(slots, sorted((self.told[one] for one in slots), reverse=True) if is_told else ())

    def joined(self, node: Expression) -> BitMap:
        match node:
            case Word(lexeme) if self.is_kept(node):
                return self.marked.of(lexeme) if postings.is_mark(lexeme) else self.words[lexeme]
            case Word() | Phrase():
                return self.asked_for(node)
            case Not(part):
                return self.marked.standing - self.joined(part)
            case AllOf(parts):
                return BitMap.intersection(*map(self.joined, parts))
            case AnyOf(parts):
                return self.either(parts)

    def is_kept(self, node: Expression) -> bool:
        return isinstance(node, Word) and (postings.is_mark(node.lexeme) or node.lexeme in self.words)

    def either(self, parts: Sequence[Expression]) -> BitMap:
        """Words and phrases without postings are asked for together."""
        unkept = [one for one in parts if isinstance(one, Word | Phrase) and not self.is_kept(one)]
        others = [self.joined(one) for one in parts if one not in unkept]
        return BitMap.union(self.asked_for(any_of(*unkept)) if unkept else BitMap(), *others)

    def asked_for(self, node: Expression) -> BitMap:
        """Of the engine."""
        if not engines.expected(node, self.counts):
            return BitMap()
        self.asked += 1
        if self.asked > MOST_ASKED or engines.expected(node, self.counts) > MOST:
            raise Unkept
        hits = engines.hits(node, MOST + 1, self.counts)
        if len(hits.ids) > MOST:
            raise Unkept
        self.told |= zip(hits.slots, hits.ids, strict=True)
        return BitMap(hits.slots)
