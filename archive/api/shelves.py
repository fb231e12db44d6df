"""Shelves and the days of the year described, and the JSON Schema of what they answer."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from archive import forms
from archive.api.parts import (
    browse_parameters,
    format_parameter,
    in_path,
    list_format,
    operation,
    problem_of,
    streamed,
)
from archive.api.schemas import ADDRESS, MOMENT, TEXT, TRUTH, WHOLE, Schema, many, maybe, thing
from archive.formats.citations import STYLES
from archive.formats.rows import DAY, SHELF
from archive.models.shelf import LONGEST_ITEMS, LONGEST_TITLE

ITEMS: Schema = {"type": "string", "maxLength": LONGEST_ITEMS, "pattern": "^[^\\u0000]*$"}
"""What is no reference is answered as one that leads nowhere."""
TITLE: Schema = {"type": "string", "maxLength": LONGEST_TITLE, "pattern": "^[^\\u0000]*$"}
KEY: Schema = {"type": "string", "pattern": "^[0-9bcdfghjkmnpqrstvwxz]{12}$"}
KEPT = thing(id=TEXT, url=ADDRESS, sha256=TEXT, kept_at=MOMENT)


def row() -> Schema:
    """An item of a shelf; null where it names nothing."""
    found: dict[str, Schema] = {}
    for column in SHELF.columns:
        schema = {"integer": WHOLE}.get(column.type, TEXT)
        schema = TRUTH if column.name == "pinned" else schema
        found[column.name] = maybe(schema) if column.is_optional else schema
    return thing(**found)


def shelf_schema() -> Schema:
    return thing(title=TEXT, url=ADDRESS, kept=maybe(KEPT), count=WHOLE, results=many(row()))


def style_parameter() -> dict[str, Any]:
    return {
        "name": "style",
        "in": "query",
        "description": _("the style in which all are cited together"),
        "schema": {"type": "string", "enum": list(STYLES)},
    }


def shelf_paths() -> dict[str, Any]:
    offered = (*forms.for_list(is_citable=True), "txt")
    read = [style_parameter(), format_parameter(offered)]
    asked = [
        {
            "name": "items",
            "in": "query",
            "description": _(
                "ids, with edition and paragraph where one is meant, parted by commas; 100 at most"
            ),
            "schema": ITEMS,
        },
        {"name": "title", "in": "query", "schema": TITLE},
    ]
    shelf = streamed(operation(_("Records and paragraphs collected"), shelf_schema(), [*asked, *read]), SHELF)
    shelf["responses"]["301"] = {"description": _("the same shelf as it is written everywhere")}
    kept = streamed(
        operation(_("A shelf that was kept"), shelf_schema(), [in_path("id", KEY, ""), *read]), SHELF
    )
    kept["responses"]["301"] = {"description": _("the key as it is written everywhere")}
    for one in (shelf, kept):
        one["responses"]["200"]["content"]["text/plain"] = {"schema": TEXT}
    return {"/shelf/": {"get": shelf, "post": keeping()}, "/shelf/{id}/": {"get": kept}}


def keeping() -> dict[str, Any]:
    """POST: a short address for these items, for ever."""
    found = operation(_("Keep a shelf"), KEPT, [])
    for status in ("304", "404"):
        del found["responses"][status]
    content = {"content": {"application/json": {"schema": KEPT}}}
    found["responses"]["201"] = {"description": _("kept; Location has its address"), **content}
    found["responses"]["303"] = {"description": _("see the shelf")}
    found["responses"]["429"] = problem_of(_("too many in one hour"))
    fields = {"items": {**ITEMS, "minLength": 1}, "title": TITLE}
    body = {"type": "object", "properties": fields, "required": ["items"], "additionalProperties": False}
    found["requestBody"] = {
        "required": True,
        "content": {"application/x-www-form-urlencoded": {"schema": body}},
    }
    return found


def days_paths() -> dict[str, Any]:
    """What happened on a day of the year."""
    event: dict[str, Schema] = {
        column.name: {"integer": WHOLE}.get(column.type, TEXT) for column in DAY.columns
    }
    event["end"] = maybe(TEXT)
    answer = thing(day=TEXT, count=WHOLE, results=many(thing(**event)))
    day = in_path("day", {"type": "string", "pattern": "^(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-9])$"}, "11-25")
    listed = [*browse_parameters(DAY), list_format(DAY)]
    found = {
        "/on-this-day/": operation(_("What happened on today’s day, UTC"), answer, listed),
        "/on-this-day/{day}/": operation(_("What happened on this day"), answer, [day, *listed]),
    }
    found["/on-this-day/{day}/"]["responses"]["301"] = {
        "description": _("the day as it is written everywhere")
    }
    return {path: {"get": streamed(one, DAY)} for path, one in found.items()}
