"""What several dialogues said on a topic, year by year, and which countries sit together in many of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Any

from meetings.language import Outcome


class Across:
    """What several dialogues said: (pid of the dialogue, the commitment’s row, outcome), the newest first."""

    def __init__(self, said: Sequence[tuple[str, Any, Outcome]]) -> None:
        self.said = said

    @cached_property
    def sections(self) -> list[tuple[str, list[tuple[Any, Outcome]]]]:
        """Each dialogue with what it said; first the dialogue that spoke last."""
        found: dict[str, list[tuple[Any, Outcome]]] = {}
        for dialogue, place, outcome in self.said:
            found.setdefault(dialogue, []).append((place, outcome))
        return list(found.items())

    @cached_property
    def strongest(self) -> dict[tuple[str, int], tuple[Outcome, int]]:
        """The strongest outcome of each dialogue and year, and how many there were; the undated left out."""
        found: dict[tuple[str, int], tuple[Outcome, int]] = {}
        for dialogue, place, outcome in self.said:
            start = place.meeting.start if place.meeting else place.statement.date
            if not start:
                continue
            key = (dialogue, int(start[:4]))
            best, count = found.get(key, (outcome, 0))
            stronger = outcome.said.force > best.said.force
            found[key] = (outcome if stronger else best, count + 1)
        return found

    @property
    def years(self) -> list[int]:
        """Every year in which one of them spoke, the first first."""
        return sorted({year for _dialogue, year in self.strongest})

    def cells(self, dialogue: str) -> list[tuple[int, tuple[Outcome, int] | None]]:
        return [(year, self.strongest.get((dialogue, year))) for year in self.years]


@dataclass(frozen=True)
class Group:
    """Countries that sit together in so many dialogues."""

    countries: tuple[Any, ...]
    dialogues: int


MOST_GROUPS, LEAST_TOGETHER = 4, 3


def groups(members: Sequence[Any]) -> list[Group]:
    """Sets of at least three countries that meet others together in at least three dialogues, the commonest first.

    `members` are countries with their memberships loaded.
    """
    seats: dict[Any, set[Any]] = {}
    for country in members:
        for membership in country.memberships.all():
            seats.setdefault(membership.dialogue_id, set()).add(country.pk)
    shared = {frozenset(one & other) for one, other in combinations(seats.values(), 2)}
    found = [
        (sum(some <= one for one in seats.values()), some) for some in shared if len(some) >= LEAST_TOGETHER
    ]
    common = sorted(found, key=lambda one: (-one[0] * len(one[1]), sorted(one[1])))
    return [
        Group(tuple(country for country in members if country.pk in some), count)
        for count, some in common
        if count >= LEAST_TOGETHER
    ][:MOST_GROUPS]
