"""Entering, publishing and correcting records through the admin."""

from __future__ import annotations

import time
from threading import Thread
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dialogues.models import Country, Minister, Office, Topic
from meetings.models import Commitment, Meeting
from registry import verbs
from registry.models import Change, Claim, Edition, Editor, Pid, Tombstone
from tests.makers import country, dialogue, meeting, minister, published, statement

pytestmark = pytest.mark.django_db
TOPIC = {
    "slug": "space",
    "name": "Space",
    "definition": "",
    "broader": "",
    "public_note": "",
    "opened_at": "",
}


def form_of(client: Client, address: str) -> dict[str, Any]:
    """What a browser would post: every field of the page's forms with its value."""
    response = client.get(address)
    assert response.status_code == 200, address
    data: dict[str, Any] = {}
    forms = [response.context["adminform"].form]
    for formset in response.context["inline_admin_formsets"]:
        forms += [formset.formset.management_form, *formset.formset.forms]
    for form in forms:
        for field in form:
            value = field.value()
            if value is None or value is False:
                continue
            data[field.html_name] = "on" if value is True else value
    return data


def change_address(record: Any) -> str:
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])


def test_a_new_record_is_a_draft_with_its_own_id(editor: Client, person: Editor) -> None:
    answer = editor.post("/admin/dialogues/topic/add/", TOPIC)
    assert answer.status_code == 302
    topic = Topic.objects.get(slug="space")
    assert (topic.state, topic.created_by) == ("draft", person)
    assert Client().get("/topics/space/").status_code == 404


def test_a_draft_is_previewed_by_editors_only(editor: Client, reader: Client) -> None:
    editor.post("/admin/dialogues/topic/add/", TOPIC)
    address = f"/preview/{Topic.objects.get(slug='space').pk}/"
    page = editor.get(address)
    assert page.status_code == 200
    assert "Preview." in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert reader.get(address).status_code == 302


def test_every_kind_of_draft_can_be_previewed(editor: Client) -> None:
    for kind in ("country", "topic", "minister", "dialogue", "meeting", "statement", "commitment"):
        pid = Pid.objects.filter(kind=kind).first()
        assert editor.get(f"/preview/{pid.value}/").status_code == 200, kind


def test_publishing_from_the_form_opens_its_address(editor: Client) -> None:
    editor.post("/admin/dialogues/topic/add/", {**TOPIC, "_publish": "Save and publish"})
    assert Client().get("/topics/space/").status_code == 200
    assert Edition.objects.get(pid__path="topics/space").role == "administrator"


def test_a_correction_asks_for_its_note_and_keeps_what_was_typed(editor: Client) -> None:
    topic = Topic.objects.get(slug="energy")
    data = {**form_of(editor, change_address(topic)), "name": "Energy and power"}
    refused = editor.post(change_address(topic), data)
    assert refused.status_code == 200
    assert "Say in a sentence" in refused.content.decode()
    assert 'value="Energy and power"' in refused.content.decode()
    topic.refresh_from_db()
    assert topic.name == "Energy"
    done = editor.post(change_address(topic), {**data, "public_note": "The wider name."})
    assert done.status_code == 302
    newest = Edition.objects.filter(pid=topic.pk).latest("number")
    assert (newest.number, newest.note, newest.data["name"]) == (2, "The wider name.", "Energy and power")


def test_saving_without_change_makes_no_edition_and_asks_nothing(editor: Client) -> None:
    topic = Topic.objects.get(slug="energy")
    assert editor.post(change_address(topic), form_of(editor, change_address(topic))).status_code == 302
    assert Edition.objects.filter(pid=topic.pk).count() == 1


def test_a_stale_form_is_refused_with_both_texts(editor: Client) -> None:
    topic = Topic.objects.get(slug="energy")
    mine = {**form_of(editor, change_address(topic)), "name": "Power", "public_note": "Mine."}
    theirs = {**form_of(editor, change_address(topic)), "name": "Fuel", "public_note": "Theirs."}
    assert editor.post(change_address(topic), theirs).status_code == 302
    refused = editor.post(change_address(topic), mine)
    html = refused.content.decode()
    assert refused.status_code == 200
    assert "Stored meanwhile: “Fuel”. Yours: “Power”." in html
    assert 'value="Power"' in html
    topic.refresh_from_db()
    assert topic.name == "Fuel"
    fresh = {**mine, "opened_at": refused.context["adminform"].form["opened_at"].value()}
    assert editor.post(change_address(topic), fresh).status_code == 302
    assert Edition.objects.filter(pid=topic.pk).latest("number").data["name"] == "Power"


