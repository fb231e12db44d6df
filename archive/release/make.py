"""Making a release, and making sure that a kept one is whole."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.utils import timezone

from archive.exchange.snapshot import snapshot
from archive.models import Release, ReleaseFile, releases_folder
from archive.release.build import Progress, Written, build, described
from meetings import overview
from registry.models import Change


class Running(Exception):
    """Another release is being made in this DATA_DIR."""


@contextmanager
def turn() -> Iterator[None]:
    """Held by one process at a time, and let go when it ends or dies. Raises Running."""
    releases_folder().mkdir(parents=True, exist_ok=True)
    with (releases_folder() / "lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise Running from error
        yield


def make_release(*, note: str = "", progress: Progress) -> Release:
    """Write the next release and enter it; a crash leaves no release, and its files are written over.

    All files say the same moment, and stand in their folder once all are whole. Raises Running.
    """
    with turn(), snapshot():
        newest = Release.objects.first()
        number = newest.number + 1 if newest else 1
        release = Release(number=number, version=settings.VERSION, note=note.strip(), made_at=timezone.now())
        newest_change = Change.objects.order_by("-pk").values_list("pk", flat=True).first()
        release.change, release.counts = newest_change or 0, overview.counts()
        unfinished = release.folder.with_suffix(".part")
        for folder in (unfinished, release.folder):
            shutil.rmtree(folder, ignore_errors=True)
        unfinished.mkdir()
        files = build(unfinished, number=number, date=release.made_at.date().isoformat(), progress=progress)
        unfinished.rename(release.folder)
        enter(release, files)
    return release


def enter(release: Release, files: list[Written]) -> None:
    """Store that there is this release, of these files."""
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
