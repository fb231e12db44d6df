"""`make promises`: the promises at full size on both databases, a line each, written to docs/PROMISES.md.

`python -m tests.promises [--operations N] [--acts N] [--citations N] [--ids N] [--seed N]`
"""

from __future__ import annotations

import argparse
import secrets
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.postgres import cluster
from tests.promises.journey import ROOT, journey, new_database

NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
TITLES = {
    "A1": "Every address ever public answers 200, 301, 303 or 410, at most one redirect deep",
    "A3": "The n-th edition’s JSON is the same to the byte for ever",
    "A4": "A tombstone says what it was, when, by which role, why, and what replaces it",
    "A6": "Who reads the changes from any cursor comes to the same set",
    "A9": "A printed citation leads to the cited words",
    "A10": "Every single wrong character and swap of neighbours in an id is caught",
}
HEADING = """# Promises, measured

Written by `make promises` on {day} with software version {version}, seed {seed}; never by hand. Each promise was
checked after random publications, corrections, renames, merges, withdrawals, restorations and imports on both
databases, and again after the export of one was brought back into the other. `manage.py replay_ledger` measures the
first on an archive of your own.

| promise | where | kept | what was asked |
|---|---|---|---|
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    for name, default in (("operations", 20_000), ("acts", 1_000), ("citations", 200), ("ids", 1_000)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(2**31))
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "PROMISES.md")
    asked = parser.parse_args()
    print(f"seed {asked.seed}", flush=True)
    options = [
        f"--{name}={getattr(asked, name)}" for name in ("operations", "acts", "citations", "ids", "seed")
    ]
    with cluster() as server, tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor() as both:
        first, second = new_database(server, "first"), new_database(server, "second")
        there = both.submit(travelled, Path(folder) / "there", "", first, options)
        back = both.submit(travelled, Path(folder) / "back", second, "", options)
        rows = [*there.result(), *back.result()]
    rows.sort(key=lambda row: int(row[1]["id"][1:]))
    failed = [failure for _where, figure in rows for failure in figure["failures"]]
    asked.output.write_text(document(rows, asked.seed), encoding="utf-8")
    print("\n".join(failed) or f"All are kept; {asked.output} is written.")
    return 1 if failed else 0


def travelled(folder: Path, start: str, goal: str, options: list[str]) -> list[tuple[str, dict[str, Any]]]:
    """Where each promise was checked on a journey, and what was found; said as it is found."""
    rows = []
    for found in journey(folder, start, goal, *options):
        where = NAMES[found["database"]] + (", restored" if found["task"] == "restored" else "")
        for figure in found["figures"]:
            rows.append((where, figure))
            print(line(where, figure), flush=True)
    return rows


def line(where: str, figure: dict[str, Any]) -> str:
    return f"{figure['id']:4} {where:22} {figure['kept']:,} of {figure['asked']:,} {figure['what']}"


def document(rows: list[tuple[str, dict[str, Any]]], seed: int) -> str:
    version = subprocess.run(
        [sys.executable, "-c", "from archive import settings; print(settings.VERSION)"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    text = HEADING.format(day=f"{datetime.now(UTC):%-d %B %Y}", version=version, seed=seed)
    told = ""
    for where, figure in rows:
        title = "" if figure["id"] == told else f"{figure['id']}. {TITLES[figure['id']]}"
        told = figure["id"]
        text += f"| {title} | {where} | {figure['kept']:,} of {figure['asked']:,} | {figure['what']} |\n"
    return text


if __name__ == "__main__":
    raise SystemExit(main())
