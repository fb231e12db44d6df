"""Reading tables row by row: CSV, XLSX, and lists of mappings in JSON or YAML, each row with the line a person sees."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any
from zipfile import ZipFile

from openpyxl import load_workbook

DELIMITERS = ",;\t"
LONGEST_CELL = 1_000_000
LARGEST_PART, LARGEST_STRINGS = 512 * 1024 * 1024, 32 * 1024 * 1024
"""Bytes that a part of a workbook may unpack to; its shared strings are held in memory."""
LAST_LINE, LONGEST_GAP = 1_048_576, 10_000
"""The last line a worksheet can have, and how many empty ones may stand between two that are not."""


@dataclass(frozen=True)
class Sheet:
    """One table of a file: its name (of a CSV file the file's own), its header, and its rows.

    `rows` yields (line, cells) once; lines count from 1 as a spreadsheet shows them, empty rows are left out.
    """

    name: str
    header: list[str]
    rows: Iterator[tuple[int, list[str]]]


def read(name: str, file: IO[bytes]) -> Iterator[Sheet]:
    """The tables of a CSV or XLSX file, one after the other. Raises ValueError, with the way out, for what is none."""
    stem, _dot, suffix = name.rpartition(".")
    if suffix.lower() == "xlsx":
        yield from workbook(name, file)
    elif suffix.lower() in ("csv", "tsv", "txt"):
        yield from comma_separated(stem, name, file)
    else:
        raise ValueError(
            f"{name} is none of CSV, XLSX, YAML and JSON. Save the spreadsheet in one of these forms."
        )


def comma_separated(stem: str, name: str, file: IO[bytes]) -> Iterator[Sheet]:
    csv.field_size_limit(LONGEST_CELL)
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    try:
        first = text.readline()
        text.seek(0)
        delimiter = max(DELIMITERS, key=first.count)
        yield sheet(stem, csv_rows(csv.reader(text, delimiter=delimiter, strict=True)))
    except UnicodeDecodeError as error:
        raise ValueError(f"{name} is not UTF-8. Save it as “CSV UTF-8”.") from error
    finally:
        text.detach()


def csv_rows(reader: Any) -> Iterator[tuple[int, list[str]]]:
    """Cells with the line on which the row begins; a quoted cell may hold line ends."""
    line = 1
    while True:
        try:
            cells = next(reader, None)
        except UnicodeDecodeError as error:
            raise ValueError(f"After line {line} it is not UTF-8. Save it as “CSV UTF-8”.") from error
        except csv.Error as error:
            raise ValueError(
                f"Line {line}: {error}. A quotation mark is not closed, or stands alone."
            ) from error
        if cells is None:
            return
        yield line, [plain(cell) for cell in cells]
        line = reader.line_num + 1


def workbook(name: str, file: IO[bytes]) -> Iterator[Sheet]:
    try:
        for part in ZipFile(file).infolist():
            if part.file_size > (LARGEST_STRINGS if "sharedStrings" in part.filename else LARGEST_PART):
                raise ValueError("a part of it unpacks to more than is read")
        book = load_workbook(file, read_only=True, data_only=True)
    except Exception as error:  # A broken workbook fails in as many ways as its parts can be broken.
        raise ValueError(f"{name} cannot be read as XLSX: {error}. Save it anew as XLSX or CSV.") from error
    try:
        for one in book.worksheets:
            yield sheet(one.title, worksheet_rows(name, one))
    finally:
        book.close()


def worksheet_rows(name: str, worksheet: Any) -> Iterator[tuple[int, list[str]]]:
    empty, values = 0, iter(worksheet.values)
    for line in range(1, LAST_LINE + 2):
        try:
            row = next(values, None)
        except Exception as error:
            raise ValueError(f"{name}, {worksheet.title}, line {line}: {error}. Save it anew.") from error
        if row is None:
            return
        cells = [as_text(cell) for cell in row]
        empty = 0 if any(cells) else empty + 1
        if empty > LONGEST_GAP or line > LAST_LINE:
            raise ValueError(f"{name}, {worksheet.title}, line {line}: the rows after it stand too far away.")
        yield line, cells


def as_text(value: Any) -> str:
    """What a person sees in a cell; days without hours as 2022-12-24, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return plain(str(value))


def plain(cell: str) -> str:
    """Without space around it, and without NUL, which no database holds."""
    return cell.replace("\x00", "").encode("utf-8", "replace").decode().strip()


def sheet(name: str, rows: Iterator[tuple[int, list[str]]]) -> Sheet:
    """The first row that is not empty is the header."""
    filled = ((line, cells) for line, cells in rows if any(cells))
    _line, header = next(filled, (0, []))
    return Sheet(name, header, filled)
