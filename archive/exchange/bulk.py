"""Storing many new records with few queries: first the records, then the rows beneath them, level by level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from archive.exchange.rows import RowWriter
from archive.exchange.shapes import CLAIMS, Shape
from meetings.models import StatementMeeting


@dataclass
class NewRow:
    """A row not yet stored, the mapping it was read from, and the lists that it will name."""

    writer: RowWriter
    row: Any
    data: dict[str, Any]
    lists: dict[str, list[Any]]
    scope: Any


def create_records(shape: Shape, records: Sequence[NewRow]) -> None:
    """Store new records of one kind, whose pids are there, with everything beneath them but what comes later."""
    shape.model._base_manager.bulk_create([record.row for record in records])
    link_lists(shape, records)
    create_rows_under(shape, records, [name for name in shape.children if name not in shape.later])
    claims = [
        new_row
        for record in records
        for new_row in made(CLAIMS, record, record.row.pid, record.data.get("claims", []), "claims")
    ]
    CLAIMS.model._base_manager.bulk_create([new_row.row for new_row in claims])
    link_lists(CLAIMS, claims)


def create_rows_under(shape: Shape, parents: Sequence[NewRow], names: Sequence[str]) -> None:
    for name in names:
        child = shape.children[name]
        rows = [
            new_row
            for parent in parents
            for new_row in made(child, parent, parent.row, parent.data.get(name, []), name)
        ]
        child.model._base_manager.bulk_create([new_row.row for new_row in rows])
        link_lists(child, rows)
        create_rows_under(child, rows, list(child.children))


def made(shape: Shape, under: NewRow, parent: Any, items: Any, name: str) -> list[NewRow]:
    """The checked rows of one list of a mapping. Raises ExchangeError naming the row."""
    writer = under.writer
    rows = []
    for number, item in enumerate(writer.as_list(name, items), 1):
        row, lists = writer.make(shape, parent, item, number, under.scope, name)
        writer.check(row, f"{name}[{number}]")
        rows.append(NewRow(writer, row, item, lists, under.scope))
    return rows


def link_lists(shape: Shape, rows: Sequence[NewRow]) -> None:
    """Fill the tables that many-to-many fields stand in."""
    for name in {name for new_row in rows for name in new_row.lists}:
        field: Any = shape.model._meta.get_field(name)
        through, mine, other = (
            field.remote_field.through,
            field.m2m_field_name(),
            field.m2m_reverse_field_name(),
        )
        through._base_manager.bulk_create(
            through(**{mine: new_row.row, other: related})
            for new_row in rows
            for related in dict.fromkeys(new_row.lists.get(name, []))
        )


def link_meetings(statements: Sequence[tuple[Any, Sequence[Any]]]) -> None:
    """Say at which meetings, in order, each new statement was issued."""
    StatementMeeting.objects.bulk_create(
        StatementMeeting(statement=statement, meeting=meeting, number=number)
        for statement, meetings in statements
        for number, meeting in enumerate(meetings, 1)
    )
