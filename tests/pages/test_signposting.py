"""Signposting, judged by the client of the University of Manchester over HTTP; RFC 5829 versions; RFC 9264 linksets."""

from __future__ import annotations

import json
import re
import urllib.request
from typing import Any

import pytest
import signposting
from django.test import Client

from archive.formats.exports import describing
from registry import verbs
from tests.formats.references import every_reference
from tests.makers import dialogue, meeting, published, statement

SITE = "http://127.0.0.1:8000"
FM9 = "/ca-jad/2022/fm-9/"
STATEMENT = f"{FM9}joint-statement/"
PARAGRAPH = f"{STATEMENT}en-x-summary/~p2/"
PAGES = {
    FM9: "meeting",
    STATEMENT: "statement",
    PARAGRAPH: "statement",
    "/ca-jad/2022/fm-9@1/": "meeting",
    "/ca-jad/": "dialogue",
    "/countries/kz/": "country",
    "/topics/energy/": "topic",
}
LINK = re.compile(r'<([^<>"\s]+)>; rel="([a-z -]+)"(?:; type="([^"]+)")?(?:; datetime="([^"]+)")?')
OF_TIME = {"original", "timegate", "timemap", "memento"}


def links(value: str) -> list[tuple[str, str, str]]:
    """Relation, target and type of each link but those of Memento; the whole header is read or the test fails."""
    found = LINK.findall(value)
    assert ", ".join(match.group(0) for match in LINK.finditer(value)) == value
    return [
        (rel, href, media_type)
        for href, rel, media_type, _datetime in found
        if not OF_TIME & set(rel.split())
    ]


def of(found: list[tuple[str, str, str]], rel: str) -> list[str]:
    return [href for name, href, _type in found if name == rel]


@pytest.mark.django_db
def test_a_meeting_names_all_that_belongs_to_it(reader: Client) -> None:
    found = links(reader.get(FM9)["Link"])
    assert of(found, "cite-as") == [f"{SITE}/ark:99999/fwfp1k6g"]
    assert of(found, "type") == ["https://schema.org/AboutPage", "https://schema.org/Event"]
    assert of(found, "license") == ["https://creativecommons.org/licenses/by/4.0/"]
    assert of(found, "author") == [f"{SITE}/id/qpv83x8t"]
    assert of(found, "collection") == [f"{SITE}/id/qpv83x8t"]
    assert of(found, "item") == [f"{SITE}/ca-jad/2022/fm-9@1/?format=json", f"{SITE}/id/25hxwjjb"]
    assert ("linkset", f"{SITE}{FM9}?format=linkset", "application/linkset+json") in found
    described = {href: media_type for rel, href, media_type in found if rel == "describedby"}
    assert described == {f"{SITE}{FM9}?format={name}": said for name, said in describing("meeting")}


