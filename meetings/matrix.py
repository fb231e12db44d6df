"""Who came to which meeting: countries by meetings, a mark by rank; not recorded is not absent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from dialogues.models import Country, Membership
from dialogues.offices import Held, Terms
from meetings.models import Delegate, Delegation, Meeting, Rank, Status
from registry.kit import sorting
from registry.kit.spans import Days, During, days, during

NOT_RECORDED, NOT_HELD = "not_recorded", "not_held"
CAME = ("attended", "represented")
PRESENCES = (*CAME, "expected", "absent", NOT_RECORDED, NOT_HELD)
"""What a cell says of a country at a meeting; each is counted, so that totals add up."""
RANK_ORDER = tuple(Rank.values)
SORTS = ("order", "country", "attended", "rank")


@dataclass(frozen=True)
class Cell:
    """A country at a meeting: whether it was there, and its delegates, those named as not attending included."""

    country: Country
    meeting: Meeting
    presence: str
    delegation: Delegation | None = None
    delegates: tuple[Delegate, ...] = ()

    @cached_property
    def came(self) -> list[Delegate]:
        return [delegate for delegate in self.delegates if not delegate.is_absent]

    @property
    def has_come(self) -> bool:
        return self.presence in CAME

    @cached_property
    def ranks(self) -> list[str]:
        """The ranks of those who came, the highest first; `unknown` where nobody is named."""
        ranks = [delegate.rank for delegate in self.came] or [Rank.UNKNOWN]
        return sorted(ranks, key=RANK_ORDER.index) if self.has_come else []

    @property
    def mark(self) -> str:
        """The highest rank that came, or how the country was not there."""
        return self.ranks[0] if self.ranks else self.presence

    @property
    def capacity(self) -> str:
        return self.delegation.capacity if self.delegation else ""

    @property
    def is_guest(self) -> bool:
        return self.capacity not in ("", "member")

    @property
    def presiding(self) -> str:
        return next((one.presiding for one in self.came if one.presiding), "")

    @property
    def in_place_of(self) -> str:
        return next((one.in_place_of for one in self.came if one.in_place_of), "")

    @property
    def url(self) -> str:
        """The delegation on the meeting's page."""
        return f"{self.meeting.get_absolute_url()}#d-{self.country.code}"

    @property
    def when(self) -> Days | None:
        return days(self.meeting.start, self.meeting.end)

    @property
    def facts(self) -> list[Any]:
        return [fact for fact in (self.delegation, *self.delegates) if fact]

    @property
    def sources(self) -> list[Any]:
        return list({source.key: source for fact in self.facts for source in fact.sources.all()}.values())

    @property
    def note(self) -> str:
        return " ".join(dict.fromkeys(fact.note for fact in self.facts if fact.note))

    def of_ranks(self, ranks: Collection[str]) -> Cell | None:
        """The cell with those who came in one of these ranks alone; None where nobody did."""
        if not set(ranks) & set(self.ranks):
            return None
        return replace(self, delegates=tuple(one for one in self.came if one.rank in ranks))


@dataclass(frozen=True)
class Appearance:
    """A country at a meeting with one delegate, or none: what a row of the list says.

    `offices` are those the delegate held on the day, `replaced` who held the office in whose place they came.
    """

    cell: Cell
    delegate: Delegate | None
    offices: list[Held]
    replaced: list[Held]


class Totals:
    """How many of the cells have each presence, and of those who came each highest rank."""

    def __init__(self, cells: Iterable[Cell]) -> None:
        self._presences: Counter[str] = Counter()
        self._ranks: Counter[str] = Counter()
        for cell in cells:
            self._presences[cell.presence] += 1
            self._ranks.update([cell.mark] if cell.has_come else [])

    def presence(self, name: str) -> int:
        return self._presences[name]

    def rank(self, name: str) -> int:
        return self._ranks[name]

    @property
    def all(self) -> int:
        return self._presences.total()

    @property
    def said(self) -> list[str]:
        """The presences that occur."""
        return [presence for presence in PRESENCES if self._presences[presence]]

    def as_data(self) -> dict[str, Any]:
        return {
            "meetings": self.all,
            **{presence: self._presences[presence] for presence in PRESENCES},
            "ranks": {rank: self._ranks[rank] for rank in RANK_ORDER},
        }


@dataclass(frozen=True)
class Line:
    """A country with its cell at every meeting; None where it was no member then and nothing is recorded."""

    country: Country
    role: str
    cells: list[tuple[Meeting, Cell | None]]
    left_out: frozenset[str] = frozenset()
    """The meetings, by id, of which something is known that was not asked for."""

    @property
    def is_member(self) -> bool:
        return bool(self.role)

    @cached_property
    def filled(self) -> list[Cell]:
        return [cell for _meeting, cell in self.cells if cell]

    @cached_property
    def totals(self) -> Totals:
        return Totals(self.filled)


