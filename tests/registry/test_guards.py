"""A5: nothing public can be deleted, nor an edition or ledger row rewritten, by any way the application has."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.db import Error, connection, transaction
from django.db.models import ProtectedError

from dialogues.models import Topic
from meetings.models import Commitment, Meeting
from registry.models import Change, Edition, Path, Pid, Tombstone

pytestmark = pytest.mark.django_db


def raw(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def replace_edition() -> None:
    edition = Edition.objects.order_by("pk").first()
    edition.content = "{}"
    Edition.objects.bulk_create(
        [edition], update_conflicts=True, update_fields=["content"], unique_fields=["id"]
    )


def overwrite_by_saving() -> None:
    edition = Edition.objects.order_by("pk").first()
    edition.note = "rewritten"
    edition.save()


def unpublish() -> None:
    Pid.objects.filter(kind="meeting").update(state="draft", edition_number=0, published_at=None)


ATTACKS: dict[str, Callable[[], Any]] = {
    "queryset update of editions": lambda: Edition.objects.update(note="x"),
    "queryset delete of editions": lambda: Edition.objects.all().delete(),
    "saving an edition again": overwrite_by_saving,
    "bulk upsert of an edition": replace_edition,
    "bulk update of editions": lambda: Edition.objects.bulk_update(
        [Edition(pk=Edition.objects.order_by("pk").first().pk, note="x")], ["note"]
    ),
    "raw update of the ledger": lambda: raw("UPDATE registry_path SET path = 'stolen'"),
    "raw delete of the ledger": lambda: raw("DELETE FROM registry_path"),
    "raw private delete of editions": lambda: Edition.objects.all()._raw_delete("default"),
    "queryset delete of a public record": lambda: Topic.objects.filter(slug="visa").delete(),
    "raw delete of public records": lambda: raw("DELETE FROM meetings_commitment"),
    "delete of a pid": lambda: raw("DELETE FROM registry_pid WHERE kind = 'topic'"),
    "return of a public record to draft": unpublish,
    "instance delete of a public commitment": lambda: Commitment.objects.order_by("pk").first().delete(),
    "rewriting the change log": lambda: Change.objects.update(note="x"),
    "emptying the change log": lambda: Change.objects.all().delete(),
    "a cascade through the meeting": lambda: Meeting.objects.all()._raw_delete("default"),
}


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS.keys())
def test_the_database_refuses(attack: Callable[[], Any]) -> None:
    before = (Edition.objects.count(), Path.objects.count(), Pid.objects.filter(state="public").count())
    with pytest.raises((Error, ProtectedError)), transaction.atomic():
        attack()
    assert (
        Edition.objects.count(),
        Path.objects.count(),
        Pid.objects.filter(state="public").count(),
    ) == before


def test_replacing_an_edition_row_is_refused_on_sqlite() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("REPLACE is SQLite’s own")
    with pytest.raises(Error), transaction.atomic():
        raw("REPLACE INTO registry_edition SELECT * FROM registry_edition LIMIT 1")


def test_emptying_a_guarded_table_is_refused_on_postgresql() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("TRUNCATE is PostgreSQL’s own")
    with pytest.raises(Error), transaction.atomic():
        raw("TRUNCATE registry_edition CASCADE")


def test_tombstones_cannot_be_lifted_by_hand() -> None:
    pid = Pid.objects.filter(kind="topic").first()
    Tombstone.objects.create(pid=pid, title="x", reason="legal", note="x", role="x")
    with pytest.raises(Error), transaction.atomic():
        Tombstone.objects.all().delete()


def test_the_check_reports_a_missing_trigger() -> None:
    name = "registry_edition_no_update"
    raw(f"DROP TRIGGER {name}" + (" ON registry_edition" if connection.vendor == "postgresql" else ""))
    with pytest.raises(Exception, match=name):
        call_command("check", databases=["default"])


def test_a_draft_can_be_deleted() -> None:
    draft = Topic.objects.draft(slug="draft-topic", name="Draft")
    draft.delete()
    assert not Topic.objects.filter(slug="draft-topic").exists()
