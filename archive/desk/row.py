"""One row that is being imported, and what the check finds of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from archive.exchange.fragments import Fragment
from archive.models import Decision, RowState
from registry.kit import diff


@dataclass(frozen=True)
class Problem:
    """What is wrong with a cell or a field, and how to write it."""

    column: str
    message: str


@dataclass
class Row:
    """A row as it was read, and what it would do; `fragment` is what would be loaded.

    `cells` are texts by place, of an exchange file the record itself; `corrections` are what the editor wrote
    instead, by column.
    """

    line: int
    cells: Any
    corrections: dict[str, str] = field(default_factory=dict)
    decision: str = ""
    number: int = 0
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    state: str = RowState.NEW
    title: str = ""
    twin: str = ""
    """Of a possible duplicate: the record or the line that it resembles."""
    twin_pid: str = ""
    pid: str = ""
    key: str = ""
    seen: str = ""
    """Its record as it was now: its state and a hash."""
    fragment: Fragment | None = None
    difference: list[diff.Change] = field(default_factory=list)

    @property
    def is_taken(self) -> bool:
        """Whether it brings a record that others of its import may name."""
        if self.state == RowState.NEW:
            return self.decision != Decision.SKIP
        return self.state == RowState.DUPLICATE and self.decision == Decision.TAKE

    @property
    def is_sound(self) -> bool:
        return self.state != RowState.ERROR

    def fail(self, column: str, message: Any) -> None:
        self.problems.append(Problem(column, str(message)))
        self.state = RowState.ERROR
