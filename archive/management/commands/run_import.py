"""`manage.py run_import ID STEP`: a step of an editor's import, begun by the desk or again by an operator."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive.desk import work
from archive.models import Batch


class Command(BaseCommand):
    help = "Check, store or undo an import that an editor has brought; the desk calls this for large ones."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("import", type=int, help="its number, as in its address")
        parser.add_argument("step", choices=list(work.BUSY))
        parser.add_argument(
            "--note", default="", help="for undo: the public note, where the desk has none yet"
        )
        parser.add_argument("--lock", type=int, help="descriptor of the lock that the desk holds already")

    def handle(self, *_args: Any, **options: Any) -> None:
        batch = Batch.objects.filter(pk=options["import"]).first()
        if batch is None:
            raise CommandError(f"There is no import {options['import']}.")
        if options["lock"] is not None:
            self.do(batch, options)
            os.close(options["lock"])
            return
        try:
            with work.held(batch):
                self.do(batch, options)
        except work.Running as error:
            raise CommandError("Another process is at work on this import.") from error
        batch.refresh_from_db()
        if batch.fault:
            raise CommandError(batch.fault)

    def do(self, batch: Batch, options: dict[str, Any]) -> None:
        show = self.show if sys.stderr.isatty() else None
        if options["note"]:
            batch.undo_note = options["note"]
            batch.save(update_fields=["undo_note"])
        work.run(batch, options["step"], show)

    def show(self, reached: work.Progress) -> None:
        self.stderr.write(f"\r  {reached.what}: {reached.done} of {reached.total}  ", ending="")
