"""Small queries that are asked over and over: their SQL is written once, since Django takes longer to write it than a
database takes to answer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection, models

from registry.models.among import column


@dataclass(frozen=True)
class Blank:
    """Where a value comes in a query that is written before it is known; `exactly` what a field is compared with.

    A set of values comes as it is, with `among`.
    """

    number: int

    @property
    def exactly(self) -> Any:
        return models.Value(self)


class Prepared:
    """A query whose rows come as tuples, as the database has them.

    `write` is given a `Blank` for each value, and gives the query. No blank may be where Django writes a value into the
    SQL, as it does a limit.
    """

    def __init__(self, write: Callable[..., models.QuerySet[Any, Any]]) -> None:
        self.write = write
        self.written: dict[str, tuple[str, tuple[Any, ...]]] = {}

    def rows(self, *values: Any) -> list[tuple[Any, ...]]:
        """The rows for these values: texts, numbers, or sets of either."""
        vendor = connection.vendor
        if vendor not in self.written:
            self.written[vendor] = self.write(*map(Blank, range(len(values)))).query.sql_with_params()
        query, parameters = self.written[vendor]
        given = [column(one, vendor) if isinstance(one, set | frozenset) else one for one in values]
        with connection.cursor() as cursor:
            cursor.execute(
                query, [given[one.number] if isinstance(one, Blank) else one for one in parameters]
            )
            return cursor.fetchall()
