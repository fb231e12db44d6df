"""What editors change beside a record (its claims, its sources, its parts) reaches its edition, under its own note."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from meetings.models import Meeting
from registry.models import Capture, Claim, Edition, Pid, Source
from tests.admin.test_records import change_address, form_of
from tests.makers import country, dialogue, meeting, published

pytestmark = pytest.mark.django_db
SPEECH = "mofa-speech0606"
CITE_IT = {"g24cvx74", "z9fvrhhw"}
"""Mr Aso and what he had said; his meeting, ca-jad/2006/fm-2, cites the speech too."""


def newest(pid: Any) -> Edition:
    return Edition.objects.filter(pid=pid).latest("number")


def values(edition: Edition) -> list[str]:
    return [one["value"] for one in edition.data["claims"]]


@pytest.fixture
def claim(db: Any) -> Claim:
    made: Claim = Claim.objects.get(value="Minister Abdullah")
    return made


def test_a_claim_leaves_its_record_with_a_note_or_stays(editor: Client, reader: Client, claim: Claim) -> None:
    address = change_address(claim).replace("/change/", "/delete/")
    asked = editor.get(address).content.decode()
    assert "Note for the public" in asked
    refused = editor.post(address, {"post": "yes", "public_note": " "})
    assert refused.status_code == 200
    assert "Say in a sentence, for the public, what changed and why." in refused.content.decode()
    assert Claim.objects.filter(pk=claim.pk).exists()
    assert newest(claim.about_id).number == 1
    assert editor.post(address, {"post": "yes", "public_note": "Said of another."}).status_code == 302
    assert not Claim.objects.filter(pk=claim.pk).exists()
    after = newest(claim.about_id)
    assert (after.number, after.note) == (2, "Said of another.")
    assert "Minister Abdullah" not in values(after)
    shown = reader.get(f"/{claim.about.path}/?format=json").json()
    assert "Minister Abdullah" not in [one["value"] for one in shown["claims"]]


def test_claims_are_not_deleted_by_the_dozen(editor: Client, claim: Claim) -> None:
    data = {"action": "delete_selected", "_selected_action": [claim.pk], "post": "yes"}
    editor.post(reverse("admin:registry_claim_changelist"), data)
    assert Claim.objects.filter(pk=claim.pk).exists()
    assert newest(claim.about_id).number == 1


def test_a_claim_of_a_draft_is_deleted_without_a_note(editor: Client) -> None:
    made = Claim.objects.create(about=country().pid, field="name", value="Exemplia")
    address = change_address(made).replace("/change/", "/delete/")
    assert "Note for the public" not in editor.get(address).content.decode()
    assert editor.post(address, {"post": "yes"}).status_code == 302
    assert not Claim.objects.filter(pk=made.pk).exists()


def test_what_a_claim_or_a_part_belongs_to_stays(editor: Client, claim: Claim) -> None:
    other = published(meeting(published(dialogue())))
    held = Meeting.objects.get(pid__path="ca-jad/2022/fm-9")
    delegation, item = held.delegations.get(country__code="kg"), held.agenda_items.first()
    for row, field in ((claim, "about"), (delegation, "meeting"), (item, "meeting")):
        data = {**form_of(editor, change_address(row)), field: other.pk, "public_note": "Moved."}
        assert editor.post(change_address(row), data).status_code == 302
        before = getattr(row, f"{field}_id")
        row.refresh_from_db()
        assert getattr(row, f"{field}_id") == before != other.pk
    assert newest(held.pk).number == newest(other.pk).number == 1


def test_a_claim_that_is_there_already_is_refused_not_a_fault(editor: Client, claim: Claim) -> None:
    other = Claim.objects.filter(about=claim.about_id, field=claim.field).exclude(pk=claim.pk)[0]
    data = {**form_of(editor, change_address(claim)), "value": other.value, "public_note": "x"}
    assert editor.post(change_address(claim), data).status_code == 200


def test_a_corrected_source_is_printed_anew_by_all_that_cite_it(editor: Client, reader: Client) -> None:
    source = Source.objects.get(key=SPEECH)
    held = Pid.objects.get(path="ca-jad/2006/fm-2")
    address, before = change_address(source), Edition.objects.count()
    data = {**form_of(editor, address), "publisher": "MOFA"}
    refused = editor.post(address, data)
    assert "Say in a sentence" in refused.content.decode()
    source.refresh_from_db()
    assert source.publisher == "Ministry of Foreign Affairs of Japan"
    assert Edition.objects.count() == before
    assert editor.post(address, {**data, "public_note": "Its publisher."}).status_code == 302
    fresh = Edition.objects.filter(number=2)
    assert {one.pid_id: one.note for one in fresh} == dict.fromkeys({*CITE_IT, held.pk}, "Its publisher.")
    shown = reader.get("/ca-jad/2006/fm-2/?format=json").json()
    assert "MOFA" in [one["publisher"] for one in shown["cited_sources"] if one["key"] == SPEECH]


def test_a_source_keeps_its_key_and_needs_no_note_where_nothing_cites_it(editor: Client) -> None:
    made = Source.objects.create(key="new", publisher="P", title="T", kind="press", language="en")
    data = {**form_of(editor, change_address(made)), "key": "other", "title": "Title"}
    assert editor.post(change_address(made), data).status_code == 302
    made.refresh_from_db()
    assert (made.key, made.title) == ("new", "Title")
    assert not Edition.objects.filter(number=2).exists()


def test_a_source_that_is_cited_is_not_deleted(editor: Client) -> None:
    source = Source.objects.get(key=SPEECH)
    address = change_address(source).replace("/change/", "/delete/")
    said = editor.post(address, {"post": "yes"}).content.decode()
    assert "commitment: Four days earlier Aso had described" in said
    data = {"action": "delete_selected", "_selected_action": [source.pk], "post": "yes"}
    editor.post(reverse("admin:registry_source_changelist"), data)
    assert Source.objects.filter(key=SPEECH).exists()
    made = Source.objects.create(key="new", publisher="P", title="T", kind="press", language="en")
    address = change_address(made).replace("/change/", "/delete/")
    assert editor.post(address, {"post": "yes"}).status_code == 302
    assert not Source.objects.filter(key="new").exists()


def test_a_capture_stays_as_it_was_made(editor: Client) -> None:
    assert editor.get(reverse("admin:registry_capture_add")).status_code == 200
    source, facts = (
        Source.objects.get(key=SPEECH),
        {"media_type": "text/html", "size": 3, "file": "captures/x"},
    )
    made = Capture.objects.create(source=source, sha256="0" * 64, fetched_at=timezone.now(), **facts)
    address = change_address(made)
    assert editor.get(address).status_code == 200
    assert editor.post(address, {"sha256": "1" * 64}).status_code == 403
    assert editor.post(address.replace("/change/", "/delete/"), {"post": "yes"}).status_code == 403
    data = {"action": "delete_selected", "_selected_action": [made.pk], "post": "yes"}
    editor.post(reverse("admin:registry_capture_changelist"), data)
    assert Capture.objects.get(pk=made.pk).sha256 == "0" * 64
