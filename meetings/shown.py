"""When what a record's page lists beside its own edition last changed, for sitemaps.

What only leads on from a page (the record before and after, the rest of a series) does not count.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Max, QuerySet

from dialogues.models import Dialogue, Minister, Topic
from meetings.models import Commitment, Meeting, Statement

LISTED: tuple[tuple[Any, str], ...] = (
    (Meeting, "track__dialogue"),
    (Statement, "dialogue"),
    (Commitment, "meeting__track__dialogue"),
    (Commitment, "statement__dialogue"),
    (Dialogue, "memberships__country"),
    (Minister, "country"),
    (Meeting, "delegations__country"),
    (Meeting, "hosts"),
    (Commitment, "actors"),
    (Meeting, "delegations__delegates__minister"),
    (Meeting, "agenda_items__topics"),
    (Commitment, "topics"),
    (Commitment, "topics__broader"),
    (Topic, "broader"),
    (Commitment, "statement"),
)
"""Which records are listed, and the field that says on whose page."""


def last_changes() -> dict[str, datetime]:
    """When what is listed on each page was last published, corrected or taken away, by the page's pid; one query."""
    first, *others = (changes_by(model, field) for model, field in LISTED)
    found: dict[str, datetime] = {}
    for pid, moment in first.union(*others, all=True):
        found[pid] = max(moment, found.get(pid, moment))
    return found


def changes_by(model: Any, field: str) -> QuerySet[Any, Any]:
    """(pid of the page, when the last of these records changed)."""
    listed = model.objects.ever_public().filter(**{f"{field}__isnull": False}).order_by()
    return (
        listed.values_list(field)
        .annotate(Max("pid__changes__at"))
        .values_list(field, "pid__changes__at__max")
    )
