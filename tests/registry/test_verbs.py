"""What the verbs do, seen in the record they leave."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from meetings.models import Commitment, CommitmentLink, Meeting, Text
from registry import verbs
from registry.kit import canonical
from registry.models import Change, Edition, Pid, Tombstone
from tests.makers import attend, commitment, country, dialogue, meeting, minister, published, statement

pytestmark = pytest.mark.django_db


def editions(record: object) -> list[int]:
    return list(Edition.objects.filter(pid=record.pk).order_by("number").values_list("number", flat=True))  # type: ignore[attr-defined]


def newest(record: Any) -> Edition:
    return Edition.objects.filter(pid=record.pk).latest("number")


def test_publishing_freezes_the_facts_as_canonical_json() -> None:
    topic = published(country(name="Examplia"))
    edition = Edition.objects.get(pid=topic.pk)
    assert edition.number == 1
    assert edition.data["title"] == "Examplia"
    assert edition.content == canonical.dumps(edition.data)
    assert edition.sha256 == canonical.sha256(edition.content)
    assert edition.role == "system"


def test_publishing_unchanged_facts_makes_no_edition() -> None:
    made = published(country())
    verbs.publish(made, by=None)
    verbs.publish(made, by=None, note="Nothing changed.")
    assert editions(made) == [1]


def test_a_correction_needs_a_note() -> None:
    made = published(country(name="Examplia"))
    made.name = "Exemplia"
    made.save()
    with pytest.raises(ValidationError) as refused:
        verbs.publish(made, by=None)
    assert "note" in refused.value.message_dict
    assert editions(made) == [1]
    verbs.publish(made, by=None, note="Spelling.")
    assert editions(made) == [1, 2]
    assert [edition.data["title"] for edition in Edition.objects.filter(pid=made.pk).order_by("number")] == [
        "Examplia",
        "Exemplia",
    ]


def test_a_meeting_waits_for_its_dialogue() -> None:
    held = meeting(dialogue())
    with pytest.raises(ValidationError) as refused:
        verbs.publish(held, by=None)
    assert refused.value.message_dict == {"track": ["Publish its dialogue first."]}
    assert Pid.objects.get(pk=held.pk).state == "draft"


def test_a_meeting_prints_its_public_outcomes_only() -> None:
    held = meeting(published(dialogue()))
    first, second = commitment(held, "To meet."), commitment(held, "To part.")
    published(held, first)
    assert [one["summary"] for one in Edition.objects.get(pid=held.pk).data["outcomes"]] == ["To meet."]
    verbs.publish(second, by=None, note="A second one was found.")
    newest = Edition.objects.filter(pid=held.pk).latest("number")
    assert (newest.number, newest.note) == (2, "A second one was found.")
    assert [one["summary"] for one in newest.data["outcomes"]] == ["To meet.", "To part."]


def test_correcting_a_commitment_corrects_its_meeting() -> None:
    held = meeting(published(dialogue()))
    said = commitment(held, "To meet.")
    published(held, said)
    said.summary = "To meet yearly."
    said.save()
    verbs.publish(said, by=None, note="The word was missing.")
    assert editions(held) == [1, 2]
    assert Edition.objects.get(pid=held.pk, number=1).data["outcomes"][0]["summary"] == "To meet."


def test_correcting_a_meeting_corrects_what_prints_its_day() -> None:
    """Its statement and commitment print it; a later commitment prints the first, which has no day."""
    held, later = meeting(published(dialogue()), 1), meeting(dialogue("beta", "Beta"), 2, "2001-05-01")
    published(later.track.dialogue)
    issued, said, again = statement(held, "We met."), commitment(held), commitment(later)
    CommitmentLink.objects.create(commitment=again, target=said, relation="repeats")
    published(held, later, issued, said, again)
    held.start = "1999-09-09"
    held.save()
    verbs.publish(held, by=None, note="The day was misread.")
    assert [editions(one) for one in (held, issued, said, again, later)] == [[1, 2], [1, 2], [1, 2], [1], [1]]
    for data in (newest(issued).data["meetings"][0], newest(said).data["meeting"]):
        assert data["start"] == "1999-09-09"
    assert newest(said).note == "The day was misread."


def test_correcting_a_commitment_corrects_what_takes_it_up() -> None:
    held, later = meeting(published(dialogue()), 1), meeting(dialogue("beta", "Beta"), 2, "2001-05-01")
    published(later.track.dialogue)
    said, again = commitment(held), commitment(later)
    CommitmentLink.objects.create(commitment=again, target=said, relation="repeats")
    published(held, later, said, again)
    said.summary = "To meet twice a year."
    said.save()
    verbs.publish(said, by=None, note="The word was missing.")
    assert [editions(one) for one in (said, held, again, later)] == [[1, 2], [1, 2], [1, 2], [1, 2]]
    assert newest(again).data["links"][0]["target"]["title"] == "To meet twice a year"


def test_correcting_a_statement_corrects_the_commitments_made_in_it() -> None:
    held = meeting(published(dialogue()))
    issued = statement(held, "We met.")
    said = commitment(held, statement=issued)
    published(held, issued, said)
    issued.title_printed = "Joint Declaration"
    issued.save()
    verbs.publish(issued, by=None, note="Its title was shortened.")
    assert newest(said).data["statement"]["title"] == "Joint Declaration"
    assert [editions(one) for one in (issued, held, said)] == [[1, 2], [1, 2], [1, 2]]


def test_renaming_a_minister_rewrites_no_meeting() -> None:
    land = published(country())
    person = published(minister("DOE Jane", of=land))
    held = meeting(published(dialogue()))
    attend(held, land, person, "DOE Jane")
    published(held)
    before = Edition.objects.get(pid=held.pk).content
    person.sort_name = "ROE Jane"
    person.save()
    verbs.publish(person, by=None, note="She changed her name.")
    assert editions(held) == [1]
    assert Edition.objects.get(pid=held.pk).content == before


def test_merging_moves_references_and_restoring_moves_them_back() -> None:
    land = published(country())
    stays, goes = minister("DOE Jane", of=land), minister("DOE J.", of=land)
    published(stays, goes)
    held = meeting(published(dialogue()))
    delegate = attend(held, land, goes, "DOE J.")
    published(held)
    verbs.merge(goes, into=stays, by=None, note="One person.")
    delegate.refresh_from_db()
    assert delegate.minister_id == stays.pk
    assert Pid.objects.get(pk=goes.pk).survivor_id == stays.pk
    newest = Edition.objects.filter(pid=held.pk).latest("number")
    assert newest.data["delegations"][0]["delegates"][0]["minister"] == stays.pk
    assert newest.data["delegations"][0]["delegates"][0]["name"] == "DOE J."
    verbs.restore(goes, by=None, note="Two people after all.")
    delegate.refresh_from_db()
    assert delegate.minister_id == goes.pk
    assert Pid.objects.get(pk=goes.pk).state == "public"


def test_restoring_the_middle_of_two_merges_takes_along_what_was_merged_into_it() -> None:
    """The first into the second, that into the third; then the second is restored, and after it the first."""
    of = published(dialogue())
    first, second, third = (meeting(of, number, f"2021-0{number}-04") for number in (1, 2, 3))
    published(first, second, third)
    said = published(commitment(first))
    for goes, stays in ((first, second), (second, third)):
        verbs.merge(goes, into=Meeting.objects.get(pk=stays.pk), by=None, note="One meeting.")
    assert Pid.objects.get(pk=first.pk).survivor_id == third.pk
    verbs.restore(Meeting.objects.get(pk=second.pk), by=None, note="Another meeting.")
    assert Pid.objects.get(pk=first.pk).survivor_id == second.pk
    assert Commitment.objects.get(pk=said.pk).meeting_id == second.pk
    verbs.restore(Meeting.objects.get(pk=first.pk), by=None, note="Another meeting too.")
    assert Commitment.objects.get(pk=said.pk).meeting_id == first.pk
    outcomes = {
        pk: Edition.objects.filter(pid=pk).latest("number").data["outcomes"] for pk in (first.pk, second.pk)
    }
    assert [one["id"] for one in outcomes[first.pk]] == [said.pk]
    assert outcomes[second.pk] == []


def test_two_who_sat_in_one_delegation_cannot_be_merged() -> None:
    land = published(country())
    one, other = minister("DOE Jane", of=land), minister("ROE Joan", of=land)
    published(one, other)
    held = meeting(published(dialogue()))
    first = attend(held, land, one, "DOE Jane")
    first.delegation.delegates.create(number=2, minister=other, name_printed="ROE Joan")
    with pytest.raises(ValidationError, match="not the same"):
        verbs.merge(other, into=one, by=None, note="One person?")
    assert Pid.objects.get(pk=other.pk).state == "public"


def test_merging_joins_actors_that_both_had_and_restoring_parts_them() -> None:
    one, other = country("xa", "Examplia"), country("xb", "Exampland")
    published(one, other)
    held = meeting(published(dialogue()))
    said = commitment(held)
    said.actors.set([one, other])
    published(held, said)
    verbs.merge(other, into=one, by=None, note="One state.")
    assert [actor.pk for actor in said.actors.all()] == [one.pk]
    verbs.restore(other, by=None, note="Two states.")
    assert {actor.pk for actor in said.actors.all()} == {one.pk, other.pk}


def test_a_statement_entered_twice_is_merged_and_the_text_that_stays_holds() -> None:
    held = meeting(published(dialogue()))
    stays, goes = statement(held, "We met, and parted."), statement(held, "We met and parted.")
    extra = Text.objects.create(statement=goes, language="fr", kind="official")
    published(held, stays, goes)
    verbs.merge(goes, into=stays, by=None, note="Entered twice.")
    extra.refresh_from_db()
    assert extra.statement_id == stays.pk
    newest = Edition.objects.filter(pid=stays.pk).latest("number").data
    assert [(text["language"], [one["text"] for one in text["paragraphs"]]) for text in newest["texts"]] == [
        ("en", ["We met, and parted."]),
        ("fr", []),
    ]
    at_meeting = Edition.objects.filter(pid=held.pk).latest("number").data["statements"]
    assert [one["id"] for one in at_meeting] == [stays.pk]
    verbs.restore(goes, by=None, note="Two statements after all.")
    again = Edition.objects.filter(pid=goes.pk).latest("number").data
    assert [text["language"] for text in again["texts"]] == ["en", "fr"]
    assert again["texts"][0]["paragraphs"][0]["text"] == "We met and parted."


def test_a_meeting_entered_twice_is_merged_with_what_was_promised_at_both() -> None:
    land = published(country())
    jane, joan = minister("DOE Jane", of=land), minister("ROE Joan", of=land)
    published(jane, joan)
    of = published(dialogue())
    stays, goes = meeting(of, 1), meeting(of, 2, "2021-03-05")
    attend(stays, land, jane, "DOE Jane")
    attend(goes, land, joan, "ROE Joan")
    first = [commitment(stays, "To meet."), commitment(stays, "To part.")]
    second = [commitment(goes, "To sing."), commitment(goes, "To dance.")]
    published(stays, goes, *first, *second)
    verbs.merge(goes, into=stays, by=None, note="One meeting.")
    newest = Edition.objects.filter(pid=stays.pk).latest("number").data
    assert [one["summary"] for one in newest["outcomes"]] == ["To meet.", "To part.", "To sing.", "To dance."]
    assert [one["name"] for one in newest["delegations"][0]["delegates"]] == ["DOE Jane"]
    verbs.restore(Meeting.objects.get(pk=goes.pk), by=None, note="Two meetings.")
    again = Edition.objects.filter(pid=goes.pk).latest("number").data
    assert [one["summary"] for one in again["outcomes"]] == ["To sing.", "To dance."]
    assert [one["name"] for one in again["delegations"][0]["delegates"]] == ["ROE Joan"]
    assert list(Commitment.objects.filter(meeting=goes).values_list("number", flat=True)) == [1, 2]


def test_a_merge_waits_while_a_commitment_stands_on_a_paragraph_that_stays_behind() -> None:
    held = meeting(published(dialogue()))
    stays, goes = statement(held, "We met."), statement(held, "We met.")
    said = commitment(held, statement=goes, paragraph=goes.texts.get().paragraphs.get())
    published(held, stays, goes, said)
    with pytest.raises(ValidationError, match="“To meet every year” refers to that of the record"):
        verbs.merge(goes, into=stays, by=None, note="Entered twice.")
    assert Pid.objects.get(pk=goes.pk).state == "public"
    assert Commitment.objects.get(pk=said.pk).statement_id == goes.pk
    said.statement, said.paragraph = stays, stays.texts.get().paragraphs.get()
    said.save()
    verbs.merge(goes, into=stays, by=None, note="Entered twice.")
    assert Pid.objects.get(pk=goes.pk).survivor_id == stays.pk


def test_withdrawing_leaves_a_tombstone_and_clears_the_meeting() -> None:
    held = meeting(published(dialogue()))
    said = commitment(held)
    published(held, said)
    stone = verbs.withdraw(said, by=None, reason="entered_in_error", note="It was another meeting’s.")
    assert (stone.title, stone.reason, stone.role) == ("To meet every year", "entered_in_error", "system")
    assert Edition.objects.filter(pid=held.pk).latest("number").data["outcomes"] == []
    verbs.restore(said, by=None, note="It was this meeting’s.")
    assert len(Edition.objects.filter(pid=held.pk).latest("number").data["outcomes"]) == 1


def test_what_others_stand_on_goes_with_them_or_not_at_all() -> None:
    """On a dialogue stands its meeting, on that a statement and a commitment, which is made in the statement too."""
    series = published(dialogue())
    held = meeting(series)
    issued = statement(held, "We met.")
    said, draft = commitment(held, statement=issued), commitment(held)
    published(held, issued, said)
    with pytest.raises(ValidationError) as refused:
        verbs.withdraw(held, by=None, reason="entered_in_error", note="There was none.")
    (message,) = refused.value.message_dict["along"]
    assert f"({issued.pk})" in message
    assert f"({said.pk})" in message
    assert str(draft.pk) not in message
    assert message.endswith("withdraw them along with it, or before.")
    assert Pid.objects.get(pk=held.pk).state == "public"
    other = published(country())
    stone = verbs.withdraw(
        series, by=None, reason="entered_in_error", note="There was none.", replaced_by=other.pid, along=True
    )
    assert stone.replaced_by_id == other.pk
    gone = Pid.objects.filter(pk__in=[series.pk, held.pk, issued.pk, said.pk])
    assert set(gone.values_list("state", flat=True)) == {"withdrawn"}
    assert not Tombstone.objects.filter(pid__in=[held.pk, issued.pk, said.pk], replaced_by__isnull=False)
    assert Pid.objects.get(pk=draft.pk).state == "draft"
    assert [editions(one) for one in (series, held, issued, said)] == [[1], [1], [1], [1]]


@pytest.mark.parametrize("reason", ["", "because"])
def test_withdrawing_needs_a_reason_of_the_list(reason: str) -> None:
    made = published(country())
    with pytest.raises(ValidationError) as refused:
        verbs.withdraw(made, by=None, reason=reason, note="x")
    assert "reason" in refused.value.message_dict


def test_renaming_moves_everything_beneath() -> None:
    held = meeting(published(dialogue()), ordinal=4, start=None)
    text = statement(held, "We met.")
    published(held, text)
    assert text.pid.path == "xx-dialogue/undated/fm-4/joint-statement"
    verbs.rename(held, by=None, path="xx-dialogue/2012/fm-4", note="The year was found.")
    assert Pid.objects.get(pk=text.pk).path == "xx-dialogue/2012/fm-4/joint-statement"


@pytest.mark.parametrize(
    "path", ["ca-jad/2022/fm-9", "admin/x", "Upper/case", "a//b", "countries", "x/history", "ü"]
)
def test_a_path_that_is_taken_reserved_or_malformed_is_refused(path: str) -> None:
    made = published(country())
    with pytest.raises(ValidationError) as refused:
        verbs.rename(made, by=None, path=path, note="x")
    assert "path" in refused.value.message_dict


def test_a_path_left_behind_is_never_given_to_another() -> None:
    framework = published(dialogue())
    held = published(meeting(framework, ordinal=1, start="2021"))
    verbs.rename(held, by=None, path="xx-dialogue/2021/fm-2", note="It was the second.")
    other = meeting(framework, ordinal=None, start="2021-05", designation="special")
    published(other)
    assert other.pid.path == "xx-dialogue/2021/fm-special"
    Meeting.objects.filter(pk=held.pk).update(ordinal=2)
    third = published(meeting(framework, ordinal=1, start="2021"))
    assert third.pid.path == "xx-dialogue/2021/fm-1-2"


def test_publishing_together_is_all_or_nothing() -> None:
    framework = published(dialogue())
    good = meeting(framework, ordinal=1)
    bad = commitment(meeting(framework, ordinal=2))
    with pytest.raises(ValidationError):
        verbs.publish_all([good, bad], by=None)
    assert Pid.objects.get(pk=good.pk).state == "draft"
    assert not Edition.objects.filter(pid=good.pk).exists()


def test_every_act_leaves_a_change() -> None:
    made = published(country())
    made.name = "Exemplia"
    made.save()
    verbs.publish(made, by=None, note="Spelling.")
    verbs.rename(made, by=None, path="countries/xe", note="Code.")
    verbs.withdraw(made, by=None, reason="legal", note="Order.")
    verbs.restore(made, by=None, note="Order lifted.")
    acts = list(Change.objects.filter(pid=made.pk).order_by("pk").values_list("verb", flat=True))
    assert acts == ["publish", "correct", "rename", "withdraw", "restore"]


def test_a_restored_record_that_was_changed_meanwhile_leaves_one_change() -> None:
    made = published(country())
    verbs.withdraw(made, by=None, reason="legal", note="Order.")
    made.name = "Exemplia"
    made.save()
    verbs.restore(made, by=None, note="Order lifted.")
    acts = Change.objects.filter(pid=made.pk).order_by("pk").values_list("verb", "edition_number", "note")
    assert list(acts) == [("publish", 1, ""), ("withdraw", 1, "Order."), ("restore", 2, "Order lifted.")]


def test_a_merge_undone_leaves_one_change_of_each_record() -> None:
    land = published(country())
    stays, goes = minister("DOE Jane", of=land), minister("DOE J.", of=land)
    held = meeting(published(dialogue()))
    attend(held, land, goes)
    published(stays, goes, held)
    verbs.merge(goes, into=stays, by=None, note="One person.")
    before = Change.objects.newest_number()
    verbs.restore(goes, by=None, note="Two people.")
    since = Change.objects.after(before)
    assert {change.pid_id: change.verb for change in since} == {goes.pk: "restore", held.pk: "correct"}
    assert len(since) == 2


def test_starting_data_has_one_edition_each() -> None:
    assert Edition.objects.count() == Edition.objects.filter(number=1).count() == 1953
    assert Commitment.objects.public().count() == 724
