"""Numbered releases of the whole archive."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from registry.models import Change


class ReleaseQuerySet(models.QuerySet):  # type: ignore[type-arg]
    def is_there(self, number: int) -> bool:
        return self.filter(number=number).exists()

    def numbered(self, number: int) -> Release | None:
        """The release of this number with its files; two queries."""
        return self.prefetch_related("files").filter(number=number).first()


class Release(models.Model):
    """The whole public archive as files, numbered and kept: what somebody cites who used it all. Append-only."""

    number = models.PositiveIntegerField(unique=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.CharField(max_length=20, help_text="of the software")
    change = models.PositiveBigIntegerField(help_text="the newest change of the record that is in it")
    counts = models.JSONField(help_text="public records by kind")
    note = models.TextField(blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"release {self.number}"

    def get_absolute_url(self) -> str:
        return f"/data/releases/{self.number}/"

    def changes_since(self) -> int:
        """How many changes of the record are not in it; one query."""
        return Change.objects.filter(pk__gt=self.change).count()

    @property
    def folder(self) -> Path:
        return releases_folder() / str(self.number)

    def as_data(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "url": f"{settings.SITE_URL}{self.get_absolute_url()}",
            "made_at": self.made_at.isoformat(),
            "version": self.version,
            "licence": "CC-BY-4.0",
            "note": self.note,
            "counts": self.counts,
            "files": [file.as_data() for file in self.files.all()],
        }


class ReleaseFileQuerySet(models.QuerySet):  # type: ignore[type-arg]
    def named(self, number: int, name: str) -> ReleaseFile | None:
        """The file of this name in the release of this number; one query."""
        return self.select_related("release").filter(release__number=number, name=name).first()


class ReleaseFile(models.Model):
    """One file of a release, with what tells that it is whole. Append-only."""

    release = models.ForeignKey(Release, models.PROTECT, related_name="files")
    name = models.CharField(max_length=60)
    media_type = models.CharField(max_length=60)
    count = models.PositiveBigIntegerField(help_text="rows or records in it")
    size = models.PositiveBigIntegerField(help_text="in bytes")
    sha256 = models.CharField(max_length=64)

    objects = ReleaseFileQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["release", "name"], name="release_file_once")]

    def __str__(self) -> str:
        return f"{self.release}: {self.name}"

    def get_absolute_url(self) -> str:
        return f"{self.release.get_absolute_url()}{self.name}"

    def as_data(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "url": f"{settings.SITE_URL}{self.get_absolute_url()}",
            "media_type": self.media_type,
            "count": self.count,
            "size": self.size,
            "sha256": self.sha256,
        }


def releases_folder() -> Path:
    return Path(settings.DATA_DIR) / "releases"
