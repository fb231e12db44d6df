"""Which file of the archive’s own has a given SHA-256."""

from __future__ import annotations

from django.conf import settings

from archive.models import Digest, ReleaseFile
from archive.verify.issued import Issued
from archive.verify.references import Data
from registry.models import Capture, Edition, State

NAMES = {True: "text", False: "edition"}


def identify(sha256: str) -> list[Data]:
    """Everything with this SHA-256: editions, texts, files of releases, captures of sources; some queries for each."""
    return [*of_records(sha256), *of_releases(sha256), *of_captures(sha256)]


def of_records(sha256: str) -> list[Data]:
    rows = (
        Digest.objects.select_related("pid__survivor").filter(sha256=sha256).order_by("-edition_number", "pk")
    )
    issued = Issued(row.pid for row in rows)
    return [record_data(row, issued) for row in rows]


def record_data(row: Digest, issued: Issued) -> Data:
    pid = row.pid
    is_withdrawn = pid.state == State.WITHDRAWN
    beneath = f"{row.segment}/" if row.segment else ""
    path = f"/id/{pid.value}" if is_withdrawn else f"/{pid.path}@{row.edition_number}/{beneath}"
    return {
        "what": NAMES[bool(row.segment)],
        "id": pid.value,
        "kind": pid.kind,
        "title": pid.title,
        "state": pid.state,
        "text": row.segment or None,
        "edition": row.edition_number,
        "current_edition": pid.edition_number,
        "is_current": pid.is_public and row.edition_number == pid.edition_number,
        "survivor": pid.survivor_id,
        "url": f"{settings.SITE_URL}{path}",
        **issued.of(pid),
    }


def of_releases(sha256: str) -> list[Data]:
    files = ReleaseFile.objects.select_related("release").filter(sha256=sha256)
    return [{"what": "release_file", "release": file.release.number, **file.as_data()} for file in files]


def of_captures(sha256: str) -> list[Data]:
    """A capture of a source that the public record cites; what only drafts cite is not told."""
    capture = Capture.objects.select_related("source").filter(sha256=sha256).first()
    if capture is None or not is_cited(capture.source.key):
        return []
    return [
        {
            "what": "capture",
            "source": capture.source.as_data(),
            "media_type": capture.media_type,
            "size": capture.size,
            "fetched_at": capture.fetched_at.isoformat(),
        }
    ]


def is_cited(key: str) -> bool:
    """Reads current editions until one cites the source; done only for who holds the very file."""
    return Edition.objects.citing(key).exists()
