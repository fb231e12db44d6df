"""MODS 3.7 (Library of Congress): one record, bodies as corporate names.

Names have no prefix, since Zotero knows a record by the bare name of its root: the namespace is the root’s own.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from archive.formats.elements import document, element
from archive.formats.identifiers import LICENCE, LICENCE_NAME, abstract, ark_url, cautions
from archive.formats.reference import Reference
from archive.formats.zotero_rdf import item_type

NAMESPACE = "http://www.loc.gov/mods/v3"
SCHEMA = f"{NAMESPACE} http://www.loc.gov/standards/mods/v3/mods-3-7.xsd"


def write(reference: Reference) -> str:
    attributes = {"xmlns": NAMESPACE, "version": "3.7", "xsi:schemaLocation": SCHEMA}
    return document(element("mods", *parts(reference), attributes=dict(attributes)))


def parts(reference: Reference) -> Iterator[Element]:
    yield element("titleInfo", element("title", reference.title))
    for author in reference.authors:
        yield body(author)
    yield element("typeOfResource", "text")
    yield element("genre", item_type(reference), attributes={"authority": "local"})
    yield element("genre", reference.standing)
    yield origin(reference)
    language = element(
        "languageTerm", reference.language, attributes={"type": "code", "authority": "rfc5646"}
    )
    yield element("language", language)
    yield element("abstract", abstract(reference))
    for caution in cautions(reference):
        yield element("note", caution)
    for topic in reference.topics:
        yield element("subject", element("topic", topic))
    yield from containers(reference)
    yield from numbers(reference)
    url = element("url", reference.pinned_url, attributes={"usage": "primary display"})
    yield element("location", url)
    yield element(
        "accessCondition",
        LICENCE_NAME,
        attributes={"type": "use and reproduction", "displayLabel": LICENCE},
    )
    yield element("recordInfo", element("recordIdentifier", reference.short))


def body(name: str) -> Element:
    role = element("roleTerm", "aut", attributes={"type": "code", "authority": "marcrelator"})
    return element(
        "name",
        element("namePart", name),
        element("role", role),
        attributes={"type": "corporate"},
    )


def origin(reference: Reference) -> Element:
    """Place, issuing body and date, as far as they are known."""
    known = []
    if reference.place:
        term = element("placeTerm", reference.place, attributes={"type": "text"})
        known.append(element("place", term))
    if reference.institution:
        known.append(element("publisher", reference.institution))
    for value, point in ((reference.issued, "start"), (reference.ended, "end")):
        if value:
            given = point if reference.ended else None
            known.append(element("dateIssued", value, attributes={"encoding": "w3cdtf", "point": given}))
    return element("originInfo", *known)


def containers(reference: Reference) -> Iterator[Element]:
    """Of a statement the meeting it was issued at, else the archive; of a commitment the meeting beside it."""
    meeting = (
        (reference.meeting or {}).get("title") if reference.kind in ("statement", "commitment") else None
    )
    is_issued = reference.kind == "statement"
    yield related((meeting if is_issued else None) or reference.container, "host")
    if meeting and not is_issued:
        yield related(meeting)


def related(title: str, how: str | None = None) -> Element:
    return element("relatedItem", element("titleInfo", element("title", title)), attributes={"type": how})


def numbers(reference: Reference) -> Iterator[Element]:
    """The number of the report, the paragraph cited, and its identifiers."""
    report = element("detail", element("number", reference.number), attributes={"type": "number"})
    extent = None
    if reference.locator:
        extent = element("extent", element("list", reference.locator), attributes={"unit": "paragraphs"})
    yield element("part", report, extent)
    yield element("identifier", reference.pinned_url, attributes={"type": "uri"})
    yield element("identifier", ark_url(reference.short), attributes={"type": "ark"})
