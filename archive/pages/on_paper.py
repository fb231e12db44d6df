"""A matrix of countries by meetings as paper has room for it: in blocks of columns, one beneath the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil
from typing import Any

from meetings.matrix import Cell, Line, Totals
from meetings.models import Meeting

MOST = 40
"""Columns that a Letter page on its side holds legibly beside the names of countries."""


@dataclass(frozen=True)
class PaperLine:
    line: Line
    cells: list[tuple[Meeting, Cell | None]]


@dataclass(frozen=True)
class Block:
    """Some of the columns of the matrix; the last block has the totals of each country beside them."""

    meetings: Sequence[Meeting]
    lines: list[PaperLine]
    counted: list[tuple[str, list[int], int]]
    """A presence, how often it occurs at each of the meetings, and in the whole matrix."""
    is_last: bool

    @property
    def tracks(self) -> list[tuple[Any, int]]:
        return tracks(self.meetings)


def tracks(meetings: Sequence[Meeting]) -> list[tuple[Any, int]]:
    """The series these meetings are of, and over how many columns each goes."""
    return [(track, len(list(its))) for track, its in groupby(meetings, key=lambda one: one.track)]


def blocks(
    meetings: Sequence[Meeting], lines: list[Line], by_meeting: list[tuple[Meeting, Totals]], totals: Totals
) -> list[Block]:
    """The matrix in as few blocks as hold it, each about as wide as the others."""
    said = totals.said
    columns = len(meetings) + len(said)
    width = ceil(columns / ceil(columns / MOST)) if columns else MOST
    starts = range(0, len(meetings), width)
    return [
        Block(
            meetings[start : start + width],
            [PaperLine(line, line.cells[start : start + width]) for line in lines],
            [
                (
                    name,
                    [each.presence(name) for _one, each in by_meeting[start : start + width]],
                    totals.presence(name),
                )
                for name in said
            ],
            is_last=start == starts[-1],
        )
        for start in starts
    ]
