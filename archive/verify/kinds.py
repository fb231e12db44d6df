"""What can be said of a passage, and of a reference."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class VerdictKind(TextChoices):
    EXACT = "exact", _("exact")
    SAME = "same", _("the same but for spacing, quotation marks, case or the mark at its end")
    DIFFERS = "differs", _("differs")
    JOINED = "joined", _("joined from several places")
    NOT_FOUND = "not_found", _("not found")
    WITHDRAWN = "withdrawn", _("stood in a record that was withdrawn")
    TOO_SHORT = "too_short", _("too short to tell")


class Differing(TextChoices):
    """What a footnote tells of an edition that another edition may have otherwise."""

    WORDS = "words", _("the words")
    TITLE = "title", _("the title")
    DATE = "date", _("the date")
    PLACE = "place", _("the place")


class Judgement(TextChoices):
    CURRENT = "current", _("current")
    SUPERSEDED = "superseded", _("an earlier edition")
    MOVED = "moved", _("moved")
    MERGED = "merged", _("merged into another record")
    RETRACTED = "retracted", _("retracted by its issuer")
    CORRECTED = "corrected", _("corrected by its issuer")
    SUPERSEDED_BY_ISSUER = "superseded_by_issuer", _("superseded by its issuer")
    CANCELLED = "cancelled", _("of a meeting that was cancelled")
    POSTPONED = "postponed", _("of a meeting that was postponed")
    WITHDRAWN = "withdrawn", _("withdrawn from the archive")
    MISTYPED = "mistyped", _("mistyped")
    PARAGRAPH_GONE = "paragraph_gone", _("the paragraph stands no more")
    UNKNOWN = "unknown", _("not found in this archive")
