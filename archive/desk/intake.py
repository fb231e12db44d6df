"""Receiving an import: its files kept, their tables found, and their columns known by header or by memory."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import partial
from typing import Any

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction

from archive.desk.columns import TABLES, kind_of, recognise
from archive.desk.read import RECORDS, TEXTS, read
from archive.models import Batch, BatchFile, BatchTable, Columns, Stage
from registry.models import Editor

LEFT_OUT = "-"
MOST_COLUMNS = 300
UNSTORED = (Stage.COLUMNS, Stage.CHECKING, Stage.CHECKED)


def receive(name: str, files: Sequence[File[bytes]], *, by: Editor | None, kind: str = "") -> Batch:
    """Keep the files of a new import and find their tables. Raises ValueError, with the way out, for what is none.

    `kind` says what the rows are, where headers do not tell.
    """
    kept: list[str] = []
    try:
        with transaction.atomic():
            return received(name, files, by, kind, kept)
    except Exception:
        for one in kept:
            default_storage.delete(one)
        raise


def received(
    name: str, files: Sequence[File[bytes]], by: Editor | None, kind: str, names: list[str]
) -> Batch:
    names_of_texts = [file_name(file) for file in files if file_name(file).lower().endswith(TEXTS)]
    if twice := {one for one in names_of_texts if names_of_texts.count(one) > 1}:
        raise ValueError(
            f"Two files are called {', '.join(sorted(twice))}. Give each text a name of its own."
        )
    batch = Batch.objects.create(name=name, by=by)
    number = 0
    for place, file in enumerate(files, 1):
        names.append(str(keep(batch, place, file).file.name))
    for kept in batch.files.all():
        if kept.name.lower().endswith(TEXTS):
            continue
        for position, sheet in enumerate(tables_of(kept, texts_of(batch))):
            if not sheet.header and kept_as_table(kept.name):
                continue
            if len(sheet.header) > MOST_COLUMNS:
                raise ValueError(
                    f"{sheet.name} has {len(sheet.header)} columns; {MOST_COLUMNS} at most are read. Delete the others."
                )
            number += 1
            table = BatchTable(
                batch=batch,
                file=kept,
                number=number,
                place=position,
                name=sheet.name[:200],
                header=sheet.header,
            )
            know_columns(table, kind)
            table.save()
    if not number:
        raise ValueError("There is no table in this. Give the first row the names of the columns.")
    return batch


@transaction.atomic
def discard(batch: Batch) -> None:
    """Throw away an import that was never stored, with its files; one that was meanwhile is left."""
    if not Batch.objects.select_for_update().filter(pk=batch.pk, stage__in=UNSTORED).exists():
        return
    names = [str(kept.file.name) for kept in batch.files.all()]
    batch.rows.all().delete()
    batch.records.all().delete()
    batch.tables.all().delete()
    batch.files.all().delete()
    batch.delete()
    for name in names:
        transaction.on_commit(partial(default_storage.delete, name))


def keep(batch: Batch, number: int, file: File[bytes]) -> BatchFile:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return BatchFile.objects.create(
        batch=batch,
        number=number,
        name=file_name(file)[:200],
        sha256=digest.hexdigest(),
        size=file.size,
        file=file,
    )


def file_name(file: File[bytes]) -> str:
    return (file.name or "").replace("\\", "/").rpartition("/")[2]


def kept_as_table(name: str) -> bool:
    """Whether a file of this name holds tables, of which an empty one is passed over."""
    return name.lower().endswith((".csv", ".tsv", ".txt", ".xlsx"))


def texts_of(batch: Batch) -> dict[str, str]:
    """The Markdown files that came along, by name."""
    found = {}
    for kept in batch.files.all():
        if kept.name.lower().endswith(TEXTS):
            with kept.file.open("rb") as file:
                found[kept.name] = file.read().decode("utf-8-sig", "replace")
    return found


def tables_of(kept: BatchFile, texts: dict[str, str]) -> Any:
    """The tables of a kept file, open while they are read."""
    with kept.file.open("rb") as file:
        yield from read(kept.name, file, texts)


def know_columns(table: BatchTable, kind: str = "") -> None:
    """Say what the rows are and which column is which: as remembered for this header, else as headers are known by."""
    if not table.header:
        table.kind, table.is_known = RECORDS, True
        return
    remembered = Columns.objects.filter(shape=shape_of(table.header)).first()
    if remembered and kind in ("", remembered.kind):
        table.kind, table.mapping, table.is_known = remembered.kind, remembered.as_mapping(), True
        return
    table.kind = kind or kind_of(table.header) or ""
    table.mapping = recognise(table.header, table.kind) if table.kind else {}
    table.is_known = bool(table.kind) and not missing(table)


def missing(table: BatchTable) -> list[str]:
    """Columns that every row of this kind needs and that the table has not; a table of corrections goes by `id`."""
    if "id" in table.mapping:
        return []
    return [
        column.name
        for column in TABLES[table.kind]
        if column.is_required and column.name not in table.mapping
    ]


def shape_of(header: Sequence[str]) -> str:
    """What tells one form of table from another: its header in lower case, in order."""
    return hashlib.sha256("\n".join(name.strip().lower() for name in header).encode()).hexdigest()


@transaction.atomic
def name_columns(table: BatchTable, kind: str, mapping: dict[str, int], *, by: Editor) -> None:
    """Take the editor's word for what the columns are, and remember it for files of this shape."""
    table.kind, table.mapping, table.is_known = kind, mapping, True
    table.save()
    if kind != LEFT_OUT:
        Columns.objects.update_or_create(
            shape=shape_of(table.header), defaults={"kind": kind, "mapping": mapping, "by": by}
        )
