"""Writing one mapping of an exchange file into rows: scalars, references, and the rows beneath."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist, ValidationError
from django.db import models

from archive.exchange.errors import ExchangeError
from archive.exchange.references import Directory
from archive.exchange.shapes import CLAIMS, Shape

RECORD_KEYS = {"pid", "path", "state", "outcomes", "claims"}


class RowWriter:
    """Writes rows of one file; `place` names the record being written, for errors."""

    def __init__(self, directory: Directory, file: str) -> None:
        self.directory = directory
        self.file = file
        self.place = ""

    def fail(self, field: str, message: str) -> ExchangeError:
        return ExchangeError(self.file, self.place, field, message)

    def values(
        self, shape: Shape, data: dict[str, Any], scope: Any
    ) -> tuple[dict[str, Any], dict[str, list[Any]]]:
        """Checked values of the model's own columns, and lists of rows for its many-to-many fields."""
        columns: dict[str, Any] = {}
        lists: dict[str, list[Any]] = {}
        for name, value in data.items():
            if name in shape.children or name in RECORD_KEYS:
                continue
            field = self.field(shape, name)
            if field.many_to_many:
                lists[name] = [self.refer(field, name, key, scope) for key in self.as_list(name, value)]
            elif field.is_relation:
                columns[name] = self.refer(field, name, value, scope)
            else:
                columns[name] = self.scalar(field, name, value)
        return columns, lists

    def field(self, shape: Shape, name: str) -> Any:
        try:
            field = shape.model._meta.get_field(name)
        except FieldDoesNotExist:
            field = None
        if field is None or field.auto_created or name == shape.parent:
            known = sorted(
                {one.name for one in shape.model._meta.get_fields() if not one.auto_created}
                | set(shape.children)
            )
            raise self.fail(name, f"no such field. Known: {', '.join(known)}.")
        return field

    def as_list(self, name: str, value: Any) -> list[Any]:
        if not isinstance(value, list):
            raise self.fail(name, "write a list, one entry a line after a hyphen.")
        return value

    def refer(self, field: Any, name: str, key: Any, scope: Any) -> Any:
        try:
            return self.directory.find(field.related_model, key, scope)
        except (LookupError, ObjectDoesNotExist, TypeError, AttributeError) as error:
            kind = field.related_model._meta.verbose_name
            raise self.fail(
                name, f"there is no {kind} “{key}”. Add it first, or correct the name."
            ) from error

    def scalar(self, field: Any, name: str, value: Any) -> Any:
        if isinstance(value, list | dict):
            raise self.fail(name, "write one value, not a list or a mapping.")
        try:
            return field.clean(value, None)
        except ValidationError as error:
            raise self.fail(name, " ".join(error.messages)) from error

    def children(
        self, shape: Shape, parent: models.Model, data: dict[str, Any], scope: Any, names: Iterable[str]
    ) -> None:
        """Make the rows under the parent those of the data, keeping rows that are told to be the same."""
        for name in names:
            items = self.as_list(name, data.get(name, []))
            self.sync(shape.children[name], parent, items, scope, name)

    def sync(self, shape: Shape, parent: models.Model, items: list[Any], scope: Any, name: str) -> None:
        manager = shape.model._base_manager
        existing = {self.identity(shape, row): row for row in manager.filter(**{shape.parent: parent})}
        for number, item in enumerate(items, 1):
            row, lists = self.make(shape, parent, item, number, scope, name)
            known = existing.pop(self.identity(shape, row), None)
            row.pk = known.pk if known else None
            self.check(row, f"{name}[{number}]")
            row.save()
            for field, rows in lists.items():
                getattr(row, field).set(rows)
            self.children(shape, row, item, scope, shape.children)
        delete_rows(shape, manager.filter(pk__in=[row.pk for row in existing.values()]))

    def make(
        self, shape: Shape, parent: models.Model, item: Any, number: int, scope: Any, name: str
    ) -> tuple[Any, dict[str, list[Any]]]:
        """A row of a list, not yet stored, and the rows of its many-to-many fields."""
        if not isinstance(item, dict):
            raise self.fail(f"{name}[{number}]", "write a mapping of fields.")
        is_numbered = any(field.name == "number" for field in shape.model._meta.fields)
        columns, lists = self.values(shape, {"number": number, **item} if is_numbered else item, scope)
        return shape.model(**{shape.parent: parent}, **columns), lists

    def identity(self, shape: Shape, row: models.Model) -> tuple[Any, ...]:
        columns: list[Any] = [row._meta.get_field(name) for name in shape.identity]
        return tuple(getattr(row, column.attname) for column in columns)

    def check(self, row: models.Model, name: str) -> None:
        try:
            row.clean()
        except ValidationError as error:
            raise self.fail(name, " ".join(error.messages)) from error

    def claims(self, record: Any, data: dict[str, Any]) -> None:
        self.sync(CLAIMS, record.pid, self.as_list("claims", data.get("claims", [])), record, "claims")


def delete_rows(shape: Shape, rows: Any) -> None:
    """Delete rows with those beneath them; the database keeps what others refer to."""
    if not rows.exists():
        return
    for child in shape.children.values():
        delete_rows(child, child.model._base_manager.filter(**{f"{child.parent}__in": rows}))
    rows.delete()
