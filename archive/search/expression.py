"""What is searched, as every engine understands it: lexemes and how they must stand together.

`fts5` and `tsquery` write an expression for SQLite (https://sqlite.org/fts5.html, section 3) and PostgreSQL
(section 8.11.2 of its manual); `holds` is the same in Python.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

ANYTHING = "_"
"""The lexeme that stands in every entry, and between its pieces, which no phrase spans."""


@dataclass(frozen=True)
class Word:
    lexeme: str

    @property
    def lexemes(self) -> tuple[str, ...]:
        return (self.lexeme,)


@dataclass(frozen=True)
class Phrase:
    """Lexemes one after another."""

    lexemes: tuple[str, ...]


@dataclass(frozen=True)
class AllOf:
    parts: tuple[Expression, ...]


@dataclass(frozen=True)
class AnyOf:
    """One of the parts at least; of none, nothing."""

    parts: tuple[Expression, ...]
    beginning: str = ""
    """What its words begin with, where it stands for every word that begins so."""


@dataclass(frozen=True)
class Not:
    part: Expression


Expression = Word | Phrase | AllOf | AnyOf | Not
EVERYTHING = Word(ANYTHING)
NOTHING = Word("_nothing")
MANY = 8
"""Alternatives from which on they are sought once rather than at each step of a walk."""


def all_of(*parts: Expression) -> Expression:
    kept = tuple(dict.fromkeys(part for part in parts if part != EVERYTHING))
    return kept[0] if len(kept) == 1 else AllOf(kept) if kept else EVERYTHING


def any_of(*parts: Expression) -> Expression:
    kept = tuple(dict.fromkeys(parts))
    return kept[0] if len(kept) == 1 else AnyOf(kept) if kept else NOTHING


def in_order(lexemes: list[str]) -> Expression:
    """A phrase; a word where there is one, everything where there is none."""
    if len(lexemes) < 2:
        return Word(lexemes[0]) if lexemes else EVERYTHING
    return Phrase(tuple(lexemes))


def fts5(node: Expression) -> str:
    """Lexemes are letters, digits and underscores, so that quotes need no escape."""
    match node:
        case Word(lexeme):
            return f'"{lexeme}"'
        case Phrase(lexemes):
            return f'"{" ".join(lexemes)}"'
        case AnyOf(parts):
            return f"({' OR '.join(map(fts5, parts))})"
        case AllOf(parts):
            wanted = [fts5(part) for part in parts if not isinstance(part, Not)] or [f'"{ANYTHING}"']
            unwanted = [fts5(part.part) for part in parts if isinstance(part, Not)]
            found = f"({' AND '.join(wanted)})"
            return f"({found} NOT ({' OR '.join(unwanted)}))" if unwanted else found
        case Not(part):
            return f'("{ANYTHING}" NOT {fts5(part)})'


def tsquery(node: Expression) -> str:
    match node:
        case Word(lexeme):
            return f"'{lexeme}'"
        case Phrase(lexemes):
            return f"({' <-> '.join(map(repr, lexemes))})"
        case AnyOf(parts):
            return f"({' | '.join(map(tsquery, parts))})"
        case AllOf(parts):
            wanted = list(map(tsquery, parts))
            if all(isinstance(part, Not) for part in parts):
                wanted.insert(0, f"'{ANYTHING}'")
            return f"({' & '.join(wanted)})"
        case Not(part):
            return f"('{ANYTHING}' & !{tsquery(part)})"


def holds(node: Expression, text: str) -> bool:
    """Whether the expression holds for lexemes written with a space before and after each."""
    match node:
        case Word(lexeme):
            return f" {lexeme} " in text
        case Phrase(lexemes):
            return f" {' '.join(lexemes)} " in text
        case Not(part):
            return not holds(part, text)
        case AnyOf(parts):
            return any(holds(part, text) for part in parts)
        case AllOf(parts):
            return all(holds(part, text) for part in parts)


def widest(node: Expression) -> int:
    """The most alternatives that stand in one place."""
    match node:
        case AnyOf(parts):
            return max([len(parts), *map(widest, parts)])
        case AllOf(parts):
            return max(map(widest, parts), default=1)
        case Not(part):
            return widest(part)
    return 1


def wanted(node: Expression) -> Iterator[Word | Phrase]:
    """The words and phrases that an entry is found by, those that must be absent left out."""
    match node:
        case Word() | Phrase():
            yield node
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from wanted(part)
        case Not():
            return


def named_in(node: Expression) -> Iterator[Word | Phrase]:
    """The words and phrases of an expression, those that must be absent too."""
    return (one for one in every_node(node) if isinstance(one, Word | Phrase))


def every_node(node: Expression) -> Iterator[Expression]:
    """The expression and all within it."""
    yield node
    match node:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from every_node(part)
        case Not(part):
            yield from every_node(part)


def rewritten(node: Expression, other: Callable[[Expression], Expression | None]) -> Expression:
    """The expression with each part in it for which there is another replaced by that."""
    if (found := other(node)) is not None:
        return found
    match node:
        case AllOf(parts) | AnyOf(parts):
            return replace(node, parts=tuple(rewritten(part, other) for part in parts))
        case Not(part):
            return Not(rewritten(part, other))
    return node


def lexemes_in(node: Expression) -> set[str]:
    """Every lexeme and mark of an expression."""
    return {lexeme for one in named_in(node) for lexeme in one.lexemes}
