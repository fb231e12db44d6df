"""Meetings: where and when a dialogue met, or was to meet."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any, Self

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dialogues.models import Country, Track
from meetings.as_data import meeting_data
from registry.kit import edtf
from registry.kit.ordinals import ordinal_words
from registry.ledger import free_path
from registry.models import Fact, NameKey, Record, State
from registry.models.fields import PartialDateField, not_before
from registry.models.record import RecordManager, RecordQuerySet, count_of


class Designation(models.TextChoices):
    REGULAR = "regular", _("regular")
    SPECIAL = "special", _("special")
    INFORMAL = "informal", _("informal")
    MARGINS = "margins", _("in the margins of another event")


class Format(models.TextChoices):
    IN_PERSON = "in_person", _("in person")
    ONLINE = "online", _("online")
    HYBRID = "hybrid", _("hybrid")
    TELEPHONE = "telephone", _("by telephone")
    UNKNOWN = "unknown", _("form not known")


class Status(models.TextChoices):
    ANNOUNCED = "announced", _("announced")
    HELD = "held", _("held")
    POSTPONED = "postponed", _("postponed")
    RESCHEDULED = "rescheduled", _("rescheduled")
    CANCELLED = "cancelled", _("cancelled")


class OutcomeState(models.TextChoices):
    DOCUMENTS = "documents", _("documents were issued")
    NONE_ISSUED = "none_issued", _("no document was issued")
    NOT_RECORDED = "not_recorded", _("not recorded here")


class MeetingQuerySet(RecordQuerySet):
    def in_year(self, year: int) -> Self:
        return self.filter(start__gte=f"{year:04}", start__lt=f"{year + 1:04}")

    def in_years(self, first: int, last: int) -> Self:
        """From the first of these years to the last."""
        return self.filter(start__gte=f"{first:04}", start__lt=f"{last + 1:04}")

    def concerning(self, country: str) -> Self:
        """Of the dialogues the country belongs to, and where it is recorded."""
        belongs = Q(track__dialogue__memberships__country=country)
        return self.filter(belongs | Q(delegations__country=country)).distinct()

    def between(self, since: int | None, until: int | None) -> Self:
        """Begun in these years, both included; those without a date only where neither is given."""
        found = self.filter(start__gte=f"{since:04}") if since else self
        return found.filter(start__lt=f"{until + 1:04}") if until else found

    def of_dialogue(self, dialogue: Any) -> Self:
        """`dialogue` is a Dialogue or its pid."""
        return self.filter(track__dialogue=dialogue)

    def of_dialogues(self, codes: list[str]) -> Self:
        """Of dialogues with one of these codes; of all where none is given."""
        return self.filter(track__dialogue__code__in=codes) if codes else self

    def with_delegate(self, minister: str) -> Self:
        return self.filter(delegations__delegates__minister=minister).distinct()

    def in_series(self, code: str) -> Self:
        """Of tracks with this code; together with `of_dialogue` one track."""
        return self.filter(track__code=code)

    def of_track(self, track: Any) -> Self:
        return self.filter(track=track)

    def of_series_of(self, meetings: Iterable[str]) -> Self:
        """All of the series to which these belong."""
        return self.filter(track__in=self.model._base_manager.filter(pk__in=list(meetings)).values("track"))

    def hosted_by(self, country: str) -> Self:
        return self.filter(hosts=country)

    def with_agenda(self) -> Self:
        return self.filter(agenda_items__commitments__isnull=False).distinct()

    def with_dialogue(self) -> Self:
        return self.select_related("track__dialogue")

    def resembling(
        self, starts: set[str | None], ordinals: set[int | None]
    ) -> dict[tuple[Any, ...], Meeting]:
        """Meetings of these dates or numbers: by (dialogue, series, "number" or "date", its value); two queries."""
        found: dict[tuple[Any, ...], Meeting] = {}
        named = self.with_dialogue()
        for meeting in [
            *named.filter(start__in=starts - {None}),
            *named.filter(ordinal__in=ordinals - {None}),
        ]:
            place = (meeting.track.dialogue.code, meeting.track.code)
            found[(*place, "number", meeting.ordinal)] = meeting
            found[(*place, "date", meeting.start)] = meeting
        return found

    def undated(self) -> Self:
        return self.filter(start__isnull=True)

    def newest_first(self) -> Self:
        return self.order_by(
            F("start").desc(nulls_last=True), "track", F("ordinal").desc(nulls_last=True), "pk"
        )

    def by_dialogue(self) -> Self:
        """Dialogue by dialogue and track by track, oldest first in each."""
        return self.order_by(
            NameKey("track__dialogue__name"),
            "track__number",
            "track",
            F("start").asc(nulls_last=True),
            F("ordinal").asc(nulls_last=True),
            "pk",
        )

    def by_track(self) -> Self:
        """Track by track in the dialogue's order, oldest first in each."""
        return self.order_by(
            "track__number",
            "track",
            F("start").asc(nulls_last=True),
            F("ordinal").asc(nulls_last=True),
            "pk",
        )

    def oldest_first(self) -> Self:
        return self.order_by(
            F("start").asc(nulls_last=True), "track", F("ordinal").asc(nulls_last=True), "pk"
        )

    def with_holdings(self) -> Self:
        """With its series, the count of its public commitments and remarks, and whether a public text of it is held
        (`outcome_count`, `has_words`)."""
        outcomes: Any = self.model._meta.get_field("outcomes").related_model
        links: Any = self.model._meta.get_field("statement_links").related_model
        texts = links.objects.filter(
            meeting=models.OuterRef("pk"),
            statement__pid__state=State.PUBLIC,
            statement__texts__paragraphs__isnull=False,
        )
        return self.select_related("track__dialogue").annotate(
            outcome_count=count_of(
                outcomes.objects.filter(pid__state=State.PUBLIC).exclude(nature="background"), "meeting"
            ),
            has_words=models.Exists(texts),
        )

    def for_list(self) -> Self:
        """With what a row of a list prints: places, track, dialogue, counts of public outcomes and statements."""
        outcomes: Any = self.model._meta.get_field("outcomes").related_model
        links: Any = self.model._meta.get_field("statement_links").related_model
        places: Any = self.model._meta.get_field("places").related_model
        public = {"pid__state": State.PUBLIC}
        return (
            self.with_support()
            .select_related("track__dialogue__pid")
            .prefetch_related(models.Prefetch("places", places.objects.select_related("country")))
            .annotate(
                outcome_count=count_of(
                    outcomes.objects.filter(**public).exclude(nature="background"), "meeting"
                ),
                statement_count=count_of(links.objects.filter(statement__pid__state=State.PUBLIC), "meeting"),
            )
        )


