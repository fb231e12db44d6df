"""Every picture: the same rows in every form, drawings that stand alone, parameters, the index."""

from __future__ import annotations

import csv
import io
import json

import pytest
from django.test import Client

from dialogues.models import Country, Dialogue, Topic
from meetings.models import Meeting
from tests.makers import dialogue, published
from tests.pages.pictured import SITE, SVG, counted, data, drawing, in_form, page

pytestmark = pytest.mark.django_db


TABLED = [
    "/pictures/wall/", "/pictures/series/", "/pictures/series/ca-jad/fm/", "/pictures/series/ca-jad/som/",
    "/pictures/topics/", "/pictures/topics/?dialogue=ca-jad", "/pictures/hosts/", "/pictures/hosts/?dialogue=quad",
    "/pictures/meets/",    "/pictures/meets/?least=2", "/pictures/meets/jp/", "/pictures/meets/jp/kz/",
]  # fmt: skip
DRAWN = [
    "/pictures/series/ca-jad/fm/", "/pictures/topics/", "/pictures/topics/?dialogue=ca-jad", "/pictures/hosts/",
    "/pictures/hosts/?dialogue=quad",
]  # fmt: skip


@pytest.mark.parametrize("path", TABLED)
def test_csv_json_and_json_lines_hold_the_same_rows(reader: Client, path: str) -> None:
    found = data(reader, path)
    assert found["count"] == len(found["results"]) > 0
    lines = reader.get(in_form(path, "jsonl")).getvalue().decode().splitlines()
    assert [json.loads(line) for line in lines] == found["results"]
    rows = list(csv.DictReader(io.StringIO(reader.get(in_form(path, "csv")).getvalue().decode())))
    written = [
        {name: "" if value is None else str(value) for name, value in row.items()} for row in found["results"]
    ]
    assert rows == written


@pytest.mark.parametrize("path", DRAWN)
def test_a_drawing_alone_is_svg_with_a_title_a_description_and_whole_links(reader: Client, path: str) -> None:
    found = drawing(reader, path)
    assert found.tag == f"{SVG}svg"
    assert found.find(f"{SVG}title").text
    assert data(reader, path)["said"] in found.find(f"{SVG}desc").text
    links = [one.get("href") for one in found.iter(f"{SVG}a")]
    assert links
    assert all(link.startswith(f"{SITE}/") for link in links)
    assert not list(found.iter(f"{SVG}style", f"{SVG}script"))


@pytest.mark.parametrize("path", DRAWN)
def test_a_drawing_alone_may_be_shown_on_any_site_and_the_page_may_not(reader: Client, path: str) -> None:
    assert reader.get(in_form(path, "svg"))["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert reader.get(path)["Cross-Origin-Resource-Policy"] == "same-origin"
    assert f'<{in_form(path, "svg")}>; rel="alternate"; type="image/svg+xml"' in reader.get(path)["Link"]


REFUSED = [
    ("/pictures/?year=2022", "year"),
    ("/pictures/wall/?dialogue=ca-jad", "dialogue"),
    ("/pictures/topics/?dialogue=nothing", "dialogue"),
    ("/pictures/topics/?dialogue=ca-jad&dialogue=quad", "dialogue"),
    ("/pictures/hosts/?dialogue=%D9%A3", "dialogue"),
    ("/pictures/meets/?least=1", "least"),
    ("/pictures/meets/?least=100", "least"),
    ("/pictures/meets/?least=%D9%A3", "least"),
    ("/pictures/meets/?least=-3", "least"),
    ("/pictures/meets/?least=3&least=3", "least"),
    ("/pictures/series/ca-jad/fm/?x=", "x"),
]


@pytest.mark.parametrize(("path", "field"), REFUSED)
def test_what_is_not_understood_is_refused_by_name(reader: Client, path: str, field: str) -> None:
    answer = reader.get(f"{path}&format=json")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert answer.json()["errors"][0]["field"] == field
    assert reader.get(path).status_code == 400


def test_what_is_not_there_is_not_found(reader: Client) -> None:
    for path in ("series/ca-jad/xx/", "series/nothing/fm/", "meets/xx/", "nothing/", "series/CA-JAD/fm/"):
        assert reader.get(f"/pictures/{path}").status_code == 404, path
    draft = dialogue("xx-draft", "Draft")
    assert reader.get("/pictures/series/xx-draft/fm/").status_code == 404
    assert reader.get("/pictures/topics/?dialogue=xx-draft").status_code == 400
    assert draft.pk


def test_wall_and_matrix_come_as_no_drawing(reader: Client) -> None:
    for path in ("/pictures/wall/", "/pictures/meets/", "/pictures/", "/meetings/"):
        assert reader.get(f"{path}?format=svg").status_code == 400, path


def test_an_empty_series_and_an_empty_dialogue_say_so(reader: Client) -> None:
    of = published(dialogue("xx-empty", "Example Empty"))
    assert of.code == "xx-empty"
    assert "No dated meeting of this series" in page(reader, "/pictures/series/xx-empty/fm/").text_content()
    assert "Nothing about any topic" in page(reader, "/pictures/topics/?dialogue=xx-empty").text_content()
    assert "No place of these meetings" in page(reader, "/pictures/hosts/?dialogue=xx-empty").text_content()
    for path in ("series/xx-empty/fm/", "topics/?dialogue=xx-empty", "hosts/?dialogue=xx-empty"):
        assert reader.get(in_form(f"/pictures/{path}", "svg")).status_code == 200


def test_an_archive_without_anything_has_empty_pictures(
    reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    nothing = [Dialogue, Meeting, Topic, Country]
    for model in nothing:
        monkeypatch.setattr(type(model.objects.all()), "public", lambda self: self.none())
    for path in ("/pictures/wall/", "/pictures/topics/", "/pictures/hosts/"):
        assert data(reader, path)["results"] == []
        assert reader.get(path).status_code == 200


def test_the_index_shows_each_picture_in_its_own_words(reader: Client) -> None:
    shown = page(reader, "/pictures/")
    for row in data(reader, "/pictures/")["results"]:
        path = row["url"].removeprefix(SITE)
        assert row["said"] == data(reader, path)["said"]
        assert shown.xpath(f"//h2/a[@href='{path}']")
        assert row["said"] in shown.text_content()
    for address in shown.xpath("//ul[@class='gallery']//h2/a/@href"):
        assert reader.get(address).status_code == 200


def test_the_index_leads_to_attendance_and_chains_where_such_pages_are(reader: Client) -> None:
    titles = [one.text for one in page(reader, "/pictures/").xpath("//ul[@class='gallery']//h2/a")]
    assert "Attendance" in titles
    assert "Chain of a commitment" in titles


def test_home_dialogue_and_series_lead_to_their_pictures(reader: Client) -> None:
    for path in ("", "wall/", "series/", "topics/", "hosts/", "meets/"):
        assert page(reader, "/").xpath(f"//main//a[@href='/pictures/{path}']"), path
    own = page(reader, "/ca-jad/")
    assert own.xpath("//main//a[@href='/pictures/topics/?dialogue=ca-jad']")
    assert own.xpath("//main//a[@href='/pictures/hosts/?dialogue=ca-jad']")
    assert len(own.xpath("//svg[@class='chart']")) == 6
    for bar in own.xpath("//svg[@class='chart']/a")[:20]:
        assert counted(reader, bar.get("href")) == int(bar.get("aria-label").rpartition(": ")[2])
    assert page(reader, "/ca-jad/fm/").xpath("//main//a[@href='/pictures/series/ca-jad/fm/']")
