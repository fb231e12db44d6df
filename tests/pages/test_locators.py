"""A paragraph has one number on every page, in files and in citations: its issuer’s, else that of its address."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from django.test import Client

from meetings.models import Paragraph, Statement, Text
from registry.kit.locators import bare, locator
from tests.makers import corrected, dialogue, meeting, published, statement

pytestmark = pytest.mark.django_db
FOURTH = "双方は、港湾における協力を来年も続けることで一致した。"
SECOND = "双方は、港湾の使用料を二年のうちに引き下げることで一致した。"
PATH = "/harbour/2021/fm-1/joint-statement"


@pytest.fixture
def said(db: Any) -> Statement:
    """A Japanese text whose fifth piece is ~p4, printed “4.”; ~p2, the third, is printed “(II)”."""
    framework = dialogue("harbour", "Harbour Dialogue")
    held = meeting(framework)
    made = statement(held, language="ja")
    text = Text.objects.get(statement=made)
    pieces = [
        ("h1", "", "共同声明"),
        ("p1", "", "外務大臣は会合を開いた。"),
        ("p2", "(II)", SECOND),
        ("p3", "", "双方は感謝した。"),
        ("p4", "4.", FOURTH),
    ]
    for number, (key, printed, words) in enumerate(pieces, 1):
        Paragraph.objects.create(text=text, number=number, key=key, number_printed=printed, words=words)
    published(framework, held, made)
    return made


def page(reader: Client, address: str, **asked: str) -> str:
    answer = reader.get(address, asked, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_number_is_bare_of_the_marks_around_it() -> None:
    assert [bare(one) for one in ("4.", "(4)", "4)", "IV .", "II.1(a)", "(a)(i)", "")] == [
        "4", "4", "4", "IV", "II.1(a)", "(a)(i)", "",
    ]  # fmt: skip
    assert locator({"key": "p4-2", "number_printed": "", "number": 9}) == "4.2"


def test_the_text_has_the_number_in_its_margin_and_says_whose_it_is(reader: Client, said: Statement) -> None:
    html = page(reader, f"{PATH}/ja/")
    assert 'aria-label="Paragraph 4, alone">4</a>' in html
    assert 'aria-label="Paragraph II, alone">II</a>' in html
    assert "Paragraph 5" not in html
    assert html.count("The issuer’s number, ours is 2") == html.count("The issuer’s number") == 1


def test_the_page_of_a_paragraph_shows_its_issuers_number(reader: Client, said: Statement) -> None:
    fourth = page(reader, f"{PATH}/ja/~p4/")
    assert "<title>Paragraph 4 – Joint Statement" in fourth
    assert '<li aria-current="page">¶ 4</li>' in fourth
    assert '<h1 class="eyebrow">Paragraph 4 · Joint Statement</h1>' in fourth
    assert "Its issuer numbered it “4.”." in fourth
    assert "← ¶ 3</a>" in fourth
    assert "This archive’s own number" not in fourth
    second = page(reader, f"{PATH}/ja/~p2/")
    assert '<h1 class="eyebrow">Paragraph II · Joint Statement</h1>' in second
    assert "Its issuer numbered it “(II)”. This archive’s own number, which its address has, is 2." in second
    assert "Its issuer numbered it" not in page(reader, f"{PATH}/ja/~p3/")


def test_comparisons_have_the_same_number(reader: Client, said: Statement) -> None:
    corrected(said, act="issued")
    sides = {"a": f"{said.pk}@1", "b": f"{said.pk}@2"}
    rows = reader.get("/compare/", {**sides, "format": "json"}).json()["rows"]
    assert [row["b"]["locator"] for row in rows] == ["h1", "1", "II", "3", "4"]
    html = page(reader, "/compare/", **sides)
    assert html.count('<span class="number">¶ 4</span>') == 2
    assert html.count('<span class="number">¶ II (the issuer’s number, ours is 2)</span>') == 2
    assert "¶ 5" not in html
    file = reader.get("/compare/", {**sides, "format": "csv"}).getvalue().decode("utf-8-sig")
    assert [row["a_locator"] for row in csv.DictReader(io.StringIO(file))] == ["h1", "1", "II", "3", "4"]
    one = {"a": f"{said.pk}@1/ja/~p4", "b": f"{said.pk}@2/ja/~p4"}
    assert page(reader, "/compare/", **one).count("· paragraph 4") == 2


def test_the_verifier_and_the_doctor_have_the_same_number(reader: Client, said: Statement) -> None:
    def place(words: str) -> dict[str, Any]:
        body = json.dumps({"text": words})
        found = reader.post("/verify/", body, content_type="application/json").json()
        return dict(found["passages"][0]["places"][0])

    assert (place(FOURTH)["paragraph"], place(FOURTH)["locator"]) == ("p4", "4")
    assert "Joint Statement, ¶ 4</a>" in page(reader, "/verify/", text=FOURTH)
    assert "Joint Statement, ¶ II</a> (the issuer’s number, ours is 2)" in page(
        reader, "/verify/", text=SECOND
    )
    doctor = page(reader, "/verify/citations/", text=f"{said.pk}@1~p2; {said.pk}@1~p4")
    assert "¶ II</a> (the issuer’s number, ours is 2)" in doctor
    assert "¶ 4</a> <span" in doctor


def test_search_phrases_and_shelves_have_the_same_number(reader: Client, said: Statement) -> None:
    (hit,) = reader.get("/search/", {"q": f'"{FOURTH[:-1]}"', "format": "json"}).json()["results"]
    assert hit["number"] == "4"
    (use,) = reader.get("/phrases/", {"q": "二年のうちに引き下げる", "format": "json"}).json()["results"]
    assert (use["paragraph"], use["locator"]) == (3, "II")
    assert "Joint Statement, ¶ II</a>" in page(reader, "/phrases/", q="二年のうちに引き下げる")
    shelf = page(reader, "/shelf/", items=f"{said.pk}@1~p2,{said.pk}@1~p4")
    assert "¶ II (the issuer’s number, ours is 2)</span>" in shelf
    assert "¶ 4</span>" in shelf
