"""`manage.py import_table FILE…`: meetings, delegations, statements and commitments from spreadsheets."""

from __future__ import annotations

from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive.desk.check import CHANGED, DUPLICATE, ERROR, NEW, Checker, Row
from archive.desk.columns import TABLES, kind_of, recognise
from archive.desk.sheets import Sheet, read
from archive.exchange.errors import ExchangeError
from archive.exchange.load import Fragment, Load
from registry.models import Editor


class Command(BaseCommand):
    help = (
        "Check spreadsheets row by row and say what each would do; with --apply store all of it or nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "files", type=Path, nargs="+", help="CSV or XLSX; meetings before what refers to them"
        )
        parser.add_argument(
            "--kind", choices=TABLES, help="what the rows are, where the header does not tell"
        )
        parser.add_argument("--apply", action="store_true", help="store; without, nothing is changed")
        parser.add_argument("--by", help="the editor who imports; needed with --apply")
        parser.add_argument("--note", default="", help="the public note for records that change")
        parser.add_argument("--drafts", action="store_true", help="store without publishing")
        parser.add_argument("--skip-errors", action="store_true", help="store the rows without errors")
        parser.add_argument(
            "--take",
            action="append",
            default=[],
            metavar="TABLE:LINE",
            help="a possible duplicate that is a record of its own, such as meetings:12",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        by = Editor.objects.filter(username=options["by"]).first() if options["by"] else None
        if options["apply"] and by is None:
            raise CommandError("Say with --by which editor imports. Make an account with: make editor")
        counts: Counter[str] = Counter()
        fragments: dict[str, Fragment] = {}
        for sheet, row in self.checked(options["files"], options["kind"]):
            counts[row.state] += 1
            taken = row.state == DUPLICATE and f"{sheet.name}:{row.line}" in options["take"]
            self.tell(sheet, row, options["verbosity"])
            if row.fragment and (taken or row.state in (NEW, CHANGED)):
                fragments[row.pid] = row.fragment
        self.stdout.write(", ".join(f"{counts[state]} {state}" for state in sorted(counts)) or "no rows")
        if counts[ERROR] and options["apply"] and not options["skip_errors"]:
            raise CommandError(
                "Nothing was stored. Correct the lines above, or leave them out with --skip-errors."
            )
        if counts[CHANGED] and options["apply"] and not options["note"] and not options["drafts"]:
            raise CommandError(
                "Nothing was stored. Say with --note what changes and why: the public reads it."
            )
        if options["apply"] and fragments:
            self.store(list(fragments.values()), by, options)

    def checked(self, files: list[Path], kind: str | None) -> Iterator[tuple[Sheet, Row]]:
        checker = Checker()
        for path in files:
            try:
                for sheet in read(path):
                    found = kind or kind_of(sheet.header)
                    if found is None:
                        raise CommandError(self.unknown(path, sheet))
                    mapping = recognise(sheet.header, found)
                    yield from ((sheet, row) for row in checker.rows(found, sheet, mapping))
            except (OSError, ValueError) as error:
                raise CommandError(f"Nothing was stored. {error}") from error

    def unknown(self, path: Path, sheet: Sheet) -> str:
        wanted = "; ".join(
            f"{kind}: {', '.join(column.name for column in columns if column.is_required)}"
            for kind, columns in TABLES.items()
        )
        return (
            f"{path.name}, {sheet.name}: its header ({', '.join(sheet.header)}) fits no kind of table. "
            f"Columns needed: {wanted}."
        )

    def tell(self, sheet: Sheet, row: Row, verbosity: int) -> None:
        place = f"{sheet.name}, line {row.line}"
        for problem in row.problems:
            self.stdout.write(f"{place}: error: {problem.column}: {problem.message}")
        if row.state == DUPLICATE:
            self.stdout.write(
                f"{place}: possible duplicate of {row.twin}; take it with --take {sheet.name}:{row.line}"
            )
        if row.state == CHANGED:
            for change in row.difference:
                self.stdout.write(
                    f"{place}: changed: {change.label}: {change.old or '–'} → {change.new or '–'}"
                )
        if row.state == NEW and verbosity > 1:
            self.stdout.write(f"{place}: new: {row.title}")

    def store(self, fragments: list[Fragment], by: Editor | None, options: dict[str, Any]) -> None:
        load = Load(fragments, by=by, note=options["note"], publish=not options["drafts"], overwrite=True)
        try:
            load.run()
        except ExchangeError as error:
            raise CommandError(f"Nothing was stored. {error}") from error
        self.stdout.write(
            f"Stored {'as drafts' if options['drafts'] else 'and published'}: {len(fragments)} records."
        )
