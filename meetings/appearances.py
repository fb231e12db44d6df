"""One minister at meetings: where they came, were named as not attending, or another stood in for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any

from dialogues.offices import Terms
from meetings.matrix import Appearance, Cell, appearances_of
from meetings.models import Delegation

COUNTS = ("came", "chaired", "expected", "absent", "replaced")


class MinisterAttendance:
    """Every row that concerns a minister, oldest meeting first.

    `delegations` hold them, or somebody in the place of an office of their country; `terms` say whether it was theirs.
    """

    def __init__(self, minister: str, delegations: Iterable[Delegation], terms: Terms) -> None:
        self.minister = minister
        rows = [
            row
            for delegation in delegations
            for row in appearances_of(cell_of(delegation), terms)
            if self.is_own(row) or self.is_replaced(row)
        ]
        self.rows = sorted(rows, key=in_time)

    def is_own(self, row: Appearance) -> bool:
        return row.delegate is not None and row.delegate.minister_id == self.minister

    def is_replaced(self, row: Appearance) -> bool:
        """Whether another came in the place of an office that the minister held, or may have held, on the day."""
        return any(one.tenure.minister_id == self.minister for one in row.replaced)

    def how(self, row: Appearance) -> str:
        """One of COUNTS but `chaired`."""
        if not self.is_own(row):
            return "replaced"
        if row.delegate is None or row.delegate.is_absent or row.cell.presence == "absent":
            return "absent"
        return "came" if row.cell.has_come else "expected"

    def narrow(
        self,
        ranks: Collection[str] = (),
        dialogues: Collection[str] = (),
        since: int | None = None,
        until: int | None = None,
    ) -> None:
        """Keep rows of these ranks, dialogues (by code) and years, where given."""

        def is_kept(row: Appearance) -> bool:
            meeting, person = row.cell.meeting, row.delegate
            year = int(meeting.start[:4]) if meeting.start else None
            return (
                (not ranks or (row.cell.has_come and person is not None and person.rank in ranks))
                and (not dialogues or meeting.track.dialogue.code in dialogues)
                and (not since or (year is not None and year >= since))
                and (not until or (year is not None and year <= until))
            )

        self.rows = [row for row in self.rows if is_kept(row)]

    def totals(self, rows: Iterable[Appearance] | None = None) -> dict[str, int]:
        """How often each of COUNTS, among these rows or all."""
        found: Counter[str] = Counter()
        for row in self.rows if rows is None else rows:
            how = self.how(row)
            found[how] += 1
            found["chaired"] += how == "came" and row.delegate is not None and row.delegate.is_chair
        return {name: found[name] for name in COUNTS}

    def by_dialogue(self) -> list[tuple[Any, dict[str, int]]]:
        """Each dialogue, in the order of its first row, with its totals."""
        grouped: dict[str, list[Appearance]] = {}
        for row in self.rows:
            grouped.setdefault(row.cell.meeting.track.dialogue_id, []).append(row)
        return [(rows[0].cell.meeting.track.dialogue, self.totals(rows)) for rows in grouped.values()]


def cell_of(delegation: Delegation) -> Cell:
    delegates = tuple(delegation.delegates.all())
    return Cell(delegation.country, delegation.meeting, delegation.presence, delegation, delegates)


def in_time(row: Appearance) -> tuple[str, str, int]:
    return (row.cell.meeting.start or "9999", row.cell.meeting.pk, row.delegate.number if row.delegate else 0)
