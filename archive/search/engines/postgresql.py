"""PostgreSQL: a table of text search vectors under a GIN index, and a walk over months, the newest first.

Vectors are written as the analyser cut them; PostgreSQL's own parsers and dictionaries are not asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from archive.search.expression import Expression, tsquery

TABLE = "archive_searchvector"
DIRECT = 20_000
"""As many hits are found and sorted sooner than walked to."""


def install(cursor: Any) -> None:
    """Lexemes are ordered by their bytes, as SQLite orders them, whatever the database's language is."""
    for column, length in (("lexeme", 80), ("spelling", 60)):
        cursor.execute(f'ALTER TABLE archive_lexeme ALTER COLUMN {column} TYPE varchar({length}) COLLATE "C"')
    cursor.execute(f"CREATE TABLE {TABLE} (entry_id bigint PRIMARY KEY, vector tsvector NOT NULL)")
    cursor.execute(f"CREATE INDEX {TABLE}_vector ON {TABLE} USING gin (vector) WITH (fastupdate = off)")


def uninstall(cursor: Any) -> None:
    cursor.execute(f"DROP TABLE {TABLE}")


def clear(cursor: Any) -> None:
    """Rows are deleted, not the table emptied, so that readers meanwhile find what they found before."""
    cursor.execute(f"DELETE FROM {TABLE}")


def add(cursor: Any, rows: Iterable[tuple[int, str]]) -> None:
    """Rows are entries' numbers with their streams."""
    cursor.executemany(
        f"INSERT INTO {TABLE} (entry_id, vector) VALUES (%s, %s::tsvector)",
        [(number, vector(stream)) for number, stream in rows],
    )


def vector(stream: str) -> str:
    """A stream as a tsvector with places; lexemes need no quotes or escapes but the marks around them."""
    places: dict[str, list[str]] = defaultdict(list)
    for place, lexeme in enumerate(stream.split(), 1):
        places[lexeme].append(str(place))
    return " ".join(f"'{lexeme}':{','.join(some[:255])}" for lexeme, some in places.items())


def remove(cursor: Any, rows: Iterable[tuple[int, str]]) -> None:
    cursor.execute(f"DELETE FROM {TABLE} WHERE entry_id = ANY(%s)", [[number for number, _stream in rows]])


def settle(cursor: Any) -> None:
    cursor.execute(f"ANALYZE {TABLE}")


def newest(
    cursor: Any, expression: Expression, limit: int, expected: int, months: Sequence[str]
) -> list[int]:
    """Numbers of the newest entries for which it holds, the newest first.

    Where many are expected, months are walked from the newest until the limit is reached.
    """
    asked = tsquery(expression)
    if expected <= DIRECT:
        cursor.execute(
            f"SELECT entry_id FROM {TABLE} WHERE vector @@ %s::tsquery ORDER BY entry_id DESC LIMIT %s",
            [asked, limit],
        )
    else:
        cursor.execute(
            f"SELECT found.entry_id FROM unnest(%s::text[]) AS month(mark) CROSS JOIN LATERAL ("
            f"SELECT entry_id FROM {TABLE} WHERE vector @@ (month.mark || ' & ' || %s)::tsquery"
            f" ORDER BY entry_id DESC LIMIT %s) AS found LIMIT %s",
            [list(months), asked, limit, limit],
        )
    return [row[0] for row in cursor.fetchall()]


def facet_sets(cursor: Any, ids: Sequence[int]) -> list[tuple[int, int]]:
    """How many of these entries have which set of marks; each entry has two."""
    counted = "SELECT {0}, count(*) FROM archive_searchentry WHERE id = ANY(%s) GROUP BY {0}"
    both = f"{counted.format('place_id')} UNION ALL {counted.format('subject_id')}"
    cursor.execute(both, [list(ids)] * 2)
    return list(cursor.fetchall())
