"""Atom and JSON Feed of pages, lists and the whole: read by feedparser without a complaint, deletions told."""

from __future__ import annotations

import json
from html import escape
from typing import Any

import feedparser
import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import etree

from dialogues.models import Topic
from meetings.models import Commitment, Meeting
from registry import verbs
from registry.models import Edition, Pid
from tests.contracts.test_queries import more
from tests.makers import corrected, country, dialogue, meeting, minister, published

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"
AT = "{http://purl.org/atompub/tombstones/1.0}"
FOLLOWED = [
    "/changes/", "/ca-jad/", "/ca-jad/2022/fm-9/", "/ca-jad/2022/fm-9/joint-statement/", "/countries/kz/",
    "/ministers/{minister}", "/topics/energy/", "/commitments/{commitment}", "/meetings/",
    "/statements/?dialogue=ca-jad",
    "/meetings/?dialogue=ca-jad&year=2022", "/commitments/?topic=energy&since=2010", "/ministers/", "/countries/",
    "/topics/", "/dialogues/", "/meetings/?year=1950", "/", "/years/2022/", "/ca-jad/2022/", "/ca-jad/fm/",
    "/pictures/", "/pictures/wall/", "/pictures/series/", "/pictures/series/ca-jad/fm/",
    "/pictures/topics/?dialogue=ca-jad", "/pictures/hosts/?dialogue=ca-jad", "/pictures/meets/",
    "/pictures/meets/jp/kz/", "/offices/?country=jp", "/lexicon/", "/topics/energy/language/",
    "/topics/energy/language/?dialogue=ca-jad", "/phrases/?q=Central+Asia", "/ca-jad/2022/fm-9/history/",
]  # fmt: skip


def with_query(address: str, more: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}{more}"


def address_of(pattern: str) -> str:
    person = Pid.objects.filter(path__endswith="/hayashi-yoshimasa")[0].path
    said = Pid.objects.filter(kind="commitment", state="public").order_by("pk")[0].path
    parts = {"minister": person.partition("/")[2] + "/", "commitment": said.partition("/")[2] + "/"}
    return pattern.format(**parts)


def atom(reader: Client, address: str) -> Any:
    answer = reader.get(with_query(address, "format=atom"))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/atom+xml")
    assert answer.content.startswith(b'<?xml version="1.0" encoding="UTF-8"?>')
    found = feedparser.parse(answer.content)
    assert not found.bozo, found.get("bozo_exception")
    return found


def deleted(reader: Client, address: str) -> list[str]:
    root = etree.fromstring(reader.get(with_query(address, "format=atom")).content)
    return [one.get("ref") for one in root.iter(f"{AT}deleted-entry")]


def items(reader: Client, address: str) -> list[dict[str, Any]]:
    answer = reader.get(with_query(address, "format=feed"))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/feed+json; charset=utf-8")
    found: list[dict[str, Any]] = json.loads(answer.content)["items"]
    return found


@pytest.mark.parametrize("pattern", FOLLOWED)
def test_every_feed_is_read_without_a_complaint(reader: Client, pattern: str) -> None:
    address = address_of(pattern)
    found = atom(reader, address)
    links = {link.rel: link.href for link in found.feed.links}
    assert links["self"] == f"{SITE}{with_query(address, 'format=atom')}"
    assert links["alternate"] == f"{SITE}{address}"
    assert found.feed.author == "Dialogues"
    ids = [entry.id for entry in found.entries]
    assert len(set(ids)) == len(ids)
    assert [item["id"] for item in items(reader, address)] == ids
    assert [item["title"] for item in items(reader, address)] == [entry.title for entry in found.entries]
    assert bool(ids) == (pattern != "/meetings/?year=1950")


@pytest.mark.parametrize("pattern", FOLLOWED)
def test_pages_lead_to_their_feeds(reader: Client, pattern: str) -> None:
    address = address_of(pattern)
    page = reader.get(address)
    html = page.content.decode()
    for form, media_type in (("atom", "application/atom+xml"), ("feed", "application/feed+json")):
        href = escape(with_query(address, f"format={form}"))
        assert f'<link rel="alternate" type="{media_type}" title="Dialogues: ' in html
        assert f'<a href="{href}" type="{media_type}">' in html
        assert (
            f'<{with_query(address, f"format={form}")}>; rel="alternate"; type="{media_type}"' in page["Link"]
        )
    assert reader.get(address, headers={"accept": "application/atom+xml"})["Content-Type"].startswith(
        "application/atom+xml"
    )


