"""What was said on a topic from meeting to meeting, and whether it grew stronger or softer.

Plain objects handed editions; `archive.pages.language` reads these and shows the rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from meetings.lexicon import Lexicon, Said, change
from registry.kit import alignment, diff

Data = dict[str, Any]
MARKS = ("new", "same", "strengthened", "softened", "dropped", "undated")
GAPS = ("nothing", "no_text")
"""A meeting without anything on the topic: other outcomes or a text of it are held, or nothing is."""


@dataclass(frozen=True)
class Outcome:
    """A commitment or remark at its current edition, with its verb as the lexicon knows it."""

    data: Data
    said: Said

    @property
    def id(self) -> str:
        return str(self.data["id"])


@dataclass(frozen=True)
class Match:
    """The earlier outcome that one answers to; by a link between the two, or by likeness of their words."""

    earlier: Outcome
    relation: str | None = None
    asserted_by: str | None = None
    likeness: float | None = None

    @property
    def by(self) -> str:
        return "link" if self.relation else "likeness"


@dataclass(frozen=True)
class Event:
    """One outcome at one meeting beside what was said before; a dropped one is the earlier one, said no more."""

    mark: str
    outcome: Outcome
    match: Match | None = None

    @cached_property
    def is_alike(self) -> bool:
        """Whether it has enough words in common with the earlier one to be marked within them."""
        if self.match is None:
            return False
        before, after = self.match.earlier.data["summary"], self.outcome.data["summary"]
        return alignment.likeness(before, after) >= alignment.LEAST_ALIKE

    @cached_property
    def words(self) -> diff.Words:
        """The summary with what differs from the earlier one; as it is where they are too unlike for that."""
        if self.match is None or not self.is_alike:
            return [("same", self.outcome.data["summary"])]
        return diff.words(self.match.earlier.data["summary"], self.outcome.data["summary"])


@dataclass(frozen=True)
class Step:
    """A meeting with what became of the topic at it; `gap` says why there is nothing."""

    meeting: Any
    events: list[Event] = field(default_factory=list)
    gap: str | None = None


@dataclass(frozen=True)
class Sitting:
    """A meeting, what it said on the topic, and whether anything at all is held of it."""

    meeting: Any
    outcomes: Sequence[Outcome]
    is_known: bool


def outcomes_of(editions: Iterable[Data], lexicon: Lexicon) -> list[Outcome]:
    return [Outcome(data, lexicon.said(data)) for data in editions]


class Ladder:
    """A series from its first to its last meeting; `sittings` come in order of time.

    `elsewhere` are (first day, outcome) of the dialogue’s other series, which links may lead to.
    """

    def __init__(
        self, sittings: Sequence[Sitting], elsewhere: Iterable[tuple[str | None, Outcome]] = ()
    ) -> None:
        self.sittings = sittings
        self.elsewhere = sorted(((day, one) for day, one in elsewhere if day), key=lambda one: one[0])

    def said_before(self, meeting: Data) -> dict[str, Outcome]:
        """What other series had said before this meeting, the first first; none before one without a date."""
        start = meeting["start"] or ""
        return {one.id: one for day, one in self.elsewhere if day < start}

    @cached_property
    def steps(self) -> list[Step]:
        steps: list[Step] = []
        earlier: dict[str, Outcome] = {}
        standing: list[Outcome] = []
        """What was said when the topic was last spoken of."""
        pending: list[Outcome] = []
        """Of these, what no meeting since could have repeated or dropped, since nothing is held of any."""
        for sitting in self.sittings:
            if not sitting.outcomes:
                dropped = pending if sitting.is_known else []
                pending = [] if sitting.is_known else pending
                gap = "nothing" if sitting.is_known else "no_text"
                steps.append(Step(sitting.meeting, [Event("dropped", one) for one in dropped], gap))
                continue
            if sitting.meeting["start"] is None:  # Nobody knows what was said before it and what after.
                steps.append(Step(sitting.meeting, [Event("undated", one) for one in sitting.outcomes]))
                continue
            matches = matched(sitting.outcomes, standing, {**self.said_before(sitting.meeting), **earlier})
            events = [
                Event(mark_of(one, matches.get(one.id)), one, matches.get(one.id)) for one in sitting.outcomes
            ]
            answered = {match.earlier.id for match in matches.values()}
            events += [Event("dropped", one) for one in pending if one.id not in answered]
            steps.append(Step(sitting.meeting, events))
            standing = pending = list(sitting.outcomes)
            earlier |= {one.id: one for one in sitting.outcomes}
        return steps

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many outcomes bear each mark, and how many meetings say nothing."""
        marks = Counter(event.mark for step in self.steps for event in step.events)
        gaps = Counter(step.gap for step in self.steps if step.gap)
        return {**{mark: marks[mark] for mark in MARKS}, **{gap: gaps[gap] for gap in GAPS}}


def mark_of(outcome: Outcome, match: Match | None) -> str:
    return change(match.earlier.said, outcome.said) if match else "new"


def matched(
    outcomes: Sequence[Outcome], standing: Sequence[Outcome], earlier: dict[str, Outcome]
) -> dict[str, Match]:
    """The earlier outcome of each, by id: what it links to, the latest first; else the most alike of the last ones."""
    found = {one.id: match for one in outcomes if (match := linked(one, earlier))}
    taken = {match.earlier.id for match in found.values()}
    left = [one for one in standing if one.id not in taken]
    right = [one for one in outcomes if one.id not in found]
    pairs = alignment.by_likeness(
        [one.data["summary"] for one in left], [one.data["summary"] for one in right]
    )
    for pair in pairs:
        if pair.left is not None and pair.right is not None:
            found[right[pair.right].id] = Match(left[pair.left], likeness=pair.likeness)
    return found


def linked(outcome: Outcome, earlier: dict[str, Outcome]) -> Match | None:
    """What the outcome is recorded to take up, of those said earlier; of several the latest, its own series first."""
    places = {pid: place for place, pid in enumerate(earlier)}
    links = [link for link in outcome.data["links"] if link["target"]["id"] in earlier]
    if not links:
        return None
    link = max(links, key=lambda one: places[one["target"]["id"]])
    return Match(earlier[link["target"]["id"]], link["relation"], link["asserted_by"])
