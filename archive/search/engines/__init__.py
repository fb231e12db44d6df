"""The engine of the database in use: what is engine-specific stands here and nowhere else."""

from __future__ import annotations

from types import ModuleType

from archive.search.engines import postgresql, sqlite


def engine_of(vendor: str) -> ModuleType:
    return {"sqlite": sqlite, "postgresql": postgresql}[vendor]
