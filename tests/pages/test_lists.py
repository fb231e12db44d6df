"""Lists: what they count, how they narrow, what they give away."""

from __future__ import annotations

import csv
import io
import re
from html import unescape
from urllib.parse import parse_qs

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
        ("minister=hayashi-yoshimasa&nature=remark", 6),
        ("minister=hayashi-yoshimasa&nature=commitment", 35),
        ("minister=hayashi-yoshimasa&nature=background", 3),
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
    name, value = query.split("=")
    [fault] = problem.json()["errors"]
    assert (fault["field"], value in fault["detail"]) == (name, True)
    assert value in unescape(page.content.decode())


def test_a_refused_filter_is_told_with_what_was_typed_and_the_order_stays(reader: Client) -> None:
    page = reader.get("/meetings/?year=abc&dialogue=ca-jad&country=zz&sort=title&density=dense")
    html = page.content.decode()
    assert "“abc” is no year here: write four digits, from 1900 to 2199." in html
    assert "“zz” is none of these: choose from the list, or leave it." in html
    assert '<option value="ca-jad" selected>' in html
    assert '<input type="hidden" name="sort" value="title">' in html
    assert '<input type="hidden" name="density" value="dense">' in html


@pytest.mark.parametrize(
    ("address", "field", "nearest", "without"),
    [
        ("/meetings/?contry=kz&year=2022", "contry", "country", "/meetings/?year=2022"),
        ("/meetings/?year=2021&year=2022&country=kz", "year", "", "/meetings/?country=kz"),
        ("/countries/?colour=red", "colour", "", "/countries/"),
        ("/statements/?untill=2010", "untill", "until", "/statements/"),
        ("/topics/?sorted=title", "sorted", "sort", "/topics/"),
        ("/years/?ano=1", "ano", "", "/years/"),
        ("/years/2022/?dialog=ca-jad", "dialog", "", "/years/2022/"),
        ("/years/2010s/?pages=2", "pages", "page", "/years/2010s/"),
        ("/ca-jad/2022/?month=12", "month", "", "/ca-jad/2022/"),
        ("/ca-jad/fm/?ranks=head", "ranks", "", "/ca-jad/fm/"),
        ("/ca-jad/fm/attendance/?ranks=head", "ranks", "rank", "/ca-jad/fm/attendance/"),
        ("/on-this-day/11-25/?x=", "x", "", "/on-this-day/11-25/"),
        ("/offices/?countries=jp", "countries", "country", "/offices/"),
        ("/changes/?limits=5", "limits", "limit", "/changes/"),
        ("/pictures/hosts/?dialogs=quad", "dialogs", "dialogue", "/pictures/hosts/"),
        ("/lexicon/?year=2022", "year", "", "/lexicon/"),
        ("/phrases/?q=law&yer=2022", "yer", "year", "/phrases/?q=law"),
    ],
)
def test_what_a_list_does_not_know_is_refused_with_the_way_out(
    reader: Client, address: str, field: str, nearest: str, without: str
) -> None:
    path, _mark, query = address.partition("?")
    page = reader.get(address)
    assert page.status_code == 400
    html = page.content.decode()
    assert f"This page without “{field}”" in html
    assert f'href="{without.replace("&", "&amp;")}"' in html
    assert ("Did you mean" in html) == bool(nearest)
    for form in ("json", "csv"):
        answer = reader.get(f"{path}?format={form}&{query}")
        assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
        [fault] = answer.json()["errors"]
        rest = without.partition("?")[2]
        kept = f"format={form}&{rest}" if rest else f"format={form}"
        assert fault["without"] == f"http://127.0.0.1:8000{path}?{kept}"
        assert (fault["field"], fault.get("nearest", "")) == (field, nearest)


@pytest.mark.parametrize("form", ["atom", "feed", "ics"])
def test_feeds_and_calendars_of_lists_refuse_it_too(reader: Client, form: str) -> None:
    assert reader.get(f"/meetings/?format={form}&contry=kz").status_code == 400
    assert reader.get(f"/meetings/?format={form}&country=kz").status_code == 200


LED_FROM = [
    "/", "/dialogues/", "/meetings/?year=2022&sort=title&density=dense", "/commitments/?due=any", "/statements/",
    "/ministers/", "/countries/", "/topics/", "/years/", "/years/2022/", "/years/2010s/", "/ca-jad/", "/ca-jad/2022/",
    "/ca-jad/fm/", "/ca-jad/fm/attendance/?rank=ambassador", "/countries/kz/attendance/", "/ca-jad/2022/fm-9/",
    "/ca-jad/2022/fm-9/joint-statement/", "/countries/kz/", "/topics/energy/", "/topics/energy/language/", "/offices/",
    "/changes/", "/on-this-day/11-25/", "/pictures/", "/pictures/hosts/?dialogue=ca-jad", "/pictures/meets/",
    "/lexicon/", "/phrases/", "/data/", "/api/", "/about/",
]  # fmt: skip
HREF = re.compile(r'href="(/[^"#]*\?[^"#]+)"')
FORM = re.compile(r'<form(?![^>]*method="post")[^>]*action="(/[^"]*)"(.*?)</form>', re.DOTALL)
NAME = re.compile(r'<(?:input|select)[^>]* name="([^"]+)"')


