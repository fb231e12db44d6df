"""The settings refuse what is not safe, and are right without a single variable."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
NAMES = (
    r"(?:DATA_DIR|DATABASE_URL|SECRET_KEY|ALLOWED_HOSTS|SITE_URL|SITE_NAME|ARK_NAAN|CACHE_URL|DEBUG"
    r"|TRUSTED_PROXY|LOG_LEVEL)"
)
PRODUCTION = {
    "SECRET_KEY": "k3Jd9-" * 12,
    "ALLOWED_HOSTS": "archive.example.org",
    "SITE_URL": "https://archive.example.org",
    "DATABASE_URL": "postgres://u:p@127.0.0.1:1/x",
}


def manage(tmp_path: Path, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    inherited = {key: value for key, value in os.environ.items() if not re.fullmatch(NAMES, key)}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**inherited, "DATA_DIR": str(tmp_path), **env},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("env", "words"),
    [
        ({"DEBUG": "1", "ALLOWED_HOSTS": "example.org"}, "DEBUG is on"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is weak"),
        ({"SECRET_KEY": "a" * 60}, "SECRET_KEY is weak"),
        ({"SECRET_KEY": "django-insecure-" + "abcdefgh" * 8}, "SECRET_KEY is weak"),
        ({"ALLOWED_HOSTS": "*"}, "Name the hosts"),
        ({"DEBUG": "perhaps"}, "write 1 or 0"),
        ({"ARK_NAAN": "12/45"}, "arks.org"),
    ],
)
def test_it_refuses_to_start(tmp_path: Path, env: dict[str, str], words: str) -> None:
    result = manage(tmp_path, "check", **env)
    assert result.returncode != 0
    assert words in result.stderr


def test_harvesters_are_told_an_address_at_the_archives_own_domain(tmp_path: Path) -> None:
    result = manage(tmp_path, "diffsettings", **PRODUCTION)
    assert "CONTACT_EMAIL = 'archive@archive.example.org'" in result.stdout


def test_production_settings_pass_the_deployment_check(tmp_path: Path) -> None:
    result = manage(tmp_path, "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert result.returncode == 0, result.stderr


def test_without_variables_it_keeps_a_key_of_its_own(tmp_path: Path) -> None:
    command = ("shell", "--no-imports", "-c", "from django.conf import settings; print(settings.SECRET_KEY)")
    first, second = manage(tmp_path, *command), manage(tmp_path, *command)
    assert first.stdout == second.stdout
    assert len(first.stdout.strip()) >= 50
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


def test_every_variable_is_documented() -> None:
    source = (ROOT / "archive" / "settings.py").read_text(encoding="utf-8")
    docstring, _quotes, code = source.partition('"""\n\nimport')
    used = set(re.findall(r'env(?:_flag|_list|_number)?\("([A-Z_]+)"', code))
    assert used == {line.split()[0] for line in docstring.splitlines() if re.match(r"[A-Z_]{5,}\s", line)}


@pytest.mark.django_db
def test_the_database_follows_its_rules() -> None:
    call_command("check", databases=["default"], verbosity=0)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            found = {
                name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
                for name in ("synchronous", "foreign_keys")
            }
        assert found == {"synchronous": 2, "foreign_keys": 1}
        assert settings.DATABASES["default"]["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_sqlite_files_are_checked(tmp_path: Path) -> None:
    assert manage(tmp_path, "migrate", "-v0").returncode == 0
    assert manage(tmp_path, "check", "--database", "default").returncode == 0


def test_no_migration_is_missing(tmp_path: Path) -> None:
    assert manage(tmp_path, "makemigrations", "--check", "--dry-run").returncode == 0
