"""Topics: what is talked about."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.models import NameKey, Record
from registry.models.record import RecordManager, RecordQuerySet


class TopicQuerySet(RecordQuerySet):
    def narrower_than(self, topic: str) -> Self:
        return self.filter(broader=topic)

    def at_or_beneath(self, *topics: str) -> set[str]:
        """These topics and all that are narrower, however far down; one query."""
        narrower: dict[str | None, list[str]] = defaultdict(list)
        for pid, broader in self.order_by().values_list("pk", "broader"):
            narrower[broader].append(pid)
        found, waiting = set(topics), list(topics)
        while waiting:
            fresh = set(narrower[waiting.pop()]) - found
            found |= fresh
            waiting += fresh
        return found

    def with_broader(self) -> Self:
        return self.select_related("broader__pid")


class Topic(Record):
    """A subject in a small tree. SKOS Concept with `broader`; schema.org DefinedTerm."""

    DATA_SELECT = ("broader",)

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    definition = models.TextField(blank=True)
    broader = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="narrower")

    objects = RecordManager.from_queryset(TopicQuerySet)()

    class Meta:
        ordering = [NameKey("name"), "pk"]
        constraints = [
            models.CheckConstraint(
                name="topic_not_broader_than_itself", condition=~models.Q(pid=models.F("broader"))
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse a circle of broader topics; one query a step upwards."""
        above = self.broader
        while above is not None:
            if above.pk == self.pk:
                raise ValidationError({"broader": _("This makes the topic broader than itself.")})
            above = above.broader

    def wanted_path(self) -> str:
        return f"topics/{self.slug}"

    def words(self) -> dict[str, Any]:
        """How other records print this topic."""
        return {"id": self.pk, "slug": self.slug, "name": self.name}

    def as_data(self) -> dict[str, Any]:
        return {
            "id": self.pk,
            "type": "topic",
            "title": self.name,
            "slug": self.slug,
            "name": self.name,
            "definition": self.definition,
            "broader": self.broader.words() if self.broader else None,
            "claims": self.claims_data(),
        }
