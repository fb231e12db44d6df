"""The archive served over a data directory of its own: for browsers, harvesters, and judges from outside."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MANAGE = [sys.executable, str(ROOT / "manage.py")]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(folder: Path) -> dict[str, str]:
    """Of an archive in this folder, on SQLite and at a free port, that answers as often as it is asked."""
    return {
        **os.environ,
        "DATA_DIR": str(folder),
        "SITE_URL": f"http://127.0.0.1:{free_port()}",
        "DATABASE_URL": "",
        "RATE_LIMIT": "0",
    }


def prepare(env: dict[str, str], loaded: Sequence[Path] = (ROOT / "fixtures",)) -> None:
    """Its database with what these exchange files hold, as `make run` prepares it."""
    fill(env, loaded)
    subprocess.run([*MANAGE, "collectstatic", "--noinput", "-v0"], env=env, check=True)


def fill(env: dict[str, str], loaded: Sequence[Path] = (ROOT / "fixtures",)) -> None:
    """The database alone."""
    for command in (["migrate"], *(["import_archive", str(path)] for path in loaded), ["index_words"]):
        subprocess.run([*MANAGE, *command, "-v0"], env=env, check=True)


@contextmanager
def serving(
    env: dict[str, str], application: str = "archive.wsgi:application", threads: int = 2, at: str = ""
) -> Iterator[str]:
    """The address at which it answers until the end of the block: its own, or another of this machine."""
    url = at or env["SITE_URL"]
    granian = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--port",
        url.rpartition(":")[2],
        "--no-ws",
        "--log-level",
        "warning",
        "--blocking-threads",
        str(threads),
        application,
    ]
    server = subprocess.Popen(granian, env=env, cwd=ROOT)
    try:
        wait_for(url)
        yield url
    finally:
        server.terminate()
        server.wait(timeout=20)


def wait_for(url: str) -> None:
    for _attempt in range(100):
        try:
            urllib.request.urlopen(f"{url}/about/", timeout=5).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError(f"The server at {url} did not answer.")
