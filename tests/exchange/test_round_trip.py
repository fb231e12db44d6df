"""Export and import are inverse: an empty archive becomes the same archive, to the byte."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from archive.exchange import markdown
from archive.search import writer
from dialogues.models import Topic
from meetings.models import Meeting
from registry import guards, verbs
from registry.models import Capture, Editor, Pid, Record, Source, record_models
from tests.makers import dialogue, meeting, published, statement

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.django_db


def export(folder: Path, **options: Any) -> dict[str, bytes]:
    call_command("export_archive", str(folder), verbosity=0, **options)
    return files_below(folder)


def files_below(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def empty_the_archive() -> None:
    """What only a test may do: take the guards away and delete every row."""
    writer.clear()
    tables = [model._meta.db_table for model in record_models().values()]
    every = [*guards.registry_guards(), *(guard for table in tables for guard in guards.record_guards(table))]
    guards.remove(connection, every)
    connection.check_constraints()  # PostgreSQL empties no table while a deferred check is pending
    with connection.cursor() as cursor, transaction.atomic():
        names = [
            table
            for table in connection.introspection.django_table_names(only_existing=True, include_views=False)
            if table.split("_")[0] in ("registry", "dialogues", "meetings", "archive")
            and not table.startswith(
                ("archive_release", "archive_receipt", "archive_replay", "archive_shelf")
            )
        ]
        if connection.vendor == "postgresql":
            cursor.execute(f"TRUNCATE {', '.join(names)} CASCADE")
        else:
            cursor.execute("PRAGMA defer_foreign_keys = ON")
            for name in names:
                cursor.execute(f"DELETE FROM {name}")
    guards.install(connection, every)


def a_busy_life() -> None:
    """Every act of the ledger once: a correction, a move, a merge, a withdrawal, and a draft."""
    person = Editor.objects.create_user("an-editor-of-ours", password="long enough to be one")
    energy = Topic.objects.get(slug="energy")
    energy.name = "Energy and power"
    energy.save()
    verbs.publish(energy, by=person, note="The wider name.")
    held = Meeting.objects.get(pid__path="quad/2021/fm-3")
    verbs.rename(held, by=person, path="quad/2021/fm-telephone", note="By what it is known as.")
    spare = published(Topic.objects.draft(slug="spare", name="Spare"))
    verbs.merge(spare, into=energy, by=person, note="The same.")
    gone = published(Topic.objects.draft(slug="gone", name="Gone"))
    verbs.withdraw(gone, by=person, reason="entered_in_error", note="Never a topic.", replaced_by=energy.pid)
    Topic.objects.draft(slug="idea", name="An idea", created_by=person)


def a_small_archive() -> Meeting:
    """In place of the starting data: what the busy life needs, the meeting last."""
    empty_the_archive()
    published(Topic.objects.draft(slug="energy", name="Energy"))
    held = meeting(dialogue("quad"), 3, "2021-02-18")
    published(held.track.dialogue, held)
    return held


def test_captures_travel_with_their_bytes(tmp_path: Path, settings: Any) -> None:
    a_small_archive()
    settings.MEDIA_ROOT = tmp_path / "files"
    words = b"<html>As it was.</html>"
    Capture.objects.create(
        source=Source.objects.create(key="press", title="Press release"),
        sha256=hashlib.sha256(words).hexdigest(),
        media_type="text/html",
        size=len(words),
        file=ContentFile(words, "page.html"),
        fetched_at=datetime(2026, 3, 1, tzinfo=UTC),
    )
    first = export(tmp_path / "first")
    assert first[f"captures/{hashlib.sha256(words).hexdigest()}"] == words
    empty_the_archive()
    settings.MEDIA_ROOT = tmp_path / "elsewhere"
    call_command("import_archive", str(tmp_path / "first"), verbosity=0)
    with Capture.objects.get().file.open("rb") as stored:
        assert stored.read() == words
    assert export(tmp_path / "second") == first
    assert not [name for name in export(tmp_path / "public", public=True) if "captures" in name]


def manage(folder: Path, *arguments: str) -> None:
    """A command on a SQLite archive of its own."""
    env = {**os.environ, "DATA_DIR": str(folder), "DATABASE_URL": ""}
    subprocess.run([sys.executable, str(ROOT / "manage.py"), *arguments, "-v0"], env=env, check=True)


def test_an_archive_moves_to_sqlite_and_back_the_same_to_the_byte(tmp_path: Path) -> None:
    """From the database under test, which is PostgreSQL in one of the two runs, to SQLite, and back again.

    The whole of the starting data comes from PostgreSQL; where both ends are SQLite, a small archive tells as much.
    """
    if connection.vendor == "sqlite":
        a_small_archive()
    a_busy_life()
    states = {pid.pk: (pid.state, pid.path) for pid in Pid.objects.all()}
    here = export(tmp_path / "here")
    manage(tmp_path / "sqlite", "migrate")
    manage(tmp_path / "sqlite", "import_archive", str(tmp_path / "here"))
    manage(tmp_path / "sqlite", "export_archive", str(tmp_path / "there"))
    assert files_below(tmp_path / "there") == here
    empty_the_archive()
    assert (Pid.objects.count(), Source.objects.count(), Editor.objects.count()) == (0, 0, 0)
    call_command("import_archive", str(tmp_path / "there"), verbosity=0)
    assert {pid.pk: (pid.state, pid.path) for pid in Pid.objects.all()} == states
    assert export(tmp_path / "back") == here
    assert not Editor.objects.get(username="an-editor-of-ours").has_usable_password()


def test_the_restored_archive_answers_at_its_addresses(tmp_path: Path, client: Any) -> None:
    a_small_archive()
    a_busy_life()
    export(tmp_path / "first", format="json")
    empty_the_archive()
    call_command("import_archive", str(tmp_path / "first"), verbosity=0)
    assert client.get("/quad/2021/fm-3/")["Location"].endswith("/quad/2021/fm-telephone/")
    assert client.get("/topics/gone/").status_code == 410
    assert client.get("/topics/spare/")["Location"].endswith("/topics/energy/")
    assert client.get("/topics/energy@1/").status_code == 200
    assert client.get("/topics/idea/").status_code == 404


def test_what_is_public_names_no_editor_and_holds_no_draft(tmp_path: Path) -> None:
    a_busy_life()
    files = export(tmp_path / "public", public=True)
    everything = b"".join(files.values())
    assert b"an-editor-of-ours" not in everything
    assert b"An idea" not in everything
    assert "ledger/editors.jsonl" not in files
    assert b"Never a topic." in files["ledger/tombstones.jsonl"]


def test_a_text_stands_as_markdown_beside_its_dialogue(tmp_path: Path) -> None:
    record: Record = statement(a_small_archive())
    text: Any = record.texts.get()  # type: ignore[attr-defined]
    text.paragraphs.create(number=1, key="h1", kind="heading", words="Preamble")
    text.paragraphs.create(
        number=2, key="p1", kind="preambular", number_printed="1.", words="Recalling Astana,"
    )
    text.paragraphs.create(number=3, key="p3", words="The ministers\nagreed.")
    published(record)
    files = export(tmp_path / "first")
    assert files[f"texts/{record.pid.path}.en.md"].decode() == (
        '{#h1 .heading}\n# Preamble\n\n{#p1 .preambular number="1."}\nRecalling Astana,\n\n'
        "The ministers\nagreed.\n"
    )
    empty_the_archive()
    call_command("import_archive", str(tmp_path / "first"), verbosity=0)
    assert export(tmp_path / "second") == files


def test_an_archive_without_sources_comes_back(tmp_path: Path) -> None:
    empty_the_archive()
    published(Topic.objects.draft(slug="energy", name="Energy"))
    first = export(tmp_path / "first")
    assert first["sources.yaml"].endswith(b"sources: []\n")
    empty_the_archive()
    call_command("import_archive", str(tmp_path / "first"), verbosity=0)
    assert export(tmp_path / "second") == first


def test_markdown_without_marks_is_read_as_paragraphs() -> None:
    assert markdown.parse("# Title\n\nOne.\n\n\nTwo,\nlonger.\n") == [
        {"key": "p1", "kind": "heading", "words": "Title"},
        {"key": "p2", "words": "One."},
        {"key": "p3", "words": "Two,\nlonger."},
    ]


def test_a_folder_that_holds_something_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(CommandError, match="not empty"):
        export(tmp_path)
