"""SQLite: an FTS5 index without content, whose rows have the numbers of entries (https://sqlite.org/fts5.html).

The keys of an entry's marks stand in a table of their own, so narrow that thousands are read from few pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from archive.search.expression import Expression, fts5

TABLE = "archive_searchindex"
KEYS = "archive_searchkeys"


def install(cursor: Any) -> None:
    """The `ascii` tokenizer keeps all that is not ASCII; the underscore is a letter of marks."""
    cursor.execute(
        f"CREATE VIRTUAL TABLE {TABLE} USING fts5(stream, content='', tokenize=\"ascii tokenchars '_'\")"
    )
    install_keys(cursor)


def install_keys(cursor: Any) -> None:
    """Only a key declared `integer` is the row's own number (https://sqlite.org/lang_createtable.html#rowid)."""
    cursor.execute(
        f"CREATE TABLE IF NOT EXISTS {KEYS}"
        " (entry_id integer PRIMARY KEY, place_id bigint NOT NULL, subject_id bigint NOT NULL)"
    )


def uninstall(cursor: Any) -> None:
    for table in (TABLE, KEYS):
        cursor.execute(f"DROP TABLE IF EXISTS {table}")


def clear(cursor: Any) -> None:
    cursor.execute(f"INSERT INTO {TABLE}({TABLE}) VALUES ('delete-all')")
    cursor.execute(f"DELETE FROM {KEYS}")


def add(cursor: Any, rows: Iterable[tuple[int, str, int, int]]) -> None:
    """Rows are entries' numbers with their streams and the keys of their marks."""
    some = list(rows)
    cursor.executemany(
        f"INSERT INTO {TABLE}(rowid, stream) VALUES (%s, %s)",
        [(number, stream) for number, stream, *_keys in some],
    )
    cursor.executemany(
        f"INSERT INTO {KEYS} VALUES (%s, %s, %s)", [(number, *keys) for number, _stream, *keys in some]
    )


def count(cursor: Any, rows: Sequence[tuple[str, int, str]]) -> None:
    """Add to the numbers of entries; rows are lexemes in order, numbers and spellings."""
    cursor.executemany(
        "INSERT INTO archive_lexeme (lexeme, entries, spelling) VALUES (%s, %s, %s)"
        " ON CONFLICT (lexeme) DO UPDATE SET entries = archive_lexeme.entries + excluded.entries",
        rows,
    )


def remove(cursor: Any, rows: Iterable[tuple[int, str]]) -> None:
    """The streams must be those that were added."""
    some = list(rows)
    cursor.executemany(f"INSERT INTO {TABLE}({TABLE}, rowid, stream) VALUES ('delete', %s, %s)", some)
    cursor.executemany(f"DELETE FROM {KEYS} WHERE entry_id = %s", [(number,) for number, _stream in some])


def settle(cursor: Any) -> None:
    """After many rows: one segment is searched faster than many."""
    cursor.execute(f"INSERT INTO {TABLE}({TABLE}) VALUES ('optimize')")


def hits(cursor: Any, expression: Expression, limit: int, _expected: int) -> tuple[Sequence[int], ...]:
    """Columns of entries for which it holds, the newest first; the walk stops at the limit."""
    cursor.execute(
        f"SELECT entry_id, place_id, subject_id FROM {TABLE} CROSS JOIN {KEYS} ON entry_id = {TABLE}.rowid"
        f" WHERE {TABLE} MATCH %s ORDER BY {TABLE}.rowid DESC LIMIT %s",
        [fts5(expression), limit],
    )
    return tuple(zip(*cursor.fetchall(), strict=True))
