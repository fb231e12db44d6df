"""Which build makes the pages: its code, templates, styles and libraries, as one digest."""

from __future__ import annotations

import hashlib
from functools import cache

from django.conf import settings

FOLDERS = ("archive", "dialogues", "meetings", "registry", "static", "templates")


@cache
def build() -> str:
    """The same on every server with the same files, whenever they were copied there; read once a process."""
    files = [settings.BASE_DIR / "requirements.txt"]
    for folder in FOLDERS:
        files += sorted((settings.BASE_DIR / folder).rglob("*.*"))
    digest = hashlib.sha256()
    for file in files:
        if file.is_file() and file.suffix != ".pyc":
            digest.update(f"{file.relative_to(settings.BASE_DIR)}\n".encode() + file.read_bytes())
    return digest.hexdigest()
