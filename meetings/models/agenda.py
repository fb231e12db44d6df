"""What a meeting was to talk about."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from dialogues.models import Topic
from meetings.models.meeting import Meeting
from registry.models import Fact


class AgendaItem(Fact):
    """One item of a meeting's agenda, official or reconstructed by us. Open Civic Data EventAgendaItem."""

    class Basis(models.TextChoices):
        OFFICIAL = "official", _("as published")
        RECONSTRUCTED = "reconstructed", _("reconstructed by this archive")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="agenda_items")
    number = models.PositiveSmallIntegerField(help_text=_("place in the agenda"))
    number_printed = models.CharField(max_length=20, blank=True)
    title = models.TextField()
    basis_kind = models.CharField(_("basis"), max_length=14, choices=Basis, default=Basis.OFFICIAL)
    summary = models.TextField(blank=True)
    topics = models.ManyToManyField(Topic, blank=True, related_name="agenda_items")

    class Meta:
        ordering = ["meeting", "number"]
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="agenda_item_numbered")]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    @property
    def key(self) -> str:
        """Its anchor in the meeting's page and data: a1."""
        return f"a{self.number}"

    def as_data(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "number": self.number,
            "number_printed": self.number_printed,
            "title": self.title,
            "names": [name.as_data() for name in self.names.all()],
            "basis": self.basis_kind,
            "summary": self.summary,
            "topics": [topic.words() for topic in self.topics.all()],
            **self.basis(),
        }


class AgendaItemName(models.Model):
    """An agenda item's title in another language."""

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="names")
    language = models.CharField(max_length=20)
    text = models.TextField()

    class Meta:
        ordering = ["language"]
        constraints = [models.UniqueConstraint(fields=["item", "language"], name="agenda_item_name_once")]

    def __str__(self) -> str:
        return self.text

    def as_data(self) -> dict[str, Any]:
        return {"language": self.language, "text": self.text}
