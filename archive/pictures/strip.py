"""A series as a strip: its meetings as dots by date, to scale, numbered where the series numbers them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.pictures.marks import Mark, mark_of, marked, on_the_line, shown

RADIUS = 7.0
"""Of a dot."""
APART, ABOVE = 20.0, 31.0
"""How far two dots of the wide drawing lie apart at least, side by side and one above the other."""
BESIDE, ROW = 36.0, 24.0
"""The same in the narrow drawing, whose numbers stand to the right."""
TITLED = 34
"""Width from which a year has its own label."""


@dataclass(frozen=True)
class Dot:
    """A meeting at its place in the drawing; its number, where it has one, beneath it or to its right."""

    meeting: Any
    mark: Mark
    x: float
    y: float
    is_beneath: bool = True

    @property
    def label(self) -> str:
        return str(self.meeting.ordinal or "")

    @property
    def label_x(self) -> float:
        return self.x if self.is_beneath else self.x + RADIUS + 4

    @property
    def label_y(self) -> float:
        return self.y + RADIUS + 11 if self.is_beneath else self.y + 4

    @property
    def is_held(self) -> bool:
        return bool(self.meeting.status == "held")

    @property
    def outline(self) -> str:
        """A circle; a square on its corner for a meeting without a number."""
        x, y, r = self.x, self.y, RADIUS
        if self.meeting.ordinal:
            return f"M{x:g} {y - r:g}a{r:g} {r:g} 0 1 0 .01 0z"
        return f"M{x:g} {y - r:g}l{r:g} {r:g}l{-r:g} {r:g}l{-r:g} {-r:g}z"

    @property
    def half(self) -> str:
        """The left half of the outline."""
        x, y, r = self.x, self.y, RADIUS
        if self.meeting.ordinal:
            return f"M{x:g} {y - r:g}a{r:g} {r:g} 0 0 0 0 {2 * r:g}z"
        return f"M{x:g} {y - r:g}l{-r:g} {r:g}l{r:g} {r:g}z"


@dataclass(frozen=True)
class Tick:
    """A label of the scale of years; `y` in a drawing that runs downwards."""

    year: int
    x: float
    y: float


@dataclass(frozen=True)
class Drawing:
    """Dots and labels of years in a box of this size."""

    width: float
    height: float
    axis: float
    dots: list[Dot]
    ticks: list[Tick]


class Strip:
    """Meetings of one track with their counts, the oldest first."""

    def __init__(self, meetings: Iterable[Any]) -> None:
        self.meetings = list(meetings)
        self.dated = [meeting for meeting in self.meetings if meeting.start]
        years = [int(meeting.start[:4]) for meeting in self.dated]
        self.years = list(range(min(years), max(years) + 1)) if years else []

    @property
    def undated(self) -> int:
        return len(self.meetings) - len(self.dated)

    @property
    def is_numbered(self) -> bool:
        return any(meeting.ordinal for meeting in self.dated)

    @property
    def marks(self) -> dict[str, int]:
        return shown(self.dated)

    def with_marks(self) -> list[tuple[Any, Mark]]:
        return [(meeting, mark_of(meeting)) for meeting in self.meetings]

    def results(self) -> list[dict[str, Any]]:
        return [
            {
                "ordinal": meeting.ordinal,
                "start": meeting.start,
                "status": meeting.status,
                **marked(meeting),
            }
            for meeting in self.meetings
        ]

    @cached_property
    def wide(self) -> Drawing:
        """From left to right, a year as wide as any other; dots that would touch stand above one another."""
        margin, width = 16.0, 1080.0
        year_width = (width - 2 * margin) / max(len(self.years), 1)
        levels: list[float] = []
        placed: list[tuple[Any, float, int]] = []
        for meeting in self.dated:
            x = margin + (on_the_line(meeting.start) - self.years[0]) * year_width
            level = free_level(levels, x, APART)
            placed.append((meeting, x, level))
        axis = 4 + ABOVE * max(len(levels), 1) + 4
        dots = [
            Dot(meeting, mark_of(meeting), round(x, 1), round(axis - 26 - ABOVE * level, 1))
            for meeting, x, level in placed
        ]
        every = 1 if year_width >= TITLED else 5
        ticks = [
            Tick(year, round(margin + place * year_width, 1), axis)
            for place, year in enumerate(self.years)
            if year % every == 0 or place == 0
        ]
        return Drawing(width, axis + 22, axis, dots, ticks)

    @cached_property
    def narrow(self) -> Drawing:
        """A row a year, from January on the left to December on the right."""
        left, width = 48.0, 330.0
        month_room = width - left - 34
        dots: list[Dot] = []
        ticks: list[Tick] = []
        y = 4.0
        for year in self.years:
            levels: list[float] = []
            middle = y + ROW / 2
            for meeting in (one for one in self.dated if int(one.start[:4]) == year):
                x = left + (on_the_line(meeting.start) - year) * month_room
                level = free_level(levels, x, BESIDE)
                dots.append(Dot(meeting, mark_of(meeting), round(x, 1), middle + ROW * level, False))
            ticks.append(Tick(year, left - 12, middle))
            y += ROW * max(len(levels), 1)
        return Drawing(width, y + 4, left, dots, ticks)

    def said(self) -> str:
        """The strip in words, meeting by meeting."""
        if not self.meetings:
            return _("No meeting of this series is recorded yet.")
        count = len(self.meetings)
        parts = [ngettext("%(n)s meeting.", "%(n)s meetings.", count) % {"n": count}]
        parts += [
            f"{meeting.start or _('date not known')}: {meeting.title()}, {mark_of(meeting).label}."
            for meeting in self.meetings
        ]
        return " ".join(parts)

    def gaps(self) -> list[tuple[int, int]]:
        """Stretches of two years and more in which the series did not meet: the first and the last of them."""
        met = sorted({int(meeting.start[:4]) for meeting in self.dated})
        return [(one + 1, other - 1) for one, other in pairwise(met) if other - one > 2]


def free_level(levels: list[float], x: float, apart: float) -> int:
    """The lowest level on which a dot at x is so far from those before it; `levels` keep the last x of each."""
    for level, last in enumerate(levels):
        if x - last >= apart:
            levels[level] = x
            return level
    levels.append(x)
    return len(levels) - 1
