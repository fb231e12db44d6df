"""Where meetings stand in time, those too whose date is known only to the year or only by their number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from registry.kit import edtf


@dataclass(frozen=True)
class Place:
    """The first and the last day on which a meeting can have begun, None where nothing tells; its rank among others."""

    earliest: date | None
    latest: date | None
    rank: tuple[Any, ...]

    def is_between(self, first: Place, last: Place) -> bool:
        """Whether it certainly lies between the two."""
        return self.is_after(first) and self.rank < last.rank and self.ends_by(last)

    def is_after(self, other: Place) -> bool:
        if self.earliest is None or other.earliest is None:
            return False
        return self.rank > other.rank and self.earliest >= other.earliest

    def ends_by(self, other: Place) -> bool:
        return other.latest is None or (self.latest is not None and self.latest <= other.latest)


def place_of(start: str | None, *rank: Any) -> Place:
    """The place of what began on this EDTF date; `rank` decides between what began on the same day."""
    day = edtf.parse(start) if start else None
    earliest = day.earliest if day else None
    return Place(earliest, day.latest if day else None, (earliest or date.max, *rank))


def places(meetings: Iterable[Any]) -> dict[str, Place]:
    """The place of each meeting (loaded with its track) by its pid.

    One whose day is not known lies, in a series that numbers, between the held meetings numbered before and after it.
    """
    series: dict[Any, list[Any]] = defaultdict(list)
    for meeting in meetings:
        series[meeting.track_id].append(meeting)
    found: dict[str, Place] = {}
    for members in series.values():
        known = [(one.ordinal, edtf.parse(one.start)) for one in members if is_dated(one)]
        for one in members:
            before = [day.earliest for ordinal, day in known if one.ordinal and ordinal < one.ordinal]
            after = [day.latest for ordinal, day in known if one.ordinal and ordinal > one.ordinal]
            found[one.pk] = narrowed(one, max(before, default=None), min(after, default=None))
    return found


def is_dated(meeting: Any) -> bool:
    return bool(meeting.ordinal and meeting.start and meeting.status == "held")


def narrowed(meeting: Any, lower: date | None, upper: date | None) -> Place:
    """The meeting's place within what its neighbours leave, where its own date does not say otherwise."""
    rank = (meeting.track.number, meeting.ordinal or 0, meeting.pk)
    own = place_of(meeting.start, *rank)
    if own.earliest is None or own.latest is None:
        return Place(lower, upper, (lower or date.max, *rank))
    earliest = lower if lower and own.earliest < lower <= own.latest else own.earliest
    latest = upper if upper and earliest <= upper < own.latest else own.latest
    return Place(earliest, latest, (earliest, *rank))
