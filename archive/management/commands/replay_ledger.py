"""`manage.py replay_ledger`: ask for every address ever published and say how many keep the promise."""

from __future__ import annotations

import secrets
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from archive.models import Replay
from archive.models.replay import MOST_FAILURES
from archive.promises.addresses import every_address
from archive.promises.ask import Ask, OverHttp, in_process
from archive.promises.replay import Outcome, replay, sample
from registry.models import Change, Pid

WIDTH = 30


class Command(BaseCommand):
    help = (
        "Request every address ever published, in every form, and print how many answer with a page, one redirect"
        " to one, or a tombstone. A whole replay is kept and shown at /promises/."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--url", help="ask this server over HTTP; without, the application itself")
        parser.add_argument("--sample", type=int, metavar="N", help="only so many, by chance; not kept")
        parser.add_argument("--seed", type=int, help="of the sample, to draw the same again")

    def handle(self, *_args: Any, **options: Any) -> None:
        size: int | None = options["sample"]
        if size is not None and size < 1:
            raise CommandError("--sample takes a number of addresses, 1 or more.")
        if options["seed"] is not None and size is None:
            raise CommandError("--seed goes with --sample.")
        started, newest = timezone.now(), Change.objects.newest_number()
        with self.asking(options["url"]) as ask:
            try:
                outcome = self.sampled(ask, size, options["seed"]) if size else self.whole(ask)
            except OSError as error:
                raise CommandError(f"{options['url']} does not answer: {error}. Is the server up?") from error
        if not size:
            Replay.objects.create(
                started_at=started,
                asked=outcome.asked,
                kept=outcome.kept,
                failures=outcome.failures[:MOST_FAILURES],
                change=newest,
                version=settings.VERSION,
            )
        self.report(outcome)

    @contextmanager
    def asking(self, url: str | None) -> Iterator[Ask]:
        if url:
            try:
                server = OverHttp(url)
            except ValueError as error:
                raise CommandError(f"“{url}” is not the address of a server: http://host:port") from error
            with closing(server):
                yield server
        else:
            with in_process() as ask:
                yield ask

    def whole(self, ask: Ask) -> Outcome:
        records = Pid.objects.filter(published_at__isnull=False).count()
        is_watched = sys.stderr.isatty() and records > 0

        def show(done: int, asked: int) -> None:
            filled = WIDTH * done // records
            bar = "█" * filled + "·" * (WIDTH - filled)
            self.stderr.write(f"\r  {bar} {done:,} of {records:,} records, {asked:,} addresses ", ending="")

        outcome = replay(ask, every_address(), show if is_watched else None)
        if is_watched:
            self.stderr.write("")
        return outcome

    def sampled(self, ask: Ask, size: int, seed: int | None) -> Outcome:
        chosen = secrets.randbelow(2**31) if seed is None else seed
        self.stdout.write(f"A sample, seed {chosen}.")
        return replay(ask, sample(every_address(), size, chosen))

    def report(self, outcome: Outcome) -> None:
        """One line with the figure; CommandError, and so another exit status, where the promise is broken."""
        for failure in outcome.failures:
            self.stderr.write(failure)
        said = f"{outcome.kept:,} of {outcome.asked:,} public addresses answer."
        if outcome.failures:
            raise CommandError(f"{said} The {len(outcome.failures):,} that do not are named above.")
        self.stdout.write(said)
