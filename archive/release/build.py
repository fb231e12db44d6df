"""Writing a release: the public archive as CSV, JSON Lines, SQLite and Parquet, each read by many programs."""

from __future__ import annotations

import csv
import hashlib
import json
import sqlite3
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from django.conf import settings

from archive.release.codebook import codebook, meaning
from archive.release.tables import CHUNK, TABLES, Column, Table, public_ids
from registry.models import Edition, State

LICENCE = {
    "name": "CC-BY-4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
    "title": "Creative Commons Attribution 4.0",
}
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time of every member of a ZIP file, so that the same facts give the same bytes."""
Progress = Callable[[str], None]
Rows = dict[str, list[list[Any]]]


@dataclass(frozen=True)
class Written:
    """A file of a release: `count` rows or records, `size` in bytes."""

    name: str
    media_type: str
    count: int
    size: int
    sha256: str


def build(folder: Path, *, number: int, date: str, progress: Progress) -> list[Written]:
    """Write every file of release `number`, made on `date` (ISO 8601), into the folder; what was written."""
    public = public_ids()
    with TemporaryDirectory(dir=folder) as scratch:
        counts = csv_tables(Path(scratch), public, progress)
        package = data_package(number, date, Path(scratch), counts)
        (Path(scratch) / "datapackage.json").write_text(pretty(package), encoding="utf-8")
        zipped(folder / "csv.zip", Path(scratch))
    progress("csv.zip")
    records = json_lines(folder / "records.jsonl")
    progress("records.jsonl")
    sqlite_file(folder / "archive.sqlite", public)
    progress("archive.sqlite")
    (folder / "metadata.json").write_text(pretty(datasette(number, date)), encoding="utf-8")
    with TemporaryDirectory(dir=folder) as scratch:
        for table in TABLES:
            parquet_file(Path(scratch) / f"{table.name}.parquet", table, public)
        zipped(folder / "parquet.zip", Path(scratch))
    progress("parquet.zip")
    rows = sum(counts.values())
    files = [
        ("csv.zip", "application/zip", rows),
        ("records.jsonl", "application/jsonl", records),
        ("archive.sqlite", "application/vnd.sqlite3", rows),
        ("metadata.json", "application/json", len(TABLES)),
        ("parquet.zip", "application/zip", rows),
    ]
    written = [described(folder / name, media_type, count) for name, media_type, count in files]
    sums = "".join(f"{one.sha256}  {one.name}\n" for one in written)
    (folder / "SHA256SUMS").write_text(sums, encoding="ascii")
    return [*written, described(folder / "SHA256SUMS", "text/plain", len(written))]


def described(path: Path, media_type: str, count: int) -> Written:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Written(path.name, media_type, count, path.stat().st_size, digest)


def pretty(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def zipped(path: Path, folder: Path) -> None:
    """Every file of the folder, in order of their names."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.iterdir()):
            member = zipfile.ZipInfo(file.name, EPOCH)
            member.compress_type, member.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            with archive.open(member, "w") as target, file.open("rb") as source:
                while piece := source.read(1 << 20):
                    target.write(piece)


def csv_tables(folder: Path, public: set[str], progress: Progress) -> dict[str, int]:
    """A CSV file a table (RFC 4180), lists joined by semicolons; rows by table."""
    counts = {}
    for table in TABLES:
        with (folder / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(table.header)
            counts[table.name] = 0
            for row in table.rows(public):
                writer.writerow([csv_value(value) for value in row])
                counts[table.name] += 1
        progress(f"{table.name}: {counts[table.name]}")
    return counts


def csv_value(value: Any) -> Any:
    if isinstance(value, list):
        return ";".join(map(str, value))
    return str(value).lower() if isinstance(value, bool) else value


def data_package(number: int, date: str, folder: Path, counts: dict[str, int]) -> dict[str, Any]:
    """The descriptor of a Frictionless Data Package (specs.frictionlessdata.io, version 1)."""
    return {
        "profile": "tabular-data-package",
        "name": "dialogues",
        "title": settings.SITE_NAME,
        "version": str(number),
        "created": f"{date}T00:00:00Z",
        "homepage": f"{settings.SITE_URL}/data/releases/{number}/",
        "licenses": [LICENCE],
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": table.name,
                "path": f"{table.name}.csv",
                "description": table.meaning,
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": (folder / f"{table.name}.csv").stat().st_size,
                "hash": "sha256:" + described(folder / f"{table.name}.csv", "", 0).sha256,
                "dialect": {"lineTerminator": "\r\n"},
                "rowcount": counts[table.name],
                "schema": table_schema(table),
            }
            for table in TABLES
        ],
    }


