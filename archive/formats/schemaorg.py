"""Records as schema.org describes them: one function a kind, each a plain dict for JSON-LD.

Records are named by their permanent address. What the archive adds to its subject (edition, licence, sources,
corrections) stands on a CreativeWork: on the statement itself, else on the page that is about the subject.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings

from archive.formats.identifiers import (
    LICENCE,
    ark_url,
    author_pids,
    edition_file,
    edition_size,
    permanent,
)
from archive.formats.reference import Data, Reference
from archive.words import WORDS
from registry.models import Edition

Node = dict[str, Any]
NOT_REPORTS = {"opening_remarks", "press_conference", "speech"}


def term(name: str) -> str:
    return f"https://schema.org/{name}"


def clean(node: Node) -> Node:
    """Without what is not known; a list of one is that one."""
    kept = {key: value for key, value in node.items() if value not in (None, "", [], {})}
    return {
        key: value[0] if isinstance(value, list) and len(value) == 1 else value for key, value in kept.items()
    }


# What records of every kind share


def head(reference: Reference, kind: str | list[str]) -> Node:
    return {
        "@type": kind,
        "@id": permanent(reference.pid.value),
        "identifier": ark_url(reference.pid.value),
        "url": f"{settings.SITE_URL}{reference.pid.get_absolute_url()}",
        "name": reference.title,
        "alternateName": [
            in_language(one)
            for one in [*reference.data.get("names", ()), *reference.data.get("titles", ())]
            if one["text"]
        ],
        "description": reference.description,
    }


def in_language(name: Data) -> Node | str:
    language = name.get("language")
    return {"@value": name["text"], "@language": language} if language else str(name["text"])


def published(reference: Reference) -> Node:
    """Edition, licence, sources and corrections, for a CreativeWork."""
    return {
        "version": reference.edition.number,
        "license": LICENCE,
        "isAccessibleForFree": True,
        "isBasedOn": [source(one) for one in reference.data.get("cited_sources", ())],
        "correction": corrections(reference),
        "sdDatePublished": reference.edition.published_at.date().isoformat(),
        "sdPublisher": archive(),
        "sdLicense": LICENCE,
        "isPartOf": {"@type": "WebSite", "@id": f"{settings.SITE_URL}/", "name": settings.SITE_NAME},
        "encoding": {
            "@type": "MediaObject",
            "contentUrl": edition_file(reference),
            "encodingFormat": "application/json",
            "contentSize": f"{edition_size(reference)} B",
        },
        "thumbnailUrl": f"{settings.SITE_URL}/card/{reference.short}.png",
    }


def page(reference: Reference) -> Node:
    """The archive’s page about something that is no CreativeWork itself."""
    return clean(
        {
            "@type": "WebPage",
            "@id": reference.pinned_url,
            "url": reference.edition_url,
            "name": reference.title,
            "identifier": ark_url(reference.short),
            "inLanguage": "en",
            "datePublished": reference.edition.published_at.date().isoformat(),
            "publisher": archive(),
            "author": authors(reference) or archive(),
            **published(reference),
        }
    )


def corrections(reference: Reference) -> list[Node]:
    """Public notes of the second and later editions up to this one; one query where there are any."""
    number = reference.edition.number
    if number < 2:
        return []
    return [
        {
            "@type": "CorrectionComment",
            "text": edition.note,
            "datePublished": edition.published_at.date().isoformat(),
            "url": permanent(f"{reference.pid.value}@{edition.number}"),
        }
        for edition in Edition.objects.of(reference.pid).corrections_until(number)
    ]


def source(one: Data) -> Node:
    return clean(
        {
            "@type": "CreativeWork",
            "name": one["title"],
            "url": one["url"],
            "publisher": {"@type": "Organization", "name": one["publisher"]},
            "inLanguage": one["language"],
            "datePublished": one["published"],
        }
    )


def archive() -> Node:
    return {"@type": "Organization", "name": settings.SITE_NAME, "url": f"{settings.SITE_URL}/"}


def body(pid: str, name: str) -> Node:
    """A dialogue, or a country where it acts."""
    return {"@type": "Organization", "@id": permanent(pid), "name": name}


def authors(reference: Reference) -> list[Node]:
    return [body(pid, name) for pid, name in zip(author_pids(reference), reference.authors, strict=True)]


def parties(countries: Iterable[Data]) -> list[Node]:
    return [body(one["id"], one["name"]) for one in countries]


def defined_terms(topics: Iterable[Data]) -> list[Node]:
    found = {one["id"]: one["name"] for one in topics}
    return [{"@type": "DefinedTerm", "@id": permanent(pid), "name": name} for pid, name in found.items()]


def event(words: Data) -> Node:
    """A meeting as another record prints it."""
    return clean(
        {
            "@type": "Event",
            "@id": permanent(words["id"]),
            "name": words["title"],
            "startDate": words["start"],
            "endDate": words["end"],
            "location": city(words["place"]) if words["place"] else None,
        }
    )


def city(name: str) -> Node:
    return {"@type": "Place", "name": name, "address": {"@type": "PostalAddress", "addressLocality": name}}


# Statements and commitments


def report_type(kind: str) -> str:
    return "CreativeWork" if kind in NOT_REPORTS else "Report"


def statement(reference: Reference) -> Node:
    data = reference.data
    kind = report_type(data["kind"])
    whole = Reference(reference.pid, reference.edition)
    return {
        **head(reference, kind),
        "reportNumber": reference.number if kind == "Report" else None,
        "genre": reference.genre,
        "author": parties(data["issuers"]) or authors(reference),
        "sourceOrganization": body(data["dialogue"]["id"], data["dialogue"]["name"]),
        "publisher": archive(),
        "datePublished": reference.issued,
        "inLanguage": languages(data) or reference.language,
        "creativeWorkStatus": str(WORDS["issuer_state"][data["issuer_state"]]),
        "recordedAt": [event(one) for one in data["meetings"]],
        "locationCreated": city(reference.place) if reference.place else None,
        "sameAs": [one["url"] for one in data["locations"] if one["url"]],
        "about": defined_terms(whole.subjects),
        "keywords": whole.topics,
        "hasPart": part(reference),
        **published(reference),
    }


def languages(data: Data) -> list[str]:
    """Of the texts held here, each once."""
    return list(dict.fromkeys(text["language"] for text in data["texts"]))


def part(reference: Reference) -> Node | None:
    """The text or the paragraph cited, if one is and it stands in this edition, whose words it has."""
    if not (reference.is_part and reference.cited_text) or (reference.paragraph and not reference.words):
        return None
    return clean(
        {
            "@type": "CreativeWork",
            "@id": reference.pinned_url,
            "exampleOfWork": {"@type": "CreativeWork", "@id": reference.current_url},
            "identifier": ark_url(reference.short),
            "url": reference.edition_url,
            "position": reference.locator,
            "text": reference.words,
            "description": reference.whose,
            "about": defined_terms(reference.subjects),
            "keywords": reference.topics,
            "inLanguage": reference.language,
        }
    )


def commitment(reference: Reference) -> Node:
    data = reference.data
    action = {"@type": "Action", "name": data["summary"], "agent": parties(data["actors"])}
    return {
        **head(reference, "CreativeWork"),
        "genre": reference.genre,
        "abstract": data["summary"],
        "text": data["quote"],
        "author": parties(data["actors"]) or authors(reference),
        "publisher": archive(),
        "datePublished": reference.issued,
        "inLanguage": reference.language,
        "recordedAt": event(data["meeting"]) if data["meeting"] else None,
        "mainEntity": clean(action) if data["nature"] == "commitment" else None,
        "citation": [
            {"@type": "CreativeWork", "@id": permanent(one["id"]), "name": one["title"]}
            for one in [data["statement"], *(link["target"] for link in data["links"])]
            if one and "title" in one
        ],
        "about": defined_terms(data["topics"]),
        "keywords": reference.topics,
        **published(reference),
    }
