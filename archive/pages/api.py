"""The read API for people: examples first; and its description for programs."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from archive import forms
from archive.api.openapi import FILTERS, document
from archive.api.schemas import components
from archive.exchange.schema import schema as exchange_schema
from archive.formats.rows import LISTS
from archive.pages.respond import as_json, respond


def api(request: HttpRequest) -> HttpResponseBase:
    filters = [
        (
            name,
            [(key, field.label, field.help_text) for key, field in filter_set(data={}).form.fields.items()],
        )
        for name, filter_set in FILTERS.items()
    ]
    context = {
        "filters": filters,
        "lists": LISTS,
        "limit": settings.RATE_LIMIT,
        "canonical": "/api/",
    }
    data = document() if forms.chosen(request) == "json" else {}
    return respond(request, "api.html", context, data=data)


def openapi(request: HttpRequest) -> HttpResponseBase:
    return as_json(document())


def schema(request: HttpRequest) -> HttpResponseBase:
    """The JSON Schema (2020-12) of every record and row that pages answer as JSON."""
    found = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"{settings.SITE_URL}/api/schema.json",
        "components": {"schemas": components()},
    }
    return as_json(found)


def exchange(request: HttpRequest) -> HttpResponseBase:
    """The JSON Schema of exchange files."""
    return as_json(exchange_schema(f"{settings.SITE_URL}/api/exchange.json"))
