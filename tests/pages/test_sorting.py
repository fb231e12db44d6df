"""Lists sorted by their columns: the same order on the page, in JSON, CSV and citations, and on every page of it."""

from __future__ import annotations

import csv
import io
import itertools
import json
import re
from typing import Any

import pytest
from django.db.models import Value
from django.test import Client

from dialogues.models import Country, Minister, Topic
from meetings.models import Meeting
from registry import verbs
from registry.kit import sorting
from registry.models import NameKey, Pid
from tests.makers import country, dialogue, meeting, published

pytestmark = pytest.mark.django_db

# First and last of each order, worked out from fixtures/ without the site's code.
ENDS = [
    ("/meetings/", "date", "ticad/1993/conference-1", "ca-jad/undated/som-15"),
    # The list’s own order: meetings of one day, or of no known day, stand by dialogue.
    ("/meetings/", "-date", "korea-central-asia/2026/summit-1", "korea-central-asia/undated/forum-3"),
    ("/meetings/", "title", "japan-australia-2plus2/2007/2plus2-1", "ca-jad/2025/tokyo-dialogue-13"),
    ("/meetings/", "-title", "ca-jad/2025/tokyo-dialogue-13", "japan-australia-2plus2/2007/2plus2-1"),
    ("/meetings/", "dialogue", "asean-plus-three/1997/summit-1", "v4-japan/2021/fm-7"),
    ("/meetings/", "place", "ticad/2013/ministerial-03-16", "ca-jad/undated/som-15"),
    ("/meetings/", "-place", "ticad/2008/conference-4", "ca-jad/undated/som-15"),
    ("/statements/", "date", "ticad/1993/conference-1/declaration", "ca-jad/2025/summit-1/initiative"),
    ("/statements/", "kind", "mekong-japan/2012/fm-5/action-plan", "china-central-asia/2025/summit-2/treaty"),
    ("/statements/", "-kind", "china-central-asia/2025/summit-2/treaty", "fealac/2004/fm-2/action-plan"),
    ("/topics/", "broader", "topics/ai-digital", "topics/security"),
    ("/dialogues/", "founded", "g7", "italy-central-asia"),
    ("/dialogues/", "-founded", "germany-central-asia", "italy-central-asia"),
    ("/dialogues/", "-meetings", "asean-plus-three", "germany-central-asia"),
    ("/dialogues/", "first_year", "ticad", "germany-central-asia"),
    ("/dialogues/", "-last_year", "korea-central-asia", "guam-japan"),
]
SORTS = {
    "/meetings/": "date title dialogue place outcomes statements",
    "/statements/": "date title dialogue kind",
    "/commitments/": "date title dialogue strength deadline",
    "/ministers/": "title country meetings",
    "/countries/": "title kind dialogues meetings",
    "/topics/": "title broader commitments",
    "/dialogues/": "title founded meetings first_year last_year",
}
EVERY_SORT = [
    (path, f"{sign}{name}") for path, names in SORTS.items() for name in names.split() for sign in ("", "-")
]


def whole(reader: Client, address: str) -> list[dict[str, Any]]:
    answer = reader.get(f"{address}&format=json&page=all")
    rows: list[dict[str, Any]] = json.loads(answer.getvalue())["results"]
    return rows


def path_of(row: dict[str, Any]) -> str:
    return str(row["url"]).removeprefix("http://127.0.0.1:8000/").strip("/")


@pytest.mark.parametrize(("path", "sort", "first", "last"), ENDS)
def test_a_list_is_sorted_by_the_column_asked_for(
    reader: Client, path: str, sort: str, first: str, last: str
) -> None:
    rows = whole(reader, f"{path}?sort={sort}")
    assert (path_of(rows[0]), path_of(rows[-1])) == (first, last)


def test_numbers_sort_as_numbers_and_series_by_their_number(reader: Client) -> None:
    titles = [row["title"] for row in whole(reader, "/meetings/?series=ca-jad/fm&sort=title")]
    assert titles[:3] == [f"{n} Foreign Ministers’ Meeting" for n in ("1st", "2nd", "3rd")]
    assert titles[8] == "9th Foreign Ministers’ Meeting"
    counts = [row["meetings"] for row in whole(reader, "/ministers/?sort=-meetings")]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > 9


def test_strength_sorts_by_how_far_a_commitment_binds(reader: Client) -> None:
    order = ["pledges", "agrees", "intends", "affirms", "supports", "welcomes", "notes", "discussed"]
    said = [row["strength"] for row in whole(reader, "/commitments/?sort=-strength")]
    assert said == sorted(said, key=order.index)
    assert said.count("pledges") == 31
    assert said[:31] == ["pledges"] * 31


