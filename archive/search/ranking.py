"""Which hits say most of what was asked: the newest thousand, and the champions among the rest."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from archive.models import Champion, SearchText
from archive.search.champions import FREQUENT, MOST, weight
from archive.search.expression import ANYTHING, Expression, Phrase, Word, holds, wanted

RANKED = 1_000
"""The newest hits that are ranked, whatever their number."""
MOST_TERMS = 20
CHAMPIONED = 4
"""Words of a query whose champions are asked for."""


def best(
    expression: Expression, asked: Expression, ids: list[int], counts: Mapping[str, int], total: int
) -> list[int]:
    """Numbers of entries, the most telling first; `ids` are the newest hits of `expression`.

    `asked` are the words alone, `counts` in how many entries each lexeme is. All are ranked where there are no more
    than `RANKED`; else the newest and the champions that the expression holds for, then the others, newest first.
    """
    terms = shown_terms(asked)[:MOST_TERMS]
    if not terms:
        return ids
    weights = {term: rarity(term, counts, total) for term in terms}
    texts = dict(SearchText.objects.lexemes_of(ids[:RANKED]))
    if len(ids) > RANKED:
        texts |= championed(expression, terms, counts, texts)
    together = phrase_of(terms)
    scores = {entry: score(text, weights, together) for entry, text in texts.items()}
    ranked = sorted(scores, key=lambda entry: (-scores[entry], -entry))
    return [*ranked, *(entry for entry in ids if entry not in scores)][: len(ids)]


def shown_terms(asked: Expression) -> list[Word | Phrase]:
    """The words and phrases that were typed: no marks of fields."""
    found = dict.fromkeys(wanted(asked))
    return [term for term in found if isinstance(term, Phrase) or not term.lexeme.startswith("_")]


def championed(
    expression: Expression, terms: list[Word | Phrase], counts: Mapping[str, int], known: Iterable[int]
) -> dict[int, str]:
    """Champions of the query's frequent words for which the whole expression holds; five queries at most."""
    lexemes = [term.lexeme for term in terms if isinstance(term, Word)]
    lexemes += [lexeme for term in terms if isinstance(term, Phrase) for lexeme in term.lexemes]
    frequent = sorted({one for one in lexemes if counts.get(one, 0) > FREQUENT}, key=lambda one: counts[one])
    entries: set[int] = set()
    for lexeme in frequent[:CHAMPIONED]:
        entries.update(Champion.objects.entries_for(lexeme, MOST))
    found = SearchText.objects.streams_of(entries.difference(known))
    return {
        entry: lexemes
        for entry, lexemes, place, subject in found
        if holds(expression, f"{lexemes}{place} {subject} ")
    }


def rarity(term: Word | Phrase, counts: Mapping[str, int], total: int) -> float:
    """The inverse document frequency; of a phrase, that of its words together."""
    lexemes = term.lexemes if isinstance(term, Phrase) else (term.lexeme,)
    return sum(math.log(1 + total / (1 + counts.get(lexeme, 0))) for lexeme in lexemes)


def phrase_of(terms: list[Word | Phrase]) -> str:
    """The words of the query as they would stand if they were one phrase."""
    lexemes = [" ".join(term.lexemes) if isinstance(term, Phrase) else term.lexeme for term in terms]
    return f" {' '.join(lexemes)} " if len(lexemes) > 1 else ""


def score(text: str, weights: Mapping[Word | Phrase, float], together: str) -> float:
    """How much a text says of the terms; more where it is called so, or has them one after another."""
    names = text.partition(f" {ANYTHING} {ANYTHING} ")[0] + " "
    length, found = text.count(" "), 0.0
    for term, rare in weights.items():
        needle = f" {' '.join(term.lexemes)} " if isinstance(term, Phrase) else f" {term.lexeme} "
        times = text.count(needle)
        if times:
            found += rare * (weight(times, length) + (needle in names))
    if together and together in text:
        found += sum(weights.values()) / 2
    return found
