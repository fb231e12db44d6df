"""What lists can be narrowed by; addresses that can be bookmarked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from archive.asked import SHOWN
from archive.deadlines import ANY, DUE, NEXT_YEAR, OVERDUE, THIS_YEAR, DueFilter, today
from archive.pictures.places import name_of, place_key
from dialogues.models import Country, Dialogue, Minister, Topic, Track
from meetings import tallies
from meetings.matrix import CAME
from meetings.models import (
    Commitment,
    CommitmentLink,
    CommitmentVerb,
    Meeting,
    Nature,
    Statement,
    StatementKind,
    Status,
    Strength,
)
from meetings.speakers import made_by
from registry.kit import sorting
from registry.kit.years import FIRST_YEAR, LAST_YEAR
from registry.models import Certainty, Record, Support

ASSERTED = [*CommitmentLink.AssertedBy.choices, (ANY, _("a source or this archive"))]
SHARED = (
    "dialogue",
    "series",
    "year",
    "since",
    "until",
    "country",
    "minister",
    "topic",
    "verb",
    "status",
    "certainty",
    "support",
)
"""Filters of both lists in the order in which the form shows them."""


def series_choices() -> list[tuple[str, str]]:
    """`ca-jad/fm` and its name, for every track of a public dialogue."""
    tracks = Track.objects.filter(dialogue__pid__state="public").select_related("dialogue")
    return [(f"{track.dialogue.code}/{track.code}", str(track)) for track in tracks]


def place_choices() -> list[tuple[str, str]]:
    """`kz` and `kz/astana` with their names, for every place of a public meeting; one query."""
    found: dict[str, str] = {}
    for row in tallies.cities():
        found.setdefault(row["code"], row["name"])
        name = name_of(row["code"], row["city"], row["city_now"])
        if name:
            found.setdefault(place_key(row), f"{row['name']}: {name}")
    return sorted(found.items(), key=lambda one: (sorting.key(one[1]), one[0]))


def public(model: type[Record]) -> Callable[[HttpRequest | None], QuerySet[Any]]:
    """What a choice offers: the public records of a model."""

    def offered(_request: HttpRequest | None) -> QuerySet[Any]:
        records: QuerySet[Any] = model.objects.public()
        return records

    return offered


class FilterForm(forms.Form):
    """Of what is no choice it repeats what was asked, which a list of choices cannot show."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField):
                field.error_messages["invalid_choice"] = _(
                    "“%(value)s” is none of these: choose from the list, or leave it."
                )


class YearField(forms.IntegerField):
    """A year in the digits 0 to 9; other scripts’ digits are refused like any other text."""

    def clean(self, value: Any) -> int | None:
        try:
            if value and not str(value).isascii():
                raise forms.ValidationError("", code="invalid")
            year: int | None = super().clean(value)
        except forms.ValidationError as error:
            said = _("“%(value)s” is no year here: write four digits, from %(first)s to %(last)s.")
            typed = {"value": str(value)[:SHOWN], "first": FIRST_YEAR, "last": LAST_YEAR}
            raise forms.ValidationError(said, code="invalid", params=typed) from error
        return year


class YearFilter(filters.Filter):
    field_class = YearField


def year_filter(label: Any, method: str) -> YearFilter:
    """A year between 1900 and 2199; others are refused with a sentence."""
    help_text = _("four digits, 1900 to 2199")
    return YearFilter(
        label=label, method=method, min_value=FIRST_YEAR, max_value=LAST_YEAR, help_text=help_text
    )


def minister_filter(help_text: Any) -> filters.ModelChoiceFilter:
    return filters.ModelChoiceFilter(
        help_text=help_text,
        label=_("Minister"),
        queryset=public(Minister),
        to_field_name="slug",
        method="with_minister",
    )