def table_schema(table: Table) -> dict[str, Any]:
    """Frictionless Table Schema of a table."""
    schema: dict[str, Any] = {"fields": [schema_field(table, column) for column in table.columns]}
    if table.key:
        schema["primaryKey"] = table.key
    links = [column for column in table.columns if column.refers_to and not column.is_list]
    if links:
        schema["foreignKeys"] = [
            {
                "fields": [column.name],
                "reference": {
                    # An empty resource means the table itself.
                    "resource": "" if column.refers_to == table.name else column.refers_to,
                    "fields": [identifier(column)],
                },
            }
            for column in links
        ]
    return schema


def schema_field(table: Table, column: Column) -> dict[str, Any]:
    # Dates known to the month or year are no dates of Table Schema, and lists are strings with semicolons there.
    kind = {"date": "string", "list": "string"}.get(column.type, column.type)
    constraints = {"enum": [code for code, _words in column.values]} if column.values else {}
    said: dict[str, Any] = {"name": column.name, "type": kind, "description": meaning(table, column)}
    if kind == "datetime":
        said["format"] = "any"
    return said | ({"constraints": constraints} if constraints else {})


def identifier(column: Column) -> str:
    return "key" if column.refers_to == "sources" else "id"


def json_lines(path: Path) -> int:
    """Every public record's current edition, a line each, as `?format=json` gives it; their number."""
    editions = Edition.objects.current().filter(pid__state=State.PUBLIC).order_by("pid")
    count = 0
    with path.open("wb") as file:
        for edition in editions.iterator(chunk_size=CHUNK):
            file.write(edition.as_file() + b"\n")
            count += 1
    return count


def sqlite_file(path: Path, public: set[str]) -> None:
    """One SQLite file with keys, foreign keys and full-text search, lists as JSON arrays: Datasette facets them."""
    with closing(sqlite3.connect(path)) as database:
        for table in TABLES:
            database.execute(create_table(table))
            marks = ", ".join("?" * len(table.columns))
            rows = ([sqlite_value(value) for value in row] for row in table.rows(public))
            for some in chunks(rows):
                database.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', some)
        for name, column in (("commitments", "summary"), ("paragraphs", "words"), ("agenda_items", "title")):
            database.execute(f"CREATE VIRTUAL TABLE {name}_fts USING fts5({column}, content={name})")
            database.execute(f"INSERT INTO {name}_fts (rowid, {column}) SELECT rowid, {column} FROM {name}")
        database.commit()
        database.execute("VACUUM")


def create_table(table: Table) -> str:
    kinds = {"integer": "INTEGER", "boolean": "INTEGER"}
    lines = [f'"{column.name}" {kinds.get(column.type, "TEXT")}' for column in table.columns]
    if table.key:
        lines.append(f"PRIMARY KEY ({', '.join(quoted(table.key))})")
    lines += [
        f'FOREIGN KEY ("{column.name}") REFERENCES "{column.refers_to}" ("{identifier(column)}")'
        for column in table.columns
        if column.refers_to and not column.is_list
    ]
    return f'CREATE TABLE "{table.name}" ({", ".join(lines)})'


def quoted(names: Iterable[str]) -> list[str]:
    return [f'"{name}"' for name in names]


def sqlite_value(value: Any) -> Any:
    if isinstance(value, list):
        return json.dumps(value)
    # An empty reference is NULL, or it would refer to nothing.
    return None if value == "" else value


def datasette(number: int, date: str) -> dict[str, Any]:
    """Metadata with which Datasette describes tables and columns (docs.datasette.io, Metadata)."""
    return {
        "title": f"{settings.SITE_NAME}, release {number}",
        "description": f"Made on {date}.",
        "license": LICENCE["title"],
        "license_url": LICENCE["path"],
        "source": settings.SITE_NAME,
        "source_url": f"{settings.SITE_URL}/data/releases/{number}/",
        "databases": {
            "archive": {
                "tables": {
                    table["name"]: {
                        "description": table["meaning"],
                        "columns": {column["name"]: column["meaning"] for column in table["columns"]},
                    }
                    for table in codebook()
                }
            }
        },
    }


def parquet_file(path: Path, table: Table, public: set[str]) -> None:
    """One Parquet file, written a chunk at a time; lists are lists."""
    kinds = {"integer": pa.int64(), "boolean": pa.bool_()}
    schema = pa.schema(
        [
            pa.field(
                column.name, list_type(column) if column.is_list else kinds.get(column.type, pa.string())
            )
            for column in table.columns
        ]
    )
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for some in chunks(table.rows(public)):
            columns = zip(*some, strict=True)
            arrays = [pa.array(values, one.type) for values, one in zip(columns, schema, strict=True)]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))


def list_type(column: Column) -> Any:
    return pa.list_(pa.int64() if column.name == "agenda_items" else pa.string())


def chunks(rows: Iterable[list[Any]]) -> Iterator[list[list[Any]]]:
    iterator = iter(rows)
    while some := list(islice(iterator, CHUNK)):
        yield some
