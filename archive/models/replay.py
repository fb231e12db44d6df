"""Replays of the ledger: how often every public address was asked for, and what came of it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone

MOST_FAILURES = 100
"""So many failures are kept by name."""


class ReplayQuerySet(models.QuerySet):  # type: ignore[type-arg]
    def newest_first(self) -> ReplayQuerySet:
        return self.order_by("-pk")


class Replay(models.Model):
    """One time that all addresses of the ledger were asked for. Append-only."""

    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(default=timezone.now, editable=False)
    asked = models.PositiveBigIntegerField(help_text="addresses, each in every form it is offered in")
    kept = models.PositiveBigIntegerField(help_text="those that answered as promised")
    failures = models.JSONField(default=list, help_text="the first that did not, each with its answer")
    change = models.PositiveBigIntegerField(help_text="the newest change of the record before it began")
    version = models.CharField(max_length=20, help_text="of the software")

    objects = ReplayQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="replay_keeps_no_more_than_asked", condition=models.Q(kept__lte=models.F("asked"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.kept} of {self.asked}"

    @property
    def failed(self) -> int:
        return self.asked - self.kept

    def as_data(self) -> dict[str, Any]:
        return {
            "asked": self.asked,
            "kept": self.kept,
            "failures": self.failures,
            "started_at": self.started_at.isoformat(),
            "finished_at": self.finished_at.isoformat(),
            "version": self.version,
        }
