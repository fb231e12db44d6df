"""A1 to A10 at their quick size: any acts in any order, and still every address and every citation holds."""

from __future__ import annotations

import secrets
from pathlib import Path

import pytest
from django.db import connection

from registry.models import Edition
from tests.postgres import cluster
from tests.promises import machine
from tests.promises.checks import slips, standing
from tests.promises.journey import journey, new_database

OPERATIONS, STEPS = 200, 25


@pytest.mark.django_db
def test_whatever_is_done_every_address_answers() -> None:
    number, before = secrets.randbelow(2**31), Edition.objects.count()
    print(f"seed {number}")
    figures = machine.run(OPERATIONS, STEPS, number)
    print(dict(figures))
    assert figures["operations"] >= OPERATIONS
    assert figures["addresses"] > 1000
    assert Edition.objects.count() == before


@pytest.mark.django_db
def test_citations_hold_through_a_life_and_in_the_other_database(tmp_path: Path) -> None:
    """From the database under test to the other: SQLite to PostgreSQL, or back."""
    number = secrets.randbelow(2**31)
    print(f"seed {number}")
    sizes = ["--citations=200", "--acts=60", "--ids=20", "--share=4", "--most=600", "--cursors=20"]
    options = [*sizes, f"--seed={number}"]
    with cluster() as server:
        there = new_database(server, "promises")
        start, goal = ("", there) if connection.vendor == "sqlite" else (there, "")
        found = list(journey(tmp_path, start, goal, *options))
    databases = [one["database"] for one in found]
    assert databases == (["sqlite", "postgresql"] if start == "" else ["postgresql", "sqlite"])
    for one in found:
        figures = {figure["id"]: figure for figure in one["figures"]}
        assert {"A1", "A3", "A4", "A9"} <= set(figures)
        for figure in one["figures"]:
            assert figure["failures"] == [], figure
        assert figures["A9"]["asked"] == 200
    lived, restored = ({figure["id"]: figure["asked"] for figure in one["figures"]} for one in found)
    assert {name: lived[name] for name in restored} == restored


def test_a_slip_is_one_character_or_a_swap() -> None:
    found = list(slips("0123bcdf"))
    assert len(found) == 8 * 28 + 7
    assert "1023bcdf" in found
    assert "0123bcdx" in found
    assert "0123bcdf" not in found


def test_what_stands_is_what_was_not_taken_away() -> None:
    rows = [("a", "publish"), ("b", "publish"), ("a", "withdraw"), ("b", "merge"), ("a", "restore")]
    assert standing({"id": pid, "verb": verb} for pid, verb in rows) == {"a"}
