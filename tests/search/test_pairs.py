"""Frequent words that are paired when the index is made anew: their phrases find what they found before."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from archive.models import Lexeme
from archive.search import neighbours
from registry import verbs
from tests import makers

PHRASES = [
    '"rule of law"',
    '"of the"',
    '"the of"',
    '"the ministers of"',
    '"in the field of"',
    '"the ministers" -"of the"',
    '"central asia plus japan"',
    '"central asia" OR "of the ministers"',
    '"日本"',
]


def found(reader: Client, query: str) -> tuple[int, set[tuple[str, str]]]:
    """How many hits there are, and each of them by its address."""
    page = reader.get("/search/", {"q": query, "format": "json"}).json()
    lines = reader.get("/search/", {"q": query, "format": "jsonl"}).getvalue().splitlines()
    return page["count"], {(one["url"], one["words"]) for one in map(json.loads, lines)}


@pytest.fixture
def paired(db: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Words of more than twenty entries are paired."""
    monkeypatch.setattr(neighbours, "FREQUENT", 20)
    call_command("rebuild_index", verbosity=0)


def test_phrases_find_the_same_whether_their_words_are_paired_or_not(
    reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    call_command("rebuild_index", verbosity=0)
    assert not Lexeme.objects.under(neighbours.PAIR).exists()
    before = {phrase: found(reader, phrase) for phrase in PHRASES}
    assert before['"of the"'][0] > 100
    monkeypatch.setattr(neighbours, "FREQUENT", 20)
    call_command("rebuild_index", verbosity=0)
    assert Lexeme.objects.filter(lexeme="_p_of_the").exists()
    assert {phrase: found(reader, phrase) for phrase in PHRASES} == before


@pytest.mark.usefixtures("paired")
def test_what_is_published_and_withdrawn_after_words_were_paired_is_found_and_is_not(reader: Client) -> None:
    dialogue = makers.dialogue()
    meeting = makers.meeting(dialogue)
    statement = makers.statement(meeting, "Ministers of the of to the sea met.", "The to of and met.")
    makers.published(dialogue, meeting, statement)
    assert found(reader, '"the of to the"')[0] == 1
    assert found(reader, '"the to of and"')[0] == 1
    assert found(reader, '"to the of"')[0] == 0
    assert Lexeme.objects.filter(lexeme="_p_of_to").exists()
    verbs.withdraw(statement, by=None, reason="entered_in_error", note="Never held.")
    assert found(reader, '"the of to the"')[0] == 0


@pytest.mark.usefixtures("paired")
def test_repairing_the_index_keeps_its_pairs(reader: Client) -> None:
    before = found(reader, '"of the"')
    call_command("rebuild_index", missing=True, verbosity=0)
    assert found(reader, '"of the"') == before
