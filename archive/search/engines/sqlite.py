"""SQLite: an FTS5 index without content, whose rows have the numbers of entries (https://sqlite.org/fts5.html)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from archive.search.expression import Expression, fts5

TABLE = "archive_searchindex"


def install(cursor: Any) -> None:
    """The `ascii` tokenizer keeps all that is not ASCII; the underscore is a letter of marks."""
    cursor.execute(
        f"CREATE VIRTUAL TABLE {TABLE} USING fts5(stream, content='', tokenize=\"ascii tokenchars '_'\")"
    )


def uninstall(cursor: Any) -> None:
    cursor.execute(f"DROP TABLE {TABLE}")


def clear(cursor: Any) -> None:
    cursor.execute(f"INSERT INTO {TABLE}({TABLE}) VALUES ('delete-all')")


def add(cursor: Any, rows: Iterable[tuple[int, str]]) -> None:
    """Rows are entries' numbers with their streams."""
    cursor.executemany(f"INSERT INTO {TABLE}(rowid, stream) VALUES (%s, %s)", list(rows))


def remove(cursor: Any, rows: Iterable[tuple[int, str]]) -> None:
    """The streams must be those that were added."""
    cursor.executemany(f"INSERT INTO {TABLE}({TABLE}, rowid, stream) VALUES ('delete', %s, %s)", list(rows))


def settle(cursor: Any) -> None:
    """After many rows: one segment is searched faster than many."""
    cursor.execute(f"INSERT INTO {TABLE}({TABLE}) VALUES ('optimize')")


def newest(
    cursor: Any, expression: Expression, limit: int, _expected: int, _months: Sequence[str]
) -> list[int]:
    """Numbers of the newest entries for which it holds, the newest first; the walk stops at the limit."""
    cursor.execute(
        f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s ORDER BY rowid DESC LIMIT %s",
        [fts5(expression), limit],
    )
    return [row[0] for row in cursor.fetchall()]


def facet_sets(cursor: Any, ids: Sequence[int]) -> list[tuple[int, int]]:
    """How many of these entries have which set of marks; each entry has two."""
    counted = "SELECT {0}, count(*) FROM archive_searchentry WHERE id IN (SELECT value FROM json_each(%s)) GROUP BY {0}"
    both = f"{counted.format('place_id')} UNION ALL {counted.format('subject_id')}"
    cursor.execute(both, [json.dumps(ids)] * 2)
    return list(cursor.fetchall())
