"""The engine of the database in use: what is engine-specific stands here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import ceil, prod, sqrt
from types import ModuleType

from django.db import connection

from archive.search.beginnings import as_mark
from archive.search.engines import postgresql, sqlite
from archive.search.expression import ANYTHING, AllOf, AnyOf, Expression, Not, Phrase, Word, rewritten
from archive.search.neighbours import as_pairs
from archive.search.rows import Hits
from registry.models.among import column


def engine_of(vendor: str) -> ModuleType:
    return {"sqlite": sqlite, "postgresql": postgresql}[vendor]


def as_kept(expression: Expression, counts: Mapping[str, int]) -> Expression:
    """The same asked for by pairs and beginnings, where these are kept as lexemes."""
    return rewritten(expression, lambda node: as_pairs(node, counts) or as_mark(node, counts))


def hits(expression: Expression, limit: int, counts: Mapping[str, int], number: int | None = None) -> Hits:
    """The newest entries for which it holds, the newest first; one query.

    `counts` says in how many entries its lexemes are, `number` how many entries there are to find, where that is known.
    """
    expression = as_kept(expression, counts)
    number = expected(expression, counts) if number is None else number
    with connection.cursor() as cursor:
        return Hits(*engine_of(connection.vendor).hits(cursor, expression, limit, number))


def newest(
    expression: Expression, limit: int, counts: Mapping[str, int], number: int | None = None
) -> list[int]:
    """The numbers of these."""
    return list(hits(expression, limit, counts, number).ids)


def slots_of(entries: Iterable[int]) -> dict[int, int]:
    """The slot of each of these entries; one query."""
    vendor = connection.vendor
    with connection.cursor() as cursor:
        cursor.execute(engine_of(vendor).SLOTS_OF, [column(entries, vendor)])
        return dict(cursor.fetchall())


def expected(node: Expression, counts: Mapping[str, int]) -> int:
    """About how many entries it may hold for; 0 only where it holds for none."""
    match node:
        case Word(lexeme):
            return counts.get(lexeme, 0)
        case Phrase(lexemes):
            return min(counts.get(lexeme, 0) for lexeme in lexemes)
        case AllOf(parts):
            return together([expected(part, counts) for part in parts], counts.get(ANYTHING, 0))
        case AnyOf(parts):
            return sum(expected(part, counts) for part in parts)
        case Not():
            return counts.get(ANYTHING, 0)


def together(several: list[int], total: int) -> int:
    """Of conditions that so many entries meet each: what chance has it and what the rarest has at most, in the middle.

    Words that are often said together make chance too low.
    """
    rarest, *others = sorted(several) or [total]
    return ceil(rarest * prod(sqrt(min(1, one / total)) for one in others)) if rarest and total else rarest