def commit_once_awaited(other: Any) -> None:
    """Commit the other connection’s transaction as soon as somebody waits for a lock it holds."""
    try:
        with other.cursor() as cursor:
            for _try in range(1000):
                cursor.execute(
                    "SELECT count(*) FROM pg_stat_activity WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid))"
                )
                if cursor.fetchone()[0]:
                    break
                time.sleep(0.01)
    finally:
        other.commit()


def test_of_two_saves_at_a_time_the_later_is_refused(editor: Client) -> None:
    """SQLite has one writer at a time from the beginning of its transaction; on PostgreSQL the row is waited for."""
    if connection.vendor != "postgresql":
        assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
        return
    topic = Topic.objects.get(slug="energy")
    mine = {**form_of(editor, change_address(topic)), "name": "Power", "public_note": "Mine."}
    other, mark = connection.copy(), transaction.savepoint()
    other.inc_thread_sharing()
    try:
        other.set_autocommit(False)
        save = "UPDATE dialogues_topic SET name = %s, changed_at = %s WHERE pid_id = %s"
        with other.cursor() as cursor:
            cursor.execute(save, ["Fuel", timezone.now(), topic.pk])
        theirs = Thread(target=commit_once_awaited, args=[other])
        theirs.start()
        answer = editor.post(change_address(topic), mine)
        theirs.join()
        said = answer.content.decode()
    finally:
        transaction.savepoint_rollback(mark)
        with other.cursor() as cursor:
            cursor.execute(save, [topic.name, topic.changed_at, topic.pk])
        other.commit()
        other.close()
    assert answer.status_code == 200
    assert "Stored meanwhile: “Fuel”. Yours: “Power”." in said


@pytest.mark.parametrize("key", ["ca-jad-fm-09-c05", "ca-jad-fm-09-r01"])
def test_a_commitment_can_be_corrected(editor: Client, key: str) -> None:
    said = Commitment.objects.get(key=key)
    data = {**form_of(editor, change_address(said)), "summary": "Said otherwise.", "public_note": "Misread."}
    assert editor.post(change_address(said), data).status_code == 302
    assert Edition.objects.filter(pid=said.pk).latest("number").data["summary"] == "Said otherwise."
    assert Edition.objects.filter(pid=said.meeting_id).latest("number").number == 2


def test_the_first_meeting_is_opened_and_corrected_whole(editor: Client) -> None:
    held = Meeting.objects.get(pid__path="ca-jad/2022/fm-9")
    data = form_of(editor, change_address(held))
    assert editor.post(change_address(held), data).status_code == 302
    assert Edition.objects.filter(pid=held.pk).count() == 1
    data = {**form_of(editor, change_address(held)), "duration_printed": "2 hours", "public_note": "Found."}
    assert editor.post(change_address(held), data).status_code == 302
    assert Edition.objects.filter(pid=held.pk).latest("number").data["duration_printed"] == "2 hours"


def test_a_delegation_corrected_on_its_own_page_publishes_the_meeting(editor: Client) -> None:
    held = Meeting.objects.get(pid__path="ca-jad/2022/fm-9")
    delegation = held.delegations.get(country__code="kg")
    address = reverse("admin:meetings_delegation_change", args=[delegation.pk])
    data = form_of(editor, address)
    data["delegates-0-title_printed"] = "Foreign Minister"
    refused = editor.post(address, data)
    assert "Say in a sentence" in refused.content.decode()
    assert Edition.objects.filter(pid=held.pk).count() == 1
    assert editor.post(address, {**data, "public_note": "As printed."}).status_code == 302
    newest = Edition.objects.filter(pid=held.pk).latest("number").data
    assert newest["delegations"][2]["delegates"][0]["title"] == "Foreign Minister"


def test_a_corrected_claim_and_office_publish_their_records(editor: Client) -> None:
    claim = Claim.objects.get(value="Minister Abdullah")
    address = reverse("admin:registry_claim_change", args=[claim.pk])
    data = {**form_of(editor, address), "value": "Abdullah", "public_note": "As printed."}
    assert editor.post(address, data).status_code == 302
    newest = Edition.objects.filter(pid=claim.about_id).latest("number")
    assert (newest.number, "Abdullah" in [one["value"] for one in newest.data["claims"]]) == (2, True)
    office = Office.objects.get(title="Minister of Foreign Affairs of Tajikistan")
    address = reverse("admin:dialogues_office_change", args=[office.pk])
    holders = office.tenures.values_list("minister", flat=True)
    data = {**form_of(editor, address), "title": "Foreign Minister of Tajikistan"}
    assert "Say in a sentence" in editor.post(address, data).content.decode()
    assert editor.post(address, {**data, "public_note": "Its name."}).status_code == 302
    assert Edition.objects.filter(pid__in=holders, number=2).count() == len(set(holders))


