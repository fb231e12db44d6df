"""The picture of an edition: what it says, that it is drawn once, and in whatever fonts there are."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from PIL import Image, ImageFont

from archive.formats import card, typeface
from dialogues.models import Topic
from registry import verbs
from tests.formats.references import FM9, STATEMENT, reference
from tests.makers import dialogue, meeting, published, statement

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "name", ["fwfp1k6g@1", "25hxwjjb@1", "25hxwjjb@1~p2", "qpv83x8t@1", "07j40cnj@1", "fx8p0p8z@1"]
)
def test_it_is_a_picture_of_the_size_that_sharing_wants(reader: Client, name: str) -> None:
    answer = reader.get(f"/card/{name}.png")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    image = Image.open(BytesIO(answer.content))
    assert (image.format, image.size) == ("PNG", (1200, 630))
    assert len(image.getcolors(1 << 20) or ()) > 20


def test_it_says_title_date_place_words_and_address() -> None:
    words = card.words_of(reference(STATEMENT, "en-x-summary", "p2"))
    assert words.kind == "Joint statement · Central Asia plus Japan"
    assert words.title == "Joint Statement of the 9th Foreign Ministers’ Meeting"
    assert words.facts == "Tokyo · 24 December 2022 · paragraph 2"
    assert words.quote.startswith("“The Central Asian ministers welcomed")
    assert words.address == "127.0.0.1:8000/id/25hxwjjb@1~p2"
    assert words.warning == ""
    held = card.words_of(reference(FM9))
    assert held.parties == "Japan, Kazakhstan, Kyrgyzstan, Tajikistan, Turkmenistan, Uzbekistan"


def test_what_did_not_take_place_and_what_is_retracted_say_so_first() -> None:
    assert card.words_of(reference("ca-jad/2024/summit-08-09")).warning == "Postponed"
    held = dialogue()
    at = meeting(held)
    said = statement(at, "One.")
    said.issuer_state = "retracted"
    said.save()
    published(held, at, said)
    words = card.words_of(reference(said.pid.path))
    assert words.warning == "Retracted by its issuer"
    assert words.in_one_line.startswith("Retracted by its issuer. Joint statement")


def test_a_long_quotation_is_cut_at_a_word() -> None:
    held = dialogue()
    at = meeting(held)
    said = statement(at, "word " * 100)
    published(held, at, said)
    quote = card.words_of(reference(said.pid.path, "en", "p1")).quote
    assert quote == "“" + ("word " * 39).strip() + "…”"


def test_it_is_drawn_once_and_anew_for_another_edition(
    reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []
    real = card.draw
    monkeypatch.setattr(card, "draw", lambda words: drawn.append(words.address) or real(words))
    held = dialogue()
    at = meeting(held)
    published(held, at)
    first = reader.get(f"/card/{at.pk}@1.png").content
    published(
        dialogue("yy-dialogue", "Other")
    )  # The archive’s clock moves on, and with it the cache of pages.
    assert reader.get(f"/card/{at.pk}@1.png").content == first
    assert len(drawn) == 1
    at.start = "2021-03-05"
    at.save()
    verbs.publish(at, by=None, note="The day was found.")
    assert reader.get(f"/card/{at.pk}@2.png").content != first
    assert len(drawn) == 2


def test_without_a_number_it_leads_to_the_current_edition(reader: Client) -> None:
    answer = reader.get("/card/25HX-wjjb~p2.png")
    assert (answer.status_code, answer["Location"]) == (303, "/card/25hxwjjb@1~p2.png")


@pytest.mark.parametrize(
    "name",
    ["xxxxxxxx@1.png", "25hxwjjb@2.png", "25hxwjjb@1~p99.png", "25hxwjjb@1.jpg", "25hxwjjb@1", ".png", "x"],
)
def test_what_does_not_exist_has_no_picture(reader: Client, name: str) -> None:
    assert reader.get(f"/card/{name}").status_code == 404


def test_a_withdrawn_record_has_none_and_neither_has_a_draft(reader: Client) -> None:
    visa, draft = Topic.objects.get(slug="visa"), dialogue()
    reader.get(f"/card/{visa.pk}@1.png")
    verbs.withdraw(visa, by=None, reason="legal", note="x")
    assert reader.get(f"/card/{visa.pk}@1.png").status_code == 410
    assert reader.get(f"/card/{draft.pk}@1.png").status_code == 404


WORDS = card.Words(
    site="Dialogues " * 20,
    kind="Совместное заявление · 「中央アジア+日本」対話",
    title="「中央アジア+日本」対話・第9回外相会合、" * 8 + "x" * 300,
    facts="東京",
    parties="",
    quote="“Министры иностранных дел приветствовали предложение. Қазақша.”" * 4,
    address="archive.example.org/id/25hxwjjb@12~p4-2",
    edition="Edition 12",
    warning="Retracted by its issuer",
)


def test_any_words_can_be_drawn() -> None:
    assert Image.open(BytesIO(card.draw(WORDS))).size == (1200, 630)
    nothing = card.Words("", "", "", "", "", "", "", "", "")
    assert Image.open(BytesIO(card.draw(nothing))).size == (1200, 630)


def test_a_machine_without_fonts_draws_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*arguments: Any, **options: Any) -> Any:
        raise OSError("cannot open resource")

    own = ImageFont.load_default(20)
    monkeypatch.setattr(typeface.ImageFont, "truetype", missing)
    monkeypatch.setattr(typeface.ImageFont, "load_default", lambda size: own)
    clear()
    try:
        assert Image.open(BytesIO(card.draw(WORDS))).size == (1200, 630)
    finally:
        monkeypatch.undo()
        clear()


def clear() -> None:
    for cached in (typeface.fonts, typeface.knows, typeface.font_for):
        cached.cache_clear()


def test_a_line_is_broken_at_spaces_and_between_ideographs_but_not_before_their_stops() -> None:
    found, whole = typeface.lines(
        "one two three", typeface.SANS, 30, typeface.width("one two", typeface.SANS, 30), 3
    )
    assert (found, whole) == (["one two", "three"], True)
    room = typeface.width("外相会合", typeface.SANS, 30)
    assert typeface.lines("外相会合、東京", typeface.SANS, 30, room, 3) == (["外相会", "合、東京"], True)
    cut, whole = typeface.lines("one two three four", typeface.SANS, 30, room, 1)
    assert cut[0].endswith("…")
    assert not whole
