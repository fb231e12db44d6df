"""What every test stands on: the starting data, people, and a server of its own for browsers."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.test import Client

from registry.models import Editor
from tests.served import MANAGE, serving
from tests.starting import copy_of, fill_postgresql, fill_sqlite

PASSWORD = "a-long-enough-password-17"

# A fifth of the time went into walking, again and again, what stays: code, schemas, the archive.
gc.set_threshold(50_000, 20, 50)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Before tests are chosen by their marks."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        asks = item.get_closest_marker("django_db") or "db" in fixtures
        if "served_env" in fixtures or not asks:
            item.add_marker("once")


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that the workers of this run have in common."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any, shared: Path) -> None:
    """Every test sees the starting data, inside a transaction that is rolled back; each worker has a copy of its own.

    Tests of one process need no pool, whose threads outlive them.
    """
    settings.RATE_LIMIT = 0
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # a good one takes its time
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    database = connection.settings_dict
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            database["NAME"] = "file:starting?mode=memory&cache=shared"
            fill_sqlite(shared, connection)
        else:
            database["OPTIONS"].pop("pool", None)
            database["NAME"] = f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
            fill_postgresql(shared, os.environ["DATABASE_URL"], database["NAME"])
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _fresh_pages() -> None:
    for name in caches:
        caches[name].clear()


@pytest.fixture
def reader(db: Any) -> Client:
    return Client()


@pytest.fixture
def person(db: Any) -> Editor:
    return Editor.objects.create_superuser("ada", "", PASSWORD)


@pytest.fixture
def editor(person: Editor) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture(scope="session")
def served_env(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> dict[str, str]:
    """The environment of the served archive, for commands that act on it while it is served."""
    return copy_of(shared, tmp_path_factory.mktemp("var"))


@pytest.fixture(scope="session")
def served_archive(served_env: dict[str, str]) -> Iterator[str]:
    """The address of a real server over its own SQLite file with the starting data and an editor “ada”."""
    account = {**served_env, "DJANGO_SUPERUSER_PASSWORD": PASSWORD}
    names = ["--username", "ada", "--email", "ada@example.org"]
    subprocess.run([*MANAGE, "createsuperuser", "--noinput", *names, "-v0"], env=account, check=True)
    with serving(served_env) as url:
        yield url


@pytest.fixture(scope="session")
def chromium() -> str:
    """Chromium's path; without one the test is skipped, or fails where DIALOGUES_NO_SKIPS is set."""
    names = [os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome"]
    found = next((path for name in names if name and (path := shutil.which(name))), None)
    if found is None and os.environ.get("DIALOGUES_NO_SKIPS"):
        pytest.fail("Chromium is missing, and skips are failures here.")
    if found is None:
        pytest.skip("no Chromium here (set CHROMIUM, or install Debian’s chromium)")
    return found