def test_a_second_meeting_of_the_same_number_is_refused_at_its_field(editor: Client) -> None:
    of = published(dialogue())
    held, other = meeting(of, ordinal=9), meeting(of, ordinal=8, start="2020-03-04")
    published(held, other)
    data = {**form_of(editor, change_address(held)), "ordinal": "8", "public_note": "x"}
    page = editor.post(change_address(held), data)
    assert page.status_code == 200
    assert "already has a meeting with this number" in page.content.decode()


@pytest.mark.parametrize("start", ["2022-13-01", "24.12.2022", "0000", "2022-02-30", "٢٠٢٢"])
def test_a_date_that_is_none_is_refused_with_the_way_to_write_it(editor: Client, start: str) -> None:
    held = published(meeting(published(dialogue())))
    page = editor.post(change_address(held), {**form_of(editor, change_address(held)), "start": start})
    assert "Write 2022-12-24, 2005-05 or 2005." in page.content.decode()


def verb_address(record: Any, verb: str) -> str:
    return change_address(record).replace("/change/", f"/do/{verb}/")


@pytest.mark.parametrize(
    ("start", "end", "code"),
    [
        ("2022-12-24", "2022-12", 302),
        ("2022-12-24", "2022", 302),
        ("2022-12", "2022-12-01", 302),
        ("2022-12-24", "2022-11", 200),
        ("2022", "2021-12-31", 200),
        ("2022-12-24", "2022-12-23", 200),
    ],
)
def test_an_end_known_to_the_month_is_held_against_the_month(
    editor: Client, start: str, end: str, code: int
) -> None:
    """A draft is stored, or refused at its field, by the form and by the database alike."""
    held = meeting(published(dialogue()), start="2020")
    answer = editor.post(
        change_address(held), {**form_of(editor, change_address(held)), "start": start, "end": end}
    )
    assert answer.status_code == code
    held.refresh_from_db()
    assert (held.start, held.end) == ((start, end) if code == 302 else ("2020", None))
    if code == 200:
        assert "A meeting ends on or after its first day." in answer.content.decode()
        with pytest.raises(IntegrityError), transaction.atomic():
            Meeting.objects.filter(pk=held.pk).update(start=start, end=end)


def test_withdrawing_asks_for_reason_and_note(editor: Client) -> None:
    topic = Topic.objects.get(slug="visa")
    address = verb_address(topic, "withdraw")
    assert "tombstone" in editor.get(address).content.decode()
    assert editor.post(address, {"reason": "legal", "note": ""}).status_code == 200
    assert Tombstone.objects.count() == 0
    assert editor.post(address, {"reason": "legal", "note": "By order."}).status_code == 302
    assert Client().get("/topics/visa/").status_code == 410
    assert editor.post(verb_address(topic, "restore"), {"note": "Order lifted."}).status_code == 302
    assert Client().get("/topics/visa/").status_code == 200


def test_withdrawing_a_meeting_shows_what_stands_on_it_and_takes_it_along(editor: Client) -> None:
    held = Meeting.objects.get(pid__path="ca-jad/2022/fm-9")
    said = held.outcomes.public().count()
    address = verb_address(held, "withdraw")
    shown = editor.get(address).content.decode()
    assert f"{said + 1} public records stand on it:" in shown
    assert "Joint Statement of the 9th Foreign Ministers’ Meeting" in shown
    facts = {"reason": "legal", "note": "By order of a court.", "replaced_by": ""}
    refused = editor.post(address, facts)
    assert refused.status_code == 200
    assert "withdraw them along with it, or before." in refused.content.decode()
    assert "By order of a court." in refused.content.decode()
    assert Pid.objects.get(pk=held.pk).state == "public"
    assert editor.post(address, {**facts, "along": "on"}).status_code == 302
    states = [
        held.pid_id,
        *held.statements.values_list("pk", flat=True),
        *held.outcomes.values_list("pk", flat=True),
    ]
    assert set(Pid.objects.filter(pk__in=states).values_list("state", flat=True)) == {"withdrawn"}
    topic = Topic.objects.get(slug="visa")
    assert "stands on it" not in editor.get(verb_address(topic, "withdraw")).content.decode()


