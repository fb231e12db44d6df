"""The OpenAPI 3.1 description of the site (spec.openapis.org), read from filters, lists and schemas."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from archive import forms
from archive.api import cited
from archive.api.schemas import (
    MOMENT,
    PID,
    TEXT,
    WHOLE,
    Schema,
    components,
    many,
    maybe,
    named,
    page_schema,
    row_name,
    row_schema,
    thing,
)
from archive.filters import FIRST_YEAR, LAST_YEAR, CommitmentFilter, MeetingFilter, StatementFilter
from archive.formats import rows
from archive.formats.changes import CHANGES
from archive.formats.citations import STYLES
from archive.formats.exports import EXPORTS, exports_for
from archive.formats.rows import RowForm
from archive.formats.unapi import formats as unapi_formats

FILTERS: dict[str, Any] = {
    "meetings": MeetingFilter,
    "commitments": CommitmentFilter,
    "statements": StatementFilter,
}
YEAR: Schema = {"type": "integer", "minimum": FIRST_YEAR, "maximum": LAST_YEAR}
NAAN: Schema = {"type": "string", "pattern": "^[0-9bcdfghjkmnpqrstvwxz]{5,16}$"}
EDITION: Schema = {"type": "integer", "minimum": 1, "maximum": 999999}
SEGMENT: Schema = {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}
RECORD_PATHS = (
    ("/{dialogue}/", "Dialogue", "ca-jad"),
    ("/{dialogue}/{year}/{meeting}/", "Meeting", "ca-jad 2022 fm-9"),
    ("/{dialogue}/{year}/{meeting}/{statement}/", "Statement", "ca-jad 2022 fm-9 joint-statement"),
    ("/commitments/{id}/{slug}/", "Commitment", ""),
    ("/ministers/{id}/{slug}/", "Minister", ""),
    ("/countries/{code}/", "Country", "kz"),
    ("/topics/{slug}/", "Topic", "energy"),
)
HEADERS: dict[str, Schema] = {
    "ETag": {"description": "changes whenever the answer may have", "schema": TEXT},
    "RateLimit": {"description": "requests left, and seconds until the count begins anew", "schema": TEXT},
    "RateLimit-Policy": {"description": "requests a minute, for one address", "schema": TEXT},
}


def document() -> dict[str, Any]:
    """The whole description; what filters offer is read from the archive."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": settings.SITE_NAME,
            "version": settings.VERSION,
            "description": _(
                "Every page is data at its own address. Reading needs no key; the meaning of a field never changes: "
                "fields are added, not redefined, and none is taken away without two years’ notice."
            ),
            "license": {"name": "CC BY 4.0", "identifier": "CC-BY-4.0"},
        },
        "servers": [{"url": settings.SITE_URL}],
        "externalDocs": {"url": f"{settings.SITE_URL}/api/", "description": _("Examples for people")},
        "paths": {**list_paths(), **record_paths(), **other_paths(), **cited_paths()},
        "components": {"schemas": {**components(), **cited.COMPONENTS}},
    }


def list_paths() -> dict[str, Any]:
    paths = {f"/{form.name}/": {"get": list_operation(form)} for form in rows.LISTS if form is not rows.YEARS}
    years = thing(count=WHOLE, undated=WHOLE, results=many(named(row_name(rows.YEARS))))
    paths["/years/"] = {
        "get": streamed(operation(_("Meetings by year"), years, [list_format(rows.YEARS)]), rows.YEARS)
    }
    a_year = thing(count=WHOLE, year=WHOLE, results=many(named(row_name(rows.MEETINGS))))
    parameters = [in_path("year", YEAR, 2022), list_format(rows.MEETINGS)]
    paths["/years/{year}/"] = {
        "get": streamed(operation(_("Meetings of one year"), a_year, parameters), rows.MEETINGS)
    }
    return paths


def list_operation(form: RowForm) -> dict[str, Any]:
    parameters = [*filter_parameters(form.name), page_parameter(), list_format(form)]
    summary = _("List of %(name)s") % {"name": form.name}
    found = streamed(operation(summary, page_schema(form), parameters), form)
    found["responses"]["200"]["headers"]["Link"] = {
        "description": "RFC 8288: first, prev, next and last page, and the other forms",
        "schema": TEXT,
    }
    return found


