"""The metadata formats in which OAI-PMH gives a record: Dublin Core, our own facts, and exports that are XML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.conf import settings

from archive.formats import datacite, mods
from archive.formats.exports import CITABLE, EXPORTS
from archive.formats.reference import Reference
from archive.harvest import facts
from archive.harvest.xml import Xml, element, elements

OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
DC = "http://purl.org/dc/elements/1.1/"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>\s*")
MODS, MODS_SCHEMA = mods.SCHEMA.split()
XML_EXPORTS = {"datacite": (datacite.SCHEMA, datacite.SCHEMA_FILE), "mods": (MODS, MODS_SCHEMA)}
"""Exports of a record that harvesters take too, where the archive has them: namespace and schema."""
DCMI_TYPES = {"meeting": "Event", "statement": "Text", "commitment": "Text"}


@dataclass(frozen=True)
class MetadataFormat:
    """A format by its `prefix`, and the kinds of record it is given of."""

    prefix: str
    namespace: str
    schema: str
    kinds: frozenset[str]
    write: Callable[[Reference], Xml]


def formats() -> dict[str, MetadataFormat]:
    """Every format by its prefix; those that are exports as well, where the archive has them."""
    own = [
        MetadataFormat("oai_dc", OAI_DC, "http://www.openarchives.org/OAI/2.0/oai_dc.xsd", CITABLE, oai_dc),
        MetadataFormat("dialogues", facts.NAMESPACE, facts_schema(), CITABLE, dialogues),
    ]
    exports = [
        MetadataFormat(name, *XML_EXPORTS[name], EXPORTS[name].kinds, from_export(name))
        for name in XML_EXPORTS
        if name in EXPORTS
    ]
    return {one.prefix: one for one in (*own, *exports)}


def from_export(name: str) -> Callable[[Reference], Xml]:
    def write(reference: Reference) -> Xml:
        said = EXPORTS[name].write(reference)
        return Xml(XML_DECLARATION.sub("", said.decode() if isinstance(said, bytes) else said))

    return write


def facts_schema() -> str:
    return f"{settings.SITE_URL}/oai/dialogues.xsd"


def dialogues(reference: Reference) -> Xml:
    return facts.record_xml(reference.edition, facts_schema())


def oai_dc(reference: Reference) -> Xml:
    """Unqualified Dublin Core (OAI-PMH 2.0, section 2.5); the first identifier is the permanent address."""
    said = "".join(
        elements(f"dc:{name}", dict.fromkeys(values)) for name, values in dublin_core(reference).items()
    )
    attributes = {
        "xmlns:oai_dc": OAI_DC,
        "xmlns:dc": DC,
        "xmlns:xsi": XSI,
        "xsi:schemaLocation": f"{OAI_DC} http://www.openarchives.org/OAI/2.0/oai_dc.xsd",
    }
    return element("oai_dc:dc", Xml(said), attributes=attributes)


def dublin_core(reference: Reference) -> dict[str, list[str | None]]:
    """The fifteen elements that apply, each with its values."""
    data = reference.data
    dates = "/".join(filter(None, [reference.issued, reference.ended]))
    return {
        "title": [reference.title],
        "creator": [*reference.authors],
        "subject": [*reference.topics],
        "description": [reference.description, data.get("note")],
        "publisher": [reference.container],
        "date": [dates],
        "type": [DCMI_TYPES.get(reference.kind), reference.standing],
        "format": ["text/html", "application/json"],
        "identifier": [reference.current_url, reference.page_url],
        "source": [source["url"] for source in data.get("cited_sources", ())],
        "language": [reference.language],
        "relation": list(relations(reference)),
        "coverage": [reference.place],
        "rights": [LICENCE],
    }


def relations(reference: Reference) -> Iterator[str]:
    """Permanent addresses of the dialogue, the meeting and the statement it belongs to."""
    statement = reference.data.get("statement")
    for one in (reference.dialogue, reference.meeting, statement):
        if one and one["id"] != reference.pid.value:
            yield f"{settings.SITE_URL}/id/{one['id']}"
