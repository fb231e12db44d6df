"""`python -m bench.answers SIZE FILE`: fill the database in use, ask every question, write the times as JSON.

Wall time is the best of several rounds, since other programs may be at work; processor time is that of this process and
of PostgreSQL's for it.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")

import django

django.setup()

from django.core.management import call_command
from django.db import connection
from django.http import QueryDict

from archive.models import SearchEntry
from archive.pages.search import page
from archive.search.find import Found, find
from archive.search.state import canonical, located, read
from bench import plainly
from bench.corpus import Corpus, fill
from bench.questions import questions

ROUNDS = int(os.environ.get("ROUNDS", "3"))
PLAIN = 8
"""Questions of a kind that are asked the plain way too."""
PATIENCE = 40.0
"""Seconds after which no more of a kind are asked the plain way."""


def search(query: str) -> Found:
    """What the page of a search does before its template: understand, find, count, rank, mark, name."""
    state = read(QueryDict(query))
    places = located(state)
    found = find(canonical(state, places), places)
    page(found)
    return found


def backend() -> Path | None:
    """Where the kernel says how long PostgreSQL's process for this connection ran."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SET max_parallel_workers_per_gather = 0")  # so that one process does all
        cursor.execute("SELECT pg_backend_pid()")
        return Path(f"/proc/{cursor.fetchone()[0]}/schedstat")


def processor(of: Path | None) -> float:
    """Seconds of processor time so far."""
    other = int(of.read_text().split()[0]) / 1e9 if of else 0.0
    return time.process_time() + other


def timed(of: Path | None, act: Callable[[], Any]) -> tuple[float, float]:
    """Milliseconds of wall and of processor time."""
    wall, cpu = time.perf_counter(), processor(of)
    act()
    return (time.perf_counter() - wall) * 1000, (processor(of) - cpu) * 1000


def best(of: Path | None, act: Callable[[], Any], rounds: int) -> tuple[float, float]:
    found = [timed(of, act) for _round in range(rounds)]
    return min(wall for wall, _cpu in found), min(cpu for _wall, cpu in found)


def yardstick() -> float:
    """Milliseconds of a sum of a million squares, to hold runs on different machines beside."""
    return best(None, lambda: sum(number * number for number in range(1_000_000)), 5)[1]


def percentiles(times: list[float]) -> tuple[float, float]:
    return median(times), quantiles(times, n=20, method="inclusive")[-1]


def digests(found: Found) -> dict[str, str]:
    """What was found: the hits and whether there are more, the order of those shown, every facet with its count."""
    values = [(one.group.name, value.value, value.count) for one in found.facets for value in one.values]
    parts = {"hits": [found.every(), found.count], "order": found.ordered[:20], "facets": sorted(values)}
    return {name: hashlib.sha256(json.dumps(part).encode()).hexdigest()[:16] for name, part in parts.items()}


def measured(asked: list[str], of: Path | None) -> dict[str, Any]:
    """Times of one kind of question, ours and the plain way's, and digests of what was found."""
    found = [search(query) for query in asked]
    ours = [best(of, lambda query=query: search(query), ROUNDS) for query in asked]
    plain: list[tuple[float, float]] = []
    start = time.perf_counter()
    for one in found[:PLAIN]:
        if time.perf_counter() - start < PATIENCE:
            plain.append(best(of, lambda one=one: plainly.search(one.expression), 1))
    result: dict[str, Any] = {
        "asked": len(asked),
        "hits": sorted(one.count for one in found),
        "capped": sum(one.is_capped for one in found),
        "digests": [digests(one) for one in found],
        "plain_asked": len(plain),
    }
    for place, name in enumerate(("wall", "cpu")):
        result[name] = percentiles([one[place] for one in ours])
        result[f"plain_{name}"] = median(one[place] for one in plain)
        same = median(one[place] for one in ours[: len(plain)])
        result[f"{name}_ratio"] = result[f"plain_{name}"] / same
        result[f"each_{name}"] = [round(one[place], 1) for one in ours]
    return result


def said(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


def main() -> None:
    size, path = int(sys.argv[1]), Path(sys.argv[2])
    call_command("migrate", verbosity=0)
    if not SearchEntry.objects.exists():
        start = time.perf_counter()
        fill(size, said)
        said(f"Filled in {time.perf_counter() - start:.0f} s")
    of = backend()
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()" if of is None else "SHOW server_version")
        version = str(cursor.fetchone()[0]).split()[0]
    kinds = questions(Corpus())
    if only := os.environ.get("ONLY"):
        kinds = {name: some for name, some in kinds.items() if only in name}
    results = {}
    for name, asked in kinds.items():
        results[name] = measured(asked, of)
        one = results[name]
        said(
            f"{name:<32}{one['wall'][0]:7.1f}{one['wall'][1]:7.1f}{one['cpu'][0]:7.1f}{one['cpu'][1]:7.1f}"
            f"{one['plain_cpu']:9.1f}{one['cpu_ratio']:7.1f}"
        )
    hits = [one["hits"] for kind in results.values() for one in kind["digests"]]
    found = {
        "version": version,
        "yardstick": yardstick(),
        "entries": SearchEntry.objects.count(),
        "digest": hashlib.sha256("".join(hits).encode()).hexdigest()[:16],
        "kinds": results,
    }
    path.write_text(json.dumps(found), "utf-8")


if __name__ == "__main__":
    main()