def streamed(operation: dict[str, Any], form: RowForm) -> dict[str, Any]:
    """The operation with the forms in which every row is sent."""
    names = [name for name in forms.for_list(is_citable=form.is_citable) if name in forms.STREAMED]
    content = {forms.media_type(name): {"schema": body_of(forms.media_type(name))} for name in names}
    operation["responses"]["200"]["content"] |= content
    return operation


def body_of(media_type: str) -> Schema:
    """What is sent under this media type: JSON of another standard's shape, or text."""
    return {"type": ["array", "object"]} if media_type.endswith("+json") else TEXT


def filter_parameters(name: str) -> Iterator[dict[str, Any]]:
    """One a filter, described where django-filter defines it; an empty value is no filter."""
    filter_set = FILTERS[name](data={}) if name in FILTERS else None
    for key, field in filter_set.form.fields.items() if filter_set else ():
        choices = [str(value) for value, _words in getattr(field, "choices", ()) if str(value)]
        schema: Schema = (
            {"type": "string", "enum": ["", *choices]}
            if choices
            else {"anyOf": [YEAR, {"type": "string", "maxLength": 0}]}
        )
        yield {
            "name": key,
            "in": "query",
            "description": f"{field.label}: {field.help_text}" if field.help_text else str(field.label),
            "allowEmptyValue": True,
            "schema": schema,
        }


def page_parameter() -> dict[str, Any]:
    every = {"type": "string", "const": "all", "description": _("every row, streamed; in JSON only")}
    return {
        "name": "page",
        "in": "query",
        "description": _("number of the page; CSV and JSON Lines have every row"),
        "schema": {"anyOf": [{"type": "integer", "minimum": 1}, every]},
    }


def format_parameter(offered: tuple[str, ...]) -> dict[str, Any]:
    return {
        "name": "format",
        "in": "query",
        "description": _("the form; Accept says the same"),
        "schema": {"type": "string", "enum": list(offered)},
        "example": "json",
    }


def at_parameter() -> dict[str, Any]:
    return {
        "name": "at",
        "in": "query",
        "description": _("a day, or an RFC 3339 moment: 303 to the edition that stood at its end"),
        "schema": {"anyOf": [{"type": "string", "format": "date"}, MOMENT]},
    }


def list_format(form: RowForm) -> dict[str, Any]:
    return format_parameter(forms.for_list(is_citable=form.is_citable))


def style_parameter() -> dict[str, Any]:
    return {
        "name": "style",
        "in": "query",
        "description": _("with format=txt: the citation in this style alone"),
        "schema": {"type": "string", "enum": list(STYLES)},
    }


def in_path(name: str, schema: Schema, example: Any) -> dict[str, Any]:
    found = {"name": name, "in": "path", "required": True, "schema": schema}
    return found | ({"example": example} if example else {})


def operation(summary: str, schema: Schema, parameters: list[dict[str, Any]]) -> dict[str, Any]:
    """A GET that answers JSON of this schema, or HTML, or a problem."""
    problem = {
        "content": {"application/problem+json": {"schema": named("Problem")}, "text/html": {"schema": TEXT}}
    }
    return {
        "summary": summary,
        "parameters": parameters,
        "responses": {
            "200": {
                "description": _("found"),
                "headers": dict(HEADERS),
                "content": {"application/json": {"schema": schema}, "text/html": {"schema": TEXT}},
            },
            "304": {"description": _("unchanged since the ETag or date you have")},
            "400": {"description": _("a parameter is not understood"), **problem},
            "404": {"description": _("nothing stands there"), **problem},
            "414": {"description": _("longer than any address here"), **problem},
            "429": {"description": _("too many requests; Retry-After says when to go on"), **problem},
        },
    }


