"""The lexicon of verbs: families of what parties do with words, their verbs by rank, their forms as printed.

Editors change it in the admin. Pages read the newest `LexiconEdition`, which holds the whole as it was frozen.
"""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.lexicon import Lexicon
from meetings.models import Strength
from registry.kit import canonical
from registry.models import Editor

SEPARATOR = ";"


class VerbFamily(models.Model):
    """What parties do with words: commit themselves, affirm, request. Ranks are compared within a family."""

    key = models.SlugField(max_length=40, unique=True)
    number = models.PositiveSmallIntegerField(default=1, help_text=_("place on the page"))
    name = models.CharField(max_length=80)
    meaning = models.TextField(blank=True)

    class Meta:
        ordering = ["number", "key"]
        verbose_name_plural = _("verb families")

    def __str__(self) -> str:
        return self.name


class LexiconVerb(models.Model):
    """A verb of a family. Where its key is a kind of verb of commitments, it says how strong these are."""

    family = models.ForeignKey(VerbFamily, models.PROTECT, related_name="verbs")
    key = models.SlugField(max_length=40, unique=True, help_text=_("reaffirmed, called_on"))
    name = models.CharField(max_length=80, help_text=_("as the ladder prints it: reaffirms"))
    rank = models.PositiveSmallIntegerField(
        help_text=_("within its family, 1 the weakest; verbs of one rank are as strong as each other")
    )
    strength = models.CharField(
        max_length=10, choices=Strength, help_text=_("where it stands between families")
    )
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["family", "-rank", "key"]
        constraints = [
            models.CheckConstraint(name="lexicon_rank_from_one", condition=models.Q(rank__gte=1)),
        ]

    def __str__(self) -> str:
        return self.name


class VerbForms(models.Model):
    """How a verb is printed in one language: its forms, parted by semicolons."""

    verb = models.ForeignKey(LexiconVerb, models.PROTECT, related_name="forms")
    language = models.CharField(max_length=20, help_text=_("en, ru, ja"))
    forms = models.TextField(help_text=_("reaffirm; reaffirms; reaffirmed; reaffirming"))

    class Meta:
        ordering = ["verb", "language"]
        verbose_name_plural = _("forms as printed")
        constraints = [
            models.UniqueConstraint(fields=["verb", "language"], name="verb_forms_once_a_language")
        ]

    def __str__(self) -> str:
        return f"{self.verb} ({self.language})"

    def clean(self) -> None:
        if not self.as_list():
            raise ValidationError({"forms": _("Write at least one form.")})

    def as_list(self) -> list[str]:
        return [form for part in self.forms.split(SEPARATOR) if (form := " ".join(part.split()))]


class LexiconEditionQuerySet(models.QuerySet):  # type: ignore[type-arg]
    def newest_first(self) -> LexiconEditionQuerySet:
        return self.order_by("-pk")

    def lexicon(self) -> tuple[Lexicon, LexiconEdition | None]:
        """The newest as it can be asked, with the edition; an empty one where none is loaded. One query."""
        newest = self.newest_first().first()
        return Lexicon(newest.data if newest else {"families": []}), newest


class LexiconEdition(models.Model):
    """The whole lexicon as it was from a moment on; nothing changes or deletes one."""

    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Editor, models.PROTECT, null=True, blank=True, related_name="+")

    objects = LexiconEditionQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.published_at:%Y-%m-%d} {self.sha256[:12]}"

    @property
    def data(self) -> dict[str, Any]:
        data: dict[str, Any] = json.loads(self.content)
        return data

    def about(self) -> dict[str, Any]:
        return {"sha256": self.sha256, "published_at": self.published_at.isoformat()}


def lexicon_data() -> dict[str, Any]:
    """The lexicon as its rows have it now, in an order that does not depend on the database; three queries."""
    families = VerbFamily.objects.prefetch_related("verbs__forms")
    return {
        "families": [
            {
                "key": family.key,
                "name": family.name,
                "meaning": family.meaning,
                "verbs": [
                    verb_data(verb)
                    for verb in sorted(family.verbs.all(), key=lambda one: (-one.rank, one.key))
                ],
            }
            for family in sorted(families, key=lambda one: (one.number, one.key))
        ]
    }


def verb_data(verb: LexiconVerb) -> dict[str, Any]:
    return {
        "key": verb.key,
        "name": verb.name,
        "rank": verb.rank,
        "strength": verb.strength,
        "note": verb.note,
        "forms": {
            one.language: one.as_list() for one in sorted(verb.forms.all(), key=lambda one: one.language)
        },
    }


@transaction.atomic
def publish_lexicon(by: Editor | None) -> bool:
    """Freeze the rows as a new edition where they differ from the newest; whether they did."""
    content = canonical.dumps(lexicon_data())
    sha256 = canonical.sha256(content)
    newest = LexiconEdition.objects.newest_first().first()
    if newest and newest.sha256 == sha256:
        return False
    LexiconEdition.objects.create(content=content, sha256=sha256, by=by)
    return True
