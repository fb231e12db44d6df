"""What is recorded around a meeting: its names, places and notes, and what became of its date."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from dialogues.models import Country
from meetings.models.meeting import Meeting
from registry.models import Fact
from registry.models.fields import PartialDateField


class MeetingName(Fact):
    """A meeting's official name or its theme, in a language. Popolo `other_names`."""

    class Kind(models.TextChoices):
        OFFICIAL = "official", _("official name")
        THEME = "theme", _("theme")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="names")
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.OFFICIAL)
    language = models.CharField(max_length=20)
    text = models.TextField()

    class Meta:
        ordering = ["kind", "language", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "kind", "language"], name="meeting_name_once")
        ]

    def __str__(self) -> str:
        return self.text

    def as_data(self) -> dict[str, Any]:
        return {"kind": self.kind, "language": self.language, "text": self.text, **self.basis()}


class MeetingPlace(models.Model):
    """Where a meeting took place; the city as it was named then. schema.org Place."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="places")
    number = models.PositiveSmallIntegerField(default=1)
    venue = models.CharField(max_length=250, blank=True)
    city = models.CharField(max_length=120, blank=True)
    city_now = models.CharField(max_length=120, blank=True, help_text=_("where it was renamed since"))
    country = models.ForeignKey(Country, models.PROTECT, null=True, blank=True, related_name="meeting_places")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="meeting_place_numbered")]

    def __str__(self) -> str:
        return ", ".join(filter(None, [self.venue, self.city, self.country.name if self.country else ""]))

    def as_data(self) -> dict[str, Any]:
        return {
            "venue": self.venue,
            "city": self.city,
            "city_now": self.city_now,
            "country": self.country.words() if self.country else None,
        }


class MeetingNote(Fact):
    """Something else that is known of a meeting: an event at its side, or a remark on what was found."""

    class Kind(models.TextChoices):
        SIDE_EVENT = "side_event", _("side event")
        REMARK = "remark", _("remark")
        PARTICIPATION = "participation", _("on who took part")
        NUMBERING = "numbering", _("on its number")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="notes")
    kind = models.CharField(max_length=13, choices=Kind, default=Kind.REMARK)
    number = models.PositiveSmallIntegerField(default=1)
    text = models.TextField()

    class Meta:
        ordering = ["kind", "number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "kind", "number"], name="meeting_note_numbered")
        ]

    def __str__(self) -> str:
        return self.text

    def as_data(self) -> dict[str, Any]:
        return {"kind": self.kind, "number": self.number, "text": self.text, **self.basis()}


class ScheduleChange(Fact):
    """A date and place announced for a meeting, or its postponement, move or cancellation.

    schema.org `previousStartDate`, `eventStatus`.
    """

    class Kind(models.TextChoices):
        ANNOUNCED = "announced", _("announced")
        POSTPONED = "postponed", _("postponed")
        RESCHEDULED = "rescheduled", _("rescheduled")
        MOVED = "moved", _("moved to another place")
        CANCELLED = "cancelled", _("cancelled")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="schedule_changes")
    number = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(max_length=12, choices=Kind)
    start = PartialDateField()
    end = PartialDateField()
    place = models.CharField(max_length=250, blank=True)
    announced_on = PartialDateField()
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="schedule_change_numbered")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.start or ''}".strip()

    def as_data(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "kind": self.kind,
            "start": self.start,
            "end": self.end,
            "place": self.place,
            "announced_on": self.announced_on,
            "reason": self.reason,
            **self.basis(),
        }
