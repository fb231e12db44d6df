"""CSL-JSON: what each kind of record becomes, checked against CSL's own schema on every record."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft7Validator

from archive.formats import csl
from meetings.models import Commitment, Statement
from tests.formats.references import by_name, every, remarks
from tests.schemas import schema

pytestmark = pytest.mark.django_db


def item_at(reader: Client, path: str) -> dict[str, Any]:
    answer = reader.get(f"{path}?format=csl")
    assert answer["Content-Type"] == "application/vnd.citationstyles.csl+json; charset=utf-8"
    (item,) = answer.json()
    return dict(item)


def test_every_record_is_valid() -> None:
    validator = Draft7Validator(json.loads(schema("csl-data.json").read_text(encoding="utf-8")))
    faults = [
        (one.short, fault.message) for one in every() for fault in validator.iter_errors([csl.item(one)])
    ]
    assert faults == []


def test_a_meeting_is_an_event_with_its_title_date_and_place(reader: Client) -> None:
    item = item_at(reader, "/ca-jad/2022/fm-9/")
    pid = item["id"].partition("@")[0]
    day = {"date-parts": [[2022, 12, 24]]}
    expected = {
        "id": f"{pid}@1",
        "type": "event",
        "title": "9th Foreign Ministers’ Meeting",
        "author": [{"literal": "Central Asia plus Japan"}],
        "event-title": "9th Foreign Ministers’ Meeting",
        "event-date": day,
        "event-place": "Tokyo",
        "issued": day,
        "genre": "Ministerial meeting",
        "archive": "Dialogues",
        "URL": f"http://127.0.0.1:8000/id/{pid}@1",
        "number": f"{pid}@1",
        "version": "1",
        "language": "en",
    }
    assert {name: item.get(name) for name in expected} == expected
    assert "accessed" not in item
    assert "locator" not in item


def test_a_statement_is_a_report_of_the_dialogue(reader: Client) -> None:
    item = item_at(reader, "/ca-jad/2022/fm-9/joint-statement/")
    assert (item["type"], item["genre"]) == ("report", "Joint statement")
    assert item["author"] == [{"literal": "Central Asia plus Japan"}]
    assert (item["publisher"], item["publisher-place"]) == ("Central Asia plus Japan", "Tokyo")
    assert item["event-title"] == "9th Foreign Ministers’ Meeting"


def test_a_paragraph_is_its_statement_with_a_locator_and_says_whose_words_it_has(reader: Client) -> None:
    item = item_at(reader, "/ca-jad/2022/fm-9/joint-statement/en-x-summary/~p1/")
    assert (item["locator"], item["custom"]) == ("1", {"label": "paragraph"})
    assert item["medium"] == "archive’s summary"
    assert item["URL"].endswith("@1~p1")
    assert item["abstract"].startswith("Thirty years of results in economic infrastructure")


def test_the_issuers_own_words_have_no_medium() -> None:
    reference = remarks("Address", "One.", "Two.")
    paragraph = type(reference)(reference.pid, reference.edition, "en", "p2")
    item = csl.item(paragraph)
    assert (item["type"], item["locator"], item["abstract"]) == ("speech", "2", "Two.")
    assert "medium" not in item


def test_a_treaty_is_a_treaty() -> None:
    assert csl.item(by_name("treaty"))["type"] == "treaty"


def test_a_remark_of_a_minister_is_a_speech(reader: Client) -> None:
    said = Commitment.objects.public().filter(nature="remark").order_by("pk")[0]
    item = item_at(reader, f"/{said.pid.path}/")
    assert (item["type"], item["genre"], item["title"]) == ("speech", "Remark", said.title())
    every_remark = [csl.item(one) for one in every() if one.data.get("nature") == "remark"]
    assert {one["type"] for one in every_remark} == {"speech"}
    others = [csl.item(one) for one in every() if one.data.get("nature") in ("commitment", "background")]
    assert {one["type"] for one in others} == {"entry"}


def test_a_commitment_is_an_entry_within_its_statement() -> None:
    item = csl.item(by_name("commitment"))
    assert (item["type"], item["title"]) == ("entry", "To cooperate in disarmament")
    assert (item["event-title"], item["event-place"]) == ("9th Foreign Ministers’ Meeting", "Tokyo")
    assert "container-title" not in item
    found = [csl.item(one) for one in every() if one.kind == "commitment" and one.data["statement"]]
    assert len(found) == 151
    assert all(one["container-title"] for one in found)


def test_the_issuers_paragraph_of_a_commitment_is_a_locator_where_it_is_a_number() -> None:
    printed = {
        one.data["place_printed"]: csl.item(one).get("locator") for one in every() if one.kind == "commitment"
    }
    assert (printed["2"], printed["3–4"], printed["1(2)"]) == ("2", "3–4", "1(2)")
    assert (printed["preamble 3"], printed["I"], printed[""]) == (None, None, None)


def test_standing_things_are_web_pages_and_no_body_is_its_own_author() -> None:
    item = csl.item(by_name("dialogue"))
    assert (item["type"], item["title"], item.get("author")) == ("webpage", "Central Asia plus Japan", None)


@pytest.mark.parametrize(
    ("start", "end", "parts"),
    [
        ("2022-12-24", None, [[2022, 12, 24]]),
        ("2005-05", None, [[2005, 5]]),
        ("2005", None, [[2005]]),
        ("2025-12-19", "2025-12-20", [[2025, 12, 19], [2025, 12, 20]]),
    ],
)
def test_partial_dates_keep_their_precision(start: str, end: str | None, parts: list[list[int]]) -> None:
    assert csl.date(start, end) == {"date-parts": parts}


def test_a_retracted_statement_says_so_in_its_kind() -> None:
    reference = remarks()
    said = Statement.objects.get(pk=reference.pid.value)
    data = {**said.as_data(), "issuer_state": "retracted"}
    reference.edition.__dict__["data"] = data
    assert csl.item(reference)["genre"] == "Opening remarks, retracted by its issuer"
    assert csl.item(reference)["status"] == "retracted by its issuer"


def test_the_form_is_chosen_by_accept_and_announced(reader: Client) -> None:
    kind = "application/vnd.citationstyles.csl+json"
    answer = reader.get("/ca-jad/2022/fm-9/", headers={"accept": kind})
    assert answer["Content-Type"].startswith(kind)
    pid = answer.json()[0]["id"].partition("@")[0]
    assert answer["Content-Disposition"] == f'inline; filename="{pid}@1.csl.json"'
    links = reader.get("/ca-jad/2022/fm-9/")["Link"]
    for form in ("bib", "ris", "csl", "txt"):
        assert f'</ca-jad/2022/fm-9/?format={form}>; rel="alternate"' in links
