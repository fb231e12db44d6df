"""Reading spreadsheets row by row: CSV and XLSX, each row with the line a person sees it in."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from openpyxl import load_workbook

SUFFIXES = (".csv", ".xlsx")
DELIMITERS = ",;\t"
LONGEST_CELL = 1_000_000


@dataclass(frozen=True)
class Sheet:
    """One table of a file: its name (of a CSV file the file's own), its header, and its rows.

    `rows` yields (line, cells) once; lines count from 1 as a spreadsheet shows them, empty rows are left out.
    """

    name: str
    header: list[str]
    rows: Iterator[tuple[int, list[str]]]


def read(path: Path) -> Iterator[Sheet]:
    """The tables of a file, one after the other. Raises ValueError, with the way out, for what is no table."""
    if path.suffix.lower() == ".xlsx":
        yield from workbook(path)
    elif path.suffix.lower() == ".csv":
        yield from comma_separated(path)
    else:
        raise ValueError(f"{path.name} is neither CSV nor XLSX. Save the spreadsheet in one of these forms.")


def comma_separated(path: Path) -> Iterator[Sheet]:
    csv.field_size_limit(LONGEST_CELL)
    with path.open(encoding="utf-8-sig", newline="") as file:
        try:
            first = file.readline()
            file.seek(0)
            delimiter = max(DELIMITERS, key=first.count)
            yield sheet(path.stem, csv_rows(csv.reader(file, delimiter=delimiter, strict=True)))
        except UnicodeDecodeError as error:
            raise ValueError(f"{path.name} is not UTF-8. Save it as “CSV UTF-8”.") from error


def csv_rows(reader: Any) -> Iterator[tuple[int, list[str]]]:
    """Cells with the line on which the row begins; a quoted cell may hold line ends."""
    line = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise ValueError(
                f"Line {line}: {error}. A quotation mark is not closed, or stands alone."
            ) from error
        if cells is None:
            return
        yield line, [cell.strip() for cell in cells]
        line = reader.line_num + 1


def workbook(path: Path) -> Iterator[Sheet]:
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, KeyError, OSError, ValueError) as error:
        raise ValueError(
            f"{path.name} cannot be read as XLSX: {error}. Save it anew as XLSX or CSV."
        ) from error
    try:
        for one in book.worksheets:
            rows = ((line, [as_text(cell) for cell in row]) for line, row in enumerate(one.values, 1))
            yield sheet(one.title, rows)
    finally:
        book.close()


def as_text(value: Any) -> str:
    """What a person sees in a cell; days without hours as 2022-12-24, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def sheet(name: str, rows: Iterator[tuple[int, list[str]]]) -> Sheet:
    """The first row that is not empty is the header."""
    filled = ((line, cells) for line, cells in rows if any(cells))
    _line, header = next(filled, (0, []))
    return Sheet(name, header, filled)
