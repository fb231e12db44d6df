"""The entries that say most of each frequent lexeme, kept so that ranking need not read all that have it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from heapq import heappush, heappushpop

from archive.models import Champion, Lexeme, SearchText
from archive.models.search import LISTED
from archive.search.expression import ANYTHING

FREQUENT = 1_000
"""Entries with a lexeme from which on it has champions: as many of the newest are ranked anyway."""
SATURATION, PIVOT, SLOPE = 1.2, 100.0, 0.75
"""Of the weight of a word by its count in a text, and of the text's length in lexemes, as in BM25."""
CHUNK = 2_000


def weight(count: int, length: int) -> float:
    """How much a text of this length says of what it names this often; below 1."""
    return count / (count + SATURATION * (1 - SLOPE + SLOPE * length / PIVOT))


def impacts(lexemes: str) -> dict[str, float]:
    """Each lexeme of a text with its weight there, what the entry is called counting more."""
    names = set(lexemes.partition(f" {ANYTHING} {ANYTHING} ")[0].split())
    found = lexemes.split()
    counts: dict[str, int] = defaultdict(int)
    for lexeme in found:
        counts[lexeme] += 1
    counts.pop(ANYTHING, None)
    return {lexeme: weight(count, len(found)) + (lexeme in names) for lexeme, count in counts.items()}


def challenge(texts: Iterable[SearchText]) -> None:
    """Let new entries in where they say more than the least of a list that is full; three queries."""
    offered: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for text in texts:
        for lexeme, impact in impacts(text.lexemes).items():
            offered[lexeme].append((impact, text.entry_id))
    least = Champion.objects.least(Lexeme.objects.frequent_among(offered, FREQUENT), LISTED)
    Champion.objects.bulk_create(
        (
            Champion(lexeme=lexeme, impact=impact, entry_id=entry)
            for lexeme, bound in least.items()
            for impact, entry in offered[lexeme]
            if impact > bound
        ),
        batch_size=CHUNK,
    )


def choose() -> None:
    """Make every list anew, from every entry; of equals the newer are chosen, in whatever order they are read."""
    frequent = Lexeme.objects.frequent(FREQUENT)
    lists: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for entry, lexemes in SearchText.objects.values_list("entry", "lexemes").iterator(chunk_size=CHUNK):
        for lexeme, impact in impacts(lexemes).items():
            if lexeme not in frequent:
                continue
            best = lists[lexeme]
            if len(best) < LISTED:
                heappush(best, (impact, entry))
            elif (impact, entry) > best[0]:
                heappushpop(best, (impact, entry))
    Champion.objects.all()._raw_delete(using=Champion.objects.db)
    Champion.objects.bulk_create(
        (
            Champion(lexeme=lexeme, impact=impact, entry_id=entry)
            for lexeme, best in lists.items()
            for impact, entry in best
        ),
        batch_size=CHUNK,
    )
