"""Addresses that other software was made for, described: ARKs, unAPI, cards, changes, TimeMaps, embeds."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from archive import forms
from archive.api.parts import format_parameter, in_path, moved_and_gone, operation, streamed
from archive.api.schemas import MOMENT, PID, TEXT, WHOLE, Schema, many, maybe, row_schema, thing
from archive.formats.changes import CHANGES
from archive.formats.unapi import formats as unapi_formats

NAAN: Schema = {"type": "string", "pattern": "^[0-9bcdfghjkmnpqrstvwxz]{5,16}$"}
EDITION: Schema = {"type": "integer", "minimum": 1, "maximum": 999999}


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
    addresses = thing(link_format=TEXT, json_format=TEXT)
    found = thing(
        original_uri=TEXT,
        timegate_uri=TEXT,
        timemap_uri=addresses,
        mementos=thing(list=many(memento), first=memento, last=memento),
        continued_in=many(thing(original_uri=TEXT, timemap_uri=addresses)),
    )
    parameters = [*place, format_parameter(("link", "json"))]
    described = operation(
        _("Every edition of a meeting with its time (Memento, RFC 7089)"), found, parameters
    )
    described["responses"]["200"]["content"]["application/link-format"] = {"schema": TEXT}
    described["responses"] |= moved_and_gone()
    return described


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
