"""The map of hosts: a dot for each place, all meetings add up, no borders."""

from __future__ import annotations

import csv
import io

import pytest
from django.test import Client
from lxml import etree

from meetings.models import MeetingPlace
from tests.makers import country, dialogue, meeting, published
from tests.pages.pictured import SITE, SVG, counted, data, drawing, page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "path", ["/pictures/hosts/", "/pictures/hosts/?dialogue=ca-jad", "/pictures/hosts/?dialogue=quad"]
)
def test_the_map_has_a_dot_for_each_row_with_a_place_and_all_meetings_add_up(
    reader: Client, path: str
) -> None:
    found = data(reader, path)
    placed = {row["url"].removeprefix(SITE): row["meetings"] for row in found["results"] if row["latitude"]}
    shown = page(reader, path)
    wide = [one.get("href") for one in shown.xpath("//svg[@class='wide']/a")]
    assert len(wide) == len(placed)
    assert set(wide) == set(placed)
    narrow = [one.get("href") for one in shown.xpath("//div[@class='narrow parts']//svg/a")]
    assert sorted(narrow) == sorted(wide)
    assert {one.get("href").removeprefix(SITE) for one in drawing(reader, path).iter(f"{SVG}a")} == set(
        placed
    )
    assert found["held"] == found["placed"] + found["online"] + found["unknown"]
    narrowed = path.partition("?")[2]
    assert found["held"] == counted(reader, f"/meetings/?status=held&{narrowed}")
    for link in shown.xpath("//svg[@class='wide']/a"):
        assert int(link.get("aria-label").rpartition(": ")[2]) == placed[link.get("href")]


def test_every_place_and_country_leads_to_exactly_its_meetings(reader: Client) -> None:
    found = data(reader, "/pictures/hosts/")
    for row in [*found["results"], *found["countries"]]:
        if row["url"]:
            assert counted(reader, row["url"]) == row["meetings"], row
    listed = page(reader, "/pictures/hosts/").xpath("//table[contains(@class,'hosted')]/tbody/tr")
    assert [
        (row.xpath("td[2]/a")[0].get("href"), int(row.xpath("td[2]")[0].text_content())) for row in listed
    ] == [(row["url"].removeprefix(SITE), row["meetings"]) for row in found["countries"]]


def test_where_the_starting_data_met(reader: Client) -> None:
    found = data(reader, "/pictures/hosts/")
    assert (found["held"], found["placed"], found["several"], found["online"], found["unknown"]) == (
        434,
        395,
        3,
        28,
        11,
    )
    assert [(one["code"], one["meetings"]) for one in found["countries"][:3]] == [
        ("jp", 92),
        ("us", 22),
        ("kr", 20),
    ]
    places = {(row["country_code"], row["place"]): row["meetings"] for row in found["results"]}
    assert places["jp", "Tokyo"] == 71
    assert places["kz", "Astana"] == 12
    assert places["us", "Washington, D.C."] == 5 + 2
    off = [row["place"] for row in found["results"] if not row["latitude"]]
    assert sorted(off) == ["Tomamu, Hokkaido", "Weissenhaus"]
    text = page(reader, "/pictures/hosts/").text_content()
    assert "Not on the map: " in text
    assert "Tomamu, Hokkaido, Japan (1)" in text


def test_places_of_meetings_that_are_drafts_not_held_or_nowhere_are_not_on_the_map(reader: Client) -> None:
    here = country("xa", "Examplia")
    of = dialogue("xx-map", "Example Map")
    held, moved, draft, online, unknown = (
        meeting(of, 1, "2021"), meeting(of, 2, "2022", status="postponed"), meeting(of, 3, "2023"),
        meeting(of, 4, "2024", format="online"), meeting(of, 5, "2025"),
    )  # fmt: skip
    for at in (held, moved, draft):
        MeetingPlace.objects.create(meeting=at, city="Somewhere", country=here)
    MeetingPlace.objects.create(meeting=held, number=2, country=here)
    published(here, of, held, moved, online, unknown)
    found = data(reader, "/pictures/hosts/?dialogue=xx-map")
    assert [(row["place"], row["meetings"], row["latitude"]) for row in found["results"]] == [
        ("", 1, ""),
        ("Somewhere", 1, ""),
    ]
    assert [row["meetings"] for row in found["countries"]] == [1]
    assert (found["held"], found["placed"], found["several"], found["online"], found["unknown"]) == (
        3,
        1,
        1,
        1,
        1,
    )
    assert (
        "No place of these meetings is on the map."
        in page(reader, "/pictures/hosts/?dialogue=xx-map").text_content()
    )


def test_meetings_are_narrowed_by_place_under_all_its_names(reader: Client) -> None:
    assert counted(reader, "/meetings/?place=kz/astana") == 13
    of_ca_jad = reader.get("/meetings/?dialogue=ca-jad&status=held&format=csv").getvalue().decode()
    in_japan = [row for row in csv.DictReader(io.StringIO(of_ca_jad)) if row["places"].endswith("Japan")]
    assert counted(reader, "/meetings/?place=jp&status=held&dialogue=ca-jad") == len(in_japan) > 1
    answer = reader.get("/meetings/?place=kz/nowhere&format=json")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "place"


def test_the_map_names_its_sources_and_draws_no_border(reader: Client) -> None:
    caption = page(reader, "/pictures/hosts/").xpath("//figcaption")[0].text_content()
    for words in (
        "Natural Earth 1:110m land",
        "public domain",
        "world-atlas 2.0.2 (ISC licence)",
        "GeoNames",
        "CC BY 4.0",
        "no borders are drawn",
    ):
        assert words in caption
    assert "Natural Earth" in etree.tostring(drawing(reader, "/pictures/hosts/")).decode()
