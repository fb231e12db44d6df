"""Commitments, and how later ones take them up."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import chain
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from dialogues.models import Country, Topic
from meetings.as_data import commitment_data, shortened
from meetings.models.agenda import AgendaItem
from meetings.models.meeting import Meeting
from meetings.models.statement import Paragraph, Statement
from registry.kit.text import plain_words, slugify
from registry.models import Fact, Record, State
from registry.models.fields import PartialDateField
from registry.models.record import RecordManager, RecordQuerySet


class Nature(models.TextChoices):
    COMMITMENT = "commitment", _("commitment")
    REMARK = "remark", _("remark of one party")
    BACKGROUND = "background", _("background")


class CommitmentVerb(models.TextChoices):
    PLEDGED = "pledged", _("pledged")
    AGREED = "agreed", _("agreed")
    DECIDED = "decided", _("decided")
    ADOPTED = "adopted", _("adopted")
    LAUNCHED = "launched", _("launched")
    CONFIRMED_INTENTION = "confirmed_intention", _("confirmed the intention")
    ANNOUNCED = "announced", _("announced")
    REAFFIRMED = "reaffirmed", _("reaffirmed")
    AFFIRMED = "affirmed", _("affirmed")
    CONFIRMED = "confirmed", _("confirmed")
    SHARED_VIEW = "shared_view", _("shared the view")
    CONDEMNED = "condemned", _("condemned")
    CALLED_ON = "called_on", _("called on")
    SUPPORTED = "supported", _("supported")
    WELCOMED = "welcomed", _("welcomed")
    EXPRESSED_APPRECIATION = "expressed_appreciation", _("expressed appreciation")
    HOPED = "hoped", _("hoped")
    EXPRESSED_INTEREST = "expressed_interest", _("expressed interest")
    PROPOSED = "proposed", _("proposed")
    RECOGNISED = "recognised", _("recognised")
    NOTED = "noted", _("noted")
    STATED = "stated", _("stated")
    CONSIDERED = "considered", _("considered")
    REVIEWED = "reviewed", _("reviewed")
    EXCHANGED_VIEWS = "exchanged_views", _("exchanged views")
    DISCUSSED = "discussed", _("discussed")
    ADMITTED = "admitted", _("admitted a new party")
    PRIORITISED = "prioritised", _("set as a priority")
    OPPOSED = "opposed", _("opposed")
    EXPRESSED_CONCERN = "expressed_concern", _("expressed concern")
    REPORTED = "reported", _("reported")


class Strength(models.TextChoices):
    PLEDGES = "pledges", _("pledges")
    AGREES = "agrees", _("agrees")
    INTENDS = "intends", _("intends")
    AFFIRMS = "affirms", _("affirms")
    SUPPORTS = "supports", _("supports")
    WELCOMES = "welcomes", _("welcomes")
    NOTES = "notes", _("notes")
    DISCUSSED = "discussed", _("discussed")


class Extent(models.TextChoices):
    ALL = "all", _("all parties")
    SOME = "some", _("some parties")
    ONE = "one", _("one party")


class CommitmentQuerySet(RecordQuerySet):
    def in_year(self, year: int) -> Self:
        return self.filter(meeting__start__gte=f"{year:04}", meeting__start__lt=f"{year + 1:04}")

    def among(self, pids: Any) -> Self:
        """Of these pids, which may be a query."""
        return self.filter(pk__in=pids)

    def resembling(self, meetings: set[str]) -> dict[tuple[Any, ...], Commitment]:
        """Those of these meetings by (meeting, nature, summary in plain words); one query."""
        return {
            (one.meeting_id, one.nature, plain_words(one.summary)): one
            for one in self.filter(meeting__in=meetings)
        }

    def last_numbers(self, meetings: set[str]) -> dict[tuple[str, str], int]:
        """The highest number of each nature at each of these meetings, by both; one query."""
        numbered = self.filter(meeting__in=meetings).order_by().values_list("meeting", "nature")
        return {
            (meeting, nature): last for meeting, nature, last in numbered.annotate(last=models.Max("number"))
        }

    def with_deadline(self) -> Self:
        return self.filter(deadline__isnull=False)

    def due_in(self, year: int) -> Self:
        return self.filter(deadline__gte=f"{year:04}", deadline__lt=f"{year + 1:04}").order_by(
            "deadline", "pk"
        )

    def past_due(self, today: date) -> Self:
        """With a deadline of which every day it may mean lies before today: this year and this month do not."""
        running = [f"{today:%Y}", f"{today:%Y-%m}"]
        return self.filter(deadline__lt=f"{today:%Y-%m-%d}").exclude(deadline__in=running)

    def overdue(self, today: date) -> Self:
        """Past due, with no public commitment that implements it or reports on it: that none is recorded says
        nothing on whether it was kept."""
        return self.past_due(today).exclude(pk__in=self._reports().values("target"))

    def taken_up(self, asserted_by: str | None = None) -> Self:
        """Those that a public commitment takes up, as a source or the archive says, or either."""
        links = CommitmentLink.objects.filter(commitment__pid__state=State.PUBLIC)
        links = links.filter(asserted_by=asserted_by) if asserted_by else links
        return self.filter(pk__in=links.values("target"))

    def _reports(self) -> models.QuerySet[CommitmentLink]:
        """Links by which a public commitment says what was done about another."""
        return CommitmentLink.objects.filter(
            commitment__pid__state=State.PUBLIC, relation__in=CommitmentLink.REPORTS
        )

    def soonest_due_first(self) -> Self:
        return self.order_by("deadline", "pk")

    def on_topics(self, topics: Iterable[str]) -> Self:
        """On any of these topics, each once."""
        tagged = self.model._meta.get_field("topics").remote_field.through._default_manager
        return self.filter(pk__in=tagged.filter(topic__in=list(topics)).values("commitment"))

    def repeating_what_was_said_in(self, year: int) -> Self:
        """Those that repeat, as recorded, a public one of a meeting in that year."""
        repeated = CommitmentLink.objects.filter(
            relation=CommitmentLink.Relation.REPEATS,
            target__in=Commitment.objects.public().in_year(year),
        )
        return self.filter(pk__in=repeated.values("commitment"))

    def naming(self, **references: Any) -> Self:
        """Those by these actors, on these topics: `naming(actors=pid)`; background left out."""
        return self.filter(**references).exclude(nature=Nature.BACKGROUND)

    def newest_first(self) -> Self:
        return self.order_by(F("meeting__start").desc(nulls_last=True), "meeting", "nature", "number", "pk")

    def oldest_first(self) -> Self:
        return self.order_by(F("meeting__start").asc(nulls_last=True), "meeting", "nature", "number", "pk")

    def for_list(self) -> Self:
        """With what a row of a list prints: meeting, dialogue, actors, topics, count of reports."""
        reports = self._reports().filter(target=OuterRef("pk")).order_by().values("target")
        counted = reports.annotate(count=Count("commitment", distinct=True)).values("count")
        return (
            self.with_support()
            .annotate(report_count=Coalesce(Subquery(counted), 0))
            .select_related("meeting__pid", "meeting__track__dialogue__pid")
            .prefetch_related("actors", "topics")
        )


class Commitment(Record, Fact):
    """What parties said they hold or will do, or what one of them remarked, at a meeting.

    Akoma Ntoso: a span of a paragraph; schema.org `Action` with `agent`. `strength` orders the verbs from
    pledges to discussed. `span_start` and `span_end` count characters of the paragraph's text.
    """

    FOUNDATIONS = (
        ("meeting", "meeting", _("Publish its meeting first.")),
        ("statement", "statement", _("Publish its statement first.")),
    )
    DATA_SELECT = (
        "meeting__track__dialogue",
        "statement",
        "paragraph__text",
        "agenda_item",
    )
    DATA_PREFETCH = (
        "sources",
        "actors",
        "topics",
        "links_out__target__pid",
        "links_out__sources",
        "meeting__places",
    )

    key = models.SlugField(max_length=80, unique=True, help_text=_("its name in exchange files"))
    nature = models.CharField(max_length=10, choices=Nature, default=Nature.COMMITMENT)
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="outcomes")
    statement = models.ForeignKey(
        Statement, models.PROTECT, null=True, blank=True, related_name="commitments"
    )
    paragraph = models.ForeignKey(
        Paragraph, models.PROTECT, null=True, blank=True, related_name="commitments"
    )
    span_start = models.PositiveIntegerField(null=True, blank=True)
    span_end = models.PositiveIntegerField(null=True, blank=True)
    number = models.PositiveSmallIntegerField(default=1, help_text=_("place in its meeting"))
    short_title = models.CharField(max_length=120, blank=True)
    summary = models.TextField(help_text=_("in our own words"))
    quote = models.CharField(max_length=300, blank=True, help_text=_("a few words of the source"))
    verb = models.CharField(max_length=24, choices=CommitmentVerb)
    verb_printed = models.CharField(max_length=80, blank=True)
    strength = models.CharField(max_length=10, choices=Strength)
    extent = models.CharField(max_length=4, choices=Extent, default=Extent.ALL)
    actors = models.ManyToManyField(Country, blank=True, related_name="commitments")
    agenda_item = models.ForeignKey(
        AgendaItem, models.PROTECT, null=True, blank=True, related_name="commitments"
    )
    agenda_basis = models.CharField(
        max_length=200, blank=True, help_text=_("how the agenda item is known, where it is inferred")
    )
    place_printed = models.CharField(
        max_length=40, blank=True, help_text=_("its paragraph in the issuer’s text: 1(2)")
    )
    source_sentence = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text=_("its sentence in the first source")
    )
    topics = models.ManyToManyField(Topic, blank=True, related_name="commitments")
    deadline = PartialDateField()
    amount = models.BigIntegerField(null=True, blank=True, help_text=_("whole units of the currency"))
    currency = models.CharField(max_length=3, blank=True, help_text=_("ISO 4217"))
    amount_qualifier = models.CharField(max_length=40, blank=True, help_text=_("about, up to, over"))
    amount_period = models.CharField(max_length=40, blank=True)

    objects = RecordManager.from_queryset(CommitmentQuerySet)()

    class Meta:
        ordering = ["meeting", "nature", "number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "nature", "number"], name="commitment_numbered"),
            models.CheckConstraint(
                name="commitment_made_somewhere",
                condition=Q(meeting__isnull=False) | Q(statement__isnull=False),
                violation_error_message=_("Name the meeting or the statement it was made in."),
            ),
            models.CheckConstraint(
                name="commitment_amount_has_currency",
                condition=Q(amount__isnull=True, currency="") | (Q(amount__isnull=False) & ~Q(currency="")),
                violation_error_message=_("An amount needs its currency."),
            ),
            models.CheckConstraint(
                name="commitment_span_is_whole",
                condition=Q(span_start__isnull=True, span_end__isnull=True)
                | Q(paragraph__isnull=False, span_start__isnull=False, span_end__gt=F("span_start")),
            ),
        ]

    def __str__(self) -> str:
        return self.title()

    def clean(self) -> None:
        """What refers to other rows: agenda item and meeting, paragraph and statement belong together."""
        if self.agenda_item and self.agenda_item.meeting_id != self.meeting_id:
            raise ValidationError({"agenda_item": _("This agenda item is another meeting’s.")})
        if self.paragraph and self.paragraph.text.statement_id != self.statement_id:
            raise ValidationError({"paragraph": _("This paragraph is another statement’s.")})

    def title(self) -> str:
        return self.short_title or shortened(self.summary)

    def wanted_path(self) -> str:
        return f"commitments/{self.pk}/{slugify(self.title())}"

    @classmethod
    def quoting(cls, pks: Iterable[Any]) -> Iterable[Record]:
        meetings = Meeting.objects
        return chain(
            cls.objects.filter(links_out__target__in=pks).distinct(),
            meetings.filter(outcomes__in=pks).distinct(),
            meetings.filter(outcomes__links_out__target__in=pks).distinct(),
        )

    def words(self) -> dict[str, Any]:
        """How other records print this commitment."""
        return {"id": self.pk, "title": self.title(), "verb": self.verb, "nature": self.nature}

    def as_data(self) -> dict[str, Any]:
        return commitment_data(self)


class CommitmentLink(Fact):
    """How one commitment takes up an earlier one, and who says so. SKOS-like relation; PROV `wasDerivedFrom`."""

    class Relation(models.TextChoices):
        REPEATS = "repeats", _("repeats")
        BUILDS_ON = "builds_on", _("builds on")
        NARROWS = "narrows", _("narrows")
        BROADENS = "broadens", _("broadens")
        IMPLEMENTS = "implements", _("implements")
        REPORTS_ON = "reports_on", _("reports on")
        SUPERSEDES = "supersedes", _("supersedes")

    REPORTS = (Relation.IMPLEMENTS, Relation.REPORTS_ON)
    """Those that say what was done."""

    class AssertedBy(models.TextChoices):
        SOURCE = "source", _("a source")
        ARCHIVE = "archive", _("this archive")

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="links_out")
    relation = models.CharField(max_length=10, choices=Relation)
    target = models.ForeignKey(Commitment, models.PROTECT, related_name="links_in")
    asserted_by = models.CharField(max_length=7, choices=AssertedBy, default=AssertedBy.ARCHIVE)

    class Meta:
        ordering = ["commitment", "relation", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["commitment", "target", "relation"], name="commitment_link_once"),
            models.CheckConstraint(
                name="commitment_link_not_to_itself", condition=~Q(commitment=F("target"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment} {self.get_relation_display()} {self.target}"

    def as_data(self) -> dict[str, Any]:
        return {
            "relation": self.relation,
            "target": self.target_words(),
            "asserted_by": self.asserted_by,
            **self.basis(),
        }

    def target_words(self) -> dict[str, Any]:
        """How the commitment that takes up prints the one taken up: without its words once it is withdrawn."""
        pid = self.target.pid
        return self.target.words() if pid.is_public else {"id": pid.value, "state": pid.state}
