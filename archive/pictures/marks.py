"""What is held of a meeting, as a mark on a wall or a strip; positions of dates on a line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from meetings.models import Status


class Mark(TextChoices):
    FULL = "full", _("outcomes recorded")
    HALF = "half", _("agenda only")
    HOLLOW = "hollow", _("known, nothing recorded")


def mark_of(meeting: Any) -> Mark:
    """Of a meeting loaded with `outcome_count` and `agenda_count`."""
    if meeting.outcome_count:
        return Mark.FULL
    return Mark.HALF if meeting.agenda_count else Mark.HOLLOW


def shown(meetings: Sequence[Any]) -> dict[str, int]:
    """What the legend of these meetings explains: how many have each mark, no number, or were not held."""
    found = Counter(str(mark_of(meeting)) for meeting in meetings)
    found["unnumbered"] = sum(not meeting.ordinal for meeting in meetings)
    found["unheld"] = sum(meeting.status != Status.HELD for meeting in meetings)
    return dict(found)


def marked(meeting: Any) -> dict[str, Any]:
    """The columns that wall and strip share."""
    return {
        "title": meeting.title(),
        "mark": str(mark_of(meeting)),
        "agenda_items": meeting.agenda_count,
        "outcomes": meeting.outcome_count,
        "url": f"{settings.SITE_URL}{meeting.get_absolute_url()}",
    }


def on_the_line(date: str) -> float:
    """A partial date as years with a fraction; a month or a year alone stands at its middle."""
    year, month, day = (int(part) if part else None for part in (date + "--").split("-")[:3])
    assert year is not None
    if month is None:
        return year + 0.5
    return year + (month - 1 + ((day or 15.5) - 1) / 31) / 12
