"""OAI-PMH 2.0: valid by its schemas, right in its errors, exact in what it lists while the archive changes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import etree

from archive.formats.exports import EXPORTS, Export
from archive.harvest import oai as module
from dialogues.models import Country, Topic
from meetings.models import Meeting
from registry import verbs
from registry.models import Change, Pid
from tests import schemas
from tests.contracts.test_queries import more
from tests.makers import corrected, country, dialogue, done_at, meeting, minister, published

pytestmark = pytest.mark.django_db
OAI = "{http://www.openarchives.org/OAI/2.0/}"
EVERY = "verb=ListRecords&metadataPrefix=oai_dc"
LATER = datetime(2031, 5, 6, 7, 8, 9, 700_000, UTC)
"""After everything in the starting data."""


@pytest.fixture(scope="module")
def envelope() -> etree.XMLSchema:
    return schemas.compiled("OAI-PMH.xsd")


def ask(reader: Client, query: str) -> etree._Element:
    answer = reader.get(f"/oai?{query}")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/xml; charset=utf-8")
    return etree.fromstring(answer.content)


def pages(reader: Client, query: str) -> Iterator[etree._Element]:
    """Every page of a list, by its tokens."""
    while query:
        page = ask(reader, query)
        yield page
        token = page.findtext(f".//{OAI}resumptionToken")
        verb = page.find(f"{OAI}request").get("verb")
        query = urlencode({"verb": verb, "resumptionToken": token}) if token else ""


def headers(*found: etree._Element) -> dict[str, dict[str, Any]]:
    """pid → datestamp, set and whether it is deleted; each record once."""
    listed: dict[str, dict[str, Any]] = {}
    for header in (one for page in found for one in page.iter(f"{OAI}header")):
        pid = header.findtext(f"{OAI}identifier").removeprefix("oai:127.0.0.1:")
        assert pid not in listed
        listed[pid] = {
            "at": header.findtext(f"{OAI}datestamp"),
            "set": header.findtext(f"{OAI}setSpec"),
            "deleted": header.get("status") == "deleted",
        }
    return listed


def error(page: etree._Element) -> str:
    return str(page.find(f"{OAI}error").get("code"))


def topic(slug: str, **facts: Any) -> Topic:
    return Topic.objects.draft(slug=slug, name=slug.capitalize(), **facts)


def test_identify_says_what_harvesters_need(reader: Client, envelope: etree.XMLSchema) -> None:
    page = ask(reader, "verb=Identify")
    envelope.assertValid(page)
    said = {child.tag.removeprefix(OAI): child.text for child in page.find(f"{OAI}Identify")}
    assert said == {
        "repositoryName": "Dialogues",
        "baseURL": "http://127.0.0.1:8000/oai",
        "protocolVersion": "2.0",
        "adminEmail": "archive@example.org",
        "earliestDatestamp": Change.objects.order_by("pk").first().at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "deletedRecord": "persistent",
        "granularity": "YYYY-MM-DDThh:mm:ssZ",
    }
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", page.findtext(f"{OAI}responseDate"))


def test_an_archive_with_a_domain_describes_its_identifiers(reader: Client, settings: Any) -> None:
    settings.SITE_URL = "https://archive.example.org"
    page = ask(reader, "verb=Identify")
    scheme = page.find(".//{http://www.openarchives.org/OAI/2.0/oai-identifier}oai-identifier")
    assert [child.text for child in scheme] == [
        "oai",
        "archive.example.org",
        ":",
        "oai:archive.example.org:25hxwjjb",
    ]


def test_sets_are_dialogues(reader: Client, envelope: etree.XMLSchema) -> None:
    page = ask(reader, "verb=ListSets")
    envelope.assertValid(page)
    sets = {one.findtext(f"{OAI}setSpec"): one.findtext(f"{OAI}setName") for one in page.iter(f"{OAI}set")}
    assert len(sets) == 24
    assert sets["ca-jad"] == "Central Asia plus Japan"


@pytest.mark.parametrize("prefix", ["oai_dc", "dialogues"])
def test_every_record_is_valid_in_each_format(reader: Client, envelope: etree.XMLSchema, prefix: str) -> None:
    if prefix == "oai_dc":
        inner = schemas.compiled("xml.xsd", "oai_dc.xsd")
    else:
        inner = etree.XMLSchema(etree.fromstring(reader.get("/oai/dialogues.xsd").content))
    found = list(pages(reader, f"verb=ListRecords&metadataPrefix={prefix}"))
    for page in found:
        envelope.assertValid(page)
        for metadata in page.iter(f"{OAI}metadata"):
            inner.assertValid(metadata[0])
    listed = headers(*found)
    assert set(listed) == set(Pid.objects.filter(state="public").values_list("pk", flat=True))
    assert found[-1].find(f".//{OAI}resumptionToken").text is None


def test_the_facts_of_a_record_are_its_json(reader: Client) -> None:
    held = Meeting.objects.get(pid__path="ca-jad/2022/fm-9")
    page = ask(reader, f"verb=GetRecord&metadataPrefix=dialogues&identifier=oai:127.0.0.1:{held.pk}")
    record = page.find(f".//{OAI}metadata")[0]
    space = {"d": "urn:x-dialogues:record:1"}
    assert etree.QName(record).localname == "meeting"
    assert record.findtext("d:start", namespaces=space) == "2022-12-24"
    assert record.findtext("d:ordinal", namespaces=space) == "9"
    assert record.find("d:end", namespaces=space) is None
    data = reader.get("/ca-jad/2022/fm-9/?format=json").json()
    summaries = [one.text for one in record.iterfind("d:outcomes/d:item/d:summary", namespaces=space)]
    assert summaries == [one["summary"] for one in data["outcomes"]]
    assert record.findtext("d:edition/d:sha256", namespaces=space) == data["edition"]["sha256"]


def test_dublin_core_names_the_permanent_address_first(reader: Client) -> None:
    held = Meeting.objects.get(pid__path="ca-jad/2022/fm-9")
    page = ask(reader, f"verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:127.0.0.1:{held.pk}")
    core: dict[str, list[str]] = {}
    for one in page.find(f".//{OAI}metadata")[0]:
        core.setdefault(etree.QName(one).localname, []).append(one.text)
    assert core["title"] == ["9th Foreign Ministers’ Meeting"]
    assert core["creator"] == ["Central Asia plus Japan"]
    assert core["identifier"] == [
        f"http://127.0.0.1:8000/id/{held.pk}",
        "http://127.0.0.1:8000/ca-jad/2022/fm-9/",
    ]
    assert (core["date"], core["coverage"], core["type"]) == (
        ["2022-12-24"],
        ["Tokyo"],
        ["Event", "Ministerial meeting"],
    )


ERRORS = {
    "": "badVerb",
    "junk": "badVerb",
    "verb=junk": "badVerb",
    "verb=Identify&verb=Identify": "badVerb",
    "verb=Identify&x=1": "badArgument",
    "verb=GetRecord&metadataPrefix=oai_dc": "badArgument",
    "verb=GetRecord&identifier=oai:127.0.0.1:fwfp1k6g": "badArgument",
    "verb=GetRecord&identifier=invalid%22id&metadataPrefix=oai_dc": "idDoesNotExist",
    "verb=GetRecord&identifier=oai:127.0.0.1:xxxxxxxx&metadataPrefix=oai_dc": "idDoesNotExist",
    "verb=GetRecord&identifier=oai:example.org:fwfp1k6g&metadataPrefix=oai_dc": "idDoesNotExist",
    "verb=ListMetadataFormats&identifier=oai:127.0.0.1:xxxxxxxx": "idDoesNotExist",
    "verb=ListRecords": "badArgument",
    "verb=ListRecords&metadataPrefix=marc": "cannotDisseminateFormat",
    "verb=ListIdentifiers&until=junk": "badArgument",
    "verb=ListIdentifiers&resumptionToken=junk&until=2000-02-05": "badArgument",
    f"{EVERY}&metadataPrefix=oai_dc": "badArgument",
    f"{EVERY}&from=junk": "badArgument",
    f"{EVERY}&from=2024-02-30": "badArgument",
    f"{EVERY}&from=2024-05-01T00:00:00": "badArgument",
    f"{EVERY}&from=2002-02-05&until=2002-02-06T05:35:00Z": "badArgument",
    f"{EVERY}&from=2002-02-06&until=2002-02-05": "badArgument",
    f"{EVERY}&set=a%20b": "badArgument",
    f"{EVERY}&set=": "badArgument",
    f"{EVERY}&set=nothing": "noRecordsMatch",
    f"{EVERY}&until=2001-01-01": "noRecordsMatch",
    f"{EVERY}&from=9999-12-31": "noRecordsMatch",
    f"{EVERY}&resumptionToken=junk": "badArgument",
    "verb=ListRecords&resumptionToken=": "badResumptionToken",
    "verb=ListRecords&resumptionToken=junk": "badResumptionToken",
    "verb=ListRecords&resumptionToken=oai_dc,,,,999999999,1": "badResumptionToken",
    "verb=ListRecords&resumptionToken=oai_dc,,,,1,0": "badResumptionToken",
    "verb=ListRecords&resumptionToken=oai_dc,,,,1": "badResumptionToken",
    "verb=ListRecords&resumptionToken=marc,,,,3,1": "badResumptionToken",
    "verb=ListRecords&resumptionToken=oai_dc,junk,,,3,1": "badResumptionToken",
    "verb=ListSets&resumptionToken=junk": "badResumptionToken",
}


@pytest.mark.parametrize(("query", "code"), ERRORS.items())
def test_errors_have_the_code_of_the_protocol(
    reader: Client, envelope: etree.XMLSchema, query: str, code: str
) -> None:
    page = ask(reader, query)
    envelope.assertValid(page)
    assert error(page) == code
    repeats = dict(page.find(f"{OAI}request").attrib)
    assert bool(repeats) == (code not in ("badVerb", "badArgument"))


def test_a_post_is_answered_like_a_get(reader: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    arguments = {"verb": "ListIdentifiers", "metadataPrefix": "oai_dc", "set": "ca-jad"}
    posted = etree.fromstring(strict.post("/oai", arguments).content)
    got = ask(reader, urlencode(arguments))
    assert headers(posted) == headers(got)
    assert error(etree.fromstring(strict.post("/oai").content)) == "badVerb"
    assert strict.post("/meetings/").status_code == 405
    assert strict.put("/oai").status_code == 405


def test_from_and_until_are_inclusive_by_second_and_by_day(reader: Client) -> None:
    made = topic("ferries")
    with done_at(LATER):
        published(made)
    within = ["2031-05-06", "2031-05-06T07:08:09Z"]
    for moment in within:
        assert set(headers(*pages(reader, f"{EVERY}&from={moment}&until={moment}"))) == {made.pk}
    assert set(headers(ask(reader, f"{EVERY}&from=2031-05-06T07:08:09Z"))) == {made.pk}
    for moment in ("2031-05-07", "2031-05-06T07:08:10Z"):
        assert error(ask(reader, f"{EVERY}&from={moment}")) == "noRecordsMatch"
    for moment in ("2031-05-05", "2031-05-06T07:08:08Z"):
        assert made.pk not in headers(
            *pages(reader, f"verb=ListIdentifiers&metadataPrefix=oai_dc&until={moment}")
        )


def test_what_is_withdrawn_or_merged_stays_as_deleted(reader: Client, envelope: etree.XMLSchema) -> None:
    land = published(country())
    stays, goes = minister("DOE Jane", of=land), minister("DOE J.", of=land)
    gone = topic("ferries", definition="A word that must not leave.")
    published(stays, goes, gone)
    with done_at(LATER):
        verbs.withdraw(gone, by=None, reason="legal", note="A court.")
        verbs.merge(goes, into=stays, by=None, note="One person.")
    page = ask(reader, f"{EVERY}&from=2031-05-06")
    envelope.assertValid(page)
    assert headers(page) == {
        gone.pk: {"at": "2031-05-06T07:08:09Z", "set": None, "deleted": True},
        goes.pk: {"at": "2031-05-06T07:08:09Z", "set": None, "deleted": True},
    }
    assert page.find(f".//{OAI}metadata") is None
    one = ask(reader, f"verb=GetRecord&metadataPrefix=dialogues&identifier=oai:127.0.0.1:{gone.pk}")
    assert headers(one)[gone.pk]["deleted"]
    assert b"must not leave" not in etree.tostring(one)
    verbs.restore(gone, by=None, note="The judgment was lifted.")
    assert not headers(
        ask(reader, f"verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:127.0.0.1:{gone.pk}")
    )[gone.pk]["deleted"]


def test_a_set_tells_of_what_it_lost(reader: Client) -> None:
    held = Meeting.objects.get(pid__path="ca-jad/2004/fm-1")
    related = dialogue("xx-dialogue")
    made = meeting(published(related))
    published(made)
    verbs.withdraw(made, by=None, reason="entered_in_error", note="It was another.")
    listed = headers(*pages(reader, f"{EVERY}&set=xx-dialogue"))
    assert {pid: one["deleted"] for pid, one in listed.items()} == {related.pk: False, made.pk: True}
    everything = headers(*pages(reader, EVERY))
    assert everything[held.pk]["set"] == "ca-jad"
    in_set = {pid for pid, one in everything.items() if one["set"] == "ca-jad"}
    assert in_set == set(headers(*pages(reader, f"{EVERY}&set=ca-jad")))


def held(*found: etree._Element) -> dict[str, bytes]:
    """What a harvester keeps: of each record the last that it was given, header and metadata."""
    records = (one for page in found for one in page.iter(f"{OAI}record"))
    return {one.findtext(f".//{OAI}identifier"): etree.tostring(one) for one in records}


def newest_stamp(*found: etree._Element) -> str:
    return max(one.text for page in found for one in page.iter(f"{OAI}datestamp"))


def test_a_harvest_under_way_ends_with_what_stands(reader: Client) -> None:
    """Between its pages records are published, corrected, withdrawn: it ends as a fresh one does, nothing leaks."""
    quoting = topic("ferries", definition="A word that must not leave.")
    published(quoting)
    steps = pages(reader, EVERY)
    first = next(steps)
    given = set(headers(first))
    waiting = Topic.objects.public().exclude(pk__in=given).exclude(pk=quoting.pk)
    to_correct, to_withdraw = waiting[:2]
    seen = Country.objects.public().filter(pk__in=given)[0]
    with done_at(LATER):
        corrected(quoting, definition="Ships that cross.")
        corrected(to_correct, definition="Another meaning.")
        verbs.withdraw(to_withdraw, by=None, reason="legal", note="A court.")
        new = published(topic("bridges"))
    with done_at(LATER + timedelta(minutes=1)):
        corrected(seen, iso_note="Said anew.")
    found = [first, *steps]
    assert b"must not leave" not in b"".join(map(etree.tostring, found))
    assert held(*found) == held(*pages(reader, EVERY))
    told = headers(*found[1:])
    assert {pid: told[pid]["deleted"] for pid in (to_correct.pk, to_withdraw.pk, new.pk, seen.pk)} == {
        to_correct.pk: False,
        to_withdraw.pk: True,
        new.pk: False,
        seen.pk: False,
    }
    with done_at(LATER + timedelta(minutes=2)):
        verbs.withdraw(new, by=None, reason="legal", note="A court.")
    since = newest_stamp(*found)
    assert since == "2031-05-06T07:09:09Z"
    kept = held(*found) | held(*pages(reader, f"{EVERY}&from={since}"))
    assert kept == held(*pages(reader, EVERY))


def test_a_list_whose_rest_has_left_it_ends_with_a_record(
    reader: Client, envelope: etree.XMLSchema, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PAGE_SIZE", 1)
    one, other = topic("ferries"), topic("bridges")
    with done_at(LATER):
        published(one)
        published(other)
    steps = pages(reader, f"{EVERY}&from=2031-05-06&until=2031-05-06")
    assert set(headers(next(steps))) == {one.pk}
    with done_at(LATER + timedelta(days=1)):
        corrected(other, definition="Roads over water.")
    [last] = steps
    envelope.assertValid(last)
    assert set(headers(last)) == {one.pk}
    assert last.findtext(f".//{OAI}resumptionToken") == ""
    assert set(headers(*pages(reader, f"{EVERY}&from=2031-05-07"))) == {other.pk}


def test_a_token_can_be_used_again(reader: Client) -> None:
    first = ask(reader, EVERY)
    token = first.findtext(f".//{OAI}resumptionToken")
    query = urlencode({"verb": "ListRecords", "resumptionToken": token})
    once = headers(ask(reader, query))
    published(topic("ferries"))
    assert headers(ask(reader, query)) == once
    assert not set(once) & set(headers(first))
    assert first.find(f".//{OAI}resumptionToken").get("cursor") == "0"
    assert ask(reader, query).find(f".//{OAI}resumptionToken").get("cursor") == "100"


def test_drafts_are_never_harvested(reader: Client) -> None:
    draft = topic("secret")
    assert (
        error(ask(reader, f"verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:127.0.0.1:{draft.pk}"))
        == "idDoesNotExist"
    )
    assert draft.pk not in headers(*pages(reader, EVERY))


def test_an_export_that_is_xml_is_a_format_too(reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    written = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<resource xmlns="http://datacite.org/schema/kernel-4"/>'
    )
    export = Export(
        "datacite", "DataCite", "application/xml", lambda _reference: written, frozenset({"meeting"})
    )
    monkeypatch.setitem(EXPORTS, "datacite", export)
    listed = headers(*pages(reader, "verb=ListRecords&metadataPrefix=datacite"))
    assert len(listed) == 436
    energy = Topic.objects.get(slug="energy").pk
    other = ask(reader, f"verb=GetRecord&metadataPrefix=datacite&identifier=oai:127.0.0.1:{energy}")
    assert error(other) == "cannotDisseminateFormat"
    of_topic = ask(reader, f"verb=ListMetadataFormats&identifier=oai:127.0.0.1:{energy}")
    prefixes = [one.text for one in of_topic.iter(f"{OAI}metadataPrefix")]
    assert "datacite" not in prefixes
    assert {"oai_dc", "dialogues"} <= set(prefixes)


def test_a_page_makes_a_fixed_number_of_queries(reader: Client) -> None:
    def queries(query: str) -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            ask(reader, query)
        return len(captured)

    asked = [
        EVERY,
        f"{EVERY}&set=ca-jad",
        "verb=ListIdentifiers&metadataPrefix=oai_dc",
        "verb=Identify",
        "verb=ListSets",
    ]
    before = {query: queries(query) for query in asked}
    assert list(before.values()) == [4, 4, 3, 2, 2]
    more(12)
    assert {query: queries(query) for query in asked} == before


def test_answers_are_never_kept(reader: Client) -> None:
    answer = reader.get("/oai?verb=Identify")
    assert "ETag" not in answer
    assert answer["Cache-Control"] == "no-cache"
    assert module.PAGE_SIZE == 100
