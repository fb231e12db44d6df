"""The log of changes: for people, and for harvesters that resume from any cursor (A6)."""

from __future__ import annotations

import csv
import io
import json
import random
from typing import Any

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dialogues.models import Topic
from registry import turns, verbs
from registry.models import Change
from tests import makers
from tests.makers import corrected, published

pytestmark = pytest.mark.django_db
SEED = 19041118
Record = tuple[str, int]


def read_on(reader: Client, after: int, limit: int | None = None) -> list[dict[str, Any]]:
    """Every row after the cursor, page by page as `next` leads."""
    address: str | None = f"/changes/?after={after}&format=json" + (f"&limit={limit}" if limit else "")
    rows: list[dict[str, Any]] = []
    while address:
        answer = reader.get(address, headers={"accept": "application/json"})
        said = answer.json()
        rows += said["results"]
        address = said["next"]
        assert ('rel="next"' in answer["Link"]) == bool(address)
        assert said["cursor"] == (said["results"][-1]["number"] if said["results"] else after)
    return rows


def after_these(kept: dict[str, Record], rows: list[dict[str, Any]]) -> dict[str, Record]:
    """What a harvester holds once it has followed these rows: id → path and edition."""
    kept = dict(kept)
    for row in rows:
        if row["verb"] in ("withdraw", "merge"):
            kept.pop(row["id"], None)
        elif row["verb"] != "rename" or row["id"] in kept:
            kept[row["id"]] = (row["path"], row["edition"])
    return kept


def act(source: random.Random, topics: list[Topic], number: int) -> None:
    """One random act on one of the topics; acts that its state forbids are refused and change nothing."""
    made = source.choice(topics)
    made.pid.refresh_from_db()
    try:
        match source.choice(["correct", "withdraw", "restore", "rename", "merge"]):
            case "correct":
                corrected(made, definition=f"Wording {number}.")
            case "withdraw":
                verbs.withdraw(made, by=None, reason="entered_in_error", note="A trial.")
            case "restore":
                verbs.restore(made, by=None, note="It was right.")
            case "rename":
                verbs.rename(made, by=None, path=f"topics/moved-{number}", note="A trial.")
            case "merge":
                verbs.merge(made, into=source.choice(topics), by=None, note="One topic.")
    except ValidationError:
        pass


def test_a_harvester_resuming_from_any_cursor_ends_with_the_same(reader: Client) -> None:
    """A6: 100 cursors, each followed in steps of another size, among random acts."""
    source = random.Random(SEED)
    topics = [published(Topic.objects.draft(slug=f"t-{n}", name=f"T {n}")) for n in range(12)]
    for number in range(150):
        act(source, topics, number)
    every = read_on(reader, 0, 1000)
    fresh = after_these({}, every)
    expected = {one.pk: (f"/{one.pid.path}/", one.pid.edition_number) for one in Topic.objects.public()}
    assert {
        pid: kept for pid, kept in fresh.items() if pid in expected or pid in {one.pk for one in topics}
    } == expected
    newest = Change.objects.newest_number()
    for _cursor in range(100):
        cursor = source.randint(max(newest - 400, 0), newest)
        before = after_these({}, [row for row in every if row["number"] <= cursor])
        resumed = after_these(before, read_on(reader, cursor, source.choice([None, 1000, 97, 29])))
        assert resumed == fresh, f"seed {SEED}, cursor {cursor}"


def test_what_was_withdrawn_stays_so_for_a_harvester_when_it_moves_with_its_meeting(reader: Client) -> None:
    framework = makers.dialogue()
    held = makers.meeting(framework)
    said = makers.statement(held, "The ministers met.")
    published(framework, held, said)
    verbs.withdraw(said, by=None, reason="entered_in_error", note="Never issued.")
    before = Change.objects.newest_number()
    verbs.rename(held, by=None, path="xx-dialogue/2021/first", note="Named anew.")
    rows = read_on(reader, 0, 1000)
    assert [(row["verb"], row["id"]) for row in rows if row["number"] > before] == [
        ("rename", held.pk),
        ("rename", said.pk),
    ]
    kept = after_these({}, rows)
    assert kept[held.pk][0] == "/xx-dialogue/2021/first/"
    assert said.pk not in kept


