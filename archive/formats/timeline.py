"""Tenures as bars on an axis of years: shares of its width in percent, for SVG that scales without its text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from dialogues.models import Tenure
from registry.kit import spans
from registry.kit.spans import Days

TICKS = (1, 2, 5, 10, 20, 50, 100)
MOST_TICKS = 8


@dataclass(frozen=True)
class Piece:
    """A stretch of the axis."""

    x: str
    width: str


@dataclass(frozen=True)
class Bar:
    """A tenure: what its dates make certain, and before and after it what they leave open."""

    tenure: Tenure
    sure: Piece | None
    open: list[Piece]


class Axis:
    """From the first of January of the first year to the last day of the last, both with something to show."""

    def __init__(self, tenures: Iterable[Tenure], today: date, asked: Days | None = None) -> None:
        dates = [value for tenure in tenures for value in (tenure.start, tenure.end) if value]
        years = [int(value[:4]) for value in dates] + [today.year]
        years += [asked.first.year, asked.last.year] if asked else []
        self.today = today
        self.first, self.last = date(min(years), 1, 1), date(max(years), 12, 31)

    def share(self, day: date) -> float:
        return 100 * (day - self.first).days / ((self.last - self.first).days + 1)

    def piece(self, first: date, last: date) -> Piece:
        """The days from first to last, cut to the axis; never narrower than can be seen."""
        first, last = max(first, self.first), min(last, self.last)
        return Piece(f"{self.share(first):.2f}%", f"{max(self.share(last) - self.share(first), 0.35):.2f}%")

    def bar(self, tenure: Tenure) -> Bar | None:
        """None where no date is known. An end that was not seen is drawn open until today."""
        if not (tenure.start or tenure.end):
            return None
        possible, sure = (f(tenure.start, tenure.end) for f in (spans.widest, spans.certain))
        end = max(min(possible.last, self.today), possible.first) if not tenure.end else possible.last
        if sure.first > sure.last or not tenure.start:
            return Bar(tenure, None, [self.piece(possible.first, end)])
        around = []
        if possible.first < sure.first:
            around.append(self.piece(possible.first, sure.first))
        if sure.last < end:
            around.append(self.piece(sure.last + timedelta(1), end))
        return Bar(tenure, self.piece(sure.first, min(sure.last, end)), around)

    def ticks(self) -> list[tuple[int, str]]:
        """Years with their place: few enough that their numbers stand apart on a phone."""
        first, last = self.first.year, self.last.year
        step = next((step for step in TICKS if (last - first) / step < MOST_TICKS), 500)
        return [
            (year, f"{self.share(date(year, 1, 1)):.2f}%")
            for year in range(first, last + 1)
            if year % step == 0
        ]
