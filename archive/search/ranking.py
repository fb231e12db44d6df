"""Which hits say most of what was asked: all where they are few, of more the champions and some of the newest."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from heapq import nlargest

from archive.models import Champion, SearchText
from archive.models.search import LISTED
from archive.search import engines
from archive.search.champions import FREQUENT, weight
from archive.search.expression import ANYTHING, Expression, Phrase, Word, wanted
from archive.search.matching import Matched

RANKED = 1_000
"""Hits that are all ranked."""
NEWEST = 300
"""Of more hits, the newest that are ranked where champions are few."""
READ = 300
"""Champions that are read at most, those that say most."""
ENOUGH = 200
"""Champions that are ranked alone: ten pages of hits."""
MOST_TERMS = 10
NAMED = f" {ANYTHING} {ANYTHING} "
"""After what the entry is called."""
CHAMPIONED = 4
"""Words of a query whose champions are asked for."""


def best(
    expression: Expression, asked: Expression, matched: Matched, counts: Mapping[str, int], depth: int
) -> list[int]:
    """Numbers of `depth` entries at least, or of all hits, the most telling first.

    `asked` are the words alone, `counts` in how many entries each lexeme is. All hits are ranked where there are no
    more than `RANKED`; else the champions among them, and some of the newest where these are few; then come the
    others, newest first.
    """
    terms = shown_terms(asked)[:MOST_TERMS]
    if not terms:
        return matched.newest(expression, depth, counts)
    scores = {}
    is_many = len(matched.slots) > RANKED
    if is_many:
        scores = championed(terms, matched, counts)
    if len(scores) < ENOUGH:
        newest = matched.newest(expression, NEWEST if is_many else RANKED, counts)
        scores |= scored(newest[: NEWEST if is_many else RANKED], terms, counts)
    ranked = sorted(scores, key=lambda entry: (-scores[entry], -entry))
    if len(ranked) >= min(depth, len(matched.slots)):
        return ranked
    others = matched.newest(expression, depth, counts)
    return [*ranked, *(entry for entry in others if entry not in scores)][: len(others)]


def shown_terms(asked: Expression) -> list[Word | Phrase]:
    """The words and phrases that were typed: no marks of fields."""
    found = dict.fromkeys(wanted(asked))
    return [term for term in found if isinstance(term, Phrase) or not term.lexeme.startswith("_")]


def championed(terms: list[Word | Phrase], matched: Matched, counts: Mapping[str, int]) -> dict[int, float]:
    """Scores of the champions of the query's frequent words that are among the hits; six queries at most.

    Of a phrase, those of its rarest word: they are the likeliest to have the others beside it.
    """
    lexemes = [min(term.lexemes, key=lambda one: counts.get(one, 0)) for term in terms]
    frequent = sorted({one for one in lexemes if counts.get(one, 0) > FREQUENT}, key=lambda one: counts[one])
    impacts: dict[int, float] = defaultdict(float)
    asked = frequent[:CHAMPIONED]
    for lexeme in asked:
        for entry, impact in Champion.objects.impacts_for(lexeme, 2 * LISTED // max(2, len(asked))):
            impacts[entry] += impact
    slots = engines.slots_of(impacts)
    hits = {entry: impacts[entry] for entry, slot in slots.items() if slot in matched.slots}
    if terms == [Word(one) for one in asked[:1]]:
        rare = rarity(terms[0], counts, counts.get(ANYTHING, 0))
        return {entry: rare * impact for entry, impact in hits.items()}
    return scored(nlargest(READ, hits, key=lambda entry: (hits[entry], entry)), terms, counts)


def scored(entries: Iterable[int], terms: list[Word | Phrase], counts: Mapping[str, int]) -> dict[int, float]:
    """How much each of these says of the terms; one query."""
    weights = {written(term): rarity(term, counts, counts.get(ANYTHING, 0)) for term in terms}
    together = phrase_of(terms)
    texts = SearchText.objects.lexemes_of(entries)
    return {entry: score(text, weights, together) for entry, text in texts}


def rarity(term: Word | Phrase, counts: Mapping[str, int], total: int) -> float:
    """The inverse document frequency; of a phrase, that of its words together."""
    lexemes = term.lexemes if isinstance(term, Phrase) else (term.lexeme,)
    return sum(math.log(1 + total / (1 + counts.get(lexeme, 0))) for lexeme in lexemes)


def written(term: Word | Phrase) -> str:
    """As it stands in a text."""
    return f" {' '.join(term.lexemes)} " if isinstance(term, Phrase) else f" {term.lexeme} "


def phrase_of(terms: list[Word | Phrase]) -> str:
    """The words of the query as they would stand if they were one phrase."""
    lexemes = [" ".join(term.lexemes) if isinstance(term, Phrase) else term.lexeme for term in terms]
    return f" {' '.join(lexemes)} " if len(lexemes) > 1 else ""


def score(text: str, weights: Mapping[str, float], together: str) -> float:
    """How much a text says of the terms, as they stand in it; more where it is called so, or has them in order."""
    named, length, found = text.find(NAMED), text.count(" ") - 1, 0.0
    for needle, rare in weights.items():
        if times := text.count(needle):
            is_called = text.find(needle, 0, named + 1) >= 0
            found += rare * (weight(times, length) + is_called)
    if together and together in text:
        found += sum(weights.values()) / 2
    return found
