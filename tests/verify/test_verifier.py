"""Verdicts over HTTP: what is searched, what is said of editions and withdrawals, and what is refused."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from archive.models import Digest, Indexed, Shingle, Wording
from archive.verify import index
from meetings.models import Meeting, Statement
from registry import verbs
from tests.makers import commitment, dialogue, meeting, published, statement

pytestmark = pytest.mark.django_db
Planted = dict[str, Statement]
TARIFFS = "They agreed to lower tariffs on 1,250 kinds of agricultural goods by 2030"


def verified(reader: Client, text: str) -> list[dict[str, Any]]:
    answer = reader.get("/verify/", {"text": text, "format": "json"})
    assert answer.status_code == 200, answer.content
    return list(answer.json()["passages"])


def verdict(reader: Client, text: str) -> dict[str, Any]:
    (found,) = verified(reader, text)
    return found


def test_each_passage_of_an_article_gets_its_verdict(reader: Client, planted: Planted) -> None:
    found = verified(reader, f"They said “{TARIFFS}”, then «{TARIFFS.upper()}», then “it was so”.")
    assert [one["verdict"] for one in found] == ["exact", "same", "too_short"]


def test_a_place_says_record_edition_language_and_pinned_address(reader: Client, planted: Planted) -> None:
    (place,) = verdict(reader, TARIFFS)["places"]
    assert place == {
        "id": planted["harbour"].pk,
        "kind": "statement",
        "state": "public",
        "title": "Joint Statement on the Harbour Dialogue",
        "part": "paragraph",
        "text": "en",
        "language": "en",
        "paragraph": "p2",
        "locator": "2",
        "own_words": False,
        "editions": [1, 1],
        "current_edition": 1,
        "stands": True,
        "survivor": None,
        "url": "http://127.0.0.1:8000/harbour/2021/fm-1/joint-statement@1/en/~p2/",
        "today": None,
        "gone": False,
        "issuer_state": "in_force",
        "issuer_state_note": "",
        "issuer_state_since": None,
        "rests_on": None,
    }


def test_words_of_an_earlier_edition_are_found_and_said_to_be_changed(
    reader: Client, planted: Planted
) -> None:
    text = planted["harbour"]
    paragraph = text.texts.get().paragraphs.get(key="p2")
    paragraph.words = paragraph.words.replace("2030", "2035")
    paragraph.save()
    text.texts.get().paragraphs.filter(key="p7").delete()
    verbs.publish(text, by=None, note="The year was wrong.")
    (place,) = verdict(reader, TARIFFS)["places"]
    assert (place["editions"], place["current_edition"], place["stands"]) == ([1, 1], 2, False)
    assert place["url"].endswith("joint-statement@1/en/~p2/")
    assert [run for run in place["today"] if run[0] != "same"] == [["removed", "2030"], ["added", "2035"]]
    (new,) = verdict(reader, TARIFFS.replace("2030", "2035"))["places"]
    assert (new["editions"], new["stands"]) == ([2, 2], True)
    (gone,) = verdict(reader, "The next meeting will be held in the second half of 2023")["places"]
    assert (gone["gone"], gone["today"], gone["stands"]) == (True, None, False)
    (both,) = verdict(reader, "They did not reach agreement on the division of the water")["places"]
    assert (both["editions"], both["stands"]) == ([1, 2], True)
    html = reader.get("/verify/", {"text": TARIFFS}).content.decode()
    assert "says otherwise" in html
    assert "<ins>2035</ins>" in html


def test_words_that_went_and_came_back_stand_twice(reader: Client, planted: Planted) -> None:
    text = planted["harbour"]
    for words in ("Nothing was agreed upon at all.", TARIFFS):
        text.texts.get().paragraphs.filter(key="p2").update(words=words)
        verbs.publish(text, by=None, note="A correction.")
    found = verdict(reader, TARIFFS)
    assert [place["editions"] for place in found["places"]] == [[3, 3], [1, 1]]


def test_a_withdrawn_record_is_named_and_its_words_are_not_shown(reader: Client, planted: Planted) -> None:
    verbs.withdraw(planted["harbour"], by=None, reason="legal", note="A court asked for it.")
    found = verdict(reader, TARIFFS)
    assert (found["verdict"], found["count"]) == ("withdrawn", 1)
    assert set(found["places"][0]) == {"id", "kind", "state", "title", "url"}
    near = verdict(reader, TARIFFS.replace("1,250", "1,260"))
    assert (near["verdict"], near["difference"], near["parts"]) == ("not_found", [], [])
    assert "grain" not in reader.get("/verify/", {"text": TARIFFS}).content.decode()


def test_a_draft_is_found_nowhere(reader: Client, planted: Planted) -> None:
    held = Meeting.objects.get(pid__path="harbour/2021/fm-1")
    statement(held, "The secret draft speaks of seven hidden wells.")
    planted["harbour"].texts.get().paragraphs.filter(key="p2").update(
        words="Unpublished words about hidden wells."
    )
    for words in ("The secret draft speaks of seven hidden wells", "Unpublished words about hidden wells"):
        assert verdict(reader, words)["verdict"] == "not_found"


def test_quotations_and_summaries_of_commitments_and_remarks_are_searched(reader: Client, db: Any) -> None:
    framework = dialogue("harbour", "Harbour Dialogue")
    held = meeting(framework)
    said = commitment(
        held,
        "To plant olive trees along every road.",
        nature="remark",
        quote="olive trees along each and every road",
    )
    published(framework, held, said)
    (place,) = verdict(reader, "To plant olive trees along every road.")["places"]
    assert (place["part"], place["own_words"], place["language"]) == ("summary", True, "en")
    (place,) = verdict(reader, "olive trees along each and every road")["places"]
    assert (place["part"], place["own_words"]) == ("quote", False)
    assert place["url"] == f"http://127.0.0.1:8000/{said.pid.path}@1/"


def test_where_it_occurs_several_times_that_is_said(reader: Client, planted: Planted) -> None:
    held = Meeting.objects.get(pid__path="harbour/2021/fm-1")
    for number in range(12):
        annex = statement(held, f"{TARIFFS}, says annex {number}.", title=f"Annex {number}")
        annex.slug = f"annex-{number}"
        annex.save()
        published(annex)
    found = verdict(reader, TARIFFS)
    assert (found["verdict"], found["count"], len(found["places"])) == ("exact", 13, 10)
    assert "It occurs 13 times" in reader.get("/verify/", {"text": TARIFFS}).content.decode()


def test_marked_omissions_are_joined_and_said_to_be_marked(reader: Client, planted: Planted) -> None:
    found = verdict(reader, "“They agreed to lower tariffs … while the present agreement is in force”")
    assert (found["verdict"], found["omission_marked"]) == ("joined", True)
    assert [part["verdict"] for part in found["parts"]] == ["exact", "exact"]
    invented = verdict(reader, "“They agreed to lower tariffs […] while the moon stands over the sea”")
    assert invented["verdict"] == "differs"
    assert [part["verdict"] for part in invented["parts"]] == ["exact", "not_found"]


def test_a_paragraph_pasted_as_it_is_with_a_quotation_in_it_is_found_whole(
    reader: Client, planted: Planted
) -> None:
    whole = planted["harbour"].texts.get().paragraphs.get(key="p5").words
    found = verdict(reader, whole)
    assert (found["verdict"], found["passage"]) == ("exact", whole)
    altered = verified(reader, whole.replace("40,000", "4,000"))
    assert [one["verdict"] for one in altered] == ["differs", "exact"]


def test_without_quotation_marks_each_paragraph_is_checked(reader: Client, planted: Planted) -> None:
    text = "\n\n".join(one.words for one in planted["gavan"].texts.get().paragraphs.all()[:4])
    assert [one["verdict"] for one in verified(reader, text)] == ["exact"] * 4


def test_a_correction_is_known_at_once(reader: Client, planted: Planted) -> None:
    assert verdict(reader, "A wholly new sentence about lighthouses.")["verdict"] == "not_found"
    planted["harbour"].texts.get().paragraphs.filter(key="p1").update(
        words="A wholly new sentence about lighthouses."
    )
    verbs.publish(planted["harbour"], by=None, note="A correction.")
    assert verdict(reader, "A wholly new sentence about lighthouses.")["verdict"] == "exact"


def test_the_index_made_anew_is_the_same(reader: Client, planted: Planted) -> None:
    planted["harbour"].texts.get().paragraphs.filter(key="p2").update(words="They agreed on nothing at all.")
    verbs.publish(planted["harbour"], by=None, note="A correction.")
    call_command("index_words", verbosity=0)

    def rows() -> list[list[Any]]:
        return [
            sorted(Wording.objects.values_list("pid", "part", "segment", "key", "since", "until", "words")),
            sorted(Shingle.objects.values_list("wording__pid", "number")),
            sorted(Digest.objects.values_list("sha256", "pid", "edition_number", "segment")),
            sorted(Indexed.objects.values_list("pid", "edition_number")),
        ]

    before = rows()
    call_command("index_words", anew=True, verbosity=0)
    assert rows() == before


def test_an_index_that_lacks_words_answers_503_and_not_a_wrong_verdict(
    reader: Client, planted: Planted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "IN_A_REQUEST", 2)
    answer = reader.get("/verify/", {"text": TARIFFS})
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    monkeypatch.setattr(index, "IN_A_REQUEST", 2000)
    assert verdict(reader, TARIFFS)["verdict"] == "exact"


def test_a_verdict_costs_the_same_queries_however_much_there_is(reader: Client, planted: Planted) -> None:
    def queries() -> int:
        cache.clear()
        verified(reader, TARIFFS)
        with CaptureQueriesContext(connection) as captured:
            cache.clear()
            verified(reader, f"{TARIFFS} and so on")
        return len(captured)

    before = queries()
    held = Meeting.objects.get(pid__path="harbour/2021/fm-1")
    for number in range(8):
        annex = statement(held, f"{TARIFFS}, says annex {number}.", title=f"Annex {number}")
        annex.slug = f"annex-{number}"
        annex.save()
        published(annex)
    assert queries() == before


def test_json_in_is_json_out(reader: Client, planted: Planted) -> None:
    answer = reader.post("/verify/", json.dumps({"text": TARIFFS}), content_type="application/json")
    assert answer["Content-Type"] == "application/json"
    data = answer.json()
    assert data["counts"]["exact"] == 1
    assert data["archive"]["change"] > 0
    page = reader.post(
        "/verify/",
        json.dumps({"text": TARIFFS}),
        content_type="application/json",
        headers={"accept": "text/html"},
    )
    assert page["Content-Type"].startswith("text/html")


def test_anybody_may_post_without_a_token_and_gets_no_cookie(planted: Planted) -> None:
    stranger = Client(enforce_csrf_checks=True)
    answer = stranger.post("/verify/", {"text": TARIFFS}, headers={"origin": "https://elsewhere.example"})
    assert answer.status_code == 200
    assert not answer.cookies
    assert "csrf" not in answer.content.decode()


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ("{", "body"),
        ("[]", "body"),
        ("[" * 100_000, "body"),
        ('{"text": 5}', "text"),
        ('{"text": "a", "keep": "yes"}', "text"),
        ('{"text": "a", "more": 1}', "more"),
        ('{"text": ""}', "text"),
        ('{"text": "a\\u0000b"}', "text"),
        ('{"text": "\\ud800"}', "text"),
        ("\udcff".encode("utf-8", "surrogatepass"), "body"),
    ],
)
def test_what_is_malformed_is_refused_by_field(reader: Client, body: str | bytes, field: str) -> None:
    answer = reader.post("/verify/", body, content_type="application/json")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["errors"][0]["field"] == field


def test_too_long_a_text_is_refused(reader: Client) -> None:
    answer = reader.post("/verify/", {"text": "a " * 100_001})
    assert answer.status_code == 413
    assert "200,000 at most" in answer.content.decode()


def test_a_whole_article_is_read(reader: Client, planted: Planted) -> None:
    article = f"A sentence of no interest to anybody. {'x' * 50} " * 1900 + f"“{TARIFFS}”"
    assert 150_000 < len(article) < 200_000
    answer = reader.post("/verify/?format=json", {"text": article}).json()
    assert [one["verdict"] for one in answer["passages"]] == ["exact"]


def test_more_passages_than_are_checked_are_counted(reader: Client) -> None:
    text = "\n".join(f"“number {number} is a passage of its own”" for number in range(205))
    answer = reader.post("/verify/?format=json", {"text": text}).json()
    assert (len(answer["passages"]), answer["unchecked"]) == (200, 5)


def test_parameters_that_are_unknown_or_repeated_are_refused(reader: Client) -> None:
    for query in ("q=x", "text=a&text=b", "text=a&keep=1", "format=csv"):
        assert reader.get(f"/verify/?{query}").status_code == 400, query
    assert reader.post("/verify/", {"text": "a", "q": "b"}).status_code == 400
    assert reader.post("/verify/", {"text": " "}).status_code == 400


def test_other_methods_and_other_addresses_take_no_post(reader: Client) -> None:
    put = reader.put("/verify/", "{}")
    assert (put.status_code, put["Allow"]) == (405, "GET, HEAD, OPTIONS, POST")
    for path in ("/verify/receipts/x/", "/compare/", "/meetings/", "/verify"):
        assert reader.post(path, {"text": "x"}).status_code == 405, path


def test_the_form_explains_itself_and_its_examples_work(reader: Client) -> None:
    html = reader.get("/verify/").content.decode()
    assert "sha256sum FILE" in html
    links = [part.split('"')[0] for part in html.split('href="/verify/?text=')[1:]]
    told = [
        reader.get(f"/verify/?text={link}&format=json").json()["passages"][0]["verdict"] for link in links
    ]
    assert told == ["exact", "differs", "not_found"]


def test_counts_end_without_a_dot(reader: Client, planted: Planted) -> None:
    page = reader.post("/verify/", {"text": f"“{TARIFFS}” and “{TARIFFS}”"}).content.decode()
    (line,) = re.findall(r'<p class="note">(\S+ 2 exact.*?)</p>', page)
    assert line.split()[1:] == ["2", "exact"]


@pytest.mark.parametrize("address", ["/verify/", "/verify/citations/"])
@pytest.mark.parametrize("form", ["csv", "bib", "junk"])
def test_a_form_that_is_not_offered_is_400_for_post_as_for_get(
    reader: Client, planted: Planted, address: str, form: str
) -> None:
    sent = [
        reader.get(address, {"text": TARIFFS, "format": form}),
        reader.post(f"{address}?format={form}", {"text": TARIFFS}),
        reader.post(
            f"{address}?format={form}", json.dumps({"text": TARIFFS}), content_type="application/json"
        ),
    ]
    for answer in sent:
        assert answer.status_code == 400
        assert "comes as html, json" in answer.content.decode()
