"""The state machine of A1: any acts in any order, then every address, edition and tombstone is asked for."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.database import DirectoryBasedExampleDatabase
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from archive.promises.ask import in_process
from registry.models import Edition
from tests.promises.checks import Ledger, editions_kept, swept, tombstones_kept
from tests.promises.world import World

KEPT = Path(__file__).parent / "kept"
"""Failing cases, which every later run tries first."""
picks = st.integers(0, 9999)


class Cases(DirectoryBasedExampleDatabase):
    """Those that a run finds come and go while it makes them smaller; those that stood there stay, mended or not."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.stood: dict[bytes, frozenset[bytes]] = {}

    def fetch(self, key: bytes) -> Iterator[bytes]:
        found = frozenset(super().fetch(key))
        self.stood.setdefault(key, found)
        return iter(found)

    def delete(self, key: bytes, value: bytes) -> None:
        if value not in self.stood.get(key, ()):
            super().delete(key, value)

    def move(self, src: bytes, dest: bytes, value: bytes) -> None:
        self.save(dest, value)
        if src != dest:
            self.delete(src, value)


class Life(RuleBasedStateMachine):
    """One archive from its first record to a sweep of its ledger; nothing of it stays in the database."""

    figures: Counter[str] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.asking = in_process()
        self.ask = self.asking.__enter__()
        self.ledger = Ledger()
        self.ledger.newest = newest_edition()
        self.world = World()
        self.ledger.note_editions(self.ask)

    @rule(kind=st.integers(0, 6), pick=picks)
    def publish(self, kind: int, pick: int) -> None:
        self.act("publish", kind, pick)

    @rule(pick=picks, how=picks)
    def correct(self, pick: int, how: int) -> None:
        self.act("correct", pick, how)

    @rule(pick=picks, how=picks)
    def correct_again(self, pick: int, how: int) -> None:
        self.act("correct", pick, how)

    @rule(pick=picks, how=picks)
    def rename(self, pick: int, how: int) -> None:
        self.act("rename", pick, how)

    @rule(pick=picks, how=picks)
    def merge(self, pick: int, how: int) -> None:
        self.act("merge", pick, how)

    @rule(pick=picks, how=picks)
    def withdraw(self, pick: int, how: int) -> None:
        self.act("withdraw", pick, how)

    @rule(pick=picks)
    def restore(self, pick: int) -> None:
        self.act("restore", pick)

    @rule(pick=picks, how=picks)
    def reimport(self, pick: int, how: int) -> None:
        self.act("reimport", pick, how)

    def act(self, name: str, *numbers: int) -> None:
        getattr(self.world, name)(*numbers)
        self.figures["operations"] += 1
        self.ledger.note_editions(self.ask)

    def teardown(self) -> None:
        try:
            mine = list(self.world.touched().values_list("pk", flat=True))
            sweep = swept(self.ask, mine, share=7)
            editions = editions_kept(self.ask, self.ledger)
            stones = tombstones_kept(self.ask, mine)
            for outcome in (sweep, editions, stones):
                assert outcome.failures == [], outcome.failures[:5]
            self.figures.update(
                addresses=sweep.asked, editions=editions.asked, tombstones=stones.asked, lives=1
            )
            self.figures.update({f"done {name}": count for name, count in self.world.done.items()})
            self.figures.update({f"refused {name}": count for name, count in self.world.refused.items()})
            if self.figures["lives"] % 10 == 0:
                said(f"{self.figures['operations']:,} operations")
        finally:
            self.asking.__exit__(None, None, None)
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)


def said(what: str) -> None:
    """How far a long run is, apart from what it finds."""
    print(f"{connection.vendor}: {what}", file=sys.stderr, flush=True)


def newest_edition() -> int:
    return Edition.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def run(operations: int, steps: int, number: int) -> Counter[str]:
    """At least so many operations, `steps` a life; raises what breaks a promise, shrunk to the fewest acts."""
    Life.figures = Counter()
    batch = 0
    while Life.figures["operations"] < operations:
        missing = operations - Life.figures["operations"]
        chosen: Any = settings(
            max_examples=max(missing // steps, 1),
            stateful_step_count=steps,
            deadline=None,
            database=Cases(KEPT),
            suppress_health_check=list(HealthCheck),
            phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
            print_blob=True,
        )
        run_state_machine_as_test(seed(number + batch)(Life), settings=chosen)
        batch += 1
    return Life.figures
