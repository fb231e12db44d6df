"""The pieces that descriptions of addresses are put together from (OpenAPI 3.1)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from archive import forms
from archive.api.schemas import TEXT, Schema, named
from archive.browse import DENSITIES
from archive.formats.rows import RowForm

HEADERS: dict[str, Schema] = {
    "ETag": {"description": "changes whenever the answer may have", "schema": TEXT},
    "RateLimit": {"description": "requests left, and seconds until the count begins anew", "schema": TEXT},
    "RateLimit-Policy": {"description": "requests a minute, for one address", "schema": TEXT},
}

UNDERSTOOD = (
    "a parameter has a value that is not understood, or is unknown to a list, or is given twice: `errors` names it, "
    "the known one that may be meant (`nearest`), and the address that does `without` it"
)


def streamed(operation: dict[str, Any], form: RowForm) -> dict[str, Any]:
    """The operation with the forms in which every row is sent."""
    names = [name for name in forms.for_list(is_citable=form.is_citable) if name in forms.STREAMED]
    content = {forms.media_type(name): {"schema": body_of(forms.media_type(name))} for name in names}
    operation["responses"]["200"]["content"] |= content
    return operation


def body_of(media_type: str) -> Schema:
    """What is sent under this media type: JSON of another standard's shape, or text."""
    return {"type": ["array", "object"]} if media_type.endswith("+json") else TEXT


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


def list_format(form: RowForm) -> dict[str, Any]:
    return format_parameter(forms.for_list(is_citable=form.is_citable))


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
            "400": {"description": _(UNDERSTOOD), **problem},
            "404": {"description": _("nothing stands there"), **problem},
            "414": {"description": _("longer than any address here"), **problem},
            "429": {"description": _("too many requests; Retry-After says when to go on"), **problem},
        },
    }


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


def with_503(operation: dict[str, Any]) -> dict[str, Any]:
    operation["responses"]["503"] = problem_of(_("the words are still being indexed; try again"))
    return operation


def problem_of(description: str) -> dict[str, Any]:
    content = {"application/problem+json": {"schema": named("Problem")}, "text/html": {"schema": TEXT}}
    return {"description": description, "content": content}


def browse_parameters(form: RowForm) -> list[dict[str, Any]]:
    """In which order, and for the page how densely set."""
    names = [sign + order.name for order in form.orders for sign in ("", "-")]
    return [
        {
            "name": "sort",
            "in": "query",
            "description": _("the column to sort by, falling with - before it; what is not known comes last"),
            "schema": {"type": "string", "enum": names},
        },
        {
            "name": "density",
            "in": "query",
            "description": _("how closely the rows of the page are set"),
            "schema": {"type": "string", "enum": list(DENSITIES)},
        },
    ]
