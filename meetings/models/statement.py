"""Statements, their texts and numbered paragraphs."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any, Self

from django.apps import apps
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dialogues.models import Country, Dialogue, Topic
from meetings.as_data import statement_data
from meetings.models.meeting import Meeting
from registry.kit import segments
from registry.kit.text import plain_words
from registry.ledger import free_path
from registry.models import Fact, Record, Source
from registry.models.fields import PartialDateField
from registry.models.record import RecordManager, RecordQuerySet


class StatementKind(models.TextChoices):
    JOINT_STATEMENT = "joint_statement", _("joint statement")
    JOINT_DECLARATION = "joint_declaration", _("joint declaration")
    JOINT_COMMUNIQUE = "joint_communique", _("joint communiqué")
    JOINT_PRESS_RELEASE = "joint_press_release", _("joint press release")
    DECLARATION = "declaration", _("declaration")
    LEADERS_DECLARATION = "leaders_declaration", _("leaders’ declaration")
    ACTION_PLAN = "action_plan", _("action plan")
    ROADMAP = "roadmap", _("roadmap")
    INITIATIVE = "initiative", _("initiative")
    TREATY = "treaty", _("treaty")
    CHAIRS_STATEMENT = "chairs_statement", _("chair’s statement")
    CHAIRS_SUMMARY = "chairs_summary", _("chair’s summary")
    NATIONAL_STATEMENT = "national_statement", _("national statement")
    OPENING_REMARKS = "opening_remarks", _("opening remarks")
    READOUT = "readout", _("readout")
    PRESS_RELEASE = "press_release", _("press release")
    ANNEX = "annex", _("annex")
    STATEMENT = "statement", _("statement")
    COMMUNIQUE = "communique", _("communiqué")
    PRESS_STATEMENT = "press_statement", _("press statement")
    JOINT_PRESS_STATEMENT = "joint_press_statement", _("joint press statement")
    CONCLUSIONS = "conclusions", _("conclusions")
    REPORT = "report", _("report")
    REVIEW = "review", _("review")
    STRATEGY = "strategy", _("strategy")
    FRAMEWORK = "framework", _("framework")
    CONCEPT_PAPER = "concept_paper", _("concept paper")
    GUIDELINES = "guidelines", _("guidelines")
    COMMITMENTS = "commitments", _("list of commitments")
    OVERVIEW = "overview", _("overview by one party")
    FACTSHEET = "factsheet", _("fact sheet")
    PRESS_CONFERENCE = "press_conference", _("press conference")
    SPEECH = "speech", _("speech")


class Authority(models.TextChoices):
    COLLECTIVE = "collective", _("all parties")
    CHAIR = "chair", _("the chair")
    ONE_PARTY = "one_party", _("one party")
    SECRETARIAT = "secretariat", _("the secretariat")
    THIRD_PARTY = "third_party", _("a third party")


class IssuerState(models.TextChoices):
    PLANNED = "planned", _("planned")
    IN_FORCE = "in_force", _("in force")
    CORRECTED = "corrected", _("corrected by its issuer")
    RETRACTED = "retracted", _("retracted by its issuer")
    SUPERSEDED = "superseded", _("superseded")


class StatementQuerySet(RecordQuerySet):
    def newest_first(self) -> Self:
        return self.order_by(F("date").desc(nulls_last=True), "pk")

    def of_no_meeting(self, dialogue: str, year: str) -> Self:
        """Those of a dialogue in a year, or `undated`, that belong to no meeting."""
        dates = {"date__isnull": True} if year == "undated" else {"date__startswith": year}
        return self.filter(dialogue=dialogue, meeting_links__isnull=True, **dates)

    def for_list(self) -> Self:
        return self.with_support().select_related("dialogue")

    def resembling(self, dates: set[str | None], urls: set[str]) -> dict[tuple[Any, ...], Statement]:
        """Statements by (dialogue, title in plain words, date), and by ("url", the issuer’s address); two queries."""
        dated = Q(date__in=dates - {None}) | (Q(date=None) if None in dates else Q())
        found: dict[tuple[Any, ...], Statement] = {
            (one.dialogue.code, plain_words(one.title_printed), one.date): one
            for one in self.select_related("dialogue").filter(dated if dates else Q(pk=None))
        }
        located = StatementLocation.objects.filter(url__in=urls).select_related("statement")
        return found | {("url", location.url): location.statement for location in located}


class Statement(Record, Fact):
    """A document issued by parties, at a meeting or at none.

    Akoma Ntoso `<statement>` (FRBRWork); schema.org Report or CreativeWork; Open Civic Data EventDocument.
    """

    PATH_PREFETCH = (
        "dialogue__pid",
        "meeting_links__meeting__pid",
        "meeting_links__meeting__track__dialogue__pid",
    )
    FOUNDATIONS = (
        ("dialogue", "dialogue", _("Publish its dialogue first.")),
        ("meetings", "meeting_links__meeting", _("Publish its meetings first.")),
    )
    DATA_SELECT = ("dialogue", "annex_of__pid")
    DATA_PREFETCH = (
        "sources",
        "titles",
        "issuers",
        "locations",
        "signatures__country",
        "meeting_links__meeting__pid",
        "meeting_links__meeting__track__dialogue",
        "meeting_links__meeting__places",
        "texts__sources",
        "texts__read_in",
        "texts__paragraphs__topics",
    )

    dialogue = models.ForeignKey(Dialogue, models.PROTECT, related_name="statements")
    kind = models.CharField(max_length=24, choices=StatementKind)
    slug = models.SlugField(max_length=60, blank=True, help_text=_("last segment of its address"))
    title_printed = models.TextField(_("title"))
    date = PartialDateField(db_index=True)
    act = models.CharField(max_length=20, blank=True, help_text=_("how: issued, adopted, signed"))
    authority = models.CharField(max_length=12, choices=Authority, default=Authority.COLLECTIVE)
    issuers = models.ManyToManyField(Country, blank=True, related_name="statements_issued")
    issuer_state = models.CharField(max_length=10, choices=IssuerState, default=IssuerState.IN_FORCE)
    issuer_state_note = models.TextField(blank=True)
    annex_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="annexes")
    contents_printed = models.TextField(blank=True, help_text=_("its headings, a line each"))
    meetings = models.ManyToManyField(Meeting, through="StatementMeeting", related_name="statements")

    objects = RecordManager.from_queryset(StatementQuerySet)()

    class Meta:
        ordering = [F("date").desc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(
                name="statement_not_its_own_annex",
                condition=Q(annex_of__isnull=True) | ~Q(annex_of=F("pid")),
            )
        ]

    def __str__(self) -> str:
        return self.title_printed

    def segment(self) -> str:
        return self.slug or self.kind.replace("_", "-")

    def wanted_path(self) -> str:
        """Beneath its first meeting, or `quad/2024/statements/<slug>` where it belongs to none."""
        link = next(iter(self.meeting_links.all()), None)
        if link:
            base = link.meeting.pid.path or link.meeting.wanted_path()
        else:
            year = self.date[:4] if self.date else "undated"
            base = f"{self.dialogue.pid.path or self.dialogue.code}/{year}/statements"
        return f"{base}/{self.segment()}"

    def proposed_path(self) -> str:
        """A second one of the same name gets `-2`; queries for names taken."""
        return free_path(self.wanted_path(), self.pk)

    @classmethod
    def quoting(cls, pks: Iterable[Any]) -> Iterable[Record]:
        commitments = apps.get_model("meetings", "Commitment").objects.filter(statement__in=pks)
        return chain(Meeting.objects.filter(statement_links__statement__in=pks).distinct(), commitments)

    def words(self) -> dict[str, Any]:
        """How other records print this statement."""
        return {"id": self.pk, "title": self.title_printed, "kind": self.kind, "date": self.date}

    def as_data(self) -> dict[str, Any]:
        return statement_data(self)


class StatementMeeting(models.Model):
    """A statement issued at a meeting; its address stands under the first."""

    statement = models.ForeignKey(Statement, models.PROTECT, related_name="meeting_links")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="statement_links")
    number = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["statement", "meeting"], name="statement_meeting_once")
        ]

    def __str__(self) -> str:
        return f"{self.statement} at {self.meeting}"


class StatementTitle(models.Model):
    """A statement's title in another language."""

    statement = models.ForeignKey(Statement, models.PROTECT, related_name="titles")
    language = models.CharField(max_length=20)
    text = models.TextField()

    class Meta:
        ordering = ["language"]
        constraints = [models.UniqueConstraint(fields=["statement", "language"], name="statement_title_once")]

    def __str__(self) -> str:
        return self.text

    def as_data(self) -> dict[str, Any]:
        return {"language": self.language, "text": self.text}


