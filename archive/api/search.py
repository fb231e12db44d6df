"""`/search/` described: its parameters, and the JSON Schema of what is found."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from archive import forms
from archive.api.parts import format_parameter, operation, streamed
from archive.api.schemas import ADDRESS, PID, TEXT, TRUTH, WHOLE, Schema, many, maybe, row_schema, thing
from archive.browse import DENSITIES
from archive.filters import series_choices
from archive.formats.hits import HITS
from archive.search.fields import GROUPS, Group, segment
from archive.search.state import BEST, EVERY_PAGE, MOST_VALUES, NEWEST, OPEN
from registry.models import Pid


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
            "description": _(
                "words, “phrases”, AND OR NOT, fields such as by: and year:; 500 characters are read"
            ),
            "schema": {"type": "string", "pattern": "^[^\\u0000]*$"},
        }
    ]
    for group in GROUPS.values():
        asked.append(
            {
                "name": group.name,
                "in": "query",
                "description": f"{group.label}. {_('Empty values are passed over.')}",
                "schema": {"type": "array", "items": value_schema(group), "maxItems": MOST_VALUES},
                "style": "form",
                "explode": True,
            }
        )
    number = {"type": "integer", "minimum": 1, "maximum": 99999}
    page = {"anyOf": [number, {"type": "string", "enum": ["", EVERY_PAGE]}]}
    sort = {"type": "string", "enum": ["", BEST, NEWEST]}
    groups = {"type": "string", "enum": ["", OPEN]}
    density = {"type": "string", "enum": ["", *DENSITIES]}
    return [
        *asked,
        {"name": "sort", "in": "query", "description": _("order of the hits"), "schema": sort},
        {"name": "density", "in": "query", "description": _("how the page is set"), "schema": density},
        {"name": "groups", "in": "query", "description": _("whether their drawer is open"), "schema": groups},
        {"name": "page", "in": "query", "description": _("twenty hits; all of them in JSON"), "schema": page},
        format_parameter(forms.LIST_FORMS),
    ]


def value_schema(group: Group) -> Schema:
    """What a value of a group may be: its codes, the records that are public now, years and ranges of years."""
    if group.choices:
        return {"type": "string", "enum": ["", *group.choices]}
    if group.name == "year":
        return {"type": "string", "pattern": r"^(|undated|(19|20|21)[0-9]{2}(\.\.)?|\.\.(19|20|21)[0-9]{2})$"}
    if group.name == "language":
        return {"type": "string", "pattern": "^(|[a-z]{2,3}(-[a-z0-9]{2,8}){0,3})$"}
    if group.name == "series":
        return {"type": "string", "enum": ["", *(value for value, _label in series_choices())]}
    pids = Pid.objects.public_of_kind(group.records)
    return {"type": "string", "enum": ["", *(segment(pid.kind, pid.value, pid.path) for pid in pids)]}


def schema() -> Schema:
    """A page of hits; without a query only `count`, `results` and `examples`, with `page=all` only the first two."""
    row = row_schema(HITS)
    hit = {**row, "properties": {**row["properties"], "excerpt": TEXT, "marked": many(TEXT)}}
    value = thing(value=TEXT, label=TEXT, count=WHOLE, is_chosen=TRUTH, adds=TRUTH, url=TEXT)
    found = thing(
        title=TEXT,
        query=TEXT,
        chosen={"type": "object", "additionalProperties": many(TEXT)},
        understood=many(TEXT),
        in_words=many(TEXT),
        not_looked_for=many(TEXT),
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
        wider=many(thing(without=TEXT, says=TEXT, count=WHOLE, url=ADDRESS)),
    )
    start = thing(count=WHOLE, results=many(hit), examples=many(thing(query=TEXT, url=TEXT)))
    return {"anyOf": [found, start, thing(count=WHOLE, results=many(row))]}
