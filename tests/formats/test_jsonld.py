"""JSON-LD: every type and property is schema.org’s and in its place; what it says is what the edition says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from pyld import jsonld as judge

from archive.formats import jsonld
from registry import verbs
from tests.formats.references import FM9, STATEMENT, every_reference, reference
from tests.makers import attend, corrected, country, dialogue, meeting, published, statement
from tests.schemas import context, vocabulary

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"
DATA_TYPES = {"Text", "URL", "Date", "DateTime", "Time", "Number", "Integer", "Boolean"}


def described(path: str, text: str | None = None, paragraph: str | None = None) -> dict[str, Any]:
    return jsonld.describe(reference(path, text, paragraph))


def many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def kinds(node: dict[str, Any]) -> set[str]:
    """The node’s types with all above them; KeyError for one that the vocabulary does not have."""
    return {above for kind in many(node["@type"]) for above in vocabulary()["types"][kind]}


def faults(node: dict[str, Any], within: str = "") -> Iterator[str]:
    """What schema.org does not allow in a node. A Role may carry the property that it stands in."""
    its = kinds(node)
    for name, value in node.items():
        if name.startswith("@"):
            continue
        rule = vocabulary()["properties"][name]
        if not its & set(rule["domain"]) and not ("Role" in its and name == within):
            yield f"{name} is not of {node['@type']}"
        for one in many(value):
            yield from value_faults(name, one, set(rule["range"]))


def value_faults(name: str, value: Any, allowed: set[str]) -> Iterator[str]:
    if isinstance(value, dict) and "@value" not in value:
        if not kinds(value) & (allowed | {"Role"}):
            yield f"{name} holds no {value['@type']}"
        yield from faults(value, name)
    elif (
        not allowed & DATA_TYPES
        and vocabulary()["members"].get(str(value).removeprefix("https://schema.org/")) not in allowed
    ):
        yield f"{name} holds no text"
    elif value in ("", None, [], {}):
        yield f"{name} is empty"


def test_every_record_keeps_to_the_vocabulary() -> None:
    found = {
        (reference.kind, fault)
        for reference in every_reference()
        for fault in faults({k: v for k, v in jsonld.describe(reference).items() if k != "@context"})
    }
    assert found == set()


def test_a_meeting_is_an_event_with_who_came_in_which_office() -> None:
    event = described(FM9)
    assert event["@type"] == "Event"
    assert (event["name"], event["startDate"]) == ("9th Foreign Ministers’ Meeting", "2022-12-24")
    assert event["eventStatus"] == "https://schema.org/EventScheduled"
    assert event["eventAttendanceMode"] == "https://schema.org/OfflineEventAttendanceMode"
    assert event["location"]["address"]["addressLocality"] == "Tokyo"
    assert [one["name"] for one in event["organizer"]] == ["Central Asia plus Japan", "Japan"]
    chair = event["attendee"][0]
    assert chair["@type"] == "OrganizationRole"
    assert chair["roleName"] == ["Minister for Foreign Affairs", "member", "chair"]
    assert (chair["attendee"]["name"], chair["attendee"]["affiliation"]["name"]) == (
        "HAYASHI Yoshimasa",
        "Japan",
    )
    assert event["superEvent"]["@type"] == "EventSeries"
    assert event["superEvent"]["name"] == "Foreign Ministers’ Meetings"
    assert event["recordedIn"]["@id"] == described(STATEMENT)["@id"]


def test_a_postponed_meeting_says_so_with_the_day_it_was_to_be_and_no_one_came() -> None:
    event = described("ca-jad/2024/summit-08-09")
    assert event["eventStatus"] == "https://schema.org/EventPostponed"
    assert event["previousStartDate"] == "2024-08-09"
    assert "attendee" not in event


def test_a_part_of_a_meeting_names_its_series_and_the_whole() -> None:
    held = dialogue()
    whole = meeting(held)
    part = meeting(held, ordinal=2, parent=whole)
    published(held, whole, part)
    series, above = described(part.pid.path)["superEvent"]
    assert series["@type"] == "EventSeries"
    assert above == {"@type": "Event", "@id": f"{SITE}/id/{whole.pk}"}


def test_who_was_absent_does_not_attend_and_who_is_not_named_is_its_country() -> None:
    held, land = dialogue(), country()
    at = meeting(held)
    attend(at, land, name="DOE Jane", is_absent=True)
    attend_unnamed = attend(at, country("xb", "Otherland"), title_printed="Minister")
    published(held, land, attend_unnamed.delegation.country, at)
    roles = described(at.pid.path)["attendee"]
    assert [role["attendee"]["name"] for role in roles] == ["Examplia", "Otherland"]
    assert [role["roleName"] for role in roles] == ["member", ["Minister", "member"]]


def test_a_statement_is_a_report_recorded_at_its_meeting() -> None:
    report = described(STATEMENT)
    assert report["@type"] == "Report"
    assert report["reportNumber"] == "25hxwjjb@1"
    assert report["version"] == 1
    assert report["recordedAt"]["startDate"] == "2022-12-24"
    assert report["sourceOrganization"]["name"] == "Central Asia plus Japan"
    assert len(report["author"]) == 6
    assert report["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert "correction" not in report
    assert "hasPart" not in report


def test_a_paragraph_is_a_part_of_its_report() -> None:
    report = described(STATEMENT, "en-x-summary", "p2")
    assert report["@id"] == f"{SITE}/id/25hxwjjb"
    part = report["hasPart"]
    assert part["@id"] == f"{SITE}/id/25hxwjjb@1~p2"
    assert part["exampleOfWork"] == {"@type": "CreativeWork", "@id": f"{SITE}/id/25hxwjjb/en-x-summary/~p2"}
    assert part["position"] == "2"
    assert part["text"].startswith("The Central Asian ministers welcomed Japan’s offer")


def test_a_paragraph_of_an_edition_is_that_of_this_edition(reader: Client) -> None:
    held = dialogue()
    at = meeting(held)
    said = statement(at, "One.", "Two.")
    published(held, at, said)
    second = said.texts.get().paragraphs.get(key="p2")
    second.words = "Zwei."
    second.save()
    verbs.publish(said, by=None, note="Put right.")
    answer = reader.get(f"/{said.pid.path}@1/en/~p2/?format=jsonld").json()
    assert (answer["hasPart"]["@id"], answer["hasPart"]["text"]) == (f"{SITE}/id/{said.pk}@1~p2", "Two.")
    now = reader.get(f"/{said.pid.path}/en/~p2/?format=jsonld").json()
    assert (now["hasPart"]["@id"], now["hasPart"]["text"]) == (f"{SITE}/id/{said.pk}@2~p2", "Zwei.")


def test_a_meeting_tells_the_day_for_which_an_older_edition_announced_it(reader: Client) -> None:
    held = dialogue()
    at = meeting(held, start="2031-03", status="announced")
    published(held, at)

    def told() -> Any:
        return reader.get(f"/{at.pid.path}/?format=jsonld").json().get("previousStartDate")

    corrected(at, start="2031-03-04")
    assert told() is None, "the day of a month is no other date"
    corrected(at, start="2031-05-06")
    assert told() == ["2031-03-04", "2031-03"]
    corrected(at, status="held", start="2031-05-07")
    assert told() == ["2031-05-06", "2031-03-04", "2031-03"]
    corrected(at, start="2031-05-08")
    assert told() == ["2031-05-06", "2031-03-04", "2031-03"], (
        "the day on which it was said to be held was an error"
    )
    event = jsonld.describe(reference(at.pid.path))
    assert set(faults({name: value for name, value in event.items() if name != "@context"})) == set()


def test_corrections_are_told_up_to_the_edition_described() -> None:
    held = dialogue()
    at = meeting(held)
    said = statement(at, "One.")
    published(held, at, said)
    for number in (2, 3):
        said.title_printed = f"Joint Statement {number}"
        said.save()
        verbs.publish(said, by=None, note=f"Correction {number}.")
    found = reference(said.pid.path)
    texts = [one["text"] for one in jsonld.describe(found)["correction"]]
    assert texts == ["Correction 2.", "Correction 3."]


def test_a_speech_is_no_report() -> None:
    held = dialogue()
    at = meeting(held)
    said = statement(at, "One.")
    said.kind = "opening_remarks"
    said.save()
    published(held, at, said)
    assert described(said.pid.path)["@type"] == "CreativeWork"


def test_standing_things_are_what_they_are() -> None:
    kazakhstan = described("countries/kz")
    assert kazakhstan["@type"] == ["Country", "Organization"]
    assert {"@type": "PropertyValue", "propertyID": "ISO 3166-1 alpha-3", "value": "KAZ"} in kazakhstan[
        "identifier"
    ]
    assert described("countries/eu")["@type"] == "Organization"
    assert described("topics/energy")["@type"] == "DefinedTerm"
    framework = described("ca-jad")
    assert framework["foundingDate"] == "2004-08-28"
    assert framework["member"][0]["roleName"] == "initiator"


def test_the_size_it_states_is_that_of_the_file_it_names(reader: Client) -> None:
    file = described(FM9)["subjectOf"]["encoding"]
    answer = reader.get(file["contentUrl"].removeprefix(SITE))
    assert file["contentSize"] == f"{len(answer.content)} B"
    assert answer["Content-Type"] == file["encodingFormat"]


def test_a_reader_of_linked_data_takes_it_for_triples() -> None:
    options = {"documentLoader": lambda url, options: local_context(url)}
    for path in (FM9, STATEMENT, "ca-jad", "countries/kz", "topics/energy"):
        node = described(path)
        expanded = judge.expand(node, options)
        assert expanded[0]["@id"] == node["@id"]
        assert "http://schema.org/name" in expanded[0]
        assert len(judge.to_rdf(node, options)["@default"]) > 10


def local_context(url: str) -> dict[str, Any]:
    assert url == "https://schema.org"
    document = {"@context": context()}
    return {
        "contextUrl": None,
        "documentUrl": url,
        "document": document,
        "contentType": "application/ld+json",
    }


def test_nothing_in_a_title_ends_the_script_it_stands_in(reader: Client) -> None:
    held = dialogue()
    at = meeting(held)
    title = "</script><script>alert(1)</script> & <!-- \u2028\u2029 ]]>"
    said = statement(at, "One.", title=title)
    published(held, at, said)
    html = reader.get(f"/{said.pid.path}/").content.decode()
    opening = '<script type="application/ld+json">'
    assert (
        html.count("<script")
        == html.count(opening) + html.count('<script src="/static/js/shelf.js" defer>')
        == 2
    )
    data = html.partition(opening)[2].partition("</script>")[0]
    for forbidden in ("<", ">", "&", "\u2028", "\u2029"):
        assert forbidden not in data
    assert json.loads(data)["name"] == title
