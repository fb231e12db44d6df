"""S1: a public page makes a fixed number of queries, however much data there is."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dialogues.models import Country, Dialogue, Minister, Office, Tenure, Topic
from meetings.models import Commitment, Delegate, Delegation, Meeting, MeetingPlace, Text
from registry import verbs
from registry.models import Source, record_models
from tests.makers import commitment, published, statement, takes_up

pytestmark = pytest.mark.django_db

PAGES = {
    "/": 11,
    "/about/": 3,
    "/data/": 4,
    "/data/codebook/": 1,
    "/api/": 1,
    "/dialogues/": 3,
    "/meetings/": 11,
    "/meetings/?dialogue=ca-jad&year=2022": 12,
    "/meetings/?place=jp/tokyo": 14,
    "/commitments/": 12,
    "/commitments/?due=overdue&topic=economy": 15,
    "/search/": 2,
    "/statements/": 5,
    "/ministers/": 3,
    "/countries/": 3,
    "/topics/": 3,
    "/years/": 3,
    "/years/2022/": 3,
    "/years/2010s/": 5,
    "/on-this-day/08-28/": 7,
    "/on-this-day/12-31/": 7,
    "/ca-jad/": 13,
    "/ca-jad/2022/": 6,
    "/ca-jad/undated/": 6,
    "/ca-jad/2022/statements/": 4,
    "/ca-jad/fm/": 11,
    "/ca-jad/fm/attendance/": 11,
    "/ca-jad/fm/attendance/?country=jp&rank=minister": 12,
    "/ca-jad/attendance/": 9,
    "/countries/kz/attendance/": 11,
    "/countries/kz/attendance/?dialogue=ca-jad": 12,
    "/offices/": 2,
    "/offices/?on=2010-08-07&country=jp": 3,
    "/ca-jad/2022/fm-9/": 10,
    "/ca-jad/2022/fm-9@1/": 10,
    "/ca-jad/2022/fm-9/history/": 5,
    "/ca-jad/2022/fm-9/joint-statement/": 8,
    "/ca-jad/2022/fm-9/joint-statement/en-x-summary/~p2/": 6,
    "/countries/kz/": 15,
    "/topics/energy/": 11,
    "/pictures/": 13,
    "/pictures/wall/": 3,
    "/pictures/series/": 2,
    "/pictures/series/ca-jad/fm/": 5,
    "/pictures/topics/": 4,
    "/pictures/topics/?dialogue=ca-jad": 5,
    "/pictures/topics/?dialogue=ca-jad&format=svg": 5,
    "/pictures/hosts/": 4,
    "/pictures/hosts/?dialogue=ca-jad": 5,
    "/pictures/meets/": 2,
    "/pictures/meets/jp/": 4,
    "/pictures/meets/jp/kz/": 4,
    "/changes/": 2,
    "/timemap/ca-jad/2022/fm-9/": 3,
    "/styleguide/": 8,
    "/unapi": 1,
    "/unapi?id=25hxwjjb@1~p2&format=mods": 3,
    "/card/25hxwjjb@1~p2.png": 3,
    "/ark:99999/25hxwjjb?info": 3,
    "/verify/": 2,
    "/verify/citations/": 2,
    "/compare/": 3,
    "/compare/?a=ca-jad/2022/fm-9@1&b=ca-jad/2004/fm-1@1": 5,
    "/compare/?a=ca-jad/2022/fm-9/joint-statement&b=ca-jad/2004/fm-1/joint-statement": 5,
    "/promises/": 2,
    "/shelf/": 1,
    "/shelf/?items=25hxwjjb@1~p2,117rv14b": 3,
    "/lexicon/": 4,
    "/phrases/": 1,
    "/topics/energy/language/": 10,
    "/topics/energy/language/?dialogue=ca-jad": 11,
    "/topics/security/language/?country=kz&country=uz": 10,
}


def queries(reader: Client, path: str) -> int:
    cache.clear()
    with CaptureQueriesContext(connection) as captured:
        assert reader.get(path).status_code == 200
    return len(captured)


@pytest.mark.parametrize(("path", "number"), PAGES.items())
def test_a_page_makes_this_many_queries(reader: Client, path: str, number: int) -> None:
    assert queries(reader, path) == number


@pytest.mark.parametrize("form", ["json", "ttl", "bib"])
@pytest.mark.parametrize(
    ("path", "number"),
    [
        ("ca-jad", 4),
        ("ca-jad/2022/fm-9", 4),
        ("ca-jad/2022/fm-9/joint-statement", 4),
        ("ca-jad/2022/fm-9/joint-statement/en-x-summary/~p2", 3),
        ("countries/kz", 4),
        ("topics/energy", 4),
    ],
)
def test_other_forms_of_a_record_ask_nothing_for_its_page(
    reader: Client, path: str, number: int, form: str
) -> None:
    """The archive’s clock, the path, the edition; and of a whole record when its editions were published."""
    assert queries(reader, f"/{path}/?format={form}") == number


def more(times: int) -> None:
    """More of everything that these pages show."""
    framework = Dialogue.objects.get(code="ca-jad")
    track = framework.tracks.get(code="fm")
    lands = list(Country.objects.filter(code__in=["jp", "kz"]))
    person = Minister.objects.get(slug="hayashi-yoshimasa")
    energy = Topic.objects.get(slug="energy")
    made: list[Any] = []
    for number in range(times):
        held = Meeting.objects.draft(track=track, ordinal=100 + number, start=f"2022-0{1 + number % 9}-01")
        MeetingPlace.objects.create(meeting=held, city="Tokyo", country=lands[0])
        for land in lands:
            delegation = Delegation.objects.create(meeting=held, country=land, presence="attended")
            Delegate.objects.create(delegation=delegation, minister=person, name_printed="HAYASHI Yoshimasa")
            office = Office.objects.create(title=f"Office {number} of {land}", country=land)
            Tenure.objects.create(minister=person, office=office, start=f"{2000 + number}")
        said = commitment(held, f"To do {number}.", deadline=f"{2000 + number}")
        said.actors.set(lands)
        said.topics.set([energy])
        takes_up(said, Commitment.objects.get(pid__path=commitment_path()))
        made += [held, said, statement(held, "One.", "Two.")]
    published(*made)


def test_pages_whose_addresses_hold_ids_make_this_many_queries(reader: Client) -> None:
    person = Minister.objects.get(slug="hayashi-yoshimasa")
    assert queries(reader, f"/{commitment_path()}/") == 9
    assert queries(reader, f"/{commitment_path()}/chain/") == 6
    assert queries(reader, f"/{person.pid.path}/") == 7
    assert queries(reader, f"/{person.pid.path}/attendance/") == 8


def test_a_tombstone_and_a_missing_page_make_this_many_queries(reader: Client) -> None:
    visa = Topic.objects.get(slug="visa")
    verbs.withdraw(visa, by=None, reason="legal", note="x")
    for path, status, number in (("/topics/visa/", 410, 3), ("/no/such/page/", 404, 4)):
        with CaptureQueriesContext(connection) as captured:
            assert reader.get(path).status_code == status
        assert len(captured) == number, path


def test_no_page_makes_more_queries_with_more_data(reader: Client) -> None:
    said = f"/{commitment_path()}/"
    person = f"/{Minister.objects.get(slug='hayashi-yoshimasa').pid.path}/"
    kept = [*PAGES, said, f"{said}chain/", person, f"{person}attendance/"]
    before = {path: queries(reader, path) for path in kept}
    more(12)
    assert {path: queries(reader, path) for path in before} == before


def commitment_path() -> str:
    return str(Topic.objects.get(slug="dprk").commitments.public().order_by("pk").first().pid.path)


@pytest.mark.parametrize("kind", sorted(record_models()))
def test_a_record_is_described_without_a_query(kind: str) -> None:
    Text.objects.update(read_in=Source.objects.first())
    records = list(record_models()[kind].objects.for_data())
    with CaptureQueriesContext(connection) as captured:
        described = [record.as_data() for record in records]
    assert (len(captured), len(described)) == (0, len(records))
    assert records


def test_an_unchanged_page_is_one_query(reader: Client) -> None:
    first = reader.get("/ca-jad/2022/fm-9/")
    with CaptureQueriesContext(connection) as captured:
        again = reader.get("/ca-jad/2022/fm-9/")
        known = reader.get("/ca-jad/2022/fm-9/", headers={"if-none-match": first["ETag"]})
    assert len(captured) == 2
    assert again.content == first.content
    assert (known.status_code, known.content) == (304, b"")
