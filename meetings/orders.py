"""The orders in which lists can be read: what each is called, and what it goes by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, F, IntegerField, OuterRef, QuerySet, Subquery, TextField, Value, When
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext_lazy as _

from meetings.models import MeetingPlace, Strength
from registry.models import NameKey


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

    def arrange(self, rows: QuerySet[Any], *, is_falling: bool) -> QuerySet[Any]:
        """The rows in this order; what is not known comes last either way, ties stand by their pid."""
        order = [key.desc(nulls_last=True) if is_falling else key.asc(nulls_last=True) for key in self.keys]
        return rows.order_by(*order, "pk")


def words(field: str) -> Any:
    """A text in the order of names; an empty one is not known."""
    return NullIf(NameKey(field), Value(""), output_field=TextField())


def by_words(name: str, label: Any, *keys: Any) -> Order:
    return Order(name, label, keys, _("A to Z"), _("Z to A"))


def by_date(name: str, label: Any, *keys: Any) -> Order:
    return Order(name, label, keys, _("oldest first"), _("newest first"), falls_first=True)


def by_number(name: str, label: Any, *keys: Any) -> Order:
    return Order(name, label, keys, _("fewest first"), _("most first"), falls_first=True)


def first_place() -> Any:
    """The city in which a meeting began, or the country where no city is known."""
    places = MeetingPlace.objects.filter(meeting=OuterRef("pk")).order_by("number")
    named = places.annotate(name=Coalesce(words("city"), words("country__name")))
    return Subquery(named.values("name")[:1])


def strength() -> Any:
    """How far a commitment binds: 0 for what is only discussed."""
    ranks = [When(strength=value, then=Value(rank)) for rank, value in enumerate(reversed(Strength.values))]
    return Case(*ranks, output_field=IntegerField())


MEETINGS = (
    by_date("date", _("Date"), F("start")),
    by_words("title", _("Meeting"), words("track__meeting_name"), F("ordinal"), F("start")),
    by_words("dialogue", _("Dialogue"), words("track__dialogue__name")),
    by_words("place", _("Place"), first_place()),
    by_number("outcomes", _("Outcomes"), F("outcome_count")),
    by_number("statements", _("Statements"), F("statement_count")),
)
"""By title means by what meetings of the series are called and then by number: the 2nd before the 10th."""
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
