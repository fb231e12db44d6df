"""A phrase's life: counts equal those of a counter that knows nothing of the site, and every place is shown."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import yaml
from django.test import Client

from meetings.models import Paragraph, Statement, Text
from registry import verbs
from registry.models import Pid
from tests.makers import commitment, dialogue, meeting, published, statement

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.django_db

PHRASES = [
    "rule of law", "the rule of law", "free and open international order based on the rule of law", "energy",
    "terrorism", "human rights", "regional cooperation", "central asia", "Central Asian countries", "UN Charter",
    "a joint statement was issued", "a joint statement", "joint statement was", "territorial integrity",
    "peace and stability", "sustainable development", "water", "climate change", "the", "of", "and the", "Afghanistan",
    "trade and investment", "nuclear", "Trans-Caspian", "intra-regional", "nuclear-weapon-free zone", "COVID-19",
    "declaration of partnership and cooperation was issued", "in 2022", "no such words anywhere at all",
]  # fmt: skip


def words_of_the_files() -> Iterator[tuple[str | None, str]]:
    """(date, words) of every paragraph of a statement, and of every quotation of an outcome, read from the files."""
    for path in sorted((ROOT / "fixtures" / "dialogues").glob("*.yaml")):
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        starts = {one["path"]: one.get("start") for one in content.get("meetings", [])}
        for one in content.get("meetings", []):
            for outcome in one.get("outcomes", []):
                yield one.get("start"), outcome.get("quote", "")
        for one in content.get("statements", []):
            day = one.get("date") or next((starts.get(held) for held in one.get("meetings", [])), None)
            for outcome in one.get("outcomes", []):
                yield day, outcome.get("quote", "")
            for text in one.get("texts", []):
                for paragraph in text["paragraphs"]:
                    yield day, paragraph["words"]


@cache
def plain_words() -> tuple[tuple[str | None, str], ...]:
    return tuple((day, plain(words)) for day, words in words_of_the_files())


def plain(text: str) -> str:
    """Lower case, one space between words, no quotation marks; a possessive ’s stands apart."""
    text = re.sub(r"['’]s\b", " s", text.lower())
    return " ".join(re.sub(r"[\"“”«»'’‘]", " ", text).split())


def naive_count(phrase: str) -> Counter[str | None]:
    """How often the phrase stands in the files in each year, between what is neither a letter, digit nor hyphen."""
    pattern = re.compile(rf"(?<![\w-]){re.escape(plain(phrase))}(?![\w-])")
    counts: Counter[str | None] = Counter()
    for day, words in plain_words():
        counts[day[:4] if day else None] += len(pattern.findall(words))
    return +counts


def life(reader: Client, *phrases: str, more: str = "") -> dict[str, Any]:
    query = "&".join(f"q={quote(one)}" for one in phrases)
    response = reader.get(f"/phrases/?{query}{more}&format=json")
    assert response.status_code == 200, response.content
    return dict(response.json())


def one(reader: Client, phrase: str) -> dict[str, Any]:
    return dict(life(reader, phrase)["phrases"][0])


@pytest.mark.parametrize("phrase", PHRASES)
def test_counts_are_those_of_a_naive_counter_over_the_files(reader: Client, phrase: str) -> None:
    found, counted = one(reader, phrase), naive_count(phrase)
    assert found["uses"] == counted.total()
    by_year = {str(year["year"]): year["count"] for year in found["years"] if year["count"]}
    assert by_year == {year: count for year, count in counted.items() if year}
    assert found["undated"] == counted[None]


def test_the_phrases_tried_are_not_all_of_one_kind() -> None:
    totals = [naive_count(phrase).total() for phrase in PHRASES]
    assert totals[-1] == 0
    assert sum(total > 0 for total in totals) >= 25


@pytest.fixture
def harbour(db: Any) -> Statement:
    """A statement of 2001 in three languages, one of 2003, and a commitment with a quotation."""
    framework = dialogue("harbour", "Harbour Dialogue")
    first, third = meeting(framework, 1, "2001-05-01"), meeting(framework, 3, "2003-05-01")
    text = statement(
        first, "Blue  tariffs’ fall.", "“Blue tariffs” and blue Tariffs, and non-blue tariffs; BLUE TARIFFS."
    )
    for language, words in (
        ("ja", "青い関税を再確認した。再確認した。"),
        ("ru", "Министры подтвердили синие пошлины."),
    ):
        ours = Text.objects.create(statement=text, language=language, kind="official")
        Paragraph.objects.create(text=ours, number=1, key="p1", words=words)
    later = statement(third, "Blue, tariffs. No blue tariff.")
    said = commitment(third, "To speak of blue tariffs in our words only.", quote="for blue tariffs")
    published(framework, first, third, text, later, said)
    return text


def test_case_quotation_marks_and_spaces_do_not_count_and_punctuation_does(
    reader: Client, harbour: Statement
) -> None:
    found = life(reader, "  BLUE   “tariffs” ")
    assert [(row["date"], row["part"], row["count"]) for row in found["results"]] == [
        ("2001-05-01", "paragraph", 1), ("2001-05-01", "paragraph", 3), ("2003-05-01", "quote", 1),
    ]  # fmt: skip
    figures = found["phrases"][0]
    assert (figures["uses"], figures["texts"]) == (5, 3)
    assert [(year["year"], year["count"]) for year in figures["years"]] == [(2001, 4), (2002, 0), (2003, 1)]
    assert one(reader, "blue, tariffs")["uses"] == 1
    assert one(reader, "blue tariff")["uses"] == 1
    assert one(reader, "tariffs in our words")["uses"] == 0


def test_japanese_and_russian_are_found_as_they_are_written(reader: Client, harbour: Statement) -> None:
    japanese = life(reader, "再確認した")
    assert [(row["count"], row["language"], row["text_kind"]) for row in japanese["results"]] == [
        (2, "ja", "official")
    ]
    assert one(reader, "ПОДТВЕРДИЛИ синие")["uses"] == 1
    assert one(reader, "確認し")["uses"] == 2
    assert one(reader, "подтвердил")["uses"] == 0


def test_the_words_are_marked_and_each_paragraph_is_a_link(reader: Client, harbour: Statement) -> None:
    html = reader.get("/phrases/?q=blue+tariffs").content.decode()
    assert "<mark>Blue  tariffs</mark>’ fall." in html
    assert (
        "“<mark>Blue tariffs</mark>” and <mark>blue Tariffs</mark>, and non-blue tariffs; <mark>BLUE TARIFFS</mark>."
        in html
    )
    assert "/harbour/2001/fm-1/joint-statement/en/~p2/" in html
    assert 'href="/phrases/?q=blue+tariffs&amp;year=2001"' in html


def test_first_last_and_who(reader: Client, harbour: Statement) -> None:
    found = one(reader, "blue tariffs")
    assert found["first"]["date"] == "2001-05-01"
    assert found["first"]["url"].endswith("/harbour/2001/fm-1/joint-statement/en/~p1/")
    assert found["last"]["date"] == "2003-05-01"
    assert [(who["code"], who["count"]) for who in found["dialogues"]] == [("harbour", 5)]


def test_what_no_reader_may_see_is_not_counted(reader: Client, harbour: Statement) -> None:
    framework = harbour.dialogue
    statement(meeting(framework, 4, "2004-05-01"), "A draft of blue tariffs.")
    assert one(reader, "blue tariffs")["uses"] == 5
    english = harbour.texts.get(language="en")
    english.paragraphs.filter(key="p1").update(words="Green tariffs fall.")
    assert one(reader, "green tariffs")["uses"] == 0
    verbs.publish(harbour, by=None, note="The issuer changed the colour.")
    assert one(reader, "green tariffs")["uses"] == 1
    assert one(reader, "blue tariffs")["uses"] == 4
    verbs.withdraw(harbour, by=None, reason="legal", note="Asked to.")
    assert one(reader, "blue tariffs")["uses"] == 1


def test_phrases_are_compared_over_the_same_years(reader: Client, harbour: Statement) -> None:
    found = life(reader, "blue tariffs", "再確認した", "rule of law")["phrases"]
    spans = {tuple(year["year"] for year in each["years"]) for each in found}
    assert spans == {tuple(range(2001, 2026))}
    assert [each["uses"] for each in found] == [5, 2, 6]


def test_a_year_narrows_the_places_and_not_the_chart(reader: Client, harbour: Statement) -> None:
    found = life(reader, "blue tariffs", more="&year=2003")
    assert [row["date"] for row in found["results"]] == ["2003-05-01"]
    assert found["phrases"][0]["uses"] == 5
    assert "Not used in 2002" in reader.get("/phrases/?q=blue+tariffs&year=2002").content.decode()


def test_page_json_and_csv_show_the_same(reader: Client) -> None:
    for query in ("q=rule+of+law", "q=terrorism&q=energy&q=rule+of+law", "q=terrorism&year=2021"):
        found = reader.get(f"/phrases/?{query}&format=json").json()
        sent = b"".join(reader.get(f"/phrases/?{query}&format=csv").streaming_content).decode()  # type: ignore[attr-defined]
        lines = list(csv.DictReader(io.StringIO(sent, newline="")))
        rows = [
            {name: "" if value is None else str(value) for name, value in row.items()}
            for row in found["results"]
        ]
        assert lines == rows
        html = reader.get(f"/phrases/?{query}").content.decode()
        assert html.count("<mark>") == sum(row["count"] for row in found["results"])
        assert all(row["url"].replace("http://127.0.0.1:8000", "") in html for row in found["results"])
        if "year" not in query:
            assert sum(each["uses"] for each in found["phrases"]) == html.count("<mark>")


def test_a_long_list_is_paged_and_comes_whole(reader: Client, harbour: Statement) -> None:
    held = meeting(harbour.dialogue, 7, "2007-05-01")
    published(held, statement(held, *[f"Red tariffs, number {number}." for number in range(120)]))
    first = life(reader, "red tariffs")
    assert (first["count"], first["pages"], len(first["results"])) == (120, 2, 100)
    second = reader.get(f"{first['next']}&format=json").json()
    assert (len(second["results"]), second["next"]) == (20, None)
    assert len(life(reader, "red tariffs", more="&page=all")["results"]) == 120
    assert reader.get("/phrases/?q=red+tariffs&page=3").status_code == 404


def test_a_phrase_that_stands_nowhere_leads_to_shorter_ones_that_do(
    reader: Client, harbour: Statement
) -> None:
    found = one(reader, "blue tariffs of the moon")
    assert found["uses"] == 0
    assert found["shorter"][0] == {"phrase": "blue tariffs", "uses": 5}
    html = reader.get("/phrases/?q=blue+tariffs+of+the+moon").content.decode()
    assert "Found nowhere" in html
    assert "/phrases/?q=blue%20tariffs" in html
    assert one(reader, "zzzzqq")["shorter"] == []


@pytest.mark.parametrize(("query", "said"), [
    (f"q={'a' * 201}", "201 characters"), ("q=a&q=b&q=c&q=d&q=e", "4 phrases"), ("q=%E2%80%94", "no word"),
    ("q=a&year=0", "four digits"), ("q=a&year=٢٠٢٢", "four digits"), ("q=a&x=1", "knows no"),
    ("q=a&year=2001&year=2002", "more than once"),
])  # fmt: skip
def test_what_cannot_be_looked_for_is_refused_with_the_reason(reader: Client, query: str, said: str) -> None:
    assert reader.get(f"/phrases/?{query}").status_code == 400
    problem = reader.get(f"/phrases/?{query}&format=json")
    assert problem.status_code == 400
    assert said in problem.json()["detail"]


def test_an_empty_phrase_is_said_beside_the_form(reader: Client) -> None:
    assert "The phrase is empty" in reader.get("/phrases/?q=++").content.decode()
    assert "The phrase is empty" not in reader.get("/phrases/").content.decode()
    assert reader.get(f"/phrases/?q={'a' * 200}").status_code == 200


def test_an_index_that_lacks_words_is_not_counted_over(
    reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archive.pages.phrases.bring_up_to_date", lambda: 7)
    response = reader.get("/phrases/?q=law&format=json")
    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert Pid.objects.filter(kind="statement").exists()
