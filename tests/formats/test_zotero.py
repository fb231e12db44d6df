"""Zotero RDF, MODS and Dublin Core RDF, read the way Zotero’s translators read them."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import etree
from rdflib import DC, DCTERMS, FOAF, RDF, Graph, Namespace

from archive.formats import mods, rdf_dc, zotero_rdf
from archive.formats.reference import Reference
from tests.formats.references import FM9, STATEMENT, every_reference, reference, remarks
from tests.makers import commitment, dialogue, meeting, published

pytestmark = pytest.mark.django_db
BIB = Namespace("http://purl.org/net/biblio#")
LINK = Namespace("http://purl.org/rss/1.0/modules/link/")
Z = Namespace("http://www.zotero.org/namespaces/export#")
MODS = {"m": "http://www.loc.gov/mods/v3"}
SITE = "http://127.0.0.1:8000"


def item(cited: Reference) -> dict[str, Any]:
    """The one item of the RDF: every field of Zotero’s namespace by name, then what other vocabularies hold."""
    graph = Graph().parse(data=zotero_rdf.write(cited), format="xml")
    (node,) = graph.subjects(Z.itemType)
    found: dict[str, Any] = {
        str(name).removeprefix(str(Z)): str(value)
        for name, value in graph.predicate_objects(node)
        if str(name).startswith(str(Z))
    }
    (authors,) = graph.objects(node, BIB.authors)
    people = [value for name, value in graph.predicate_objects(authors) if str(name).startswith(f"{RDF}_")]
    assert all((person, RDF.type, FOAF.Person) in graph for person in people)
    found["creators"] = [
        (str(graph.value(person, FOAF.surname)), graph.value(person, FOAF.givenName)) for person in people
    ]
    (uri,) = graph.objects(node, DC.identifier)
    assert (uri, RDF.type, DCTERMS.URI) in graph
    (attached,) = graph.objects(node, LINK.link)
    assert (attached, RDF.type, Z.Attachment) in graph
    (page,) = graph.objects(attached, DC.identifier)
    return found | {
        "attached": [str(graph.value(attached, name)) for name in (DC.title, LINK.type)],
        "page": str(graph.value(page, RDF.value)),
        "title": str(graph.value(node, DC.title)),
        "date": str(graph.value(node, DC.date)),
        "language": str(graph.value(node, DC.language)),
        "abstract": str(graph.value(node, DCTERMS.abstract)),
        "url": str(graph.value(uri, RDF.value)),
        "tags": {str(tag) for tag in graph.objects(node, DC.subject)},
    }


def test_a_meeting_is_a_web_page_with_its_kind_place_and_body() -> None:
    found = item(reference(FM9))
    assert found["itemType"] == "webpage"
    assert found["websiteType"] == "Ministerial meeting, Tokyo"
    assert found["websiteTitle"] == "Dialogues"
    assert found["title"] == "9th Foreign Ministers’ Meeting"
    assert found["date"] == "2022-12-24"
    assert found["creators"] == [("Central Asia plus Japan", None)]
    assert found["url"] == f"{SITE}/id/fwfp1k6g@1"
    assert (found["attached"], found["page"]) == (["Snapshot", "text/html"], f"{SITE}/id/fwfp1k6g@1")
    assert found["language"] == "en"
    assert "Energy" in found["tags"] or len(found["tags"]) > 3


def test_a_statement_is_a_report_with_number_place_and_institution() -> None:
    found = item(reference(STATEMENT))
    assert found["itemType"] == "report"
    assert found["reportType"] == "Joint statement"
    assert found["reportNumber"] == "25hxwjjb@1"
    assert (found["place"], found["institution"]) == ("Tokyo", "Central Asia plus Japan")
    assert found["creators"] == [("Central Asia plus Japan", None)]
    assert found["url"] == f"{SITE}/id/25hxwjjb@1"
    assert "pages" not in found
    assert found["extra"].endswith(f". Always current: {SITE}/id/25hxwjjb")


def test_what_one_person_said_is_a_presentation_at_its_meeting() -> None:
    made = remarks("Address", "One.", "Two.")
    found = item(Reference(made.pid, made.edition, "en", "p2"))
    assert (found["itemType"], found["presentationType"]) == ("presentation", "Opening remarks")
    assert (found["meetingName"], found["title"]) == ("1st Foreign Ministers’ Meeting", "Address")
    assert found["creators"] == [("Examplia", None)]
    assert found["extra"].startswith(f"Number: {made.number}\nParagraph: 2\nEdition 1 of ")
    assert [
        name for name in ("reportType", "reportNumber", "institution", "websiteTitle") if name in found
    ] == []
    tree = etree.fromstring(mods.write(made).encode())
    assert tree.xpath("m:genre[@authority='local']/text()", namespaces=MODS) == ["presentation"]


def test_a_paragraph_keeps_its_number_its_words_and_its_address() -> None:
    found = item(reference(STATEMENT, "en-x-summary", "p2"))
    assert found["pages"] == "para. 2"
    assert found["url"] == found["page"] == f"{SITE}/id/25hxwjjb@1~p2"
    assert found["abstract"].startswith("The Central Asian ministers welcomed Japan’s offer")


def test_a_commitment_is_a_web_page_with_the_number_of_its_text() -> None:
    held = dialogue(name="Министерство и 外務省")
    at = meeting(held)
    made = commitment(at)
    published(held, at, made)
    found = item(reference(made.pid.path))
    assert (found["itemType"], found["websiteType"]) == ("webpage", "Commitment")
    assert found["extra"].startswith(f"Number: {made.pk}@1\nEdition 1 of ")
    assert found["creators"] == [("Министерство и 外務省", None)]
    assert found["date"] == "2021-03-04"


def test_a_meeting_of_several_days_says_until_when() -> None:
    held = dialogue()
    at = meeting(held, end="2021-03-06")
    published(held, at)
    extra = item(reference(at.pid.path))["extra"]
    assert extra.startswith(f"Number: {at.pk}@1\nUntil: 2021-03-06\nEdition 1 of ")


def test_mods_has_the_body_whole_and_the_kind_zotero_knows() -> None:
    tree = etree.fromstring(mods.write(reference(STATEMENT, "en-x-summary", "p2")).encode())
    # Zotero looks for these very letters, and not for the namespace alone.
    assert (tree.prefix, tree.tag) == (None, "{http://www.loc.gov/mods/v3}mods")

    def texts(path: str) -> list[str]:
        return [str(one) for one in tree.xpath(f"{path}/text()", namespaces=MODS)]

    assert tree.get("version") == "3.7"
    assert texts("m:name[@type='corporate']/m:namePart") == ["Central Asia plus Japan"]
    assert texts("m:genre[@authority='local']") == ["report"]
    assert texts("m:genre[not(@authority)]") == ["Joint statement"]
    assert texts("m:originInfo/m:place/m:placeTerm") == ["Tokyo"]
    assert texts("m:originInfo/m:publisher") == ["Central Asia plus Japan"]
    assert texts("m:originInfo/m:dateIssued") == ["2022-12-24"]
    assert texts("m:language/m:languageTerm") == ["en"]
    assert texts("m:part/m:detail[@type='number']/m:number") == ["25hxwjjb@1"]
    assert texts("m:part/m:extent/m:list") == ["2"]
    assert texts("m:relatedItem[@type='host']/m:titleInfo/m:title") == ["9th Foreign Ministers’ Meeting"]
    assert texts("m:location/m:url") == [f"{SITE}/id/25hxwjjb@1~p2"]


def test_mods_gives_first_and_last_day() -> None:
    held = dialogue()
    at = meeting(held, end="2021-03-06")
    published(held, at)
    tree = etree.fromstring(mods.write(reference(at.pid.path)).encode())
    dated = tree.xpath("m:originInfo/m:dateIssued", namespaces=MODS)
    assert [(one.get("point"), one.text) for one in dated] == [("start", "2021-03-04"), ("end", "2021-03-06")]


def test_dublin_core_holds_the_fifteen() -> None:
    graph = Graph().parse(data=rdf_dc.write(reference(STATEMENT)), format="xml")
    (node,) = set(graph.subjects(DC.title))
    said = {str(name).removeprefix(str(DC)) for name in graph.predicates(node)}
    assert said == {
        "title", "creator", "date", "type", "publisher", "identifier", "language", "description", "coverage",
        "subject", "source", "relation", "rights",
    }  # fmt: skip
    assert str(graph.value(node, DC.relation)) == f"{SITE}/id/fwfp1k6g"


def test_every_record_is_well_formed_in_each() -> None:
    for cited in every_reference()[::5]:
        for write in (zotero_rdf.write, mods.write, rdf_dc.write):
            etree.fromstring(write(cited).encode())
