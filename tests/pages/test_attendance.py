"""Who came to which meeting: answers worked out by hand from fixtures/, the same in page, JSON and CSV."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client

from dialogues.models import Country, Membership, Minister, Tenure, Track
from meetings.models import Delegation, Meeting
from registry import verbs
from registry.models import Pid
from tests.makers import attend, country, dialogue, meeting, minister, published

pytestmark = pytest.mark.django_db
FM = "/ca-jad/fm/attendance/"
SITE = "http://127.0.0.1:8000"
FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "dialogues"
Row = dict[str, Any]


def answer(reader: Client, path: str) -> Row:
    got = reader.get(f"{path}{'&' if '?' in path else '?'}format=json")
    assert got.status_code == 200, got.content[:300]
    data: Row = got.json()
    return data


def rows(reader: Client, path: str, **wanted: Any) -> list[Row]:
    found = answer(reader, path)["results"]
    return [row for row in found if all(row[name] == value for name, value in wanted.items())]


def page(reader: Client, path: str) -> str:
    got = reader.get(path)
    assert got.status_code == 200
    return unescape(got.content.decode())


def path_of(slug: str) -> str:
    return f"/{Minister.objects.get(slug=slug).pid.path}/"


def test_what_a_narrowed_matrix_leaves_out_is_no_lack_of_membership(reader: Client) -> None:
    """Turkmenistan was a member at all ten meetings and sent an ambassador to two of them."""
    for asked, shown in (("", 10), ("?rank=ambassador", 2)):
        html = page(reader, FM + asked)
        line = html[html.index('#by-tm">') :].partition("</tr>")[0]
        assert line.count("not shown here: another rank or presence than asked for") == 10 - shown
        assert "not a member then" not in line
        assert ("A dot stands where another rank" in html) == (shown < 10)


# What the record says


def test_who_came_in_place_of_turkmenistans_minister_at_the_third_meeting(reader: Client) -> None:
    (row,) = rows(reader, FM, country_code="tm", ordinal=3)
    assert row == {
        "country": "Turkmenistan",
        "country_code": "tm",
        "meeting": "3rd Foreign Ministers’ Meeting",
        "meeting_url": f"{SITE}/ca-jad/2010/fm-3/",
        "delegation_url": f"{SITE}/ca-jad/2010/fm-3/#d-tm",
        "dialogue": "Central Asia plus Japan",
        "dialogue_code": "ca-jad",
        "series": "fm",
        "ordinal": 3,
        "start": "2010-08-07",
        "end": None,
        "presence": "represented",
        "capacity": "member",
        "came": "yes",
        "name": "PIRMUHAMEDOV Soltan",
        "title": "Ambassador Extraordinary and Plenipotentiary to Uzbekistan",
        "rank": "ambassador",
        "role": "head_of_delegation",
        "presiding": "",
        "in_place_of": "the foreign minister",
        "replaced": "MEREDOV Rashid",
        "minister": SITE + path_of("pirmuhamedov-soltan"),
        "offices": "Ambassador of Turkmenistan to Uzbekistan",
        "offices_basis": "undated",
        "certainty": row["certainty"],
        "sources": row["sources"],
    }
    words = " ".join(re.sub(r"<[^>]+>", " ", page(reader, FM)).split())
    assert "in place of the foreign minister – by the tenures recorded here: MEREDOV Rashid" in words
    assert "ambassador, in place of the foreign minister" in words


def test_who_chaired_the_ministers(reader: Client) -> None:
    chairs = [(row["ordinal"], row["name"]) for row in rows(reader, FM) if row["presiding"]]
    assert sorted(chairs, key=lambda one: one[0] or 7.5) == [
        (2, "ASO Taro"), (3, "NOROV Vladimir"), (4, "GEMBA Koichiro"), (5, "ABDYLDAEV Erlan"), (6, "MEREDOV Rashid"),
        (7, "MUHRIDDIN Sirojiddin"), (None, "MOTEGI Toshimitsu"), (8, "HAYASHI Yoshimasa"), (9, "HAYASHI Yoshimasa"),
    ]  # fmt: skip


def test_not_recorded_is_not_absent(reader: Client) -> None:
    path = "/ca-jad/som/attendance/"
    silent = Counter(row["ordinal"] for row in rows(reader, path, presence="not_recorded"))
    assert silent == {1: 6, 4: 6, 5: 6, 7: 6, 8: 6, 9: 6, 11: 4, 15: 6}
    assert rows(reader, path, presence="absent") == []
    html = page(reader, path)
    assert "○" in html
    assert "not recorded" in html
    (absent,) = rows(reader, FM, presence="absent")
    assert (absent["country_code"], absent["ordinal"], absent["came"]) == ("tm", 2, "nobody")
    assert absent["delegation_url"].endswith("/ca-jad/2006/fm-2/#d-tm")
    assert 'class="absent"' in page(reader, FM)


def test_of_a_meeting_that_was_not_held_nothing_is_missing(reader: Client) -> None:
    found = rows(reader, "/ca-jad/summit/attendance/", start="2024-08-09")
    assert {row["country_code"]: (row["presence"], row["came"]) for row in found} == {
        "jp": ("expected", "expected"), "kz": ("expected", "expected"), "kg": ("not_held", "nobody"),
        "tj": ("not_held", "nobody"), "tm": ("not_held", "nobody"), "uz": ("not_held", "nobody"),
    }  # fmt: skip


def test_a_country_that_was_no_member_then_is_blank_and_not_silent(reader: Client) -> None:
    """Russia belonged to the Group from 1998 to March 2014."""
    years = sorted(row["start"][:4] for row in rows(reader, "/g7/fm/attendance/", country_code="ru"))
    assert (years[0], years[-1]) == ("1998", "2013")
    assert "not a member then, nothing recorded" in page(reader, "/g7/fm/attendance/")


def test_guests_are_told_from_members(reader: Client) -> None:
    guests = rows(reader, FM, capacity="guest")
    assert [(row["country"], row["ordinal"], row["name"]) for row in guests] == [
        ("Afghanistan", 2, "SPANTA Rangin Dadfar"),
        ("Afghanistan", 7, "RABBANI Salahuddin"),
    ]
    assert 'class="minister guest' in page(reader, FM)


def test_totals_are_those_counted_by_hand(reader: Client) -> None:
    data = answer(reader, FM)
    ranks = dict.fromkeys(
        ["head", "minister", "deputy", "ambassador", "envoy", "official", "other", "unknown"], 0
    )
    nothing = {"expected": 0, "not_recorded": 0, "not_held": 0}
    assert data["totals"] == {
        "meetings": 62, "attended": 56, "represented": 5, "absent": 1, **nothing,
        "ranks": ranks | {"minister": 54, "deputy": 4, "ambassador": 2, "envoy": 1},
    }  # fmt: skip
    by_country = {one["code"]: one["totals"] for one in data["countries"]}
    assert by_country["tm"] == {
        "meetings": 10, "attended": 5, "represented": 4, "absent": 1, **nothing,
        "ranks": ranks | {"minister": 5, "deputy": 2, "ambassador": 2},
    }  # fmt: skip
    eighth = next(one for one in data["meetings"] if one["start"] == "2022-04-15")
    assert (eighth["totals"]["attended"], eighth["totals"]["represented"]) == (4, 2)


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("", "jp kz kg tj tm uz af"),
        ("order", "jp kz kg tj tm uz af"),
        ("-order", "af uz tm tj kg kz jp"),
        ("country", "af jp kz kg tj tm uz"),
        ("-country", "uz tm tj kg kz jp af"),
        ("attended", "af tm kz jp kg tj uz"),
        ("-attended", "jp kg tj uz kz tm af"),
        ("rank", "jp kg tj uz kz tm af"),
        ("-rank", "af tm kz uz jp kg tj"),
    ],
)
def test_countries_are_sorted_as_the_address_says(reader: Client, sort: str, order: str) -> None:
    data = answer(reader, f"{FM}?sort={sort}")
    assert [one["code"] for one in data["countries"]] == order.split()
    assert list(dict.fromkeys(row["country_code"] for row in data["results"])) == order.split()
    shown = re.findall(r'<th scope="row"><a href="#by-([a-z]+)"', page(reader, f"{FM}?sort={sort}"))
    assert shown == order.split()


def test_any_of_several_ranks_and_all_groups_at_once(reader: Client) -> None:
    found = rows(reader, f"{FM}?rank=ambassador&rank=deputy")
    assert [(row["country_code"], row["start"][:4]) for row in found] == [
        ("kz", "2022"), ("tm", "2004"), ("tm", "2010"), ("tm", "2019"), ("tm", "2022"), ("uz", "2012"),
    ]  # fmt: skip
    assert answer(reader, f"{FM}?rank=ambassador&rank=deputy")["totals"]["meetings"] == 6
    narrowed = rows(reader, f"{FM}?rank=deputy&country=tm&country=kz&since=2020")
    assert [row["name"] for row in narrowed] == ["TURSUNOV", "HAJIYEV Vepa"]
    assert len(rows(reader, f"{FM}?country=tm")) == 10
    assert [row["ordinal"] for row in rows(reader, f"{FM}?presence=absent")] == [2]
    assert len(answer(reader, f"{FM}?since=2010&until=2012")["meetings"]) == 2
    assert "Nobody here is as you ask." in page(reader, f"{FM}?rank=head")


# The same in every form


def links_of_matrix(html: str) -> list[str]:
    table = re.search(r'<table class="matrix.*?</table>', html, re.S)
    return (
        [f"{SITE}{href}" for href in re.findall(r'<td[^>]*><a href="([^"#]+#d-[^"]+)"', table[0])]
        if table
        else []
    )


def as_text(value: Any) -> str:
    return "" if value is None else str(value)


def check(reader: Client, path: str) -> None:
    data, html = answer(reader, path), page(reader, path)
    text = reader.get(f"{path}?format=csv").getvalue().decode()
    assert text.count("\r\n") == len(data["results"]) + 1
    table = list(csv.DictReader(io.StringIO(text, newline="")))
    assert table == [{name: as_text(value) for name, value in row.items()} for row in data["results"]]
    cells = dict.fromkeys(row["delegation_url"] for row in data["results"])
    assert links_of_matrix(html) == list(cells)
    assert (
        len(re.findall('<td class="at">', html)) + silent_in_list(html)
        == len(data["results"])
        == data["count"]
    )
    for row in data["results"]:
        assert row["name"] in html
    presences = Counter({row["delegation_url"]: row["presence"] for row in data["results"]}.values())
    for totals in (data["totals"], summed(data["countries"]), summed(data["meetings"])):
        assert {name: totals[name] for name in presences} == presences
        assert totals["meetings"] == len(cells) == sum(presences.values())
        assert sum(totals["ranks"].values()) == totals["attended"] + totals["represented"]
    for one in re.findall(r"<tfoot>(.*?)</tfoot>", html, re.S):
        sums = [re.findall(r"<td[^>]*>(\d+)</td>", line) for line in one.split("</tr>") if "<td" in line]
        assert sum(int(number) for line in sums for number in line) == len(cells)


def silent_in_list(html: str) -> int:
    return sum(line.count("#d-") for line in re.findall(r'<tr class="silent">.*?</tr>', html, re.S))


def summed(parts: list[Row]) -> Row:
    names = [name for name in parts[0]["totals"] if name != "ranks"] if parts else ["meetings"]
    found = {name: sum(part["totals"][name] for part in parts) for name in names}
    return {**found, "ranks": sum((Counter(part["totals"]["ranks"]) for part in parts), Counter())}


def test_page_json_and_csv_say_the_same_of_every_series_and_dialogue(reader: Client) -> None:
    tracks = Track.objects.filter(dialogue__pid__state="public", meetings__isnull=False).distinct()
    codes = [(track.dialogue.code, track.code) for track in tracks.select_related("dialogue")]
    assert len(codes) == 55
    for path in [f"/{one}/{two}/attendance/" for one, two in codes] + [
        f"/{one}/attendance/" for one in {c for c, _ in codes}
    ]:
        check(reader, path)


def test_every_delegate_of_the_files_is_there_and_no_other(reader: Client) -> None:
    """Read from fixtures/ without any code of the archive."""
    for file in sorted(FIXTURES.glob("*.yaml")):
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
        code = content["dialogue"]["code"]
        expected = Counter(
            (one["track"], one.get("start"), delegation["country"], delegation["presence"],
             person.get("name_printed") or "", person.get("rank", "unknown"), person.get("in_place_of") or "")
            for one in content.get("meetings", [])
            for delegation in one.get("delegations", [])
            for person in delegation.get("delegates") or [{"rank": ""}]
        )  # fmt: skip
        found = Counter(
            tuple(row[name] for name in ("series", "start", "country_code", "presence", "name", "rank", "in_place_of"))
            for row in rows(reader, f"/{code}/attendance/")
            if row["presence"] not in ("not_recorded", "not_held")
        )  # fmt: skip
        assert found == expected, code


def test_each_mark_leads_to_the_delegation_on_the_meetings_page(reader: Client) -> None:
    found: dict[str, set[str]] = {}
    for row in rows(reader, "/ca-jad/attendance/"):
        address, _sharp, anchor = row["delegation_url"].removeprefix(SITE).partition("#")
        found.setdefault(address, set()).add(anchor)
    for address, anchors in found.items():
        html = page(reader, address)
        assert {one for one in anchors if html.count(f'id="{one}"') == 1} == anchors, address


def test_the_series_page_shows_the_same_part_and_leads_there(reader: Client) -> None:
    series = page(reader, "/ca-jad/fm/")
    assert links_of_matrix(series) == links_of_matrix(page(reader, FM))
    assert f'href="{FM}"' in series
    assert 'href="/ca-jad/attendance/"' in page(reader, "/ca-jad/")
    sent = {one["country"]["code"]: one for one in answer(reader, "/ca-jad/fm/")["attendance"]}
    assert [one["mark"] for one in sent["tm"]["meetings"]] == [
        "ambassador", "absent", "ambassador", "minister", "minister", "minister", "deputy", "minister", "deputy",
        "minister",
    ]  # fmt: skip


# Its turn


def test_a_country_over_all_dialogues(reader: Client) -> None:
    path = "/countries/tm/attendance/"
    found = rows(reader, f"{path}?rank=ambassador&dialogue=ca-jad")
    assert [(row["series"], row["start"], row["in_place_of"]) for row in found] == [
        ("fm", "2004-08-28", "the foreign minister"),
        ("fm", "2010-08-07", "the foreign minister"),
        ("som", "2006-02-08", ""),
        ("som", "2007-12-13", ""),
        ("som", "2018-11-26", ""),
        ("som", "2024-05-14", ""),
    ]
    data = answer(reader, path)
    assert summed(data["dialogues"]) | {"ranks": 0} == data["totals"] | {"ranks": 0}
    assert [one["start"] for one in rows(reader, f"{path}?presence=absent")] == [
        "2016-12", "2022-02-28", "2006-06-05",
    ]  # fmt: skip
    assert {row["country_code"] for row in data["results"]} == {"tm"}
    assert len(rows(reader, f"{path}?dialogue=ca-jad&since=2022&until=2022")) == 3
    assert f'href="{path}"' in page(reader, "/countries/tm/")


def test_a_country_is_the_same_in_its_own_page_and_in_the_matrix(reader: Client) -> None:
    for code in ("jp", "kg", "ru", "eu", "af"):
        own = rows(reader, f"/countries/{code}/attendance/")
        dialogues = dict.fromkeys(row["dialogue_code"] for row in own)
        joined = [row for one in dialogues for row in rows(reader, f"/{one}/attendance/?country={code}")]
        assert own == joined
        html = page(reader, f"/countries/{code}/attendance/")
        assert len(re.findall('<td class="at">', html)) + silent_in_list(html) == len(own)


def test_a_minister_is_said_to_be_there_absent_or_replaced(reader: Client) -> None:
    path = f"{path_of('meredov-rashid')}attendance/"
    data = answer(reader, f"{path}?dialogue=ca-jad&dialogue=c5-plus-1")
    theirs = {one["code"]: one["totals"] for one in data["dialogues"]}
    assert theirs["ca-jad"] == {"came": 5, "chaired": 1, "expected": 0, "absent": 0, "replaced": 4}
    assert theirs["c5-plus-1"]["absent"] == 1
    (absent,) = rows(reader, path, came="no")
    assert (absent["start"], absent["name"], absent["title"]) == (
        "2016-12", "MEREDOV Rashid", "Minister of Foreign Affairs",
    )  # fmt: skip
    stood_in = [row["name"] for row in rows(reader, f"{path}?dialogue=ca-jad") if row["in_place_of"]]
    assert stood_in == ["", "PIRMUHAMEDOV Soltan", "HAJIYEV Vepa", "HAJIYEV Vepa"]
    html = page(reader, path)
    for words in ("named as not attending", "another stood in", "our inference"):
        assert words in html
    assert f'href="{path}"' in page(reader, path_of("meredov-rashid"))


def test_offices_are_those_held_at_the_time(reader: Client) -> None:
    """Norov: minister 2006–2010, first deputy 2010–2013, acting then minister from April 2022."""
    found = rows(reader, f"{path_of('norov-vladimir')}attendance/?dialogue=ca-jad")
    assert [(row["start"], row["title"], row["offices"], row["offices_basis"]) for row in found] == [
        ("2010-08-07", "Minister of Foreign Affairs",
         "Minister of Foreign Affairs of Uzbekistan; First Deputy Minister of Foreign Affairs of Uzbekistan",
         "year; year"),
        ("2012-11-10", "First Deputy Minister of Foreign Affairs (former minister)",
         "First Deputy Minister of Foreign Affairs of Uzbekistan", "throughout"),
        ("2022-12-24", "Minister of Foreign Affairs",
         "Acting, then Minister of Foreign Affairs of Uzbekistan", "throughout"),
    ]  # fmt: skip
    html = page(reader, f"{path_of('norov-vladimir')}attendance/")
    assert "probably: the source gives only the year" in html
    assert 'href="/offices/?on=2010-08-07&country=uz"' in html


def test_a_place_taken_by_name_is_matched_by_name(reader: Client) -> None:
    land = country("xa", "Examplia")
    held, said = dialogue(), meeting(dialogue("yy-dialogue", "Other"), start="2021-03-04")
    absent = minister("DOE Jane", of=land)
    published(land, held, said.track.dialogue, said, absent)
    office = Tenure._meta.get_field("office").related_model.objects.create(
        title="Envoy of Examplia", country=land
    )
    Tenure.objects.create(minister=absent, office=office, start="2020", end="2022")
    attend(said, land, name="Roe", in_place_of="Envoy DOE JANE", rank="official")
    assert [row["replaced"] for row in rows(reader, "/yy-dialogue/attendance/")] == ["DOE Jane"]
    assert answer(reader, f"/{absent.pid.path}/attendance/")["totals"]["replaced"] == 1


# What is refused, and what is nobody's business


@pytest.mark.parametrize(
    ("path", "field"),
    [
        (f"{FM}?rank=king", "rank"),
        (f"{FM}?rank=minister&rank=king", "rank"),
        (f"{FM}?presence=gone", "presence"),
        (f"{FM}?sort=size", "sort"),
        (f"{FM}?sort=country&sort=rank", "sort"),
        (f"{FM}?country=atlantis", "country"),
        (f"{FM}?since=0", "since"),
        (f"{FM}?since=99999", "since"),
        (f"{FM}?until=２０１０", "until"),
        (f"{FM}?colour=red", "colour"),
        (f"{FM}?dialogue=quad", "dialogue"),
        ("/countries/tm/attendance/?dialogue=none", "dialogue"),
        ("/countries/tm/attendance/?sort=size", "sort"),
        ("/countries/tm/attendance/?at=2020-01-01", "at"),
        ("/ca-jad/attendance/?page=2", "page"),
    ],
)
def test_what_is_not_understood_is_refused_by_name(reader: Client, path: str, field: str) -> None:
    for form in ("json", "csv"):
        got = reader.get(f"{path}&format={form}")
        assert (got.status_code, got["Content-Type"]) == (400, "application/problem+json")
        assert [one["field"] for one in got.json()["errors"]] == [field]
    assert reader.get(path).status_code == 400


def test_an_empty_value_asks_for_nothing(reader: Client) -> None:
    assert answer(reader, f"{FM}?rank=&country=&since=&until=&sort=") == answer(reader, FM)


def test_drafts_are_nowhere(reader: Client) -> None:
    track = Track.objects.get(dialogue__code="ca-jad", code="fm")
    before = answer(reader, FM)
    draft = Meeting.objects.draft(track=track, ordinal=77, start="2030-01-01")
    attend(draft, Country.objects.get(code="jp"), name="SECRET Name")
    assert answer(reader, FM) == before
    assert "SECRET" not in page(reader, "/countries/jp/attendance/")
    hidden = minister("HIDDEN Person", of=Country.objects.get(code="jp"))
    shown = Delegation.objects.get(meeting__pid__path="ca-jad/2022/fm-9", country__code="jp").delegates.get()
    shown.minister = hidden
    shown.save()
    cache.clear()
    html = page(reader, FM)
    assert hidden.pk not in html
    assert "hidden-person" not in html
    (row,) = rows(reader, FM, country_code="jp", ordinal=9)
    assert row["minister"] == ""
    assert reader.get(f"/ministers/{hidden.pk}/hidden-person/attendance/").status_code == 404
    made = dialogue()
    assert reader.get(f"/{made.code}/attendance/").status_code == 404
    assert reader.get("/countries/zz/attendance/").status_code == 404


def test_addresses_beneath_a_record_follow_it(reader: Client) -> None:
    old = path_of("meredov-rashid")
    pid = old.split("/")[2]
    for asked in (f"{old}attendance", f"/ministers/{pid}/other/attendance/", f"/ministers/{pid}/attendance/"):
        got = reader.get(asked)
        assert (got.status_code, got["Location"]) == (301, f"{old}attendance/"), asked
    got = reader.get("/ca-jad/fm/attendance?rank=deputy")
    assert (got.status_code, got["Location"]) == (301, f"{FM}?rank=deputy")
    assert reader.get("/CA-JAD/attendance/")["Location"] == "/ca-jad/attendance/"
    for nothing in ("/ca-jad/2022/fm-9/attendance/", "/topics/energy/attendance/", "/ca-jad/none/attendance/",
                    "/ca-jad/fm/attendance/more/", "/ca-jad@1/attendance/", "/countries/attendance/"):  # fmt: skip
        assert reader.get(nothing).status_code == 404, nothing
    verbs.rename(Country.objects.get(code="tm"), by=None, path="countries/tkm", note="x")
    assert reader.get("/countries/tm/attendance/")["Location"] == "/countries/tkm/attendance/"
    verbs.withdraw(Country.objects.get(code="af"), by=None, reason="legal", note="x")
    assert reader.get("/countries/af/attendance/").status_code == 410
    assert "/countries/af/" not in page(reader, FM)


@pytest.mark.parametrize("path", ["offices/one", "offices", "ca-jad/attendance", "countries/tm/attendance"])
def test_no_record_may_stand_where_a_view_does(path: str) -> None:
    with pytest.raises(ValidationError, match=r"keeps for itself|address of a view"):
        verbs.rename(Country.objects.get(code="tm"), by=None, path=path, note="x")


def test_a_dialogue_without_meetings_says_so(reader: Client) -> None:
    made = dialogue()
    Membership.objects.create(dialogue=made, country=Country.objects.get(code="jp"))
    published(made)
    assert "No meeting is recorded yet." in page(reader, f"/{made.code}/attendance/")
    assert answer(reader, f"/{made.code}/attendance/")["results"] == []
    assert Pid.objects.get(pk=made.pk).is_public


def test_many_rows_are_folded_by_country_and_few_stand_open(reader: Client) -> None:
    """The foreign ministers’ 10 meetings have more than 40 rows; Japan’s own are ten."""
    whole = page(reader, FM)
    rows = reader.get(f"{FM}?format=json").json()["results"]
    assert len(rows) > 40
    assert whole.count('<details class="fold">') == len({row["country"] for row in rows}) == 7
    named = [row["name"] for row in rows if row["name"]]
    assert [name for name in named if name not in whole] == []
    assert 'class="fold"' not in page(reader, f"{FM}?country=jp")
    assert '<tbody id="by-jp"><tr class="group">' in page(reader, f"{FM}?country=jp")
