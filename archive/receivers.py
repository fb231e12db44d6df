"""What the site does when the record changes, in the same transaction or right after it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.dispatch import receiver

from archive.search import writer
from archive.verify.index import bring_up_to_date
from registry.signals import records_changed


@receiver(records_changed)
def index(sender: Any, pids: Sequence[str], **_more: Any) -> None:
    writer.index(pids)


FEW = 50
"""So many records an editor changes by one act; larger loads end with `manage.py index_words`."""


@receiver(records_changed)
def index_words(sender: Any, pids: Sequence[str], **_more: Any) -> None:
    """Words are ready for `/verify/` before anybody asks, also on servers that cannot write them themselves."""
    if len(pids) <= FEW:
        transaction.on_commit(bring_up_to_date, robust=True)
