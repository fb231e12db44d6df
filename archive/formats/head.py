"""What the head of a record’s page tells programs: Dublin Core terms, Zotero’s fields, Highwire tags of reports,
Open Graph and Twitter cards, the links of Signposting, and JSON-LD."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.safestring import SafeString

from archive.formats import jsonld
from archive.formats.bodies import undivided
from archive.formats.card import HEIGHT, WIDTH, words_of
from archive.formats.identifiers import LICENCE, LICENCE_NAME, ark_url, current_name, permanent, told
from archive.formats.reference import DATED, Reference
from archive.formats.signposting import Form, Link, page_links
from archive.formats.zotero_rdf import extra_field, fields, item_type
from registry.kit import edtf

Pairs = Iterator[tuple[str, str]]


@dataclass(frozen=True)
class Head:
    """`named` are for `<meta name>`, `properties` for `<meta property>`; `unapi_id` names the record to unAPI."""

    named: list[tuple[str, str]]
    properties: list[tuple[str, str]]
    links: list[Link]
    json_ld: SafeString
    unapi_id: str


def head_of(reference: Reference, forms: Sequence[Form], *, pinned: bool, url: str) -> Head:
    """Everything for the page of the record, or (`pinned`) of this very edition; `url` is what it is shared as."""
    shown = words_of(reference).in_one_line
    return Head(
        named=[
            *dublin_core(reference, pinned),
            *zotero(reference),
            *highwire(reference),
            *twitter(reference, shown),
        ],
        properties=list(open_graph(reference, shown, url)),
        links=page_links(reference, forms, pinned=pinned),
        json_ld=jsonld.embedded(jsonld.describe(reference)),
        unapi_id=reference.short,
    )


def dublin_core(reference: Reference, pinned: bool) -> Pairs:
    """DCMI Metadata Terms in HTML (DC-HTML)."""
    yield "DC.title", reference.title
    for author in reference.authors:
        yield "DC.creator", undivided(author)
    if reference.issued:
        yield "DC.date", reference.issued  # the only date of a month or a year that Citoid reads
        yield "DCTERMS.issued", reference.issued
    yield "DC.publisher", reference.container
    yield "DC.language", reference.language
    yield "DC.identifier", ark_url(reference.short if pinned else current_name(reference))
    yield "DC.rights", LICENCE
    yield "DCTERMS.license", LICENCE
    yield "DCTERMS.accessRights", "open access"
    yield "DCTERMS.abstract", told(reference)
    for topic in reference.topics:
        yield "DC.subject", topic
    whole = reference.meeting if reference.kind in ("statement", "commitment") else None
    whole = whole or (reference.dialogue if reference.kind != "dialogue" else None)
    yield "DCTERMS.isPartOf", permanent(whole["id"]) if whole else f"{settings.SITE_URL}/"


def zotero(reference: Reference) -> Pairs:
    """Fields that Zotero’s reader of embedded metadata copies into the item by name."""
    for name, value in fields(reference).items():
        yield f"z:{name}", value
    # Without these it would take the address of the day, the licence’s address, and nothing of the edition.
    yield "z:url", reference.pinned_url
    yield "z:rights", LICENCE_NAME
    yield "z:extra", extra_field(reference)


def highwire(reference: Reference) -> Pairs:
    """Of reports only: elsewhere these tags would make a journal article of the page."""
    if item_type(reference) != "report":
        return
    yield "citation_technical_report_institution", reference.institution or reference.container
    yield "citation_technical_report_number", reference.number
    yield "citation_title", reference.title
    for author in reference.authors:
        yield "citation_author", undivided(author)
    if reference.issued:
        yield "citation_publication_date", reference.issued.replace("-", "/")
    yield "citation_language", reference.language


def open_graph(reference: Reference, shown: str, url: str) -> Pairs:
    """ogp.me; `article:published_time` is the only date that readers of Open Graph find, and a whole one (ISO 8601):
    it is left out of what is known to the month or year alone. Of an `article` Citoid makes one of a newspaper."""
    yield "og:type", "article" if item_type(reference) == "report" else "website"
    yield "og:site_name", reference.container
    yield "og:title", reference.title
    yield "og:description", told(reference)[:300]
    yield "og:url", url
    yield "og:image", card_url(reference)
    yield "og:image:type", "image/png"
    yield "og:image:width", str(WIDTH)
    yield "og:image:height", str(HEIGHT)
    yield "og:image:alt", shown
    if reference.issued and edtf.parse(reference.issued).precision == "day":
        yield "article:published_time", reference.issued
    yield "article:modified_time", reference.edition.published_at.isoformat()


def twitter(reference: Reference, shown: str) -> Pairs:
    yield "twitter:card", "summary_large_image"
    body = reference.institution if reference.kind in DATED else None
    yield "twitter:title", f"{reference.title}, {body}" if body else reference.title
    yield "twitter:description", told(reference)[:200]
    yield "twitter:image", card_url(reference)
    yield "twitter:image:alt", shown


def card_url(reference: Reference) -> str:
    return f"{settings.SITE_URL}/card/{reference.short}.png"
