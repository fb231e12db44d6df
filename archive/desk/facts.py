"""What is wrong with the values of a mapping, told from the models before anything is stored."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError

from archive.exchange.shapes import Shape

WIDEST = 2**63


def faults(shape: Shape, data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Field and message for each value that its field cannot hold, rows beneath included; unknown names are left."""
    fields: dict[str, Any] = {one.name: one for one in shape.model._meta.get_fields()}
    for name, value in data.items():
        if name in shape.children:
            yield from faults_beneath(shape.children[name], name, value)
        elif name not in fields or name == "pid":
            continue
        elif fields[name].many_to_many:
            if not is_list_of(value, str):
                yield name, "write a list, one key a line after a hyphen."
        elif fields[name].is_relation:
            if not isinstance(value, str | dict | None):
                yield name, "write its key."
        elif message := fault_of(fields[name], value):
            yield name, message


def faults_beneath(shape: Shape, name: str, rows: Any) -> Iterator[tuple[str, str]]:
    if not is_list_of(rows, dict):
        yield name, "write a list, each entry as a mapping of fields."
        return
    for row in rows:
        yield from faults(shape, row)


def is_list_of(value: Any, kind: type) -> bool:
    return isinstance(value, list) and all(isinstance(item, kind) for item in value)


def fault_of(field: Any, value: Any) -> str:
    """Why the field cannot hold this one value, or nothing."""
    if isinstance(value, list | dict):
        return "write one value, not a list or a mapping."
    if isinstance(value, float) and not math.isfinite(value):
        return "write a number."
    if isinstance(value, int) and abs(value) >= WIDEST:
        return "this number is larger than any that is kept."
    try:
        field.clean(value, None)
    except (ValidationError, TypeError, ValueError, OverflowError) as error:
        return " ".join(getattr(error, "messages", [str(error)]))
    return ""
