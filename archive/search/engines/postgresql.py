"""PostgreSQL: a table of text search vectors under a GIN index, and a walk over years or months, the newest first.

The slot of an entry stands beside its vector, so that counting reads no other table, and vectors stand in their rows,
where phrases are held against thousands of them. They are written as the analyser cut them; PostgreSQL's own parsers
and dictionaries are not asked.
"""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from archive.search.beginnings import BEGUN
from archive.search.engines.lexemes import ADDED
from archive.search.expression import MANY, AllOf, AnyOf, Expression, Word, tsquery, widest
from archive.search.fields import GROUPS, UNDATED
from archive.search.rows import Row

TABLE = "archive_searchvector"
ANEW = f"{TABLE}_anew"
SLOTS_OF = f"SELECT entry_id, slot FROM {TABLE} WHERE entry_id = ANY(%s)"
MONTHS = "lexeme >= '_n_' AND lexeme < '_n`'"
YEARS = f"lexeme >= '_y_' AND lexeme < '_y_{UNDATED}' OR lexeme = '_n_0'"
"""Marks of the months, or years, that entries have; `_n_0` is that of entries without a date, in either."""
STEPS = (
    "SELECT lexeme FROM archive_lexeme WHERE ({})"
    " AND (%s::text[] IS NULL OR substr(lexeme, 4, 4) = ANY(%s)) ORDER BY lexeme DESC"
)
"""These, of some years or (null) of all, the newest first."""
COLUMNS = ", ".join(f"string_agg(int8send({column}), ''::bytea)" for column in ("entry_id", "slot"))
"""Three values rather than thousands of rows, or numbers as text: these take longer to be read than to be found."""
YEAR = GROUPS["year"].mark("")
DIRECT = 1_000
"""So few hits are found and sorted sooner than walked to, whatever the limit."""
BY_YEARS = 15
"""Up to so many times the limit are walked to sooner by years than by months."""


def install(cursor: Any) -> None:
    """Lexemes are ordered by their bytes, as SQLite orders them, whatever the database's language is."""
    for column, length in (("lexeme", 80), ("spelling", 60)):
        cursor.execute(f'ALTER TABLE archive_lexeme ALTER COLUMN {column} TYPE varchar({length}) COLLATE "C"')
    make_table(cursor, TABLE)
    make_index(cursor, TABLE)


def make_table(cursor: Any, name: str) -> None:
    cursor.execute(
        f"CREATE TABLE {name} (entry_id bigint, slot bigint NOT NULL, vector tsvector NOT NULL,"
        f" CONSTRAINT {name}_pkey PRIMARY KEY (entry_id) INCLUDE (slot)) WITH (toast_tuple_target = 8160)"
    )
    cursor.execute(f"ALTER TABLE {name} ALTER COLUMN vector SET STORAGE EXTERNAL")


def make_index(cursor: Any, name: str) -> None:
    cursor.execute(f"CREATE INDEX {name}_vector ON {name} USING gin (vector) WITH (fastupdate = off)")


def uninstall(cursor: Any) -> None:
    cursor.execute(f"DROP TABLE {TABLE}")


def clear(cursor: Any) -> None:
    """Rows are deleted, not the table emptied, so that readers meanwhile find what they found before."""
    cursor.execute(f"DELETE FROM {TABLE}")


def fill(cursor: Any, batches: Iterable[Sequence[Row]]) -> None:
    """Give a cleared index all its rows.

    They go to a second table, which takes the place of the first when it `settle`s: a GIN index that is made of a
    full table takes an eighth of the time that it takes to grow row by row, and readers need the first meanwhile.
    """
    cursor.execute(f"DROP TABLE IF EXISTS {ANEW}")
    make_table(cursor, ANEW)
    for rows in batches:
        copy(cursor, ANEW, rows)
    cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
    make_index(cursor, ANEW)


def settle(cursor: Any) -> None:
    """After many rows; readers wait from here to the end of the transaction where all rows are new."""
    cursor.execute("SELECT to_regclass(%s)", [ANEW])
    if cursor.fetchone() != (None,):
        cursor.execute(f"DROP TABLE {TABLE}")
        cursor.execute(f"ALTER TABLE {ANEW} RENAME TO {TABLE}")
        for part in ("pkey", "vector"):
            cursor.execute(f"ALTER INDEX {ANEW}_{part} RENAME TO {TABLE}_{part}")
    cursor.execute(f"ANALYZE {TABLE}")


