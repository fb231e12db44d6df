"""Beginnings of very many words, kept as one lexeme each when the index is made anew, find what they found before."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from archive.models import Lexeme
from archive.search import beginnings
from registry import verbs
from tests import makers

ASKED = ["con*", "reg*", "part* -par*", "con* energy", '"rule of law" OR cou*', "сот*", "policies*"]


def found(reader: Client, query: str) -> tuple[int, list[str]]:
    """How many hits there are, and the addresses of all in their order."""
    asked = {"q": query, "format": "json", "page": "all", "sort": "newest"}
    data = json.loads(reader.get("/search/", asked).getvalue())
    return data["count"], [one["url"] for one in data["results"]]


@pytest.fixture
def kept(db: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beginnings of words that twenty entries have are kept."""
    monkeypatch.setattr(beginnings, "WIDE", 20)
    call_command("rebuild_index", verbosity=0)


def test_a_small_archive_keeps_none(db: Any) -> None:
    call_command("rebuild_index", verbosity=0)
    assert not Lexeme.objects.under(beginnings.BEGUN).exists()


def test_a_beginning_finds_the_same_whether_it_is_kept_or_not(
    reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    call_command("rebuild_index", verbosity=0)
    before = {query: found(reader, query) for query in ASKED}
    assert before["con*"][0] > 100
    monkeypatch.setattr(beginnings, "WIDE", 20)
    call_command("rebuild_index", verbosity=0)
    assert Lexeme.objects.filter(lexeme="_b_con").exists()
    assert {query: found(reader, query) for query in ASKED} == before


@pytest.mark.usefixtures("kept")
def test_what_is_published_and_withdrawn_afterwards_is_found_and_is_not(reader: Client) -> None:
    before = found(reader, "con*")[0]
    held = makers.meeting(makers.published(makers.dialogue()))
    said = makers.statement(held, "They contradicted one another.")
    makers.published(held, said)
    count, addresses = found(reader, "con*")
    assert count == before + 1
    assert [one for one in addresses if one.endswith("/joint-statement/en/~p1/")] != []
    verbs.withdraw(said, by=None, reason="entered_in_error", note="Never said.")
    assert found(reader, "con*")[0] == before