def test_a_correction_is_an_entry_with_its_note(reader: Client) -> None:
    made = published(Topic.objects.draft(slug="ferries", name="Ferries"))
    corrected(made, "The definition was found.", definition="Ships that cross.")
    for address in ("/topics/ferries/", "/topics/", "/changes/"):
        newest, first = atom(reader, address).entries[:2]
        assert (newest.id, first.id) == (f"{SITE}/id/{made.pk}@2", f"{SITE}/id/{made.pk}@1")
        assert (newest.title, first.title) == ("Corrected: Ferries", "Ferries")
        assert newest.summary == "The definition was found."
        assert newest.link == f"{SITE}/topics/ferries@2/"
        assert newest.tags[0].term == "topic"
    item = items(reader, "/topics/ferries/")[0]
    assert (item["url"], item["content_text"]) == (f"{SITE}/topics/ferries@2/", "The definition was found.")


def test_what_is_withdrawn_leaves_the_feed_which_says_so(reader: Client) -> None:
    made = published(Topic.objects.draft(slug="ferries", name="Ferries"))
    corrected(made, definition="Ships that cross.")
    verbs.withdraw(made, by=None, reason="legal", note="A court said so.")
    for address in ("/topics/", "/changes/"):
        assert deleted(reader, address) == [f"{SITE}/id/{made.pk}@{number}" for number in (1, 2)]
        assert made.pk not in " ".join(entry.id for entry in atom(reader, address).entries)
        item = items(reader, address)[0]
        assert (item["id"], item["title"]) == (f"{SITE}/id/{made.pk}", "Withdrawn: Ferries")
        assert item["content_text"] == "A court said so."
        assert item["_dialogues"]["is_withdrawn"]
    stone = etree.fromstring(reader.get("/topics/?format=atom").content).find(f"{AT}deleted-entry")
    assert stone.findtext(f"{AT}comment") == "Withdrawn: Ferries. A court said so."
    assert reader.get("/topics/ferries/?format=atom").status_code == 410
    verbs.restore(made, by=None, note="The judgment was lifted.")
    assert deleted(reader, "/topics/") == []
    back = atom(reader, "/topics/").entries[0]
    assert (back.id, back.title) == (f"{SITE}/id/{made.pk}@2", "Restored: Ferries")


def test_a_merged_record_leaves_the_feed(reader: Client) -> None:
    land = published(country())
    stays, goes = minister("DOE Jane", of=land), minister("DOE J.", of=land)
    published(stays, goes)
    verbs.merge(goes, into=stays, by=None, note="One person.")
    assert deleted(reader, "/ministers/") == [f"{SITE}/id/{goes.pk}@1"]
    assert items(reader, "/countries/xa/")[0]["title"] == "Merged into another record: DOE J."


def test_a_year_and_a_series_tell_of_what_they_lost(reader: Client) -> None:
    related = dialogue("xx-dialogue")
    made = meeting(published(related), start="2022-05-06")
    published(made)
    verbs.withdraw(made, by=None, reason="entered_in_error", note="It was another.")
    gone = [f"{SITE}/id/{made.pk}@1"]
    for address in ("/years/2022/", "/xx-dialogue/2022/", "/xx-dialogue/fm/", "/xx-dialogue/", "/"):
        assert deleted(reader, address) == gone, address
    assert deleted(reader, "/years/2021/") == []


def test_an_edition_is_followed_by_nobody(reader: Client) -> None:
    page = reader.get("/ca-jad/2022/fm-9@1/")
    assert "format=atom" not in page["Link"]
    assert reader.get("/ca-jad/2022/fm-9@1/?format=atom").status_code == 400


