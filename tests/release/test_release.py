"""Releases: the whole archive in files that other programs read, kept and checked."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import frictionless
import pyarrow.parquet as pq
import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from django.test import Client

from archive.models import Release, ReleaseFile
from archive.release import make
from archive.release.codebook import codebook
from archive.release.tables import TABLES
from dialogues.models import Dialogue, Topic
from meetings.models import Meeting
from registry import verbs

COUNTS = {
    "dialogues": 24,
    "meetings": 436,
    "statements": 217,
    "commitments": 724,
    "ministers": 352,
    "countries": 141,
    "topics": 59,
    "tracks": 55,
    "sources": 593,
}
NAMES = ["csv.zip", "records.jsonl", "archive.sqlite", "metadata.json", "parquet.zip", "SHA256SUMS"]
NOT_IN_A_RELEASE = {
    "Capture": "bytes of sources, which are others’ works",
    "Change": "the log behind editions; it names editors",
    "Distinction": "an editor’s working note",
    "Editor": "accounts",
    "Office": "a column of tenures",
    "Path": "addresses: the site answers them",
    "Pid": "the id of each record",
    "Tombstone": "the site shows them",
}


@pytest.fixture
def released(db: Any, settings: Any, tmp_path: Path) -> Iterator[Release]:
    settings.DATA_DIR = tmp_path
    call_command("make_release", note="The first.", verbosity=0)
    return Release.objects.get()


def read_csv(release: Release, table: str) -> list[dict[str, str]]:
    with zipfile.ZipFile(release.folder / "csv.zip") as archive:
        text = archive.read(f"{table}.csv").decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_every_file_is_listed_with_its_size_and_sum(released: Release, reader: Client) -> None:
    data = reader.get("/data/releases/1/?format=json").json()
    assert [file["name"] for file in data["files"]] == NAMES
    for file in data["files"]:
        answer = reader.get(file["url"].removeprefix("http://127.0.0.1:8000"))
        content = answer.getvalue()
        assert len(content) == file["size"] == int(answer["Content-Length"])
        assert hashlib.sha256(content).hexdigest() == file["sha256"]
        assert answer["Cache-Control"] == "public, max-age=31536000, immutable"


def test_every_form_holds_the_same_counts(released: Release, tmp_path: Path) -> None:
    with zipfile.ZipFile(released.folder / "parquet.zip") as archive:
        archive.extractall(tmp_path / "parquet")
    database = sqlite3.connect(released.folder / "archive.sqlite")
    for table, count in COUNTS.items():
        assert len(read_csv(released, table)) == count, table
        assert database.execute(f"SELECT count(*) FROM {table}").fetchone() == (count,)
        assert pq.read_table(tmp_path / "parquet" / f"{table}.parquet").num_rows == count
    database.close()
    records = (released.folder / "records.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(records) == 24 + 436 + 217 + 724 + 352 + 141 + 59


def test_a_known_row_is_the_same_in_every_form(released: Release, tmp_path: Path) -> None:
    nine = Meeting.objects.get(pid__path="ca-jad/2022/fm-9")
    row = next(row for row in read_csv(released, "meetings") if row["id"] == nine.pk)
    assert (row["ordinal"], row["start"], row["track"], row["status"]) == ("9", "2022-12-24", "fm", "held")
    assert row["url"] == "http://127.0.0.1:8000/ca-jad/2022/fm-9/"
    database = sqlite3.connect(released.folder / "archive.sqlite")
    query = "SELECT m.ordinal, d.name, m.hosts FROM meetings m JOIN dialogues d ON d.id = m.dialogue WHERE m.id = ?"
    ordinal, name, hosts = database.execute(query, [nine.pk]).fetchone()
    assert (ordinal, name) == (9, nine.track.dialogue.name)
    assert json.loads(hosts) == row["hosts"].split(";")
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    energy = "SELECT count(*) FROM commitments_fts WHERE commitments_fts MATCH 'energy'"
    assert database.execute(energy).fetchone()[0] > 0
    database.close()
    with zipfile.ZipFile(released.folder / "parquet.zip") as archive:
        archive.extract("meetings.parquet", tmp_path)
    found = pq.read_table(tmp_path / "meetings.parquet", filters=[("id", "=", nine.pk)]).to_pylist()
    assert found[0]["hosts"] == row["hosts"].split(";")


def test_a_record_line_is_what_its_page_gives(released: Release, reader: Client) -> None:
    page = reader.get("/ca-jad/2022/fm-9/?format=json").json()
    lines = (released.folder / "records.jsonl").read_text(encoding="utf-8").splitlines()
    assert next(record for record in map(json.loads, lines) if record["id"] == page["id"]) == page


def test_the_data_package_is_valid(released: Release, tmp_path: Path) -> None:
    with zipfile.ZipFile(released.folder / "csv.zip") as archive:
        archive.extractall(tmp_path / "csv")
    report = frictionless.Package(str(tmp_path / "csv" / "datapackage.json")).validate()
    assert report.valid, report.flatten(["name", "fieldName", "note"])[:5]


def test_drafts_and_the_withdrawn_are_not_released(db: Any, settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    Topic.objects.draft(slug="secret", name="A draft topic")
    gone = Meeting.objects.get(pid__path="ca-jad/2022/fm-9")
    verbs.withdraw(gone, by=None, reason="legal", note="Asked to.", along=True)
    call_command("make_release", verbosity=0)
    release = Release.objects.get()
    assert len(read_csv(release, "topics")) == 59
    assert gone.pk not in {row["id"] for row in read_csv(release, "meetings")}
    for table, column in (
        ("delegates", "meeting"),
        ("agenda_items", "meeting"),
        ("statement_meetings", "meeting"),
    ):
        assert gone.pk not in {row[column] for row in read_csv(release, table)}
    assert gone.pk not in {row["meeting"] for row in read_csv(release, "commitments")}


def test_releases_are_numbered_and_kept(released: Release, reader: Client, person: Any) -> None:
    call_command("make_release", "--if-changed", verbosity=0)
    assert Release.objects.count() == 1
    quad = Dialogue.objects.get(code="quad")
    quad.purpose = "To talk."
    quad.save()
    verbs.publish(quad, by=person, note="Its purpose was found.")
    call_command("make_release", "--if-changed", verbosity=0)
    assert [release.number for release in Release.objects.all()] == [2, 1]
    assert (released.folder / "csv.zip").exists()
    html = reader.get("/data/").content.decode()
    assert "Release 2" in html
    assert 'href="/data/releases/1/"' in html


def test_the_same_facts_give_the_same_bytes(released: Release) -> None:
    call_command("make_release", verbosity=0)
    first, second = (
        dict(one.files.values_list("name", "sha256")) for one in Release.objects.order_by("number")
    )
    for name in ("records.jsonl", "archive.sqlite", "parquet.zip"):
        assert first[name] == second[name], name


def test_a_damaged_file_is_found_and_a_lost_one_said(released: Release, reader: Client) -> None:
    call_command("make_release", "--check", verbosity=0)
    path = released.folder / "records.jsonl"
    path.write_text("{}\n", encoding="utf-8")
    with pytest.raises(CommandError, match=r"release 1: records\.jsonl is not what it was"):
        call_command("make_release", "--check", verbosity=0)
    path.unlink()
    with pytest.raises(CommandError, match=r"release 1: records\.jsonl is missing"):
        call_command("make_release", "--check", verbosity=0)
    lost = reader.get("/data/releases/1/records.jsonl")
    assert lost.status_code == 503
    assert "missing here" in lost.content.decode()


def test_a_crash_leaves_no_release(db: Any, settings: Any, tmp_path: Path, monkeypatch: Any) -> None:
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr("archive.release.build.sqlite_file", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        call_command("make_release", verbosity=0)
    assert not Release.objects.exists()
    monkeypatch.undo()
    settings.DATA_DIR = tmp_path
    call_command("make_release", verbosity=0)
    assert Release.objects.get().number == 1
    assert sorted(path.name for path in Release.objects.get().folder.iterdir()) == sorted(NAMES)


def test_of_two_at_a_time_the_second_is_told_to_wait(db: Any, settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    with make.turn(), pytest.raises(CommandError, match="Another release is being made"):
        call_command("make_release", verbosity=0)
    assert not Release.objects.exists()
    call_command("make_release", verbosity=0)
    assert Release.objects.get().number == 1


def test_files_of_a_release_that_was_not_entered_are_written_over(
    db: Any, settings: Any, tmp_path: Path, monkeypatch: Any
) -> None:
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(make, "enter", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        call_command("make_release", verbosity=0)
    monkeypatch.undo()
    settings.DATA_DIR = tmp_path
    call_command("make_release", verbosity=0)
    kept = Release.objects.get()
    assert sorted(path.name for path in kept.folder.parent.iterdir()) == ["1", "lock"]
    assert list(make.faults()) == []


@pytest.mark.parametrize(("model", "change"), [(Release, {"note": "Other."}), (ReleaseFile, {"count": 1})])
def test_the_database_refuses_to_change_a_release(released: Release, model: Any, change: Any) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.all()._raw_delete("default")


def test_before_the_first_release_the_page_says_how_to_make_one(reader: Client) -> None:
    assert "No release has been made yet" in reader.get("/data/").content.decode()
    assert reader.get("/data/releases/7/").status_code == 404
    assert reader.get("/data/releases/7/csv.zip").status_code == 404


def test_every_column_has_a_meaning() -> None:
    for table in codebook():
        assert table["meaning"], table["name"]
        for column in table["columns"]:
            assert column["meaning"], (table["name"], column["name"])


def test_every_model_of_the_record_is_a_table_or_says_why_not() -> None:
    models = {
        model.__name__
        for app in ("registry", "dialogues", "meetings")
        for model in apps.get_app_config(app).get_models()
    }
    assert models == {table.model.__name__ for table in TABLES} | set(NOT_IN_A_RELEASE)


def test_the_codebook_shows_every_table_and_list(reader: Client) -> None:
    html = reader.get("/data/codebook/").content.decode()
    for table in TABLES:
        assert f'id="{table.name}"' in html
    assert 'id="list-meetings"' in html
    assert reader.get("/data/codebook/?format=json").json()["tables"] == codebook()
