"""Who held which office on a day: answers worked out by hand from fixtures/ministers.yaml."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dialogues.models import Country, Minister, Office, Tenure
from tests.makers import country, done_at, minister, published

pytestmark = pytest.mark.django_db
PEOPLE = Path(__file__).resolve().parents[2] / "fixtures" / "ministers.yaml"
FM_JP = "Minister for Foreign Affairs of Japan"
Row = dict[str, Any]


def rows(reader: Client, query: str = "", **wanted: Any) -> list[Row]:
    got = reader.get(f"/offices/?{query}&format=json" if query else "/offices/?format=json")
    assert got.status_code == 200, got.content[:300]
    return [row for row in got.json()["results"] if all(row[name] == value for name, value in wanted.items())]


def page(reader: Client, query: str = "") -> str:
    return unescape(reader.get(f"/offices/?{query}").content.decode())


def holders(reader: Client, query: str, **wanted: Any) -> list[tuple[str, str]]:
    return [(row["name"], row["on_day"]) for row in rows(reader, query, **wanted)]


@pytest.mark.parametrize(
    ("on", "held"),
    [
        ("2010-08-07", [("OKADA Katsuya", "throughout")]),
        ("2017-08-03", [("KISHIDA Fumio", "throughout"), ("KONO Taro", "throughout")]),
        ("2004-10-01", [("", "not_known")]),
        ("2021-11-07", [("", "not_known")]),
        ("2010-08", [("OKADA Katsuya", "throughout")]),
        ("2010", [("OKADA Katsuya", "partly")]),
        ("2017", [("KISHIDA Fumio", "partly"), ("KONO Taro", "partly")]),
        ("2026-05-01", [("MOTEGI Toshimitsu", "throughout")]),
        ("1990", [("", "not_known")]),
    ],
)
def test_who_was_japans_foreign_minister(reader: Client, on: str, held: list[tuple[str, str]]) -> None:
    assert holders(reader, f"on={on}&country=jp", office=FM_JP) == held


def test_a_day_that_may_fall_inside_is_said_with_the_reason(reader: Client) -> None:
    """Kazakbaev is given as minister from 2010 to 2012, Nurtleu from April 2023."""
    office = "Minister of Foreign Affairs of the Kyrgyz Republic"
    assert holders(reader, "on=2010-08-07&country=kg", office=office) == [("KAZAKBAEV Ruslan", "year")]
    assert holders(reader, "on=2011-08-07&country=kg", office=office) == [("KAZAKBAEV Ruslan", "throughout")]
    assert "probably: the source gives only the year" in page(reader, "on=2010-08-07&country=kg")
    assert holders(reader, "on=2023-04-20&country=kz&q=Nurtleu") == [("NURTLEU Murat", "month")]
    assert "probably: the source gives only the month" in page(reader, "on=2023-04-20&country=kz&q=Nurtleu")


def test_acting_ministers_are_said_to_be(reader: Client) -> None:
    (acting,) = rows(reader, "on=2023-01-15&country=uz", acting="yes", on_day="throughout")
    assert (acting["name"], acting["office"]) == (
        "SAIDOV Bakhtiyor",
        "Acting Minister of Foreign Affairs of Uzbekistan",
    )
    assert re.search(r"SAIDOV Bakhtiyor</a> \(acting\)", page(reader, "on=2023-01-15&country=uz"))


def test_tenures_without_dates_say_nothing_of_a_day(reader: Client) -> None:
    (atmar,) = rows(reader, "on=2021-05-01&country=af&q=acting")
    assert (atmar["name"], atmar["on_day"], atmar["start"], atmar["end"]) == (
        "ATMAR Haneef", "undated", None, None,
    )  # fmt: skip
    html = page(reader, "on=2021-05-01&country=af&q=acting")
    assert "not known whether then: no source gives its dates" in html
    assert "a holder is known or likely for 0" in html


def test_a_day_to_come_is_answered_for_today_and_not_as_a_fact_of_that_day(reader: Client) -> None:
    """On 5 July 2026 Motegi is minister, by his dates; nobody can be known to be one in 2031."""
    with done_at(datetime(2026, 7, 5, 12, tzinfo=UTC)):
        answer = reader.get("/offices/?on=2031-01-01&country=jp&format=json").json()
        text = reader.get("/offices/?on=2031-01-01&country=jp&format=csv").getvalue().decode()
        html = page(reader, "on=2031-01-01&country=jp")
        today = page(reader, "on=2026-07-05&country=jp")
    assert (answer["on"], answer["told_for"]) == ("2031-01-01", "2026-07-05")
    assert [(row["name"], row["on_day"]) for row in answer["results"] if row["office"] == FM_JP] == [
        ("MOTEGI Toshimitsu", "now")
    ]
    said = {row["on_day"] for row in answer["results"]}
    assert "not_known_now" in said
    assert said.isdisjoint({"throughout", "partly", "not_known"})
    assert {row["on_day"] for row in csv.DictReader(io.StringIO(text, newline=""))} == said
    assert "1 January 2031 has not come: who will hold an office then is not known." in html
    assert "This is who is known to hold each today, 5 July 2026." in html
    assert "<h1>Who holds office now, before 1 January 2031</h1>" in html
    assert '<th scope="col">5 July 2026</th>' in html
    assert "held then" not in html
    assert "Not known for today" in html
    assert "has not come" not in today
    assert "held then" in today


def test_a_year_that_runs_is_answered_up_to_today(reader: Client) -> None:
    with done_at(datetime(2026, 7, 5, 12, tzinfo=UTC)):
        answer = reader.get("/offices/?on=2026&country=jp&format=json").json()
        html = page(reader, "on=2026&country=jp")
        over = reader.get("/offices/?on=2025&country=jp&format=json").json()
    assert answer["told_for"] == "2026-01-01/2026-07-05"
    assert [(row["name"], row["on_day"]) for row in answer["results"] if row["office"] == FM_JP] == [
        ("MOTEGI Toshimitsu", "throughout")
    ]
    assert "2026 is not over: this is what is known of it up to today, 5 July 2026." in html
    assert over["told_for"] is None


def test_no_end_seen_is_not_an_end(reader: Client) -> None:
    (meredov,) = rows(reader, "on=2026-01-01&country=tm&q=Meredov")
    assert (meredov["on_day"], meredov["start"], meredov["end"]) == ("throughout", "2001-07", None)
    assert "no end seen" in page(reader, "on=2026-01-01&country=tm&q=Meredov")


def earliest(text: str) -> date:
    return date.fromisoformat((text + "-01-01")[:10])


def latest(text: str) -> date:
    if len(text) == 10:
        return date.fromisoformat(text)
    year, month = int(text[:4]), int(text[5:7] or 12)
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(1)


def test_every_tenure_of_the_files_answers_for_its_days_and_no_other(reader: Client) -> None:
    """Brute force over fixtures/ministers.yaml, without any code of the archive, on 12 days."""
    people = yaml.safe_load(PEOPLE.read_text(encoding="utf-8"))
    people = people["ministers"] if isinstance(people, dict) else people
    tenures = [(person["sort_name"], one) for person in people for one in person.get("tenures", [])]
    assert len(tenures) == 138
    assert Counter((row["office"], row["name"]) for row in rows(reader)) == Counter(
        (one["office"]["title"], name) for name, one in tenures
    )
    for year in range(2003, 2027, 2):
        day = date(year, 6, 5)
        sure, perhaps = set(), set()
        for name, one in tenures:
            start, end = one.get("start"), one.get("end")
            if not (start or end) or (start and day < earliest(start)) or (end and day > latest(end)):
                continue
            is_sure = start and day >= latest(start) and (not end or day <= earliest(end))
            (sure if is_sure else perhaps).add((one["office"]["title"], name))
        found = rows(reader, f"on={day}")
        assert {(row["office"], row["name"]) for row in found if row["on_day"] == "throughout"} == sure
        either = {
            (row["office"], row["name"]) for row in found if row["on_day"] in ("year", "month", "start")
        }
        assert either == perhaps
        assert {row["office"] for row in found} == {one["office"]["title"] for _name, one in tenures}


@pytest.mark.parametrize(
    "query", ["", "on=2010-08-07", "on=2017", "country=jp", "q=president", "q=nobody", "on=2020&q=kono"]
)
def test_page_json_and_csv_say_the_same(reader: Client, query: str) -> None:
    found = rows(reader, query)
    text = reader.get(f"/offices/?{query}&format=csv".replace("?&", "?")).getvalue().decode()
    table = list(csv.DictReader(io.StringIO(text, newline="")))
    assert table == [{name: value or "" for name, value in row.items()} for row in found]
    html = page(reader, query)
    main = html[html.index("<main") : html.index("</main>")]
    tables = re.sub(r"<svg.*?</svg>", "", main, flags=re.S)
    linked = Counter(
        f"http://127.0.0.1:8000{href}" for href in re.findall(r'<a href="(/ministers/[^"]+)"', tables)
    )
    assert linked == Counter(row["minister"] for row in found if row["minister"])
    unknown = main.count("not known: no tenure covers that day")
    assert unknown == sum(1 for row in found if row["on_day"] == "not_known")
    if not found:
        assert "No office here is as you ask." in main


def test_every_bar_leads_to_its_holder_and_none_is_drawn_without_a_date(reader: Client) -> None:
    html = page(reader, "country=jp")
    charts = re.findall(r'<svg class="tenures".*?</svg>', html, re.S)
    dated = [row for row in rows(reader, "country=jp") if row["start"] or row["end"]]
    links = [href for chart in charts for href in re.findall(r'<a href="([^"]+)"', chart)]
    assert Counter(f"http://127.0.0.1:8000{href}" for href in links) == Counter(
        row["minister"] for row in dated
    )
    places = [float(x) for chart in charts for x in re.findall(r'<rect class="sure" x="([\d.]+)%"', chart)]
    assert all(0 <= place <= 100 for place in places)
    assert 'class="unended"' in html


def test_search_finds_offices_by_title_and_by_holder(reader: Client) -> None:
    found = rows(reader, "q=%E5%A4%96%E5%8B%99%E5%89%AF%E5%A4%A7%E8%87%A3")
    assert [row["name"] for row in found] == ["KISHI Nobuo"]
    by_holder = {row["office"] for row in rows(reader, "q=fumio+kishida")}
    assert by_holder == {FM_JP, "Prime Minister of Japan"}
    assert {row["country_code"] for row in rows(reader, "country=tm")} == {"tm"}


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("on=2010-02-30", "on"), ("on=2010-13", "on"), ("on=0000", "on"), ("on=2010-8-7", "on"), ("on=today", "on"),
        ("on=２０１０", "on"), ("on=2010&on=2011", "on"), ("country=atlantis", "country"), ("q=" + "a" * 201, "q"),
        ("year=2010", "year"),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_refused_by_name(reader: Client, query: str, field: str) -> None:
    got = reader.get(f"/offices/?{query}&format=json")
    assert (got.status_code, got["Content-Type"]) == (400, "application/problem+json")
    assert [one["field"] for one in got.json()["errors"]] == [field]
    assert reader.get(f"/offices/?{query}").status_code == 400


def test_drafts_hold_no_office_here(reader: Client) -> None:
    land = Country.objects.get(code="jp")
    hidden, nowhere = minister("HIDDEN Person", of=land), country("zz", "Zedland")
    office = Office.objects.create(title="Minister of Secrets", country=land)
    Tenure.objects.create(minister=hidden, office=office, start="2001")
    abroad = Office.objects.create(title="Minister of Zed", country=nowhere)
    Tenure.objects.create(minister=Minister.objects.get(slug="kono-taro"), office=abroad, start="2001")
    html = page(reader)
    for secret in ("Minister of Secrets", "HIDDEN", "Minister of Zed", "Zedland"):
        assert secret not in html
    published(hidden)
    cache.clear()
    assert "Minister of Secrets" in page(reader)


def test_more_offices_make_no_more_queries(reader: Client) -> None:
    def queries() -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            page(reader, "on=2010-08-07")
        return len(captured)

    before, person = queries(), Minister.objects.get(slug="kono-taro")
    for number in range(10):
        office = Office.objects.create(title=f"Office {number}", country=person.country)
        Tenure.objects.create(minister=person, office=office, start="2001", end="2020")
    assert queries() == before