def record_paths() -> dict[str, Any]:
    paths = {}
    for path, name, example in RECORD_PATHS:
        names = [part[1:-1] for part in path.split("/") if part.startswith("{")]
        examples = example.split() or [""] * len(names)
        parameters = [
            in_path(one, PID if one == "id" else YEAR if one == "year" else SEGMENT, said)
            for one, said in zip(names, examples, strict=True)
        ]
        exports = exports_for(name.lower())
        parameters += [at_parameter(), format_parameter(("html", "json", *exports)), style_parameter()]
        found = operation(
            _("One %(kind)s, in its current edition") % {"kind": name.lower()}, named(name), parameters
        )
        found["description"] = _(
            "Moved records answer 301 with their new address. Put @2 after the last segment for edition 2, "
            "or add history/ for all editions."
        )
        content = found["responses"]["200"]["content"]
        content |= {
            EXPORTS[export].media_type: {"schema": body_of(EXPORTS[export].media_type)} for export in exports
        }
        found["responses"] |= moved_and_gone()
        paths[path] = {"get": found}
    return paths


def moved_and_gone() -> dict[str, Any]:
    tombstone = {"application/json": {"schema": named("Tombstone")}, "text/html": {"schema": TEXT}}
    return {
        "301": {"description": _("it stands elsewhere today")},
        "303": {"description": _("see the record")},
        "410": {
            "description": _("withdrawn; what it was, when, by which role and why"),
            "content": tombstone,
        },
    }


def other_paths() -> dict[str, Any]:
    edition_list = thing(id=PID, title=TEXT, count=WHOLE, results=many(named("Edition")))
    place = [
        in_path("dialogue", SEGMENT, "ca-jad"),
        in_path("year", YEAR, 2022),
        in_path("meeting", SEGMENT, "fm-9"),
    ]
    two_forms = format_parameter(("html", "json"))
    history = operation(_("Every edition of a meeting"), edition_list, [*place, two_forms])
    history["responses"] |= moved_and_gone()
    identifier = operation(_("The record with a permanent id"), TEXT, [in_path("id", PID, ""), two_forms])
    identifier["responses"] |= moved_and_gone()
    del identifier["responses"]["200"]
    whole = thing(counts={"type": "object", "additionalProperties": WHOLE}, releases=many(release_schema()))
    number = in_path("number", {"type": "integer", "minimum": 1, "maximum": 2**31 - 1}, 1)
    return {
        "/": {"get": operation(_("How much the archive holds"), home_schema(), [two_forms])},
        "/id/{id}": {"get": identifier},
        **machine_paths(),
        "/changes/": {"get": changes_operation()},
        "/timemap/{dialogue}/{year}/{meeting}/": {"get": timemap_operation(place)},
        "/{dialogue}/{year}/{meeting}/history/": {"get": history},
        "/data/": {"get": operation(_("The whole archive to take away"), whole, [two_forms])},
        "/data/releases/{number}/": {
            "get": operation(_("One release of the whole"), release_schema(), [number, two_forms])
        },
        "/data/codebook/": {"get": operation(_("What every column means"), codebook_schema(), [two_forms])},
        "/promises/": {
            "get": operation(_("How many public addresses answer"), promises_schema(), [two_forms])
        },
        "/embed/{id}/": {"get": embed_operation(two_forms)},
        "/oembed": {
            "get": operation(_("How to show an address here (oEmbed)"), oembed_schema(), oembed_parameters())
        },
        "/api/openapi.json": {"get": operation(_("This description"), {"type": "object"}, [])},
    }


