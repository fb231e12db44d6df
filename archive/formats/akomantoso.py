"""A statement as Akoma Ntoso (OASIS LegalDocML 1.0, `<statement>`, as the United Nations use it in AKN4UN).

Work, expression and manifestation are the statement, its edition in one language, and this file. Everything is
drawn from the edition, save the dates of the editions before it, which never change either.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from django.conf import settings
from django.utils.translation import gettext as _

from archive.formats.languages import three_letters
from archive.formats.reference import Data, Reference
from archive.formats.xmltext import xml_text
from archive.words import WORDS
from registry.kit import edtf
from registry.models import Edition

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0/WD17"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
ARCHIVE = "archive"
SOURCE = f"#{ARCHIVE}"
TRANSLATIONS = ("official", "provisional", "unofficial")
ELEMENTS = {"operative": "paragraph", "preambular": "paragraph", "item": "point"}
PREFIXES = {"paragraph": "para", "point": "point", "recital": "rec", "section": "sec"}
"""Of identifiers, by element (Akoma Ntoso naming convention 1.0, section 5)."""


def write(reference: Reference) -> bytes:
    """The statement in the text cited, as UTF-8; valid against the schema of Akoma Ntoso 3.0."""
    ElementTree.register_namespace("", NAMESPACE)
    root = Element(f"{{{NAMESPACE}}}akomaNtoso")
    data = reference.data
    statement = add(
        root,
        "statement",
        name=data["kind"],
        contains="originalVersion" if reference.edition.number == 1 else "singleVersion",
    )
    add_meta(add(statement, "meta"), reference)
    add_preface(add(statement, "preface"), reference)
    paragraphs = reference.cited_text["paragraphs"] if reference.cited_text else []
    count = preamble_length(paragraphs)
    if count:
        add_preamble(add(statement, "preamble", lang=reference.language), paragraphs[:count])
    add_body(add(statement, "mainBody", lang=reference.language), reference, paragraphs[count:])
    if data["signatures"]:
        add_signatures(add(statement, "conclusions"), data["signatures"])
    body: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return body


def add(parent: Element, tag: str, text: str = "", /, lang: str = "", **attributes: str) -> Element:
    """A new element of the namespace at the end of its parent; what is empty is left out."""
    element = SubElement(parent, f"{{{NAMESPACE}}}{tag}")
    for key, value in attributes.items():
        if value:
            element.set(key.rstrip("_"), xml_text(value))
    if lang:
        element.set(XML_LANG, lang)
    if text:
        element.text = xml_text(text)
    return element


# Who, what, when


def work_iri(reference: Reference) -> str:
    data = reference.data
    kind, code = data["kind"].replace("_", "-"), data["dialogue"]["code"]
    return f"/akn/int/statement/{kind}/{code}/{reference.issued or 'undated'}/{reference.pid.value}"


def expression_iri(reference: Reference) -> str:
    return f"{work_iri(reference)}/{three_letters(reference.language)}@ver_{reference.edition.number}"


def add_meta(meta: Element, reference: Reference) -> None:
    add_identification(add(meta, "identification", source=SOURCE), reference)
    add_publication(meta, reference)
    if found := topics(reference):
        keywords = add(meta, "classification", source=SOURCE)
        for topic in found:
            href = f"{settings.SITE_URL}/id/{topic['id']}"
            add(
                keywords,
                "keyword",
                value=topic["name"],
                showAs=topic["name"],
                href=href,
                dictionary=f"{settings.SITE_URL}/topics/",
            )
    add_lifecycle(add(meta, "lifecycle", source=SOURCE), reference)
    add_references(add(meta, "references", source=SOURCE), reference)
    add_notes(meta, reference)


def topics(reference: Reference) -> list[Data]:
    """Those of the paragraphs of the text that is given, whichever of them is cited."""
    paragraphs = reference.cited_text["paragraphs"] if reference.cited_text else ()
    return list({topic["id"]: topic for one in paragraphs for topic in one["topics"]}.values())


def add_identification(identification: Element, reference: Reference) -> None:
    data, pid = reference.data, reference.pid
    published = reference.edition.published_at.date().isoformat()
    work = add(identification, "FRBRWork")
    add_core(work, work_iri(reference), f"{settings.SITE_URL}/id/{pid.value}")
    add_date(work, reference.issued, published)
    for author in author_ids(data):
        add(work, "FRBRauthor", href=f"#{author}", as_="#author")
    add(work, "FRBRcountry", value="int")
    add(work, "FRBRsubtype", value=data["kind"])
    add(work, "FRBRnumber", value=pid.value)
    add(work, "FRBRname", value=reference.title)
    text = reference.cited_text
    expression = add(identification, "FRBRExpression")
    address = f"{settings.SITE_URL}/id/{reference.number}" + (f"/{reference.text}" if reference.text else "")
    add_core(expression, expression_iri(reference), address)
    add(expression, "FRBRdate", date=published, name="publication")
    add(expression, "FRBRauthor", href=SOURCE, as_="#editor")
    add(expression, "FRBRversionNumber", value=str(reference.edition.number))
    add(expression, "FRBRauthoritative", value="true" if text and text["kind"] == "authentic" else "false")
    add(expression, "FRBRlanguage", language=three_letters(reference.language))
    add_translation(expression, reference)
    manifestation = add(identification, "FRBRManifestation")
    add_core(manifestation, f"{expression_iri(reference)}.akn", f"{address}?format=akn")
    add(manifestation, "FRBRdate", date=published, name="generation")
    add(manifestation, "FRBRauthor", href=SOURCE, as_="#editor")
    add(manifestation, "FRBRformat", value="application/akn+xml")


def add_core(element: Element, iri: str, address: str) -> None:
    add(element, "FRBRthis", value=f"{iri}/!main")
    add(element, "FRBRuri", value=iri)
    add(element, "FRBRalias", value=address, name="permanent")


def add_date(work: Element, issued: str | None, published: str) -> None:
    """The day it was issued; of a month or year the first, and the name says so, since a date must be a day here."""
    if issued is None:
        add(work, "FRBRdate", date=published, name="publication, its own date is not known")
        return
    date = edtf.parse(issued)
    name = "issued" if date.precision == "day" else f"issued, the {date.precision} is known: {issued}"
    add(work, "FRBRdate", date=date.earliest.isoformat(), name=name)


def add_translation(expression: Element, reference: Reference) -> None:
    text, texts = reference.cited_text, reference.data["texts"]
    original = next((one for one in texts if one["kind"] == "authentic"), None)
    if text and original and text["kind"] in TRANSLATIONS:
        version = f"@ver_{reference.edition.number}"
        add(
            expression,
            "FRBRtranslation",
            href=f"{work_iri(reference)}/{three_letters(original['language'])}{version}",
            fromLanguage=three_letters(original["language"]),
            authoritative="true" if text["kind"] == "official" else "false",
            by=SOURCE if text["kind"] == "unofficial" else f"#{author_ids(reference.data)[0]}",
        )


def add_publication(meta: Element, reference: Reference) -> None:
    """Where the text was read, if that says its day; else the day it was issued, if one is known."""
    text = reference.cited_text or {}
    source = next((one for one in reference.data["cited_sources"] if one["key"] == text.get("read_in")), None)
    if source and is_day(source["published"]):
        add(meta, "publication", date=source["published"], name=source["publisher"], showAs=source["title"])
    elif is_day(reference.issued):
        issuer = reference.institution or reference.container
        add(meta, "publication", date=str(reference.issued), name=issuer, showAs=reference.title)


def is_day(date: str | None) -> bool:
    return bool(date) and edtf.parse(str(date)).precision == "day"


def add_lifecycle(lifecycle: Element, reference: Reference) -> None:
    """Every edition up to this one as an event; one query."""
    earlier = Edition.objects.of(reference.pid).before(reference.edition.number).defer("content")
    for edition in [*list(earlier)[::-1], reference.edition]:
        add(
            lifecycle,
            "eventRef",
            eId=f"edition_{edition.number}",
            date=edition.published_at.date().isoformat(),
            source=SOURCE,
            type="generation" if edition.number == 1 else "amendment",
            originatingExpression="true" if edition.number == 1 else "",
            href=f"{settings.SITE_URL}/id/{reference.pid.value}@{edition.number}",
        )


def author_ids(data: Data) -> list[str]:
    """Identifiers of who issued it, else of the dialogue in whose name it was issued."""
    return [f"org_{one['id']}" for one in data["issuers"]] or [f"org_{data['dialogue']['id']}"]


def add_references(references: Element, reference: Reference) -> None:
    data = reference.data
    if data["annex_of"]:
        address = f"{settings.SITE_URL}/id/{data['annex_of']}"
        add(references, "attachmentOf", eId="main_document", href=address, showAs=address, type="annex")
    bodies = {one["id"]: one for one in [data["dialogue"], *data["issuers"]]}
    bodies |= {one["country"]["id"]: one["country"] for one in data["signatures"]}
    for body in bodies.values():
        add_term(references, "TLCOrganization", f"org_{body['id']}", body["id"], body["name"])
    add(references, "TLCOrganization", eId=ARCHIVE, href=f"{settings.SITE_URL}/", showAs=settings.SITE_NAME)
    for place, signature in enumerate(data["signatures"], 1):
        if signature["by"]:
            href = f"{settings.SITE_URL}/id/{reference.number}#person_{place}"
            add(references, "TLCPerson", eId=f"person_{place}", href=href, showAs=signature["by"])
    for topic in topics(reference):
        add_term(references, "TLCConcept", f"concept_{topic['id']}", topic["id"], topic["name"])
    for meeting in data["meetings"]:
        add_term(references, "TLCEvent", f"event_{meeting['id']}", meeting["id"], meeting["title"])
    roles = (("author", _("Issuer")), ("editor", _("Archive that keeps the text")))
    for role, name in roles:
        add(references, "TLCRole", eId=role, href=f"/akn/ontology/role/{role}", showAs=name)


def add_term(references: Element, name: str, key: str, pid: str, shown: str) -> None:
    add(references, name, eId=key, href=f"{settings.SITE_URL}/id/{pid}", showAs=shown)


def add_notes(meta: Element, reference: Reference) -> None:
    data, text = reference.data, reference.cited_text
    said = [data["note"], text["note"] if text else "", data["issuer_state_note"]]
    if text and text["kind"] == "summary":
        said.insert(0, _("This archive’s own summary, not the issuer’s text."))
    said = [note for note in said if note]
    if said:
        notes = add(meta, "notes", source=SOURCE)
        for place, note in enumerate(said, 1):
            add(add(notes, "note", eId=f"note_{place}"), "p", note)


# The words


def add_preface(preface: Element, reference: Reference) -> None:
    data = reference.data
    add(add(preface, "p"), "docType", reference.genre)
    title = add(preface, "longTitle", eId="longTitle")
    add(add(title, "p"), "docTitle", reference.title)
    for other in data["titles"]:
        add(add(title, "p", lang=other["language"]), "docTitle", other["text"])
    if reference.issued:
        if is_day(reference.issued):
            add(add(preface, "p"), "docDate", reference.issued, date=reference.issued)
        else:
            add(preface, "p", reference.issued)
    for meeting in data["meetings"]:
        add(add(preface, "p"), "event", meeting["title"], refersTo=f"#event_{meeting['id']}")
    for body in data["issuers"] or [data["dialogue"]]:
        add(add(preface, "p"), "docProponent", body["name"], refersTo=f"#org_{body['id']}", as_="#author")
    if data["issuer_state"] != "in_force":
        add(add(preface, "p"), "docStatus", str(WORDS["issuer_state"][data["issuer_state"]]))


def preamble_length(paragraphs: list[Data]) -> int:
    """How many paragraphs at the beginning are its preamble: recitals, and headings before and between them."""
    length = 0
    for place, paragraph in enumerate(paragraphs, 1):
        if paragraph["kind"] == "preambular":
            length = place
        elif paragraph["kind"] != "heading":
            break
    return length


def add_preamble(preamble: Element, paragraphs: Iterable[Data]) -> None:
    recitals, number = None, 0
    for paragraph in paragraphs:
        if paragraph["kind"] == "heading":
            container = add(preamble, "container", name="heading", eId=f"container_{paragraph['key']}")
            add(container, "p", paragraph["text"])
            recitals = None
            continue
        if recitals is None:
            number += 1
            recitals = add(preamble, "recitals", eId=f"recitals_{number}")
        add_lines(add_numbered(recitals, "recital", paragraph), paragraph["text"])


def add_body(body: Element, reference: Reference, paragraphs: list[Data]) -> None:
    """Headings open sections; without a text its printed headings, or a remark that none is held."""
    if not reference.cited_text:
        for place, line in enumerate(reference.data["contents_printed"].splitlines(), 1):
            if line.strip():
                add(add(body, "section", eId=f"sec_{place}"), "heading", line)
    at = body
    for paragraph in paragraphs:
        if paragraph["kind"] == "heading":
            at = add_numbered(body, "section", paragraph)
            add(at, "heading", paragraph["text"])
        else:
            element = add_numbered(at, ELEMENTS[paragraph["kind"]], paragraph)
            add_lines(add(element, "content"), paragraph["text"])
    if len(body) == 0:
        missing = _("The archive holds no text of this statement.")
        add(add(body, "p"), "remark", missing if not reference.cited_text else "", status="editorial")


def add_numbered(parent: Element, name: str, paragraph: Data) -> Element:
    """An element that carries the paragraph's key, its printed number and its topics."""
    about = " ".join(f"#concept_{topic['id']}" for topic in paragraph["topics"])
    key = f"{PREFIXES[name]}_{paragraph['key']}"
    element = add(parent, name, eId=key, refersTo=about, class_=paragraph["kind"])
    if paragraph["number_printed"]:
        add(element, "num", paragraph["number_printed"])
    return element


def add_lines(parent: Element, text: str) -> None:
    for line in text.splitlines() or [""]:
        add(parent, "p", line)


def add_signatures(conclusions: Element, signatures: list[Data]) -> None:
    for place, signature in enumerate(signatures, 1):
        line = add(conclusions, "p")
        who = f"#person_{place}" if signature["by"] else f"#org_{signature['country']['id']}"
        name = ", ".join(part for part in (signature["by"], signature["country"]["name"]) if part)
        add(line, "signature", name, refersTo=who)
