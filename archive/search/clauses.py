"""What was read of a query: words, phrases and fields, and how they are joined."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from archive.search.expression import AnyOf, Expression, Phrase, Word


class How(StrEnum):
    """What a clause is by itself, or how its parts are joined."""

    WORD = "word"
    YEAR = "year"
    PHRASE = "phrase"
    BEGINNING = "beginning"
    FIELD = "field"
    NOT = "not"
    AND = "and"
    OR = "or"
    GROUP = "group"


@dataclass(frozen=True, eq=False)
class Clause:
    """A condition: what it asks, from where to where it was typed, and how it is typed without a fault."""

    text: str
    start: int
    end: int
    expression: Expression
    how: How = How.WORD
    parts: tuple[Clause, ...] = ()
    field: str = ""
    """The name of the field, as it was typed in small letters; of a phrase that of a field there is not."""

    @property
    def is_plain(self) -> bool:
        """Whether it is words as they stand in texts: no field, and nothing that must be absent."""
        return isinstance(self.expression, Word | Phrase | AnyOf) and not self.has_field

    @property
    def has_field(self) -> bool:
        return self.how == How.FIELD or any(part.has_field for part in self.parts)

    @property
    def alternatives(self) -> tuple[Clause, ...]:
        """What OR joins in it; itself where that is nothing."""
        return self.parts if self.how == How.OR else (self,)

    def has(self, other: Clause) -> bool:
        """Whether the other stands within this one."""
        return self.start <= other.start and other.end <= self.end

    def wanted(self) -> Iterator[Clause]:
        """The words, phrases, beginnings and fields that are looked for: none that must be absent."""
        if not self.parts:
            yield self
        elif self.how != How.NOT:
            for part in self.parts:
                yield from part.wanted()
