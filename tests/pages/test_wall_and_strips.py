"""The wall of all dialogues, and series as strips: a mark for each meeting."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from meetings.models import AgendaItem
from tests.makers import commitment, dialogue, meeting, published
from tests.pages.pictured import SITE, counted, data, drawing, page

pytestmark = pytest.mark.django_db


def test_the_wall_has_a_mark_for_each_row_on_home_and_at_its_own_address(reader: Client) -> None:
    found = data(reader, "/pictures/wall/")
    wanted = [(row["url"].removeprefix(SITE), row["mark"]) for row in found["results"]]
    for path in ("/", "/pictures/wall/"):
        links = page(reader, path).xpath("//table[@class='wall']//td/a")
        marks = [(link.get("href"), link.find("span").get("class").removeprefix("mark ")) for link in links]
        assert marks == wanted, path


def test_the_wall_tells_outcomes_from_an_agenda_alone_and_from_nothing(reader: Client) -> None:
    of = dialogue("xx-wall", "Example Wall")
    spoken, planned, known = (meeting(of, number, f"2021-0{number}-04") for number in (1, 2, 3))
    unknown, draft = meeting(of, 4, None), meeting(of, 5, "2021-05-04")
    said = commitment(spoken)
    background = commitment(known, nature="background")
    AgendaItem.objects.create(meeting=planned, number=1, title="Energy")
    published(of, spoken, planned, known, unknown, said, background)
    rows = [row for row in data(reader, "/pictures/wall/")["results"] if row["dialogue_code"] == "xx-wall"]
    assert [(row["year"], row["mark"], row["agenda_items"], row["outcomes"]) for row in rows] == [
        (2021, "full", 0, 1),
        (2021, "half", 1, 0),
        (2021, "hollow", 0, 0),
    ]
    assert draft.title() not in {row["title"] for row in rows}
    cells = page(reader, "/pictures/wall/").xpath("//a[@href='/xx-wall/']/ancestor::tr[td[@class='main']]/td")
    assert [cell.text_content().strip() for cell in cells] == ["Example Wall", "4", "1", "1", "1", "1"]


def test_the_table_beneath_the_wall_adds_up(reader: Client) -> None:
    found = data(reader, "/pictures/wall/")
    assert (found["count"], found["undated"]) == (429, 7)
    assert sum(found["marks"].values()) == 429
    for row in page(reader, "/pictures/wall/").xpath("//table[@class='cards']/tbody/tr"):
        numbers = [int(cell.text_content()) for cell in row.findall("td")[1:]]
        assert numbers[0] == sum(numbers[1:])
        assert counted(reader, row.xpath("td[2]/a")[0].get("href")) == numbers[0]


def dots(root: Any, prefix: str = "") -> list[str]:
    return [one.get("href").removeprefix(prefix) for one in root.iter() if one.get("class") == "meeting"]


@pytest.mark.parametrize(
    "path", ["/pictures/series/ca-jad/fm/", "/pictures/series/g7/fm/", "/pictures/series/ca-jad/som/"]
)
def test_a_strip_has_a_dot_for_each_dated_row_wide_narrow_and_alone(reader: Client, path: str) -> None:
    found = data(reader, path)
    dated = [row["url"].removeprefix(SITE) for row in found["results"] if row["start"]]
    assert found["count"] == len(dated) + found["undated"]
    shown = page(reader, path)
    for name in ("wide", "narrow"):
        assert sorted(dots(shown.xpath(f"//svg[@class='{name}']")[0])) == sorted(dated)
    assert dots(drawing(reader, path), SITE) == dated
    assert [one.get("href") for one in shown.xpath("//td[@class='main']/a")] == [
        row["url"].removeprefix(SITE) for row in found["results"]
    ]


def test_the_strip_of_ca_jad_ministers_in_words(reader: Client) -> None:
    said = page(reader, "/pictures/series/ca-jad/fm/").xpath("//svg[@class='wide']/desc")[0].text_content()
    assert said.startswith(
        "10 meetings. 2004-08-28: 1st Foreign Ministers’ Meeting, outcomes recorded. 2006-06-05: 2nd"
    )
    assert "2020-08-11: Special Foreign Ministers’ Meeting, 11 August 2020, outcomes recorded." in said
    assert "None recorded in 2007–2009 and 2015–2016." in " ".join(
        page(reader, "/pictures/series/ca-jad/fm/").xpath("//p[@class='deck']")[0].text_content().split()
    )


def test_years_of_a_strip_are_to_scale_and_meetings_of_one_day_stand_above_each_other(reader: Client) -> None:
    of = dialogue("xx-scale", "Example Scale")
    held = [meeting(of, number, start) for number, start in enumerate(("2001", "2002", "2012", "2012"), 1)]
    unheld = meeting(of, None, "2020", status="cancelled")
    published(of, *held, unheld)
    shown = page(reader, "/pictures/series/xx-scale/fm/").xpath("//svg[@class='wide']")[0]
    paths = [one.find("path") for one in shown.iter("a")]
    starts = [one.get("d").partition("a")[0].partition("l")[0].removeprefix("M").split() for one in paths]
    xs, ys = [float(x) for x, _y in starts], [float(y) for _x, y in starts]
    assert (xs[2] - xs[1]) / (xs[1] - xs[0]) == pytest.approx(10, abs=0.1)
    assert xs[2] == xs[3]
    assert ys[3] < ys[2] == ys[1]
    assert [one.get("stroke-dasharray") is not None for one in paths] == [False] * 4 + [True]
    assert [one.text_content() for one in shown.xpath("a/text")] == ["1", "2", "3", "4"]
