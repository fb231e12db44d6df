"""Dates known to the day, the month or the year: EDTF level 0 (ISO 8601-2; Library of Congress EDTF)."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

FORM = re.compile(r"([1-9][0-9]{3})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


@dataclass(frozen=True)
class PartialDate:
    """A year, a month of it or a day; `earliest` and `latest` are the first and last day it may mean."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def precision(self) -> str:
        return "day" if self.day else "month" if self.month else "year"

    @property
    def earliest(self) -> date:
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def __str__(self) -> str:
        parts = [f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part)]
        return "-".join(parts)


def parse(text: str) -> PartialDate:
    """Read `2022-12-24`, `2005-05` or `2005`. Raises ValueError with a sentence on what is wrong."""
    match = FORM.fullmatch(text)
    if not match:
        raise ValueError("it is not a year, a month or a day")
    year, month, day = (int(part) if part else None for part in match.groups())
    if year is None or (month is not None and not 1 <= month <= 12):
        raise ValueError("there is no such month")
    if day is not None and month is not None and not 1 <= day <= calendar.monthrange(year, month)[1]:
        raise ValueError("there is no such day")
    return PartialDate(year, month, day)


def is_valid(text: str) -> bool:
    try:
        parse(text)
    except ValueError:
        return False
    return True


def is_past(text: str, today: date) -> bool:
    """Whether the last day that it may mean lies before today: a year is past when it has ended."""
    return parse(text).latest < today


def is_before(text: str, other: str) -> bool:
    """Whether every day that it may mean lies before the other, at the coarser precision of the two."""
    return text[: len(other)] < other[: len(text)]


def display(
    start: str | None,
    end: str | None = None,
    *,
    months: Sequence[str] = MONTHS,
    unknown: str = "date not known",
) -> str:
    """The date in words: 24 December 2022; 19–20 December 2025; 30 April – 2 May 2017; May 2005.

    `months` are twelve names, January first; `unknown` is said where there is no start. English unless given.
    """
    if not start:
        return unknown
    first = parse(start)
    if not end or end == start:
        return _words(first, months)
    last = parse(end)
    if (first.year, first.month) == (last.year, last.month) and first.day and last.day:
        return f"{first.day}–{_words(last, months)}"
    if first.year == last.year and first.month and last.month:
        return f"{_words(first, months, with_year=False)} – {_words(last, months)}"
    return f"{_words(first, months)} – {_words(last, months)}"


def weekday(start: str | None) -> int | None:
    """The day of the week where the day is known: 0 is Monday."""
    parsed = parse(start) if start else None
    return parsed.earliest.weekday() if parsed and parsed.day else None


def _words(parsed: PartialDate, months: Sequence[str], *, with_year: bool = True) -> str:
    month = str(months[parsed.month - 1]) if parsed.month else ""
    words = [str(parsed.day or ""), month, str(parsed.year) if with_year else ""]
    return " ".join(word for word in words if word)
