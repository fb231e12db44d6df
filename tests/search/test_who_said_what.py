"""A minister stands for what they said, not for all that was said where they were."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

import pytest
from django.test import Client

from dialogues.models import Minister
from tests import makers
from tests.research.archive_in_yaml import delegates, outcomes, standing

pytestmark = pytest.mark.django_db
NAMES = ("Kanga", "Quokka", "Wombat")
NATURES = ("commitment", "remark", "background")


def asked(reader: Client, address: str) -> dict[str, Any]:
    data: dict[str, Any] = reader.get(address, headers={"accept": "application/json"}).json()
    return data


def as_the_files_say() -> Counter[tuple[str, str]]:
    """How many outcomes of each nature each minister made, by (pid, nature)."""
    ministers, found = standing("ministers"), Counter()
    for held, outcome in outcomes():
        actors, nature = outcome.get("actors", []), outcome.get("nature", "commitment")
        made = {
            one["minister"]
            for delegation, one in delegates(held)
            if "minister" in one
            and delegation["presence"] in ("attended", "represented")
            and (delegation["country"] in actors or (not actors and "extent" not in outcome))
        }
        found.update((ministers[slug]["pid"], nature) for slug in made)
    return found


def test_the_groups_beside_a_search_count_for_each_minister_what_they_said(reader: Client) -> None:
    expected = as_the_files_say()
    for nature in NATURES:
        values = asked(reader, f"/search/?type={nature}")["facets"]["minister"]
        shown = {(value["value"], nature): value["count"] for value in values}
        assert shown == {key: count for key, count in expected.items() if key[1] == nature}


def test_the_list_and_the_search_agree(reader: Client) -> None:
    expected = as_the_files_say()
    ministers = sorted(Minister.objects.public(), key=lambda one: one.pk)
    for minister in random.Random(9).sample(ministers, 30):
        for nature in NATURES:
            listed = asked(reader, f"/commitments/?minister={minister.slug}&nature={nature}")["count"]
            found = asked(reader, f"/search/?type={nature}&minister={minister.pk}")["count"]
            assert listed == found == expected[minister.pk, nature], (minister.slug, nature)


def test_what_was_said_beside_a_minister_is_not_theirs(reader: Client) -> None:
    """At the ninth meeting of 2022 Hayashi made three of six remarks; at the eighth, all three."""
    remarks = {hit["title"] for hit in asked(reader, "/search/?q=by:hayashi&type=remark")["results"]}
    assert len(remarks) == 6
    assert not any(title.startswith(("Tileuberdi", "Muhriddin", "Meredov")) for title in remarks)
    meredov = asked(reader, "/search/?q=by:meredov+meeting+take+stock&type=remark")["results"]
    assert [hit["title"].split()[0] for hit in meredov] == ["Meredov"]


@pytest.fixture
def three() -> dict[str, Any]:
    """A meeting of Kangaland in the chair, Quokkaland and Wombatland, and who came for each."""
    held = makers.meeting(makers.published(makers.dialogue()))
    lands = [makers.country(f"x{letter}", f"{name}land") for letter, name in zip("kqw", NAMES, strict=True)]
    people = [
        makers.minister(f"{name.upper()} Kim", of=land) for name, land in zip(NAMES, lands, strict=True)
    ]
    makers.published(*lands, *people)
    for land, person in zip(lands, people, strict=True):
        makers.attend(held, land, person, str(person), presiding="chair" if land is lands[0] else "")
    return {"held": held, "lands": lands, "people": people}


def of_each(reader: Client, three: dict[str, Any], kind: str) -> list[int]:
    """How many of a kind the chair, the Quokka and the Wombat said."""
    searches = [f"/search/?type={kind}&minister={person.pk}" for person in three["people"]]
    return [asked(reader, search)["count"] for search in searches]


@pytest.mark.parametrize(
    ("authority", "issuers", "expected"),
    [
        ("collective", [], [1, 1, 1]),
        ("collective", [1, 2], [0, 1, 1]),
        ("one_party", [1], [0, 1, 0]),
        ("one_party", [], [0, 0, 0]),
        ("chair", [], [1, 0, 0]),
    ],
)
def test_a_statement_and_its_paragraphs_are_those_of_who_issued_it(
    reader: Client, three: dict[str, Any], authority: str, issuers: list[int], expected: list[int]
) -> None:
    said = makers.statement(three["held"], "They will protect them.")
    said.authority = authority
    said.save()
    said.issuers.set(three["lands"][number] for number in issuers)
    makers.published(three["held"], said)
    assert of_each(reader, three, "statement") == of_each(reader, three, "paragraph") == expected


@pytest.mark.parametrize(
    ("extent", "actors", "expected"),
    [
        ("all", [], [1, 1, 1]),
        ("all", [0, 1, 2], [1, 1, 1]),
        ("all", [0, 1], [1, 1, 0]),
        ("one", [2], [0, 0, 1]),
        ("some", [], [0, 0, 0]),
    ],
)
def test_a_commitment_is_that_of_who_made_it(
    reader: Client, three: dict[str, Any], extent: str, actors: list[int], expected: list[int]
) -> None:
    made = makers.commitment(three["held"], extent=extent)
    made.actors.set(three["lands"][number] for number in actors)
    makers.published(three["held"], made)
    assert of_each(reader, three, "commitment") == expected
    lists = [f"/commitments/?minister={person.slug}" for person in three["people"]]
    assert [asked(reader, address)["count"] for address in lists] == expected
