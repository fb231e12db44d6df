"""Captured sources in an export: a line of the ledger each, and the bytes under their SHA-256."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage

from archive.exchange.errors import ExchangeError
from registry.models import Capture, Source

FOLDER = "captures"
LEDGER_NAME = "captures.jsonl"


def lines(folder: Path) -> list[dict[str, Any]]:
    """Write every capture's bytes below the folder; what the ledger says of them."""
    found = []
    for capture in Capture.objects.select_related("source").order_by("sha256"):
        (folder / FOLDER).mkdir(exist_ok=True)
        with capture.file.open("rb") as stored, (folder / FOLDER / capture.sha256).open("wb") as copy:
            shutil.copyfileobj(stored, copy)
        found.append(
            {
                "source": capture.source.key,
                "sha256": capture.sha256,
                "media_type": capture.media_type,
                "size": capture.size,
                "file": capture.file.name,
                "fetched_at": capture.fetched_at.isoformat(),
            }
        )
    return found


def restore(folder: Path, line: dict[str, Any]) -> None:
    """Store one capture again. Raises ExchangeError where its bytes are missing or are others."""
    path = folder / FOLDER / line["sha256"]
    place = f"{FOLDER}/{line['sha256']}"
    if not path.exists():
        raise ExchangeError(place, line["source"], "sha256", "the file of this capture is missing.")
    with path.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != line["sha256"]:
            raise ExchangeError(place, line["source"], "sha256", "its bytes are not those its name says.")
        file.seek(0)
        name = (
            line["file"] if default_storage.exists(line["file"]) else default_storage.save(line["file"], file)
        )
    facts = {key: line[key] for key in ("sha256", "media_type", "size", "fetched_at")}
    Capture.objects.create(source=Source.objects.get(key=line["source"]), file=name, **facts)