class StatementLocation(models.Model):
    """Where the issuer's text was found, in a language; the address is empty where only the language is known."""

    statement = models.ForeignKey(Statement, models.PROTECT, related_name="locations")
    language = models.CharField(max_length=20)
    url = models.URLField(max_length=1000, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["language", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["statement", "language", "url"], name="statement_location_once")
        ]

    def __str__(self) -> str:
        return self.url or self.language

    def as_data(self) -> dict[str, Any]:
        return {"language": self.language, "url": self.url or None, "note": self.note}


class Signature(models.Model):
    """A country that signed a statement, and by whom where a source says so."""

    statement = models.ForeignKey(Statement, models.PROTECT, related_name="signatures")
    country = models.ForeignKey(Country, models.PROTECT, related_name="signatures")
    number = models.PositiveSmallIntegerField(default=1)
    by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["number", "pk"]
        constraints = [models.UniqueConstraint(fields=["statement", "country"], name="signature_once")]

    def __str__(self) -> str:
        return f"{self.country}: {self.statement}"

    def as_data(self) -> dict[str, Any]:
        return {"country": self.country.words(), "by": self.by}


class Text(Fact):
    """A statement in one language. Akoma Ntoso FRBRExpression; schema.org `workTranslation`."""

    class Kind(models.TextChoices):
        AUTHENTIC = "authentic", _("authentic text")
        OFFICIAL = "official", _("official translation")
        PROVISIONAL = "provisional", _("provisional translation")
        UNOFFICIAL = "unofficial", _("unofficial translation")
        SUMMARY = "summary", _("summary of this archive")

    statement = models.ForeignKey(Statement, models.PROTECT, related_name="texts")
    language = models.CharField(max_length=20, validators=[RegexValidator(r"^[a-z]{2,3}(-[a-z0-9]{2,8})*$")])
    kind = models.CharField(max_length=11, choices=Kind)
    read_in = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="texts")

    class Meta:
        ordering = ["kind", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["statement", "language"],
                condition=~Q(kind="summary"),
                name="text_once_a_language",
            ),
            models.UniqueConstraint(
                fields=["statement", "language"],
                condition=Q(kind="summary"),
                name="text_summary_once_a_language",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.statement} ({self.segment})"

    @property
    def segment(self) -> str:
        """Its address beneath the statement: `en`; our own summary is never taken for it: `en-x-summary`."""
        return segments.of_summary(self.language) if self.kind == self.Kind.SUMMARY else self.language

    def as_data(self) -> dict[str, Any]:
        return {
            "segment": self.segment,
            "language": self.language,
            "kind": self.kind,
            "read_in": self.read_in.key if self.read_in else None,
            "paragraphs": [paragraph.as_data() for paragraph in self.paragraphs.all()],
            **self.basis(),
        }


