"""A life in one database, its export brought back in the other, and the promises checked in both."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = {
    "DJANGO_SETTINGS_MODULE": "archive.settings",
    "SITE_URL": "http://127.0.0.1:8000",
    "CACHE_URL": "",
}


class Broken(Exception):
    """A worker ended with an error, which it printed to standard error."""


def journey(folder: Path, start: str, goal: str, *options: str) -> Iterator[dict[str, Any]]:
    """Live at the database address `start`, then restore at `goal`; "" is a SQLite file in the folder.

    Yields what each worker found. Raises Broken.
    """
    for task, url in (("live", start), ("restored", goal)):
        home = folder / task
        home.mkdir(parents=True)
        env = {**os.environ, **SETTINGS, "DATABASE_URL": url, "DATA_DIR": str(home)}
        command = [sys.executable, "-m", "tests.promises.worker", task, str(folder), *options]
        ended = subprocess.run(command, env=env, cwd=ROOT, check=False, stdout=subprocess.PIPE, text=True)
        if ended.returncode:
            raise Broken(f"{task} at {url or 'SQLite'}: {ended.stdout[-3000:]}")
        found: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
        yield {"task": task, **found}


def new_database(server: str, name: str) -> str:
    """A fresh database on a PostgreSQL server given by the address of one of its databases."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return f"{server.rpartition('/')[0]}/{name}"