class AttendanceMatrix:
    """Countries by meetings: `meetings` in the order shown, `memberships` in the dialogue's order with country.

    `delegations` come with country, delegates and sources. A member of the time of whom no source speaks is
    “not recorded”, where the meeting was held; of a meeting that was not, nothing is missing.
    """

    def __init__(
        self,
        meetings: Iterable[Meeting],
        memberships: Iterable[Membership],
        delegations: Iterable[Delegation],
    ) -> None:
        self.meetings = list(meetings)
        self.memberships: dict[tuple[str, str], list[Membership]] = {}
        countries: dict[str, Country] = {}
        for membership in memberships:
            countries.setdefault(membership.country_id, membership.country)
            key = (membership.dialogue_id, membership.country_id)
            self.memberships.setdefault(key, []).append(membership)
        members = set(countries)
        self.roles = {key[1]: its[0].role for key, its in self.memberships.items()}
        recorded = {}
        for delegation in delegations:
            countries.setdefault(delegation.country_id, delegation.country)
            recorded[delegation.country_id, delegation.meeting_id] = delegation
        guests = sorting.in_order(one for pk, one in countries.items() if pk not in members)
        self.countries = [one for pk, one in countries.items() if pk in members] + guests
        self.left_out: set[tuple[str, str]] = set()
        self.cells = {
            (country.pk, meeting.pk): cell
            for country in self.countries
            for meeting in self.meetings
            if (cell := self.cell_of(country, meeting, recorded.get((country.pk, meeting.pk))))
        }

    def cell_of(self, country: Country, meeting: Meeting, delegation: Delegation | None) -> Cell | None:
        if delegation:
            delegates = tuple(delegation.delegates.all())
            return Cell(country, meeting, delegation.presence, delegation, delegates)
        when, its = days(meeting.start, meeting.end), (meeting.track.dialogue_id, country.pk)
        spans = [during(when, one.start, one.end) for one in self.memberships.get(its, ())]
        if all(span == During.NEVER for span in spans):
            return None
        return Cell(country, meeting, NOT_RECORDED if meeting.status == Status.HELD else NOT_HELD)

    def at(self, country: Country, meeting: Meeting) -> Cell | None:
        return self.cells.get((country.pk, meeting.pk))

    def lines(self) -> list[Line]:
        return [
            Line(
                country,
                self.roles.get(country.pk, ""),
                [(meeting, self.at(country, meeting)) for meeting in self.meetings],
                frozenset(meeting for one, meeting in self.left_out if one == country.pk),
            )
            for country in self.countries
        ]

    def totals(self) -> Totals:
        return Totals(self.cells.values())

    def by_meeting(self) -> list[tuple[Meeting, Totals]]:
        """Each meeting with its totals over the countries shown."""
        return [
            (meeting, Totals(cell for country in self.countries if (cell := self.at(country, meeting))))
            for meeting in self.meetings
        ]

    def narrow(
        self,
        ranks: Collection[str] = (),
        presences: Collection[str] = (),
        countries: Collection[str] = (),
    ) -> None:
        """Keep cells with one of the ranks and one of the presences, of these countries (by code), where given."""
        if countries:
            self.countries = [one for one in self.countries if one.code in countries]
        kept = {one.pk for one in self.countries}
        found = {}
        for key, cell in self.cells.items():
            shown = cell.of_ranks(ranks) if ranks else cell
            if shown and key[0] in kept and (not presences or shown.presence in presences):
                found[key] = shown
        self.left_out = {key for key in self.cells if key not in found and key[0] in kept}
        self.cells = found
        if ranks or presences:
            filled = {country for country, _meeting in found}
            self.countries = [one for one in self.countries if one.pk in filled]

    def sort(self, by: str) -> None:
        """One of SORTS, `-` before it reverses: members first, by name, by meetings attended, by ranks sent.

        By rank puts first who sent heads of state or government most often, then ministers, and so on.
        """
        name, is_reversed = by.removeprefix("-"), by.startswith("-")
        if name == "order":
            self.countries = self.countries[::-1] if is_reversed else self.countries
            return
        totals = {line.country.pk: line.totals for line in self.lines()}
        keys: dict[str, Any] = {
            "country": lambda one: sorting.key(one.name),
            "attended": lambda one: tuple(map(totals[one.pk].presence, CAME)),
            "rank": lambda one: [-totals[one.pk].rank(rank) for rank in RANK_ORDER],
        }
        self.countries = sorted(self.countries, key=keys[name], reverse=is_reversed)

    def appearances(self, terms: Terms) -> Iterator[Appearance]:
        """Country by country, meeting by meeting, delegate by delegate: every row of the list."""
        for country in self.countries:
            for meeting in self.meetings:
                cell = self.at(country, meeting)
                yield from appearances_of(cell, terms) if cell else ()


def appearances_of(cell: Cell, terms: Terms) -> Iterator[Appearance]:
    """A row a delegate, or one without."""
    for delegate in cell.delegates:
        person, phrase = delegate.minister_id, delegate.in_place_of
        yield Appearance(
            cell,
            delegate,
            terms.of_minister(person, cell.when) if person else [],
            terms.replaced(cell.country.pk, phrase, cell.when) if phrase else [],
        )
    if not cell.delegates:
        yield Appearance(cell, None, [], [])
