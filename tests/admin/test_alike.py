"""The queue of ministers that may be one person."""

from __future__ import annotations

import pytest
from django.test import Client

from dialogues.likeness import open_questions
from dialogues.models import Distinction, Minister

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/dialogues/minister/alike/"


def test_the_doubtful_of_the_starting_data_are_asked_and_kept_apart() -> None:
    pairs = {frozenset((question.one.slug, question.other.slug)) for question in open_questions()}
    for pair in (
        {"aslov-sirodjidin", "muhriddin-sirojiddin"},
        {"patten-chris", "patten-christopher"},
        {"pompeo-michael", "pompeo-mike"},
        {"hailemariam-desalegn", "hailemariam-dessalegn"},
    ):
        assert frozenset(pair) in pairs


def test_names_in_another_order_or_accent_are_one_minister() -> None:
    assert Minister.objects.filter(sort_name__icontains="kishida").count() == 1
    assert Minister.objects.filter(sort_name__istartswith="aso ").count() == 1
    assert Minister.objects.filter(sort_name__istartswith="suga ").count() == 1
    assert Minister.objects.filter(sort_name__istartswith="kono ").count() == 2


def test_two_persons_are_asked_no_more(editor: Client) -> None:
    one, other = (Minister.objects.get(slug=slug) for slug in ("patten-chris", "patten-christopher"))
    assert "PATTEN Chris" in editor.get(ADDRESS).content.decode()
    assert editor.post(ADDRESS, {"one": other.pk, "other": one.pk}).status_code == 302
    assert Distinction.objects.count() == 1
    assert "PATTEN Chris" not in editor.get(ADDRESS).content.decode()


def test_a_pair_that_is_none_is_refused(editor: Client) -> None:
    pk = Minister.objects.get(slug="patten-chris").pk
    assert editor.post(ADDRESS, {"one": pk, "other": pk}).status_code == 400
    assert editor.post(ADDRESS, {"one": pk, "other": "nobody"}).status_code == 404
    assert editor.post(ADDRESS, {"one": pk}).status_code == 404


def test_a_reader_may_not_see_the_queue(reader: Client) -> None:
    assert reader.get(ADDRESS).status_code == 302
