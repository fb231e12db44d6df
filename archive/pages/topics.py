"""A topic in the archive."""

from __future__ import annotations

from typing import Any

from archive.pages.found import Found
from meetings import overview
from meetings.models import Commitment

SHOWN = 20


def beside(found: Found) -> dict[str, Any]:
    """The edition, with narrower topics and what was said on it, newest first."""
    commitments = Commitment.objects.public().naming(topics=found.pid.value)
    return found.context(
        narrower=overview.topics().narrower_than(found.pid.value),
        agenda_items=overview.agenda_items_about(found.pid.value),
        commitments=commitments.for_list().newest_first()[:SHOWN],
        commitment_count=commitments.count(),
    )
