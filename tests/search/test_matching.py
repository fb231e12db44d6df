"""What postings say is what reading every entry says, whatever is kept of it and however it came to be."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from archive.models import Block, Lexeme, SearchEntry, WordPosting
from archive.search import champions, engines, matching, postings, ranking, writer
from archive.search.asking import Asking
from archive.search.expression import (
    EVERYTHING,
    AllOf,
    AnyOf,
    Expression,
    Not,
    Word,
    holds,
    in_order,
    lexemes_in,
)
from archive.search.matching import Matched, matched
from registry import verbs
from tests import makers
from tests.search.test_engines import QUERIES

pytestmark = pytest.mark.django_db


@pytest.fixture
def everything_kept(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Postings of every word that twenty entries have, in blocks so small that there are several; none is left out."""
    monkeypatch.setattr(postings, "MANY", 20)
    monkeypatch.setattr(postings, "SIZE", 512)
    monkeypatch.setattr(matching, "FEW", 0)
    writer.rebuild()
    assert Block.objects.count() > 2
    assert WordPosting.objects.count() > 500
    yield
    postings._known = postings.Marked()


def read() -> dict[int, str]:
    """Every entry's stream by its slot."""
    slots = dict(zip(*engines.hits(EVERYTHING, 100_000, {}), strict=True))
    entries = SearchEntry.objects.select_related("text", "place", "subject")
    return {slots[entry.pk]: f"{entry.text.lexemes}{entry.marks} " for entry in entries}


def brute(expression: Expression, streams: dict[int, str]) -> set[int]:
    return {slot for slot, stream in streams.items() if holds(expression, stream)}


def found(expression: Expression) -> Matched:
    return matched(expression, Lexeme.objects.counts({"_", *lexemes_in(expression)}), postings.marked())


def random_expression(dice: random.Random, texts: list[list[str]], depth: int = 0) -> Expression:
    kind = dice.randrange(2 if depth > 2 else 7)
    if kind == 0:
        return Word(dice.choice(dice.choice(texts)))
    if kind == 1:
        text = [lexeme for lexeme in dice.choice(texts) if not lexeme.startswith("_")] or ["japan"]
        start = dice.randrange(len(text))
        return in_order(text[start : start + 2])
    parts = tuple(random_expression(dice, texts, depth + 1) for _part in range(dice.randint(1, 3)))
    return (AllOf, AnyOf)[kind % 2](parts) if kind < 6 else Not(parts[0])


@pytest.mark.usefixtures("everything_kept")
def test_postings_say_what_reading_everything_says() -> None:
    streams, dice = read(), random.Random(7)
    texts = [stream.split() for stream in streams.values()]
    asked = [Asking().understand(query).expression for query in QUERIES]
    asked += [random_expression(dice, texts) for _round in range(300)]
    for expression in asked:
        said = found(expression)
        assert set(said.slots) == brute(expression, streams), expression
        assert not said.is_capped


@pytest.mark.usefixtures("everything_kept")
def test_they_follow_what_is_published_corrected_and_withdrawn() -> None:
    talks = makers.published(makers.dialogue("zz-talks", "Talks of Zedland"))
    held = makers.meeting(talks, 3)
    said = makers.statement(held, "Japan and the quokkas cooperate.", "Energy and water.")
    makers.published(held, said)
    water = AllOf((Word("water"), Word("energi")))
    before = len(found(water).slots)
    verbs.withdraw(said, by=None, reason="entered_in_error", note="It was never said.")
    assert len(found(water).slots) == before - 1
    streams = read()
    for query in QUERIES:
        expression = Asking().understand(query).expression
        assert set(found(expression).slots) == brute(expression, streams), query


@pytest.mark.usefixtures("everything_kept")
def test_what_a_transaction_undid_is_not_remembered() -> None:
    before = set(found(EVERYTHING).slots)
    meetings = Word("_k_meeting")
    of_meetings = set(found(meetings).slots)
    try:
        with transaction.atomic():
            makers.published(makers.meeting(makers.published(makers.dialogue("zz-talks")), 3))
            assert len(found(meetings).slots) == len(of_meetings) + 1
            raise RuntimeError
    except RuntimeError:
        pass
    assert set(found(EVERYTHING).slots) == before
    assert set(found(meetings).slots) == of_meetings


