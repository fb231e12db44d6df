"""Rates of the meeting, year and list pages as a share of an empty Django view's under the same server.

`make bench`: one granian worker over a copy of the starting data, asked in turn over kept-alive connections,
so that what the machine does besides weighs on each alike. Each page is measured stored (as readers get it
until something is published), unchanged (304), and rendered anew for every request.
"""

from __future__ import annotations

import http.client
import os
import tempfile
import time
from pathlib import Path
from statistics import median

from tests.served import environment, prepare, serving

PAGES = {
    "meeting": "/ca-jad/2022/fm-9/",
    "year": "/years/2022/",
    "meetings": "/meetings/",
    "commitments": "/commitments/",
    "track": "/ca-jad/fm/",
    "home": "/",
}
SECONDS = 1.5
ROUNDS = 5


def rate(port: int, path: str, headers: dict[str, str], *, fresh: bool = False) -> float:
    """Requests a second over one kept-alive connection; `fresh` asks each time as a link shared elsewhere."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    count, end = 0, time.perf_counter() + SECONDS
    while time.perf_counter() < end:
        mark = f"{'&' if '?' in path else '?'}utm_id={time.time_ns()}" if fresh else ""
        connection.request("GET", path + mark, headers=headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status not in (200, 304):
            raise SystemExit(f"{path} answered {answer.status}")
        count += 1
    connection.close()
    return count / SECONDS


def etag(port: int, path: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    return answer.headers["ETag"]


def measure(port: int) -> None:
    print(
        f"{'page':<14}{'stored':>10}{'304':>10}{'rendered':>10}   (share of an empty Django view, median of {ROUNDS})"
    )
    for name, path in PAGES.items():
        tag = etag(port, path)
        shares: dict[str, list[float]] = {"stored": [], "304": [], "rendered": []}
        for _round in range(ROUNDS):
            empty = rate(port, "/bench-empty/", {})
            shares["stored"].append(rate(port, path, {}) / empty)
            shares["304"].append(rate(port, path, {"If-None-Match": tag}) / empty)
            shares["rendered"].append(rate(port, path, {}, fresh=True) / empty)
        print(f"{name:<14}" + "".join(f"{median(values):>10.2f}" for values in shares.values()))


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        env = {**environment(Path(folder)), "DATABASE_URL": os.environ.get("DATABASE_URL", "")}
        print("Loading the starting data…", flush=True)
        prepare(env)
        with serving(env, "bench.site:application", threads=1) as url:
            measure(int(url.rpartition(":")[2]))


if __name__ == "__main__":
    main()
