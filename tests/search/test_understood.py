"""What search says that it understood, and what is left when a part of that is taken away."""

from __future__ import annotations

import random
import re
from html import unescape

import pytest
from django.conf import settings
from django.test import Client

from archive.search.state import State
from tests import makers

pytestmark = pytest.mark.django_db

CHIP = re.compile(r'<a class="chip" href="([^"]*)"><span>([^<]*)</span>')


def chips(reader: Client, typed: str) -> dict[str, str]:
    """What is said to be understood, with the query of the address that takes it away."""
    page = reader.get(State(typed).address).content.decode()
    return {unescape(words): unescape(href).partition("?")[2] for href, words in CHIP.findall(page)}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("by:japan", ["by Japan"]),
        ("by:林芳正", ["by HAYASHI Yoshimasa"]),
        ("in:ca-jad", ["in Central Asia plus Japan"]),
        ("in:ca-jad/fm", ["in Central Asia plus Japan: Foreign Ministers’ Meetings"]),
        ("dialogue:g7", ["in G7 Foreign Ministers' Meeting"]),
        ("topic:water about:energy", ["on Water", "on Energy"]),
        ("year:2012", ["in 2012"]),
        ("year:2010..2022", ["from 2010 to 2022"]),
        ("year:2010..", ["from 2010 on"]),
        ("year:..2010", ["until 2010"]),
        ("year:undated", ["without a date"]),
        ("year:2020..2010", ["from 2010 to 2020"]),
        ("verb:reaffirm", ["with the verb “reaffirmed”"]),
        ("verb:confirm", ["with the verb “confirmed the intention” or “confirmed”"]),
        ("strength:pledges", ["of the strength “pledges”"]),
        ("type:meeting", ["among meetings"]),
        ("lang:ja", ["written in Japanese"]),
        ("certainty:unverified", ["of the certainty “not verified”"]),
        ("partner*", ["words that begin with “partner”"]),
        (
            'water -energy NOT by:japan -"rule of law"',
            ["water", "not energy", "not by Japan", 'not "rule of law"'],
        ),
        ("(by:japan OR water energy) law", ["(by Japan or water and energy)", "law"]),
        ("-(water OR in:ca-jad) law", ["not (water or in Central Asia plus Japan)", "law"]),
    ],
)
def test_what_was_understood_is_said_in_words(reader: Client, typed: str, said: list[str]) -> None:
    assert list(chips(reader, typed)) == said
    data = reader.get("/search/", {"q": typed, "format": "json"}).json()
    assert data["in_words"] == said


def test_of_many_that_a_field_may_mean_some_are_named_and_the_others_counted(reader: Client) -> None:
    named = [f"Quokka Forum {letter}" for letter in "FEDCBA"]
    makers.published(*(makers.dialogue(f"q-{name[-1].lower()}", name) for name in named))
    assert list(chips(reader, "in:quokka")) == [
        "in Quokka Forum A, Quokka Forum B, Quokka Forum C, Quokka Forum D or 2 others"
    ]
    assert list(chips(reader, 'in:"quokka forum f"')) == ["in Quokka Forum F"]


def test_conditions_that_find_nothing_are_said_in_words_too(reader: Client) -> None:
    assert list(chips(reader, "qqqqqqqq by:japan -verb:agree")) == [
        "qqqqqqqq",
        "by Japan",
        "not with the verb “agreed”",
    ]


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("by:japan OR by:korea", {"by Japan": "q=by:korea", "by North Korea or South Korea": "q=by:japan"}),
        (
            "water OR energy AND law OR -japan",
            {
                "water": "q=energy+law+OR+-japan",
                "energy and law": "q=water+OR+-japan",
                "not japan": "q=water+OR+energy+law",
            },
        ),
        (
            "rule of law OR (water OR energy",
            {"rule and law": "q=%28water+OR+energy%29", "(water or energy)": "q=rule+of+law"},
        ),
        ("water AND OR energy", {"water": "q=energy", "energy": "q=water"}),
        ("OR water", {"water": ""}),
        ("OR law water", {"law": "q=water", "water": "q=law"}),
        (
            "foo: OR water OR energy",
            {"foo": "q=water+OR+energy", "water": "q=foo+OR+energy", "energy": "q=foo+OR+water"},
        ),
        ("by: OR water OR energy", {"water": "q=energy", "energy": "q=water"}),
        ("verb:qqqq OR water", {"water": ""}),
    ],
)
def test_each_alternative_can_be_taken_away(reader: Client, typed: str, left: dict[str, str]) -> None:
    assert chips(reader, typed) == left


def test_alternatives_are_parted_by_or_and_conditions_by_and(reader: Client) -> None:
    page = reader.get("/search/?q=water+OR+energy+OR+law&country=jp").content.decode()
    understood = page.partition('<div class="understood">')[2].partition("</div>")[0]
    assert re.findall(r'<span class="quiet">(or|and)</span>', understood) == ["or", "or", "and"]


TOKENS = (
    *(
        "water",
        "energy",
        "law",
        "of",
        '"rule of law"',
        "OR",
        "AND",
        "NOT",
        "-",
        "(",
        ")",
        '"',
        "by:japan",
        "in:",
    ),
    *("foo:bar", "verb:qqqq", "-verb:qqqq", "year:2020..2010", "ter*ror", "!!", "year: 2012", "-japan"),
)


def test_what_is_left_of_anything_that_is_typed_has_no_fault(reader: Client) -> None:
    dice = random.Random(77)
    followed = 0
    for _round in range(100):
        typed = " ".join(dice.choice(TOKENS) for _token in range(dice.randint(2, 8)))
        for query in chips(reader, typed).values():
            if query:
                data = reader.get(f"/search/?{query}&format=json").json()
                assert data["faults"] == [], (typed, query)
                followed += 1
    assert followed > 100


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("q=rule+of+law", "rule of law"),
        ("q=year:2010..2022+in:ca-jad+water", "from 2010 to 2022, in Central Asia plus Japan, water"),
        ("q=energy&year=2022&country=jp&country=uz", "energy, Year: 2022, Country: Japan or Uzbekistan"),
        (
            "type=meeting&series=ca-jad/fm",
            "Type: meetings, Series: Central Asia plus Japan: Foreign Ministers’ Meetings",
        ),
        ("country=jp", "Country: Japan"),
        ("q=water+OR+energy&country=jp", "water or energy, Country: Japan"),
    ],
)
def test_titles_say_the_query_and_the_groups_in_words(reader: Client, query: str, title: str) -> None:
    page = unescape(reader.get(f"/search/?{query}").content.decode())
    assert re.findall(r"<title>(.*?)</title>", page) == [f"{title} – Search – {settings.SITE_NAME}"]
    assert reader.get(f"/search/?{query}&format=json").json()["title"] == title
    atom = unescape(reader.get(f"/search/?{query}&format=atom").content.decode())
    assert re.findall("<title>(.*?)</title>", atom)[0] == f"{title} – {settings.SITE_NAME}"
    assert reader.get(f"/search/?{query}&format=feed").json()["title"] == f"{title} – {settings.SITE_NAME}"
