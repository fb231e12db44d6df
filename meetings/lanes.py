"""A rail on which every thread of a chain keeps to its lane: where threads part, join, begin and end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One step on the rail: its lane, the lanes with a thread above and below it, those tied to it from the side."""

    lane: int
    above: frozenset[int]
    below: frozenset[int]
    tied: frozenset[int]

    def crosses(self, lane: int) -> tuple[bool, bool]:
        """Whether a tie runs through the left and through the right half of a lane."""
        ends = self.tied | {self.lane}
        return min(ends) < lane <= max(ends), min(ends) <= lane < max(ends)


def lanes(steps: Sequence[tuple[str, Sequence[str]]]) -> Iterator[Row]:
    """The row of each step: (its name, the names of the earlier ones it takes up), in time order.

    A thread stays in its lane until the last step that takes it up; of several that end at a step, the step keeps the
    leftmost lane. A step that no thread ends at gets the first free one.
    """
    waiting = Counter(name for _step, names in steps for name in set(names))
    threads: list[str | None] = []
    for name, names in steps:
        above = running(threads)
        taken_up = {lane: one for lane, one in enumerate(threads) if one in set(names)}
        waiting.subtract(taken_up.values())
        ended = sorted(lane for lane, one in taken_up.items() if one and not waiting[one])
        for lane in ended:
            threads[lane] = None
        lane = (
            ended[0] if ended else next((at for at, one in enumerate(threads) if one is None), len(threads))
        )
        threads += [None] * (lane + 1 - len(threads))
        threads[lane] = name if waiting[name] else None
        yield Row(lane, above, running(threads), frozenset(taken_up) - {lane})


def running(threads: Sequence[str | None]) -> frozenset[int]:
    return frozenset(lane for lane, one in enumerate(threads) if one is not None)