def test_a_narrowed_list_tells_of_what_it_lost_and_nothing_else(reader: Client) -> None:
    said = Commitment.objects.get(key="ca-jad-fm-09-c16")
    verbs.withdraw(said, by=None, reason="entered_in_error", note="It was said elsewhere.")
    gone = f"{SITE}/id/{said.pk}@1"
    assert gone in deleted(reader, "/commitments/?dialogue=ca-jad&year=2022")
    assert gone in deleted(reader, "/ca-jad/")
    assert gone not in deleted(reader, "/commitments/?dialogue=quad")
    assert gone not in deleted(reader, "/meetings/")
    assert deleted(reader, "/quad/") == []


def test_pages_of_a_feed_hold_every_edition_once(reader: Client) -> None:
    address: str | None = f"{SITE}/ca-jad/?format=feed"
    found: list[str] = []
    pages = 0
    while address:
        said = json.loads(reader.get(address.removeprefix(SITE)).content)
        found += [item["id"] for item in said["items"]]
        address, pages = said.get("next_url"), pages + 1
    within = [
        edition
        for edition in Edition.objects.select_related("pid")
        if '"code":"ca-jad"' in edition.content
        and edition.pid.kind in ("meeting", "statement", "commitment", "dialogue")
    ]
    assert len(found) == len(set(found))
    assert pages == -(-len(found) // 50)
    of_dialogue = [
        edition for edition in within
        if (edition.data.get("dialogue") or (edition.data.get("meeting") or {}).get("dialogue") or edition.data)["id"]
        == Pid.objects.get(path="ca-jad").pk
    ]  # fmt: skip
    assert set(found) == {f"{SITE}/id/{edition.pid_id}@{edition.number}" for edition in of_dialogue}
    atom_links = {link.rel: link.href for link in atom(reader, "/ca-jad/").feed.links}
    assert atom_links["next"].startswith(f"{SITE}/ca-jad/?format=atom&before=")
    assert atom_links["first"] == f"{SITE}/ca-jad/?format=atom"


@pytest.mark.parametrize("before", ["", "x", "-1", "1e3", "٣", "9" * 30])
def test_a_before_that_is_no_number_is_400(reader: Client, before: str) -> None:
    answer = reader.get(f"/meetings/?format=atom&before={before}")
    assert answer.status_code == 400
    assert "number of a change" in answer.content.decode()


def test_a_before_given_twice_is_400(reader: Client) -> None:
    answer = reader.get("/meetings/?format=atom&before=1&before=2")
    assert answer.status_code == 400
    assert "“before” was given more than once" in answer.content.decode()


def test_a_filter_that_is_not_understood_is_400_in_feeds_too(reader: Client) -> None:
    for form in ("atom", "feed", "ics"):
        assert reader.get(f"/meetings/?year=0&format={form}").status_code == 400


def test_drafts_are_in_no_feed(reader: Client) -> None:
    draft = Meeting.objects.draft(
        track=Meeting.objects.get(pid__path="ca-jad/2022/fm-9").track, ordinal=99, start="2022-05-05"
    )
    for address in ("/changes/", "/ca-jad/", "/meetings/?year=2022"):
        assert draft.pk not in reader.get(with_query(address, "format=atom")).content.decode()
    assert draft.pk not in reader.get("/meetings/?year=2022&format=ics").content.decode()


def test_a_feed_makes_a_fixed_number_of_queries(reader: Client) -> None:
    def queries(address: str) -> int:
        reader.get(address)  # Who asks first after a publication brings the index of words up to date.
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            assert reader.get(address).status_code == 200
        return len(captured)

    asked = ["/changes/?format=atom", "/ca-jad/?format=atom", "/meetings/?dialogue=ca-jad&format=feed",
             "/topics/energy/?format=feed", "/ca-jad/?format=ics", "/meetings/?format=ics",
             "/pictures/hosts/?format=atom", "/pictures/meets/jp/kz/?format=atom", "/offices/?format=atom",
             "/topics/energy/language/?format=atom", "/phrases/?q=Central+Asia&format=atom"]  # fmt: skip
    before = {address: queries(address) for address in asked}
    more(12)
    assert {address: queries(address) for address in asked} == before


def test_words_that_xml_cannot_hold_do_no_harm(reader: Client) -> None:
    published(Topic.objects.draft(slug="odd", name="A \x0b <b>&amp; ]]> “odd” \ufffe name"))
    assert atom(reader, "/topics/").entries[0].title == "A � <b>&amp; ]]> “odd” � name"
