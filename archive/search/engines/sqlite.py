"""SQLite: an FTS5 index without content, whose rows have the numbers of entries (https://sqlite.org/fts5.html)."""

from __future__ import annotations

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


def add(cursor: Any, rows: Iterable[tuple[int, str, int, int]]) -> None:
    """Rows are entries' numbers with their streams; the keys of their marks are read from the entries."""
    cursor.executemany(f"INSERT INTO {TABLE}(rowid, stream) VALUES (%s, %s)", [row[:2] for row in rows])


def count(cursor: Any, rows: Sequence[tuple[str, int, str]]) -> None:
    """Add to the numbers of entries; rows are lexemes in order, numbers and spellings."""
    cursor.executemany(
        "INSERT INTO archive_lexeme (lexeme, entries, spelling) VALUES (%s, %s, %s)"
        " ON CONFLICT (lexeme) DO UPDATE SET entries = archive_lexeme.entries + excluded.entries",
        rows,
    )


def remove(cursor: Any, rows: Iterable[tuple[int, str]]) -> None:
    """The streams must be those that were added."""
    cursor.executemany(f"INSERT INTO {TABLE}({TABLE}, rowid, stream) VALUES ('delete', %s, %s)", list(rows))


def settle(cursor: Any) -> None:
    """After many rows: one segment is searched faster than many."""
    cursor.execute(f"INSERT INTO {TABLE}({TABLE}) VALUES ('optimize')")


def hits(cursor: Any, expression: Expression, limit: int, _expected: int) -> tuple[Sequence[int], ...]:
    """Columns of entries for which it holds, the newest first; the walk stops at the limit."""
    cursor.execute(
        f"SELECT {TABLE}.rowid, place_id, subject_id FROM {TABLE} CROSS JOIN archive_searchentry ON id = {TABLE}.rowid"
        f" WHERE {TABLE} MATCH %s ORDER BY {TABLE}.rowid DESC LIMIT %s",
        [fts5(expression), limit],
    )
    return tuple(zip(*cursor.fetchall(), strict=True))
