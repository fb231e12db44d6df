"""What must be known before citing stands in every form: a statement that was retracted, a meeting that was put off,
a paragraph that is our summary or a translation."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from lxml import etree
from rdflib import DC, DCTERMS, SKOS, Graph, Literal, Namespace

from meetings.models import Paragraph, Statement, Text
from tests.makers import corrected, dialogue, meeting, published, statement
from tests.pages.test_head import Page

pytestmark = pytest.mark.django_db
Z = Namespace("http://www.zotero.org/namespaces/export#")
NAMES = {"m": "http://www.loc.gov/mods/v3", "d": "http://datacite.org/schema/kernel-4"}
RETRACTED = "retracted by its issuer"


def retracted(kind: str = "summary") -> Statement:
    """A statement with one paragraph of this kind, that its issuer took back in its second edition."""
    made = statement(meeting(dialogue()))
    made.texts.update(kind=kind)
    Paragraph.objects.create(text=Text.objects.get(statement=made), number=1, key="p1", words="We met.")
    published(made.dialogue, made.meetings.get(), made)
    return corrected(made, issuer_state="retracted")  # type: ignore[no-any-return]


def unapi(reader: Client, name: str, form: str) -> bytes:
    answer = reader.get("/unapi", {"id": name, "format": form})
    assert answer.status_code == 200
    return bytes(answer.content)


def values(found: Graph, predicate: Any) -> list[str]:
    return [str(value) for value in found.objects(None, predicate)]


def test_a_retracted_statement_never_comes_clean(reader: Client) -> None:
    made = retracted()
    at, kind = f"/{made.pid.path}/", f"Joint statement, {RETRACTED}"
    described = f"{kind}, Example Dialogue, 1st Foreign Ministers’ Meeting, 2021-03-04"
    (item,) = reader.get(f"{at}?format=csl").json()
    assert (item["genre"], item["status"]) == (kind, RETRACTED)
    assert f"\r\nM3  - {kind}\r\n" in reader.get(f"{at}?format=ris").content.decode()
    assert f"  type = {{{{{kind}}}}},\n" in reader.get(f"{at}?format=bib").content.decode()
    assert RETRACTED in reader.get(f"{at}?format=txt").content.decode()
    assert json.loads(reader.get(f"{at}?format=jsonld").content)["creativeWorkStatus"] == RETRACTED
    zotero = Graph().parse(data=unapi(reader, f"{made.pk}@2", "rdf_zotero"), format="xml")
    assert values(zotero, Z.reportType) == [kind]
    plain = Graph().parse(data=unapi(reader, f"{made.pk}@2", "rdf_dc"), format="xml")
    assert values(plain, DC.description) == [described]
    turtle = Graph().parse(data=reader.get(f"{at}?format=ttl").content, format="turtle")
    assert list(turtle.objects(None, DCTERMS.type)) == [Literal(kind, lang="en")]
    assert list(turtle.objects(None, SKOS.note)) == [Literal("Retracted by its issuer.", lang="en")]
    page = Page(reader, at)
    assert page.one("z:reportType") == kind
    assert page.one("og:description") == page.one("DCTERMS.abstract") == described


@pytest.mark.parametrize("prefix", ["oai_dc", "mods", "datacite"])
def test_a_harvester_is_told_of_it(reader: Client, prefix: str) -> None:
    made = retracted()
    asked = {"verb": "GetRecord", "metadataPrefix": prefix, "identifier": f"oai:127.0.0.1:{made.pk}"}
    answer = reader.get("/oai", asked).content.decode()
    assert f">Joint statement, {RETRACTED}</" in answer


def test_mods_and_datacite_have_a_note_of_their_own(reader: Client) -> None:
    made = retracted()
    tree = etree.fromstring(reader.get(f"/{made.pid.path}/en-x-summary/~p1/?format=mods").content)
    told = ["Retracted by its issuer.", "Paragraph 1: archive’s summary."]
    assert tree.xpath("m:genre[not(@authority)]/text()", namespaces=NAMES) == [
        f"Joint statement, {RETRACTED}"
    ]
    assert tree.xpath("m:note/text()", namespaces=NAMES) == told
    at = f"/{made.pid.path}/en-x-summary/~p1/"
    tree = etree.fromstring(reader.get(f"{at}?format=datacite").content)
    others = tree.xpath("//d:description[@descriptionType='Other']/text()", namespaces=NAMES)
    assert others == told
    found = json.loads(reader.get(f"{at}?format=datacitejson").content)
    assert found["types"]["resourceType"] == f"Joint statement, {RETRACTED}"
    assert [one["description"] for one in found["descriptions"]] == ["We met.", *told]


@pytest.mark.parametrize(
    ("kind", "segment", "said"),
    [
        ("summary", "en-x-summary", "archive’s summary"),
        ("official", "en", "official translation"),
        ("provisional", "en", "provisional translation"),
        ("unofficial", "en", "unofficial translation"),
    ],
)
def test_words_that_are_not_the_issuers_own_say_whose_they_are(
    reader: Client, kind: str, segment: str, said: str
) -> None:
    made = retracted(kind)
    at, name = f"/{made.pid.path}/{segment}/~p1/", f"{made.pk}@2~p1"
    note = f"Paragraph 1: {said}"
    told = f"Retracted by its issuer. {note}. We met."
    (item,) = reader.get(f"{at}?format=csl").json()
    assert item["medium"] == said
    assert f"\r\nN1  - {note}\r\n" in reader.get(f"{at}?format=ris").content.decode()
    assert f"para. 1 ({said})" in reader.get(f"{at}?format=bib").content.decode()
    assert f"[{said}]" in reader.get(f"{at}?format=txt").content.decode()
    assert json.loads(reader.get(f"{at}?format=jsonld").content)["hasPart"]["description"] == said
    zotero = Graph().parse(data=unapi(reader, name, "rdf_zotero"), format="xml")
    assert values(zotero, Z.extra)[0].startswith(f"{note}\nEdition 2 of ")
    plain = Graph().parse(data=unapi(reader, name, "rdf_dc"), format="xml")
    assert values(plain, DC.description) == [told]
    assert f"<note>{note}.</note>" in unapi(reader, name, "mods").decode()
    turtle = Graph().parse(data=reader.get(f"{at}?format=ttl").content, format="turtle")
    assert Literal(f"{note}.", lang="en") in turtle.objects(None, SKOS.note)
    page = Page(reader, at)
    assert page.one("z:extra").startswith(f"{note}\n")
    for tag in ("og:description", "twitter:description", "DCTERMS.abstract"):
        assert page.one(tag) == told


def test_the_issuers_own_words_need_no_note(reader: Client) -> None:
    made = retracted("authentic")
    corrected(made, issuer_state="in_force")
    at = f"/{made.pid.path}/en/~p1/"
    assert Page(reader, at).one("og:description") == "We met."
    assert b"<note" not in reader.get(f"{at}?format=mods").content
    assert b"skos:note" not in reader.get(f"{at}?format=ttl").content
    assert b'"Other"' not in reader.get(f"{at}?format=datacite").content


@pytest.mark.parametrize("status", ["postponed", "rescheduled", "cancelled"])
def test_a_meeting_that_was_not_held_says_so(reader: Client, status: str) -> None:
    at = meeting(dialogue(), status=status)
    published(at.track.dialogue, at)
    kind, path = f"Ministerial meeting, {status}", f"/{at.pid.path}/"
    zotero = Graph().parse(data=unapi(reader, f"{at.pk}@1", "rdf_zotero"), format="xml")
    assert values(zotero, Z.websiteType) == [kind]
    assert f"<genre>{kind}</genre>" in reader.get(f"{path}?format=mods").content.decode()
    assert f">{kind}</datacite:resourceType>" in reader.get(f"{path}?format=datacite").content.decode()
    assert f'dcterms:type "{kind}"@en' in reader.get(f"{path}?format=ttl").content.decode()
    page = Page(reader, path)
    assert page.one("z:websiteType") == kind
    assert page.one("og:description").startswith(f"{kind}, Example Dialogue")
