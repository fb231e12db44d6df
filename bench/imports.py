"""A table of 10,000 meetings and one of 30,000 statements: how long, how much memory, and is every planted fault found?

`make bench-imports`: the tables are generated with 3 % errors and 5 % duplicates at known lines, checked, and stored in
an archive of their own; a quarter of them before, so that memory can be told as a ratio. `SIZE=1000` makes it smaller.
"""

from __future__ import annotations

import csv
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ERRORS, DUPLICATES = 0.03, 0.05
MEETING = ["dialogue", "series", "ordinal", "start", "city", "country", "sources"]
STATEMENT = ["dialogue", "meetings", "kind", "title", "date", "language", "url"]
KINDS = ["joint statement", "chairs statement", "press release"]


def known_series() -> list[tuple[str, str]]:
    """Series of the starting data, read from its files."""
    found = []
    for path in sorted((ROOT / "fixtures" / "dialogues").glob("*.yaml")):
        text = path.read_text(encoding="utf-8").split("\nmeetings:")[0]
        tracks = text.split("tracks:")[1] if "tracks:" in text else ""
        found += [(path.stem, code) for code in re.findall(r"^  - code: (\S+)$", tracks, re.M)]
    return found


def meetings(count: int, chance: random.Random) -> list[list[str]]:
    series, rows = known_series(), []
    for number in range(count):
        dialogue, code = series[number % len(series)]
        ordinal = 1000 + number // len(series)
        year, month, day = 2030 + ordinal % 160, 1 + number % 12, 1 + number % 28
        start = f"{year}-{month:02}-{day:02}"
        rows.append(
            [dialogue, code, str(ordinal), start, chance.choice(["Tokyo", "Delhi", "Rome"]), "jp", ""]
        )
    return rows


def statements(of: list[list[str]]) -> list[list[str]]:
    return [
        [
            dialogue,
            f"{dialogue}/{start[:4]}/{code}-{number}",
            kind,
            f"{kind} {code} {number}",
            start,
            "en",
            "",
        ]
        for dialogue, code, number, start, *_rest in of
        for kind in KINDS
    ]


def planted(
    rows: list[list[str]], faults: list[tuple[int, str]], doubled: int, chance: random.Random
) -> tuple[list[list[str]], set[int], set[int]]:
    """The rows with faults and doubles, and the lines (the header is 1) on which they stand."""
    marks = chance.sample(range(len(rows)), int(len(rows) * (ERRORS + DUPLICATES)))
    wrong = set(marks[: int(len(rows) * ERRORS)])
    doubles = set(marks) - wrong
    found: list[list[str]] = []
    errors, copies = set(), set()
    for place, row in enumerate(rows):
        if place in wrong:
            column, value = chance.choice(faults)
            row = [*row[:column], value, *row[column + 1 :]]
            errors.add(len(found) + 2)
        found.append(row)
        if place in doubles:
            found.append([*row[:doubled], row[doubled].upper(), *row[doubled + 1 :]])
            copies.add(len(found) + 1)
    return found, errors, copies


def write(path: Path, header: list[str], rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])


def run(env: dict[str, str], *arguments: str) -> tuple[float, float, str]:
    """Seconds, peak memory in MB, and what a management command said."""
    start = time.perf_counter()
    code = (
        "import resource, sys; from django.core.management import execute_from_command_line as run;"
        " run(['manage.py', *sys.argv[1:]]); print('PEAK', resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    said = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=env,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if said.returncode:
        raise SystemExit(said.stdout[-2000:] + said.stderr[-2000:])
    *_rest, peak = said.stdout.rpartition("PEAK ")
    return time.perf_counter() - start, int(peak) / 1024, said.stdout


def measure(size: int, work: Path) -> dict[str, float]:
    chance = random.Random(size)
    of = meetings(size, chance)
    meeting_rows, errors, copies = planted(of, [(3, "soon"), (5, "Atlantis"), (0, "nato")], 4, chance)
    said_rows, more_errors, more_copies = planted(
        statements(of), [(2, "poem"), (4, "12/24"), (0, "nato")], 3, chance
    )
    write(work / "meetings.csv", MEETING, meeting_rows)
    write(work / "statements.csv", STATEMENT, said_rows)
    env = {**os.environ, "DATA_DIR": str(work / "var"), "DJANGO_SETTINGS_MODULE": "archive.settings"}
    env |= {"DATABASE_URL": os.environ.get("BENCH_DATABASE_URL", "")}
    run(env, "migrate", "-v0")
    run(env, "import_archive", "fixtures", "-v0")
    run(env, "createsuperuser", "--noinput", "--username=ada", "--email=ada@example.org", "-v0")
    files = [str(work / "meetings.csv"), str(work / "statements.csv")]
    checked, check_peak, said = run(env, "import_table", *files)
    for name, wanted, doubled in (("meetings", errors, copies), ("statements", more_errors, more_copies)):
        told = {int(line) for line in re.findall(rf"^{name}, line (\d+): error", said, re.M)}
        doubled -= told  # what is wrong is not asked about
        twins = {int(line) for line in re.findall(rf"^{name}, line (\d+): possible duplicate", said, re.M)}
        # A statement of a meeting whose row is wrong is an error too: there is no such meeting.
        follow = told - wanted
        print(
            f"{name}: errors found {len(told & wanted)} of {len(wanted)}, {len(follow)} that follow from them;"
        )
        print(
            f"  duplicates found {len(twins & doubled)} of {len(doubled)}, others asked about {len(twins - doubled)}"
        )
    stored, store_peak, _said = run(
        env, "import_table", *files, "--apply", "--by=ada", "--skip-errors", "-v0"
    )
    return {"check": checked, "check_peak": check_peak, "store": stored, "store_peak": store_peak}


def main() -> None:
    size = int(os.environ.get("SIZE", "10000"))
    found = {}
    for count in (size // 4, size):
        with tempfile.TemporaryDirectory() as work:
            found[count] = measure(count, Path(work))
        one = found[count]
        print(
            f"{count} meetings, {3 * count} statements: checked in {one['check']:.0f} s at {one['check_peak']:.0f} MB,"
            f" checked and stored in {one['store']:.0f} s at {one['store_peak']:.0f} MB"
        )
    small, large = found[size // 4], found[size]
    print(
        f"memory of four times the rows: {large['check_peak'] / small['check_peak']:.2f} to check, ", end=""
    )
    print(f"{large['store_peak'] / small['store_peak']:.2f} to store")


if __name__ == "__main__":
    main()
