"""RDF 1.1 Turtle: the record in Dublin Core terms, the event ontology LODE, ORG, FOAF and SKOS, with PROV how its
edition came to be, and with DCAT the file it can be had as.

The record is named by its permanent address, each edition by that address with its number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from django.conf import settings

from archive.formats.identifiers import (
    LICENCE,
    abstract,
    ark_url,
    author_pids,
    cautions,
    edition_file,
    edition_size,
    permanent,
)
from archive.formats.rdf_dc import source_urls
from archive.formats.reference import Data, Reference
from meetings.matrix import CAME

JSON_TYPE = "https://www.iana.org/assignments/media-types/application/json"
PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "lode": "http://linkedevents.org/ontology/",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
CLASSES = {
    "meeting": "lode:Event",
    "statement": "foaf:Document",
    "commitment": "foaf:Document",
    "dialogue": "org:Organization",
    "country": "org:Organization",
    "minister": "foaf:Person",
    "topic": "skos:Concept",
}
DATE_TYPES = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}
INSTANTS = {4: "time:inXSDgYear", 7: "time:inXSDgYearMonth", 10: "time:inXSDDate"}
NOT_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')
ESCAPES = {
    '"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f",
}  # fmt: skip
SPECIAL = re.compile(r'["\\\x00-\x1f\x7f]')


class Triple(NamedTuple):
    """Subject, property and value, each as Turtle writes it."""

    subject: str
    predicate: str
    value: str


def iri(address: str) -> str:
    """`<address>`, with what no IRI holds percent-encoded."""
    encoded = NOT_IRI.sub(lambda found: f"%{ord(found[0]):02X}", address)
    return f"<{encoded}>"


def literal(text: str, *, language: str = "", datatype: str = "") -> str:
    """A quoted string with its language tag or data type (Turtle, section 2.5)."""
    escaped = SPECIAL.sub(lambda found: ESCAPES.get(found[0]) or f"\\u{ord(found[0]):04X}", text)
    return f'"{escaped}"' + (f"@{language}" if language else f"^^{datatype}" if datatype else "")


def date(value: str) -> str:
    """A day, month or year with the type of its precision."""
    return literal(value, datatype=DATE_TYPES[len(value)])


def write(reference: Reference) -> str:
    """Prefixes, then each subject with its properties."""
    lines = [f"@prefix {prefix}: <{namespace}> ." for prefix, namespace in PREFIXES.items()]
    subjects: dict[str, list[str]] = {}
    for triple in [*record(reference), *edition(reference)]:
        subjects.setdefault(triple.subject, []).append(f"{triple.predicate} {triple.value}")
    for subject, said in subjects.items():
        lines += ["", f"{subject} " + " ;\n    ".join(dict.fromkeys(said)) + " ."]
    return "\n".join(lines) + "\n"


def record(reference: Reference) -> Iterator[Triple]:
    """What the record says of its subject, whatever the edition."""
    subject = iri(reference.current_url)

    def say(predicate: str, value: str) -> Triple:
        return Triple(subject, predicate, value)

    yield say("a", CLASSES[reference.kind])
    yield say("dcterms:title", literal(reference.title, language=reference.title_language))
    yield say("dcterms:type", literal(reference.standing, language="en"))
    yield say("dcterms:abstract", literal(abstract(reference)))
    for caution in cautions(reference):
        yield say("skos:note", literal(caution, language="en"))
    yield say("dcterms:language", literal(reference.language))
    for name in [*reference.data.get("names", ()), *reference.data.get("titles", ())]:
        yield say("dcterms:alternative", literal(name["text"], language=tag(name)))
    for pid in author_pids(reference):
        yield say("dcterms:creator", iri(permanent(pid)))
    if reference.issued and reference.kind in ("meeting", "statement", "commitment"):
        yield say("dcterms:date", date(reference.issued))
    if reference.place:
        yield say("dcterms:spatial", literal(reference.place))
    for topic in reference.subjects:
        yield say("dcterms:subject", iri(permanent(topic["id"])))
    for url in source_urls(reference):
        yield say("dcterms:source", iri(url))
    yield say("dcterms:license", iri(LICENCE))
    yield say("dcterms:accessRights", literal("open access", language="en"))
    yield say("dcterms:hasVersion", iri(reference.pinned_url))
    yield say("foaf:isPrimaryTopicOf", iri(reference.page_url))
    if reference.is_part:
        yield say("dcterms:isPartOf", iri(permanent(reference.pid.value)))
        return
    for predicate, value in KINDS[reference.kind](reference.data):
        yield say(predicate, value)


def edition(reference: Reference) -> Iterator[Triple]:
    """Where this edition comes from (PROV-O), and the file it can be had as."""
    subject, number = iri(reference.pinned_url), reference.edition.number
    archive = iri(f"{settings.SITE_URL}/")

    def say(predicate: str, value: str) -> Triple:
        return Triple(subject, predicate, value)

    published = literal(reference.edition.published_at.isoformat(), datatype="xsd:dateTime")
    yield say("a", "prov:Entity")
    yield say("a", "dcat:Dataset")
    yield say("dcterms:title", literal(reference.title, language=reference.title_language))
    yield say("dcterms:license", iri(LICENCE))
    yield say("prov:specializationOf", iri(reference.current_url))
    yield say("dcterms:isVersionOf", iri(reference.current_url))
    yield say("dcterms:identifier", literal(ark_url(reference.short)))
    yield say("prov:generatedAtTime", published)
    yield say("dcterms:issued", literal(published_day(reference), datatype="xsd:date"))
    yield say("prov:wasAttributedTo", archive)
    yield say("dcterms:publisher", archive)
    for url in source_urls(reference):
        yield say("prov:wasDerivedFrom", iri(url))
    if number > 1:
        yield say("prov:wasRevisionOf", iri(permanent(f"{reference.pid.value}@{number - 1}")))
    if reference.edition.note:
        yield say("dcterms:provenance", literal(reference.edition.note))
    yield say("dcterms:hasFormat", iri(edition_file(reference)))
    yield say("dcat:distribution", iri(edition_file(reference)))
    for predicate, value in distribution(reference):
        yield Triple(iri(edition_file(reference)), predicate, value)
    yield Triple(archive, "a", "prov:Organization")
    yield Triple(archive, "foaf:name", literal(reference.container))


def distribution(reference: Reference) -> Iterator[tuple[str, str]]:
    """The file of an edition, as catalogues of data (DCAT 3, section 6.8) and assessments of FAIR look for it."""
    size = edition_size(reference)
    yield "a", "dcat:Distribution"
    yield "dcat:downloadURL", iri(edition_file(reference))
    yield "dcat:mediaType", iri(JSON_TYPE)
    yield "dcat:byteSize", literal(str(size), datatype="xsd:nonNegativeInteger")
    yield "dcterms:format", literal("application/json")
    yield "dcterms:extent", literal(f"{size} bytes")


def published_day(reference: Reference) -> str:
    return reference.edition.published_at.date().isoformat()


def tag(name: Data) -> str:
    """The language tag of a name, where it is one (BCP 47)."""
    language = name.get("language") or ""
    return language if re.fullmatch(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*", language) else ""


# What only records of one kind say


def meeting(data: Data) -> Iterator[tuple[str, str]]:
    yield "dcterms:isPartOf", iri(permanent(data["parent"] or data["dialogue"]["id"]))
    for place in data["places"]:
        yield "lode:atPlace", place_node(place)
    if data["start"]:
        begins = f"time:hasBeginning {instant(data['start'])}"
        ends = f" ; time:hasEnd {instant(data['end'])}" if data["end"] else ""
        yield "lode:atTime", f"[ a time:Interval ; {begins}{ends} ]"
    for delegation in data["delegations"]:
        if delegation["presence"] not in CAME:
            continue
        yield "lode:involvedAgent", iri(permanent(delegation["country"]["id"]))
        for delegate in delegation["delegates"]:
            if delegate["minister"] and not delegate["is_absent"]:
                yield "lode:involvedAgent", iri(permanent(delegate["minister"]))
    for statement in data["statements"]:
        yield "dcterms:hasPart", iri(permanent(statement["id"]))


def instant(value: str) -> str:
    return f"[ {INSTANTS[len(value)]} {date(value)} ]"


def place_node(place: Data) -> str:
    country = place["country"]["name"] if place["country"] else ""
    said = ", ".join(filter(None, [place["venue"], place["city"], country]))
    return f"[ a dcterms:Location ; foaf:name {literal(said)} ]"


def statement(data: Data) -> Iterator[tuple[str, str]]:
    for whole in data["meetings"] or [data["dialogue"]]:
        yield "dcterms:isPartOf", iri(permanent(whole["id"]))
    for location in data["locations"]:
        if location["url"]:
            yield "foaf:page", iri(location["url"])


def commitment(data: Data) -> Iterator[tuple[str, str]]:
    for whole in (data["meeting"], data["statement"]):
        if whole:
            yield "dcterms:isPartOf", iri(permanent(whole["id"]))
    for link in data["links"]:
        yield "prov:wasDerivedFrom", iri(permanent(link["target"]["id"]))


def dialogue(data: Data) -> Iterator[tuple[str, str]]:
    yield "skos:prefLabel", literal(data["title"], language="en")
    for member in data["members"]:
        yield "org:hasMember", iri(permanent(member["country"]["id"]))


def country(data: Data) -> Iterator[tuple[str, str]]:
    for key in ("iso_alpha2", "iso_alpha3", "iso_numeric"):
        if data[key]:
            yield "skos:notation", literal(data[key])


def minister(data: Data) -> Iterator[tuple[str, str]]:
    yield "foaf:name", literal(data["western_name"])
    yield "org:memberOf", iri(permanent(data["country"]["id"]))


def topic(data: Data) -> Iterator[tuple[str, str]]:
    yield "skos:prefLabel", literal(data["name"], language="en")
    if data["definition"]:
        yield "skos:definition", literal(data["definition"], language="en")
    if data["broader"]:
        yield "skos:broader", iri(permanent(data["broader"]["id"]))


KINDS = {
    "meeting": meeting,
    "statement": statement,
    "commitment": commitment,
    "dialogue": dialogue,
    "country": country,
    "minister": minister,
    "topic": topic,
}
