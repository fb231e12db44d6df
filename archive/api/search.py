"""`/search/` described: its parameters, and the JSON Schema of what is found."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from archive import forms
from archive.api.parts import format_parameter, operation, streamed
from archive.api.schemas import ADDRESS, PID, TEXT, TRUTH, WHOLE, Schema, many, maybe, row_schema, thing
from archive.formats.hits import HITS
from archive.search.fields import GROUPS
from archive.search.state import BEST, EVERY_PAGE, NEWEST


def search_paths() -> dict[str, Any]:
    described = operation(
        _("Search of paragraphs, commitments, agenda items and records"), schema(), list(parameters())
    )
    described["responses"]["302"] = {"description": _("the same search at its canonical address")}
    return {"/search/": {"get": streamed(described, HITS)}}


def parameters() -> list[dict[str, Any]]:
    """The query, the groups of facets (each may be repeated: any of its values), order, page and form."""
    asked: list[dict[str, Any]] = [
        {
            "name": "q",
            "in": "query",
            "description": _("words, “phrases”, AND OR NOT, fields such as by: and year:"),
            "schema": {"type": "string", "pattern": "^[^\\u0000]*$", "maxLength": 500},
        }
    ]
    for name, group in GROUPS.items():
        value: Schema = {"type": "string", "enum": list(group.choices)} if group.choices else TEXT
        asked.append(
            {
                "name": name,
                "in": "query",
                "description": str(group.label),
                "schema": {"type": "array", "items": value},
                "style": "form",
                "explode": True,
            }
        )
    page = {
        "anyOf": [
            {"type": "integer", "minimum": 1, "maximum": 99999},
            {"type": "string", "const": EVERY_PAGE},
        ]
    }
    sort = {"type": "string", "enum": [BEST, NEWEST]}
    return [
        *asked,
        {"name": "sort", "in": "query", "description": _("order of the hits"), "schema": sort},
        {"name": "page", "in": "query", "description": _("twenty hits; all of them in JSON"), "schema": page},
        format_parameter(forms.LIST_FORMS),
    ]


def schema() -> Schema:
    """A page of hits; without a query only `count`, `results` and `examples`."""
    row = row_schema(HITS)
    hit = {**row, "properties": {**row["properties"], "excerpt": TEXT, "marked": many(TEXT)}}
    value = thing(value=TEXT, label=TEXT, count=WHOLE, is_chosen=TRUTH, adds=TRUTH, url=TEXT)
    found = thing(
        query=TEXT,
        chosen={"type": "object", "additionalProperties": many(TEXT)},
        understood=many(TEXT),
        faults=many(thing(start=WHOLE, end=WHOLE, message=TEXT)),
        searched_instead=maybe(TEXT),
        count=WHOLE,
        is_more=TRUTH,
        page=WHOLE,
        pages=WHOLE,
        next=maybe(TEXT),
        cited=maybe(thing(id=PID, type=TEXT, title=TEXT, url=ADDRESS, permanent=ADDRESS)),
        direct=many(hit),
        results=many(hit),
        facets={"type": "object", "additionalProperties": many(value)},
        wider=many(thing(without=TEXT, count=WHOLE, url=ADDRESS)),
    )
    start = thing(count=WHOLE, results=many(hit), examples=many(thing(query=TEXT, url=TEXT)))
    return {"anyOf": [found, start]}
