"""`manage.py import_archive DIR`: load exchange files and publish what they hold."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive.exchange.errors import ExchangeError
from archive.exchange.files import LEDGER
from archive.exchange.fragments import read
from archive.exchange.load import Load
from archive.exchange.restore import restore
from registry.models import Editor, Pid


class Command(BaseCommand):
    help = "Load exchange files (YAML) and publish their records. The same files again change nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path, help="where the files lie, such as fixtures/")
        parser.add_argument("--by", help="the editor who loads them; without, the system itself")
        parser.add_argument(
            "--note", default="Starting data revised.", help="the public note of second editions"
        )
        parser.add_argument("--drafts", action="store_true", help="store without publishing")
        parser.add_argument(
            "--overwrite",
            action="store_true",
            help="load changed records that editors have changed since too",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        by = Editor.objects.filter(username=options["by"]).first() if options["by"] else None
        if options["by"] and by is None:
            raise CommandError(f"There is no editor “{options['by']}”. Make one with: make editor")
        try:
            folder = options["directory"]
            fragments = read(folder)
            if (folder / LEDGER).exists() and not Pid.objects.exists():
                report = restore(folder, fragments, self.show if options["verbosity"] else None)
                self.stdout.write("The archive is restored with its ids, paths and editions.")
                self.tell(report)
                return
            load = Load(
                fragments,
                by=by,
                note=options["note"],
                publish=not options["drafts"],
                overwrite=options["overwrite"],
                progress=self.show if options["verbosity"] else None,
            )
            report = load.run()
        except ExchangeError as error:
            raise CommandError(f"Nothing was loaded. {error}") from error
        if options["verbosity"]:
            self.tell(report)

    def show(self, what: str, done: int, total: int) -> None:
        """One line that counts up where somebody watches; a line a section elsewhere."""
        if sys.stderr.isatty():
            self.stderr.write(f"\r  {what}: {done} of {total}  ", ending="\n" if done == total else "")
        elif done == total:
            self.stderr.write(f"  {what}: {total}")

    def tell(self, report: Any) -> None:
        for name, counts in (("new", report.new), ("changed", report.changed), ("the same", report.same)):
            if counts:
                self.stdout.write(
                    f"{name}: " + ", ".join(f"{n} {kind}" for kind, n in sorted(counts.items()))
                )
        for place in report.kept:
            self.stdout.write(f"left as editors changed it: {place}")
