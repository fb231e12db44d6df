"""Making a release, and making sure that a kept one is whole."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

from django.conf import settings
from django.utils import timezone

from archive.exchange.snapshot import snapshot
from archive.models import Release, ReleaseFile, releases_folder
from archive.release.build import Progress, build, described
from meetings import overview
from registry.models import Change


def make_release(*, note: str = "", progress: Progress) -> Release:
    """Write the next release and enter it; a crash leaves no release, and its files are written over.

    All files say the same moment.
    """
    with snapshot():
        newest = Release.objects.first()
        number = newest.number + 1 if newest else 1
        release = Release(number=number, version=settings.VERSION, note=note.strip(), made_at=timezone.now())
        newest_change = Change.objects.order_by("-pk").values_list("pk", flat=True).first()
        release.change, release.counts = newest_change or 0, overview.counts()
        shutil.rmtree(release.folder, ignore_errors=True)
        release.folder.mkdir(parents=True)
        files = build(
            release.folder, number=number, date=release.made_at.date().isoformat(), progress=progress
        )
        release.save()
        ReleaseFile.objects.bulk_create(
            ReleaseFile(
                release=release,
                name=file.name,
                media_type=file.media_type,
                count=file.count,
                size=file.size,
                sha256=file.sha256,
            )
            for file in files
        )
    return release


def is_current(release: Release) -> bool:
    """Whether nothing public has changed since."""
    newest = Change.objects.order_by("-pk").values_list("pk", flat=True).first()
    return release.change == (newest or 0)


def faults() -> Iterator[str]:
    """A sentence for each file of each release that is missing or is not what it was."""
    for file in ReleaseFile.objects.select_related("release"):
        path = releases_folder() / str(file.release.number) / file.name
        if not path.exists():
            yield f"{file} is missing from {path.parent}."
        elif described(path, file.media_type, file.count).sha256 != file.sha256:
            yield f"{file} is not what it was: its SHA-256 differs."
