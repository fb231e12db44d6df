"""Checking an import: each of its rows is kept with what it would do, in pieces, so that memory stays the same.

A check writes its rows beside those of the one before, and takes their place when it is whole: a check that is killed
leaves the one before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict
from itertools import count, islice
from typing import Any

from django.db import transaction

from archive.desk.check import Checker
from archive.desk.intake import LEFT_OUT, tables_of, texts_of
from archive.desk.read import RECORDS
from archive.desk.records import RecordChecker
from archive.desk.row import Row
from archive.models import Batch, BatchRow, BatchTable, Stage, pieces

CHUNK = 500
MOST_ROWS = 200_000
Progress = Callable[[str, int, int], None]


def check(batch: Batch, progress: Progress) -> None:
    """Check every row anew, as it was read or as the editor corrected it. Raises ValueError for unreadable files."""
    number = batch.check_number + 1
    BatchRow.objects.filter(batch=batch).exclude(check_number=batch.check_number).delete()
    total = batch.checked_rows().count()
    counts: Counter[str] = Counter()
    done = 0
    rows = checked(batch)
    while some := list(islice(rows, CHUNK)):
        BatchRow.objects.bulk_create(stored(batch, number, table, row) for table, row in some)
        counts.update(row.state for _table, row in some)
        done += len(some)
        if done > MOST_ROWS:
            raise ValueError(f"This has more than {MOST_ROWS} rows. Bring it in several imports.")
        progress("rows checked", done, total)
    with transaction.atomic():
        batch.check_number, batch.counts, batch.stage, batch.fault = number, dict(counts), Stage.CHECKED, ""
        batch.save(update_fields=["check_number", "counts", "stage", "fault"])
        BatchRow.objects.filter(batch=batch).exclude(check_number=number).delete()


def checked(batch: Batch) -> Iterator[tuple[BatchTable, Row]]:
    """Every row with what it would do: whole records first, since tables may refer to them, then table by table."""
    checker = Checker()
    tables = [table for table in batch.tables.select_related("file") if table.kind != LEFT_OUT]
    tables.sort(key=lambda table: (table.kind != RECORDS, table.number))
    numbers = count(1)
    texts = texts_of(batch)
    records = RecordChecker(checker)
    for table in tables:
        rows = rows_of(table, numbers, texts) if batch.check_number == 0 else rows_again(batch, table)
        found = (
            records.check(rows) if table.kind == RECORDS else checker.check(table.kind, rows, table.mapping)
        )
        yield from ((table, row) for row in found)


def rows_of(table: BatchTable, numbers: Iterator[int], texts: dict[str, str]) -> Iterator[Row]:
    """The rows of a table as its file has them."""
    for place, sheet in enumerate(tables_of(table.file, texts)):
        if place == table.place:
            yield from (Row(line, cells, number=next(numbers)) for line, cells in sheet.rows)


def rows_again(batch: Batch, table: BatchTable) -> Iterator[Row]:
    """The rows of a table as they were kept, with the editor's corrections and decisions."""
    for some in pieces(batch.checked_rows().filter(table=table), "number", CHUNK):
        for row in some:
            yield Row(row.line, row.cells, row.corrections, row.decision, row.number)


def stored(batch: Batch, check_number: int, table: BatchTable, row: Row) -> BatchRow:
    fragment: Any = row.fragment if row.is_sound else None
    return BatchRow(
        batch=batch,
        table=table,
        check_number=check_number,
        number=row.number,
        line=row.line,
        cells=row.cells,
        corrections=row.corrections,
        decision=row.decision,
        state=row.state,
        title=row.title,
        problems=[asdict(problem) for problem in row.problems],
        difference=[asdict(change) for change in row.difference],
        twin=row.twin,
        twin_pid=row.twin_pid,
        pid=row.pid if fragment else "",
        section=fragment.section if fragment else "",
        scope=fragment.scope if fragment else "",
        fragment=fragment.data if fragment else None,
        seen=row.seen,
    )
