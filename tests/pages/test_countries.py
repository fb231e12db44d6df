"""The page of a country: where it was, and who stood for it."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from django.test import Client

from meetings.models import Meeting
from registry.models import Edition

pytestmark = pytest.mark.django_db


def represented_by(reader: Client, country: str, meeting: str) -> str:
    """The words of the cell that says who came to a meeting."""
    body = reader.get(f"/countries/{country}/").content.decode()
    row = re.search(rf'href="/{meeting}/".*?</td><td>(.*?)</td></tr>', body, re.DOTALL)
    assert row
    return " ".join(re.sub(r"<[^>]+>", " ", row[1]).split())


def test_who_stayed_away_is_not_shown_as_having_come(reader: Client) -> None:
    assert represented_by(reader, "tm", "c5-plus-1/2016/fm-12") == "MEREDOV Rashid ✕ named as not attending"


def test_who_was_only_expected_is_called_expected(reader: Client) -> None:
    assert represented_by(reader, "jp", "ca-jad/2024/summit-08-09") == (
        "★ head of state or government: KISHIDA Fumio expected"
    )


def test_who_came_in_place_of_a_minister_is_said(reader: Client) -> None:
    assert represented_by(reader, "tm", "ca-jad/2010/fm-3") == (
        "▲ ambassador: PIRMUHAMEDOV Soltan in place of the foreign minister"
    )


STAYED_AWAY = {"ca-jad/2006/fm-2", "c5-plus-1/2016/fm-12", "c5-plus-1/2022/fm-02-28"}
"""Of Turkmenistan, by fixtures/dialogues: 60 delegations, 3 of them absent."""


def test_who_stayed_away_is_counted_nowhere_as_having_taken_part(reader: Client) -> None:
    """Turkmenistan, by hand: it came to 57 meetings, 13 of them represented by another, and was absent from 3."""
    came, stayed_away = set(), set()
    for edition in Edition.objects.current_of(Meeting.objects.public().order_by().values("pk")):
        for delegation in edition.data["delegations"]:
            if delegation["country"]["code"] == "tm":
                is_there = delegation["presence"] in ("attended", "represented")
                (came if is_there else stayed_away).add(edition.pid.path)
    assert (len(came), stayed_away) == (57, STAYED_AWAY)
    page = reader.get("/countries/tm/").content.decode()
    assert re.search(
        r'href="/meetings/\?country=tm"[^>]*>Took part in 57 meetings</a>; 3 more are listed', page
    )
    assert reader.get("/meetings/?country=tm&format=json").json()["count"] == 57
    listed = reader.get("/meetings/?country=tm&format=jsonl").getvalue().decode().splitlines()
    paths = {json.loads(row)["url"].removeprefix("http://127.0.0.1:8000/").strip("/") for row in listed}
    assert paths == came
    rows = csv.DictReader(io.StringIO(reader.get("/countries/?format=csv").getvalue().decode()))
    assert {row["code"]: row["meetings"] for row in rows}["tm"] == "57"
    totals = reader.get("/countries/tm/attendance/?format=json").json()["totals"]
    assert (totals["attended"], totals["represented"], totals["absent"]) == (44, 13, 3)


def test_who_was_only_expected_is_not_counted_either(reader: Client) -> None:
    """The summit of August 2024 was put off: Kishida was expected there, and came to no meeting called a summit."""
    put_off = "http://127.0.0.1:8000/ca-jad/2024/summit-08-09/"
    for query in ("country=jp", "minister=kishida-fumio"):
        rows = reader.get(f"/meetings/?{query}&format=jsonl").getvalue().decode().splitlines()
        assert put_off not in [json.loads(row)["url"] for row in rows]
