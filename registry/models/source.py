"""Where facts were read, and how sure they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.models.fields import PartialDateField


class SourceKind(models.TextChoices):
    OFFICIAL = "official", _("official")
    MIRROR = "mirror", _("mirror of an official page")
    PRESS = "press", _("press")
    INSTITUTE = "institute", _("institute")
    REFERENCE = "reference", _("reference work")
    DATASET = "dataset", _("dataset")
    PERSONAL = "personal", _("personal site")


OFFICIAL_KINDS = (SourceKind.OFFICIAL, SourceKind.MIRROR)


class Support(models.TextChoices):
    """What a fact rests on, by the kinds and the number of its sources."""

    OFFICIAL = "official", _("an official source")
    SEVERAL = "several", _("several other sources")
    SINGLE = "single", _("one press report or other page only")
    GENERAL = "general", _("general knowledge only")


def support_of(kinds: Sequence[str]) -> Support:
    """What rests on sources of these kinds, one entry a source."""
    if set(kinds) & set(OFFICIAL_KINDS):
        return Support.OFFICIAL
    if len(kinds) > 1:
        return Support.SEVERAL
    return Support.SINGLE if kinds else Support.GENERAL


class Source(models.Model):
    """A publication in which facts were read. schema.org CreativeWork; Popolo `sources`."""

    key = models.SlugField(max_length=80, unique=True)
    publisher = models.CharField(max_length=200)
    title = models.TextField()
    url = models.URLField(max_length=1000, blank=True)
    kind = models.CharField(max_length=12, choices=SourceKind)
    language = models.CharField(max_length=20)
    published = PartialDateField()
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["publisher", "key"]

    def __str__(self) -> str:
        return f"{self.publisher}: {self.title}"

    def as_data(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "publisher": self.publisher,
            "title": self.title,
            "url": self.url or None,
            "kind": self.kind,
            "language": self.language,
            "published": self.published,
            "note": self.note,
        }


class Capture(models.Model):
    """The bytes of a source as they were when fetched. schema.org MediaObject."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="captures")
    sha256 = models.CharField(max_length=64, unique=True)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(help_text=_("in bytes"))
    file = models.FileField(upload_to="captures/")
    fetched_at = models.DateTimeField()

    class Meta:
        ordering = ["-fetched_at"]

    def __str__(self) -> str:
        return self.sha256[:12]


class Certainty(models.TextChoices):
    VERIFIED = "verified", _("read in a source")
    INFERRED = "inferred", _("inferred")
    UNVERIFIED = "unverified", _("not verified")


class Confidence(models.TextChoices):
    HIGH = "high", _("high confidence")
    MEDIUM = "medium", _("medium confidence")
    LOW = "low", _("low confidence")


class Fact(models.Model):
    """Anything stated about the world: how sure we are, from which sources, with what reservation."""

    certainty = models.CharField(max_length=10, choices=Certainty, default=Certainty.VERIFIED)
    confidence = models.CharField(
        max_length=6, choices=Confidence, blank=True, help_text=_("where it is not verified")
    )
    note = models.TextField(blank=True, help_text=_("public: a reservation, or the reason of an inference"))
    sources = models.ManyToManyField(Source, blank=True, related_name="+")

    class Meta:
        abstract = True

    def basis(self) -> dict[str, Any]:
        """Certainty, confidence, note and the sources' keys, for `as_data()`; reads prefetched sources."""
        return {
            "certainty": self.certainty,
            "confidence": self.confidence or None,
            "note": self.note,
            "sources": sorted(source.key for source in self.sources.all()),
        }
