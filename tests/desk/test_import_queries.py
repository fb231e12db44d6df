"""Checking and storing a table looks up what its rows name together, however many rows there are."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from archive.models import Batch
from meetings.models import Commitment, Meeting, Statement
from tests.desk.test_imports import act, brought, states

pytestmark = pytest.mark.django_db
FEW, MANY = slice(0, 3), slice(3, 26)
Table = list[list[Any]]
Maker = Callable[[slice], Table]


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "files"


def stored_in(model: Any, some: slice) -> list[Any]:
    return list(model.objects.public().order_by("pk")[some])


def known_meetings(some: slice) -> Table:
    head = ["id", "dialogue", "series", "note"]
    return [head, *([one.pk, "", "", "Read anew."] for one in stored_in(Meeting, some))]


def known_statements(some: slice) -> Table:
    head = ["id", "dialogue", "kind", "title", "note"]
    return [head, *([one.pk, "", "", "", "Read anew."] for one in stored_in(Statement, some))]


def known_commitments(some: slice) -> Table:
    head = ["id", "meeting", "summary", "verb", "strength", "note"]
    return [head, *([one.pk, "", "", "", "", "Read anew."] for one in stored_in(Commitment, some))]


def new_meetings(some: slice) -> Table:
    head = ["dialogue", "series", "ordinal", "start", "city", "country", "hosts"]
    numbers = range(60, 90)[some]
    return [head, *(["quad", "fm", number, 2100 + number, "Tokyo", "jp", "jp;us"] for number in numbers)]


def new_statements(some: slice) -> Table:
    """Each at another meeting."""
    head = ["dialogue", "meetings", "kind", "title", "date"]
    meetings = Meeting.objects.public().with_dialogue().order_by("pk")[some]
    return [
        head,
        *(
            [one.track.dialogue.code, one.pid.path, "press_release", f"On {one.pk}", "2199-01-01"]
            for one in meetings
        ),
    ]


def new_commitments(some: slice) -> Table:
    """Each of another meeting and another statement, with an agenda item where the meeting has any."""
    table: Table = [["meeting", "summary", "verb", "strength", "statement", "agenda_item"]]
    for one in Statement.objects.public().filter(meetings__isnull=False).order_by("pk").distinct()[some]:
        meeting = one.meetings.order_by("pk")[0]
        item = meeting.agenda_items.values_list("number", flat=True).first()
        row = [meeting.pid.path, f"To act on {one.pk}.", "agreed", "agrees", one.pid.path, item or ""]
        table.append(row)
    return table


def delegations(some: slice) -> Table:
    head = ["meeting", "country", "name"]
    return [head, *([one.pid.path, "fr", f"DOE {one.pk}"] for one in stored_in(Meeting, some))]


def checked(editor: Client, make: Maker, some: slice) -> tuple[Batch, Counter[str]]:
    file, name = io.StringIO(), f"{make.__name__}-{some.start}"
    csv.writer(file).writerows(make(some))
    with CaptureQueriesContext(connection) as captured:
        batch = brought(editor, file.getvalue(), f"{name}.csv", called=name)
    return batch, kinds_of(captured)


def stored(editor: Client, batch: Batch) -> Counter[str]:
    with CaptureQueriesContext(connection) as captured:
        act(editor, batch, "store", note="From the table.")
    assert (batch.stage, batch.fault) == ("stored", "")
    return kinds_of(captured)


def kinds_of(captured: CaptureQueriesContext) -> Counter[str]:
    """How often each kind of query was made, whatever its values.

    Left out is where the search index asks which number was given last on a day: once for each day that rows name.
    """
    said = [re.split(" (?:WHERE|VALUES|SET) ", one["sql"])[0] for one in captured.captured_queries]
    points = ("SAVEPOINT", "RELEASE SAVEPOINT")
    kinds = (next((point for point in points if one.startswith(point)), one) for one in said)
    return Counter(
        one for one in kinds if one != 'SELECT "archive_searchentry"."id" AS "pk" FROM "archive_searchentry"'
    )


def grown(few: Counter[str], many: Counter[str]) -> dict[str, int]:
    """Kinds of query made more often for twenty rows more, beyond one or two for what the few rows have none of."""
    return {kind: count for kind, count in (many - few).items() if count > 2}


@pytest.mark.parametrize(
    ("make", "state"),
    [
        (known_meetings, "changed"),
        (known_statements, "changed"),
        (known_commitments, "changed"),
        (new_meetings, "new"),
        (new_statements, "new"),
        (new_commitments, "new"),
        (delegations, "new"),
    ],
)
def test_a_check_asks_nothing_for_each_row(editor: Client, make: Maker, state: str) -> None:
    batch, few = checked(editor, make, FEW)
    assert states(batch) == [f"{line} {state}" for line in range(2, 5)]
    batch, many = checked(editor, make, MANY)
    assert states(batch) == [f"{line} {state}" for line in range(2, 25)]
    assert grown(few, many) == {}


@pytest.mark.parametrize("make", [new_meetings, new_statements, new_commitments])
def test_storing_new_rows_asks_nothing_for_each_row(editor: Client, make: Maker) -> None:
    few, many = (stored(editor, checked(editor, make, some)[0]) for some in (FEW, MANY))
    assert grown(few, many) == {}
