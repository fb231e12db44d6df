"""How long searches take on both databases beside the plain way's, and whether both find the same: docs/SPEED.md.

`make bench-search`: 10,000 generated statements, then 300,000, in databases of their own that are removed at the end;
`SIZE=10000` fills one size alone. `BENCH_KEEP=folder` keeps what was measured, and SQLite's files for another time;
`BENCH_POSTGRES=url` asks a server that runs, in a database for each size, which is kept.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from tests.postgres import cluster

ROOT = Path(__file__).resolve().parent.parent
REPORT = ROOT / "docs" / "SPEED.md"
SIZES = (10_000, 300_000)
LIMIT = 50
Results = dict[str, Any]
INTRODUCTION = """# Speed of search

Written by `make bench-search` (`bench/search.py`); run it again to measure another machine.

An archive of generated statements is filled as the index's writer stores them: each statement is an entry and so are
its two or three paragraphs, of about a hundred words. Forty words are in three of four English paragraphs, the others
follow Zipf's law; one statement in twenty is Japanese, one in twenty Russian; they spread over 25 years, 60 dialogues,
40 countries, 320 ministers and 60 topics. Thirty-two questions of each kind are asked. Each is timed from the address
to all that the page shows, its template left out: the query understood, hits found and counted, the best ranked, words
marked, facets counted and named with their addresses, records that are named directly found, citations looked up.

Hits and facets are counted exactly, from bitmaps of the entries that have a word or mark; only of a phrase of three
words or more that has over 10,000 hits, the page says that there are more, and facets are those of the newest 10,000.
The plain way, asked in the same run by the same process, ranks every hit (`bm25`, `ts_rank`), counts all, and joins all
to their marks for the facets. It is given our analyser, our index and our table of marks, and shows nothing: no words,
names, addresses or direct hits. So where few are found it does less and is faster; what matters is that its time grows
with the number of hits, and ours hardly does. It is asked eight questions of a kind, or as many as it can in 40
seconds.

Times are milliseconds, of one client and a warm database. Wall time is the best of several rounds, since other programs
were at work on the machine, and holds more waiting than searching where it is far above processor time. Processor time
is that of the web process and of PostgreSQL's process for it, which were kept to one each. p95 is that of the best
times of the thirty-two questions, so it is the slowest question or two of a kind, not bad luck. “Ratio” is the plain
way's median processor time to ours for the same questions; below 1 the plain way is faster.
"""


@contextmanager
def server() -> Iterator[str]:
    """The address of a PostgreSQL server, without a database."""
    if given := os.environ.get("BENCH_POSTGRES"):
        yield given.rstrip("/")
        return
    with cluster() as url:
        yield url.removesuffix("/postgres")


def answers(size: int, folder: Path, database: str) -> Results:
    """Fill the database of this address, or the SQLite file in the folder, and ask."""
    file = folder / "answers.json"
    folder.mkdir(parents=True, exist_ok=True)
    env = {**os.environ, "DATA_DIR": str(folder), "DATABASE_URL": database}
    subprocess.run(
        [sys.executable, "-m", "bench.answers", str(size), str(file)], env=env, cwd=ROOT, check=True
    )
    found: Results = json.loads(file.read_text("utf-8"))
    return found


def create(address: str, name: str) -> str:
    """A database of this name, the one that stands if there is one."""
    with psycopg.connect(f"{address}/postgres", autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            connection.execute(f"CREATE DATABASE {name}")  # type: ignore[call-overload]
    return f"{address}/{name}"


def measured(size: int, folder: Path, address: str) -> dict[str, Results]:
    print(f"{size} statements, SQLite", flush=True)
    sqlite = answers(size, folder / f"sqlite-{size}", "")
    print(f"{size} statements, PostgreSQL", flush=True)
    postgresql = answers(size, folder / f"postgresql-{size}", create(address, f"search_{size}"))
    return {"SQLite": sqlite, "PostgreSQL": postgresql}


def table(result: Results) -> Iterator[str]:
    yield (
        "| kind of question | hits, median | wall p50 | wall p95 | processor p50 | processor p95"
        " | plain way, wall p50 | plain way, processor p50 | ratio |"
    )
    yield "|---|---:|---:|---:|---:|---:|---:|---:|---:|"
    for name, one in result["kinds"].items():
        middle = one["hits"][len(one["hits"]) // 2]
        hits = f"{middle:,}" + ("+" if one["capped"] > len(one["hits"]) // 2 else "")
        times = [*one["wall"], *one["cpu"]]
        cells = [f"**{time:.0f}**" if time >= LIMIT else f"{time:.0f}" for time in times]
        plain = [f"{one[key]:,.0f}" for key in ("plain_wall", "plain_cpu")]
        yield f"| {name} | {hits} | {' | '.join([*cells, *plain])} | {one['cpu_ratio']:.1f} |"


def same(found: dict[str, Results]) -> str:
    """How many questions both databases answer alike, with a digest of all answers."""
    alike, asked = {"hits": 0, "order": 0, "facets": 0}, 0
    first, second = found.values()
    for name, one in first["kinds"].items():
        for left, right in zip(one["digests"], second["kinds"][name]["digests"], strict=True):
            asked += 1
            for part in alike:
                alike[part] += left[part] == right[part]
    said = ", ".join(f"{part} of {count}" for part, count in alike.items())
    digests = ", ".join(f"{name} `{result['digest']}`" for name, result in found.items())
    return f"Of {asked} questions both databases gave the same {said}. Digest of the numbers of all hits: {digests}."


def report(results: dict[int, dict[str, Results]]) -> str:
    lines = [INTRODUCTION]
    lines.append(
        f"Machine: {os.cpu_count()} cores; Python {sys.version.split()[0]}. **Bold**: {LIMIT} or more.\n"
    )
    for size, found in results.items():
        entries = next(iter(found.values()))["entries"]
        lines.append(f"## {size:,} statements, {entries:,} entries\n")
        lines.append(f"{same(found)}\n")
        for name, result in found.items():
            lines.append(f"### {name} {result['version']}\n")
            lines.append(f"A sum of a million squares in Python: {result['yardstick']:.0f} ms.\n")
            lines += [*table(result), ""]
    return "\n".join(lines)


def main() -> None:
    sizes = [int(os.environ["SIZE"])] if os.environ.get("SIZE") else SIZES
    with tempfile.TemporaryDirectory() as work, server() as address:
        folder = Path(os.environ.get("BENCH_KEEP") or work)
        results = {size: measured(size, folder, address) for size in sizes}
    REPORT.write_text(report(results), "utf-8")
    print(f"Written: {REPORT.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