def machine_paths() -> dict[str, Any]:
    """ARKs, unAPI and cards: addresses that other software was made for."""
    ark = operation(
        _("The record with an ARK"), TEXT, [in_path("naan", NAAN, settings.ARK_NAAN), in_path("id", PID, "")]
    )
    ark["responses"] |= moved_and_gone()
    ark["responses"]["200"]["content"] = {"text/plain": {"schema": TEXT}}
    asked = [
        {"name": name, "in": "query", "schema": TEXT, "description": meaning}
        for name, meaning in (
            ("id", _("a permanent id, edition and paragraph included")),
            ("format", _("its form")),
        )
    ]
    unapi = operation(_("Records for citation managers (unAPI 1)"), TEXT, asked)
    unapi["responses"] |= moved_and_gone()
    unapi["responses"]["200"]["content"] = {
        media_type: {"schema": TEXT}
        for media_type in ("application/xml", *(one.media_type for one in unapi_formats().values()))
    }
    unapi["responses"]["300"] = {
        "description": _("the forms of one record"),
        "content": {"application/xml": {"schema": TEXT}},
    }
    unapi["responses"]["406"] = unapi["responses"]["400"] | {"description": _("no such form")}
    card = operation(
        _("The picture of an edition, 1200 by 630"),
        TEXT,
        [in_path("id", PID, ""), in_path("edition", EDITION, 1)],
    )
    card["responses"] |= moved_and_gone()
    card["responses"]["200"]["content"] = {"image/png": {}}
    return {
        "/ark:{naan}/{id}": {"get": ark},
        "/unapi": {"get": unapi},
        "/card/{id}@{edition}.png": {"get": card},
    }


def changes_operation() -> dict[str, Any]:
    number: Schema = {"type": "integer", "minimum": 0, "maximum": 10**18 - 1}
    parameters = [
        {"name": "after", "in": "query", "description": _("read on from this change"), "schema": number},
        {
            "name": "limit",
            "in": "query",
            "description": _("rows at once"),
            "schema": {"type": "integer", "minimum": 1, "maximum": 1000},
        },
        format_parameter(forms.LIST_FORMS),
    ]
    page = thing(after=maybe(WHOLE), cursor=WHOLE, next=maybe(TEXT), results=many(row_schema(CHANGES)))
    return streamed(operation(_("Every change of the record, from any cursor"), page, parameters), CHANGES)


def timemap_operation(place: list[dict[str, Any]]) -> dict[str, Any]:
    memento = thing(datetime=MOMENT, uri=TEXT)
    found = thing(
        original_uri=TEXT,
        timegate_uri=TEXT,
        timemap_uri=thing(link_format=TEXT, json_format=TEXT),
        mementos=thing(list=many(memento), first=memento, last=memento),
    )
    parameters = [*place, format_parameter(("link", "json"))]
    described = operation(
        _("Every edition of a meeting with its time (Memento, RFC 7089)"), found, parameters
    )
    described["responses"]["200"]["content"]["application/link-format"] = {"schema": TEXT}
    described["responses"] |= moved_and_gone()
    return described


def cited_paths() -> dict[str, Any]:
    """What is cited, held against the record."""
    two_forms = format_parameter(("html", "json"))
    sides = [
        {"name": side, "in": "query", "required": True, "schema": cited.REFERENCE} for side in ("a", "b")
    ]
    compare = operation(_("Two beside each other"), named("Comparison"), [*sides, two_forms])
    compare["responses"]["410"] = problem_of(_("a side was withdrawn; the detail says which and why"))
    key = in_path("id", {"type": "string", "pattern": "^[0-9bcdfghjkmnpqrstvwxz]{12}$"}, "")
    receipt = operation(_("A verification that was kept"), named("Receipt"), [key, two_forms])
    file = operation(
        _("Which file of the archive has this SHA-256"),
        named("File"),
        [in_path("sha256", cited.SHA256, ""), two_forms],
    )
    return {
        "/compare/": {"get": compare},
        "/verify/": pasted(_("Is this what was said?"), "Verification", keeps=True),
        "/verify/citations/": pasted(_("What became of the references in these footnotes?"), "Examination"),
        "/verify/receipts/{id}/": {"get": receipt},
        "/verify/{sha256}/": {"get": with_503(file)},
    }


