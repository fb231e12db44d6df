"""What is asked of the search, by kind: each question as the query of an address."""

from __future__ import annotations

import random
from collections.abc import Callable
from urllib.parse import urlencode

from bench.corpus import COMMON, COUNTRIES, FIRST_YEAR, VOCABULARY, YEARS, Corpus

MANY = 32
"""Questions of a kind."""


def questions(corpus: Corpus) -> dict[str, list[str]]:
    """The same for every database; each kind has its own chance, so that one more changes no other."""
    kinds: dict[str, Callable[[Corpus, random.Random, int], dict[str, str]]] = {
        "rare word": rare,
        "common word (in 75 % of texts)": common,
        "two common words": two_common,
        "phrase of common words": phrase,
        "phrase with a rarer word": rarer_phrase,
        "prefix": prefix,
        "filter and common word": filtered,
        "two filters": two_filters,
        "Japanese": japanese,
        "Russian": russian,
        "negation": negated,
        "by:country": by_country,
    }
    return {
        name: [urlencode(make(corpus, random.Random(f"{name} {number}"), number)) for number in range(MANY)]
        for name, make in kinds.items()
    }


def rare(corpus: Corpus, chance: random.Random, _number: int) -> dict[str, str]:
    return {"q": corpus.english[chance.randrange(VOCABULARY // 2, VOCABULARY)]}


def middling(corpus: Corpus, chance: random.Random) -> str:
    """A word of one text in a hundred or so."""
    return corpus.english[chance.randrange(50, 800)]


def common(_corpus: Corpus, _chance: random.Random, number: int) -> dict[str, str]:
    return {"q": COMMON[number]}


def two_common(_corpus: Corpus, chance: random.Random, _number: int) -> dict[str, str]:
    return {"q": " ".join(chance.sample(COMMON, 2))}


def phrase(_corpus: Corpus, chance: random.Random, number: int) -> dict[str, str]:
    """Two words, which one text in fifty has so, and three, which one in three thousand has."""
    return {"q": f'"{" ".join(chance.sample(COMMON, 2 + number % 2))}"'}


def rarer_phrase(corpus: Corpus, chance: random.Random, number: int) -> dict[str, str]:
    words = [middling(corpus, chance), chance.choice(COMMON)]
    return {"q": f'"{" ".join(words if number % 2 else words[::-1])}"'}


def prefix(corpus: Corpus, chance: random.Random, number: int) -> dict[str, str]:
    return {"q": f"{corpus.english[number * 20][: chance.choice((3, 4, 5))]}*"}


def segment(record: dict[str, str]) -> str:
    return record["path"].rpartition("/")[2]


def a_filter(corpus: Corpus, chance: random.Random, kind: int) -> dict[str, str]:
    start = FIRST_YEAR + chance.randrange(YEARS - 3)
    found = [
        {"country": segment(chance.choice(corpus.countries))},
        {"dialogue": segment(chance.choice(corpus.dialogues))},
        {"minister": segment(chance.choice(corpus.ministers))},
        {"topic": segment(chance.choice(corpus.topics))},
        {"year": f"{start}..{start + 2}"},
        {"language": chance.choice(("en", "ja", "ru"))},
        {"type": chance.choice(("statement", "paragraph"))},
    ]
    return found[kind % len(found)]


def filtered(corpus: Corpus, chance: random.Random, number: int) -> dict[str, str]:
    return {"q": COMMON[number], **a_filter(corpus, chance, number)}


def two_filters(corpus: Corpus, chance: random.Random, number: int) -> dict[str, str]:
    """Half of them without a word."""
    words = {"q": middling(corpus, chance)} if number % 2 else {}
    step = 1 + number // 7 % 6
    return {**words, **a_filter(corpus, chance, number), **a_filter(corpus, chance, number + step)}


def japanese(corpus: Corpus, chance: random.Random, number: int) -> dict[str, str]:
    """A word of two characters, from common to rare; every fourth time a single character."""
    word = corpus.japanese[number * 40]
    return {"q": word[:1] if number % 4 == 3 else word}


def russian(corpus: Corpus, chance: random.Random, number: int) -> dict[str, str]:
    word = corpus.russian[number**3 % 5_000]
    return {"q": f"{word} и" if number % 4 == 3 else word}


def negated(corpus: Corpus, chance: random.Random, number: int) -> dict[str, str]:
    first, second = chance.sample(COMMON, 2)
    if number % 2:
        first = middling(corpus, chance)
    return {"q": f"{first} -{second}"}


def by_country(corpus: Corpus, chance: random.Random, number: int) -> dict[str, str]:
    words = (chance.choice(COMMON), middling(corpus, chance), "")[number % 3]
    return {"q": f"by:{COUNTRIES[number]} {words}".strip()}
