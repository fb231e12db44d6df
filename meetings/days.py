"""What happened on a day of the year, through the years; days are written 11-25."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Length, Substr

from meetings.models import Commitment, Meeting, Nature, Statement, Status

LEAP_YEAR = 2024
"""A year that has every day."""
WHOLE_DAY = 10
"""Characters of a date known to the day."""


@dataclass(frozen=True)
class Event:
    """What happened on the day: a meeting was held, a statement issued, something was due."""

    what: str
    date: str
    record: Any

    @property
    def year(self) -> str:
        return self.date[:4]


def day_of(text: str) -> date | None:
    """The day of a leap year that `11-25` names, or None where there is no such day."""
    try:
        return date.fromisoformat(f"{LEAP_YEAR}-{text}") if len(text) == 5 and text.isascii() else None
    except ValueError:
        return None


def beside(day: date, step: int) -> str:
    """The day so many days later in a year without end."""
    return (day + timedelta(days=step)).strftime("%m-%d")


def held(meetings: QuerySet[Any]) -> Any:
    """Those held whose first day is known, with `first` and `last` day of the year; None for those of one day."""
    known = meetings.filter(status=Status.HELD).alias(length=Length("start"), end_length=Length("end"))
    return known.filter(length=WHOLE_DAY).annotate(first=Substr("start", 6), last=Substr("end", 6))


def held_on(meetings: QuerySet[Any], day: str) -> Any:
    """Those held on this day, or over days among which it is; some went on into another year."""
    within = Q(first__lte=day, last__gte=day)
    over_new_year = Q(last__lt=F("first")) & (Q(first__lte=day) | Q(last__gte=day))
    return held(meetings).filter(Q(first=day) | Q(end_length=WHOLE_DAY) & (within | over_new_year))


def issued_on(statements: QuerySet[Any], day: str) -> Any:
    return statements.filter(date__endswith=f"-{day}")


def due_on(commitments: QuerySet[Any], day: str) -> Any:
    """Commitments, not remarks or background, whose deadline is this day of a year."""
    return commitments.filter(deadline__endswith=f"-{day}", nature=Nature.COMMITMENT)


def on(day: str) -> list[Event]:
    """Everything public of this day, newest first, within a day meetings before statements before deadlines."""
    meetings = held_on(Meeting.objects.public().with_dialogue(), day).newest_first()
    statements = issued_on(Statement.objects.public().select_related("dialogue"), day).newest_first()
    due = due_on(Commitment.objects.public().for_list(), day).order_by("-deadline", "pk")
    events = [
        *(Event("held", one.start, one) for one in meetings),
        *(Event("issued", one.date, one) for one in statements),
        *(Event("due", one.deadline, one) for one in due),
    ]
    return sorted(events, key=lambda event: event.date, reverse=True)


def ever_on(day: str) -> set[str]:
    """Pids of what is public on this day, or was before it was withdrawn or merged; three queries."""
    found = (
        held_on(Meeting.objects.ever_public(), day),
        issued_on(Statement.objects.ever_public(), day),
        due_on(Commitment.objects.ever_public(), day),
    )
    return {pid for records in found for pid in records.order_by().values_list("pk", flat=True)}


def days_with_something() -> list[str]:
    """Days of the year, in order, on which a meeting was held, a statement issued or something due; three queries."""
    commitments = Commitment.objects.public().filter(nature=Nature.COMMITMENT)
    found = {
        day
        for days in (with_day(Statement.objects.public(), "date"), with_day(commitments, "deadline"))
        for day in days
    }
    for first, last in held(Meeting.objects.public()).order_by().values_list("first", "last").distinct():
        found.add(first)
        day = day_of(first)
        while day and day_of(last or "") and day.strftime("%m-%d") != last:
            day += timedelta(days=1)
            found.add(day.strftime("%m-%d"))
    return sorted(found)


def with_day(records: QuerySet[Any], field: str) -> QuerySet[Any]:
    """The day of the year of each of these whose date is known to the day."""
    known = records.alias(length=Length(field)).filter(length=WHOLE_DAY)
    return known.order_by().annotate(day=Substr(field, 6)).values_list("day", flat=True).distinct()


def nearest(day: str, days: list[str]) -> tuple[str, str] | None:
    """The last of these days before this one and the first after it, round the year; None where there are none."""
    if not days:
        return None
    before, after = [one for one in days if one < day], [one for one in days if one > day]
    return (before or days)[-1], (after or days)[0]


def lately_held(day: str) -> tuple[str, list[Any]]:
    """The last day of the year up to this one on which a meeting began, and those of it, newest first; two queries."""
    began = held(Meeting.objects.public()).order_by("-first").values_list("first", flat=True)
    last = began.filter(first__lte=day).first() or began.first() or day
    found = held(Meeting.objects.public().with_dialogue()).filter(first=last).newest_first()
    return last, list(found)
