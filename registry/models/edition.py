"""Editions: records as they were frozen, and the log of every change."""

from __future__ import annotations

import json
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.models.ids import Pid


class EditionQuerySet(models.QuerySet):  # type: ignore[type-arg]
    def of(self, pid: Pid | str) -> EditionQuerySet:
        """Every edition of one record, the first first."""
        return self.filter(pid=pid).order_by("number")

    def before(self, number: int) -> EditionQuerySet:
        """Earlier editions, the newest first."""
        return self.filter(number__lt=number).order_by("-number")

    def corrections_until(self, number: int) -> EditionQuerySet:
        """Editions that corrected one before, up to this number, the first first; without their content."""
        return self.filter(number__gt=1, number__lte=number).defer("content")

    def numbered(self, number: int) -> Edition | None:
        """The n-th of one record’s editions; one query."""
        return self.filter(number=number).first()

    def current(self) -> EditionQuerySet:
        return self.filter(number=models.F("pid__edition_number"))


class Edition(models.Model):
    """A record frozen at publication: its `as_data()` as canonical JSON (RFC 8785), which never changes.

    Akoma Ntoso FRBRExpression; schema.org `version`. Database triggers refuse update and delete.
    """

    pid = models.ForeignKey(Pid, models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    role = models.CharField(max_length=40)
    note = models.TextField(blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["pid", "number"]
        constraints = [
            models.UniqueConstraint(fields=["pid", "number"], name="edition_number_once"),
            models.CheckConstraint(
                name="edition_second_has_note", condition=models.Q(number=1) | ~models.Q(note="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pid_id}@{self.number}"

    @cached_property
    def data(self) -> dict[str, Any]:
        data: dict[str, Any] = json.loads(self.content)
        return data

    @property
    def is_current(self) -> bool:
        """Whether no later edition exists; reads `pid`, which the caller has selected."""
        return self.number == self.pid.edition_number

    def about(self) -> dict[str, Any]:
        """What is public about the edition itself, beside its data."""
        return {
            "number": self.number,
            "sha256": self.sha256,
            "published_at": self.published_at.isoformat(),
            "by": self.role,
            "note": self.note,
        }


class Verb(models.TextChoices):
    PUBLISH = "publish", _("published")
    CORRECT = "correct", _("corrected")
    WITHDRAW = "withdraw", _("withdrawn")
    RESTORE = "restore", _("restored")
    RENAME = "rename", _("moved")
    MERGE = "merge", _("merged")


class Change(models.Model):
    """One act of a verb on the public record; its newest row is the archive's clock. Append-only."""

    pid = models.ForeignKey(Pid, models.PROTECT, related_name="changes")
    verb = models.CharField(max_length=10, choices=Verb)
    edition_number = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    role = models.CharField(max_length=40)
    note = models.TextField(blank=True)
    detail = models.JSONField(default=dict, help_text=_("what is needed to understand or undo the act"))
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.pid_id} {self.verb}"
