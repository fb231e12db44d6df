"""Turtle: rdflib reads it, and finds events, people and where editions come from."""

from __future__ import annotations

import pytest
from django.test import Client
from rdflib import DCAT, DCTERMS, FOAF, PROV, RDF, XSD, Graph, Literal, Namespace, URIRef

from archive.formats import turtle
from registry import verbs
from tests.formats.references import FM9, STATEMENT, every_reference, reference
from tests.makers import dialogue, meeting, published, statement

pytestmark = pytest.mark.django_db
LODE = Namespace("http://linkedevents.org/ontology/")
SITE = "http://127.0.0.1:8000"


def graph(path: str, text: str | None = None, paragraph: str | None = None) -> Graph:
    return Graph().parse(data=turtle.write(reference(path, text, paragraph)), format="turtle")


def test_every_kind_of_record_is_read() -> None:
    read = dict.fromkeys(turtle.KINDS, 0)
    for found in every_reference()[::9]:
        assert len(Graph().parse(data=turtle.write(found), format="turtle")) > 10
        read[found.kind] += 1
    for path in ("ca-jad", "topics/energy", "countries/kz"):
        assert len(graph(path)) > 10
    assert min(read[kind] for kind in ("meeting", "statement", "commitment", "minister")) > 5


def test_a_meeting_is_an_event_at_its_time_and_place(reader: Client) -> None:
    answer = reader.get(f"/{FM9}/?format=ttl")
    assert answer["Content-Type"] == "text/turtle; charset=utf-8"
    found = Graph().parse(data=answer.content, format="turtle")
    event = URIRef(f"{SITE}/id/fwfp1k6g")
    assert (event, RDF.type, LODE.Event) in found
    assert (event, DCTERMS.date, Literal("2022-12-24", datatype=XSD.date)) in found
    assert (event, DCTERMS.title, Literal("9th Foreign Ministers’ Meeting", lang="en")) in found
    hayashi = URIRef(f"{SITE}/id/84m1z7g6")
    assert (event, LODE.involvedAgent, hayashi) in found
    assert (event, DCTERMS.hasPart, URIRef(f"{SITE}/id/25hxwjjb")) in found
    assert (event, DCTERMS.license, URIRef("https://creativecommons.org/licenses/by/4.0/")) in found


def test_an_edition_says_what_it_was_derived_from() -> None:
    found = graph(STATEMENT)
    edition = URIRef(f"{SITE}/id/25hxwjjb@1")
    assert (edition, PROV.specializationOf, URIRef(f"{SITE}/id/25hxwjjb")) in found
    assert (edition, DCTERMS.identifier, Literal(f"{SITE}/ark:99999/25hxwjjb@1")) in found
    sources = {one["url"] for one in reference(STATEMENT).data["cited_sources"] if one["url"]}
    assert {str(one) for one in found.objects(edition, PROV.wasDerivedFrom)} == sources


def test_an_edition_is_a_dataset_with_its_file_and_size(reader: Client) -> None:
    found = graph(STATEMENT)
    edition = URIRef(f"{SITE}/id/25hxwjjb@1")
    file = URIRef(f"{SITE}/{STATEMENT}@1/?format=json")
    assert (edition, RDF.type, DCAT.Dataset) in found
    assert set(found.objects(edition, DCAT.distribution)) == {file}
    assert (file, DCAT.downloadURL, file) in found
    json_type = URIRef("https://www.iana.org/assignments/media-types/application/json")
    assert (file, DCAT.mediaType, json_type) in found
    size = len(reader.get(f"/{STATEMENT}@1/?format=json").content)
    assert (file, DCAT.byteSize, Literal(str(size), datatype=XSD.nonNegativeInteger)) in found


def test_a_later_edition_is_a_revision_with_its_note() -> None:
    held = dialogue()
    at = meeting(held, start="2021")
    published(held, at)
    at.duration_printed = "two days"
    at.save()
    verbs.publish(at, by=None, note='A "note" with \\ and\na line.')
    found = graph(at.pid.path)
    edition = URIRef(f"{SITE}/id/{at.pk}@2")
    assert (edition, PROV.wasRevisionOf, URIRef(f"{SITE}/id/{at.pk}@1")) in found
    assert (edition, DCTERMS.provenance, Literal('A "note" with \\ and\na line.')) in found
    assert (URIRef(f"{SITE}/id/{at.pk}"), DCTERMS.date, Literal("2021", datatype=XSD.gYear)) in found


def test_a_paragraph_is_part_of_its_statement() -> None:
    found = graph(STATEMENT, "en-x-summary", "p2")
    part = URIRef(f"{SITE}/id/25hxwjjb/en-x-summary/~p2")
    assert (part, DCTERMS.isPartOf, URIRef(f"{SITE}/id/25hxwjjb")) in found


def test_text_cannot_break_out_of_its_place() -> None:
    held = dialogue()
    at = meeting(held)
    title = 'x" . <http://evil.example/> a <http://evil.example/y> . \x01\u2028'
    said = statement(at, "One.", title=title)
    published(held, at, said)
    found = graph(said.pid.path)
    record = URIRef(f"{SITE}/id/{said.pk}")
    assert (record, DCTERMS.title, Literal(title, lang="en")) in found
    assert not list(found.triples((URIRef("http://evil.example/"), None, None)))
    assert turtle.iri('http://a.example/b c>"{}') == "<http://a.example/b%20c%3E%22%7B%7D>"


def test_the_archive_is_named_as_who_answers_for_it() -> None:
    assert (URIRef(f"{SITE}/"), FOAF.name, Literal("Dialogues")) in graph(FM9)