def test_a_row_says_what_was_done(reader: Client) -> None:
    made = published(Topic.objects.draft(slug="ferries", name="Ferries"))
    before = Change.objects.newest_number()
    corrected(made, "The definition was found.", definition="Ships that cross.")
    (row,) = read_on(reader, before)
    change = Change.objects.newest_of(made.pk)
    assert change is not None
    assert row == {
        "number": change.pk,
        "when": change.at.isoformat(),
        "verb": "correct",
        "kind": "topic",
        "id": made.pk,
        "path": "/topics/ferries/",
        "edition": 2,
        "note": "The definition was found.",
        "by": "system",
    }
    lines = reader.get(f"/changes/?after={before}&format=jsonl").getvalue().decode().splitlines()
    assert [json.loads(line) for line in lines] == [row]
    table = reader.get(f"/changes/?after={before}&format=csv").getvalue().decode()
    assert list(csv.DictReader(io.StringIO(table, newline=""))) == [
        {name: str(value) for name, value in row.items()}
    ]


def test_people_read_the_newest_first_with_what_changed(reader: Client) -> None:
    made = published(Topic.objects.draft(slug="ferries", name="Ferries"))
    corrected(made, "The definition was found.", definition="Ships that cross.")
    verbs.rename(made, by=None, path="topics/ferry", note="The shorter word.")
    other = published(Topic.objects.draft(slug="rafts", name="Rafts"))
    verbs.withdraw(other, by=None, reason="legal", note="A court.")
    html = reader.get("/changes/").content.decode()
    assert html.index("A court.") < html.index("The shorter word.") < html.index("The definition was found.")
    assert "<code>/topics/ferries/</code> → <code>/topics/ferry/</code>" in html
    assert 'href="/topics/ferry/history/"' in html
    assert "definition" in html
    assert '<a href="/topics/ferry@2/">edition 2</a>' in html
    assert 'rel="next" href="/changes/?before=' in html
    assert reader.get("/changes/?before=1").content.decode().count("<tr id=") == 0
    assert "Nothing has changed since." in reader.get(f"/changes/?after={10**17}").content.decode()


def test_a_withdrawn_record_shows_none_of_its_words(reader: Client) -> None:
    made = published(Topic.objects.draft(slug="rafts", name="Rafts", definition="Unspeakable."))
    corrected(made, definition="Unspeakable still.")
    verbs.withdraw(made, by=None, reason="legal", note="A court.")
    for form in ("html", "json"):
        assert "Unspeakable" not in reader.get(f"/changes/?format={form}").content.decode()


def test_the_page_for_people_shows_a_hundred_at_most_and_leads_on(reader: Client) -> None:
    page = reader.get("/changes/?after=0&limit=1000").content.decode()
    assert page.count('<tr id="c') == 100
    last = Change.objects.order_by("pk").values_list("pk", flat=True)[99]
    assert f'href="/changes/?after={last}&amp;limit=1000"' in page


def test_the_whole_log_streams(reader: Client) -> None:
    lines = reader.get("/changes/?after=0&format=jsonl").getvalue().decode().splitlines()
    numbers = [json.loads(line)["number"] for line in lines]
    assert numbers == sorted(numbers)
    assert len(numbers) == Change.objects.count()


@pytest.mark.parametrize(
    "query",
    ["after=", "after=-1", "after=x", "after=1.5", "after=٣", "after=" + "9" * 19, "limit=0", "limit=1001", "limit=x",
     "before=x", "after=1&before=2", "after=1&after=2", "x=1", "page=2", "after=1&format=json&format=json"],
)  # fmt: skip
def test_what_is_not_understood_is_400(reader: Client, query: str) -> None:
    answer = reader.get(f"/changes/?{query}", headers={"accept": "application/json"})
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["errors"]


def test_a_page_makes_a_fixed_number_of_queries(reader: Client) -> None:
    def queries(address: str) -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            assert reader.get(address).status_code == 200
        return len(captured)

    made = published(Topic.objects.draft(slug="ferries", name="Ferries"))
    corrected(made, definition="Ships.")
    before = {address: queries(address) for address in ("/changes/", "/changes/?after=5&format=json")}
    assert list(before.values()) == [4, 2]
    for number in range(30):
        corrected(made, definition=f"Ships {number}.")
    assert {address: queries(address) for address in before} == before


def test_verbs_take_turns_so_that_numbers_appear_in_order() -> None:
    """On PostgreSQL whoever acts holds the turn to the end of the transaction; SQLite has one writer anyway."""
    published(Topic.objects.draft(slug="ferries", name="Ferries"))
    if connection.vendor != "postgresql":
        assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
        return
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [turns.KEY])
            assert cursor.fetchone() == (False,)
    finally:
        other.close()
