"""The citation doctor: every reference to the archive judged, and the footnote put right."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from meetings.models import Meeting, MeetingPlace, Paragraph, Statement
from registry import verbs
from registry.kit import pids
from tests.makers import commitment, dialogue, meeting, published, statement
from tests.verify.asked import SITE, corrected, examined, opinion, reissued

pytestmark = pytest.mark.django_db
Planted = dict[str, Statement]


def test_a_reference_that_is_current_needs_nothing(reader: Client, planted: Planted) -> None:
    pid = planted["harbour"].pk
    for written in (
        f"{SITE}/id/{pid}@1~p2",
        f"/id/{pid}",
        f"{pid}@1~p2",
        f"{pid[:4]}-{pid[4:]}@1",
        f"/ark:/99999/{pid}",
    ):
        found = examined(reader, f"1. Joint Statement, {written}.")
        (one,) = found["references"]
        assert (one["written"], one["judgement"], one["updated"]) == (written, "current", None)
        assert found["updated"] == f"1. Joint Statement, {written}."


def test_an_earlier_edition_says_what_changed_in_the_words_cited(reader: Client, planted: Planted) -> None:
    pid = corrected(planted["harbour"]).pk
    one = opinion(reader, f"See {SITE}/id/{pid}@1~p2, para. 2.")
    assert one["judgement"] == "superseded"
    assert ["removed", "2030"] in one["difference"] or ["added", "2040"] in one["difference"]
    assert (one["updated"], one["differs"], one["current"]) == (None, ["words"], f"{SITE}/id/{pid}@2~p2")
    in_bibtex = opinion(reader, f"url = {{{SITE}/id/{pid}@1%7Ep2}},")
    assert (in_bibtex["judgement"], in_bibtex["difference"]) == ("superseded", one["difference"])
    same = opinion(reader, f"{pid}@1~p3")
    assert (same["judgement"], same["difference"], same["updated"]) == ("superseded", [], f"{pid}@2~p3")
    whole = opinion(reader, "harbour/2021/fm-1/joint-statement@1")
    assert (whole["updated"], whole["differs"]) == (None, ["words"])
    assert whole["current"] == "harbour/2021/fm-1/joint-statement@2"
    assert {field["field"] for field in whole["fields"]} == {"texts › en › p2", "texts › en › p7"}


def test_a_footnote_that_would_be_true_no_more_keeps_its_edition(reader: Client, planted: Planted) -> None:
    said = planted["harbour"]
    held = said.meetings.get()
    MeetingPlace.objects.create(meeting=held, city="Nur-Sultan")
    verbs.publish(held, by=None, note="Its place was found.")
    verbs.publish(said, by=None, note="Its place was found.")
    MeetingPlace.objects.filter(meeting=held).update(city="Astana")
    held.start = "2021-03-05"
    held.save()
    verbs.publish(held, by=None, note="Its day and place.")
    said.date, said.title_printed = "2021-03-05", "Joint Declaration"
    said.save()
    verbs.publish(said, by=None, note="Its day, title and place.")
    text = f"Nur-Sultan, March 4, 2021, {SITE}/id/{held.pk}@2; “Joint Statement”, {said.pk}@2/en/~p2."
    found = examined(reader, text)
    assert found["updated"] == text
    of_meeting, of_paragraph = found["references"]
    assert (of_meeting["judgement"], of_meeting["differs"]) == ("superseded", ["date", "place"])
    assert (of_meeting["updated"], of_meeting["current"]) == (None, f"{SITE}/id/{held.pk}@4")
    assert of_paragraph["differs"] == ["title", "date", "place"]
    assert (of_paragraph["updated"], of_paragraph["current"]) == (None, f"{said.pk}@4/en/~p2")
    page = reader.post("/verify/citations/", {"text": text}).content.decode()
    assert "The edition you cite stays in the footnote, which is true of it." in page
    assert "The current one differs in: the title, the date, the place." in page
    assert f'<p class="address">{said.pk}@4/en/~p2</p>' in page
    assert "The footnotes, updated" not in page
    verbs.rename(said, by=None, path="harbour/2021/fm-1/declaration", note="Its name.")
    moved = opinion(reader, f"{SITE}/harbour/2021/fm-1/joint-statement@2/en/~p2/")
    assert moved["updated"] == f"{SITE}/harbour/2021/fm-1/declaration@2/en/~p2/"
    assert moved["current"] == f"{SITE}/harbour/2021/fm-1/declaration@4/en/~p2/"


def test_a_commitment_that_is_worded_anew_keeps_its_edition_in_footnotes(
    reader: Client, planted: Planted
) -> None:
    made = published(
        commitment(planted["harbour"].meetings.get(), "To meet.", quote="We agreed to strengthen it.")
    )
    made.quote = "We agreed to deepen it."
    made.save()
    verbs.publish(made, by=None, note="As the issuer has it.")
    one = opinion(reader, f"“agreed to strengthen”, {made.pk}@1")
    assert (one["updated"], one["differs"], one["current"]) == (None, ["words"], f"{made.pk}@2")


def test_the_footnotes_are_updated_and_nothing_else(reader: Client, planted: Planted) -> None:
    pid = reissued(planted["harbour"]).pk
    text = f"1. “Tariffs”, {SITE}/id/{pid}@1~p2 (accessed 2021).\r\n2. Ibid., {pid}@2~p1; https://example.org/id/{pid}@1"
    assert examined(reader, text)["updated"] == text.replace(f"{SITE}/id/{pid}@1~p2", f"{SITE}/id/{pid}@2~p2")


def test_a_paragraph_that_is_gone_leads_to_where_it_stood(reader: Client, planted: Planted) -> None:
    pid = corrected(planted["harbour"]).pk
    one = opinion(reader, f"{SITE}/id/{pid}~p7")
    assert (one["judgement"], one["updated"]) == ("paragraph_gone", f"{SITE}/id/{pid}@1~p7")
    by_path = opinion(reader, f"{SITE}/harbour/2021/fm-1/joint-statement/en/~p7/")
    assert by_path["updated"] == f"{SITE}/harbour/2021/fm-1/joint-statement@1/en/~p7/"
    pinned = opinion(reader, f"{pid}@1~p7")
    assert (pinned["judgement"], pinned["updated"]) == ("paragraph_gone", None)
    assert pinned["record"]["words"].startswith("The next meeting")


def test_a_moved_address_is_replaced_with_edition_and_paragraph_kept(
    reader: Client, planted: Planted
) -> None:
    verbs.rename(planted["harbour"], by=None, path="harbour/2021/fm-1/declaration", note="Its name.")
    one = opinion(reader, f"{SITE}/harbour/2021/fm-1/joint-statement@1/en/~p2/")
    assert one["judgement"] == "moved"
    assert one["updated"] == f"{SITE}/harbour/2021/fm-1/declaration@1/en/~p2/"
    assert (
        opinion(reader, "/harbour/2021/fm-1/joint-statement")["updated"] == "/harbour/2021/fm-1/declaration"
    )
    assert opinion(reader, planted["harbour"].pk + "~p1")["judgement"] == "current"


def test_a_merged_record_leads_to_the_one_that_continues_it(reader: Client, planted: Planted) -> None:
    new, old = planted["harbour"], duplicate(planted, "A duplicate by mistake.")
    one = opinion(reader, f"{SITE}/id/{old.pk}")
    assert (one["judgement"], one["updated"]) == ("merged", f"{SITE}/id/{new.pk}")
    take_text_away(new)
    pinned = opinion(reader, f"{SITE}/id/{old.pk}@1~p1")
    assert (pinned["judgement"], pinned["updated"]) == ("merged", None)
    assert pinned["detail"] == (
        f"This edition stands as it was; the record goes on as {new.pk}. "
        "The words cited do not stand in it, or not exactly so."
    )


def duplicate(planted: Planted, *words: str) -> Statement:
    """A statement in French that was merged into that of the harbour."""
    new = planted["harbour"]
    at = meeting(new.dialogue, 2, "2021-05-06")
    old: Statement = published(statement(at, *words, language="fr"), at)
    verbs.merge(old, into=new, by=None, note="The same document.")
    return old


def take_text_away(said: Statement) -> None:
    """An edition without the French text that the merge brought along."""
    Paragraph.objects.filter(text__statement=said, text__language="fr").delete()
    said.texts.filter(language="fr").delete()
    verbs.publish(said, by=None, note="It is no text of theirs.")


def test_words_that_the_survivor_has_too_are_cited_from_it(reader: Client, planted: Planted) -> None:
    new = planted["harbour"]
    first = new.texts.get().paragraphs.get(key="p1").words
    old = duplicate(planted, "Autre chose.", first)
    for part, there in (("~p1", "/fr/~p1"), ("/fr/~p2", "/fr/~p2"), ("/fr", "/fr"), ("", "")):
        one = opinion(reader, f"{SITE}/id/{old.pk}@1{part}")
        assert (one["judgement"], one["updated"]) == ("merged", f"{SITE}/id/{new.pk}@2{there}")
        assert one["detail"] == (
            f"This edition stands as it was; the record goes on as {new.pk}. The words cited stand in it too."
        )
    assert opinion(reader, f"{old.pk}~p1")["updated"] == f"{new.pk}/fr/~p1"
    take_text_away(new)
    assert opinion(reader, f"{SITE}/id/{old.pk}@1~p2")["updated"] == f"{SITE}/id/{new.pk}@3~p1"
    by_path = opinion(reader, f"{SITE}/harbour/2021/fm-2/joint-statement@1/fr/~p2/")
    assert by_path["updated"] == f"{SITE}/harbour/2021/fm-1/joint-statement@3/en/~p1/"
    assert by_path["record"]["words"] == first
    assert opinion(reader, f"{old.pk}@1/fr")["updated"] is None
    verbs.withdraw(new, by=None, reason="legal", note="A court asked for it.")
    gone = opinion(reader, f"{SITE}/id/{old.pk}@1~p2")
    assert (gone["updated"], gone["detail"].endswith("That one was withdrawn.")) == (None, True)


def test_of_a_record_without_words_it_is_said_why_nothing_is_offered(
    reader: Client, planted: Planted
) -> None:
    new = planted["harbour"].meetings.get()
    held = published(meeting(planted["harbour"].dialogue, 3, "2021-07-08"))
    verbs.merge(held, into=new, by=None, note="The same.")
    one = opinion(reader, f"{held.pk}@1")
    assert (one["judgement"], one["updated"]) == ("merged", None)
    assert one["detail"].endswith(
        "No words were cited that could be looked for in it: compare the two before you cite it."
    )
    promised = [
        published(commitment(new, "To meet.", quote=said)) for said in ("We shall meet.", "We shall meet.")
    ]
    verbs.merge(promised[0], into=promised[1], by=None, note="The same.")
    assert opinion(reader, f"{promised[0].pk}@1")["updated"] == f"{promised[1].pk}@1"


def test_a_withdrawn_record_shows_its_tombstone_and_not_its_words(reader: Client, planted: Planted) -> None:
    old, new = planted["harbour"], planted["gavan"]
    verbs.withdraw(old, by=None, reason="legal", note="A court asked for it.", replaced_by=new.pid)
    one = opinion(reader, f"{SITE}/id/{old.pk}@1~p2")
    assert one["judgement"] == "withdrawn"
    assert one["tombstone"]["note"] == "A court asked for it."
    assert one["updated"] == f"{SITE}/id/{new.pk}"
    assert "tariffs" not in reader.post("/verify/citations/", {"text": f"/id/{old.pk}"}).content.decode()


def test_a_retraction_by_the_issuer_is_told_first(reader: Client, planted: Planted) -> None:
    text = planted["harbour"]
    text.issuer_state, text.issuer_state_note = "retracted", "Taken back on 5 March."
    text.save()
    verbs.publish(text, by=None, note="The issuer retracted it.")
    one = opinion(reader, f"{text.pk}@1~p2")
    assert (one["judgement"], one["also"]) == ("retracted", ["superseded"])
    assert one["detail"] == "Taken back on 5 March."


@pytest.mark.parametrize(
    ("state", "judgement", "words"),
    [
        ("superseded", "superseded_by_issuer", "↷ Superseded by its issuer"),
        ("corrected", "corrected", "◐ Corrected by its issuer"),
    ],
)
def test_what_its_issuer_did_with_a_current_statement_is_told(
    reader: Client, planted: Planted, state: str, judgement: str, words: str
) -> None:
    said = planted["harbour"]
    said.issuer_state, said.issuer_state_note = state, "By that of 2022."
    said.save()
    verbs.publish(said, by=None, note="There is a newer one.")
    one = opinion(reader, f"{said.pk}@2~p2")
    assert (one["judgement"], one["also"], one["updated"]) == (judgement, [], None)
    assert one["detail"] == "By that of 2022."
    earlier = opinion(reader, f"{said.pk}@1~p2")
    assert (earlier["judgement"], earlier["also"]) == ("superseded", [judgement])
    assert words in reader.post("/verify/citations/", {"text": f"{said.pk}@2"}).content.decode()


@pytest.mark.parametrize(("status", "mark"), [("cancelled", "✕"), ("postponed", "‖")])
def test_of_a_meeting_that_was_not_held_it_is_told(
    reader: Client, planted: Planted, status: str, mark: str
) -> None:
    held = planted["harbour"].meetings.get()
    held.status = status
    held.save()
    verbs.publish(held, by=None, note="It was not held.")
    found = examined(reader, f"{SITE}/id/{held.pk}, {held.pk}@1")
    now, earlier = found["references"]
    assert (now["judgement"], now["also"], now["updated"]) == (status, [], None)
    assert (earlier["judgement"], earlier["also"]) == ("superseded", [status])
    assert (found["counts"][status], found["counts"]["current"]) == (1, 0)
    page = reader.post("/verify/citations/", {"text": f"{SITE}/id/{held.pk}"}).content.decode()
    assert f"{mark} Of a meeting that was {status}" in page


def test_a_mistyped_id_is_put_right_where_only_one_is_near(reader: Client, planted: Planted) -> None:
    pid = planted["harbour"].pk
    wrong = pid[:-1] + next(c for c in pids.ALPHABET if c != pid[-1])
    found = examined(reader, f"See {SITE}/id/{wrong}@1~p2.")
    (one,) = found["references"]
    assert one["judgement"] == "mistyped"
    assert pid in [near["id"] for near in one["nearest"]]
    if len(one["nearest"]) == 1:
        assert found["updated"] == f"See {SITE}/id/{pid}@1~p2."


def test_a_mistyped_id_near_a_withdrawn_record_names_it(reader: Client, planted: Planted) -> None:
    old = planted["harbour"]
    verbs.withdraw(old, by=None, reason="legal", note="A court asked for it.")
    wrong = old.pk[:-1] + next(c for c in pids.ALPHABET if c != old.pk[-1])
    near = {
        "id": old.pk,
        "title": "Joint Statement on the Harbour Dialogue",
        "state": "withdrawn",
        "url": f"{SITE}/harbour/2021/fm-1/joint-statement/",
    }
    one = opinion(reader, f"{SITE}/id/{wrong}@1~p2")
    assert (one["judgement"], one["tombstone"]) == ("mistyped", None)
    assert near in one["nearest"]
    page = reader.post("/verify/citations/", {"text": f"/id/{wrong}"}).content.decode()
    assert f'<code>{old.pk}</code></a> {near["title"]} <span class="note">withdrawn</span>' in page
    refused = reader.get(f"/id/{wrong}?format=json")
    assert (refused.status_code, refused["Content-Type"]) == (404, "application/problem+json")
    assert near in refused.json()["nearest_records"]
    assert "errors" not in refused.json()
    shown = reader.get(f"/id/{wrong}").content.decode()
    assert f'href="/id/{old.pk}"' in shown
    assert '<span class="note">withdrawn</span>' in shown


@pytest.mark.parametrize(
    ("path", "near"),
    [
        ("/ca-jad/fm/99/", ["ca-jad/2022/fm-9"]),
        ("/ca-jda/fm/9/", ["ca-jad/2022/fm-9"]),
        ("/ca-jad/2021/fm-9/", ["ca-jad/2022/fm-9"]),
        ("/ca-jad/fm-9@2/", ["ca-jad/2022/fm-9"]),
        ("/topics/securty2/", ["topics/security"]),
    ],
)
def test_a_mistyped_path_is_told_with_the_nearest_addresses(
    reader: Client, path: str, near: list[str]
) -> None:
    for written in (f"{SITE}{path}", path):
        one = opinion(reader, f"See {written}, there.")
        assert (one["written"], one["judgement"], one["updated"]) == (written, "unknown", None)
        assert [found["url"] for found in one["nearest"]] == [f"{SITE}/{address}/" for address in near]
    page = reader.post("/verify/citations/", {"text": path}).content.decode()
    assert f'<a href="{SITE}/{near[0]}/">{SITE}/{near[0]}/</a>' in page


def test_the_nearest_of_several_addresses_comes_first(reader: Client) -> None:
    one = opinion(reader, f"{SITE}/ca-jad/2022/fm-9/joint-statment/en/~p2/")
    first, *others = [near["url"] for near in one["nearest"]]
    assert first == f"{SITE}/ca-jad/2022/fm-9/joint-statement/"
    assert len(others) <= 4


def test_the_pages_between_records_and_what_only_looks_alike_are_left_alone(
    reader: Client, planted: Planted
) -> None:
    text = (
        f"{SITE}/harbour/2021/; {SITE}/harbour/fm/; {SITE}/harbour/fm/attendance/; {SITE}/harbour/undated/; "
        f"{SITE}/harbour/2021/statements/; harbor/2021/fm-7; harbour/2021; ca-jad/x9; g8/2009/summit-1; co2/fm-9"
    )
    assert examined(reader, text)["references"] == []
    one = opinion(reader, f"{SITE}/harbour/2021/som-42/")
    assert (one["judgement"], one["nearest"]) == ("unknown", [])


def test_a_path_behind_a_mistyped_id_is_told_with_the_nearest(reader: Client, planted: Planted) -> None:
    made = published(commitment(planted["harbour"].meetings.get(), "To meet."))
    wrong = made.pk[:-1] + next(c for c in pids.ALPHABET if c != made.pk[-1])
    one = opinion(reader, f"{SITE}/commitments/{wrong}/to-meet/")
    assert (one["judgement"], made.pk in [near["id"] for near in one["nearest"]]) == ("unknown", True)


def test_many_lost_paths_cost_no_more_queries_than_a_few(reader: Client, planted: Planted) -> None:
    def queries(count: int) -> int:
        text = " ".join(f"{SITE}/harbour/2021/fn-1{number}/" for number in range(count))
        with CaptureQueriesContext(connection) as captured:
            examined(reader, text)
        return sum("LIKE" in one["sql"] for one in captured)

    assert queries(2) == queries(60) == 1


def footnotes(held: Meeting, number: int) -> list[str]:
    """One of every kind, about records of their own."""

    def made(name: str) -> Statement:
        """A statement in two editions, of which the second lacks ~p2."""
        said = statement(held, f"{name} {number}.", "It is gone.", title=f"{name} {number}")
        said.slug = f"{name.lower()}-{number}"
        said.save()
        published(said)
        said.texts.get().paragraphs.filter(key="p2").delete()
        verbs.publish(said, by=None, note="Not theirs.")
        return said

    annex, moved, withdrawn, merged = map(made, ("Annex", "Moved", "Withdrawn", "Merged"))
    verbs.rename(moved, by=None, path=f"harbour/2021/fm-1/renamed-{number}", note="Its name.")
    verbs.withdraw(withdrawn, by=None, reason="legal", note="A court asked for it.")
    verbs.merge(merged, into=annex, by=None, note="The same.")
    promise = published(commitment(held, f"To meet {number} times."))
    mistyped = [one.pk[:-1] + next(c for c in pids.ALPHABET if c != one.pk[-1]) for one in (annex, promise)]
    return [
        *(f"id/{annex.pk}{part}" for part in ("", "@1", "@1~p1", "~p2", "@9", "~p8")),
        f"{SITE}/harbour/2021/fm-1/annex-{number}@1/en/~p1/",
        f"{SITE}/harbour/2021/fm-1/moved-{number}/",
        f"{SITE}/harbour/2021/fm-1/moved-{number}/en/~p8/",
        *(f"id/{one}" for one in (withdrawn.pk, merged.pk, f"{merged.pk}@1~p1", mistyped[0])),
        f"{SITE}/commitments/{promise.pk}/",
        f"{SITE}/commitments/{mistyped[1]}/x/",
        f"{SITE}/topics/{promise.pk}/x/",
        f"{SITE}/harbour/2021/annexe-{number}/",
        f"{SITE}/harbour-{number}/2021/fm-1/",
    ]


def test_footnotes_cost_the_same_queries_however_many_there_are(reader: Client, planted: Planted) -> None:
    held = Meeting.objects.get(pid__path="harbour/2021/fm-1")
    published(*(dialogue(f"harbour-{number}-x", f"Harbour {number}") for number in range(10)))
    kinds = list(zip(*(footnotes(held, number) for number in range(10)), strict=True))

    def queries(*written: str) -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            found = examined(reader, "; ".join(written))
        assert len(found["references"]) == len(written)
        return len(captured)

    for kind in kinds:
        assert queries(kind[0]) == queries(*kind), kind[0]
    mixed = [one for footnote in zip(*kinds, strict=True) for one in footnote]
    assert queries(*mixed[: len(kinds)]) == queries(*mixed[:50]) == queries(*mixed) <= 20


def test_what_is_no_id_though_it_stands_where_one_should_is_told(reader: Client, planted: Planted) -> None:
    found = examined(reader, f"id/national; {SITE}/id/foo/")["references"]
    assert [(one["judgement"], one["detail"]) for one in found] == [
        ("unknown", "“national” is no id."),
        ("unknown", "“foo” is no id."),
    ]


def test_what_does_not_exist_is_said_and_a_draft_is_nothing(reader: Client, planted: Planted) -> None:
    draft = statement(Meeting.objects.get(pid__path="harbour/2021/fm-1"), "Secret words.")
    nothing = pids.derive("nobody has this")
    for pid in (draft.pk, nothing):
        one = opinion(reader, f"{SITE}/id/{pid}")
        assert (one["judgement"], one["updated"], one["record"]) == ("unknown", None, None)
        assert one["detail"] == f"Nothing stands at “{pid}” in this archive."
    assert opinion(reader, f"{planted['harbour'].pk}@7")["judgement"] == "unknown"
    assert opinion(reader, f"{SITE}/no/such/thing/")["judgement"] == "unknown"


def test_what_is_not_ours_is_left_alone(reader: Client) -> None:
    text = (
        "Doe, 20221224, pp. 1234-5678; ISBN 9780-1234; and/or 12/24/2022; kg/m2; doi.org/10.1000/182; "
        f"https://example.org/id/25hxwjjb@2~p4; {SITE}/meetings/?year=2022; {SITE}/data/; {SITE}; bcdfghjk; "
        f"{SITE}/a%0Ab%00."
    )
    found = examined(reader, text)
    assert found["references"] == []
    assert found["updated"] == text
    html = reader.post("/verify/citations/", {"text": text}).content.decode()
    assert "No address or id of this archive was found" in html


def test_the_page_offers_the_updated_footnote(reader: Client, planted: Planted) -> None:
    pid = reissued(planted["harbour"]).pk
    html = reader.get("/verify/citations/", {"text": f"1. {SITE}/id/{pid}@1~p2"}).content.decode()
    assert "An earlier edition" in html
    assert f"1. {SITE}/id/{pid}@2~p2</p>" in html


def test_a_japanese_sentence_may_follow_without_a_space(reader: Client, planted: Planted) -> None:
    pid = planted["minato"].pk
    one = opinion(reader, f"共同声明（{SITE}/id/{pid}@1~p2）を参照。")
    assert (one["written"], one["judgement"]) == (f"{SITE}/id/{pid}@1~p2", "current")


def test_no_receipt_is_kept_of_footnotes(reader: Client) -> None:
    assert reader.post("/verify/citations/", {"text": "x", "keep": "1"}).status_code == 400


def test_a_second_text_with_the_same_paragraph_keeps_its_language(reader: Client, planted: Planted) -> None:
    text = planted["harbour"]
    other = text.texts.create(language="ru", kind="official")
    Paragraph.objects.create(text=other, number=1, key="p1", words="Министры встретились.")
    verbs.publish(text, by=None, note="A translation was found.")
    assert opinion(reader, f"{SITE}/harbour/2021/fm-1/joint-statement@2/ru/~p1/")["judgement"] == "current"


def test_the_paragraph_is_named_as_citations_print_it(reader: Client, planted: Planted) -> None:
    text = planted["harbour"].texts.get()
    text.paragraphs.filter(key="p2").update(number_printed="IV.")
    verbs.publish(planted["harbour"], by=None, note="Its numbers.")
    pid = planted["harbour"].pk
    assert opinion(reader, f"{pid}@2~p2")["record"]["locator"] == "IV"
    assert opinion(reader, f"{pid}@2~p3")["record"]["locator"] == "3"
    assert opinion(reader, f"{pid}@2")["record"]["locator"] is None
    page = reader.post("/verify/citations/", {"text": f"{pid}@2~p2"}).content.decode()
    assert "¶ IV</a>" in page


@pytest.mark.parametrize("naan", ["b5072", "B5072", "b-5072"])
def test_an_ark_whose_number_has_letters_is_read(
    reader: Client, planted: Planted, settings: Any, naan: str
) -> None:
    settings.ARK_NAAN = "b5072"
    pid = planted["harbour"].pk
    for written in (f"ark:{naan}/{pid}@1~p2", f"{SITE}/ark:{naan}/{pid}@1~p2", f"/ark:/{naan}/{pid}@1~p2"):
        one = opinion(reader, f"See {written}, there.")
        assert (one["written"], one["judgement"]) == (written, "current")
        found = reader.get("/compare/", {"a": written, "b": f"{pid}@1~p3", "format": "json"})
        assert found.json()["a"]["reference"] == f"{pid}@1/en/~p2"
        assert reader.get("/id/", {"q": written})["Location"] == f"/id/{pid}@1~p2"


def test_counts_are_parted_and_nothing_follows_the_last(reader: Client, planted: Planted) -> None:
    pid = planted["harbour"].pk
    page = reader.post("/verify/citations/", {"text": f"{pid}@1 and {pid}@7"}).content.decode()
    (line,) = re.findall(r'<p class="note">(● 1 .*?)</p>', page)
    assert line == "● 1 current · ○ 1 not found in this archive"
