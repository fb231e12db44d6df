"""`manage.py make_release`: write the whole public archive as files, numbered and kept."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive.models import Release
from archive.release import make


class Command(BaseCommand):
    help = (
        "Write the whole public archive as CSV, JSON Lines, SQLite and Parquet: a release, shown at /data/."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--note", default="", help="a public sentence on what is new")
        parser.add_argument("--if-none", action="store_true", help="only where there is no release yet")
        parser.add_argument(
            "--if-changed", action="store_true", help="only if the record changed since the last"
        )
        parser.add_argument(
            "--check", action="store_true", help="make none; check the files of all that are kept"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        newest = Release.objects.first()
        if options["check"]:
            self.tell(self.check_kept(), options)
        elif newest and (options["if_none"] or (options["if_changed"] and make.is_current(newest))):
            self.tell(f"Release {newest.number} stands; none was made.", options)
        else:
            release = self.make(options)
            self.tell(f"Release {release.number} is at {release.get_absolute_url()}:", options)
            for file in release.files.all():
                self.tell(f"  {file.name}: {file.count} rows, {file.size} bytes", options)

    def make(self, options: dict[str, Any]) -> Release:
        try:
            return make.make_release(note=options["note"], progress=lambda line: self.tell(line, options, 2))
        except make.Running as error:
            raise CommandError(
                "Another release is being made from this DATA_DIR. Wait for it, then ask again."
            ) from error

    def tell(self, line: str, options: dict[str, Any], verbosity: int = 1) -> None:
        if options["verbosity"] >= verbosity:
            self.stdout.write(line)

    def check_kept(self) -> str:
        faults = list(make.faults())
        if faults:
            raise CommandError("\n".join(faults))
        return f"{Release.objects.count()} releases are whole."
