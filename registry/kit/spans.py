"""Whether a time lies within a span whose ends are known to the day, the month or the year only (EDTF level 0)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from registry.kit import edtf


class During(StrEnum):
    """How far a time lies within a span, as far as the dates tell."""

    THROUGHOUT = "throughout"
    PARTLY = "partly"
    PERHAPS = "perhaps"
    NEVER = "never"


class Why(StrEnum):
    """What keeps us from knowing, where the answer is `perhaps`."""

    YEAR = "year"
    MONTH = "month"
    START = "start"
    UNDATED = "undated"
    ASKED = "asked"


class Days(NamedTuple):
    """The first and the last day of a time."""

    first: date
    last: date


def days(start: str | None, end: str | None = None) -> Days | None:
    """All days that a partial date, or two of them, may mean; None where there is no start."""
    if not start:
        return None
    return Days(edtf.parse(start).earliest, edtf.parse(end or start).latest)


def certain(start: str | None, end: str | None) -> Days:
    """The latest first day and the earliest last day: what lies between them is within the span for sure.

    An end that is not known is none; a start that is not known leaves only the last day certain. Where the two
    cross, no single day is certain.
    """
    possible = widest(start, end)
    return Days(
        min(edtf.parse(start).latest, possible.last) if start else possible.last,
        max(edtf.parse(end).earliest, possible.first) if end else date.max,
    )


def widest(start: str | None, end: str | None) -> Days:
    """Every day that may lie within the span."""
    return Days(
        edtf.parse(start).earliest if start else date.min, edtf.parse(end).latest if end else date.max
    )


def during(when: Days | None, start: str | None, end: str | None) -> During:
    """Whether the days `when` (None: not known) lie within the span; without start and end one never knows."""
    if when is None or not (start or end):
        return During.PERHAPS
    possible, sure = widest(start, end), certain(start, end)
    if when.last < possible.first or when.first > possible.last:
        return During.NEVER
    if sure.first <= when.first and when.last <= sure.last:
        return During.THROUGHOUT
    if sure.first <= when.last and when.first <= sure.last:
        return During.PARTLY
    return During.PERHAPS


def why_perhaps(when: Days | None, start: str | None, end: str | None) -> Why:
    """What is not known where `during` answers `perhaps`: the precision of the end of the span that is at stake."""
    if not start and not end:
        return Why.UNDATED
    if when is None:
        return Why.ASKED
    if not start:
        return Why.START
    first = edtf.parse(start)
    at_stake = first if when.first <= first.latest or not end else edtf.parse(end)
    return {"year": Why.YEAR, "month": Why.MONTH, "day": Why.ASKED}[at_stake.precision]
