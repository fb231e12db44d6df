"""The engine of the database in use: what is engine-specific stands here and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import ModuleType

from django.db import connection

from archive.models import Lexeme
from archive.search.engines import postgresql, sqlite
from archive.search.expression import ANYTHING, AllOf, AnyOf, Expression, Not, Phrase, Word


def engine_of(vendor: str) -> ModuleType:
    return {"sqlite": sqlite, "postgresql": postgresql}[vendor]


def newest(expression: Expression, limit: int, counts: Mapping[str, int]) -> list[int]:
    """Numbers of the newest entries for which it holds, the newest first.

    `counts` says in how many entries its lexemes are; one query, or two where many hits are expected.
    """
    engine = engine_of(connection.vendor)
    few = expected(expression, counts)
    months = Lexeme.objects.months() if engine is postgresql and few > postgresql.DIRECT else []
    with connection.cursor() as cursor:
        found: list[int] = engine.newest(cursor, expression, limit, few, months)
    return found


def facet_sets(ids: Sequence[int]) -> list[tuple[int, int]]:
    """How many of these entries have which set of facets; one query."""
    if not ids:
        return []
    with connection.cursor() as cursor:
        found: list[tuple[int, int]] = engine_of(connection.vendor).facet_sets(cursor, ids)
    return found


def expected(node: Expression, counts: Mapping[str, int]) -> int:
    """How many entries it may hold for at most."""
    match node:
        case Word(lexeme):
            return counts.get(lexeme, 0)
        case Phrase(lexemes):
            return min(counts.get(lexeme, 0) for lexeme in lexemes)
        case AllOf(parts):
            return min((expected(part, counts) for part in parts), default=counts.get(ANYTHING, 0))
        case AnyOf(parts):
            return sum(expected(part, counts) for part in parts)
        case Not():
            return counts.get(ANYTHING, 0)
