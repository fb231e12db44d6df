"""The ledger replayed: every address ever published is asked for, and each answer judged."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from archive.promises.ask import Ask

ARRIVED = frozenset({200, 410})
REDIRECTS = frozenset({301, 303})
Progress = Callable[[int, int], None]


@dataclass
class Outcome:
    """How many addresses were asked for, and which did not keep the promise, each with what it did instead."""

    asked: int = 0
    failures: list[str] = field(default_factory=list)

    @property
    def kept(self) -> int:
        return self.asked - len(self.failures)


class Judge:
    """Says whether an address answers 200 or 410, at once or after one 301 or 303."""

    def __init__(self, ask: Ask) -> None:
        self.ask = ask
        self.arrived: set[str] = set()
        """Addresses of the record at hand that are known to answer: most redirects lead to one of them."""

    def fault(self, address: str) -> str | None:
        """What is wrong in words, or None."""
        answer = self.ask(address)
        if answer.status in ARRIVED:
            self.arrived.add(address)
            return None
        if answer.status not in REDIRECTS:
            return f"{address}: {answer.status}"
        target = answer.location
        if not target:
            return f"{address}: {answer.status} without an address"
        if target in self.arrived:
            return None
        status = self.ask(target).status if target.startswith("/") else 0
        if status in ARRIVED:
            self.arrived.add(target)
            return None
        return f"{address}: {answer.status} to {target}, which answers {status or 'elsewhere'}"


def replay(ask: Ask, groups: Iterable[tuple[object, list[str]]], progress: Progress | None = None) -> Outcome:
    """Ask for each address of each record; `progress` is told how many records and addresses are done."""
    outcome, judge = Outcome(), Judge(ask)
    for done, (_record, addresses) in enumerate(groups, 1):
        judge.arrived.clear()
        for address in addresses:
            outcome.asked += 1
            fault = judge.fault(address)
            if fault:
                outcome.failures.append(fault)
        if progress:
            progress(done, outcome.asked)
    return outcome


def sample(
    groups: Iterable[tuple[object, list[str]]], size: int, seed: int
) -> list[tuple[object, list[str]]]:
    """So many addresses, any as likely as any other, the same for the same seed (Vitter’s algorithm R)."""
    source, seen = random.Random(seed), 0
    kept: list[str] = []
    for _record, addresses in groups:
        for address in addresses:
            seen += 1
            if len(kept) < size:
                kept.append(address)
            elif (place := source.randrange(seen)) < size:
                kept[place] = address
    return [(address, [address]) for address in sorted(kept)]
