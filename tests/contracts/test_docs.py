"""Documentation that fails the build: every field, command and filter is named."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from archive.filters import CommitmentFilter, MeetingFilter
from registry.models import Edition

ROOT = Path(__file__).resolve().parents[2]
DATA = (ROOT / "docs" / "DATA.md").read_text(encoding="utf-8")


def keys(data: Any) -> set[str]:
    if isinstance(data, dict):
        return set(data).union(*(keys(value) for value in data.values()))
    if isinstance(data, list):
        return set().union(*(keys(value) for value in data))
    return set()


@pytest.mark.django_db
def test_every_field_of_every_record_is_named() -> None:
    used = set().union(*(keys(edition.data) for edition in Edition.objects.all()))
    named = set(re.findall(r"`([a-z_0-9]+)`", DATA))
    assert used - named == set()


def test_every_filter_is_named() -> None:
    for name in {*MeetingFilter.base_filters, *CommitmentFilter.base_filters}:
        assert f"`{name}`" in DATA, name


def test_every_command_of_the_readme_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for target in set(re.findall(r"make ([a-z-]+)", readme)):
        assert re.search(rf"^{target}:", makefile, re.M), target


def test_every_path_of_the_map_exists() -> None:
    text = (ROOT / "docs" / "MAP.md").read_text(encoding="utf-8")
    for path in re.findall(r"`((?:registry|dialogues|meetings|archive)/[a-z_/]+(?:\.py)?)`", text):
        assert (ROOT / path).exists(), path
