"""`manage.py import_table FILE…`: meetings, delegations, statements and commitments from tables and exchange files."""

from __future__ import annotations

from argparse import ArgumentParser
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from archive.desk import intake, review, store
from archive.desk.columns import TABLES
from archive.models import Batch, BatchRow, BatchTable, Decision, RowState, pieces
from registry.models import Editor


class Command(BaseCommand):
    help = (
        "Check spreadsheets and exchange files row by row and say what each row would do; with --apply store all of"
        " it or nothing, as an import that editors can undo."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "files", type=Path, nargs="+", help="CSV, XLSX, YAML, JSON; meetings before what refers to them"
        )
        parser.add_argument(
            "--kind", choices=TABLES, default="", help="what the rows are, where the header does not tell"
        )
        parser.add_argument("--apply", action="store_true", help="store; without, nothing is changed")
        parser.add_argument("--by", help="the editor who imports; needed with --apply")
        parser.add_argument("--name", default="", help="what the import is called; else after its first file")
        parser.add_argument("--note", default="", help="the public note for records that change")
        parser.add_argument("--drafts", action="store_true", help="store what is new without publishing")
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
        batch = self.received(options, by)
        try:
            review.check(batch, lambda *_: None)
            self.decide(batch, options)
            for some in pieces(batch.checked_rows().select_related("table"), "number", 500):
                for row in some:
                    self.tell(row, options["verbosity"])
            self.stdout.write(
                ", ".join(f"{batch.counts[state]} {state}" for state in sorted(batch.counts)) or "no rows"
            )
            if not options["apply"] or not batch.checked_rows().to_store().exists():
                self.require_sound(batch, options)
                intake.discard(batch)
                return
            self.store(batch, options)
        except (ValueError, store.Refused, CommandError) as error:
            intake.discard(batch)
            raise (
                error if isinstance(error, CommandError) else CommandError(f"Nothing was stored. {error}")
            ) from error

    def received(self, options: dict[str, Any], by: Editor | None) -> Batch:
        """The files as a new import whose columns are all known."""
        name = options["name"] or f"{options['files'][0].name}, {timezone.now():%Y-%m-%d %H:%M:%S.%f}"
        try:
            with ExitStack() as stack:
                files = [
                    File(stack.enter_context(path.open("rb")), name=path.name) for path in options["files"]
                ]
                batch = intake.receive(name[:120], files, by=by, kind=options["kind"])
        except (OSError, ValueError) as error:
            raise CommandError(f"Nothing was stored. {error}") from error
        for table in batch.tables.select_related("file"):
            if not table.is_known:
                said = self.unknown(table)
                intake.discard(batch)
                raise CommandError(said)
        return batch

    def unknown(self, table: BatchTable) -> str:
        wanted = "; ".join(
            f"{kind}: {', '.join(column.name for column in columns if column.is_required)}"
            for kind, columns in TABLES.items()
        )
        return (
            f"{table.file.name}, {table.name}: its header ({', '.join(table.header)}) fits no kind of table. "
            f"Columns needed: {wanted}."
        )

    def decide(self, batch: Batch, options: dict[str, Any]) -> None:
        """Take over what was said of duplicates, errors, note and publication."""
        for place in options["take"]:
            name, _colon, line = place.rpartition(":")
            batch.checked_rows().filter(
                table__name=name, line=line if line.isdecimal() else 0, state=RowState.DUPLICATE
            ).update(decision=Decision.TAKE)
        batch.note, batch.publishes = options["note"], not options["drafts"]
        batch.skips_errors = options["skip_errors"]
        batch.save()

    def tell(self, row: BatchRow, verbosity: int) -> None:
        place = f"{row.table.name}, line {row.line}"
        for problem in row.problems:
            self.stdout.write(f"{place}: error: {problem['column']}: {problem['message']}")
        if row.state == RowState.DUPLICATE:
            self.stdout.write(
                f"{place}: possible duplicate of {row.twin}; take it with --take {row.table.name}:{row.line}"
            )
        if row.state == RowState.CHANGED:
            for change in row.difference:
                self.stdout.write(
                    f"{place}: changed: {change['label']}: {change['old'] or '–'} → {change['new'] or '–'}"
                )
        if row.state == RowState.NEW and verbosity > 1:
            self.stdout.write(f"{place}: new: {row.title}")

    def require_sound(self, batch: Batch, options: dict[str, Any]) -> None:
        if options["apply"] and batch.counts.get(RowState.ERROR) and not options["skip_errors"]:
            raise CommandError(
                "Nothing was stored. Correct the lines above, or leave them out with --skip-errors."
            )

    def store(self, batch: Batch, options: dict[str, Any]) -> None:
        self.require_sound(batch, options)
        if batch.checked_rows().to_store().of_public_records().exists() and not options["note"]:
            raise CommandError(
                "Nothing was stored. Say with --note what changes and why: the public reads it."
            )
        store.store(batch, lambda *_: None)
        how = "as drafts" if options["drafts"] else "and published"
        self.stdout.write(f"Stored {how}: {batch.records.count()} records.")
        self.stdout.write(f"Editors can undo it: /admin/archive/batch/{batch.pk}/change/")