class Paragraph(models.Model):
    """A numbered piece of a text; `key` stays the same across editions and languages. Akoma Ntoso `eId`."""

    class Kind(models.TextChoices):
        HEADING = "heading", _("heading")
        PREAMBULAR = "preambular", _("preambular")
        OPERATIVE = "operative", _("operative")
        ITEM = "item", _("item")

    text = models.ForeignKey(Text, models.PROTECT, related_name="paragraphs")
    number = models.PositiveSmallIntegerField(help_text=_("place in the text"))
    key = models.CharField(
        max_length=20,
        validators=[RegexValidator(r"^[a-z]+[0-9]+(-[0-9]+)*$")],
        help_text=_("its address: p4; never given to another paragraph"),
    )
    number_printed = models.CharField(max_length=20, blank=True)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.OPERATIVE)
    words = models.TextField(_("text"))
    topics = models.ManyToManyField(Topic, blank=True, related_name="paragraphs")

    class Meta:
        ordering = ["text", "number"]
        constraints = [
            models.UniqueConstraint(fields=["text", "key"], name="paragraph_key_once"),
            models.UniqueConstraint(fields=["text", "number"], name="paragraph_numbered"),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.words[:60]}"

    def as_data(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "number": self.number,
            "number_printed": self.number_printed,
            "kind": self.kind,
            "text": self.words,
            "topics": [topic.words() for topic in self.topics.all()],
        }
