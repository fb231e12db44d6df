"""Bringing a whole export into an empty archive: every id, path, edition and tombstone as it was."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

from archive.exchange.files import LEDGER
from archive.exchange.fragments import Fragment
from archive.exchange.ledger import Restoring
from archive.exchange.load import Load, Progress, Report
from archive.search import writer


@transaction.atomic
def restore(folder: Path, fragments: list[Fragment], progress: Progress | None = None) -> Report:
    """Raises ExchangeError at the first fault; nothing is stored then. The archive must be empty."""
    restoring = Restoring(folder / LEDGER)
    restoring.before_records()
    report = Load(fragments, by=None, note="", restoring=True, progress=progress).run()
    restoring.after_records()
    writer.rebuild()
    return report
