"""The starting data as plain Python, read from fixtures/ without any code of the site."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
Data = dict[str, Any]


def read(path: Path) -> Data:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    data: Data = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
    return data


@cache
def dialogues() -> dict[str, Data]:
    """Each file of a dialogue by its code: `dialogue`, `meetings`, `statements`."""
    files = [read(path) for path in sorted((FIXTURES / "dialogues").glob("*.yaml"))]
    return {file["dialogue"]["code"]: file for file in files}


@cache
def standing(kind: str) -> dict[str, Data]:
    """`ministers` and `topics` by slug, `countries` by code."""
    return {one.get("slug") or one["code"]: one for one in read(FIXTURES / f"{kind}.yaml")[kind]}


def meetings(dialogue: str | None = None, track: str | None = None) -> Iterator[Data]:
    """Every meeting, of one dialogue or series where asked; its dialogue's code under `dialogue`."""
    for code, file in dialogues().items():
        for meeting in file["meetings"]:
            if dialogue in (None, code) and track in (None, meeting["track"]):
                yield {**meeting, "dialogue": code}


def meeting(path: str) -> Data:
    return next(one for one in meetings() if one["path"] == path)


def statements(dialogue: str | None = None) -> Iterator[Data]:
    for code, file in dialogues().items():
        if dialogue in (None, code):
            yield from file["statements"]


def statement(path: str) -> Data:
    return next(one for one in statements() if one["path"] == path)


def outcomes(dialogue: str | None = None, track: str | None = None) -> Iterator[tuple[Data, Data]]:
    """Every commitment, remark and piece of background with its meeting."""
    for one in meetings(dialogue, track):
        for outcome in one.get("outcomes", []):
            yield one, outcome


def outcome(key: str) -> Data:
    return next(one for _meeting, one in outcomes() if one["key"] == key)


def delegates(held: Data, country: str | None = None) -> Iterator[tuple[Data, Data]]:
    """(delegation, delegate) of a meeting, of one country where asked; not those named as absent."""
    for delegation in held.get("delegations", []):
        if country in (None, delegation["country"]):
            for delegate in delegation.get("delegates", []):
                if not delegate.get("is_absent"):
                    yield delegation, delegate


@cache
def names() -> dict[str, str]:
    """What each permanent id is called in the files: a code, slug, path or key."""
    found = {file["dialogue"]["pid"]: code for code, file in dialogues().items()}
    for kind in ("countries", "ministers", "topics"):
        found |= {one["pid"]: name for name, one in standing(kind).items()}
    found |= {one["pid"]: one["path"] for one in (*meetings(), *statements())}
    return found | {one["pid"]: one["key"] for _meeting, one in outcomes()}
