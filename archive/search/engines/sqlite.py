"""SQLite: an FTS5 index without content, whose rows have the numbers of entries (https://sqlite.org/fts5.html).

The slots of entries stand in a table of their own, so narrow that thousands are read from few pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from archive.search.engines.lexemes import ADDED
from archive.search.expression import Expression, fts5
from archive.search.rows import Row
from registry.models.among import column

TABLE = "archive_searchindex"
SLOTS = "archive_searchslots"
SLOTS_OF = f"SELECT entry_id, slot FROM {SLOTS} WHERE entry_id IN (SELECT value FROM json_each(%s))"


def install(cursor: Any) -> None:
    """The `ascii` tokenizer keeps all that is not ASCII; the underscore is a letter of marks."""
    cursor.execute(
        f"CREATE VIRTUAL TABLE {TABLE} USING fts5(stream, content='', tokenize=\"ascii tokenchars '_'\")"
    )
    # Only a key declared `integer` is the row's own number (https://sqlite.org/lang_createtable.html#rowid).
    cursor.execute(f"CREATE TABLE {SLOTS} (entry_id integer PRIMARY KEY, slot integer NOT NULL)")


def uninstall(cursor: Any) -> None:
    for table in (TABLE, SLOTS):
        cursor.execute(f"DROP TABLE IF EXISTS {table}")


def clear(cursor: Any) -> None:
    cursor.execute(f"INSERT INTO {TABLE}({TABLE}) VALUES ('delete-all')")
    cursor.execute(f"DELETE FROM {SLOTS}")


def fill(cursor: Any, batches: Iterable[Sequence[Row]]) -> None:
    """Give a cleared index all its rows."""
    for rows in batches:
        add(cursor, rows)


def add(cursor: Any, rows: Iterable[Row]) -> None:
    some = list(rows)
    cursor.executemany(
        f"INSERT INTO {TABLE}(rowid, stream) VALUES (%s, %s)", [(row.number, row.stream) for row in some]
    )
    cursor.executemany(f"INSERT INTO {SLOTS} VALUES (%s, %s)", [(row.number, row.slot) for row in some])


def count(cursor: Any, rows: Sequence[tuple[str, int, str]]) -> None:
    """Add to the numbers of entries; rows are lexemes in order, numbers and spellings."""
    cursor.executemany(
        f"INSERT INTO archive_lexeme (lexeme, entries, spelling) VALUES (%s, %s, %s){ADDED}",
        rows,
    )


def remove(cursor: Any, rows: Iterable[tuple[int, str]]) -> list[int]:
    """The slots of these entries; their streams must be those that were added."""
    some = list(rows)
    cursor.executemany(f"INSERT INTO {TABLE}({TABLE}, rowid, stream) VALUES ('delete', %s, %s)", some)
    numbers = column((number for number, _stream in some), "sqlite")
    cursor.execute(
        f"DELETE FROM {SLOTS} WHERE entry_id IN (SELECT value FROM json_each(%s)) RETURNING slot", [numbers]
    )
    return [slot for (slot,) in cursor.fetchall()]


def settle(cursor: Any) -> None:
    """After many rows: one segment is searched faster than many."""
    cursor.execute(f"INSERT INTO {TABLE}({TABLE}) VALUES ('optimize')")


def hits(cursor: Any, expression: Expression, limit: int, _expected: int) -> tuple[Sequence[int], ...]:
    """Columns of entries for which it holds, the newest first; the walk stops at the limit."""
    cursor.execute(
        f"SELECT entry_id, slot FROM {TABLE} CROSS JOIN {SLOTS} ON entry_id = {TABLE}.rowid"
        f" WHERE {TABLE} MATCH %s ORDER BY {TABLE}.rowid DESC LIMIT %s",
        [fts5(expression), limit],
    )
    return tuple(zip(*cursor.fetchall(), strict=True))