class DatedFilter(filters.FilterSet):
    """Filters that all lists share; `date` and `of` are the lookups of the date and the dialogue of what is listed."""

    date, of = "date", "dialogue"

    dialogue = filters.ModelChoiceFilter(
        help_text=_("its code, such as ca-jad"),
        label=_("Dialogue"),
        queryset=public(Dialogue),
        to_field_name="code",
        method="of_dialogue",
    )
    year = year_filter(_("Year"), "in_year")
    since = year_filter(_("From year"), "since_year")
    until = year_filter(_("To year"), "until_year")
    country = filters.ModelChoiceFilter(
        help_text=_("code of a country that was there"),
        label=_("Country"),
        queryset=public(Country),
        to_field_name="code",
        method="with_country",
    )
    certainty = filters.ChoiceFilter(
        help_text=_("whether it was read in a source"), label=_("Certainty"), choices=Certainty.choices
    )
    support = filters.ChoiceFilter(
        help_text=_("what it rests on, by its sources"),
        label=_("Rests on"),
        choices=Support.choices,
        method="resting_on",
    )

    def of_dialogue(self, rows: QuerySet[Any], _name: str, dialogue: Dialogue) -> QuerySet[Any]:
        return rows.filter(**{self.of: dialogue})

    def in_year(self, rows: QuerySet[Any], name: str, year: int) -> QuerySet[Any]:
        return self.until_year(self.since_year(rows, name, year), name, year)

    def since_year(self, rows: QuerySet[Any], _name: str, year: int) -> QuerySet[Any]:
        return rows.filter(**{f"{self.date}__gte": f"{year}"})

    def until_year(self, rows: QuerySet[Any], _name: str, year: int) -> QuerySet[Any]:
        return rows.filter(**{f"{self.date}__lt": f"{year + 1}"})

    def resting_on(self, rows: QuerySet[Any], _name: str, support: str) -> QuerySet[Any]:
        return rows.resting_on(support)  # type: ignore[attr-defined, no-any-return]


class RecordFilter(DatedFilter):
    """Filters that meetings and commitments share; `meeting` is the lookup path to the meeting."""

    meeting = ""
    date, of = "start", "track__dialogue"

    series = filters.ChoiceFilter(
        help_text=_("dialogue and series, such as ca-jad/fm"),
        label=_("Series"),
        choices=series_choices,
        method="of_series",
    )
    minister = minister_filter(_("last segment of the person’s address"))
    topic = filters.ModelChoiceFilter(
        help_text=_("last segment of the topic’s address; narrower topics are included"),
        label=_("Topic"),
        queryset=public(Topic),
        to_field_name="slug",
        method="about",
    )
    verb = filters.ChoiceFilter(
        help_text=_("what the parties did"),
        label=_("Verb"),
        choices=CommitmentVerb.choices,
        method="with_verb",
    )
    status = filters.ChoiceFilter(
        help_text=_("whether the meeting was held"),
        label=_("Status"),
        choices=Status.choices,
        method="with_status",
    )

    def narrow(self, rows: QuerySet[Any], **lookups: Any) -> QuerySet[Any]:
        """Filter by lookups on the meeting."""
        return rows.filter(**{f"{self.meeting}{lookup}": value for lookup, value in lookups.items()})

    def of_series(self, rows: QuerySet[Any], _name: str, series: str) -> QuerySet[Any]:
        dialogue, _slash, track = series.partition("/")
        return self.narrow(rows, track__dialogue__code=dialogue, track__code=track)

    def with_country(self, rows: QuerySet[Any], _name: str, country: Country) -> QuerySet[Any]:
        came = {"delegations__country": country, "delegations__presence__in": CAME}
        return self.narrow(rows, **came).distinct()

    def with_minister(self, rows: QuerySet[Any], _name: str, minister: Minister) -> QuerySet[Any]:
        among = "delegations__delegates__"
        came = {f"{among}minister": minister, f"{among}is_absent": False, "delegations__presence__in": CAME}
        return self.narrow(rows, **came).distinct()

    def with_status(self, rows: QuerySet[Any], _name: str, status: str) -> QuerySet[Any]:
        return self.narrow(rows, status=status)


class MeetingFilter(RecordFilter):
    place = filters.ChoiceFilter(
        help_text=_("code of a country, or of a country and a city in it, such as kz/astana"),
        label=_("Place"),
        choices=place_choices,
        method="held_in",
    )

    class Meta:
        model = Meeting
        form = FilterForm
        fields = (*SHARED, "place")

    def held_in(self, rows: QuerySet[Any], _name: str, place: str) -> QuerySet[Any]:
        """In a city under all its names; a query of its own finds them."""
        code, _slash, city = place.partition("/")
        if not city:
            return rows.filter(places__country__code=code).distinct()
        names = {row["city"] for row in tallies.cities() if place_key(row) == place}
        return rows.filter(places__country__code=code, places__city__in=names).distinct()

    def about(self, rows: QuerySet[Any], _name: str, topic: Topic) -> QuerySet[Any]:
        topics = Topic.objects.public().at_or_beneath(topic.pk)
        return rows.filter(outcomes__topics__in=topics, outcomes__pid__state="public").distinct()

    def with_verb(self, rows: QuerySet[Any], _name: str, verb: str) -> QuerySet[Any]:
        return rows.filter(outcomes__verb=verb, outcomes__pid__state="public").distinct()


