"""What became of the words of a commitment when a later one took it up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.kit import diff
from registry.kit.alignment import likeness

LEAST_ALIKE = 0.25
"""Share of common words (Dice) beneath which marks would stand at almost every word and tell nothing."""
BETWEEN = " … "


class Change(models.TextChoices):
    SAME = "same", _("in the same words")
    CHANGED = "changed", _("in changed words")
    OTHER = "other", _("in other words throughout")


class WordsBy(models.TextChoices):
    SOURCE = "source", _("words of a source")
    ARCHIVE = "archive", _("summary by this archive")


@dataclass(frozen=True)
class Wording:
    """How the later words differ from the earlier: `by` says whose words were compared."""

    change: Change
    by: WordsBy
    runs: diff.Words

    @property
    def removed(self) -> str:
        return self._of("removed")

    @property
    def added(self) -> str:
        return self._of("added")

    def _of(self, kind: str) -> str:
        if self.change != Change.CHANGED:
            return ""
        return BETWEEN.join(text.strip() for what, text in self.runs if what == kind and text.strip())


def words_of(commitment: dict[str, Any]) -> tuple[str, WordsBy]:
    """The words of a commitment as its edition has them: the source’s where some are quoted, else the archive’s."""
    if commitment["quote"]:
        return commitment["quote"], WordsBy.SOURCE
    return commitment["summary"], WordsBy.ARCHIVE


def wording(earlier: dict[str, Any], later: dict[str, Any]) -> Wording:
    """Two commitments as their editions have them, compared in the source’s words where both are quoted, else in
    the archive’s: a quotation is never held against a summary."""
    both = earlier["quote"] and later["quote"]
    by = WordsBy.SOURCE if both else WordsBy.ARCHIVE
    old, new = (one["quote"] if both else one["summary"] for one in (earlier, later))
    if old == new:
        return Wording(Change.SAME, by, [("same", new)])
    alike = likeness(old, new) >= LEAST_ALIKE
    return Wording(Change.CHANGED if alike else Change.OTHER, by, diff.phrases(old, new))
