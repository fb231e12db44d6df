"""A minister in the archive."""

from __future__ import annotations

from typing import Any

from archive.pages.found import Found
from meetings import overview


def beside(found: Found) -> dict[str, Any]:
    """The edition, with every recorded appearance, as printed then."""
    return found.context(attendances=overview.attendances(found.pid.value))