@pytest.mark.django_db
def test_a_statement_belongs_to_its_meeting_and_has_its_texts(reader: Client) -> None:
    found = links(reader.get(STATEMENT)["Link"])
    assert of(found, "collection") == [f"{SITE}/id/fwfp1k6g"]
    assert of(found, "item")[1:] == [f"{SITE}{STATEMENT}en-x-summary/"]
    assert of(links(reader.get(PARAGRAPH)["Link"]), "collection") == [f"{SITE}/id/25hxwjjb"]
    assert of(links(reader.get(PARAGRAPH)["Link"]), "cite-as") == [
        f"{SITE}/ark:99999/25hxwjjb/en-x-summary/~p2"
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("path", PAGES)
def test_head_and_header_and_linkset_say_the_same(reader: Client, path: str) -> None:
    header = links(reader.get(path)["Link"])
    assert links(reader.head(path)["Link"]) == header
    relations = {rel for rel, _href, _type in header} - {"alternate"}
    html = reader.get(path).content.decode().partition("</head>")[0]
    in_head = re.findall(r'<link rel="([a-z-]+)" href="([^"]+)"(?: type="([^"]+)")?>', html)
    assert [link for link in in_head if link[0] in relations] == [
        link for link in header if link[0] in relations
    ]
    linkset = json.loads(reader.get(f"{path}?format=linkset").content)["linkset"]
    (context,) = [one for one in linkset if one["anchor"] == f"{SITE}{path}"]
    flat = [
        (rel, target["href"], target.get("type", ""))
        for rel, targets in context.items()
        if rel != "anchor"
        for target in targets
    ]
    assert sorted(flat) == sorted(link for link in header if link[0] in relations)


@pytest.mark.django_db
@pytest.mark.parametrize("form", [*(name for name, _said in describing("statement")), "json", "linkset"])
def test_each_form_leads_back_to_the_page(reader: Client, form: str) -> None:
    found = links(reader.get(f"{STATEMENT}?format={form}")["Link"])
    assert of(found, "describes") == [f"{SITE}{STATEMENT}"]
    assert of(found, "cite-as") == []
    pinned = links(reader.get(f"/ca-jad/2022/fm-9/joint-statement@1/?format={form}")["Link"])
    assert of(pinned, "describes") == [f"{SITE}/ca-jad/2022/fm-9/joint-statement@1/"]


@pytest.mark.django_db
def test_editions_lead_to_each_other(reader: Client) -> None:
    held = dialogue()
    at = meeting(held)
    published(held, at)
    for number in (2, 3):
        at.duration_printed = f"{number} days"
        at.save()
        verbs.publish(at, by=None, note=f"Correction {number}.")
    path = f"/{at.pid.path}"

    def versions(address: str) -> dict[str, list[str]]:
        found = links(reader.get(address)["Link"])
        return {rel: of(found, rel) for rel in ("predecessor-version", "successor-version", "latest-version")}

    assert versions(f"{path}@1/") == {
        "predecessor-version": [],
        "successor-version": [f"{SITE}{path}@2/"],
        "latest-version": [f"{SITE}{path}/"],
    }
    assert versions(f"{path}@2/") == {
        "predecessor-version": [f"{SITE}{path}@1/"],
        "successor-version": [f"{SITE}{path}@3/"],
        "latest-version": [f"{SITE}{path}/"],
    }
    assert versions(f"{path}/")["predecessor-version"] == [f"{SITE}{path}@2/"]
    assert versions(f"{path}@3/")["successor-version"] == []
    assert of(links(reader.get(f"{path}@2/")["Link"]), "version-history") == [f"{SITE}{path}/history/"]


@pytest.mark.django_db
def test_editions_of_a_paragraph_lead_to_the_paragraph(reader: Client) -> None:
    """Its second paragraph stands in editions 1, 3 and 4."""
    at = meeting(dialogue())
    made = statement(at, "We met.", "We agreed.")
    published(at.track.dialogue, at, made)
    text = made.texts.get()
    for number in (2, 3, 4):
        text.paragraphs.filter(key="p2").delete()
        if number > 2:
            text.paragraphs.create(number=2, key="p2", words=f"We agreed {number} times.")
        verbs.publish(made, by=None, note="Compared with the original.")
    path, part = f"/{made.pid.path}", "en/~p2/"
    for shown, before, after in (("@1", None, 3), ("@3", 1, 4), ("@4", 3, None), ("", 3, None)):
        found = links(reader.get(f"{path}{shown}/{part}")["Link"])
        assert of(found, "latest-version") == [f"{SITE}{path}/{part}"]
        for rel, number in (("predecessor-version", before), ("successor-version", after)):
            assert of(found, rel) == ([f"{SITE}{path}@{number}/{part}"] if number else []), shown
    whole = links(reader.get(f"{path}@2/")["Link"])
    assert of(whole, "successor-version") == [f"{SITE}{path}@3/"]
    text_page = links(reader.get(f"{path}@2/en/")["Link"])
    assert of(text_page, "predecessor-version") == [f"{SITE}{path}@1/en/"]


@pytest.mark.django_db
def test_a_header_never_outgrows_what_proxies_take(reader: Client) -> None:
    held = dialogue()
    at = meeting(held)
    statements = [statement(at, "One.", title=f"Statement {number}") for number in range(150)]
    published(held, at, *statements)
    page = reader.get(f"/{at.pid.path}/")
    assert len(page["Link"].encode()) <= 7 * 1024
    found = links(page["Link"])
    assert len(of(found, "cite-as")) == 1
    linkset = json.loads(reader.get(f"/{at.pid.path}/?format=linkset").content)["linkset"]
    assert len(linkset[0]["item"]) == 151


@pytest.mark.django_db
def test_every_record_has_one_permanent_name_and_a_header_that_is_read(reader: Client) -> None:
    for reference in every_reference()[::40]:
        found = links(reader.get(reference.pid.get_absolute_url())["Link"])
        assert of(found, "cite-as") == [f"{SITE}/ark:99999/{reference.pid.value}"]


@pytest.mark.parametrize("path", PAGES)
def test_an_outside_client_reads_header_head_and_linkset_alike(served_archive: str, path: str) -> None:
    address = f"{served_archive}{path}"
    header = signposting.find_signposting_http(address)
    in_head = signposting.find_signposting_html(address)
    linkset = signposting.find_signposting_linkset(
        str(header.linksets and next(iter(header.linksets)).target)
    )
    for found in (in_head, linkset.for_context(address)):
        assert targets(found) == targets(header)
    assert str(header.citeAs and header.citeAs.target).startswith(f"{served_archive}/ark:99999/")
    assert len(header.describedBy) == len(describing(PAGES[path]))
    assert len(header.types) == 2


def targets(found: Any) -> set[tuple[str, str, str]]:
    return {(str(one.rel), str(one.target), str(one.type or "")) for one in found}


@pytest.mark.parametrize("path", [FM9, STATEMENT, PARAGRAPH, "/ca-jad/"])
def test_everything_that_is_pointed_at_is_there_in_the_type_announced(served_archive: str, path: str) -> None:
    header = signposting.find_signposting_http(f"{served_archive}{path}")
    for signpost in (
        header.citeAs,
        *header.items,
        *header.describedBy,
        header.collection,
        *header.linksets,
    ):
        if signpost is None:
            continue
        with urllib.request.urlopen(str(signpost.target)) as answer:
            assert answer.status == 200
            if signpost.type:
                assert answer.headers["Content-Type"].partition(";")[0] == str(signpost.type)
            if signpost.rel == signposting.LinkRel.cite_as:
                assert answer.url == f"{served_archive}{path}"
