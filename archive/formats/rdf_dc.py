"""The fifteen Dublin Core elements (ISO 15836-1) as RDF/XML."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from archive.formats.bodies import undivided
from archive.formats.elements import document, element
from archive.formats.identifiers import LICENCE, ark_url, permanent, told
from archive.formats.reference import Reference
from archive.formats.zotero_rdf import item_type


def write(reference: Reference) -> str:
    described = element(
        "rdf:Description", *properties(reference), attributes={"rdf:about": reference.pinned_url}
    )
    return document(element("rdf:RDF", described))


def properties(reference: Reference) -> Iterator[Element]:
    yield element("dc:title", reference.title)
    for author in reference.authors:
        yield element("dc:creator", undivided(author))
    if reference.issued:
        yield element("dc:date", reference.issued)
    yield element("dc:type", item_type(reference))
    yield element("dc:publisher", reference.container)
    yield element("dc:identifier", reference.pinned_url)
    yield element("dc:identifier", ark_url(reference.short))
    yield element("dc:language", reference.language)
    yield element("dc:description", told(reference))
    if reference.place:
        yield element("dc:coverage", reference.place)
    for topic in reference.topics:
        yield element("dc:subject", topic)
    for url in source_urls(reference):
        yield element("dc:source", url)
    if reference.meeting and reference.kind != "meeting":
        yield element("dc:relation", permanent(reference.meeting["id"]))
    yield element("dc:rights", LICENCE)


def source_urls(reference: Reference) -> list[str]:
    """Addresses of the sources in which the facts were read."""
    return [source["url"] for source in reference.data.get("cited_sources", ()) if source["url"]]
