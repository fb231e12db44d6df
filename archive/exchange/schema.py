"""JSON Schema (2020-12) of exchange files, derived from the shapes and the models: what an editor's tools check."""

from __future__ import annotations

from typing import Any

from django.db import models

from archive.exchange.fragments import SECTIONS
from archive.exchange.references import KEYS
from archive.exchange.shapes import CLAIMS, COUNTRY, MEETING, MINISTER, OUTCOME, STATEMENT, TOPIC, Shape
from archive.release.codebook import OF_MANY, OF_ONE
from archive.release.tables import TABLES
from dialogues.models import Office
from registry.kit import pids
from registry.models import Record, State
from registry.models.fields import PartialDateField

Schema = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"
PID: Schema = {
    "type": "string",
    "pattern": f"^[{pids.ALPHABET}]{{{pids.LENGTH}}}$",
    "description": "permanent id; the last character checks the others",
}
KEYS_LIST: Schema = {"type": "array", "items": {"type": "string"}, "uniqueItems": True}
DATE: Schema = {"type": "string", "pattern": "^[1-9][0-9]{3}(-[0-9]{2}(-[0-9]{2})?)?$"}
RECORDS = {
    "countries": COUNTRY,
    "topics": TOPIC,
    "ministers": MINISTER,
    "meetings": MEETING,
    "statements": STATEMENT,
}


def schema(address: str) -> Schema:
    """The schema of one exchange file; `address` becomes its `$id`."""
    shapes = {shape.model.__name__: shape for shape in SECTIONS.values()}
    return {
        "$schema": DIALECT,
        "$id": address,
        "title": "Exchange file of the archive",
        "type": "object",
        "properties": {
            "sources": {"type": "array", "items": {"$ref": "#/$defs/Source"}},
            "lexicon": {"type": "array", "items": {"$ref": "#/$defs/VerbFamily"}},
            "dialogue": {"$ref": "#/$defs/Dialogue"},
            **{
                section: {"type": "array", "items": {"$ref": f"#/$defs/{shape.model.__name__}"}}
                for section, shape in RECORDS.items()
            },
        },
        "additionalProperties": False,
        "minProperties": 1,
        "$defs": {name: mapping(shape) for name, shape in shapes.items()},
    }


def mapping(shape: Shape) -> Schema:
    """One mapping: its columns, lists and the rows under it."""
    properties: dict[str, Schema] = {}
    if issubclass(shape.model, Record):
        states = [str(state) for state in State]
        properties = {
            "pid": PID,
            "path": {"type": "string", "description": "where it stands: ca-jad/2022/fm-9"},
            "state": {"type": "string", "enum": states, "description": "where it is not public"},
            "claims": {"type": "array", "items": mapping(CLAIMS)},
        }
    properties |= {field.name: column(shape, field) for field in written(shape)}
    properties |= {name: {"type": "array", "items": mapping(child)} for name, child in shape.children.items()}
    if shape is STATEMENT:
        paths = {"type": "string", "description": "path of a meeting"}
        properties["meetings"] = {"type": "array", "items": paths}
    if shape in (MEETING, STATEMENT):
        properties["outcomes"] = {"type": "array", "items": {"$ref": f"#/$defs/{OUTCOME.model.__name__}"}}
    if shape.model.__name__ == "Text":
        properties["file"] = {"type": "string", "description": "a Markdown file instead of paragraphs"}
    required = [name for name in properties if name == "pid"] + required_columns(shape)
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def written(shape: Shape) -> list[Any]:
    """The fields that a person writes: columns but the parent, and lists of references."""
    kept = {"id", "pid", "created_at", "changed_at", "created_by", "changed_by", shape.parent}
    kept |= {STATEMENT.model: {"dialogue"}, OUTCOME.model: {"meeting"}}.get(shape.model, set())
    lists: list[Any] = [
        field
        for field in shape.model._meta.many_to_many
        if field.remote_field.through._meta.auto_created  # type: ignore[union-attr]
    ]
    return [field for field in [*shape.model._meta.concrete_fields, *lists] if field.name not in kept]


def required_columns(shape: Shape) -> list[str]:
    """Columns that have no value unless one is written; a number is the row's place."""
    return [
        field.name
        for field in written(shape)
        if not field.many_to_many
        and not field.null
        and not field.blank
        and not field.has_default()
        and field.name != "number"
    ]


def column(shape: Shape, field: Any) -> Schema:
    found = (
        dict(KEYS_LIST) if field.many_to_many else reference(field) if field.is_relation else scalar(field)
    )
    words = description(shape, field)
    return {**found, "description": words} if words else found


def description(shape: Shape, field: Any) -> str:
    """What the codebook says of it, unless that speaks of ids: exchange files name by key."""
    if field.is_relation:
        return reference_words(field.related_model)
    table = next((table.name for table in TABLES if table.model is shape.model), "")
    words = (
        OF_ONE.get(f"{table}.{field.name}") or getattr(field, "help_text", "") or OF_MANY.get(field.name, "")
    )
    return str(words)


def reference_words(model: type[models.Model]) -> str:
    key = KEYS.get(model, "path or pid" if issubclass(model, Record) else "")
    kind = str(model._meta.verbose_name)
    return f"{key} of a {kind}" if key else f"names a {kind}"


def reference(field: Any) -> Schema:
    if field.related_model is Office:
        properties = {"title": {"type": "string"}, "country": {"type": "string"}}
        return {
            "type": "object",
            "properties": properties,
            "required": ["title"],
            "additionalProperties": False,
        }
    return {"type": "string"}


def scalar(field: Any) -> Schema:
    """A column's own type, with its codes, its length, its bounds."""
    if field.choices:
        return {"type": "string", "enum": [str(code) for code, _words in field.choices if code]}
    if isinstance(field, PartialDateField):
        return DATE
    if isinstance(field, models.BooleanField):
        return {"type": "boolean"}
    if isinstance(field, models.IntegerField):
        return {"type": "integer", "minimum": 0}
    found: Schema = {"type": "string"}
    return found | ({"maxLength": field.max_length} if field.max_length else {})
