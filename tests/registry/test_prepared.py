"""Queries that are written once: the same rows for any values, whatever the first were."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from archive.models import Lexeme
from registry.models import Pid, Prepared

pytestmark = pytest.mark.django_db


@pytest.fixture
def some() -> list[Pid]:
    return [Pid.objects.mint(kind) for kind in ("topic", "topic", "country")]


def test_a_query_is_written_once_and_asked_with_any_values(some: list[Pid]) -> None:
    times: list[int] = []

    def write(values: object, kind: object) -> QuerySet[Pid]:
        times.append(1)
        return (
            Pid.objects.filter(value__among=values, kind=kind.exactly)
            .order_by("pk")
            .values_list("pk", "kind")
        )

    prepared = Prepared(write)
    topics = sorted([some[0].pk, some[1].pk])
    every = {one.pk for one in some}
    with CaptureQueriesContext(connection) as asked:
        assert prepared.rows(every, "topic") == [(topics[0], "topic"), (topics[1], "topic")]
        assert prepared.rows({topics[1]}, "topic") == [(topics[1], "topic")]
        assert prepared.rows(frozenset(every), "country") == [(some[2].pk, "country")]
        assert prepared.rows(set(), "topic") == []
    assert (len(times), len(asked)) == (1, 4)


def test_numbers_and_texts_keep_their_kind() -> None:
    odd = "“it’s 100%s”"
    Lexeme.objects.bulk_create([Lexeme(lexeme=odd, entries=3), Lexeme(lexeme="“other”", entries=4)])
    found = Prepared(
        lambda entries, lexemes: Lexeme.objects.filter(
            entries=entries.exactly, lexeme__among=lexemes
        ).values_list("lexeme", "entries")
    )
    assert found.rows(3, {odd, "“other”"}) == [(odd, 3)]
    assert found.rows(4, {odd}) == []


def test_what_is_always_the_same_stays_in_the_query(some: list[Pid]) -> None:
    newest = Prepared(lambda: Pid.objects.filter(kind="country").values_list("kind")[:1])
    assert newest.rows() == [("country",)]