class CommitmentFilter(RecordFilter):
    """A country here is one that made the commitment; a minister, one who was there for such a country."""

    meeting = "meeting__"
    date, of = "meeting__start", "meeting__track__dialogue"

    nature = filters.ChoiceFilter(
        help_text=_("commitment, remark of one party, or background"), label=_("Kind"), choices=Nature.choices
    )
    minister = minister_filter(
        _("last segment of the address of a person who was there for a country that made it")
    )
    strength = filters.ChoiceFilter(
        help_text=_("how far it binds"), label=_("Strength"), choices=Strength.choices
    )
    repeats = year_filter(_("Repeats what was said in"), "repeating_year")

    due = DueFilter(
        help_text=_("overdue, this_year, next_year, any, or a year: 2025"),
        label=_("Deadline"),
        choices=DUE,
        method="due_when",
    )
    asserted = filters.ChoiceFilter(
        help_text=_("who says that a later commitment takes it up"),
        label=_("Taken up, says"),
        choices=ASSERTED,
        method="taken_up",
    )

    class Meta:
        model = Commitment
        form = FilterForm
        fields = ("nature", *SHARED, "strength", "due", "asserted", "repeats")

    def due_when(self, rows: Any, _name: str, due: str) -> QuerySet[Any]:
        """By the deadline, the soonest first."""
        day = today()
        if due == OVERDUE:
            found = rows.overdue(day)
        elif due == ANY:
            found = rows.with_deadline()
        else:
            found = rows.due_in({THIS_YEAR: day.year, NEXT_YEAR: day.year + 1}.get(due) or int(due))
        ordered: QuerySet[Any] = found.soonest_due_first()
        return ordered

    def taken_up(self, rows: Any, _name: str, asserted: str) -> QuerySet[Any]:
        found: QuerySet[Any] = rows.taken_up(None if asserted == ANY else asserted)
        return found

    def with_country(self, rows: QuerySet[Any], _name: str, country: Country) -> QuerySet[Any]:
        return rows.filter(actors=country)

    def with_minister(self, rows: QuerySet[Any], _name: str, minister: Minister) -> QuerySet[Any]:
        return rows.filter(made_by(minister))

    def about(self, rows: Any, _name: str, topic: Topic) -> QuerySet[Any]:
        found: QuerySet[Any] = rows.on_topics(Topic.objects.public().at_or_beneath(topic.pk))
        return found

    def with_verb(self, rows: QuerySet[Any], _name: str, verb: str) -> QuerySet[Any]:
        return rows.filter(verb=verb)

    def repeating_year(self, rows: QuerySet[Any], _name: str, year: int) -> QuerySet[Any]:
        return rows.repeating_what_was_said_in(year)  # type: ignore[attr-defined, no-any-return]


class StatementFilter(DatedFilter):
    """A country here is one that issued the statement, or sat at its meeting; the year is the statement’s own."""

    kind = filters.ChoiceFilter(
        help_text=_("kind of document"), label=_("Kind"), choices=StatementKind.choices
    )

    class Meta:
        model = Statement
        form = FilterForm
        fields = ("dialogue", "kind", "year", "since", "until", "country", "certainty", "support")

    def with_country(self, rows: QuerySet[Any], _name: str, country: Country) -> QuerySet[Any]:
        sat = Q(meetings__delegations__country=country, meetings__delegations__presence__in=CAME)
        return rows.filter(Q(issuers=country) | sat).distinct()


def apart_from(filter_set: filters.FilterSet, left_out: str) -> QuerySet[Any]:
    """What all the other filters would show; reads the form, which has been found valid."""
    rows: QuerySet[Any] = filter_set.queryset.all()
    for name, value in filter_set.form.cleaned_data.items():
        rows = rows if name == left_out else filter_set.filters[name].filter(rows, value)
    return rows
