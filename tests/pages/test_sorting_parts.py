"""Lists that are a page of a year, a series, a day or offices, or stand on a record’s page, sorted by their columns."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import pytest
from django.test import Client

from dialogues.models import Office, Tenure
from meetings.models import MeetingPlace
from tests.makers import attend, commitment, country, dialogue, meeting, minister, published, statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def names(db: Any) -> dict[str, str]:
    """Four meetings of two dialogues in 1987, by path; alike are a1 and b1 in date, a2 and b2 in place.

    a1 1 March, Zagreb, an outcome. a2 May, Ankara. b1 1 March, no place, two outcomes. b2 in 1987, Ankara.
    """
    land, alpha, beta = country("xa", "Examplia"), dialogue("alpha", "Alpha"), dialogue("beta", "Beta")
    person = minister("DOE Jane", of=land)
    a1, a2 = meeting(alpha, 1, "1987-03-01"), meeting(alpha, 2, "1987-05")
    b1, b2 = meeting(beta, 1, "1987-03-01"), meeting(beta, 2, "1987")
    for one, city in ((a1, "Zagreb"), (a2, "Ankara"), (b2, "Ankara")):
        MeetingPlace.objects.create(meeting=one, city=city, country=land)
    for one in (a1, a2, b2):
        attend(one, land, person, "DOE Jane")
    issued = statement(a1, "We met.", title="On meeting")
    made = [commitment(a1), commitment(b1), commitment(b1, "To meet again.")]
    published(land, alpha, beta, person, a1, a2, b1, b2, issued, *made)
    return {
        one.get_absolute_url(): name
        for name, one in {"a1": a1, "a2": a2, "b1": b1, "b2": b2, "stated": issued, "jane": person}.items()
    }


def listed(reader: Client, names: dict[str, str], address: str) -> list[str]:
    """What the page shows, which is what JSON and CSV have."""
    html = reader.get(address).content.decode()
    table = html[html.index('<table class="cards') :]
    shown = re.findall(r'<td class="main">(?:<abbr[^>]*></abbr>)?<a href="([^"]+)"', table)
    join = "&" if "?" in address else "?"
    rows = reader.get(f"{address}{join}format=json").json()["results"]
    paths = [row["url"].removeprefix("http://127.0.0.1:8000") for row in rows]
    text = b"".join(reader.get(f"{address}{join}format=csv").streaming_content).decode()  # type: ignore[attr-defined]
    assert [row["url"] for row in csv.DictReader(io.StringIO(text, newline=""))] == [r["url"] for r in rows]
    found = [names[path] for path in paths if path in names]
    assert [names[path] for path in shown if path in names] == found
    return found


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("-title", "a2 b2 a1=b1"),
        ("title", "a1=b1 b2 a2"),
        ("-date", "a2 a1=b1 b2"),
        ("dialogue", "a1 a2 b2 b1"),
        ("-dialogue", "b2 b1 a1 a2"),
        ("place", "b2 a2 a1 b1"),
        ("-place", "a1 b2 a2 b1"),
        ("outcomes", "b2 a2 a1 b1"),
        ("-outcomes", "b1 a1 b2 a2"),
        ("statements", "b2 b1 a2 a1"),
        ("-statements", "a1 b2 b1 a2"),
    ],
)
def test_a_year_is_sorted_by_its_columns(
    reader: Client, names: dict[str, str], sort: str, order: str
) -> None:
    """`=` stands between those that are alike, which stand by their ids."""
    by_id = {
        row["url"].removeprefix("http://127.0.0.1:8000"): row["id"]
        for row in reader.get("/years/1987/?format=json").json()["results"]
    }
    pids = {names[path]: pid for path, pid in by_id.items()}
    expected = [name for group in order.split() for name in sorted(group.split("="), key=pids.__getitem__)]
    assert listed(reader, names, f"/years/1987/?sort={sort}") == expected


def test_a_year_stands_month_by_month_unless_it_is_sorted(reader: Client, names: dict[str, str]) -> None:
    html = reader.get("/years/1987/").content.decode()
    assert [html.index(f">{name}</h2>") for name in ("March", "May", "Sometime in 1987")]
    assert 'aria-sort="ascending"><a class="sort" href="/years/1987/?sort=-date">Date' in html
    assert "March</h2>" not in reader.get("/years/1987/?sort=place").content.decode()


def test_a_series_and_a_dialogues_year_are_sorted(reader: Client, names: dict[str, str]) -> None:
    for path in ("/alpha/fm/", "/alpha/1987/"):
        assert listed(reader, names, path) == ["a1", "a2"]
        assert listed(reader, names, f"{path}?sort=-date") == ["a2", "a1"]
        assert listed(reader, names, f"{path}?sort=place") == ["a2", "a1"]
        assert listed(reader, names, f"{path}?sort=outcomes&density=dense") == ["a2", "a1"]
        assert f'href="{path}?sort=-place&amp;density=dense"' in (
            reader.get(f"{path}?density=dense&sort=place").content.decode()
        )


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("", "a2 a1 b2"),
        ("?sort=date", "b2 a1 a2"),
        ("?sort=title", "a1 b2 a2"),
        ("?sort=-title", "a2 b2 a1"),
        ("?sort=dialogue", "a1 a2 b2"),
        ("?sort=-dialogue", "b2 a1 a2"),
    ],
)
def test_meetings_of_a_country_and_of_a_minister_are_sorted(
    reader: Client, names: dict[str, str], sort: str, order: str
) -> None:
    person = next(path for path, name in names.items() if name == "jane")
    for path in ("/countries/xa/", person):
        html = reader.get(f"{path}{sort}").content.decode()
        part = html[html.index("At meetings</h2>") :]
        part = part[: part.index("</table>")]
        shown = re.findall(r'<td class="main"><a href="([^"]+)"', part)
        assert [names[one] for one in shown] == order.split()
        assert ('aria-sort="' in part) == ("dialogue" not in sort)
        assert "Sorted by <strong>" in part
        assert reader.get(f"{path}?sort=loudness").status_code == 400
        assert 'class="wrap cols dense"' in reader.get(f"{path}?density=dense").content.decode()


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("date", "B A C"),
        ("-date", "C A B"),
        ("name", "A B C"),
        ("-name", "C B A"),
        ("rank", "A B C"),
        ("-rank", "B A C"),
        ("dialogue", "C B A"),
        ("-dialogue", "B A C"),
    ],
)
def test_the_attendance_of_a_country_and_of_a_minister_is_sorted(
    reader: Client, sort: str, order: str
) -> None:
    """To two meetings of Gamma came a minister in 1990 and a head in 1991; what came to Delta in 1992 is not known."""
    land, gamma, delta = country("xc", "Third Land"), dialogue("gamma", "Gamma"), dialogue("delta", "Delta")
    person = minister("ROE Max", of=land)
    meetings = meeting(gamma, 1, "1990-01-01"), meeting(gamma, 2, "1991"), meeting(delta, 1, "1992-05")
    for held, name, rank in zip(meetings, "BAC", ("minister", "head", "unknown"), strict=True):
        attend(held, land, person, name, rank=rank)
    published(land, gamma, delta, person, *meetings)
    for path in ("/countries/xc/attendance/", f"{person.get_absolute_url()}attendance/"):
        rows = reader.get(f"{path}?sort={sort}&format=json").json()["results"]
        assert [row["name"] for row in rows] == order.split()
        lines = b"".join(reader.get(f"{path}?sort={sort}&format=csv").streaming_content).decode()  # type: ignore[attr-defined]
        assert [row["name"] for row in csv.DictReader(io.StringIO(lines, newline=""))] == order.split()
        html = reader.get(f"{path}?sort={sort}&density=dense").content.decode()
        assert re.findall(r'attendance/">([ABC])</a>', html) == order.split()
        assert f'<input type="hidden" name="sort" value="{sort}">' in html
        assert 'class="wrap single dense"' in html
        assert reader.get(f"{path}?sort=loudness").status_code == 400


def test_a_day_is_sorted(reader: Client, names: dict[str, str]) -> None:
    """On 1 March 1987 two meetings were held and a statement was issued."""
    assert listed(reader, names, "/on-this-day/03-01/?sort=what")[-1] == "stated"
    assert listed(reader, names, "/on-this-day/03-01/?sort=-what")[0] == "stated"
    assert listed(reader, names, "/on-this-day/03-01/?sort=-title")[0] == "stated"
    by_dialogue = listed(reader, names, "/on-this-day/03-01/?sort=dialogue")
    assert (set(by_dialogue[:2]), by_dialogue[2]) == ({"a1", "stated"}, "b1")
    assert set(listed(reader, names, "/on-this-day/03-01/")) == {"a1", "b1", "stated"}


def test_offices_are_sorted(reader: Client, names: dict[str, str]) -> None:
    """Two offices and four tenures; what has no date, or no holder for the day, comes last either way."""
    land = country("xb", "Other Land")
    people = {name: minister(name, of=land) for name in ("ZOE A", "ADAM B", "MIA C")}
    chief = Office.objects.create(country=land, title="Chief")
    deputy = Office.objects.create(country=land, title="Deputy")
    for office, name, start, end in (
        (chief, "ZOE A", "1990", "1995-02-01"),
        (chief, "ADAM B", "1995-02-01", None),
        (deputy, "MIA C", None, None),
        (deputy, "ADAM B", "1992-03", "1995-01"),
    ):
        Tenure.objects.create(office=office, minister=people[name], start=start, end=end)
    published(land, *people.values())
    for sort, order in (
        ("holder", "ADAM-Chief ADAM-Deputy MIA-Deputy ZOE-Chief"),
        ("-holder", "ZOE-Chief MIA-Deputy ADAM-Chief ADAM-Deputy"),
        ("start", "ZOE-Chief ADAM-Deputy ADAM-Chief MIA-Deputy"),
        ("-start", "ADAM-Chief ADAM-Deputy ZOE-Chief MIA-Deputy"),
        ("end", "ADAM-Deputy ZOE-Chief"),
        ("-end", "ZOE-Chief ADAM-Deputy"),
        ("-office", "MIA-Deputy ADAM-Deputy"),
    ):
        address = f"/offices/?country=xb&sort={sort}"
        rows = reader.get(f"{address}&format=json").json()["results"]
        found = [f"{row['name'].split()[0]}-{row['office']}" for row in rows]
        expected = order.split()
        if sort == "-office":
            assert set(found[:2]) == set(expected)
        else:
            assert found[: len(expected)] == expected, sort
        html = reader.get(address).content.decode()
        shown = re.findall(r'<td class="main">(?:<abbr[^>]*></abbr>)?<a href="[^"]+">([A-Z]+) \w</a>', html)
        assert shown == [row["name"].split()[0] for row in rows], sort
    assert reader.get("/offices/?sort=loudness").status_code == 400
    assert "Sorted by <strong>Country, A to Z</strong>" in reader.get("/offices/").content.decode()


@pytest.mark.parametrize(
    "path", ["/years/2022/", "/ca-jad/2022/", "/ca-jad/undated/", "/ca-jad/fm/", "/offices/", "/on-this-day/"]
)
def test_an_order_that_there_is_not_is_refused_with_those_there_are(reader: Client, path: str) -> None:
    answer = reader.get(f"{path}?sort=loudness&format=json")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "sort"
    assert "-title" in answer.json()["detail"] or "-holder" in answer.json()["detail"]
    assert reader.get(f"{path}?density=dense").status_code == 200
