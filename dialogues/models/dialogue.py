"""Dialogues, their tracks and their members."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from dialogues.models.country import Country
from registry.models import Fact, NameKey, Pid, Prepared, Record, State
from registry.models.fields import PartialDateField
from registry.models.record import RecordManager, RecordQuerySet, sources_data
from registry.paths import RECORD_ROOMS, RESERVED


class DialogueQuerySet(RecordQuerySet):
    def met_at(self, meetings: Any) -> Self:
        """Those of these meetings."""
        return self.filter(tracks__meetings__in=meetings.order_by().values("pk")).distinct()

    def joined_by(self, codes: Iterable[str]) -> Self:
        """To which every one of these countries belongs, or once belonged."""
        found = self
        for code in codes:
            its = Membership.objects.filter(dialogue=models.OuterRef("pk"), country__code=code)
            found = found.filter(models.Exists(its))
        return found


class Dialogue(Record, Fact):
    """A framework in which governments meet. Popolo Organization; schema.org Organization."""

    DATA_SELECT = ("founded_country",)
    DATA_PREFETCH = (
        "sources",
        "names__sources",
        "tracks",
        "memberships__country",
        "memberships__sources",
        "notes__sources",
    )

    code = models.SlugField(max_length=40, unique=True, help_text=_("first segment of every address: ca-jad"))
    name = models.CharField(max_length=200, help_text=_("short, in English, as other pages print it"))
    abbreviation = models.CharField(max_length=20, blank=True)
    founded = PartialDateField()
    founded_place = models.CharField(max_length=120, blank=True)
    founded_country = models.ForeignKey(
        Country, models.PROTECT, null=True, blank=True, related_name="dialogues_founded"
    )
    founded_by = models.CharField(max_length=250, blank=True)
    founded_note = models.TextField(blank=True)
    purpose = models.TextField(blank=True)
    coverage_end = models.CharField(max_length=200, blank=True, help_text=_("until when sources were read"))
    numbers_meetings = models.BooleanField(default=True)

    objects = RecordManager.from_queryset(DialogueQuerySet)()

    class Meta:
        ordering = [NameKey("name"), "pk"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.code in RESERVED | RECORD_ROOMS:
            raise ValidationError({"code": _("The site keeps this word for itself.")})

    def wanted_path(self) -> str:
        return self.code

    def words(self) -> dict[str, Any]:
        """How other records print this dialogue."""
        return {"id": self.pk, "code": self.code, "name": self.name}

    def as_data(self) -> dict[str, Any]:
        return {
            "id": self.pk,
            "type": "dialogue",
            "title": self.name,
            "code": self.code,
            "names": [name.as_data() for name in self.names.all()],
            "abbreviation": self.abbreviation,
            "founded": {
                "date": self.founded,
                "place": self.founded_place,
                "country": self.founded_country.words() if self.founded_country else None,
                "by": self.founded_by,
                "note": self.founded_note,
            },
            "purpose": self.purpose,
            "coverage_end": self.coverage_end,
            "numbers_meetings": self.numbers_meetings,
            "tracks": [track.as_data() for track in self.tracks.all()],
            "members": [membership.as_data() for membership in self.memberships.all()],
            "notes": [note.as_data() for note in self.notes.all()],
            **self.basis(),
            "claims": self.claims_data(),
            "cited_sources": sources_data(
                [self], self.names.all(), self.memberships.all(), self.notes.all(), self.pid.claims.all()
            ),
        }


class DialogueName(Fact):
    """A dialogue's name in a language. Popolo `other_names`."""

    dialogue = models.ForeignKey(Dialogue, models.PROTECT, related_name="names")
    language = models.CharField(max_length=20)
    text = models.CharField(max_length=250)

    class Meta:
        ordering = ["language", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["dialogue", "language", "text"], name="dialogue_name_once")
        ]

    def __str__(self) -> str:
        return self.text

    def as_data(self) -> dict[str, Any]:
        return {"language": self.language, "text": self.text, **self.basis()}


