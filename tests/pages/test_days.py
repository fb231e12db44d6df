"""On this day, decades, and what stands before and after a record."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime

import pytest
from django.test import Client

from registry import verbs
from tests.makers import commitment, dialogue, done_at, meeting, published, statement

pytestmark = pytest.mark.django_db
# The 28th of August through the years, worked out from fixtures/ without the site's code, newest first.
AUGUST = [
    ("ticad/2022/conference-8/declaration", "issued", "2022-08-28"),
    ("ticad/2022/conference-8/declaration-de-tunis", "issued", "2022-08-28"),
    ("ticad/2022/conference-8", "held", "2022-08-27"),
    ("ticad/2019/conference-7", "held", "2019-08-28"),
    ("ticad/2016/conference-6/report", "issued", "2016-08-28"),
    ("ticad/2016/conference-6/declaration", "issued", "2016-08-28"),
    ("ticad/2016/conference-6", "held", "2016-08-27"),
    ("ca-jad/2004/fm-1", "held", "2004-08-28"),
    ("ca-jad/2004/fm-1/joint-statement", "issued", "2004-08-28"),
]


def test_a_day_has_what_happened_on_it_through_the_years(reader: Client) -> None:
    data = reader.get("/on-this-day/08-28/?format=json").json()
    assert (data["day"], data["count"]) == ("08-28", 9)
    found = [(row["url"].split("/", 3)[3].strip("/"), row["what"], row["date"]) for row in data["results"]]
    assert found == AUGUST
    text = reader.get("/on-this-day/08-28/?format=csv").getvalue().decode()
    from_csv = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [(row["id"], row["year"]) for row in from_csv] == [
        (row["id"], str(row["year"])) for row in data["results"]
    ]
    html = reader.get("/on-this-day/08-28/").content.decode()
    shown = re.findall(r'<td class="main">(?:<abbr [^>]*></abbr>)?<a href="/([^"]+)/"', html)
    assert shown == [path for path, _what, _date in AUGUST]
    assert 'rel="prev" href="/on-this-day/08-27/"' in html
    assert 'rel="next" href="/on-this-day/08-29/"' in html


def test_a_meeting_of_several_days_stands_on_each_of_them(reader: Client) -> None:
    made = dialogue()
    held = meeting(made, start="2021-12-30", end="2022-01-02")
    published(made, held)
    for day, is_there in (
        ("12-29", False),
        ("12-30", True),
        ("12-31", True),
        ("01-02", True),
        ("01-03", False),
    ):
        ids = [row["id"] for row in reader.get(f"/on-this-day/{day}/?format=json").json()["results"]]
        assert (held.pk in ids) is is_there, day


def test_deadlines_stand_on_their_day_and_drafts_and_what_was_never_held_on_none(reader: Client) -> None:
    made = dialogue()
    held, off = meeting(made, 1, "2021-12-31"), meeting(made, 2, "2022-12-31", status="cancelled")
    due, said = commitment(held, deadline="2025-12-31"), statement(held, "We met.")
    published(made, held, off, due, said)
    meeting(made, 3, "2023-12-31")
    rows = reader.get("/on-this-day/12-31/?format=json").json()["results"]
    assert [(row["id"], row["what"]) for row in rows] == [
        (due.pk, "due"),
        (held.pk, "held"),
        (said.pk, "issued"),
    ]
    feed = reader.get("/on-this-day/12-31/?format=atom").content.decode()
    assert sorted(re.findall("/id/([0-9a-z]{8})@1</id>", feed)) == sorted([due.pk, held.pk, said.pk])
    verbs.withdraw(due, by=None, reason="legal", note="x")
    assert reader.get("/on-this-day/12-31/?format=json").json()["count"] == 2
    assert due.pk in reader.get("/on-this-day/12-31/?format=atom").content.decode()


def test_a_day_with_nothing_says_so_and_leads_to_the_nearest(reader: Client) -> None:
    html = reader.get("/on-this-day/02-29/").content.decode()
    assert "Nothing is recorded on 29 February in any year." in html
    assert '<a href="/on-this-day/02-28/">28 February</a> · <a href="/on-this-day/03-01/">1 March</a>' in html
    assert 'rel="next" href="/on-this-day/03-01/"' in html
    assert 'rel="prev" href="/on-this-day/12-31/"' in reader.get("/on-this-day/01-01/").content.decode()


@pytest.mark.parametrize("day", ["13-01", "00-10", "02-30", "11-31", "today", "1", "٠١-٠١", "11-25-1"])
def test_a_day_that_there_is_not_is_404_with_a_sentence(reader: Client, day: str) -> None:
    answer = reader.get(f"/on-this-day/{day}/")
    assert answer.status_code == 404
    assert "is no day of the year" in answer.content.decode()


@pytest.mark.parametrize(("written", "day"), [("1-5", "01-05"), ("--11-25", "11-25"), ("1125", "11-25")])
def test_another_spelling_of_a_day_is_led_to_it(reader: Client, written: str, day: str) -> None:
    answer = reader.get(f"/on-this-day/{written}/")
    assert (answer.status_code, answer["Location"]) == (301, f"/on-this-day/{day}/")
    assert reader.get(f"/on-this-day/{day}")["Location"] == f"/on-this-day/{day}/"


def test_today_is_by_utc_and_never_stale(reader: Client) -> None:
    with done_at(datetime(2031, 8, 28, 23, 59, tzinfo=UTC)):
        first = reader.get("/on-this-day/")
        assert reader.get("/on-this-day/?format=json").json()["day"] == "08-28"
    assert "Today, by UTC." in first.content.decode()
    assert first["Cache-Control"] == "public, max-age=0, must-revalidate"
    with done_at(datetime(2031, 8, 29, 0, 1, tzinfo=UTC)):
        again = reader.get("/on-this-day/", headers={"if-none-match": first["ETag"]})
        assert again.status_code == 200
        assert "<h1>29 August</h1>" in again.content.decode()


def test_home_shows_today_or_the_nearest_day_before(reader: Client) -> None:
    for moment, heading in (
        (datetime(2031, 8, 28, tzinfo=UTC), 'href="/on-this-day/08-28/">On this day, 28 August'),
        (datetime(2031, 3, 1, tzinfo=UTC), 'href="/on-this-day/03-01/">On this day, 1 March'),
        (
            datetime(2031, 12, 27, tzinfo=UTC),
            'href="/on-this-day/12-24/">On the nearest day before, 24 December',
        ),
    ):
        with done_at(moment):
            assert heading in reader.get("/").content.decode(), moment


@pytest.mark.parametrize(
    ("decade", "count"), [("1990s", 20), ("2000s", 97), ("2010s", 176), ("2020s", 136), ("1950s", 0)]
)
def test_a_decade_lists_its_meetings(reader: Client, decade: str, count: int) -> None:
    data = reader.get(f"/years/{decade}/?format=json").json()
    assert data["count"] == count
    assert {row["start"][:3] for row in data["results"]} <= {decade[:3]}
    text = reader.get(f"/years/{decade}/?format=csv").getvalue().decode()
    assert len(list(csv.DictReader(io.StringIO(text, newline="")))) == count
    html = reader.get(f"/years/{decade}/").content.decode()
    first = int(decade[:4])
    assert f'rel="prev" href="/years/{first - 10}s/"' in html
    assert f'rel="next" href="/years/{first + 10}s/"' in html


def test_a_decade_is_sorted_followed_and_has_a_bar_for_each_year(reader: Client) -> None:
    html = reader.get("/years/2010s/?sort=date").content.decode()
    assert 'href="/fealac/2010/fm-4/"' in html
    assert all(f'href="/years/{year}/"' in html for year in range(2010, 2020))
    assert "format=atom" in html
    assert 'href="/years/2010s/"' in reader.get("/years/2014/").content.decode()
    assert 'rel="next"' not in re.sub("<nav class=.pages.*", "", reader.get("/years/2190s/").content.decode())


def test_years_are_grouped_by_decade_with_the_same_sum(reader: Client) -> None:
    data = reader.get("/years/?format=json").json()
    assert data["decades"] == [
        {"decade": "1990s", "meetings": 20},
        {"decade": "2000s", "meetings": 97},
        {"decade": "2010s", "meetings": 176},
        {"decade": "2020s", "meetings": 136},
    ]
    assert sum(row["meetings"] for row in data["results"]) == 429
    html = reader.get("/years/").content.decode()
    assert all(f'<a href="/years/{year}/">{year}<small>' in html for year in range(1993, 2027))


@pytest.mark.parametrize("text", ["2010S", "2010-2019", "201x", "2013s", "2010’s"])
def test_another_spelling_of_a_decade_is_led_to_it(reader: Client, text: str) -> None:
    answer = reader.get(f"/years/{text}/")
    if text == "2013s":
        assert answer.status_code == 404
        return
    assert (answer.status_code, answer["Location"]) == (301, "/years/2010s/")


@pytest.mark.parametrize("text", ["1890s", "2200s", "nineties", "20100s", "٢٠١٠s"])
def test_what_is_no_decade_is_404_with_a_sentence(reader: Client, text: str) -> None:
    answer = reader.get(f"/years/{text}/")
    assert answer.status_code == 404
    assert "A year is written 2014, a decade 2010s, from 1900s to 2190s." in answer.content.decode()


def rows_around(reader: Client, path: str) -> list[str]:
    html = reader.get(path).content.decode()
    part = html[
        html.index('<dl class="neighbours') : html.index("</dl>", html.index('<dl class="neighbours'))
    ]
    return re.findall(r'<dt>([^<]+)|href="/([^"]+)/"|(the first|the last)<', part)


def test_a_meeting_leads_on_in_its_series_its_dialogue_and_its_year(reader: Client) -> None:
    found = ["".join(one) for one in rows_around(reader, "/ca-jad/2022/fm-9/")]
    assert found == [
        "In this series", "ca-jad/2022/fm-8", "the last",
        "In this dialogue", "ca-jad/2022/fm-8", "ca-jad/2023/tokyo-dialogue-12",
        "In 2022", "japan-australia-2plus2/2022/2plus2-10", "the last",
    ]  # fmt: skip
    html = reader.get("/ca-jad/2022/fm-8/").content.decode()
    assert 'rel="next" href="/ca-jad/2022/fm-9/"' in html


def test_a_statement_leads_on_in_its_dialogue(reader: Client) -> None:
    html = reader.get("/ca-jad/2022/fm-9/joint-statement/").content.decode()
    assert 'rel="prev" href="/ca-jad/2020/fm-special/chairs-statement/"' in html
    assert 'rel="next" href="/ca-jad/2023/energy-1/joint-statement/"' in html


def test_meetings_of_one_day_stand_one_after_another_and_drafts_between_nothing(reader: Client) -> None:
    made = dialogue()
    held = sorted((meeting(made, n, "2031-05-06") for n in (1, 2, 3)), key=lambda one: one.pk)
    published(made, held[0], held[2])
    found = ["".join(one) for one in rows_around(reader, f"/{one_path(held[0])}/")]
    assert found[found.index("In this dialogue") :] == [
        "In this dialogue", "the first", one_path(held[2]), "In 2031", "the first", one_path(held[2]),
    ]  # fmt: skip


def one_path(held: object) -> str:
    held.pid.refresh_from_db()  # type: ignore[attr-defined]
    return str(held.pid.path)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "path",
    [
        "/meetings/", "/statements/", "/commitments/", "/ministers/", "/countries/", "/topics/", "/dialogues/",
        "/meetings/?dialogue=quad&sort=place", "/years/", "/years/2022/", "/years/2010s/", "/ca-jad/2022/",
        "/ca-jad/undated/", "/ca-jad/2022/statements/", "/ca-jad/fm/", "/on-this-day/", "/on-this-day/08-28/",
        "/shelf/?items=25hxwjjb",
    ],
)  # fmt: skip
def test_every_list_is_followed_with_one_click(reader: Client, path: str) -> None:
    html = reader.get(path).content.decode()
    part = html[html.index('<aside class="wrap follow') :]
    for form, kind in (("atom", "application/atom+xml"), ("feed", "application/feed+json")):
        href = re.search(rf'href="([^"]+format={form})" type="application', part)
        assert href, form
        answer = reader.get(href[1].replace("&amp;", "&"))
        assert (answer.status_code, answer["Content-Type"].split(";")[0]) == (200, kind)
