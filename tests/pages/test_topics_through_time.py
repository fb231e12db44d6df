"""Topics through time: each bar leads to a list of exactly its number."""

from __future__ import annotations

import random

import pytest
from django.test import Client

from dialogues.models import Topic
from tests.makers import commitment, dialogue, meeting, published
from tests.pages.pictured import SITE, SVG, counted, data, drawing, page

pytestmark = pytest.mark.django_db


BARS = ["/pictures/topics/", "/pictures/topics/?dialogue=ca-jad", "/pictures/topics/?dialogue=g7"]


@pytest.mark.parametrize("path", BARS)
def test_topics_have_a_bar_for_each_row_on_the_page_in_the_table_and_alone(reader: Client, path: str) -> None:
    rows = [(row["url"].removeprefix(SITE), row["outcomes"]) for row in data(reader, path)["results"]]
    shown = page(reader, path)
    bars = shown.xpath("//svg[@class='chart']/a")
    assert [(bar.get("href"), int(bar.get("aria-label").rpartition(": ")[2])) for bar in bars] == rows
    listed = shown.xpath("//table//ul[@class='counted']/li")
    assert [(one.find("a").get("href"), int(one.find("a").tail)) for one in listed] == rows
    alone = [one.get("href").removeprefix(SITE) for one in drawing(reader, path).iter(f"{SVG}a")]
    assert alone == [url for url, _count in rows]


@pytest.mark.parametrize("path", BARS)
def test_bars_of_all_topics_have_one_scale(reader: Client, path: str) -> None:
    most = data(reader, path)["most_in_a_year"]
    bars = page(reader, path).xpath("//svg[@class='chart']/a")
    for bar in bars:
        count, height = (
            int(bar.get("aria-label").rpartition(": ")[2]),
            float(bar.xpath("rect[2]")[0].get("height")),
        )
        assert height == pytest.approx(100 * count / most, abs=0.06)


@pytest.mark.parametrize("path", BARS)
def test_each_bar_leads_to_a_list_of_exactly_its_number(reader: Client, path: str) -> None:
    found = data(reader, path)
    rows = found["results"]
    for row in rows if path == "/pictures/topics/" else random.Random(5).sample(rows, min(len(rows), 40)):
        assert counted(reader, row["url"]) == row["outcomes"], row
    totals: dict[str, int] = {}
    for row in found["results"]:
        totals[row["slug"]] = totals.get(row["slug"], 0) + row["outcomes"]
    shown = page(reader, path).xpath("//ol[@class='multiples']/li")
    assert {
        chart.xpath(".//p[@class='head']/a")[0].get("href"): int(chart.xpath(".//p[@class='head']/a")[1].text)
        for chart in shown
    } == {f"/topics/{slug}/": total for slug, total in totals.items()}


def test_a_chart_in_words_is_its_bars(reader: Client) -> None:
    rows = [row for row in data(reader, "/pictures/topics/")["results"] if row["slug"] == "dprk"]
    said = page(reader, "/pictures/topics/").xpath("//*[@id='said-dprk']")[0].text_content()
    years = ", ".join(f"{row['year']}: {row['outcomes']}" for row in rows)
    total = sum(row["outcomes"] for row in rows)
    assert said == f"{rows[0]['topic']}, {total} outcomes. {years}."


def test_what_topics_do_not_draw_is_said(reader: Client) -> None:
    economy, energy = Topic.objects.get(slug="economy"), Topic.objects.get(slug="energy")
    before = data(reader, "/pictures/topics/")
    of = dialogue("xx-topics", "Example Topics")
    dated, undated = meeting(of, 1, "2031-02-03"), meeting(of, 2, None)
    said, unplaced, filed, draft = (
        commitment(at, f"To do {n}.") for n, at in enumerate((dated, undated, dated, dated))
    )
    for one, topic in ((said, energy), (unplaced, energy), (filed, economy), (draft, energy)):
        one.topics.set([topic])
    published(of, dated, undated, said, unplaced, filed)
    after = data(reader, "/pictures/topics/")
    assert after["count"] == before["count"] + 1
    assert after["undated"] == before["undated"] + 1
    assert (before["under_broader"], after["under_broader"]) == (0, 1)
    assert [row for row in after["results"] if row["year"] == 2031] == [
        {
            "topic": "Energy",
            "slug": "energy",
            "broader": "Economy and connectivity",
            "year": 2031,
            "outcomes": 1,
            "url": f"{SITE}/commitments/?topic=energy&year=2031",
        }
    ]