def pasted(summary: str, name: str, *, keeps: bool = False) -> dict[str, Any]:
    """GET for a short text, POST for a long one, which is no more than a GET with a body."""
    text = {"name": "text", "in": "query", "schema": cited.PASTED}
    schema = {"anyOf": [named(name), cited.HOW_TO_ASK]}
    get = with_503(operation(summary, schema, [text, format_parameter(("html", "json"))]))
    fields: dict[str, Schema] = {"text": {"type": "string", "minLength": 1, "maxLength": 200_000}}
    post = with_503(operation(summary, named(name), []))
    del post["responses"]["304"]
    post["responses"]["413"] = problem_of(_("longer than a text may be"))
    if keeps:
        fields["keep"] = {"type": "boolean", "description": _("true for a receipt, which is public")}
        kept = {"content": {"application/json": {"schema": named("Receipt")}}}
        post["responses"]["201"] = {"description": _("verified and kept; Location has its address"), **kept}
    body = {"type": "object", "properties": fields, "required": ["text"], "additionalProperties": False}
    post["requestBody"] = {"required": True, "content": {"application/json": {"schema": body}}}
    return {"get": get, "post": post}


def with_503(operation: dict[str, Any]) -> dict[str, Any]:
    operation["responses"]["503"] = problem_of(_("the words are still being indexed; try again"))
    return operation


def problem_of(description: str) -> dict[str, Any]:
    content = {"application/problem+json": {"schema": named("Problem")}, "text/html": {"schema": TEXT}}
    return {"description": description, "content": content}


def promises_schema() -> Schema:
    moment = {"type": "string", "format": "date-time"}
    replay = thing(
        asked=WHOLE, kept=WHOLE, failures=many(TEXT), started_at=moment, finished_at=moment, version=TEXT
    )
    return thing(count=WHOLE, results=many(replay))


def embed_operation(form: dict[str, Any]) -> dict[str, Any]:
    card = thing(
        title=TEXT,
        type=TEXT,
        date=maybe(TEXT),
        place=maybe(TEXT),
        words=maybe(TEXT),
        language=maybe(TEXT),
        address=TEXT,
        edition=WHOLE,
        current_edition=WHOLE,
        standing=many(thing(code=TEXT, sentence=TEXT)),
    )
    found = operation(
        _("The card of a record, for a frame on any site"), card, [in_path("id", PID, ""), form]
    )
    found["description"] = _("With @2 and ~p4 after the id it is that edition or paragraph.")
    found["responses"] |= moved_and_gone()
    return found


def oembed_parameters() -> list[dict[str, Any]]:
    pixels = {"type": "integer", "minimum": 1, "maximum": 99999}
    url = {
        "name": "url",
        "in": "query",
        "required": True,
        "description": _("an address here"),
        "schema": TEXT,
    }
    form = {"name": "format", "in": "query", "schema": {"type": "string", "enum": ["json", "xml"]}}
    sizes = [{"name": name, "in": "query", "schema": pixels} for name in ("maxwidth", "maxheight")]
    return [url, form, *sizes]


def oembed_schema() -> Schema:
    names = ("version", "type", "provider_name", "provider_url", "title", "html")
    return thing(**dict.fromkeys(names, TEXT), cache_age=WHOLE, width=WHOLE, height=WHOLE)


def home_schema() -> Schema:
    counts = {"type": "object", "additionalProperties": WHOLE}
    return thing(counts=counts, dialogues=many(named(row_name(rows.DIALOGUES))))


def release_schema() -> Schema:
    moment = {"type": "string", "format": "date-time"}
    file = thing(name=TEXT, url=TEXT, media_type=TEXT, count=WHOLE, size=WHOLE, sha256=TEXT)
    counts = {"type": "object", "additionalProperties": WHOLE}
    return thing(
        number=WHOLE,
        url=TEXT,
        made_at=moment,
        version=TEXT,
        licence=TEXT,
        note=TEXT,
        counts=counts,
        files=many(file),
    )


def codebook_schema() -> Schema:
    values = {"type": "object", "additionalProperties": TEXT}
    column = thing(name=TEXT, type=TEXT, meaning=TEXT, refers_to=maybe(TEXT), values=values)
    of_list = thing(name=TEXT, type=TEXT, meaning=TEXT, values=values)
    table = thing(name=TEXT, meaning=TEXT, key=many(TEXT), columns=many(column))
    return thing(tables=many(table), lists=many(thing(name=TEXT, columns=many(of_list))))
