"""Words that their issuer retracted, corrected or superseded are never shown as if they stood unquestioned."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from meetings.models import Commitment, Statement
from registry import verbs
from registry.models import Edition
from tests.makers import commitment, corrected, done_at, meeting, published, statement

pytestmark = pytest.mark.django_db
Planted = dict[str, Statement]
TARIFFS = "They agreed to lower tariffs on 1,250 kinds of agricultural goods by 2030"
NOTE = "By a note of 5 March."


def disown(said: Statement, state: str = "retracted") -> None:
    """The issuer did so, as edition 2 of 6 March 2024 tells; edition 3 tells the same beside something else."""
    with done_at(datetime(2024, 3, 6, 12, tzinfo=UTC)):
        corrected(said, issuer_state=state, issuer_state_note=NOTE)
    corrected(said, act="issued")


def places(reader: Client, text: str) -> list[dict[str, Any]]:
    answer = reader.post("/verify/", json.dumps({"text": text}), content_type="application/json")
    (found,) = answer.json()["passages"]
    return list(found["places"])


def taken_from(said: Statement) -> Commitment:
    """A commitment that rests on the statement."""
    made: Commitment = commitment(
        said.meetings.get(), "To lower some.", quote="We shall lower what we can lower.", statement=said
    )
    return published(made)


def test_words_of_a_retracted_statement_are_told_as_such(reader: Client, planted: Planted) -> None:
    said = planted["harbour"]
    assert [one["issuer_state"] for one in places(reader, TARIFFS)] == ["in_force"]
    disown(said)
    (place,) = places(reader, TARIFFS)
    assert place["issuer_state"] == "retracted"
    assert place["issuer_state_note"] == NOTE
    assert place["issuer_state_since"] == {"edition": 2, "published_at": "2024-03-06T12:00:00+00:00"}
    assert (place["stands"], place["rests_on"]) == (True, None)
    page = reader.post("/verify/", {"text": TARIFFS}).content.decode()
    assert (
        "✕ Retracted by its issuer.</strong> By a note of 5 March. Told since edition 2, 6 March 2024."
        in page
    )
    assert "Still stands in the current edition." not in page
    receipt = reader.post("/verify/", {"text": TARIFFS, "keep": "1"}, follow=True)
    assert "✕ Retracted by its issuer." in receipt.content.decode()
    address = receipt.redirect_chain[-1][0]
    kept = reader.get(f"{address}?format=json").json()
    assert kept["passages"][0]["places"][0]["issuer_state"] == "retracted"


@pytest.mark.parametrize(
    ("state", "words"), [("corrected", "◐ Corrected by its issuer."), ("superseded", "↷ Superseded.")]
)
def test_what_else_an_issuer_did_is_told_too(
    reader: Client, planted: Planted, state: str, words: str
) -> None:
    disown(planted["harbour"], state)
    assert [one["issuer_state"] for one in places(reader, TARIFFS)] == [state]
    assert words in reader.get("/verify/", {"text": TARIFFS}).content.decode()


def test_what_the_issuer_no_longer_disowns_is_told_as_in_force(reader: Client, planted: Planted) -> None:
    disown(planted["harbour"])
    corrected(planted["harbour"], issuer_state="in_force", issuer_state_note="")
    (place,) = places(reader, TARIFFS)
    assert (place["issuer_state"], place["issuer_state_since"]) == ("in_force", None)
    assert (
        "Still stands in the current edition." in reader.get("/verify/", {"text": TARIFFS}).content.decode()
    )


def test_a_draft_tells_nothing_of_its_issuer(reader: Client, planted: Planted) -> None:
    said = planted["harbour"]
    said.issuer_state = "retracted"
    said.save()
    assert [one["issuer_state"] for one in places(reader, TARIFFS)] == ["in_force"]


def test_words_of_a_merged_record_tell_of_the_one_that_goes_on(reader: Client, planted: Planted) -> None:
    new = planted["harbour"]
    at = meeting(new.dialogue, 2, "2021-05-06")
    old = published(statement(at, "They agreed to paint every crane in the harbour green."), at)
    verbs.merge(old, into=new, by=None, note="The same document.")
    disown(new)
    found = places(reader, "They agreed to paint every crane in the harbour green.")
    assert {(one["survivor"], one["issuer_state"]) for one in found if one["id"] == old.pk} == {
        (new.pk, "retracted")
    }


def test_a_quotation_from_a_retracted_statement_is_told_on_the_commitment(
    reader: Client, planted: Planted
) -> None:
    said = planted["harbour"]
    made = taken_from(said)
    page = f"/{made.pid.path}/"
    assert "The statement it was taken from:" not in reader.get(page).content.decode()
    disown(said)
    (place,) = places(reader, "We shall lower what we can lower.")
    assert (place["issuer_state"], place["rests_on"]["id"]) == ("retracted", said.pk)
    shown = reader.get("/verify/", {"text": "We shall lower what we can lower."}).content.decode()
    assert "Taken from a statement:" in shown
    html = reader.get(page).content.decode()
    assert '<div class="banner grave" role="status">The statement it was taken from:' in html
    assert "<strong>Retracted by its issuer.</strong> Told by edition 3 of it. By a note of 5 March." in html


def test_a_file_of_a_statement_tells_what_its_issuer_did(reader: Client, planted: Planted) -> None:
    disown(planted["harbour"], "corrected")
    sha256 = Edition.objects.of(planted["harbour"].pid).numbered(3).sha256
    (one,) = reader.get(f"/verify/{sha256}/?format=json").json()["results"]
    assert (one["is_current"], one["issuer_state"], one["issuer_state_note"]) == (True, "corrected", NOTE)
    assert one["issuer_state_since"]["edition"] == 2
    page = reader.get(f"/verify/{sha256}/").content.decode()
    assert "◐ Corrected by its issuer.</strong> By a note of 5 March." in page


def test_a_file_of_a_merged_record_names_the_one_that_goes_on(reader: Client, planted: Planted) -> None:
    new = planted["harbour"]
    at = meeting(new.dialogue, 2, "2021-05-06")
    old = published(statement(at, "Other words."), at)
    sha256 = Edition.objects.of(old.pid).numbered(1).sha256
    verbs.merge(old, into=new, by=None, note="The same document.")
    (one,) = reader.get(f"/verify/{sha256}/?format=json").json()["results"]
    assert (one["state"], one["survivor"], one["is_current"]) == ("merged", new.pk, False)
    page = reader.get(f"/verify/{sha256}/").content.decode()
    assert f'Of a record that was merged into <a href="/id/{new.pk}">{new.pk}</a>.' in page
    assert "is current." not in page


def test_hits_and_rows_bear_what_the_issuer_did(reader: Client, planted: Planted) -> None:
    said = planted["harbour"]
    taken_from(said)
    disown(said)
    asked = {"q": '"1,250 kinds of agricultural goods"'}
    (hit,) = reader.get("/search/", {**asked, "format": "json"}).json()["results"]
    assert (hit["type"], hit["issuer_state"]) == ("paragraph", "retracted")
    assert "✕ retracted by its issuer" in reader.get("/search/", asked, follow=True).content.decode()
    (line,) = reader.get("/search/", {**asked, "format": "jsonl"}).getvalue().splitlines()
    assert json.loads(line)["issuer_state"] == "retracted"
    quoted = {"q": '"lower what we can lower"'}
    (hit,) = reader.get("/search/", {**quoted, "format": "json"}).json()["results"]
    assert (hit["type"], hit["issuer_state"]) == ("commitment", "retracted")
    assert "Taken from a statement:" in reader.get("/search/", quoted, follow=True).content.decode()
    rows = reader.get("/statements/?dialogue=harbour").content.decode()
    assert rows.count("<strong>✕ retracted by its issuer</strong>") == 1


def test_what_issuers_did_costs_the_same_queries_however_many_did(reader: Client, planted: Planted) -> None:
    def queries() -> int:
        reader.get("/verify/", {"text": TARIFFS})
        with CaptureQueriesContext(connection) as captured:
            reader.get("/verify/", {"text": f"{TARIFFS} "})
        return len(captured)

    disown(planted["harbour"])
    before = queries()
    held = planted["harbour"].meetings.get()
    for number in range(6):
        annex = statement(held, f"{TARIFFS}, says annex {number}.", title=f"Annex {number}")
        annex.slug = f"annex-{number}"
        annex.save()
        disown(published(annex))
    assert queries() == before
