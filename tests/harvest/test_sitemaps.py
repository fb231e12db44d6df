"""Sitemaps with the true time of each record’s last change, and robots.txt that names them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import etree

from archive.harvest import sitemaps
from dialogues.models import Topic
from registry import verbs
from registry.models import Pid
from tests.contracts.test_queries import more
from tests.makers import (
    attend,
    commitment,
    corrected,
    country,
    dialogue,
    done_at,
    meeting,
    minister,
    published,
)

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"
SPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def read(reader: Client, address: str) -> dict[str, str]:
    """loc → lastmod."""
    answer = reader.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/xml; charset=utf-8")
    root = etree.fromstring(answer.content)
    return {
        one.findtext("s:loc", namespaces=SPACE): one.findtext("s:lastmod", namespaces=SPACE) for one in root
    }


def whole(reader: Client) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in read(reader, "/sitemap.xml"):
        found |= read(reader, part.removeprefix(SITE))
    return found


def test_every_public_record_is_in_once(reader: Client) -> None:
    found = whole(reader)
    paths = Pid.objects.filter(state="public").values_list("path", flat=True)
    rooms = (*sitemaps.ROOMS, *sitemaps.TEXTS)
    assert set(found) == {f"{SITE}/{path}/" for path in paths} | {f"{SITE}{room}" for room in rooms}


def test_rooms_that_readers_look_for_are_in_it(reader: Client) -> None:
    rooms = ("verify/", "verify/citations/", "compare/", "promises/", "changes/", "years/", "about/")
    assert {f"{SITE}/{room}" for room in rooms} <= set(whole(reader))


def test_every_room_in_it_is_a_page(reader: Client) -> None:
    for room in (*sitemaps.ROOMS, *sitemaps.TEXTS):
        assert reader.get(room).status_code == 200, room


def test_lastmod_is_the_last_change_of_the_record(reader: Client) -> None:
    made = Topic.objects.draft(slug="ferries", name="Ferries")
    for moment, act in (
        (datetime(2031, 1, 2, 3, 4, 5, tzinfo=UTC), lambda: published(made)),
        (datetime(2032, 1, 2, 3, 4, 5, tzinfo=UTC), lambda: corrected(made, definition="Ships.")),
        (
            datetime(2033, 1, 2, 3, 4, 5, tzinfo=UTC),
            lambda: verbs.rename(made, by=None, path="topics/ferry", note="x"),
        ),
    ):
        with done_at(moment):
            act()
        where = "topics/ferry" if moment.year == 2033 else "topics/ferries"
        said = f"{moment.year}-01-02T03:04:05+00:00"
        assert whole(reader)[f"{SITE}/{where}/"] == said
        assert read(reader, "/sitemap.xml")[f"{SITE}/sitemap-1.xml"] == said


def test_lastmod_of_a_standing_thing_is_that_of_what_its_page_lists(reader: Client) -> None:
    host, other, energy = (
        country(),
        country("xb", "Otheria"),
        Topic.objects.draft(slug="ferries", name="Ferries"),
    )
    talks, person = dialogue(), minister(of=host)
    with done_at(datetime(2031, 1, 1, tzinfo=UTC)):
        published(host, other, energy, talks, person)
    held = meeting(talks)
    attend(held, host, person, "DOE Jane")
    said = commitment(held)
    said.topics.set([energy])
    with done_at(datetime(2032, 1, 1, tzinfo=UTC)):
        published(held)
    pages = {one: f"{SITE}/{one.pid.path}/" for one in (talks, host, person, energy, other, held)}

    def years() -> list[str]:
        found = whole(reader)
        return [found[pages[one]][:4] for one in (talks, host, person, energy, other, held)]

    assert years() == ["2032", "2032", "2032", "2031", "2031", "2032"]
    with done_at(datetime(2033, 1, 1, tzinfo=UTC)):
        published(said)
    assert years() == ["2033", "2033", "2033", "2033", "2031", "2033"], "the meeting tells of its outcomes"
    with done_at(datetime(2034, 1, 1, tzinfo=UTC)):
        verbs.withdraw(said, by=None, reason="legal", note="A court.")
    assert years() == ["2034", "2034", "2034", "2034", "2031", "2034"]
    with done_at(datetime(2035, 1, 1, tzinfo=UTC)):
        corrected(held, ordinal=2)
    assert years() == ["2035", "2035", "2035", "2034", "2031", "2035"]


def test_what_is_not_known_is_not_said(reader: Client) -> None:
    """A text, or a tool, changes with the site and not with the archive."""
    rooms = read(reader, "/sitemap-pages.xml")
    assert {room for room in sitemaps.TEXTS if rooms[f"{SITE}{room}"] is None} == set(sitemaps.TEXTS)
    assert all(rooms[f"{SITE}{room}"] for room in sitemaps.ROOMS)


def test_what_is_withdrawn_or_a_draft_is_not_in_it(reader: Client) -> None:
    made = published(Topic.objects.draft(slug="ferries", name="Ferries"))
    Topic.objects.draft(slug="secret", name="Secret")
    assert f"{SITE}/topics/ferries/" in whole(reader)
    verbs.withdraw(made, by=None, reason="legal", note="A court.")
    found = whole(reader)
    assert f"{SITE}/topics/ferries/" not in found
    assert f"{SITE}/topics/secret/" not in found
    assert not any("@" in address or "history" in address for address in found)


def test_parts_hold_no_more_than_they_may(reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "LARGEST", 500)
    parts = read(reader, "/sitemap.xml")
    count = Pid.objects.filter(state="public").count()
    assert len(parts) == 1 + -(-count // 500) == 5
    sizes = [len(read(reader, f"/sitemap-{number}.xml")) for number in range(1, 5)]
    assert sizes == [500, 500, 500, count - 1500]
    for number in ("0", "5", "9" * 30):
        assert reader.get(f"/sitemap-{number}.xml").status_code == 404


def test_robots_are_told_of_it(reader: Client) -> None:
    answer = reader.get("/robots.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content.decode() == (
        f"User-agent: *\nDisallow: /admin/\nDisallow: /preview/\n\nSitemap: {SITE}/sitemap.xml\n"
    )


def test_sitemaps_make_a_fixed_number_of_queries(reader: Client) -> None:
    def queries(address: str) -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            reader.get(address)
        return len(captured)

    asked = ["/sitemap.xml", "/sitemap-pages.xml", "/sitemap-1.xml"]
    before = {address: queries(address) for address in asked}
    assert list(before.values()) == [4, 2, 3]
    more(12)
    assert {address: queries(address) for address in asked} == before
