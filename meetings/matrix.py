"""Who came to which meeting: countries by meetings, a mark by rank."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from dialogues.models import Country
from meetings.models import Delegation, Meeting

NOT_RECORDED = "not_recorded"
RANK_ORDER = ("head", "minister", "deputy", "ambassador", "envoy", "official", "other", "unknown")


@dataclass(frozen=True)
class Cell:
    """A country at a meeting: its mark, who came, on what certainty and from which sources."""

    mark: str
    delegates: list[Any] = field(default_factory=list)
    capacity: str = ""
    note: str = ""
    certainty: str = ""
    sources: list[Any] = field(default_factory=list)

    @property
    def is_guest(self) -> bool:
        return self.capacity not in ("", "member")


class AttendanceMatrix:
    """The matrix of a track; `meetings` oldest first, `members` of its dialogue in their order.

    `delegations` come with country, delegates and sources. A member no source speaks of is “not recorded”.
    """

    def __init__(
        self, meetings: Iterable[Meeting], members: Iterable[Country], delegations: Iterable[Delegation]
    ) -> None:
        self.meetings = list(meetings)
        self.cells: dict[tuple[str, str], Cell] = {}
        countries = {member.pk: member for member in members}
        self.member_count = len(countries)
        for delegation in delegations:
            countries.setdefault(delegation.country_id, delegation.country)
            self.cells[delegation.country_id, delegation.meeting_id] = cell(delegation)
        self.countries = list(countries.values())

    def rows(self) -> list[tuple[Country, bool, list[tuple[Meeting, Cell]]]]:
        """Each country, whether it is a member, and its cell at every meeting."""
        return [
            (
                country,
                place < self.member_count,
                [(meeting, self.at(country, meeting)) for meeting in self.meetings],
            )
            for place, country in enumerate(self.countries)
        ]

    def at(self, country: Country, meeting: Meeting) -> Cell:
        return self.cells.get((country.pk, meeting.pk), Cell(NOT_RECORDED))


def cell(delegation: Delegation) -> Cell:
    """The mark is the highest rank that came; guests keep theirs, and are named as guests."""
    came = [delegate for delegate in delegation.delegates.all() if not delegate.is_absent]
    ranks = sorted((delegate.rank for delegate in came), key=RANK_ORDER.index)
    if delegation.presence in ("absent", "expected", NOT_RECORDED):
        mark = delegation.presence
    else:
        mark = ranks[0] if ranks else "unknown"
    facts = [delegation, *came]
    sources = {source.key: source for fact in facts for source in fact.sources.all()}
    certainty = max((fact.certainty for fact in facts), key=("verified", "inferred", "unverified").index)
    note = " ".join(filter(None, (fact.note for fact in facts)))
    return Cell(mark, came, delegation.capacity, note, certainty, list(sources.values()))
