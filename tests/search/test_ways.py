"""Ways on where a search finds nothing: each is followed, and gives exactly what it was offered with."""

from __future__ import annotations

import random
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from archive.search.state import State

pytestmark = pytest.mark.django_db


def found(reader: Client, q: str, **more: str) -> dict[str, Any]:
    data: dict[str, Any] = reader.get("/search/", {"q": q, "format": "json", **more}).json()
    return data


def followed(reader: Client, data: dict[str, Any]) -> list[tuple[str, str]]:
    """What each way on says and asks, once it has given what it was offered with."""
    for one in data["wider"]:
        answer = reader.get(one["url"])
        assert answer.status_code == 200, one
        there = reader.get(one["url"], headers={"accept": "application/json"}).json()
        assert there["count"] == one["count"] > 0, one
        assert there["searched_instead"] is None
    return [(one["says"], one["url"].partition("?")[2]) for one in data["wider"]]


@pytest.mark.parametrize(
    ("typed", "ways"),
    [
        ('"rule law"', [("without quotation marks", "q=rule+law")]),
        ('"law AND rule"', [("without quotation marks", "q=law+and+rule")]),
        ('watr "rule of law"', [("water", "q=water"), ("without “watr”", "q=%22rule+of+law%22")]),
        ("title:water", [("water", "q=water")]),
        ("title:watr", [("water", "q=water")]),
        ('title:"rule of law"', [('"rule of law"', "q=%22rule+of+law%22")]),
        (
            "law title:qqqqqqqq",
            [("without “title qqqqqqqq”", "q=law")],
        ),
        (
            "verb:urge",
            [
                ("with the verb “called on”", "q=verb:called_on"),
                ("with the verb “proposed”", "q=verb:proposed"),
                ("urge", "q=urge"),
            ],
        ),
        ("verb:qqqqqqqq", [("all commitments", "type=commitment")]),
        ("in:nowhere", [("all dialogues", "type=dialogue")]),
        ("by:qqqqqqqq", [("all countries", "type=country"), ("all ministers", "type=minister")]),
        ("lang:japanese", [("japanese", "q=japanese")]),
        ("year:law", [("law", "q=law")]),
        (
            "certainty:nonsense",
            [
                ("of the certainty “read in a source”", "q=certainty:verified"),
                ("of the certainty “inferred”", "q=certainty:inferred"),
                ("of the certainty “not verified”", "q=certainty:unverified"),
            ],
        ),
        ("qqqqqqqq by:japan -verb:agree", [("without “qqqqqqqq”", "q=by:japan+-verb:agree")]),
        ("qqqqqqqq -japan", [("without “qqqqqqqq”", "q=-japan")]),
    ],
)
def test_ways_on_give_what_they_say(reader: Client, typed: str, ways: list[tuple[str, str]]) -> None:
    data = found(reader, typed)
    assert (data["count"], followed(reader, data)) == (0, ways)
    page = unescape(reader.get(State(typed).address).content.decode())
    for one in data["wider"]:
        results = "result" if one["count"] == 1 else "results"
        assert f">{one['says']}: {one['count']} {results}</a>" in page


def test_a_word_that_is_misspelt_within_a_phrase_is_searched_as_it_was_meant(reader: Client) -> None:
    data = found(reader, '"ruel of law"')
    assert data["searched_instead"] == '"rule of law"'
    assert data["count"] == found(reader, '"rule of law"')["count"] > 0


