"""How a commitment was taken up, meeting by meeting, and where it was not spoken of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property

from django.db import connection

from meetings.lanes import lanes
from meetings.models import Meeting, Status
from meetings.placing import Place, place_of, places
from meetings.steps import Gap, Link, Rung, Silence, Step
from registry.models import Edition, Pid

MOST = 500
"""How many commitments of one chain are shown."""
WIDEST = 6
"""How many threads beside each other the rail has lanes for."""

REACHED = """
WITH RECURSIVE reached(pid) AS (
    SELECT CAST(%s AS varchar(8))
    UNION
    SELECT other.value
    FROM reached
    JOIN meetings_commitmentlink AS link ON link.commitment_id = reached.pid OR link.target_id = reached.pid
    JOIN registry_pid AS other
      ON other.value = CASE WHEN link.commitment_id = reached.pid THEN link.target_id ELSE link.commitment_id END
    WHERE other.published_at IS NOT NULL AND (other.state = 'public' OR %s)
)
SELECT pid FROM reached LIMIT %s
"""


def connected(pid: str, *, ever: bool = False) -> list[str]:
    """Pids joined with this one by links between public commitments, itself first, one more than `MOST` at most; with
    `ever` also those that were public and were taken away since. One query."""
    with connection.cursor() as cursor:
        cursor.execute(REACHED, [pid, ever, MOST + 1])
        return [row[0] for row in cursor.fetchall()]


class CommitmentChain:
    """Every public commitment joined with this one by links, by the meetings it was said at, in time order.

    Words and links come from current editions. `rungs` are the meetings at which something of the chain was said,
    `silences` those of the same series (in which something of it was ever said) that were held since the first of
    them and of which nothing of the chain is recorded; `ladder` is both in time order. `today` tells which deadlines
    have passed. Four queries.
    """

    def __init__(self, pid: str, today: date) -> None:
        found = connected(pid)
        self.is_whole = len(found) <= MOST
        editions = Edition.objects.current_by_pid(found[:MOST])
        self.steps = {value: Step(editions[value], today) for value in within(pid, editions)}
        named = {step.data["meeting"]["id"] for step in self.steps.values() if step.data["meeting"]}
        meetings = {one.pk: one for one in Meeting.objects.public().of_series_of(named).with_holdings()}
        self.pids = Pid.objects.directory(set(self._named()))
        self._tie()
        standing = places(meetings.values())
        self.rungs = self._rungs(meetings, standing)
        self.silences = self._silences(meetings, standing)
        self._draw()

    def __len__(self) -> int:
        return len(self.steps)

    def _named(self) -> Iterator[str]:
        """Records that the ladder links to."""
        for step in self.steps.values():
            yield step.place["id"]
            yield from (link["target"]["id"] for link in step.data["links"])

    def _tie(self) -> None:
        for step in self.steps.values():
            for data in step.data["links"]:
                target = self.steps.get(data["target"]["id"])
                step.links.append(Link(step, data, target, self.pids.get(data["target"]["id"])))
        for step in self.steps.values():
            for link in step.links:
                if link.target:
                    link.target.later.append(link)

    def _rungs(self, meetings: dict[str, Meeting], standing: dict[str, Place]) -> list[Rung]:
        said_at: dict[str, list[Step]] = defaultdict(list)
        for step in self.steps.values():
            said_at[step.place["id"]].append(step)
        found = []
        for key, steps in said_at.items():
            said = steps[0].place
            place = standing.get(key) or place_of(said.get("start", said.get("date")), 0, 0, key)
            found.append(Rung(said, place, meetings.get(key), self.pids.get(key), in_order(steps)))
        found.sort(key=lambda rung: rung.place.rank)
        for number, rung in enumerate(found, 1):
            rung.number = number
            for step in rung.steps:
                step.rung = rung
        for step in self.steps.values():
            step.later.sort(key=lambda link: (link.step.number, link.step.pid.value))
        return found

    def _silences(self, meetings: dict[str, Meeting], standing: dict[str, Place]) -> list[Silence]:
        dated = [rung.place for rung in self.rungs if rung.place.earliest]
        said_at = {rung.said["id"] for rung in self.rungs}
        if not dated or len(self.steps) == 1:  # What nothing takes up is no chain that falls silent.
            return []
        first, last = dated[0], dated[-1]
        found = []
        for key, meeting in meetings.items():
            place = standing[key]
            if key in said_at or meeting.status != Status.HELD:
                continue
            if place.is_between(first, last) or place.is_after(last):
                found.append(Silence(meeting, place, is_since=place.is_after(last)))
        return sorted(found, key=lambda silence: silence.place.rank)

    @cached_property
    def gaps(self) -> list[Silence]:
        """Meetings between the first and the last rung."""
        return [silence for silence in self.silences if not silence.is_since]

    @property
    def silent(self) -> int:
        """How many of the gaps it is not mentioned at, though words of the meeting are held."""
        return sum(1 for silence in self.gaps if silence.has_text)

    @property
    def untold(self) -> int:
        """Of how many of the gaps no words are held."""
        return len(self.gaps) - self.silent

    @cached_property
    def since(self) -> list[Silence]:
        """Meetings after the last rung."""
        return [silence for silence in self.silences if silence.is_since]

    @cached_property
    def ladder(self) -> list[Rung | Gap]:
        """Rungs, and between them the meetings at which nothing was said, those after each other together."""
        found: list[Rung | Gap] = []
        every: list[Rung | Silence] = [*self.rungs, *self.silences]
        for one in sorted(every, key=lambda one: one.place.rank):
            if isinstance(one, Rung):
                found.append(one)
            elif found and isinstance(found[-1], Gap):
                found[-1].silences.append(one)
            else:
                found.append(Gap([one]))
        return found

    @cached_property
    def last_said(self) -> Rung | None:
        """The last rung whose date is known and whose meeting was held."""
        return next((rung for rung in reversed(self.rungs) if rung.is_held and rung.place.earliest), None)

    def _draw(self) -> None:
        """Give every step its row on the rail, every rung and gap the lanes that run through it."""
        steps = [step for rung in self.rungs for step in rung.steps]
        rows = list(lanes([(step.pid.value, step.parents) for step in steps]))
        self.width = max((lane for row in rows for lane in (row.lane, *row.above, *row.below)), default=0) + 1
        for step, row in zip(steps, rows, strict=True):
            step.row = row
        running: frozenset[int] = frozenset()
        for one in self.ladder:
            one.lanes = running
            if isinstance(one, Rung) and one.steps[-1].row:
                running = one.steps[-1].row.below

    @property
    def has_lanes(self) -> bool:
        """Whether the threads are few enough to be drawn beside each other."""
        return self.width <= WIDEST


def within(pid: str, editions: dict[str, Edition]) -> list[str]:
    """Those joined with this one by links that current editions state, itself among them where it has an edition."""
    beside: dict[str, set[str]] = defaultdict(set)
    for value, edition in editions.items():
        for link in edition.data["links"]:
            if link["target"]["id"] in editions:
                beside[value].add(link["target"]["id"])
                beside[link["target"]["id"]].add(value)
    reached, waiting = [], [pid] if pid in editions else []
    seen = set(waiting)
    while waiting:
        value = waiting.pop()
        reached.append(value)
        waiting += beside[value] - seen
        seen |= beside[value]
    return sorted(reached)


def in_order(steps: Iterable[Step]) -> list[Step]:
    """Commitments of one meeting in its order, but what takes up another of them after it."""
    natures = ("commitment", "remark", "background")
    waiting = sorted(steps, key=lambda step: (natures.index(step.data["nature"]), step.data["number"]))
    found: list[Step] = []
    while waiting:
        left = {step.pid.value for step in waiting}
        free = next((step for step in waiting if not left & set(step.parents)), waiting[0])
        waiting.remove(free)
        found.append(free)
    return found
