"""C8: an import killed anywhere leaves all or nothing, and running it again completes it."""

from __future__ import annotations

import csv
import signal
import sqlite3
import subprocess
import time
from pathlib import Path

import pytest

from tests.served import MANAGE
from tests.starting import copy_of

pytestmark = pytest.mark.once
ROWS = 150
POINTS = 20


@pytest.fixture
def archive(tmp_path: Path, shared: Path) -> dict[str, str]:
    """The environment of a SQLite archive of its own with the starting data and an editor."""
    env = copy_of(shared, tmp_path / "var")
    account = ["createsuperuser", "--noinput", "--username=ada", "--email=ada@example.org", "-v0"]
    subprocess.run([*MANAGE, *account], env=env, check=True)
    return env


def counts(env: dict[str, str]) -> tuple[int, ...]:
    tables = ("meetings_meeting", "registry_pid", "registry_path", "registry_edition", "registry_change")
    database = sqlite3.connect(Path(env["DATA_DIR"]) / "archive.sqlite3")
    found = tuple(database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables)
    database.close()
    return found


def test_a_killed_import_leaves_all_or_nothing(archive: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "meetings.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["dialogue", "series", "ordinal", "start"])
        writer.writerows(["quad", "fm", 100 + number, f"{2030 + number}-01-01"] for number in range(ROWS))
    command = [*MANAGE, "import_table", str(path), "--apply", "--by=ada"]
    before = counts(archive)
    after = (before[0] + ROWS, *(count + ROWS for count in before[1:]))
    for point in range(POINTS):
        process = subprocess.Popen(command, env=archive, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(0.5 + 0.1 * point)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert counts(archive) in (before, after)
    subprocess.run(command, env=archive, check=True, stdout=subprocess.DEVNULL)
    assert counts(archive) == after
    again = subprocess.run(command, env=archive, check=True, capture_output=True, text=True)
    assert again.stdout.splitlines() == [f"{ROWS} same"]
    assert counts(archive) == after
