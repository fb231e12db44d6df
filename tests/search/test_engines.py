"""Both engines find what Python finds by reading every entry."""

from __future__ import annotations

import random
from typing import Any

import pytest

from archive.models import Lexeme, SearchEntry
from archive.search import engines
from archive.search.asking import Asking
from archive.search.engines import postgresql, sqlite
from archive.search.expression import (
    EVERYTHING,
    AllOf,
    AnyOf,
    Expression,
    Not,
    Phrase,
    Word,
    fts5,
    holds,
    lexemes_in,
    tsquery,
)

pytestmark = pytest.mark.django_db

QUERIES = (
    "law",
    '"rule of law"',
    "law OR energy",
    "energy -water",
    "-water",
    "NOT (water OR energy)",
    "(water OR energy) AND cooperation",
    "cooperat* terror*",
    "外相会合",
    "林",
    "林芳正",
    "法の支配",
    "Токаев",
    "Встреча министров",
    "Trans-Caspian",
    "by:japan",
    "by:japan verb:reaffirm",
    "in:ca-jad year:2010..2014",
    "type:commitment strength:pledges",
    "year:undated",
    "year:2010 OR law",
    "year:2010..2014 -year:2012",
    "year:2010 year:2011..2014",
    "law year:undated",
    "-type:commitment japan",
    "Kazakhstan’s",
    "the the the",
    '"meeting of"',
)


@pytest.fixture(scope="module")
def streams(django_db_setup: Any, django_db_blocker: Any) -> dict[int, str]:
    """Every entry's stream by its number."""
    with django_db_blocker.unblock():
        entries = SearchEntry.objects.select_related("text", "place", "subject")
        return {entry.pk: f"{entry.text.lexemes}{entry.marks} " for entry in entries}


def brute(expression: Expression, streams: dict[int, str]) -> list[int]:
    return sorted((pk for pk, stream in streams.items() if holds(expression, stream)), reverse=True)


def found(expression: Expression) -> list[int]:
    counts = Lexeme.objects.counts(lexemes_in(expression))
    return engines.newest(expression, 100_000, counts)


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_finds_what_reading_everything_finds(query: str, streams: dict[int, str]) -> None:
    expression = Asking().understand(query).expression
    assert found(expression) == brute(expression, streams)


def test_random_expressions_find_what_reading_everything_finds(streams: dict[int, str]) -> None:
    dice = random.Random(2026)
    texts = [stream.split() for stream in streams.values()]

    def word() -> str:
        return dice.choice(dice.choice(texts))

    def phrase() -> tuple[str, ...]:
        text = [lexeme for lexeme in dice.choice(texts) if not lexeme.startswith("_")] or ["japan"]
        start = dice.randrange(len(text))
        return tuple(text[start : start + dice.randint(2, 4)])

    def expression(depth: int) -> Expression:
        kind = dice.randrange(3 if depth > 2 else 6)
        if kind == 0 or (kind == 1 and depth > 2):
            return Word(word())
        if kind in (1, 2):
            return Phrase(phrase())
        parts = tuple(expression(depth + 1) for _part in range(dice.randint(1, 3)))
        return (AllOf, AnyOf)[kind % 2](parts) if kind < 5 else Not(parts[0])

    for _round in range(300):
        asked = expression(0)
        assert found(asked) == brute(asked, streams), asked


@pytest.mark.parametrize("marks", [postgresql.YEARS, postgresql.MONTHS])
def test_the_walk_over_years_or_months_finds_the_same_as_the_direct_way(
    streams: dict[int, str], monkeypatch: pytest.MonkeyPatch, marks: str
) -> None:
    monkeypatch.setattr(postgresql, "steps", lambda *_asked, **_wide: marks)
    for query in QUERIES:
        expression = Asking().understand(query).expression
        assert found(expression) == brute(expression, streams), query


@pytest.mark.parametrize(
    ("expected", "limit", "is_wide", "marks"),
    [
        (1_000, 100, False, None),
        (1_001, 100, False, postgresql.YEARS),
        (1_501, 100, False, postgresql.MONTHS),
        (10_001, 10_001, False, None),
        (150_015, 10_001, False, postgresql.YEARS),
        (150_016, 10_001, False, postgresql.MONTHS),
        (150_015, 10_001, True, None),
        (150_016, 10_001, True, postgresql.MONTHS),
    ],
)
def test_what_is_walked_depends_on_how_much_there_is(
    expected: int, limit: int, is_wide: bool, marks: str | None
) -> None:
    assert postgresql.steps(expected, limit, is_wide=is_wide) == marks


def test_what_is_expected_together_is_between_chance_and_the_rarest() -> None:
    counts = {"_": 10_000, "water": 2_500, "law": 400}
    both = AllOf((Word("water"), Word("law")))
    assert engines.expected(both, counts) == 200
    assert engines.expected(AllOf((both, Word("unknown"))), counts) == 0
    assert engines.expected(AllOf((Word("law"), Not(Word("water")))), counts) == 400


def test_a_limit_keeps_the_newest(streams: dict[int, str]) -> None:
    every = brute(EVERYTHING, streams)
    assert engines.newest(EVERYTHING, 10, {"_": len(every)}) == every[:10]


def test_an_expression_is_written_for_each_engine() -> None:
    asked = AllOf((Word("water"), AnyOf((Phrase(("rule", "of")), Word("law"))), Not(Word("fire"))))
    assert fts5(asked) == '(("water" AND ("rule of" OR "law")) NOT ("fire"))'
    assert tsquery(asked) == "('water' & (('rule' <-> 'of') | 'law') & ('_' & !'fire'))"
    assert fts5(AllOf((Not(Word("a")), Not(Word("b"))))) == '(("_") NOT ("a" OR "b"))'
    assert sqlite.TABLE != postgresql.TABLE


def test_a_vector_keeps_every_place() -> None:
    assert postgresql.vector("_ law of law _") == "'_':1,5 'law':2,4 'of':3"
