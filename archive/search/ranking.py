"""Which hits say most of what was asked: the newest thousand, and the champions among the rest."""

from __future__ import annotations

import math
from collections.abc import Mapping

from archive.models import Champion, SearchText
from archive.models.search import LISTED
from archive.search import known
from archive.search.champions import FREQUENT, weight
from archive.search.expression import ANYTHING, Expression, Phrase, Word, holding, wanted

RANKED = 1_000
"""Hits that are all ranked."""
NEWEST = 300
"""Of more hits, the newest that are ranked where champions are few."""
ENOUGH = 200
"""Champions that are ranked alone: ten pages of hits."""
MOST_TERMS = 10
NAMED = f" {ANYTHING} {ANYTHING} "
"""After what the entry is called."""
CHAMPIONED = 4
"""Words of a query whose champions are asked for."""


def best(
    expression: Expression, asked: Expression, ids: list[int], counts: Mapping[str, int], count: int
) -> list[int]:
    """Numbers of entries, the most telling first; `ids` are the newest of the `count` hits of `expression`.

    `asked` are the words alone, `counts` in how many entries each lexeme is. All hits are ranked where there are no
    more than `RANKED`; else the champions that the expression holds for, and some of the newest where these are few;
    then the others, newest first. As many come as were given.
    """
    terms = shown_terms(asked)[:MOST_TERMS]
    if not terms:
        return ids
    weights = {written(term): rarity(term, counts, counts.get(ANYTHING, 0)) for term in terms}
    is_many = count > RANKED
    texts = championed(expression, terms, counts) if is_many else {}
    if len(texts) < ENOUGH:
        texts |= dict(SearchText.objects.lexemes_of(ids[: NEWEST if is_many else RANKED]))
    together = phrase_of(terms)
    scores = {entry: score(text, weights, together) for entry, text in texts.items()}
    ranked = sorted(scores, key=lambda entry: (-scores[entry], -entry))
    return [*ranked, *[entry for entry in ids if entry not in scores]][: len(ids)]


def shown_terms(asked: Expression) -> list[Word | Phrase]:
    """The words and phrases that were typed: no marks of fields."""
    found = dict.fromkeys(wanted(asked))
    return [term for term in found if isinstance(term, Phrase) or not term.lexeme.startswith("_")]


def championed(
    expression: Expression, terms: list[Word | Phrase], counts: Mapping[str, int]
) -> dict[int, str]:
    """Champions of the query's frequent words for which the whole expression holds; six queries at most.

    Of a phrase, those of its rarest word: they are the likeliest to have the others beside it.
    """
    lexemes = [min(term.lexemes, key=lambda one: counts.get(one, 0)) for term in terms]
    frequent = sorted({one for one in lexemes if counts.get(one, 0) > FREQUENT}, key=lambda one: counts[one])
    entries: set[int] = set()
    asked = frequent[:CHAMPIONED]
    for lexeme in asked:
        entries.update(Champion.objects.entries_for(lexeme, 2 * LISTED // max(2, len(asked))))
    found = list(SearchText.objects.keyed(entries))
    marks = known.marks_of({key for _entry, _lexemes, *keys in found for key in keys})
    holds = holding(expression)
    return {
        entry: lexemes
        for entry, lexemes, place, subject in found
        if holds(f"{lexemes}{' '.join((*marks[place], *marks[subject]))} ")
    }


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
    named, length, found = text.find(NAMED), text.count(" "), 0.0
    for needle, rare in weights.items():
        if times := text.count(needle):
            is_called = text.find(needle, 0, named + 1) >= 0
            found += rare * (weight(times, length) + is_called)
    if together and together in text:
        found += sum(weights.values()) / 2
    return found
