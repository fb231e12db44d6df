"""System checks of what a database must be set to before it may hold the archive."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from archive.models import Receipt, Release, ReleaseFile, Replay, Shelf
from registry import guards
from registry.models.record import record_models

SQLITE_RULES = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "recursive_triggers": 1,
}
BUSY_TIMEOUT = 20_000


@register(Tags.database)
def check_database_rules(databases: Sequence[str] | None = None, **_kwargs: Any) -> list[CheckMessage]:
    """archive.E001: a SQLite connection does not follow the rules that keep data safe."""
    messages: list[CheckMessage] = []
    for alias in databases or ():
        connection: Any = connections[alias]
        if connection.vendor != "sqlite" or connection.is_in_memory_db():
            continue
        with connection.cursor() as cursor:
            found = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in SQLITE_RULES}
            timeout = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        wrong = [
            f"{name} is {found[name]}, not {value}"
            for name, value in SQLITE_RULES.items()
            if found[name] != value
        ]
        if timeout < BUSY_TIMEOUT:
            wrong.append(f"busy_timeout is {timeout} ms, not {BUSY_TIMEOUT}")
        if connection.transaction_mode != "IMMEDIATE":
            wrong.append("transactions do not begin IMMEDIATE")
        if wrong:
            hint = "Let archive.settings set the options of this database; do not override them."
            messages.append(Error(f"SQLite: {'; '.join(wrong)}.", hint=hint, id="archive.E001"))
    return messages


@register(Tags.database)
def check_guards(databases: Sequence[str] | None = None, **_kwargs: Any) -> list[CheckMessage]:
    """archive.E002: a trigger that protects editions, ledger or public records is missing."""
    tables = [model._meta.db_table for model in record_models().values()]
    expected = [
        *guards.registry_guards(),
        *(guard for table in tables for guard in guards.record_guards(table)),
        *(
            guard
            for model in (Release, ReleaseFile, Receipt, Replay, Shelf)
            for guard in guards.append_only(model._meta.db_table)
        ),
    ]
    messages: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        existing = set(connection.introspection.table_names())
        if "django_migrations" not in existing or not {guard.table for guard in expected} <= existing:
            continue
        missing = sorted({guard.name for guard in expected} - guards.standing(connection))
        if missing:
            hint = "A migration that rebuilt a table must end with registry.guards.install."
            messages.append(Error(f"Missing triggers: {', '.join(missing)}.", hint=hint, id="archive.E002"))
    return messages