@pytest.mark.usefixtures("everything_kept")
def test_more_than_is_shown_is_counted_and_said(reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.search.find.SHOWN", 40)
    streams = read()
    every = len(brute(Word("japan"), streams))
    data = reader.get("/search/?q=japan&format=json").json()
    assert (data["count"], data["is_more"], data["pages"]) == (every, False, 2)
    assert sum(one["count"] for one in data["facets"]["type"]) == every
    page = reader.get("/search/?q=japan").content.decode()
    assert f"{every:,} results" in page
    assert "pages and downloads hold the first 10,000" in page
    lines = b"".join(reader.get("/search/?q=japan&format=jsonl").streaming_content).splitlines()  # type: ignore[attr-defined]
    assert len(lines) == 40
    assert reader.get("/search/?q=japan&page=3").status_code == 404


@pytest.mark.usefixtures("everything_kept")
def test_what_has_no_postings_and_many_hits_is_counted_as_far_as_it_is_read(
    reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matching, "MOST", 5)
    monkeypatch.setattr("archive.search.find.SHOWN", 5)
    data = reader.get('/search/?q="foreign+ministers"&format=json').json()
    assert (data["count"], data["is_more"], data["pages"]) == (5, True, 1)
    assert sum(one["count"] for one in data["facets"]["type"]) == 5
    assert "More than 5 results" in reader.get('/search/?q="foreign+ministers"').content.decode()


@pytest.mark.usefixtures("everything_kept")
def test_the_marks_are_read_again_only_where_they_changed() -> None:
    def asked() -> list[Any]:
        with CaptureQueriesContext(connection) as queries:
            postings.marked()
        return [one["sql"] for one in queries.captured_queries]

    postings.marked()
    assert len(asked()) == 1
    makers.published(makers.dialogue("zz-talks"))
    first, second = asked()
    assert "archive_block" in first
    assert "archive_markposting" in second
    assert len(asked()) == 1


@pytest.mark.usefixtures("everything_kept")
@pytest.mark.parametrize("sort", ["best", "newest"])
def test_pages_one_after_another_are_the_whole_list(
    reader: Client, monkeypatch: pytest.MonkeyPatch, sort: str
) -> None:
    """Where only some hits are ranked, and each page reads no further than it must."""
    for name, number in {"RANKED": 50, "NEWEST": 20, "ENOUGH": 30}.items():
        monkeypatch.setattr(ranking, name, number)
    asked = {"q": "japan", **({"sort": sort} if sort != "best" else {})}
    answer: Any = reader.get("/search/", {**asked, "format": "jsonl"})
    whole = [json.loads(line)["url"] for line in b"".join(answer.streaming_content).splitlines()]
    pages = reader.get("/search/", {**asked, "format": "json"}).json()["pages"]
    found = []
    for page in range(1, pages + 1):
        more = {"page": str(page)} if page > 1 else {}
        found += reader.get("/search/", {**asked, **more, "format": "json"}).json()["results"]
    assert pages > 10
    assert [one["url"] for one in found] == whole
    assert len(set(whole)) == len(whole) == len(brute(Word("japan"), read()))


def test_champions_and_what_is_read_are_ranked_by_one_measure(
    reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where all hits are read beside the champions of a word, their order is as if there were none."""
    for query in ("q=japan", "q=japan&type=meeting", "q=japan+cooperation"):
        monkeypatch.undo()
        monkeypatch.setattr(champions, "FREQUENT", 20)
        monkeypatch.setattr(ranking, "FREQUENT", 20)
        champions.choose()
        read_all = ordered(reader, f"{query}&format=jsonl")
        for name, number in {"RANKED": 10, "ENOUGH": 10_000, "NEWEST": 10_000}.items():
            monkeypatch.setattr(ranking, name, number)
        assert len(read_all) > 50
        assert ordered(reader, f"{query}&format=jsonl") == read_all, query


def ordered(reader: Client, query: str) -> list[str]:
    cache.clear()
    answer: Any = reader.get(f"/search/?{query}")
    return [json.loads(line)["url"] for line in b"".join(answer.streaming_content).splitlines()]