def test_what_is_not_known_comes_last_either_way(reader: Client) -> None:
    for sort in ("deadline", "-deadline"):
        days = [row["deadline"] for row in whole(reader, f"/commitments/?sort={sort}")]
        known = [day for day in days if day]
        assert days == known + [None] * (len(days) - len(known))
        assert known == sorted(known, reverse=sort.startswith("-"))


@pytest.mark.parametrize(("path", "sort"), EVERY_SORT)
def test_page_json_csv_and_its_pages_have_one_order(reader: Client, path: str, sort: str) -> None:
    ids = [row["id"] for row in whole(reader, f"{path}?sort={sort}")]
    assert len(ids) == len(set(ids))
    text = reader.get(f"{path}?sort={sort}&format=csv").getvalue().decode()
    assert [row["id"] for row in csv.DictReader(io.StringIO(text, newline=""))] == ids
    length = len(reader.get(f"{path}?sort={sort}&format=json").json()["results"])
    last = -(-len(ids) // length)
    for number in {1, min(2, last), last}:
        rows = reader.get(f"{path}?sort={sort}&format=json&page={number}").json()["results"]
        assert [row["id"] for row in rows] == ids[(number - 1) * length : number * length]
    assert reader.get(f"{path}?sort={sort}&page={last + 1}").status_code == 404
    html = reader.get(f"{path}?sort={sort}").content.decode()
    table = html[html.index("<tbody>") : html.index("</tbody>")]
    shown = re.findall(r'<td class="main">(?:<abbr[^>]*></abbr>)?<a href="([^"]+)"', table)
    paths = {pid.pk: pid.get_absolute_url() for pid in Pid.objects.filter(pk__in=ids)}
    assert shown == [paths[pid] for pid in ids[: len(shown)]]


def test_citations_come_in_the_order_asked_for(reader: Client) -> None:
    ids = [row["id"] for row in whole(reader, "/meetings/?dialogue=quad&sort=place")]
    items = json.loads(reader.get("/meetings/?dialogue=quad&sort=place&format=csl").getvalue())
    assert [item["id"].partition("@")[0] for item in items] == ids


def test_ties_stand_by_their_id(reader: Client) -> None:
    rows = whole(reader, "/dialogues/?sort=-meetings")
    for before, after in itertools.pairwise(rows):
        assert (-before["meetings"], before["id"]) < (-after["meetings"], after["id"])


def test_records_of_one_name_keep_their_places_on_every_page(reader: Client) -> None:
    made = [Topic.objects.draft(slug=f"same-{number}", name="Same name") for number in range(250)]
    published(*made)
    seen: list[str] = []
    for page in (1, 2):
        seen += [row["id"] for row in reader.get(f"/topics/?format=json&page={page}").json()["results"]]
    same = [pid for pid in seen if pid in {topic.pk for topic in made}]
    assert same == sorted(topic.pk for topic in made)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("sort=loudness", "date, -date, title, -title"),
        ("sort=", "date, -date, title, -title"),
        ("sort=--date", "date, -date, title, -title"),
        ("sort=date&sort=title", "more than once"),
        ("sort=%D9%A1", "date, -date, title, -title"),
        ("density=packed", "roomy, dense"),
        ("density=dense&density=dense", "more than once"),
    ],
)
def test_an_order_that_there_is_not_is_a_400_that_names_those_there_are(
    reader: Client, query: str, said: str
) -> None:
    name = query.split("=")[0]
    for path in ("/meetings/", "/dialogues/"):
        problem = reader.get(f"{path}?{query}&format=json")
        assert (problem.status_code, problem["Content-Type"]) == (400, "application/problem+json")
        assert problem.json()["errors"][0]["field"] == name
        assert reader.get(f"{path}?{query}").status_code == 400
        assert reader.get(f"{path}?{query}&format=csv").status_code == 400
    assert said in reader.get(f"/meetings/?{query}&format=json").json()["detail"]


def test_headings_are_links_that_say_how_the_list_is_sorted(reader: Client) -> None:
    html = reader.get("/meetings/").content.decode()
    assert '<th scope="col" aria-sort="descending"><a class="sort" href="/meetings/?sort=date">Date ' in html
    assert '<th scope="col"><a class="sort" href="/meetings/?sort=title">Meeting</a></th>' in html
    assert html.count("aria-sort") == 1
    turned = reader.get("/meetings/?sort=date").content.decode()
    assert '<th scope="col" aria-sort="ascending"><a class="sort" href="/meetings/">Date ' in turned
    assert "Sorted by <strong>Date, oldest first</strong>" in turned


