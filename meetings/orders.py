"""The orders in which lists can be read: what each is called, and what it goes by."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, F, IntegerField, OuterRef, QuerySet, Subquery, TextField, Value, When
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext_lazy as _

from meetings.models import MeetingPlace, Rank, Strength
from registry.kit import sorting
from registry.models import NameKey

Row = tuple[Any, dict[str, Any]]


@dataclass(frozen=True)
class Order:
    """A column that a list can be sorted by: `name` is that of `?sort=`, `keys` expressions, the first decides.

    `rising` and `falling` say the two directions in words; `falls_first` which of them a reader wants first.
    """

    name: str
    label: Any
    keys: tuple[Any, ...]
    rising: Any
    falling: Any
    falls_first: bool = False
    ties: tuple[Any, ...] = ()
    """By what those stand that are alike in it, in either direction; then by their pid."""

    def arrange(self, rows: QuerySet[Any], *, is_falling: bool) -> QuerySet[Any]:
        """The rows in this order; what is not known comes last either way."""
        order = [key.desc(nulls_last=True) if is_falling else key.asc(nulls_last=True) for key in self.keys]
        return rows.order_by(*order, *(tie.asc(nulls_last=True) for tie in self.ties), "pk")

    def sort(self, rows: Iterable[Row], *, is_falling: bool) -> list[Row]:
        """The same of rows at hand, each its record and what it prints of it; ties stand as they came."""
        found = list(rows)
        for key in reversed(self.keys):
            known = [one for one in found if key(one[1])]
            unknown = [one for one in found if not key(one[1])]
            found = sorted(known, key=lambda one: key(one[1]), reverse=is_falling) + unknown
        return found


def words(field: str) -> Any:
    """A text in the order of names; an empty one is not known."""
    return NullIf(NameKey(field), Value(""), output_field=TextField())


def by_words(name: str, label: Any, *keys: Any, ties: tuple[Any, ...] = ()) -> Order:
    return Order(name, label, keys, _("A to Z"), _("Z to A"), ties=ties)


def by_date(name: str, label: Any, *keys: Any) -> Order:
    return Order(name, label, keys, _("oldest first"), _("newest first"), falls_first=True)


def by_number(name: str, label: Any, *keys: Any, ties: tuple[Any, ...] = ()) -> Order:
    return Order(name, label, keys, _("fewest first"), _("most first"), falls_first=True, ties=ties)


def earliest_first(name: str, label: Any, *keys: Any) -> Order:
    return Order(name, label, keys, _("earliest first"), _("latest first"))


def named(column: str) -> Callable[[dict[str, Any]], Any]:
    """A column of rows at hand, in the order of names."""
    return lambda row: sorting.key(row[column])


def column(name: str) -> Callable[[dict[str, Any]], Any]:
    return lambda row: row[name]


def by_rank(row: dict[str, Any]) -> int:
    """1 for the highest; 0 where nobody came or no rank is known."""
    ranks = [rank for rank in Rank.values if rank != Rank.UNKNOWN]
    return ranks.index(row["rank"]) + 1 if row["came"] == "yes" and row["rank"] in ranks else 0


def first_place() -> Any:
    """The city in which a meeting began, or the country where no city is known."""
    places = MeetingPlace.objects.filter(meeting=OuterRef("pk")).order_by("number")
    named = places.annotate(name=Coalesce(words("city"), words("country__name")))
    return Subquery(named.values("name")[:1])


def strength() -> Any:
    """How far a commitment binds: 0 for what is only discussed."""
    ranks = [When(strength=value, then=Value(rank)) for rank, value in enumerate(reversed(Strength.values))]
    return Case(*ranks, output_field=IntegerField())


START = (F("start"),)
MEETINGS = (
    by_date("date", _("Date"), *START),
    by_words("title", _("Meeting"), words("track__meeting_name"), F("ordinal"), *START),
    by_words("dialogue", _("Dialogue"), words("track__dialogue__name"), ties=START),
    by_words("place", _("Place"), first_place(), ties=START),
    by_number("outcomes", _("Outcomes"), F("outcome_count"), ties=START),
    by_number("statements", _("Statements"), F("statement_count"), ties=START),
)
"""By title means by what meetings of the series are called and then by number: the 2nd before the 10th."""


def at_meetings(meeting: str) -> tuple[Order, ...]:
    """Of those who came to meetings; `meeting` is how the query names the meeting."""
    start = F(f"{meeting}__start")
    title = (words(f"{meeting}__track__meeting_name"), F(f"{meeting}__ordinal"), start)
    return (
        by_date("date", _("Date"), start),
        by_words("title", _("Meeting"), *title),
        by_words("dialogue", _("Dialogue"), words(f"{meeting}__track__dialogue__name"), ties=(start,)),
    )


STATEMENTS = (
    by_date("date", _("Date"), F("date")),
    by_words("title", _("Statement"), words("title_printed")),
    by_words("dialogue", _("Dialogue"), words("dialogue__name")),
    by_words("kind", _("Kind"), F("kind")),
)
COMMITMENTS = (
    by_date("date", _("Date"), F("meeting__start")),
    by_words("title", _("Words"), words("summary")),
    by_words("dialogue", _("Dialogue"), words("meeting__track__dialogue__name")),
    Order("strength", _("Strength"), (strength(),), _("weakest first"), _("strongest first"), True),
    Order("deadline", _("Deadline"), (F("deadline"),), _("earliest first"), _("latest first")),
)
MINISTERS = (
    by_words("title", _("Name"), words("sort_name")),
    by_words("country", _("Country"), words("country__name")),
    by_number("meetings", _("Meetings attended"), F("meeting_count")),
)
COUNTRIES = (
    by_words("title", _("Country"), words("name")),
    by_words("kind", _("Kind"), F("kind")),
    by_number("dialogues", _("Dialogues"), F("dialogue_count")),
    by_number("meetings", _("Meetings attended"), F("meeting_count")),
)
TOPICS = (
    by_words("title", _("Topic"), words("name")),
    by_words("broader", _("Broader topic"), words("broader__name")),
    by_number("commitments", _("Commitments and remarks"), F("commitment_count")),
)
DIALOGUES = (
    by_words("title", _("Dialogue"), words("name")),
    by_date("founded", _("Since"), F("founded")),
    by_number("meetings", _("Meetings"), F("meeting_count")),
    by_date("first_year", _("First year recorded"), F("first_start")),
    by_date("last_year", _("Last year recorded"), F("last_start")),
)
ATTENDANCE = (
    earliest_first("date", _("Date"), column("start")),
    by_words("dialogue", _("Dialogue"), named("dialogue")),
    by_words("name", _("Who, as printed then"), named("name")),
    Order("rank", _("Rank"), (by_rank,), _("highest first"), _("lowest first")),
    by_words("office", _("Office then"), named("offices")),
)
OFFICES = (
    by_words("country", _("Country"), named("country"), named("office")),
    by_words("office", _("Office"), named("office")),
    by_words("holder", _("Holder"), named("name")),
    earliest_first("start", _("From"), column("start")),
    earliest_first("end", _("Until"), column("end")),
)
DAY = (
    by_date("date", _("Year"), column("date")),
    by_words("title", _("Event"), named("title")),
    by_words("dialogue", _("Dialogue"), named("dialogue")),
    by_words("what", _("What"), column("what")),
)
