"""Standing things as schema.org describes them: dialogues, countries, ministers, topics."""

from __future__ import annotations

from django.conf import settings

from archive.formats.identifiers import permanent
from archive.formats.reference import Data, Reference
from archive.formats.schemaorg import Node, body, clean, head, page, parties
from archive.formats.schemaorg_meeting import track
from archive.words import WORDS


def dialogue(reference: Reference) -> Node:
    data, founded = reference.data, reference.data["founded"]
    node = head(reference, "Organization")
    return {
        **node,
        "alternateName": [*node["alternateName"], *filter(None, [data["abbreviation"]])],
        "description": data["purpose"] or node["description"],
        "foundingDate": founded["date"],
        "foundingLocation": {"@type": "Place", "name": founded["place"]} if founded["place"] else None,
        "member": [membership(one) for one in data["members"]],
        "event": [track(data["id"], one) for one in data["tracks"]],
        "subjectOf": page(reference),
    }


def membership(one: Data) -> Node:
    return clean(
        {
            "@type": "OrganizationRole",
            "roleName": str(WORDS["member_role"][one["role"]]),
            "startDate": one["start"],
            "endDate": one["end"],
            "member": body(one["country"]["id"], one["country"]["name"]),
        }
    )


def country(reference: Reference) -> Node:
    """A state is a Country, and an Organization where it acts; a body that sits as one is an Organization."""
    data = reference.data
    is_body = data["kind"] == "organization"
    node = head(reference, "Organization" if is_body else ["Country", "Organization"])
    codes = [("ISO 3166-1 alpha-2", "iso_alpha2"), ("ISO 3166-1 alpha-3", "iso_alpha3")]
    return {
        **node,
        "identifier": [
            node["identifier"],
            *(
                {"@type": "PropertyValue", "propertyID": name, "value": data[key]}
                for name, key in codes
                if data[key]
            ),
        ],
        "member": parties(data["members"]),
        "memberOf": parties(data["member_of"]),
        "subjectOf": page(reference),
    }


def minister(reference: Reference) -> Node:
    data = reference.data
    return {
        **head(reference, "Person"),
        "name": data["western_name"],
        "alternateName": list(dict.fromkeys([data["sort_name"], *(one["text"] for one in data["names"])])),
        "honorificPrefix": data["honorific"],
        "gender": data["gender"],
        "affiliation": body(data["country"]["id"], data["country"]["name"]),
        "hasOccupation": [tenure(one) for one in data["tenures"]],
        "sameAs": f"https://www.wikidata.org/entity/{data['wikidata']}" if data["wikidata"] else None,
        "subjectOf": page(reference),
    }


def tenure(one: Data) -> Node:
    return clean(
        {
            "@type": "Role",
            "startDate": one["start"],
            "endDate": one["end"],
            "hasOccupation": {"@type": "Occupation", "name": one["office"]},
        }
    )


def topic(reference: Reference) -> Node:
    data = reference.data
    node = {
        **head(reference, "DefinedTerm"),
        "description": data["definition"],
        "termCode": data["slug"],
        "inDefinedTermSet": {
            "@type": "DefinedTermSet",
            "@id": f"{settings.SITE_URL}/topics/",
            "name": settings.SITE_NAME,
        },
        "subjectOf": page(reference),
    }
    if data["broader"]:
        node["subjectOf"]["mentions"] = {
            "@type": "DefinedTerm",
            "@id": permanent(data["broader"]["id"]),
            "name": data["broader"]["name"],
        }
    return node
