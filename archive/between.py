"""Pages that stand between records: which they are is told here, to the pages themselves and to search.

A year, a decade, a day of the year; beneath a dialogue its years, its undated meetings, what it issued at no meeting,
its series.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive import address as addresses
from archive.address import ATTENDANCE
from dialogues.models import Track
from meetings import days
from registry.kit.years import year_of
from registry.models import Pid

UNDATED, STATEMENTS = "undated", "statements"
DAY = re.compile(r"(?:--)?(1[0-2]|0?[1-9])-?(3[01]|[12][0-9]|0?[1-9])", re.ASCII)
"""A day, as ISO 8601 and others write it: 11-25, --11-25, 1-5."""


@dataclass(frozen=True)
class Section:
    """A page beneath a dialogue: the meetings of a year or without a date, or its `statements`, or a series with its
    `attendance`. Of `year` and `track` one is there; undated is a year here."""

    year: str = ""
    track: Track | None = None
    view: str = ""


def section_of(dialogue: Pid, rest: str) -> Section | None:
    """What stands beneath the dialogue, if anything does; one query for a series."""
    name, _slash, view = rest.partition("/")
    if (name == UNDATED or year_of(name)) and view in ("", STATEMENTS):
        return Section(year=name, view=view)
    track = Track.objects.find(dialogue.value, name) if view in ("", ATTENDANCE) else None
    return Section(track=track, view=view) if track else None


def dialogue_above(path: str) -> Pid | None:
    """The public dialogue whose address the path begins with, today’s address; one query."""
    first = path.partition("/")[0]
    owner = addresses.look_up(first)
    is_there = owner and owner[1].is_public and owner[1].kind == "dialogue" and owner[1].path == first
    return owner[1] if owner and is_there else None


def day_written(text: str) -> str | None:
    """The day of the year, in whatever spelling, as `11-25`; None where there is no such day."""
    match = DAY.fullmatch(text)
    day = f"{int(match[1]):02}-{int(match[2]):02}" if match else ""
    return day if days.day_of(day) else None