class DialogueNote(Fact):
    """A statement about a dialogue as a whole: a principle, a pillar, a remark on its numbering, a related event.

    `fixed_at` is the meeting, if any, at which it was agreed.
    """

    class Kind(models.TextChoices):
        PRINCIPLE = "principle", _("basic principle")
        PILLAR = "pillar", _("pillar")
        ABBREVIATION = "abbreviation", _("on its abbreviation")
        MEMBERSHIP = "membership", _("on its members")
        NUMBERING = "numbering", _("on the numbering of meetings")
        CHAIRING = "chairing", _("on who chairs")
        INSTITUTIONS = "institutions", _("on its institutions")
        LEVEL = "level", _("on the level of its meetings")
        FORM = "form", _("on its form")
        READING = "reading", _("on how its sources were read")
        RELATED_EVENT = "related_event", _("related event outside it")

    dialogue = models.ForeignKey(Dialogue, models.PROTECT, related_name="notes")
    kind = models.CharField(max_length=14, choices=Kind)
    number = models.PositiveSmallIntegerField(default=1)
    date = PartialDateField()
    text = models.TextField()
    fixed_at = models.ForeignKey(Pid, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["kind", "number"]
        constraints = [
            models.UniqueConstraint(fields=["dialogue", "kind", "number"], name="dialogue_note_numbered")
        ]

    def __str__(self) -> str:
        return self.text

    def as_data(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "number": self.number,
            "date": self.date,
            "text": self.text,
            "fixed_at": self.fixed_at_id,
            **self.basis(),
        }


class Level(models.TextChoices):
    SUMMIT = "summit", _("heads of state or government")
    MINISTERS = "ministers", _("ministers")
    VICE_MINISTERS = "vice_ministers", _("deputy ministers")
    SECTORAL_MINISTERS = "sectoral_ministers", _("ministers of one field")
    SENIOR_OFFICIALS = "senior_officials", _("senior officials")
    EXPERTS = "experts", _("experts")
    INTELLECTUAL = "intellectual", _("scholars and officials")
    BUSINESS = "business", _("business")
    OTHER = "other", _("other")


class TrackManager(models.Manager):  # type: ignore[type-arg]
    def find(self, dialogue: str, code: str) -> Track | None:
        """The track of a dialogue with this code; one query."""
        return self.filter(dialogue=dialogue, code=code).first()

    def is_public(self, dialogue: str, code: str) -> bool:
        """Whether a public dialogue has such a track, by the codes of both; one query."""
        return self.filter(dialogue__code=dialogue, dialogue__pid__state=State.PUBLIC, code=code).exists()

    def names(self) -> dict[tuple[str, str], str]:
        """What each track is called, by dialogue and code; one query."""
        return {(dialogue, code): name for dialogue, code, name in TRACK_NAMES.rows()}


class Track(models.Model):
    """A series of meetings inside a dialogue; ordinals belong to it. schema.org EventSeries."""

    dialogue = models.ForeignKey(Dialogue, models.PROTECT, related_name="tracks")
    code = models.SlugField(max_length=20, help_text=_("stands in the address: fm"))
    name = models.CharField(max_length=120, help_text=_("of the series: Foreign Ministers’ Meetings"))
    meeting_name = models.CharField(max_length=120, help_text=_("of one: Foreign Ministers’ Meeting"))
    level = models.CharField(max_length=20, choices=Level)
    number = models.PositiveSmallIntegerField(default=1, help_text=_("place in lists"))
    held_as_stated = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text=_("how many meetings a source counts")
    )
    note = models.TextField(blank=True)

    objects = TrackManager()

    class Meta:
        ordering = ["dialogue", "number", NameKey("code")]
        constraints = [models.UniqueConstraint(fields=["dialogue", "code"], name="track_code_once")]

    def __str__(self) -> str:
        return f"{self.dialogue}: {self.name}"

    def words(self) -> dict[str, Any]:
        """How meetings print their track."""
        return {"code": self.code, "name": self.name, "meeting_name": self.meeting_name, "level": self.level}

    def as_data(self) -> dict[str, Any]:
        return {
            **self.words(),
            "number": self.number,
            "held_as_stated": self.held_as_stated,
            "note": self.note,
        }


class MembershipQuerySet(models.QuerySet):  # type: ignore[type-arg]
    def of_country(self, country: str) -> Self:
        """In public dialogues."""
        public = self.filter(country=country, dialogue__pid__state=State.PUBLIC)
        return public.select_related("dialogue__pid").order_by(
            NameKey("dialogue__name"), "dialogue__pk", "number"
        )


class Membership(Fact):
    """A country in a dialogue: its role, from when to when. Popolo Membership."""

    class Role(models.TextChoices):
        INITIATOR = "initiator", _("initiator")
        MEMBER = "member", _("member")
        OBSERVER = "observer", _("observer")
        PARTNER = "partner", _("partner")

    dialogue = models.ForeignKey(Dialogue, models.PROTECT, related_name="memberships")
    country = models.ForeignKey(Country, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role, default=Role.MEMBER)
    start = PartialDateField()
    end = PartialDateField()
    number = models.PositiveSmallIntegerField(default=1, help_text=_("place in lists"))

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["dialogue", "number"]
        constraints = [
            models.UniqueConstraint(fields=["dialogue", "country", "role", "start"], name="membership_once"),
            models.UniqueConstraint(
                fields=["dialogue", "country", "role"],
                condition=models.Q(start__isnull=True),
                name="membership_without_start_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.country} in {self.dialogue}"

    def as_data(self) -> dict[str, Any]:
        return {
            "country": self.country.words(),
            "role": self.role,
            "start": self.start,
            "end": self.end,
            **self.basis(),
        }


TRACK_NAMES = Prepared(lambda: Track.objects.values_list("dialogue", "code", "name"))
