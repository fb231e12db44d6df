"""MODS 3.7 (Library of Congress): one record, bodies as corporate names."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from archive.formats.elements import document, element
from archive.formats.identifiers import LICENCE, LICENCE_NAME, abstract, ark_url
from archive.formats.reference import Reference

SCHEMA = "http://www.loc.gov/mods/v3 http://www.loc.gov/standards/mods/v3/mods-3-7.xsd"
ZOTERO_GENRE = {"statement": "report"}
"""What MODS readers such as Zotero take as the type of the item; everything else is a web page."""


def write(reference: Reference) -> str:
    attributes = {"version": "3.7", "xsi:schemaLocation": SCHEMA}
    return document(element("mods:mods", *parts(reference), attributes=dict(attributes)))


def parts(reference: Reference) -> Iterator[Element]:
    yield element("mods:titleInfo", element("mods:title", reference.title))
    for author in reference.authors:
        yield body(author)
    yield element("mods:typeOfResource", "text")
    zotero = ZOTERO_GENRE.get(reference.kind, "webpage")
    yield element("mods:genre", zotero, attributes={"authority": "local"})
    yield element("mods:genre", reference.genre)
    yield origin(reference)
    language = element(
        "mods:languageTerm", reference.language, attributes={"type": "code", "authority": "rfc5646"}
    )
    yield element("mods:language", language)
    yield element("mods:abstract", abstract(reference))
    for topic in reference.topics:
        yield element("mods:subject", element("mods:topic", topic))
    yield container(reference)
    yield from numbers(reference)
    url = element("mods:url", reference.pinned_url, attributes={"usage": "primary display"})
    yield element("mods:location", url)
    yield element(
        "mods:accessCondition",
        LICENCE_NAME,
        attributes={"type": "use and reproduction", "displayLabel": LICENCE},
    )
    yield element("mods:recordInfo", element("mods:recordIdentifier", reference.short))


def body(name: str) -> Element:
    role = element("mods:roleTerm", "aut", attributes={"type": "code", "authority": "marcrelator"})
    return element(
        "mods:name",
        element("mods:namePart", name),
        element("mods:role", role),
        attributes={"type": "corporate"},
    )


def origin(reference: Reference) -> Element:
    """Place, issuing body and date, as far as they are known."""
    place = reference.place and element(
        "mods:place", element("mods:placeTerm", reference.place, attributes={"type": "text"})
    )
    publisher = reference.institution and element("mods:publisher", reference.institution)
    dated = []
    for value, point in ((reference.issued, "start"), (reference.ended, "end")):
        if value:
            given = point if reference.ended else None
            dated.append(element("mods:dateIssued", value, attributes={"encoding": "w3cdtf", "point": given}))
    return element("mods:originInfo", place or None, publisher or None, *dated)


def container(reference: Reference) -> Element:
    """The meeting it was issued at, else the archive."""
    meeting = reference.meeting if reference.kind in ("statement", "commitment") else None
    title = meeting["title"] if meeting else reference.container
    return element(
        "mods:relatedItem",
        element("mods:titleInfo", element("mods:title", title)),
        attributes={"type": "host"},
    )


def numbers(reference: Reference) -> Iterator[Element]:
    """The number of the report, the paragraph cited, and its identifiers."""
    report = element("mods:detail", element("mods:number", reference.number), attributes={"type": "number"})
    extent = None
    if reference.locator:
        extent = element(
            "mods:extent", element("mods:list", reference.locator), attributes={"unit": "paragraphs"}
        )
    yield element("mods:part", report, extent)
    yield element("mods:identifier", reference.pinned_url, attributes={"type": "uri"})
    yield element("mods:identifier", ark_url(reference.short), attributes={"type": "ark"})
