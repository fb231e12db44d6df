"""Database triggers for what must never happen, on SQLite and PostgreSQL.

Migrations install them; a system check asserts that they stand. Rebuilding a table in a later migration drops
SQLite's triggers, so that migration ends with `install` again.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from django.db.backends.base.base import BaseDatabaseWrapper

APPEND_ONLY_TABLES = ("registry_edition", "registry_path", "registry_tombstone", "registry_change")
PID_TABLE = "registry_pid"
UNPUBLISHED = "('draft', 'in_review')"


class Guard(NamedTuple):
    """One forbidden act: an event on a table, under a condition over OLD and NEW, with what to answer."""

    name: str
    table: str
    event: str
    condition: str
    message: str


def append_only(table: str) -> Iterator[Guard]:
    for event in ("UPDATE", "DELETE"):
        yield Guard(
            f"{table}_no_{event.lower()}", table, event, "TRUE", f"{table} is append-only: {event} refused"
        )


def pid_guards() -> Iterator[Guard]:
    yield Guard(f"{PID_TABLE}_no_delete", PID_TABLE, "DELETE", "TRUE", "a pid is never deleted")
    yield Guard(
        f"{PID_TABLE}_no_return",
        PID_TABLE,
        "UPDATE",
        "OLD.value <> NEW.value OR OLD.kind <> NEW.kind"
        f" OR (OLD.state NOT IN {UNPUBLISHED} AND (NEW.state IN {UNPUBLISHED} OR NEW.published_at IS NULL))",
        "a published pid stays published, and keeps its value and kind",
    )
    yield Guard(
        f"{PID_TABLE}_no_fewer_editions",
        PID_TABLE,
        "UPDATE",
        "NEW.edition_number < OLD.edition_number",
        "the number of editions never falls",
    )


def record_guards(table: str) -> Iterator[Guard]:
    yield Guard(
        f"{table}_no_delete",
        table,
        "DELETE",
        f"(SELECT state FROM {PID_TABLE} WHERE value = OLD.pid_id) NOT IN {UNPUBLISHED}",
        "a record that was public is withdrawn, never deleted",
    )
    yield Guard(f"{table}_keeps_pid", table, "UPDATE", "OLD.pid_id <> NEW.pid_id", "a record keeps its pid")


def registry_guards() -> list[Guard]:
    return [*(guard for table in APPEND_ONLY_TABLES for guard in append_only(table)), *pid_guards()]


def install(connection: BaseDatabaseWrapper, guards: list[Guard]) -> None:
    """Create the triggers that are missing; safe to run again. Other databases than the two are refused."""
    statements = _postgresql if connection.vendor == "postgresql" else _sqlite
    with connection.cursor() as cursor:
        for guard in guards:
            for statement in statements(guard):
                cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper, guards: list[Guard]) -> None:
    """Drop the triggers: for reversing a migration, and for tests that empty their own database."""
    with connection.cursor() as cursor:
        for guard in guards:
            on_table = f" ON {guard.table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {guard.name}{on_table}")
            if connection.vendor == "postgresql":
                cursor.execute(f"DROP TRIGGER IF EXISTS {guard.table}_no_truncate ON {guard.table}")


def standing(connection: BaseDatabaseWrapper) -> set[str]:
    """Names of the triggers that stand in the database."""
    query = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {row[0] for row in cursor.fetchall()}


def _sqlite(guard: Guard) -> Iterator[str]:
    yield (
        f"CREATE TRIGGER IF NOT EXISTS {guard.name} BEFORE {guard.event} ON {guard.table}"
        f" FOR EACH ROW WHEN {guard.condition} BEGIN SELECT RAISE(ABORT, '{guard.message}'); END"
    )


def _postgresql(guard: Guard) -> Iterator[str]:
    """A trigger's WHEN takes no subquery in PostgreSQL, so the condition stands in the function."""
    returned = "OLD" if guard.event == "DELETE" else "NEW"
    yield (
        f"CREATE OR REPLACE FUNCTION {guard.name}() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN"
        f" IF {guard.condition} THEN RAISE EXCEPTION '{guard.message}' USING ERRCODE = 'restrict_violation';"
        f" END IF; RETURN {returned}; END $guard$"
    )
    yield (
        f"CREATE OR REPLACE TRIGGER {guard.name} BEFORE {guard.event} ON {guard.table}"
        f" FOR EACH ROW EXECUTE FUNCTION {guard.name}()"
    )
    if guard.event == "DELETE":
        yield (
            f"CREATE OR REPLACE FUNCTION {guard.table}_no_truncate() RETURNS trigger LANGUAGE plpgsql AS"
            f" $guard$ BEGIN RAISE EXCEPTION '{guard.table} is never emptied'"
            " USING ERRCODE = 'restrict_violation'; END $guard$"
        )
        yield (
            f"CREATE OR REPLACE TRIGGER {guard.table}_no_truncate BEFORE TRUNCATE ON {guard.table}"
            f" FOR EACH STATEMENT EXECUTE FUNCTION {guard.table}_no_truncate()"
        )
