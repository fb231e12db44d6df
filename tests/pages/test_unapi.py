"""unAPI: one id on a record’s page, one a row on lists, and the records behind them."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from archive.formats.exports import EXPORTS, Export
from dialogues.models import Minister, Topic
from registry import verbs
from tests.makers import commitment, corrected, dialogue, meeting, published, takes_up

pytestmark = pytest.mark.django_db
FM9 = "/ca-jad/2022/fm-9/"
STATEMENT = f"{FM9}joint-statement/"


def ids(reader: Client, path: str) -> list[str]:
    html = reader.get(path).content.decode()
    assert '<link rel="unapi-server" type="application/xml" title="unAPI" href="/unapi">' in html
    return re.findall(r'<abbr class="unapi-id" title="([^"]*)"></abbr>', html)


def names(answer: bytes) -> list[str | None]:
    return [one.get("name") for one in ElementTree.fromstring(answer)]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (FM9, "fwfp1k6g@1"),
        ("/ca-jad/2022/fm-9@1/", "fwfp1k6g@1"),
        (STATEMENT, "25hxwjjb@1"),
        (f"{STATEMENT}en-x-summary/", "25hxwjjb@1/en-x-summary"),
        (f"{STATEMENT}en-x-summary/~p2/", "25hxwjjb@1~p2"),
        ("/ca-jad/2022/fm-9/joint-statement@1/en-x-summary/~p2/", "25hxwjjb@1~p2"),
        ("/ca-jad/", "qpv83x8t@1"),
        ("/countries/kz/", "07j40cnj@1"),
        ("/topics/energy/", "fx8p0p8z@1"),
    ],
)
def test_a_page_of_a_record_names_it_once(reader: Client, path: str, expected: str) -> None:
    assert ids(reader, path) == [expected]


@pytest.mark.parametrize(
    "path",
    ["/meetings/?year=2022", "/statements/?year=2022", "/commitments/?year=2022", "/years/2022/", "/ca-jad/2022/",
     "/ca-jad/fm/", "/ca-jad/undated/", "/dialogues/", "/countries/", "/topics/", "/on-this-day/12-24/"],
)  # fmt: skip
def test_a_list_names_each_of_its_rows_once(reader: Client, path: str) -> None:
    rows = (
        [row["id"] for row in reader.get(path, {"format": "json"}).json()["results"]]
        if "?" not in path
        else [row["id"] for row in reader.get(f"{path}&format=json").json()["results"]]
    )
    found = ids(reader, path)
    assert sorted(found) == sorted(rows)
    assert len(set(found)) == len(found)


def test_a_shelf_names_what_stands_on_it_and_attendance_its_meetings_once(reader: Client) -> None:
    assert ids(reader, "/shelf/?items=25hxwjjb@1~p2,117rv14b,zzzz") == ["25hxwjjb@1~p2", "117rv14b@1"]
    minister = Minister.objects.get(slug="hayashi-yoshimasa")
    for path in ("/countries/kz/attendance/", f"/{minister.pid.path}/attendance/"):
        found = ids(reader, path)
        assert len(found) == len(set(found)) > 1, path
    assert ids(reader, "/ca-jad/fm/attendance/") == []


def test_the_log_names_each_edition_that_stands_once(reader: Client) -> None:
    stays, goes = Topic.objects.draft(slug="ferries", name="Ferries"), Topic.objects.draft(slug="x", name="X")
    published(stays, goes)
    corrected(stays, definition="Ships that cross.")
    verbs.rename(stays, by=None, path="topics/ferry", note="x")
    verbs.withdraw(goes, by=None, reason="legal", note="x")
    found = ids(reader, "/changes/")
    assert found[:2] == [f"{stays.pk}@2", f"{stays.pk}@1"]
    assert len(found) == len(set(found)) == 47, (
        "of fifty rows two are of what was withdrawn, one is of a move"
    )
    assert goes.pk not in " ".join(found)


def test_a_history_names_each_edition(reader: Client) -> None:
    made = published(Topic.objects.draft(slug="ferries", name="Ferries"))
    corrected(made, definition="Ships that cross.")
    assert ids(reader, "/topics/ferries/history/") == [f"{made.pk}@2", f"{made.pk}@1"]
    assert ids(reader, f"{FM9}history/") == ["fwfp1k6g@1"]


def test_offices_name_each_holder_once(reader: Client) -> None:
    for path in ("/offices/?country=jp", "/offices/?on=2010-08-07"):
        found, rows = ids(reader, path), reader.get(f"{path}&format=json").json()["results"]
        people = {row["minister"].split("/")[-3] for row in rows if row["minister"]}
        assert set(found) == people
        assert len(found) == len(people) > 1


def test_a_chain_names_each_step_and_the_page_of_a_commitment_itself_alone(reader: Client) -> None:
    held = dialogue()
    at, later = meeting(held), meeting(held, 2, "2022-03-04")
    first, second = commitment(at), commitment(later)
    takes_up(second, first)
    published(held, at, later, first, second)
    assert sorted(ids(reader, f"/{first.pid.path}/chain/")) == sorted([first.pk, second.pk])
    assert ids(reader, f"/{first.pid.path}/") == [f"{first.pk}@1"]


@pytest.mark.parametrize("path", ["/topics/energy/language/", "/topics/energy/language/?dialogue=ca-jad"])
def test_language_through_time_names_each_outcome_once(reader: Client, path: str) -> None:
    found = ids(reader, path)
    rows = reader.get(f"{path}{'&' if '?' in path else '?'}format=json").json()["results"]
    assert set(found) == {row["id"] for row in rows if row["id"]}
    assert len(found) == len(set(found)) > 1


def test_the_server_says_which_forms_it_has(reader: Client) -> None:
    answer = reader.get("/unapi")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/xml")
    found = names(answer.content)
    assert found[:2] == ["rdf_zotero", "mods"]
    assert found[-1] == "rdf_dc"
    assert set(found) >= {"rdf_zotero", "mods", "rdf_dc"}


def test_citation_exports_are_offered_under_the_names_zotero_knows(
    reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, media_type in (("ris", "application/x-research-info-systems"), ("bib", "application/x-bibtex")):
        export = Export(
            name, name, media_type, lambda reference: f"as {reference.short}", frozenset({"meeting"})
        )
        monkeypatch.setitem(EXPORTS, name, export)
    assert names(reader.get("/unapi").content) == ["rdf_zotero", "mods", "ris", "bibtex", "rdf_dc"]
    answer = reader.get("/unapi?id=fwfp1k6g@1&format=bibtex")
    assert answer.content == b"as fwfp1k6g@1"
    assert answer["Content-Type"].startswith("application/x-bibtex")


def test_the_forms_of_one_record_are_a_choice(reader: Client) -> None:
    answer = reader.get("/unapi?id=25hxwjjb@1~p2")
    assert answer.status_code == 300
    assert ElementTree.fromstring(answer.content).get("id") == "25hxwjjb@1~p2"
    assert names(answer.content) == names(reader.get("/unapi").content)


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("rdf_zotero", "application/rdf+xml"),
        ("mods", "application/mods+xml"),
        ("rdf_dc", "application/rdf+xml"),
    ],
)
def test_a_record_comes_in_each_form(reader: Client, name: str, media_type: str) -> None:
    answer = reader.get(f"/unapi?id=25hxwjjb@1~p2&format={name}")
    assert answer.status_code == 200
    assert answer["Content-Type"] == media_type
    assert "http://127.0.0.1:8000/id/25hxwjjb@1~p2" in answer.content.decode()
    assert 'rel="describes"' in answer["Link"]


def test_an_id_without_edition_is_that_of_the_current_one(reader: Client) -> None:
    assert "id/25hxwjjb@1<" in reader.get("/unapi?id=25hxwjjb&format=rdf_zotero").content.decode()


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("id=xxxxxxxx", 404), ("id=25hxwjjb@9", 404), ("id=25hxwjjb@1~p99", 404), ("id=fwfp1k6g~p1", 404),
        ("id=", 404), ("id=25hxwjjb&format=marc", 406), ("id=25hxwjjb&format=", 406), ("format=mods", 200),
        ("id=25hxwjjb&id=fwfp1k6g", 400), ("id=25hxwjjb&foo=1", 400), ("id=%00", 400), ("id=２５hxwjjb", 404),
        ("id=25hxwjjb@99999999999999999999", 404),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_said(reader: Client, query: str, status: int) -> None:
    assert reader.get(f"/unapi?{query}").status_code == status


def test_a_draft_is_as_unknown_as_nothing(reader: Client) -> None:
    held = dialogue()
    assert reader.get(f"/unapi?id={held.pk}").status_code == 404
    assert reader.get(f"/unapi?id={held.pk}&format=mods").status_code == 404


@pytest.mark.parametrize("query", ["", "&format=mods", "&format=ris"])
def test_a_withdrawn_record_is_gone_in_every_form(reader: Client, query: str) -> None:
    visa = Topic.objects.get(slug="visa")
    verbs.withdraw(visa, by=None, reason="legal", note="x")
    assert reader.get(f"/unapi?id={visa.pk}{query}").status_code == 410


def test_a_merged_record_gives_what_it_was_merged_into(reader: Client) -> None:
    held = dialogue()
    one, other = meeting(held), meeting(held, ordinal=2)
    published(held, one, other, commitment(other))
    verbs.merge(one, into=other, by=None, note="The same.")
    answer = reader.get(f"/unapi?id={one.pk}&format=rdf_zotero").content.decode()
    assert f"/id/{other.pk}@" in answer


def test_it_makes_a_fixed_number_of_queries(reader: Client) -> None:
    for path, number in (("/unapi", 1), ("/unapi?id=25hxwjjb@1~p2&format=mods", 3)):
        with CaptureQueriesContext(connection) as captured:
            reader.get(path)
        assert len(captured) == number, path


def test_a_record_in_a_form_leads_back_to_the_page_that_it_describes(reader: Client) -> None:
    made = published(Topic.objects.draft(slug="ferries", name="Ferries"))
    corrected(made, definition="Ships that cross.")
    pairs = {
        f"{made.pk}@1": "/topics/ferries@1/",
        f"{made.pk}@2": "/topics/ferries@2/",
        made.pk: "/topics/ferries/",
    }
    for name, page in pairs.items():
        answer = reader.get(f"/unapi?id={name}&format=ris")
        assert answer["Link"] == f'<http://127.0.0.1:8000{page}>; rel="describes"; type="text/html"'
