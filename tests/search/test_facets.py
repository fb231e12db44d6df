"""What a facet shows is what a click gives, in any state, in every form."""

from __future__ import annotations

import csv
import io
import json
import os
import random
import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

STATES = int(os.environ.get("DIALOGUES_FACET_STATES", "60"))
"""500 at full size."""
BEGINNINGS = (
    "",
    "japan",
    "cooperation",
    '"foreign ministers"',
    "energy OR water",
    "terror*",
    "-japan",
    "会合",
)


def asked(reader: Client, address: str) -> dict[str, Any]:
    """The JSON of an address of a search; its own spelling is the one that stays."""
    answer = reader.get(address)
    assert answer.status_code == 200, (address, answer.headers.get("Location"))
    data: dict[str, Any] = reader.get(address, headers={"accept": "application/json"}).json()
    return data


def test_every_count_is_what_its_address_gives(reader: Client) -> None:
    dice = random.Random(500)
    for _round in range(STATES // 4):
        beginning = dice.choice(BEGINNINGS)
        address = f"/search/?{'q=' + beginning if beginning else 'type=meeting'}"
        while (answer := reader.get(address)).status_code == 302:
            address = answer["Location"]
        state = asked(reader, address)
        for _step in range(4):
            values = [value for group in state["facets"].values() for value in group]
            if not values:
                break
            value = dice.choice(values)
            after = asked(reader, value["url"])
            if value["is_chosen"]:
                back = [one for group in after["facets"].values() for one in group if one["url"] == address]
                shown = back[0]["count"] + (after["count"] if back[0]["adds"] else 0) if back else 0
                assert shown == state["count"] or not (back or after["count"]), (address, value)
            else:
                expected = value["count"] + (state["count"] if value["adds"] else 0)
                assert after["count"] == expected, (address, value)
            address, state = value["url"], after


@pytest.mark.parametrize(
    "query", ["q=japan", "q=japan&year=2010..2015", "type=commitment&verb=agreed&verb=welcomed", "q=zzzz"]
)
def test_page_json_csv_and_json_lines_have_the_same_hits(reader: Client, query: str) -> None:
    rows = list(csv.DictReader(io.StringIO(streamed(reader, f"/search/?{query}&format=csv"))))
    lines = [json.loads(line) for line in streamed(reader, f"/search/?{query}&format=jsonl").splitlines()]
    whole = json.loads(streamed(reader, f"/search/?{query}&format=json&page=all"))
    assert [row["permanent"] for row in rows] == [line["permanent"] for line in lines]
    assert whole["results"] == lines
    first = reader.get(f"/search/?{query}&format=json").json()
    assert first["count"] == len(lines)
    assert [hit["permanent"] for hit in first["results"]] == [line["permanent"] for line in lines[:20]]


def streamed(reader: Client, address: str) -> str:
    content: Any = reader.get(address)
    return b"".join(content.streaming_content).decode()


def test_the_years_beside_are_those_of_the_histogram(reader: Client) -> None:
    data = reader.get("/search/?q=japan&format=json").json()
    page = reader.get("/search/?q=japan").content.decode()
    counts = {value["value"]: value["count"] for value in data["facets"]["year"]}
    for year, count in counts.items():
        if year.isdigit():
            assert f'aria-label="{year}: {count}"' in page
    dated = sum(count for year, count in counts.items())
    standing = sum(
        value["count"]
        for value in data["facets"]["type"]
        if value["value"] in ("country", "dialogue", "minister", "topic")
    )
    assert dated + standing == data["count"]


def test_values_of_one_group_are_alternatives_and_groups_must_all_hold(reader: Client) -> None:
    def count(query: str) -> int:
        found: int = reader.get(f"/search/?{query}&format=json").json()["count"]
        return found

    agreed, welcomed = count("verb=agreed"), count("verb=welcomed")
    assert count("verb=agreed&verb=welcomed") == agreed + welcomed
    both = count("verb=agreed&country=jp")
    assert both < min(agreed, count("country=jp"))
    every = {hit["id"] for hit in reader.get("/search/?verb=agreed&country=jp&format=json").json()["results"]}
    assert len(every) == min(both, 20)


def test_who_was_only_expected_is_not_counted_as_having_come(reader: Client) -> None:
    """8mggffpn is the summit of August 2024, which was put off; Japan and Kazakhstan were expected at it."""
    summits = "/search/?type=meeting&series=ca-jad/summit&year=2024"
    assert [hit["id"] for hit in asked(reader, summits)["results"]] == ["8mggffpn"]
    assert asked(reader, summits)["facets"].get("country", []) == []
    for country in ("jp", "kz", "tm"):
        listed = asked(reader, f"/meetings/?dialogue=ca-jad&country={country}")["count"]
        found = asked(reader, f"/search/?type=meeting&dialogue=ca-jad&country={country}")["count"]
        assert found == listed > 0


def test_an_address_has_one_spelling(reader: Client) -> None:
    said = reader.get("/search/?country=jp&q=law&year=2022&country=")
    assert (said.status_code, said["Location"]) == (302, "/search/?q=law&year=2022&country=jp")
    assert reader.get(said["Location"]).status_code == 200
    both = reader.get("/search/?country=uz&country=jp&q=")
    assert both["Location"] == "/search/?country=jp&country=uz"


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("q=law&country=zz", "country"),
        ("year=0", "year"),
        ("year=-1", "year"),
        ("year=99999", "year"),
        ("year=2022..1800", "year"),
        ("year=２０２２", "year"),
        ("type=rumour", "type"),
        ("series=ca-jad", "series"),
        ("dialogue=countries/jp", "dialogue"),
        ("minister=25hxwjjb", "minister"),
        ("sort=price", "sort"),
        ("page=0", "page"),
        ("page=x", "page"),
        ("q=a&q=b", "q"),
        ("colour=red", "colour"),
        ("language=%7B", "language"),
    ],
)
def test_what_cannot_be_is_refused_by_name(reader: Client, query: str, field: str) -> None:
    answer = reader.get(f"/search/?{query}", headers={"accept": "application/json"})
    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == [field]


