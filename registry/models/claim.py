"""Values that sources give for one fact: one accepted, the others kept."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.models.ids import Pid
from registry.models.source import Certainty, Confidence, Source


class Claim(models.Model):
    """What a source says of one field of a record. Claims of the same field that differ are a contradiction."""

    about = models.ForeignKey(Pid, models.PROTECT, related_name="claims")
    field = models.CharField(max_length=60, help_text=_("the fact, such as “date” or “chair”"))
    value = models.TextField(help_text=_("as this source gives it"))
    is_accepted = models.BooleanField(default=False)
    certainty = models.CharField(max_length=10, choices=Certainty, default=Certainty.VERIFIED)
    confidence = models.CharField(
        max_length=6, choices=Confidence, blank=True, help_text=_("where it is not verified")
    )
    note = models.TextField(blank=True, help_text=_("public: why it is followed, or what speaks against it"))
    sources = models.ManyToManyField(Source, blank=True, related_name="claims")

    class Meta:
        ordering = ["field", "-is_accepted", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["about", "field", "value"], name="claim_said_once"),
            models.UniqueConstraint(
                fields=["about", "field"],
                condition=models.Q(is_accepted=True),
                name="claim_one_accepted_a_field",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field}: {self.value}"

    def as_data(self) -> dict[str, Any]:
        return {
            "field": self.field,
            "value": self.value,
            "is_accepted": self.is_accepted,
            "certainty": self.certainty,
            "confidence": self.confidence or None,
            "note": self.note,
            "sources": sorted(source.key for source in self.sources.all()),
        }
