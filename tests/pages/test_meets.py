"""Who meets whom: matrix, lists and rows hold the same numbers, and each leads to its dialogues."""

from __future__ import annotations

import random

import pytest
from django.test import Client

from dialogues.models import Country, Membership
from tests.makers import attend, country, dialogue, meeting, published
from tests.pages.pictured import SITE, data, page

pytestmark = pytest.mark.django_db


def together(one: str, other: str) -> set[str]:
    """Dialogues of both, without the site’s own sentence."""
    of = [
        set(Membership.objects.filter(country__code=code).values_list("dialogue__code", flat=True))
        for code in (one, other)
    ]
    return of[0] & of[1]


@pytest.mark.parametrize("least", [2, 3, 5, 9])
def test_the_matrix_the_lists_and_the_rows_hold_the_same_numbers(reader: Client, least: int) -> None:
    path = f"/pictures/meets/?least={least}"
    found = data(reader, path)
    rows = {(row["country_code"], row["other_code"]): row["dialogues"] for row in found["results"]}
    assert len(rows) == found["count"]
    shown = page(reader, path)
    cells = shown.xpath("//table[@class='heat']//td/a[not(@class='itself')]")
    wanted = sorted((row["url"].removeprefix(SITE), row["dialogues"]) for row in found["results"])
    assert sorted((cell.get("href"), int(cell.text)) for cell in cells) == sorted(wanted * 2)
    listed = shown.xpath("//div[@class='heat-lists']//li[span]")
    assert sorted((one.find("a").get("href"), int(one.find("span").text)) for one in listed) == sorted(
        wanted * 2
    )
    assert len(shown.xpath("//table[@class='heat']/tbody/tr")) == found["members"]
    for one, other in random.Random(least).sample(sorted(rows), min(len(rows), 25)):
        assert rows[one, other] == len(together(one, other))


def test_each_cell_leads_to_exactly_the_dialogues_of_both(reader: Client) -> None:
    for row in random.Random(7).sample(data(reader, "/pictures/meets/")["results"], 30):
        found = data(reader, row["url"].removeprefix(SITE))
        assert found["count"] == row["dialogues"]
        assert {one["code"] for one in found["results"]} == together(row["country_code"], row["other_code"])


def test_the_diagonal_leads_to_the_dialogues_of_the_country(reader: Client) -> None:
    for cell in page(reader, "/pictures/meets/").xpath("//table[@class='heat']//a[@class='itself']"):
        found = data(reader, cell.get("href"))
        assert len(found["dialogues"]) == int(cell.text)
        assert all(row["dialogues"] > 0 for row in found["results"])


def test_the_five_of_central_asia_meet_most_often(reader: Client) -> None:
    assert data(reader, "/pictures/meets/")["said"] == (
        "20 members of 3 dialogues or more. Most often together, in 9 dialogues: each two of Kazakhstan, Kyrgyzstan, "
        "Tajikistan, Turkmenistan, Uzbekistan."
    )


def test_memberships_of_drafts_and_of_draft_countries_do_not_count(reader: Client) -> None:
    japan = Country.objects.get(code="jp")
    here, nowhere = country("xa", "Examplia"), country("xb", "Draftland")
    of, draft = dialogue("xx-one", "Example One"), dialogue("xx-two", "Example Two")
    for framework in (of, draft):
        for member in (japan, here, nowhere):
            Membership.objects.create(dialogue=framework, country=member, end="2015")
    published(here, of)
    found = data(reader, "/pictures/meets/jp/xa/")
    assert [(row["code"], row["memberships"]) for row in found["results"]] == [
        ("xx-one", "Examplia: member, until 2015; Japan: member, until 2015")
    ]
    assert reader.get("/pictures/meets/jp/xb/").status_code == 404
    assert reader.get("/pictures/meets/xb/").status_code == 404


def test_a_pair_stands_at_one_address(reader: Client) -> None:
    moved = reader.get("/pictures/meets/kz/jp/")
    assert (moved.status_code, moved["Location"]) == (301, "/pictures/meets/jp/kz/")
    assert reader.get("/pictures/meets/jp/jp/").status_code == 404
    assert data(reader, "/pictures/meets/au/kg/")["count"] == 0


def test_a_country_that_came_but_is_no_member_is_in_no_pair(reader: Client) -> None:
    here, of = country("xa", "Examplia"), dialogue("xx-guest", "Example Guest")
    held = meeting(of)
    attend(held, here)
    published(here, of, held)
    assert reader.get("/pictures/meets/xa/").status_code == 404
