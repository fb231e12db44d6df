"""A meeting's agenda on one side, its outcomes on the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class AgendaRow:
    """An agenda item, or None for what no item is known for, with its outcomes."""

    item: dict[str, Any] | None
    outcomes: list[dict[str, Any]]


def by_agenda(meeting: dict[str, Any]) -> list[AgendaRow]:
    """One row an agenda item in order, then one of what falls under no known item, if anything does."""
    outcomes = [one for one in meeting["outcomes"] if one["nature"] != "background"]
    rows = [
        AgendaRow(item, [one for one in outcomes if one["agenda_item"] == item["key"]])
        for item in meeting["agenda"]
    ]
    loose = [one for one in outcomes if not one["agenda_item"]]
    return [*rows, AgendaRow(None, loose)] if loose else rows


def background(meeting: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for one in meeting["outcomes"] if one["nature"] == "background"]
