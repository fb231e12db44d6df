"""`manage.py rebuild_index`: make what is searched anew from editions, or repair it."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.utils import timezone

from archive.models import Lexeme, SearchEntry
from archive.search import writer
from registry import turns

WIDTH = 40


class Command(BaseCommand):
    help = "Make the search index anew from editions. Publishing keeps it true; this is for when it was lost."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--missing", action="store_true", help="only repair what is missing or outdated")

    def handle(self, *_args: Any, missing: bool, verbosity: int, **_options: Any) -> None:
        self.is_drawn = verbosity > 0 and sys.stderr.isatty()
        with transaction.atomic():
            turns.take()
            if missing and SearchEntry.objects.exists():
                count = writer.index_missing(self.progress)
            else:
                count = writer.rebuild(self.progress)
            if count:
                Lexeme.objects.stamp(timezone.now())
        if verbosity:
            entries = SearchEntry.objects.count()
            self.stdout.write(f"{count} records brought up to date, {entries} entries in the index.")

    def progress(self, what: str, done: int, total: int) -> None:
        if self.is_drawn:
            filled = WIDTH * done // total
            bar = f"{'#' * filled}{'.' * (WIDTH - filled)}"
            self.stderr.write(f"\r[{bar}] {done} of {total} {what}", ending="" if done < total else "\n")
