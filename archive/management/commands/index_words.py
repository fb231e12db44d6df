"""`manage.py index_words`: bring the index that quotations are looked up in up to date."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from archive.models import Indexed, Wording
from archive.verify import index


class Command(BaseCommand):
    help = "Index the words of every edition for /verify/. Readers do it themselves after small changes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--anew", action="store_true", help="forget the index first")

    def handle(self, *_args: Any, anew: bool, verbosity: int, **_options: Any) -> None:
        if anew:
            index.clear()
        count = 0
        while missing := list(Indexed.objects.missing().values_list("pk", flat=True)[: index.BATCH]):
            index.index(missing)
            count += len(missing)
            if verbosity > 1:
                self.stdout.write(f"{count} records")
        if verbosity:
            self.stdout.write(f"{count} records brought up to date, {Wording.objects.count()} wordings.")
