"""DataCite Metadata Schema 4.5, as XML and as JSON; the identifier is the ARK of this exact text.

One description (in the keys of the JSON form) is written both ways.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from xml.etree.ElementTree import Element

from archive.formats.elements import document, element
from archive.formats.identifiers import (
    LICENCE,
    LICENCE_NAME,
    LICENCE_SPDX,
    abstract,
    ark,
    cautions,
    edition_size,
    permanent,
)
from archive.formats.rdf_dc import source_urls
from archive.formats.reference import Reference

SCHEMA = "http://datacite.org/schema/kernel-4"
SCHEMA_FILE = "https://schema.datacite.org/meta/kernel-4.5/metadata.xsd"
SPDX = "https://spdx.org/licenses/"
GENERAL_TYPES = {"meeting": "Event", "statement": "Report", "commitment": "Text"}
Described = dict[str, Any]


def describe(reference: Reference) -> Described:
    """The record in the keys of DataCite’s JSON Schema; what is not known is left out."""
    found = {
        "schemaVersion": SCHEMA,
        "types": {
            "resourceType": reference.standing,
            "resourceTypeGeneral": GENERAL_TYPES.get(reference.kind, "Other"),
        },
        "creators": creators(reference),
        "titles": [{"title": reference.title, "lang": reference.title_language}, *other_titles(reference)],
        "publisher": {"name": reference.container},
        "publicationYear": str(reference.edition.published_at.year),
        "subjects": [{"subject": topic} for topic in reference.topics],
        "dates": dates(reference),
        "language": reference.language,
        "alternateIdentifiers": [
            {"alternateIdentifier": ark(reference.short), "alternateIdentifierType": "ARK"},
            {"alternateIdentifier": reference.pinned_url, "alternateIdentifierType": "URL"},
            {"alternateIdentifier": reference.number, "alternateIdentifierType": "Number"},
        ],
        "relatedIdentifiers": related(reference),
        "sizes": [f"{edition_size(reference)} bytes"],
        "formats": ["application/json"],
        "version": str(reference.edition.number),
        "rightsList": [
            {
                "rights": LICENCE_NAME,
                "rightsUri": LICENCE,
                "rightsIdentifier": LICENCE_SPDX,
                "rightsIdentifierScheme": "SPDX",
                "schemeUri": SPDX,
            }
        ],
        "descriptions": descriptions(reference),
        "geoLocations": [{"geoLocationPlace": reference.place}] if reference.place else [],
    }
    return {key: value for key, value in found.items() if value}


def creators(reference: Reference) -> list[Described]:
    """Bodies; of records without one the archive that keeps them."""
    names = reference.authors or [reference.container]
    return [{"name": name, "nameType": "Organizational"} for name in names]


def other_titles(reference: Reference) -> list[Described]:
    """Titles and names in other languages, as the edition has them, each once."""
    named = [*reference.data.get("titles", ()), *reference.data.get("names", ())]
    pairs = dict.fromkeys((one["text"], one["language"] or "") for one in named if one["text"].strip())
    return [
        {
            "title": text,
            "titleType": "AlternativeTitle"
            if language in ("", reference.title_language)
            else "TranslatedTitle",
            **({"lang": language} if language else {}),
        }
        for text, language in pairs
        if (text, language) != (reference.title, reference.title_language)
    ]


def dates(reference: Reference) -> list[Described]:
    """When it was, and when this edition became available; ranges as in RKMS-ISO8601."""
    found = [{"date": reference.edition.published_at.date().isoformat(), "dateType": "Available"}]
    if reference.issued:
        held = "/".join(filter(None, [reference.issued, reference.ended]))
        is_event = reference.kind == "meeting"
        kind = {"dateType": "Other", "dateInformation": "Held"} if is_event else {"dateType": "Issued"}
        found.append({"date": held, **kind})
    return found


def related(reference: Reference) -> list[Described]:
    """The editions before, the meeting or dialogue it is part of, and the sources."""
    pairs = [("IsVersionOf", reference.current_url)]
    if reference.edition.number > 1:
        pairs.append(("IsNewVersionOf", permanent(f"{reference.pid.value}@{reference.edition.number - 1}")))
    whole = reference.meeting if reference.kind not in ("meeting", "dialogue") else None
    whole = whole or (reference.dialogue if reference.kind != "dialogue" else None)
    if whole:
        pairs.append(("IsPartOf", permanent(whole["id"])))
    pairs += [("IsDerivedFrom", url) for url in source_urls(reference)]
    return [
        {"relatedIdentifier": url, "relatedIdentifierType": "URL", "relationType": relation}
        for relation, url in dict.fromkeys(pairs)
    ]


def descriptions(reference: Reference) -> list[Described]:
    """Its words, and what must be known before they are read."""
    others = [{"description": one, "descriptionType": "Other"} for one in cautions(reference)]
    return [{"description": abstract(reference), "descriptionType": "Abstract"}, *others]


def write_json(reference: Reference) -> str:
    return json.dumps(describe(reference), ensure_ascii=False, indent=1) + "\n"


# The same as XML


def write(reference: Reference) -> str:
    found = describe(reference)
    numbers = [one for one in found["alternateIdentifiers"] if one["alternateIdentifierType"] != "ARK"]
    rights = {"rightsUri": "rightsURI", "schemeUri": "schemeURI"}
    return document(
        element(
            "datacite:resource",
            element("datacite:identifier", ark(reference.short), attributes={"identifierType": "ARK"}),
            group("creators", *map(creator, found["creators"])),
            several("titles", "title", found["titles"]),
            element("datacite:publisher", found["publisher"]["name"]),
            element("datacite:publicationYear", found["publicationYear"]),
            valued("resourceType", found["types"], "resourceType"),
            several("subjects", "subject", found.get("subjects", ())),
            several("dates", "date", found["dates"]),
            element("datacite:language", found["language"]),
            several("alternateIdentifiers", "alternateIdentifier", numbers),
            several("relatedIdentifiers", "relatedIdentifier", found["relatedIdentifiers"]),
            group("sizes", *(element("datacite:size", size) for size in found["sizes"])),
            group("formats", *(element("datacite:format", name) for name in found["formats"])),
            element("datacite:version", found["version"]),
            group("rightsList", *(valued("rights", one, "rights", rights) for one in found["rightsList"])),
            several("descriptions", "description", found["descriptions"]),
            group(
                "geoLocations",
                *(
                    group("geoLocation", element("datacite:geoLocationPlace", one["geoLocationPlace"]))
                    for one in found.get("geoLocations", ())
                ),
            ),
            attributes={"xsi:schemaLocation": f"{SCHEMA} {SCHEMA_FILE}"},
        )
    )


def several(name: str, each: str, values: Iterable[dict[str, Any]]) -> Element | None:
    """Values that are described by the same element, within one around them all."""
    return group(name, *(valued(each, value, each) for value in values))


def group(name: str, *children: Element | None) -> Element | None:
    """An element around children; None around nothing."""
    return element(f"datacite:{name}", *children) if children else None


def creator(one: Described) -> Element:
    name = element("datacite:creatorName", one["name"], attributes={"nameType": one["nameType"]})
    return element("datacite:creator", name)


def valued(name: str, one: Described, text: str, renamed: dict[str, str] | None = None) -> Element:
    """An element whose text is one key of the description and whose attributes are the others."""
    names = {"lang": "xml:lang", **(renamed or {})}
    attributes = {names.get(key, key): value for key, value in one.items() if key != text}
    return element(f"datacite:{name}", one[text], attributes=attributes)
