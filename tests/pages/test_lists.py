"""Lists: what they count, how they narrow, what they give away."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

COUNTS = {
    "/dialogues/": 24,
    "/meetings/": 436,
    "/statements/": 217,
    "/commitments/": 724,
    "/ministers/": 352,
    "/countries/": 141,
    "/topics/": 59,
}


@pytest.mark.parametrize(("path", "count"), COUNTS.items())
def test_page_json_and_csv_hold_the_same_number(reader: Client, path: str, count: int) -> None:
    assert reader.get(path).status_code == 200
    data = reader.get(f"{path}?format=json").json()
    assert data["count"] == count
    rows = list(csv.reader(io.StringIO(reader.get(f"{path}?format=csv").getvalue().decode())))
    assert len(rows) == count + 1
    assert rows[0][:3] == ["id", "title", "url"]
    assert list(data["results"][0]) == rows[0]


def test_home_counts_what_the_lists_hold(reader: Client) -> None:
    counts = reader.get("/?format=json").json()["counts"]
    assert counts["commitments"] == 655
    assert counts["remarks"] == 56
    assert counts["background"] == 13
    for name in ("dialogues", "meetings", "statements", "ministers", "countries", "topics"):
        assert counts[name] == COUNTS[f"/{name}/"]
    for nature, count in (("commitment", 655), ("remark", 56), ("background", 13)):
        assert reader.get(f"/commitments/?format=json&nature={nature}").json()["count"] == count


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("dialogue=ca-jad", 52),
        ("dialogue=gcc-central-asia", 4),
        ("series=ca-jad/fm", 10),
        ("year=2022&dialogue=ca-jad", 3),
        ("since=2004&until=2006&dialogue=ca-jad", 6),
        ("status=postponed", 1),
        ("status=announced", 1),
        ("country=af", 5),
        ("minister=hayashi-yoshimasa", 15),
        ("minister=meredov-rashid", 22),
        ("topic=dprk&dialogue=ca-jad&year=2022", 1),
        ("verb=condemned&dialogue=germany-central-asia", 0),
        ("certainty=unverified", 105),
        ("support=general", 102),
        ("dialogue=quad&support=official", 10),
    ],
)
def test_meetings_narrow(reader: Client, query: str, count: int) -> None:
    assert reader.get(f"/meetings/?format=json&{query}").json()["count"] == count


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("series=ca-jad/fm&year=2022&nature=commitment", 21),
        ("year=2022&dialogue=ca-jad&topic=rule-of-law&nature=commitment", 1),
        ("verb=considered", 6),
        ("minister=hayashi-yoshimasa&nature=remark", 9),
        ("strength=pledges", 31),
        ("repeats=2017&dialogue=ca-jad&year=2022", 6),
        ("repeats=2017&dialogue=ca-jad&year=2025", 1),
        ("repeats=1950", 0),
    ],
)
def test_commitments_narrow(reader: Client, query: str, count: int) -> None:
    assert reader.get(f"/commitments/?format=json&{query}").json()["count"] == count


@pytest.mark.parametrize(
    "query",
    [
        "year=0",
        "year=-1",
        "year=99999",
        "year=abc",
        "year=٢٠٢٢",
        "dialogue=nothing",
        "verb=shouted",
        "since=1e400",
    ],
)
def test_a_filter_that_is_not_understood_is_a_400_that_names_it(reader: Client, query: str) -> None:
    page = reader.get(f"/meetings/?{query}")
    assert page.status_code == 400
    assert "errorlist" in page.content.decode()
    problem = reader.get(f"/meetings/?{query}&format=json")
    assert problem.status_code == 400
    assert problem["Content-Type"] == "application/problem+json"
    assert query.split("=")[0] in problem.json()["detail"]


def test_chips_take_one_filter_away(reader: Client) -> None:
    html = reader.get("/meetings/?dialogue=ca-jad&year=2022").content.decode()
    assert 'href="/meetings/?year=2022"' in html
    assert 'href="/meetings/?dialogue=ca-jad"' in html


def test_pages_follow_each_other(reader: Client) -> None:
    seen: list[str] = []
    address = "/meetings/?format=json"
    while address:
        data = reader.get(address).json()
        seen += [row["id"] for row in data["results"]]
        address = data["next"]
    assert len(seen) == len(set(seen)) == 436
    assert reader.get("/meetings/?page=10").status_code == 404


def test_any_year_is_one_click_from_home(reader: Client) -> None:
    html = reader.get("/").content.decode()
    years = {int(year) for year in re.findall(r'href="/years/([0-9]{4})/"', html)}
    assert years == set(range(1993, 2027))


def test_a_year_lists_its_meetings_by_month(reader: Client) -> None:
    html = reader.get("/years/2022/").content.decode()
    assert html.index(">January<") < html.index(">April<") < html.index(">December<")
    assert reader.get("/years/2022/?format=json").json()["count"] == 24
    assert "No meeting of 1950 is recorded" in reader.get("/years/1950/").content.decode()
    assert "Sometime in 2018" in reader.get("/years/2018/").content.decode()


def test_an_unknown_form_is_refused_with_the_forms_there_are(reader: Client) -> None:
    answer = reader.get("/about/?format=xml")
    assert answer.status_code == 400
    assert "html, json" in answer.content.decode()


def test_accept_chooses_the_form(reader: Client) -> None:
    assert (
        reader.get("/meetings/", headers={"accept": "application/json"})["Content-Type"] == "application/json"
    )
    assert reader.get("/meetings/", headers={"accept": "text/csv"})["Content-Type"].startswith("text/csv")
    assert reader.get("/meetings/", headers={"accept": "image/png"})["Content-Type"].startswith("text/html")