@pytest.mark.parametrize(
    ("typed", "read", "said"),
    [
        ("verb:reafirm", "verb:reaffirmed", "“reafirm” is not known here; it was read as “reaffirmed”."),
        ("type:meetngs", "type:meeting", "“meetngs” is not known here; it was read as “meetings”."),
        (
            "year:2010-2022",
            "year:2010..2022",
            "Two dots stand between years; it was read as “year:2010..2022”.",
        ),
        (
            "year:2010–2022",
            "year:2010..2022",
            "Two dots stand between years; it was read as “year:2010..2022”.",
        ),
        (
            "year:2022/2010",
            "year:2010..2022",
            "The earlier year stands first; it was read as “year:2010..2022”.",
        ),
        ("by:japn", "by:japan", "Nothing is called “japn” that “by:” could mean; it was read as “japan”."),
        (
            "topic:watr",
            "topic:water",
            "Nothing is called “watr” that “topic:” could mean; it was read as “water”.",
        ),
    ],
)
def test_a_value_that_is_written_in_another_way_is_read_and_that_is_said(
    reader: Client, typed: str, read: str, said: str
) -> None:
    data = found(reader, typed)
    assert data["count"] == found(reader, read)["count"] > 0
    assert [fault["message"] for fault in data["faults"]] == [said]
    assert data["understood"] == [read]


def test_verbs_are_found_by_every_form_of_the_lexicon(reader: Client) -> None:
    for form in ('verb:"calls upon"', "verb:призвали"):
        data = found(reader, form)
        assert data["in_words"] == ["with the verb “called on”"]
        assert data["count"] == found(reader, "", verb="called_on")["count"]
        assert data["faults"] == []


def test_a_verb_that_there_is_not_is_answered_with_those_there_are_in_words(reader: Client) -> None:
    [fault] = found(reader, "verb:qqqqqqqq")["faults"]
    assert "confirmed the intention, announced" in fault["message"]
    assert "_" not in fault["message"]


@pytest.mark.parametrize(
    ("typed", "meant"), [("Dec 2022", "December 2022"), ("Sept. 2023", "September 2023")]
)
def test_an_abbreviated_month_beside_a_number_is_the_month(reader: Client, typed: str, meant: str) -> None:
    data = found(reader, typed)
    assert data["searched_instead"] is None
    assert data["count"] == found(reader, meant)["count"] > 0
    assert data["results"][0]["date"][:7] == found(reader, meant)["results"][0]["date"][:7]


def test_a_year_is_no_alternative_to_words(reader: Client) -> None:
    first = found(reader, "terrorism Tashkent", year="2004")
    assert (first["count"], [one["says"] for one in first["wider"]][:1]) == (0, ["without “Tashkent”"])
    data = found(reader, "law wwwwwwww 1999 -qqqqqqqq year:2003..2005")
    assert data["count"] == 0
    assert all("OR+1999" not in query for _says, query in followed(reader, data))


def test_a_choice_of_groups_that_finds_nothing_has_ways_on_without_words(reader: Client) -> None:
    address = State("", {"type": ("minister",), "verb": ("adopted",)}).address
    data = reader.get(f"{address}&format=json").json()
    assert data["count"] == 0
    assert [one["says"] for one in data["wider"]] == ["without “Type: ministers”", "without “Verb: adopted”"]
    followed(reader, data)


TOKENS = (
    *(
        "water",
        "watr",
        "enrgy",
        "law",
        "of",
        '"rule law"',
        '"ruel of law"',
        "OR",
        "NOT",
        "-",
        "(",
        ")",
        "by:japan",
    ),
    *(
        "foo:bar",
        "verb:urge",
        "verb:reafirm",
        "in:nowhere",
        "year:2020-2010",
        "1999",
        "Dec",
        "qqqqqqqq",
        "title:water",
    ),
)


def test_whatever_finds_nothing_offers_only_what_finds_exactly_that(reader: Client) -> None:
    dice = random.Random(303)
    offered = 0
    for _round in range(100):
        typed = " ".join(dice.choice(TOKENS) for _token in range(dice.randint(1, 5)))
        data = found(reader, typed)
        if not data["count"]:
            offered += len(followed(reader, data))
    assert offered > 50


def test_ways_on_cost_few_queries_whatever_was_typed(reader: Client) -> None:
    typed = " ".join(
        [*(f'by:"qq{n} zz{n}"' for n in range(12)), *(f'"qq{n} law"' for n in range(12)), "verb:urge"]
    )
    with CaptureQueriesContext(connection) as captured:
        assert reader.get("/search/", {"q": typed, "format": "json"}).status_code == 200
    assert len(captured) < 120
