"""Verbs act one after another, so that changes are numbered in the order in which they become visible.

Who reads the log from a cursor relies on it: no change ever appears before one that was already read. SQLite has one
writer at a time anyway; PostgreSQL numbers rows before it shows them, and here waits for the verb before.
"""

from __future__ import annotations

from django.db import connection

KEY = 0x6469616C
"""Of the lock; any number that nothing else in the database uses ("dial" in ASCII)."""


def take() -> None:
    """Wait until no other verb is under way, and keep others waiting to the end of the transaction."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [KEY])