def test_no_link_or_form_of_ours_asks_for_what_is_refused(reader: Client) -> None:
    """Of links to one kind of page with the same parameters one is followed; of forms the empty ones are sent."""
    asked: dict[tuple[str, ...], str] = {}
    for path in LED_FROM:
        html = reader.get(path).content.decode()
        addresses = [unescape(address) for address in HREF.findall(html)]
        addresses += [
            f"{action}?{'&'.join(f'{name}=' for name in dict.fromkeys(NAME.findall(inside)))}"
            for action, inside in FORM.findall(html)
        ]
        for address in addresses:
            where, _mark, query = address.partition("?")
            shape = (
                where.split("/")[1],
                str(where.count("/")),
                *sorted(parse_qs(query, keep_blank_values=True)),
            )
            asked.setdefault(shape, address)
    assert len(asked) > 60
    answered = {address: reader.get(address).status_code for address in asked.values()}
    assert {address for address, status in answered.items() if status == 400} == set()


def test_chips_take_one_filter_away(reader: Client) -> None:
    html = reader.get("/meetings/?dialogue=ca-jad&year=2022").content.decode()
    assert 'href="/meetings/?year=2022"' in html
    assert 'href="/meetings/?dialogue=ca-jad"' in html


def ways_on(reader: Client, address: str) -> tuple[str, list[tuple[str, str, int]]]:
    """The deck of an empty list, and the ways on from it: address, words, how many stand there."""
    html = reader.get(address).content.decode()
    section = html.partition('aria-labelledby="ways-on"')[2].partition("</section>")[0]
    found = re.findall(r'<a href="([^"]+)">([^<]+)</a> <span class="note">([0-9]+)</span>', section)
    deck = re.findall(r'<p class="deck">([^<]*)</p>', html)[0]
    return deck, [(unescape(href), unescape(words), int(number)) for href, words, number in found]


@pytest.mark.parametrize(
    ("address", "deck", "ways"),
    [
        (
            "/meetings/?dialogue=ca-jad&year=1950&sort=title",
            "No meeting fits all of these filters.",
            [
                ("/meetings/?dialogue=ca-jad&sort=title", "Without “Year: 1950”", 52),
                ("/meetings/?sort=title", "Without any filter", 436),
            ],
        ),
        (
            "/commitments/?verb=considered&repeats=1950",
            "No commitment fits all of these filters.",
            [
                ("/commitments/?verb=considered", "Without “Repeats what was said in: 1950”", 6),
                ("/commitments/", "Without any filter", 724),
            ],
        ),
        (
            "/statements/?year=1950",
            "No statement fits all of these filters.",
            [("/statements/", "Without any filter", 217)],
        ),
    ],
)
def test_an_empty_list_names_the_filter_to_drop_and_what_stands_without_it(
    reader: Client, address: str, deck: str, ways: list[tuple[str, str, int]]
) -> None:
    assert reader.get(address).status_code == 200
    assert ways_on(reader, address) == (deck, ways)
    for href, _words, number in ways:
        joined = "&" if "?" in href else "?"
        assert reader.get(f"{href}{joined}format=json").json()["count"] == number


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


def test_what_other_sites_add_to_a_shared_link_is_passed_over(reader: Client) -> None:
    added = "utm_source=letter&fbclid=Iw1"
    assert reader.get(f"/meetings/?year=2022&{added}").status_code == 200
    assert reader.get(f"/pictures/wall/?{added}").status_code == 200
    search = reader.get(f"/search/?q=water&{added}")
    assert (search.status_code, search["Location"]) == (302, "/search/?q=water")


def test_years_stand_beneath_their_bars(reader: Client) -> None:
    """Each year named on the axis stands under the middle of its bar; all years with meetings stay links."""
    html = reader.get("/years/2000s/").content.decode()
    axis = re.findall(r'<text x="([0-9.]+)%" y="1em">([0-9]+)</text>', html)
    assert [year for _x, year in axis] == ["2000", "2002", "2004", "2006", "2009"]
    bars = re.findall(
        r'aria-label="([0-9]{4}): [0-9]+".*?<rect x="([0-9.]+)" y="[0-9.]+" width="([0-9.]+)"', html
    )
    middles = {year: (float(x) + float(width) / 2) / 10 for year, x, width in bars}
    assert [float(x) for x, _year in axis] == [3.9, 23.9, 43.9, 63.9, 93.9]
    assert all(abs(middles[year] - float(x)) < 0.1 for x, year in axis)
    listed = html.partition('<ol class="years">')[2].partition("</ol>")[0]
    assert re.findall(r'href="/years/([0-9]{4})/"', listed) == [str(year) for year in range(2000, 2010)]


def test_a_long_axis_names_the_first_the_last_and_round_years(reader: Client) -> None:
    html = reader.get("/years/").content.decode()
    axis = re.findall(r'<text x="[0-9.]+%" y="1em">([0-9]+)</text>', html)
    assert axis == ["1993", "2000", "2005", "2010", "2015", "2020", "2026"]
