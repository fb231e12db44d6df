"""`manage.py export_archive DIR`: the whole archive as files that `import_archive` brings back."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive.exchange import files
from archive.exchange.snapshot import snapshot


class Command(BaseCommand):
    help = (
        "Write the archive as exchange files: facts as YAML or JSON, ids, paths and editions as JSON Lines."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path, help="an empty or new folder")
        parser.add_argument("--format", choices=("yaml", "json"), default="yaml")
        parser.add_argument(
            "--public",
            action="store_true",
            help="only what readers may see: no drafts, no editors’ names, nothing that was withdrawn",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        folder: Path = options["directory"]
        if folder.exists() and any(folder.iterdir()):
            raise CommandError(f"{folder} is not empty. Name a new folder, so that nothing is overwritten.")
        with snapshot():
            written = files.export(folder, form=options["format"], public=options["public"])
        if options["verbosity"]:
            self.stdout.write(f"{len(written)} files and the ledger are in {folder}.")
