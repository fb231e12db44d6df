"""Sixty quotations, exact, altered, joined and invented, in three languages: each gets the verdict it deserves."""

from __future__ import annotations

import html
from collections import Counter
from typing import Any

import pytest
from django.test import Client

from meetings.models import Statement
from registry.models import Edition
from tests.verify.conftest import PLANTED

pytestmark = pytest.mark.django_db
Planted = dict[str, Statement]


def words_of(quotation: dict[str, Any]) -> str:
    """The words, or those of a paragraph of the starting data."""
    if quotation["words"]:
        return str(quotation["words"])
    _fixtures, path, number = quotation["at"]
    edition = Edition.objects.get(pid__path=path)
    return str(edition.data["texts"][0]["paragraphs"][number]["text"])


def verdict_of(reader: Client, words: str) -> dict[str, Any]:
    answer = reader.post("/verify/?format=json", {"text": f"“{words}”"})
    assert answer.status_code == 200
    (verdict,) = answer.json()["passages"]
    assert verdict["passage"] == words
    return dict(verdict)


def test_the_set_is_what_it_says() -> None:
    counts = Counter(one["expected"] for one in PLANTED["quotations"])
    assert counts == {"exact": 20, "differs": 20, "joined": 10, "not_found": 10}
    assert {one["language"] for one in PLANTED["statements"].values()} == {"en", "ja", "ru"}


def test_every_exact_one_is_found_where_it_stands(reader: Client, planted: Planted) -> None:
    for one in (one for one in PLANTED["quotations"] if one["expected"] == "exact"):
        words = words_of(one)
        verdict = verdict_of(reader, words)
        assert verdict["verdict"] == "exact", words
        if one["at"][0] == "fixtures":
            assert any(f"/{one['at'][1]}@1/" in place["url"] for place in verdict["places"])
            continue
        name, key = one["at"]
        (place,) = verdict["places"]
        assert (place["id"], place["paragraph"], place["stands"]) == (planted[name].pk, key, True)
        assert place["language"] == PLANTED["statements"][name]["language"]


def test_no_altered_one_is_called_exact(reader: Client, planted: Planted) -> None:
    for one in (one for one in PLANTED["quotations"] if one["expected"] == "differs"):
        verdict = verdict_of(reader, one["words"])
        assert verdict["verdict"] in ("differs", "joined", "not_found"), one["words"]


def test_what_was_altered_is_shown(reader: Client, planted: Planted) -> None:
    for one in (one for one in PLANTED["quotations"] if one["expected"] == "differs"):
        verdict = verdict_of(reader, one["words"])
        assert verdict["verdict"] == "differs", one["words"]
        assert "".join(text for what, text in verdict["difference"] if what != "removed") == one["words"]
        assert any(what != "same" for what, _text in verdict["difference"])
        if one["how"] in ("number", "negation"):
            assert one["how"] in verdict["changes"], (one["words"], verdict["difference"])


def test_joined_ones_are_told_with_each_part(reader: Client, planted: Planted) -> None:
    for one in (one for one in PLANTED["quotations"] if one["expected"] == "joined"):
        verdict = verdict_of(reader, one["words"])
        assert verdict["verdict"] == "joined", one["words"]
        assert [part["verdict"] for part in verdict["parts"]] == ["exact", "exact"], one["words"]


def test_invented_ones_are_not_found(reader: Client, planted: Planted) -> None:
    for one in (one for one in PLANTED["quotations"] if one["expected"] == "not_found"):
        assert verdict_of(reader, one["words"])["verdict"] == "not_found", one["words"]


def test_every_address_answers_and_holds_the_words(reader: Client, planted: Planted) -> None:
    asked = 0
    for one in PLANTED["quotations"]:
        verdict = verdict_of(reader, words_of(one))
        for found in (verdict, *verdict["parts"]):
            if found["verdict"] != "exact":
                continue
            for place in found["places"]:
                page = reader.get(place["url"].removeprefix("http://127.0.0.1:8000"))
                assert page.status_code == 200, place["url"]
                assert found["passage"] in html.unescape(page.content.decode()), place["url"]
                asked += 1
    assert asked >= 40


def test_an_article_has_each_of_its_quotations_checked(reader: Client, planted: Planted) -> None:
    article = "\n\n".join(f"The report says “{words_of(one)}”, we are told." for one in PLANTED["quotations"])
    answer = reader.post("/verify/?format=json", {"text": article}).json()
    assert len(answer["passages"]) == 60
    assert answer["counts"] == {
        "exact": 20, "same": 0, "differs": 20, "joined": 10, "not_found": 10, "withdrawn": 0, "too_short": 0,
    }  # fmt: skip
