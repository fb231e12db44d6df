"""Two beside each other at an address of its own, and a loud refusal where a side is missing."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from lxml import html

from archive.api.schemas import RECORDS
from archive.fieldwords import FIELDS
from meetings.models import Meeting, Paragraph, Statement, Text
from registry import verbs
from registry.kit import pids
from tests.makers import commitment, corrected, dialogue, meeting, published, statement

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"


@pytest.fixture
def made(db: Any) -> Statement:
    """A statement with an English and a Japanese text, in two editions of the English."""
    framework = dialogue("harbour", "Harbour Dialogue")
    held = meeting(framework)
    text = statement(held, "We met.", "We agreed to lower tariffs by 2030.", "We thank our hosts.")
    ours = Text.objects.create(statement=text, language="ja", kind="official")
    for number, words in enumerate(["会合を開いた。", "関税を引き下げる。"], 1):
        Paragraph.objects.create(text=ours, number=number, key=f"p{number}", words=words)
    published(framework, held, text)
    english = text.texts.get(language="en")
    english.paragraphs.filter(key="p2").update(words="We agreed to lower tariffs by 2035.")
    english.paragraphs.filter(key="p3").delete()
    Paragraph.objects.create(text=english, number=4, key="p4", words="We meet again next year.")
    verbs.publish(text, by=None, note="The issuer corrected the year.")
    return text


def compared(reader: Client, a: str, b: str) -> dict[str, Any]:
    answer = reader.get("/compare/", {"a": a, "b": b, "format": "json"})
    assert answer.status_code == 200, answer.json()
    return dict(answer.json())


def refused(reader: Client, **sides: str) -> tuple[int, str, str]:
    answer = reader.get("/compare/", {**sides, "format": "json"})
    problem = answer.json()
    assert answer["Content-Type"] == "application/problem+json"
    return answer.status_code, problem["errors"][0]["field"], problem["detail"]


def test_two_editions_are_aligned_by_key_with_counts(reader: Client, made: Statement) -> None:
    found = compared(reader, f"{made.pk}@1", made.pk)
    assert found["aligned_by"] == "key"
    assert found["counts"] == {
        "same": 1, "changed": 1, "only_a": 1, "only_b": 1, "translated": 0, "moved": 0,
    }  # fmt: skip
    changed = next(row for row in found["rows"] if row["what"] == "changed")
    assert changed["a"]["key"] == changed["b"]["key"] == "p2"
    assert changed["difference"] == [
        ["same", "We agreed to lower tariffs by "], ["removed", "2030"], ["added", "2035"], ["same", "."],
    ]  # fmt: skip
    assert found["fields"] == []


def test_the_address_to_cite_has_both_sides_at_their_editions(reader: Client, made: Statement) -> None:
    found = compared(reader, f"{made.pk}@1/en", "harbour/2021/fm-1/joint-statement/ja")
    assert found["url"] == f"{SITE}/compare/?a={made.pk}@1/en&b={made.pk}@2/ja"
    again = reader.get(found["url"].removeprefix(SITE) + "&format=json").json()
    assert again == found
    pinned = found["url"].replace("&", "&amp;")
    for address in (
        found["url"].removeprefix(SITE),
        f"/compare/?show=same&b={made.pk}@2/ja&a={made.pk}@1/en",
    ):
        assert f'<link rel="canonical" href="{pinned}">' in reader.get(address).content.decode()


def test_two_languages_stand_beside_each_other_without_a_difference(reader: Client, made: Statement) -> None:
    found = compared(reader, f"{made.pk}@1/en", f"{made.pk}@1/ja")
    assert found["counts"] == {
        "same": 0, "changed": 0, "only_a": 1, "only_b": 0, "translated": 2, "moved": 0,
    }  # fmt: skip
    assert found["rows"][0]["difference"] == []


@pytest.mark.parametrize(
    "written",
    [
        "{pid}@1~p2",
        "{pid}@1/en/~p2",
        "/id/{pid}@1~p2",
        "http://127.0.0.1:8000/id/{pid}@1~p2",
        "harbour/2021/fm-1/joint-statement@1/en/~p2",
        "http://127.0.0.1:8000/harbour/2021/fm-1/joint-statement@1/en/~p2/?format=json#:~:text=We",
        "/ARK:/99999/{upper}@1~p2",
        "http://127.0.0.1:8000/id/{pid}%401%7Ep2",
    ],
)
def test_a_side_is_written_in_many_ways(reader: Client, made: Statement, written: str) -> None:
    side = written.format(pid=made.pk, upper=made.pk.upper())
    found = compared(reader, side, f"{made.pk}~p2")
    assert found["a"]["reference"] == f"{made.pk}@1/en/~p2"
    assert found["a"]["permanent"] == f"{SITE}/id/{made.pk}@1~p2"
    assert (found["aligned_by"], found["counts"]["changed"]) == ("pair", 1)


def add_text(to: Statement, language: str, *words: str) -> Text:
    text: Text = Text.objects.create(statement=to, language=language, kind="official")
    for number, one in enumerate(words, 1):
        Paragraph.objects.create(text=text, number=number, key=f"p{number}", words=one)
    return text


def in_three_languages() -> Statement:
    """In Japanese, English, Russian and French; its second edition changed all but the Japanese."""
    framework = dialogue("harbour", "Harbour Dialogue")
    held = meeting(framework)
    said = statement(held, "会合を開いた。", "また会う。", language="ja")
    english = add_text(said, "en", "We met.", "We strengthen cooperation.")
    russian = add_text(said, "ru", "Мы встретились.", "Мы встретимся.")
    french = add_text(said, "fr", "Nous nous sommes réunis.")
    published(framework, held, said)
    english.paragraphs.filter(key="p2").update(words="We deepen cooperation.")
    Paragraph.objects.create(text=english, number=3, key="p3", words="We thank our hosts.")
    russian.paragraphs.filter(key="p2").delete()
    french.paragraphs.all().delete()
    french.delete()
    add_text(said, "kk", "Біз кездестік.")
    verbs.publish(said, by=None, note="The translations were put right.")
    return said


def test_texts_in_other_languages_are_listed_with_what_changed_in_them(reader: Client) -> None:
    said = in_three_languages()
    found = compared(reader, f"{said.pk}@1", f"{said.pk}@2")
    assert (found["a"]["text"], found["counts"]["same"], found["fields"]) == ("ja", 2, [])
    nothing = dict.fromkeys(["same", "changed", "only_a", "only_b", "translated", "moved"], 0)
    english = f"{SITE}/compare/?a={said.pk}@1/en&b={said.pk}@2/en"
    path = f"{SITE}/harbour/2021/fm-1/joint-statement"
    told = {one["text"]: (one["what"], one["counts"], one["url"]) for one in found["other_texts"]}
    assert told == {
        "en": ("changed", {**nothing, "same": 1, "changed": 1, "only_b": 1}, english),
        "ru": ("changed", {**nothing, "same": 1, "only_a": 1}, english.replace("/en", "/ru")),
        "fr": ("only_a", None, f"{path}@1/fr/"),
        "kk": ("only_b", None, f"{path}@2/kk/"),
    }
    page = reader.get("/compare/", {"a": f"{said.pk}@1", "b": f"{said.pk}@2"}).content.decode()
    english = english.removeprefix(SITE).replace("&", "&amp;")
    assert f'<a href="{english}">en</a>, official translation: 1 changed, 1 only in B</li>' in page
    assert "ru</a>, official translation: 1 only in A</li>" in page
    assert "fr</a>, official translation: only in A</li>" in page
    assert "kk</a>, official translation: only in B</li>" in page
    assert "word for word" not in page
    alone = compared(reader, f"{said.pk}@1/ja", f"{said.pk}@2/ja")
    assert alone["other_texts"] == []
    same = reader.get("/compare/", {"a": f"{said.pk}@1/ja", "b": f"{said.pk}@2/ja"}).content.decode()
    assert "The two are the same, word for word." in same


def test_what_an_edition_says_of_a_paragraph_beside_its_words_is_compared_too(
    reader: Client, made: Statement
) -> None:
    english = made.texts.get(language="en")
    english.paragraphs.filter(key="p2").update(number_printed="4.")
    made.texts.filter(language="ja").update(kind="provisional")
    verbs.publish(made, by=None, note="Its numbers.")
    found = compared(reader, f"{made.pk}@2", f"{made.pk}@3")
    assert {one["field"]: (one["a"], one["b"]) for one in found["fields"]} == {
        "texts › en › p2 › number_printed": (None, "4."),
        "texts › ja › kind": ("official", "provisional"),
    }


def test_paragraphs_of_two_statements_are_aligned_by_likeness(reader: Client, made: Statement) -> None:
    held = Meeting.objects.get(pid__path="harbour/2021/fm-1")
    other = statement(held, "We agreed to lower all tariffs by 2030.", "Fish was served.", title="Annex")
    other.slug = "annex"
    other.save()
    published(other)
    found = compared(reader, f"{made.pk}@1", other.pk)
    assert found["aligned_by"] == "likeness"
    row = next(row for row in found["rows"] if row["what"] == "changed")
    assert (row["a"]["key"], row["b"]["key"], row["likeness"]) == ("p2", "p1", 0.93)
    assert {one["field"] for one in found["fields"]} == {"title"}


def test_meetings_are_compared_field_by_field_and_by_their_outcomes(reader: Client, db: Any) -> None:
    framework = dialogue("harbour", "Harbour Dialogue")
    first, second = meeting(framework, 1, "2021-03-04"), meeting(framework, 2, "2022-03-04")
    one, two = commitment(first, "To meet every year."), commitment(second, "To meet every other year.")
    published(framework, first, second, one, two)
    found = compared(reader, first.pk, second.pk)
    assert {field["field"]: (field["a"], field["b"]) for field in found["fields"]} == {
        "title": ("1st Foreign Ministers’ Meeting", "2nd Foreign Ministers’ Meeting"),
        "ordinal": ("1", "2"),
        "start": ("2021-03-04", "2022-03-04"),
    }
    assert found["counts"]["changed"] == 1
    assert compared(reader, one.pk, two.pk)["fields"][0]["what"] == "changed"


def test_a_side_that_is_missing_is_named_with_the_reason(reader: Client, made: Statement) -> None:
    good = made.pk
    wrong = good[:-1] + next(c for c in pids.ALPHABET if c != good[-1])
    assert refused(reader, a=good)[:2] == (400, "b")
    assert refused(reader, b=good)[:2] == (400, "a")
    status, field, detail = refused(reader, a=wrong, b=good)
    assert (status, field) == (404, "a")
    assert "A: " in detail
    assert "mistyped" in detail
    assert good in detail
    assert refused(reader, a=good, b=f"{good}@3") == (
        404, "b", "B: “Joint Statement” has 2 editions so far, no edition 3.",
    )  # fmt: skip
    assert "no text “ru”" in refused(reader, a=good, b=f"{good}@1/ru")[2]
    gone = refused(reader, a=good, b=f"{good}~p3")
    assert gone[:2] == (404, "b")
    assert "until edition 1" in gone[2]
    assert "/harbour/2021/fm-1/joint-statement@1/~p3/" in gone[2]
    assert refused(reader, a="https://example.org/x", b=good)[:2] == (400, "a")
    assert refused(reader, a="no such/thing ²", b=good)[:2] == (400, "a")
    assert refused(reader, a="no/such/thing", b=good)[:2] == (404, "a")
    assert refused(reader, a="harbour", b=good)[:2] == (400, "b")


def test_a_draft_cannot_be_told_from_nothing(reader: Client, made: Statement) -> None:
    held = Meeting.objects.get(pid__path="harbour/2021/fm-1")
    draft, nothing = statement(held, "Secret."), pids.derive("nobody has this")
    told = refused(reader, a=draft.pk, b=made.pk)
    assert told[0] == 404
    assert told[2].replace(draft.pk, "") == refused(reader, a=nothing, b=made.pk)[2].replace(nothing, "")


def test_a_withdrawn_side_is_gone_and_says_why(reader: Client, made: Statement) -> None:
    verbs.withdraw(made, by=None, reason="legal", note="A court asked for it.")
    status, field, detail = refused(reader, a=f"{made.pk}@1", b=f"{made.pk}@2")
    assert (status, field) == (410, "a")
    assert "A court asked for it." in detail
    page = reader.get(f"/compare/?a={made.pk}@1&b={made.pk}@2")
    assert page.status_code == 410
    assert "tariffs" not in page.content.decode()


def test_an_address_that_moved_leads_to_the_same(reader: Client, made: Statement) -> None:
    verbs.rename(made, by=None, path="harbour/2021/fm-1/declaration", note="Its name was found.")
    found = compared(reader, "harbour/2021/fm-1/joint-statement@1", "harbour/2021/fm-1/declaration")
    assert found["a"]["id"] == found["b"]["id"] == made.pk


def test_unknown_and_repeated_parameters_are_refused(reader: Client) -> None:
    assert refused(reader, c="x")[:2] == (400, "c")
    assert reader.get("/compare/?a=x&a=y&b=z").status_code == 400
    assert reader.get("/compare/?a=x&b=z&format=csv").status_code in (400, 404)


def test_an_empty_comparison_is_a_form_with_examples_that_work(reader: Client) -> None:
    call_command("index_words", verbosity=0)
    html = reader.get("/compare/").content.decode()
    assert '<form class="pair" action="/compare/">' in html
    links = [part.split('"')[0].replace("&amp;", "&") for part in html.split('href="/compare/?a=')[1:]]
    assert len(links) == 2
    assert [reader.get(f"/compare/?a={link}").status_code for link in links] == [200, 200]


def test_pages_lead_here(reader: Client, made: Statement) -> None:
    old = reader.get("/harbour/2021/fm-1/joint-statement@1/").content.decode()
    assert f'href="/compare/?a={made.pk}@1&amp;b={made.pk}@2"' in old
    page = reader.get("/harbour/2021/fm-1/joint-statement/").content.decode()
    assert f'href="/compare/?a={made.pk}@2/en&amp;b={made.pk}@2/ja"' in page
    assert "Compare English with Japanese</a>" in page
    history = reader.get("/harbour/2021/fm-1/joint-statement/history/").content.decode()
    assert f'<option value="{made.pk}@1">' in history


def test_links_to_compare_texts_name_the_languages_in_words_and_are_not_printed(
    reader: Client, made: Statement
) -> None:
    Text.objects.create(statement=made, language="ru", kind="summary")
    verbs.publish(made, by=None, note="Our summary.")
    page = html.fromstring(reader.get("/harbour/2021/fm-1/joint-statement/").content.decode())
    items = page.xpath("//li[a[starts-with(@href, '/compare/')]][starts-with(., 'Compare ')]")
    assert [(item.text_content(), item.get("class")) for item in items] == [
        ("Compare English with Japanese", "no-print"),
        ("Compare English with Russian (summary of this archive)", "no-print"),
    ]


def test_what_differs_is_named_in_words(reader: Client, made: Statement) -> None:
    """On the page; programs read the names of the fields."""
    made.texts.get(language="en").paragraphs.filter(key="p2").update(number_printed="4.")
    corrected(made, issuer_state="retracted", issuer_state_note="By a note of 5 March.")
    said = [
        "what its issuer says of it",
        "remark on what its issuer says of it",
        "texts › en › p2 › number as printed",
    ]
    sides = f"/compare/?a={made.pk}@2&b={made.pk}@3"
    page = html.fromstring(reader.get(sides).content.decode())
    assert page.xpath("//table[@class='fields']//th[@scope='row']/text()") == said
    assert {one["field"] for one in compared(reader, f"{made.pk}@2", f"{made.pk}@3")["fields"]} == {
        "issuer_state",
        "issuer_state_note",
        "texts › en › p2 › number_printed",
    }
    history = html.fromstring(reader.get(f"/{made.pid.path}/history/").content.decode())
    newest = history.xpath("//section/section")[0]
    assert newest.xpath(".//th[@scope='row']/text()") == [
        *said[:2],
        "texts › en › paragraphs › p2 › number as printed",
    ]
    assert "what its issuer says of it, remark on what its issuer says of it, texts" in (
        reader.get("/changes/?limit=1").content.decode()
    )


def test_every_field_of_a_record_has_words() -> None:
    assert set(properties(RECORDS)) - set(FIELDS) == set()


def properties(schema: Any) -> Iterator[str]:
    parts = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
    if isinstance(schema, dict) and isinstance(schema.get("properties"), dict):
        yield from schema["properties"]
    for part in parts:
        yield from properties(part)


def test_rows_are_narrowed_to_what_is_asked_for_and_counts_are_of_all(
    reader: Client, made: Statement
) -> None:
    sides = {"a": f"{made.pk}@1", "b": made.pk, "format": "json"}
    every = reader.get("/compare/", sides).json()
    for show, keys in (
        ("changed", ["p2"]),
        ("only_a", ["p3"]),
        ("only_b", ["p4"]),
        ("same", ["p1"]),
        ("moved", []),
    ):
        found = reader.get("/compare/", {**sides, "show": show}).json()
        assert [(row["a"] or row["b"])["key"] for row in found["rows"]] == keys
        assert (found["counts"], found["show"], found["url"]) == (every["counts"], show, every["url"])
    html = reader.get("/compare/", {"a": f"{made.pk}@1", "b": made.pk, "show": "changed"}).content.decode()
    assert "2035" in html
    assert "We thank our hosts." not in html
    assert f'href="/compare/?a={made.pk}@1&amp;b={made.pk}@2&amp;show=only_b"' in html
    assert (
        "No row is of this kind"
        in reader.get("/compare/", {**sides, "format": "html", "show": "moved"}).content.decode()
    )
    assert refused(reader, a=made.pk, b=made.pk, show="everything")[:2] == (400, "show")


def test_moved_paragraphs_are_found_and_shown_alone(reader: Client) -> None:
    framework = dialogue("harbour", "Harbour Dialogue")
    held = [meeting(framework, 1, "2001-05-01"), meeting(framework, 2, "2002-05-01")]
    words = ["Fish shall be landed fresh.", "Ships shall carry two lamps.", "Ports shall stay open at night."]
    first, second = statement(held[0], *words), statement(held[1], words[2], words[0], words[1])
    published(framework, *held, first, second)
    found = reader.get("/compare/", {"a": first.pk, "b": second.pk, "show": "moved", "format": "json"}).json()
    assert found["counts"]["moved"] == 1
    assert [(row["a"]["text"], row["b"]["number"]) for row in found["rows"]] == [(words[2], 1)]


def test_the_rows_come_as_csv(reader: Client, made: Statement) -> None:
    sides = {"a": f"{made.pk}@1", "b": made.pk}
    text = b"".join(reader.get("/compare/", {**sides, "format": "csv"}).streaming_content).decode()  # type: ignore[attr-defined]
    lines = list(csv.DictReader(io.StringIO(text, newline="")))
    rows = reader.get("/compare/", {**sides, "format": "json"}).json()["rows"]
    assert [(line["what"], line["a_text"], line["b_text"]) for line in lines] == [
        (row["what"], (row["a"] or {}).get("text", ""), (row["b"] or {}).get("text", "")) for row in rows
    ]
    assert lines[1]["what"] == "changed"
    assert lines[1]["a_key"] == "p2"


def test_countries_named_by_their_codes_are_refused_with_what_is_meant_and_where_it_is(
    reader: Client,
) -> None:
    """Japan and Kazakhstan sit together in dialogues; each side that leads nowhere is named."""
    answer = reader.get("/compare/?a=jp&b=kz&format=json")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert answer.json()["errors"] == [
        {"field": "a", "detail": "A: Nothing stands at “/jp/” in this archive. "
         "Japan is meant by its address: countries/jp."},
        {"field": "b", "detail": "B: Nothing stands at “/kz/” in this archive. "
         "Kazakhstan is meant by its address: countries/kz."},
    ]  # fmt: skip
    assert (
        "two commitments, dialogues, countries, ministers or topics field by field" in answer.json()["detail"]
    )
    page = reader.get("/compare/?a=jp&b=kz")
    html = page.content.decode()
    assert page.status_code == 404
    assert 'value="jp"' in html
    for address in (
        "/compare/?a=countries/jp&amp;b=countries/kz", "/pictures/meets/jp/kz/", "/countries/jp/", "/countries/kz/",
    ):  # fmt: skip
        assert f'href="{address}"' in html
        assert reader.get(address.replace("&amp;", "&")).status_code == 200


def test_two_countries_side_by_side_lead_to_what_they_have_in_common(reader: Client) -> None:
    html = reader.get("/compare/?a=countries/kz&b=countries/jp").content.decode()
    assert 'href="/pictures/meets/jp/kz/"' in html
    assert (
        "/pictures/meets/" not in reader.get("/compare/?a=quad&b=g7").content.decode().partition("<footer")[0]
    )


def test_two_of_different_kinds_are_refused_with_both_pages(reader: Client, made: Statement) -> None:
    answer = reader.get(f"/compare/?a={made.pk}&b=kz")
    assert answer.status_code == 404
    answer = reader.get("/compare/?a=topics/energy&b=countries/kz")
    html = answer.content.decode()
    assert answer.status_code == 400
    assert "A is a topic and B a country: compare two of a kind." in html
    assert 'href="/topics/energy/"' in html
    assert 'href="/countries/kz/"' in html
    assert 'href="/compare/?a=' not in html
    assert "/pictures/meets/" not in html.partition("<footer")[0]