@pytest.mark.parametrize(
    ("query", "typed", "said", "count"),
    [
        (
            "type=foo",
            "type=<mark>foo</mark>",
            "“type” is not understood: “foo” is not one of: paragraph, ",
            None,
        ),
        (
            "q=law&type=foo",
            "type=<mark>foo</mark>",
            "“type” is not understood: “foo” is not one of: ",
            "q=law",
        ),
        (
            "q=law&year=abc&country=jp",
            "year=<mark>abc</mark>",
            "“year” is not understood: Write a year as 2022, years as 2010..2022, or “undated”.",
            "q=law&country=jp",
        ),
        (
            "q=law&country=zz&country=jp&page=7&sort=newest",
            "country=<mark>zz</mark>",
            "“country” is not understood: There is no public record called “zz” here.",
            "q=law&country=jp&sort=newest",
        ),
        (
            "q=law&colour=red",
            "colour=<mark>red</mark>",
            "“colour” is not understood: There is no such",
            "q=law",
        ),
        ("q=law&page=x", "page=<mark>x</mark>", "“page” is not understood: A page is a number", "q=law"),
    ],
)
def test_a_page_with_a_bad_parameter_says_so_and_answers_the_rest(
    reader: Client, query: str, typed: str, said: str, count: str | None
) -> None:
    answer = reader.get(f"/search/?{query}")
    page = unescape(answer.content.decode())
    assert answer.status_code == 400
    assert f"<code>{typed}</code>" in page
    assert f"The parameter {said}" in page
    assert '<input id="search-q" type="search" name="q"' in page
    if count:
        rest = unescape(reader.get(f"/search/?{count}").content.decode())
        hits = re.compile(r'<h2 id="hits".*</ol>', re.DOTALL)
        assert hits.search(page)[0] == hits.search(rest)[0]  # type: ignore[index]
        hidden = re.compile(r'<input type="hidden"[^>]*>')
        assert hidden.findall(page) == hidden.findall(rest)
    else:
        assert "All there is" in page


@pytest.mark.parametrize(("typed", "read"), [("2022..2010", "2010..2022"), ("2022–2010", "2010..2022")])
def test_years_that_stand_the_wrong_way_round_are_read_as_they_were_meant(
    reader: Client, typed: str, read: str
) -> None:
    answer = reader.get("/search/", {"q": "law", "year": typed})
    assert (answer.status_code, answer["Location"]) == (302, f"/search/?q=law&year={read}")
    page = reader.get(answer["Location"]).content.decode()
    assert re.findall(r'<span class="quiet">([^<]*):</span> <a class="chip" [^>]*><span>([^<]*)', page) == [
        ("Year", "2010–2022")
    ]
    data = reader.get("/search/", {"q": "law", "year": typed, "format": "json"}).json()
    assert data["chosen"] == {"year": [read]}
    assert data["count"] == reader.get(f"/search/?q=law&year={read}&format=json").json()["count"] > 0


def test_a_page_that_is_not_there_is_404(reader: Client) -> None:
    assert reader.get("/search/?q=law&page=99").status_code == 404
