"""The wall: every dialogue a row, every year a column, every meeting a mark."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.pictures.marks import Mark, mark_of, marked


@dataclass(frozen=True)
class Brick:
    """A meeting on the wall."""

    meeting: Any
    mark: Mark


@dataclass(frozen=True)
class Row:
    """A dialogue on the wall: its meetings by year, and how many there are with each mark."""

    dialogue: Any
    cells: list[tuple[int, list[Brick]]]

    @property
    def bricks(self) -> list[Brick]:
        return [brick for _year, bricks in self.cells for brick in bricks]

    @property
    def marks(self) -> dict[str, int]:
        counted = Counter(brick.mark for brick in self.bricks)
        return {str(mark): counted[mark] for mark in Mark}

    @property
    def undated(self) -> int:
        """Its meetings whose year no source gives."""
        return self.dialogue.meeting_count - len(self.bricks)


class Wall:
    """Dialogues (with `meeting_count`) by years; `meetings` are dated, with their counts, the oldest first."""

    def __init__(self, dialogues: list[Any], meetings: list[Any]) -> None:
        years = [int(meeting.start[:4]) for meeting in meetings]
        self.years = list(range(min(years), max(years) + 1)) if years else []
        cells: dict[tuple[str, int], list[Brick]] = {}
        for meeting in meetings:
            place = (meeting.track.dialogue_id, int(meeting.start[:4]))
            cells.setdefault(place, []).append(Brick(meeting, mark_of(meeting)))
        self.rows = [
            Row(dialogue, [(year, cells.get((dialogue.pk, year), [])) for year in self.years])
            for dialogue in dialogues
        ]

    @cached_property
    def marks(self) -> dict[str, int]:
        """How many meetings have each mark."""
        return {str(mark): sum(row.marks[mark] for row in self.rows) for mark in Mark}

    @cached_property
    def undated(self) -> int:
        return sum(row.undated for row in self.rows)

    def results(self) -> list[dict[str, Any]]:
        """A row for each mark, in the order of the wall."""
        return [
            {
                "dialogue": row.dialogue.name,
                "dialogue_code": row.dialogue.code,
                "year": year,
                **marked(brick.meeting),
            }
            for row in self.rows
            for year, bricks in row.cells
            for brick in bricks
        ]

    def said(self) -> str:
        """The wall in words."""
        if not self.years:
            return _("No meeting is recorded yet.")
        count = sum(self.marks.values())
        words = ngettext("%(n)s meeting", "%(n)s meetings", count) % {"n": count}
        dialogues = ngettext("%(n)s dialogue", "%(n)s dialogues", len(self.rows)) % {"n": len(self.rows)}
        return _(
            "%(meetings)s of %(dialogues)s from %(first)s to %(last)s: %(full)s with outcomes recorded, "
            "%(half)s with an agenda only, %(hollow)s known with neither."
        ) % {
            "meetings": words,
            "dialogues": dialogues,
            "first": self.years[0],
            "last": self.years[-1],
            **self.marks,
        }