def add(cursor: Any, rows: Iterable[Row]) -> None:
    copy(cursor, TABLE, rows)


def copy(cursor: Any, table: str, rows: Iterable[Row]) -> None:
    with cursor.copy(f"COPY {table} (entry_id, slot, vector) FROM STDIN") as stream:
        for row in rows:
            stream.write_row((row.number, row.slot, vector(row.stream)))


def count(cursor: Any, rows: Sequence[tuple[str, int, str]]) -> None:
    """Add to the numbers of entries; rows are lexemes in order, numbers and spellings."""
    cursor.execute(
        "INSERT INTO archive_lexeme (lexeme, entries, spelling)"
        f" SELECT * FROM unnest(%s::text[], %s::integer[], %s::text[]){ADDED}",
        [list(column) for column in zip(*rows, strict=True)],
    )


def vector(stream: str) -> str:
    """A stream as a tsvector with places; lexemes need no quotes or escapes but the marks around them.

    Marks of beginnings are in no phrase, and need no place.
    """
    words, _mark, beginnings = stream.partition(f" {BEGUN}")
    places: dict[str, list[str]] = defaultdict(list)
    for place, lexeme in enumerate(words.split(), 1):
        places[lexeme].append(str(place))
    placed = [f"'{lexeme}':{','.join(some[:255])}" for lexeme, some in places.items()]
    return " ".join([*placed, *(f"'{mark}'" for mark in f"{BEGUN}{beginnings}".split() if beginnings)])


def remove(cursor: Any, rows: Iterable[tuple[int, str]]) -> list[int]:
    """The slots of these entries."""
    numbers = [number for number, _stream in rows]
    cursor.execute(f"DELETE FROM {TABLE} WHERE entry_id = ANY(%s) RETURNING slot", [numbers])
    return [slot for (slot,) in cursor.fetchall()]


def hits(cursor: Any, expression: Expression, limit: int, expected: int) -> tuple[Sequence[int], ...]:
    """Columns of entries for which it holds, the newest first."""
    asked, marks = tsquery(expression), steps(expected, limit, is_wide=widest(expression) > MANY)
    if marks is None:
        cursor.execute(f"SELECT {COLUMNS} FROM ({found()}) AS hit", [asked, limit])
    else:
        years = years_of(expression)
        within = found("vector @@ step.lexeme::tsquery AND")
        walked = (
            f"SELECT hit.* FROM ({STEPS.format(marks)}) AS step CROSS JOIN LATERAL ({within}) AS hit LIMIT %s"
        )
        cursor.execute(f"SELECT {COLUMNS} FROM ({walked}) AS hit", [years, years, asked, limit, limit])
    return tuple(struct.unpack(f">{len(column or b'') // 8}q", column or b"") for column in cursor.fetchone())


def steps(expected: int, limit: int, *, is_wide: bool) -> str | None:
    """The marks by which so many entries are walked, from the newest until the limit is reached; None where all are
    found and sorted sooner, as few are, and more where many alternatives would be sought at each step.
    """
    if expected <= max(DIRECT, limit * BY_YEARS if is_wide else limit):
        return None
    return YEARS if expected <= limit * BY_YEARS else MONTHS


def years_of(expression: Expression) -> list[str] | None:
    """The years in which everything that it holds for must be, as months are marked; None where it names none."""
    if isinstance(expression, AllOf):
        return next((years for part in expression.parts if (years := years_of(part)) is not None), None)
    parts = expression.parts if isinstance(expression, AnyOf) else (expression,)
    marks = [one.lexeme for one in parts if isinstance(one, Word) and one.lexeme.startswith(YEAR)]
    if not marks or len(marks) < len(parts):
        return None
    return ["0" if mark == f"{YEAR}{UNDATED}" else mark.removeprefix(YEAR) for mark in marks]


def found(within: str = "") -> str:
    """Asked of the index apart from what is sought, a month is skipped to rather than read through.

    The planner must not see what is asked, nor the order before all is found: else it reads vectors one by one.
    """
    every = f"SELECT entry_id, slot FROM {TABLE} WHERE {within} vector @@ (SELECT %s)::tsquery OFFSET 0"
    return f"SELECT * FROM ({every}) AS every ORDER BY entry_id DESC LIMIT %s"