def test_an_order_is_kept_by_filters_chips_paging_years_and_downloads(reader: Client) -> None:
    html = reader.get("/meetings/?dialogue=ca-jad&sort=place&density=dense").content.decode()
    assert '<input type="hidden" name="sort" value="place">' in html
    assert '<input type="hidden" name="density" value="dense">' in html
    for address in (
        "/meetings/?sort=place&amp;density=dense",
        "/meetings/?dialogue=ca-jad&amp;sort=place&amp;density=dense&amp;page=2",
        "/meetings/?dialogue=ca-jad&amp;sort=place&amp;density=dense&amp;year=2022",
        "/meetings/?dialogue=ca-jad&amp;sort=-place&amp;density=dense",
        "/meetings/?dialogue=ca-jad&amp;sort=title&amp;density=dense",
        "/meetings/?dialogue=ca-jad&amp;sort=place",
    ):
        assert f'href="{address}"' in html, address
    assert re.search(r'href="/meetings/\?dialogue=ca-jad&amp;sort=place[^"]*&amp;format=csv" download', html)
    assert 'class="wrap single dense"' in html


def test_a_sorted_list_is_followed_by_the_feed_of_the_list(reader: Client) -> None:
    plain = reader.get("/meetings/?dialogue=quad&format=atom")
    for query in ("sort=title", "sort=-place&density=dense"):
        html = reader.get(f"/meetings/?dialogue=quad&{query}").content.decode()
        assert 'href="/meetings/?dialogue=quad&amp;format=atom"' in html
        answer = reader.get(f"/meetings/?dialogue=quad&{query}&format=atom")
        ids = [re.findall("<id>[^<]*</id>", one.content.decode()) for one in (answer, plain)]
        assert ids[0] == ids[1]


def test_drafts_and_what_was_withdrawn_are_in_no_order(reader: Client) -> None:
    made = dialogue()
    held = meeting(made)
    published(made, held)
    draft = meeting(made, 2)
    verbs.withdraw(held, by=None, reason="legal", note="x")
    for sort in SORTS["/meetings/"].split():
        ids = {row["id"] for row in whole(reader, f"/meetings/?sort={sort}")}
        assert not ids & {draft.pk, held.pk}
    assert Meeting.objects.filter(pk=draft.pk).exists()


# By hand: accents and capitals do not count, Latin letters stand before Cyrillic and those before characters.
NAMES = [
    "Ålesund",
    "ALİYEV Ali",
    "Aliyev Bek",
    "ıssık",
    "Issyk",
    "Ørsted",
    "Ostrov",
    "Özbek",
    "Straße",
    "STRASSEN",
    "zebra",
    "АДЫЛ",
    "Йошкар-Ола",
    "Иран",
    "Әділ",
    "林芳正",
]


def test_names_stand_in_one_order_on_both_databases(reader: Client) -> None:
    mixed = sorted(NAMES, key=lambda name: name[::-1])
    lands = [country(f"x{number}", name) for number, name in enumerate(mixed)]
    people = [
        Minister.objects.draft(slug=f"x{number}", sort_name=name, western_name=name, country=lands[0])
        for number, name in enumerate(mixed)
    ]
    topics = [Topic.objects.draft(slug=f"x{number}", name=name) for number, name in enumerate(mixed)]
    met = meeting(framework := dialogue())
    met.hosts.set(lands)
    published(framework, *lands, *people, *topics, met)
    for path in ("/countries/", "/ministers/", "/topics/"):
        listed = [row["title"] for row in whole(reader, f"{path}?sort=title")]
        fallen = [row["title"] for row in whole(reader, f"{path}?sort=-title")]
        assert [name for name in listed if name in NAMES] == NAMES, path
        assert [name for name in fallen if name in NAMES] == NAMES[::-1], path
        assert [row["title"] for row in whole(reader, f"{path}?density=dense")] == listed, path
    hosts = json.loads(reader.get(f"/{met.pid.path}/?format=json").content)["hosts"]
    assert [host["name"] for host in hosts] == NAMES


def test_the_database_knows_the_key_of_every_letter() -> None:
    for start in range(0x20, 0x3000, 0x100):
        text = "".join(c for c in map(chr, range(start, start + 0x100)) if c.isalnum() or c in "ẞ'\u0301")
        found = Country.objects.values_list(NameKey(Value(text)), flat=True).first()
        assert found == sorting.key(text), hex(start)
