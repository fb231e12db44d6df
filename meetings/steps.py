"""What a chain of commitments is made of: steps, the links between them, the meetings they stand at, the silences."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from meetings.lanes import Row
from meetings.models import CommitmentLink, Meeting, Status
from meetings.placing import Place
from meetings.wording import Wording, WordsBy, wording, words_of
from registry.kit import edtf
from registry.models import Edition, Pid, State

Data = dict[str, Any]


def dated(title: str, start: str | None) -> str:
    """What a meeting is called with its year, where its title does not say it already."""
    year = (start or "")[:4]
    return title if year in title else f"{title}, {year}"


@dataclass(eq=False)
class Step:
    """A commitment of the chain in its current edition; `links` are what it takes up, `later` what takes it up."""

    edition: Edition
    today: date
    links: list[Link] = field(default_factory=list)
    later: list[Link] = field(default_factory=list)
    rung: Rung | None = None
    row: Row | None = None

    @property
    def data(self) -> Data:
        return self.edition.data

    @property
    def pid(self) -> Pid:
        return self.edition.pid

    @property
    def number(self) -> int:
        """Of its rung."""
        return self.rung.number if self.rung else 0

    @property
    def place(self) -> Data:
        """The meeting at which it was said, or the statement, in the words printed."""
        found: Data = self.data["meeting"] or self.data["statement"]
        return found

    @property
    def parents(self) -> list[str]:
        return [link.target.pid.value for link in self.links if link.target]

    @property
    def words(self) -> str:
        return words_of(self.data)[0]

    @property
    def words_by(self) -> WordsBy:
        return words_of(self.data)[1]

    @property
    def is_reported(self) -> bool:
        return any(link.data["relation"] in CommitmentLink.REPORTS for link in self.later)

    @property
    def is_overdue(self) -> bool:
        """Whether its deadline has passed and nothing later is recorded as implementing it or reporting on it."""
        deadline = self.data["deadline"]
        return bool(deadline and edtf.is_past(deadline, self.today) and not self.is_reported)


@dataclass(frozen=True, eq=False)
class Link:
    """That one commitment takes up another: `target` None where the chain does not hold it; `pid` is the other’s as
    it stands today."""

    step: Step
    data: Data
    target: Step | None
    pid: Pid | None

    @property
    def is_withdrawn(self) -> bool:
        return self.pid is not None and self.pid.state == State.WITHDRAWN

    @property
    def sources(self) -> list[Data]:
        """Where it was read that the one takes up the other."""
        cited = {source["key"]: source for source in self.step.data["cited_sources"]}
        return [cited[key] for key in self.data["sources"] if key in cited]

    @cached_property
    def wording(self) -> Wording | None:
        """What became of the words; None where the other’s are not held any more."""
        return wording(self.target.data, self.step.data) if self.target else None


@dataclass(eq=False)
class Rung:
    """A meeting at which something of the chain was said, or a statement of no meeting: `number` counts them."""

    said: Data
    place: Place
    meeting: Meeting | None
    pid: Pid | None
    steps: list[Step]
    number: int = 0
    lanes: frozenset[int] = frozenset()

    is_gap = False

    @property
    def date(self) -> str | None:
        found: str | None = self.said["start"] if "start" in self.said else self.said["date"]
        return found

    @property
    def says_its_date(self) -> bool:
        return bool(self.date) and edtf.display(self.date) in self.said["title"]

    @property
    def label(self) -> str:
        return dated(self.said["title"], self.date)

    @property
    def is_held(self) -> bool:
        return self.meeting is None or self.meeting.status == Status.HELD


@dataclass(frozen=True, eq=False)
class Silence:
    """A meeting held of which nothing of the chain is recorded; `is_since` where the last of the chain lies before."""

    meeting: Any
    place: Place
    is_since: bool

    @property
    def title(self) -> str:
        return str(self.meeting.title())

    @property
    def year(self) -> str:
        """Its year, where its title does not say it."""
        year = (self.meeting.start or "")[:4]
        return "" if year in self.title else year

    @property
    def has_text(self) -> bool:
        """Whether the archive holds words of the meeting: a text, or outcomes."""
        return bool(self.meeting.outcome_count or self.meeting.has_words)


@dataclass(eq=False)
class Gap:
    """Meetings one after the other at which nothing of the chain is recorded."""

    silences: list[Silence]
    lanes: frozenset[int] = frozenset()

    is_gap = True

    @property
    def is_since(self) -> bool:
        return self.silences[0].is_since
