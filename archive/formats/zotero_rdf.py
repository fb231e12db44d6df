"""Zotero RDF: the form in which Zotero's own reader keeps every field, bodies undivided.

Fields in Zotero's namespace are copied into the item by the name they have there (zotero/translators, RDF).
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from archive.formats import csl
from archive.formats.elements import document, element
from archive.formats.identifiers import LICENCE_NAME, abstract, whose_paragraph
from archive.formats.reference import Reference

CLASSES = {"report": "bib:Report", "presentation": "bib:Document", "webpage": "bib:Document"}


def item_type(reference: Reference) -> str:
    """`report` keeps number, type and body of a statement; `presentation` is Zotero’s name for a speech, with the
    meeting; `webpage` is right for everything else."""
    if csl.type_of(reference) == "speech":
        return "presentation"
    return "report" if reference.kind == "statement" else "webpage"


def fields(reference: Reference) -> dict[str, str]:
    """Fields in Zotero's namespace, by name; those that are not known are left out."""
    place, kind = reference.place or "", item_type(reference)
    if kind == "presentation":
        found = {
            "itemType": "presentation",
            "presentationType": reference.standing,
            "meetingName": (reference.meeting or {}).get("title", ""),
            "place": place,
        }
    elif kind == "report":
        found = {
            "itemType": "report",
            "reportType": reference.standing,
            "reportNumber": reference.number,
            "place": place,
            "institution": reference.institution or "",
            "seriesTitle": (reference.meeting or {}).get("title", ""),
            "pages": f"para. {reference.locator}" if reference.locator else "",
        }
    else:
        found = {
            "itemType": "webpage",
            "websiteTitle": reference.container,
            "websiteType": ", ".join(filter(None, [reference.standing, place])),
            "place": place,
        }
    return {name: value for name, value in found.items() if value}


def write(reference: Reference) -> str:
    item = element(
        CLASSES[item_type(reference)],
        *properties(reference),
        attributes={"rdf:about": reference.pinned_url},
    )
    return document(element("rdf:RDF", item))


def properties(reference: Reference) -> Iterator[Element]:
    for name, value in fields(reference).items():
        yield element(f"z:{name}", value)
    yield element("z:extra", extra_field(reference))
    if reference.authors:
        yield element("bib:authors", element("rdf:Seq", *map(body, reference.authors)))
    yield element("dc:title", reference.title)
    if reference.issued:
        yield element("dc:date", reference.issued)
    yield element("dcterms:abstract", abstract(reference))
    yield element("dc:language", reference.language)
    yield element("dc:rights", LICENCE_NAME)
    yield address(reference)
    for topic in reference.topics:
        yield element("dc:subject", topic)
    yield element("link:link", snapshot(reference))


def address(reference: Reference) -> Element:
    """The permanent address of this exact text, as Zotero reads the address of an item and of an attachment."""
    uri = element("dcterms:URI", element("rdf:value", reference.pinned_url))
    return element("dc:identifier", uri)


def snapshot(reference: Reference) -> Element:
    """The page, for Zotero to keep with the item; of itself it keeps none of what it takes by unAPI."""
    title, media_type = element("dc:title", "Snapshot"), element("link:type", "text/html")
    return element("z:Attachment", title, address(reference), media_type)


def body(name: str) -> Element:
    """A person with a surname only is what Zotero shows as one undivided name."""
    return element("rdf:li", element("foaf:Person", element("foaf:surname", name)))


def extra_field(reference: Reference) -> str:
    """What no field is for: the number of what is no report, a speech’s paragraph, whose words a paragraph has, the
    last day of several, and which text it is."""
    lines, kind = [], item_type(reference)
    if kind != "report":
        lines.append(f"Number: {reference.number}")
    if kind == "presentation" and reference.locator:
        lines.append(f"Paragraph: {reference.locator}")
    if reference.whose:
        lines.append(whose_paragraph(reference))
    if reference.ended:
        lines.append(f"Until: {reference.ended}")
    return "\n".join([*lines, csl.note(reference)])