class Meeting(Record, Fact):
    """One meeting of a track, held or not. schema.org Event; Popolo Event; Open Civic Data Event.

    `ordinal` is null where the series does not number it or the number is not known. `start` and `end` are
    EDTF level 0, null where unknown.
    """

    PATH_PREFETCH = ("track__dialogue__pid",)
    FOUNDATIONS = (("track", "track__dialogue", _("Publish its dialogue first.")),)
    DATA_SELECT = ("track__dialogue", "parent__pid")
    DATA_PREFETCH = (
        "sources",
        "names__sources",
        "notes__sources",
        "places__country",
        "hosts",
        "related__pid",
        "schedule_changes__sources",
        "agenda_items__sources",
        "agenda_items__names",
        "agenda_items__topics",
        "delegations__country",
        "delegations__sources",
        "delegations__agenda_items",
        "delegations__delegates__sources",
        "statement_links__statement__pid",
        "outcomes__sources",
        "outcomes__actors",
        "outcomes__topics",
        "outcomes__agenda_item",
        "outcomes__statement",
        "outcomes__paragraph__text",
        "outcomes__links_out__target__pid",
    )

    track = models.ForeignKey(Track, models.PROTECT, related_name="meetings")
    ordinal = models.PositiveSmallIntegerField(null=True, blank=True)
    ordinal_printed = models.CharField(max_length=40, blank=True, help_text=_("as its documents print it"))
    designation = models.CharField(max_length=10, choices=Designation, default=Designation.REGULAR)
    start = PartialDateField(db_index=True)
    end = PartialDateField()
    time_zone = models.CharField(max_length=40, blank=True, help_text=_("IANA name: Asia/Tokyo"))
    time_printed = models.CharField(max_length=80, blank=True)
    duration_printed = models.CharField(max_length=80, blank=True)
    format = models.CharField(max_length=10, choices=Format, default=Format.IN_PERSON)
    status = models.CharField(max_length=12, choices=Status, default=Status.HELD)
    hosts = models.ManyToManyField(Country, blank=True, related_name="meetings_hosted")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    related = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="related_from")
    held_alongside = models.CharField(
        max_length=250, blank=True, help_text=_("the event in whose margins it was held")
    )
    outcome_state = models.CharField(max_length=12, choices=OutcomeState, default=OutcomeState.NOT_RECORDED)
    agenda_basis = models.TextField(blank=True, help_text=_("how the agenda is known"))

    objects = RecordManager.from_queryset(MeetingQuerySet)()

    class Meta:
        ordering = [F("start").desc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(
                name="meeting_ends_after_start",
                condition=Q(end__isnull=True) | (Q(start__isnull=False) & not_before("end", "start")),
                violation_error_message=_("A meeting ends on or after its first day."),
            ),
            models.CheckConstraint(
                name="meeting_ordinal_from_one", condition=Q(ordinal__isnull=True) | Q(ordinal__gte=1)
            ),
            models.UniqueConstraint(
                fields=["track", "ordinal"],
                condition=~Q(status__in=["postponed", "cancelled"]),
                name="meeting_ordinal_once_a_track",
                violation_error_message=_("This series already has a meeting with this number."),
            ),
            models.CheckConstraint(
                name="meeting_not_its_own_parent", condition=Q(parent__isnull=True) | ~Q(parent=F("pid"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.track.dialogue.name}: {self.title()}"

    def clean(self) -> None:
        if self.start and self.end and edtf.is_before(self.end, self.start):
            raise ValidationError({"end": _("A meeting ends on or after its first day.")})

    def title(self) -> str:
        """The meeting in a few words: 9th Foreign Ministers’ Meeting."""
        name = self.track.meeting_name
        if self.ordinal:
            return f"{ordinal_words(self.ordinal)} {name}"
        if self.designation in (Designation.SPECIAL, Designation.INFORMAL):
            name = f"{self.get_designation_display().capitalize()} {name}"
        return f"{name}, {edtf.display(self.start)}" if self.start else name

    def path_segment(self) -> str:
        """`fm-9`, `fm-special`, or by month and day in what does not number: `fm-12-16`."""
        if self.ordinal:
            last = str(self.ordinal)
        elif self.designation in (Designation.SPECIAL, Designation.INFORMAL):
            last = str(self.designation)
        elif self.start and len(self.start) > 4:
            last = self.start[5:]
        else:
            last = "undated"
        return f"{self.track.code}-{last}"

    def wanted_path(self) -> str:
        """`ca-jad/2022/fm-9`; reads track, dialogue and its pid."""
        dialogue = self.track.dialogue
        year = self.start[:4] if self.start else "undated"
        return f"{dialogue.pid.path or dialogue.code}/{year}/{self.path_segment()}"

    def proposed_path(self) -> str:
        """A second one of the same name in its year gets `-2`; queries for names taken."""
        return free_path(self.wanted_path(), self.pk)

    @classmethod
    def quoting(cls, pks: Iterable[Any]) -> Iterable[Record]:
        statements = apps.get_model("meetings", "Statement").objects.filter(meeting_links__meeting__in=pks)
        commitments = apps.get_model("meetings", "Commitment").objects.filter(meeting__in=pks)
        return chain(statements.distinct(), commitments)

    def words(self) -> dict[str, Any]:
        """How other records print this meeting; reads track, dialogue, places."""
        return {
            "id": self.pk,
            "title": self.title(),
            "dialogue": self.track.dialogue.words(),
            "start": self.start,
            "end": self.end,
            "place": next((place.city for place in self.places.all() if place.city), None),
        }

    def as_data(self) -> dict[str, Any]:
        return meeting_data(self)