def test_what_stands_on_a_withdrawn_meeting_is_restored_after_it(editor: Client, reader: Client) -> None:
    made = dialogue()
    held = meeting(made, ordinal=4)
    said = statement(held, "We met.")
    published(made, held, said)
    for record in (said, held):
        verbs.withdraw(record, by=None, reason="legal", note="By order.")
    refused = editor.post(verb_address(said, "restore"), {"note": "Order lifted."})
    assert refused.status_code == 200
    reason = f"“4th Foreign Ministers’ Meeting” ({held.pk}) is no longer public: restore it first."
    assert reason in refused.content.decode()
    assert Pid.objects.get(pk=said.pk).state == "withdrawn"
    assert reader.get(f"/{said.pid.path}/").status_code == 410
    assert editor.post(verb_address(held, "restore"), {"note": "Order lifted."}).status_code == 302
    assert editor.post(verb_address(said, "restore"), {"note": "Order lifted."}).status_code == 302
    assert reader.get(f"/{said.pid.path}/").status_code == 200
    data = {
        **form_of(editor, change_address(said)),
        "title_printed": "Joint Declaration",
        "public_note": "Misread.",
    }
    assert editor.post(change_address(said), data).status_code == 302
    assert [one.number for one in Edition.objects.filter(pid=said.pk).order_by("number")] == [1, 2]


def test_moving_and_merging_from_the_admin(editor: Client) -> None:
    land = published(country())
    stays, goes = minister("DOE Jane", of=land), minister("DOE J.", of=land)
    published(stays, goes)
    taken = editor.post(verb_address(land, "rename"), {"path": "countries/jp", "note": "x"})
    assert "belongs to" in taken.content.decode()
    assert (
        editor.post(verb_address(land, "rename"), {"path": "countries/xe", "note": "Code."}).status_code
        == 302
    )
    wrong = editor.post(verb_address(goes, "merge"), {"into": land.pk, "note": "x"})
    assert "same kind" in wrong.content.decode()
    assert (
        editor.post(verb_address(goes, "merge"), {"into": stays.pk, "note": "One person."}).status_code == 302
    )
    assert Pid.objects.get(pk=goes.pk).state == "merged"
    assert list(Change.objects.filter(pid=goes.pk).values_list("verb", flat=True)) == ["publish", "merge"]


def test_an_unknown_verb_is_not_found(editor: Client) -> None:
    assert editor.get(verb_address(Topic.objects.get(slug="visa"), "destroy")).status_code == 404


def test_public_records_cannot_be_deleted_drafts_can(editor: Client) -> None:
    topic = Topic.objects.get(slug="visa")
    assert editor.post(change_address(topic).replace("change", "delete"), {"post": "yes"}).status_code == 403
    draft = Topic.objects.draft(slug="draft", name="Draft")
    assert editor.post(change_address(draft).replace("change", "delete"), {"post": "yes"}).status_code == 302
    assert not Topic.objects.filter(slug="draft").exists()


def test_selected_drafts_are_published_together_or_not_at_all(editor: Client) -> None:
    one, two = country("xa", "Examplia"), country("xb", "Exampland")
    data = {"action": "publish_selected", "_selected_action": [one.pk, two.pk]}
    editor.post("/admin/dialogues/country/", data)
    assert Country.objects.filter(pid__state="public", code__in=["xa", "xb"]).count() == 2


def test_strangers_and_readers_do_not_get_in(reader: Client) -> None:
    assert reader.get("/admin/").status_code == 302
    reader.force_login(Editor.objects.create_user("reader", password="x"))
    assert reader.get("/admin/dialogues/topic/").status_code == 302
    staff = Client()
    staff.force_login(Editor.objects.create_user("staff", password="x", is_staff=True))
    assert staff.get("/admin/dialogues/topic/").status_code == 403
    assert staff.get(verb_address(Topic.objects.get(slug="visa"), "withdraw")).status_code == 403


def test_every_admin_page_opens(editor: Client) -> None:
    index = editor.get("/admin/")
    for app in index.context["app_list"]:
        for model in app["models"]:
            assert editor.get(model["admin_url"]).status_code == 200, model["admin_url"]
            if model["add_url"]:
                assert editor.get(model["add_url"]).status_code == 200, model["add_url"]


def test_suggestions_are_found_by_any_spelling(editor: Client) -> None:
    address = "/admin/autocomplete/?app_label=meetings&model_name=delegate&field_name=minister&term="
    expected = Minister.objects.get(slug="hayashi-yoshimasa").pk
    for term in ("林芳正", "Yoshimasa", "HAYASHI", "Minister for Foreign Affairs of Japan"):
        found = [one["id"] for one in editor.get(address + term).json()["results"]]
        assert expected in found, term
