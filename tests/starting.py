"""The starting data, loaded once in a run of the tests and copied for each worker and each server."""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg

from tests.served import environment, fill, prepare

TEMPLATE = "test_starting"


def once(made: Path, make: Callable[[], None]) -> None:
    """Have it made by the process that comes first, while others wait; the file `made` then says that it is."""
    with made.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            make()
            made.touch()


def data_directory(shared: Path) -> Path:
    """In the folder that the workers share, a data directory on SQLite; to be copied, never served."""
    folder = shared / "starting"
    once(shared / "starting.made", lambda: load(folder))
    return folder


def load(folder: Path) -> None:
    """Prepare it without a write-ahead log, which would come and go beside the file while another worker copies."""
    prepare(environment(folder))
    database = sqlite3.connect(folder / "archive.sqlite3")
    database.execute("PRAGMA journal_mode=DELETE")
    database.close()


def copy_of(shared: Path, folder: Path) -> dict[str, str]:
    """The environment of an archive of its own in this folder, with the starting data."""
    shutil.copytree(data_directory(shared), folder, dirs_exist_ok=True)
    return environment(folder)


def fill_sqlite(shared: Path, connection: Any) -> None:
    """Copy the starting data into an empty database in memory."""
    source = sqlite3.connect(data_directory(shared) / "archive.sqlite3")
    connection.ensure_connection()
    source.backup(connection.connection)
    source.close()


def fill_postgresql(shared: Path, server: str, name: str) -> None:
    """Create a database of this name with the starting data, on the server where `server` is another’s address."""
    with psycopg.connect(server, autocommit=True) as connection:
        once(shared / "postgresql.made", lambda: load_template(server, connection))
        replace(connection, f"{name} TEMPLATE {TEMPLATE}")


def load_template(server: str, connection: psycopg.Connection) -> None:
    replace(connection, TEMPLATE)
    fill({**os.environ, "DATABASE_URL": beside(server, TEMPLATE)})


def replace(connection: psycopg.Connection, wanted: str) -> None:
    """Create the database, in place of one that an earlier run left."""
    name = wanted.partition(" ")[0]
    connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    connection.execute(f"CREATE DATABASE {wanted}")


def beside(server: str, name: str) -> str:
    return f"{server.rpartition('/')[0]}/{name}"
