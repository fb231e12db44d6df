"""What is indexed beside the words of a large archive, pairs and beginnings: all finds what it found without them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from archive.models import Lexeme
from archive.search import beginnings, neighbours
from registry import verbs
from tests import makers

ASKED = [
    '"rule of law"',
    '"of the"',
    '"the of"',
    '"the ministers of"',
    '"in the field of"',
    '"the ministers" -"of the"',
    '"central asia plus japan"',
    '"central asia" OR "of the ministers"',
    '"日本"',
    "con*",
    "part* -par*",
    "con* energy",
    '"rule of law" OR cou*',
    "сот*",
    "policies*",
]


def found(reader: Client, query: str) -> tuple[int, list[tuple[str, str]]]:
    """How many hits there are, and each of them by its address, the newest first."""
    asked = {"q": query, "sort": "newest"}
    page = reader.get("/search/", {**asked, "format": "json"}).json()
    lines = reader.get("/search/", {**asked, "format": "jsonl"}).getvalue().splitlines()
    return page["count"], [(one["url"], one["words"]) for one in map(json.loads, lines)]


def rebuild_as_if_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Words of more than twenty entries are paired, beginnings of words that as many have are kept."""
    monkeypatch.setattr(neighbours, "FREQUENT", 20)
    monkeypatch.setattr(beginnings, "WIDE", 20)
    call_command("rebuild_index", verbosity=0)


@pytest.fixture
def large(db: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    rebuild_as_if_large(monkeypatch)


def test_the_same_is_found_with_pairs_and_beginnings_and_without(
    reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    call_command("rebuild_index", verbosity=0)
    for mark in (neighbours.PAIR, beginnings.BEGUN):
        assert not Lexeme.objects.under(mark).exists()
    before = {query: found(reader, query) for query in ASKED}
    assert before['"of the"'][0] > 100 < before["con*"][0]
    rebuild_as_if_large(monkeypatch)
    assert Lexeme.objects.filter(lexeme__in=["_p_of_the", "_b_con"]).count() == 2
    assert {query: found(reader, query) for query in ASKED} == before


@pytest.mark.usefixtures("large")
def test_what_is_published_and_withdrawn_afterwards_is_found_and_is_not(reader: Client) -> None:
    begun = found(reader, "con*")[0]
    held = makers.meeting(makers.published(makers.dialogue()))
    said = makers.statement(
        held, "Ministers of the of to the sea met.", "The to of and met.", "They contradicted one another."
    )
    makers.published(held, said)
    assert found(reader, '"the of to the"')[0] == 1
    assert found(reader, '"the to of and"')[0] == 1
    assert found(reader, '"to the of"')[0] == 0
    assert found(reader, "con*")[0] == begun + 1
    assert Lexeme.objects.filter(lexeme="_p_of_to").exists()
    verbs.withdraw(said, by=None, reason="entered_in_error", note="Never said.")
    assert found(reader, '"the of to the"')[0] == 0
    assert found(reader, "con*")[0] == begun


@pytest.mark.usefixtures("large")
def test_repairing_the_index_keeps_what_is_beside(reader: Client) -> None:
    before = [found(reader, query) for query in ('"of the"', "con*")]
    call_command("rebuild_index", missing=True, verbosity=0)
    assert [found(reader, query) for query in ('"of the"', "con*")] == before
    assert Lexeme.objects.filter(lexeme__in=["_p_of_the", "_b_con"]).count() == 2
