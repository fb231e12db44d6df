"""What the site does when the record changes, in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.dispatch import receiver

from archive.search import writer
from registry.signals import records_changed


@receiver(records_changed)
def index(sender: Any, pids: Sequence[str], **_more: Any) -> None:
    writer.index(pids)
