"""Cards on other sites, what they say once a record changed, and oEmbed."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import unescape
from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import sync_playwright

from meetings.models import Paragraph, Statement, Text
from registry import verbs
from tests.makers import commitment, corrected, country, dialogue, done_at, meeting, published, statement
from tests.served import ROOT

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"


@pytest.fixture
def said() -> Statement:
    at = meeting(dialogue(), start="2021-03-04")
    made = statement(at, "They met & agreed.", "They will meet again.")
    published(at.track.dialogue, at, made)
    return made


def correct(made: Statement, key: str, words: str, note: str = "A slip of the pen.") -> None:
    paragraph = made.texts.get().paragraphs.get(key=key)
    paragraph.words = words
    paragraph.save()
    verbs.publish(made, by=None, note=note)


def card(reader: Client, name: str, status: int = 200) -> str:
    answer = reader.get(f"/embed/{name}/")
    assert answer.status_code == status
    return str(answer.content.decode())


def codes(reader: Client, name: str) -> list[str]:
    return [one["code"] for one in reader.get(f"/embed/{name}/?format=json").json()["standing"]]


def test_a_card_shows_words_title_date_and_permanent_address(reader: Client, said: Statement) -> None:
    data = reader.get(f"/embed/{said.pk}@1~p1/?format=json").json()
    assert data == {
        "title": "Joint Statement",
        "type": "statement",
        "date": "2021-03-04",
        "place": None,
        "words": "They met & agreed.",
        "language": "en",
        "address": f"{SITE}/id/{said.pk}@1~p1",
        "edition": 1,
        "current_edition": 1,
        "standing": [],
    }
    html = card(reader, f"{said.pk}@1~p1")
    for expected in (
        "They met &amp; agreed.",
        "4 March 2021",
        f'href="{SITE}/id/{said.pk}@1~p1"',
        "Paragraph 1",
    ):
        assert expected in html
    assert "<script" not in html
    assert " style=" not in html


def test_a_meeting_shows_its_place(reader: Client) -> None:
    pid = reader.get("/ca-jad/2022/fm-9/?format=json").json()["id"]
    data = reader.get(f"/embed/{pid}/?format=json").json()
    assert (data["date"], data["place"], data["words"]) == ("2022-12-24", "Tokyo", None)
    assert data["address"] == f"{SITE}/id/{pid}"


def test_any_site_may_frame_a_card_and_no_other_page(reader: Client, said: Statement) -> None:
    framed = reader.get(f"/embed/{said.pk}/")
    assert "frame-ancestors *" in framed["Content-Security-Policy"]
    assert framed["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self'")
    assert "script" not in framed["Content-Security-Policy"]
    assert "X-Frame-Options" not in framed
    assert framed["Cross-Origin-Resource-Policy"] == "cross-origin"
    again = reader.get(f"/embed/{said.pk}/", headers={"if-none-match": framed["ETag"]})
    assert again.status_code == 304
    assert again["Content-Security-Policy"] == framed["Content-Security-Policy"]
    assert reader.get(f"/embed/{said.pk}/")["Content-Security-Policy"] == framed["Content-Security-Policy"]
    page = reader.get(f"/{said.pid.path}/")
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"


def test_a_card_of_an_edition_says_that_it_was_corrected(reader: Client, said: Statement) -> None:
    assert codes(reader, f"{said.pk}@1~p1") == []
    correct(said, "p1", "They met and agreed.")
    assert codes(reader, f"{said.pk}@1~p1") == ["corrected"]
    html = card(reader, f"{said.pk}@1~p1")
    assert "edition 2: A slip of the pen." in html
    assert f'href="{SITE}/{said.pid.path}/history/"' in html
    assert "They met &amp; agreed." in html


def test_words_that_a_correction_left_alone_are_said_to_be_unchanged(reader: Client, said: Statement) -> None:
    correct(said, "p1", "They met and agreed.")
    assert codes(reader, f"{said.pk}@1~p2") == ["unchanged"]
    assert codes(reader, f"{said.pk}~p2") == []
    assert codes(reader, f"{said.pk}@2~p1") == []


def test_a_card_that_follows_the_record_shows_the_new_words_as_corrected(
    reader: Client, said: Statement
) -> None:
    correct(said, "p1", "They met and agreed.")
    html = card(reader, f"{said.pk}~p1")
    assert "They met and agreed." in html
    assert "Corrected on" in html


def test_a_paragraph_that_came_later_is_not_called_corrected(reader: Client, said: Statement) -> None:
    Paragraph.objects.create(text=said.texts.get(), number=3, key="p3", words="New.")
    verbs.publish(said, by=None, note="A paragraph was missing.")
    assert codes(reader, f"{said.pk}~p3") == []


def test_a_paragraph_that_is_gone_is_shown_as_it_stood(reader: Client, said: Statement) -> None:
    said.texts.get().paragraphs.get(key="p2").delete()
    verbs.publish(said, by=None, note="Not part of it.")
    html = card(reader, f"{said.pk}~p2")
    assert "They will meet again." in html
    assert codes(reader, f"{said.pk}~p2") == codes(reader, f"{said.pk}@1~p2") == ["gone"]


def test_a_retraction_comes_first(reader: Client, said: Statement) -> None:
    said.issuer_state, said.issuer_state_note = "retracted", "The ministers took it back."
    said.save()
    correct(said, "p1", "They met.")
    assert codes(reader, f"{said.pk}@1~p1") == ["retracted", "corrected"]
    html = card(reader, f"{said.pk}@1~p1")
    assert "Retracted by its issuer. The ministers took it back." in html


def test_a_withdrawn_record_says_so_with_410(reader: Client, said: Statement) -> None:
    verbs.withdraw(said, by=None, reason="entered_in_error", note="Never issued.")
    html = card(reader, f"{said.pk}@1~p1", status=410)
    assert "Withdrawn from the archive on" in html
    assert "entered in error. Never issued." in html
    assert "They met" not in html
    assert "frame-ancestors *" in reader.get(f"/embed/{said.pk}/")["Content-Security-Policy"]


def test_a_merged_record_leads_to_its_survivor_and_its_words_stay(reader: Client, said: Statement) -> None:
    elsewhere = meeting(said.dialogue, ordinal=2)
    other = statement(elsewhere, "Twice said.", title="Again", language="ja")
    published(elsewhere, other)
    verbs.merge(other, into=said, by=None, note="The same.")
    answer = reader.get(f"/embed/{other.pk}/")
    assert (answer.status_code, answer["Location"]) == (301, f"/embed/{said.pk}/")
    assert codes(reader, f"{other.pk}@1~p1") == ["merged"]
    assert "Twice said." in card(reader, f"{other.pk}@1~p1")


def test_a_paragraph_gone_before_a_merge_is_shown_as_it_stood_last(reader: Client, said: Statement) -> None:
    elsewhere = meeting(said.dialogue, ordinal=2)
    other = statement(elsewhere, "Twice said.", "Later dropped.", title="Again", language="ja")
    published(elsewhere, other)
    other.texts.get().paragraphs.get(key="p2").delete()
    verbs.publish(other, by=None, note="It was another's.")
    verbs.merge(other, into=said, by=None, note="The same.")
    answer = reader.get(f"/embed/{other.pk}~p2/")
    assert (answer.status_code, answer["Location"]) == (301, f"/embed/{other.pk}@1~p2/")
    assert "Later dropped." in card(reader, f"{other.pk}@1~p2")


def test_a_commitment_shows_its_words_or_its_summary(reader: Client) -> None:
    at = meeting(dialogue(), start="2021-03")
    quoted = commitment(at, "To meet.", quote="They shall meet.")
    plain = commitment(at, "To trade.")
    published(at.track.dialogue, at, quoted, plain)
    assert "<blockquote" in card(reader, quoted.pk)
    html = card(reader, plain.pk)
    assert "To trade." in html
    assert "<blockquote" not in html
    assert "March 2021" in html


def test_our_own_summary_is_never_shown_as_the_issuers_words(reader: Client, said: Statement) -> None:
    text = said.texts.get()
    text.kind = "summary"
    text.save()
    verbs.publish(said, by=None, note="It is ours.")
    assert "not the issuer’s text" in card(reader, f"{said.pk}~p1")


@pytest.mark.parametrize("name", ["xxxxxxxx", "0000000", "nothing", "@1", "~p1"])
def test_what_never_was_is_404(reader: Client, name: str) -> None:
    assert reader.get(f"/embed/{name}/").status_code == 404


def test_drafts_and_what_an_edition_lacks_are_404(reader: Client, said: Statement) -> None:
    draft = country("zz", "Zedland")
    for name in (draft.pk, f"{said.pk}@2", f"{said.pk}~p9", f"{said.pk}@1~p9"):
        assert reader.get(f"/embed/{name}/").status_code == 404, name


def test_an_untidy_address_is_put_right(reader: Client, said: Statement) -> None:
    answer = reader.get(f"/embed/{said.pk.upper()}@1~p1")
    assert (answer.status_code, answer["Location"]) == (301, f"/embed/{said.pk}@1~p1/")


def test_a_card_is_three_queries(reader: Client, said: Statement) -> None:
    correct(said, "p1", "They met and agreed.")
    with CaptureQueriesContext(connection) as captured:
        reader.get(f"/embed/{said.pk}@1~p1/")
    assert len(captured) == 3


@pytest.fixture
def thrice() -> Statement:
    """In three languages: paragraph 2 changed and 4 went in edition 2, paragraph 5 came in edition 3."""
    at = meeting(dialogue(), start="2024-02-01")
    made = statement(at, "One.", "They met in Almaty.", "Three.", "Four.")
    for language in ("ja", "ru"):
        text = Text.objects.create(statement=made, language=language, kind="translation")
        Paragraph.objects.create(text=text, number=1, key="p1", words=language)
    with done_at(datetime(2024, 3, 1, 9, tzinfo=UTC)):
        published(at.track.dialogue, at, made)
    text = made.texts.get(language="en")
    text.paragraphs.get(key="p4").delete()
    text.paragraphs.filter(key="p2").update(words="They met in Astana.")
    with done_at(datetime(2024, 4, 10, 9, tzinfo=UTC)):
        verbs.publish(made, by=None, note="Corrected the city; took out paragraph 4.")
    Paragraph.objects.create(text=text, number=5, key="p5", words="Five.")
    with done_at(datetime(2024, 6, 10, 9, tzinfo=UTC)):
        verbs.publish(made, by=None, note="Added the last paragraph.")
    return made


def sentences(reader: Client, name: str) -> list[str]:
    return [one["sentence"] for one in reader.get(f"/embed/{name}/?format=json").json()["standing"]]


SECOND = "Corrected on 10 April 2024, edition 2: Corrected the city; took out paragraph 4."
THIRD = "Corrected on 10 June 2024, edition 3: Added the last paragraph."


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("@1~p2", [SECOND]),
        ("~p2", [SECOND]),
        ("@2~p2", ["Edition 3 is current; what is quoted here is unchanged in it."]),
        ("@1", [THIRD]),
        ("@2/en", [THIRD]),
        ("@1/ja", ["Edition 3 is current; what is quoted here is unchanged in it."]),
        ("", [THIRD]),
        ("@3", []),
        ("~p4", ["No longer part of the current edition. It stood until edition 1."]),
        ("~p5", []),
    ],
)
def test_a_card_names_the_edition_that_changed_what_it_shows(
    reader: Client, thrice: Statement, part: str, said: list[str]
) -> None:
    assert sentences(reader, f"{thrice.pk}{part}") == said


def test_a_meeting_says_that_more_than_its_card_shows_was_changed(reader: Client) -> None:
    at = meeting(dialogue(), start="2024-02-01")
    published(at.track.dialogue, at)
    with done_at(datetime(2024, 4, 10, 9, tzinfo=UTC)):
        corrected(at, note="Its length was found.", duration_printed="a day")
    assert sentences(reader, f"{at.pk}@1") == [
        "What is shown here stands, but the record was changed on 10 April 2024, edition 2: Its length was found."
    ]
    assert codes(reader, at.pk) == ["corrected"]


@pytest.mark.parametrize("status", ["postponed", "cancelled"])
def test_a_meeting_that_was_not_held_says_so(reader: Client, status: str) -> None:
    at = meeting(dialogue(), start="2024-02-01", status=status)
    published(at.track.dialogue, at)
    assert sentences(reader, at.pk) == [f"{status.capitalize()}."]
    assert f"<strong>{status.capitalize()}.</strong>" in card(reader, at.pk)


def test_links_between_texts_stay_within_the_edition(reader: Client, thrice: Statement) -> None:
    path = thrice.pid.path
    html = reader.get(f"/{path}@1/").content.decode()
    for language in ("en", "ja", "ru"):
        assert f'<a class="chip" href="/{path}@1/{language}/"' in html
        assert f"<li>{SITE}/{path}/{language}/</li>" not in html
    assert f'<a class="chip" href="/{path}/ja/"' in reader.get(f"/{path}/").content.decode()
    alone = reader.get(f"/{path}@1/en/~p2/").content.decode()
    assert f'href="/{path}@1/en/#p2"' in alone


# oEmbed


def oembed(reader: Client, url: str, **parameters: Any) -> Any:
    return reader.get("/oembed", {"url": url, **parameters})


def test_oembed_answers_for_every_address_of_a_record(reader: Client, said: Statement) -> None:
    path = said.pid.path
    for url, name in {
        f"{SITE}/{path}/": said.pk,
        f"{SITE}/{path}": said.pk,
        f"{SITE}/{path}@1/": f"{said.pk}@1",
        f"{SITE}/{path}/en/~p2/": f"{said.pk}/en/~p2",
        f"{SITE}/{path}@1/en/~p2/?utm=1#x": f"{said.pk}@1~p2",
        f"{SITE}/id/{said.pk}@1~p2": f"{said.pk}@1~p2",
        f"{SITE}/id/{said.pk[:4]}-{said.pk[4:]}": said.pk,
        f"{SITE}/embed/{said.pk}~p1/": f"{said.pk}/en/~p1",
        f"{SITE}/ark:/99999/{said.pk}": said.pk,
    }.items():
        answer = oembed(reader, url)
        assert answer.status_code == 200, url
        assert f'src="{SITE}/embed/{name}/"' in answer.json()["html"], url


def test_oembed_says_what_the_standard_asks(reader: Client, said: Statement) -> None:
    data = oembed(reader, f"{SITE}/id/{said.pk}~p1").json()
    html = data.pop("html")
    assert data == {
        "version": "1.0",
        "type": "rich",
        "provider_name": "Dialogues",
        "provider_url": SITE,
        "title": "Joint Statement",
        "cache_age": 86400,
        "width": 600,
        "height": 306,
    }
    assert html == (
        f'<iframe src="{SITE}/embed/{said.pk}/en/~p1/" width="600" height="306"'
        ' title="Joint Statement" loading="lazy"></iframe>'
    )


def test_oembed_as_xml_is_the_same(reader: Client, said: Statement) -> None:
    url = f"{SITE}/id/{said.pk}"
    answer = oembed(reader, url, format="xml")
    assert answer["Content-Type"] == "text/xml; charset=utf-8"
    root = ElementTree.fromstring(answer.content)
    assert root.tag == "oembed"
    data = oembed(reader, url).json()
    assert {child.tag: child.text for child in root} == {name: str(value) for name, value in data.items()}


def test_oembed_honours_the_greatest_width_and_height(reader: Client, said: Statement) -> None:
    data = oembed(reader, f"{SITE}/id/{said.pk}", maxwidth=320, maxheight=100).json()
    assert (data["width"], data["height"]) == (320, 100)
    assert 'width="320" height="100"' in data["html"]
    assert oembed(reader, f"{SITE}/id/{said.pk}", maxwidth=5000).json()["width"] == 600


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/ca-jad/2022/fm-9/",
        f"{SITE}.example.org/ca-jad/2022/fm-9/",
        f"{SITE}/nothing/",
        f"{SITE}/about/",
        f"{SITE}/id/xxxxxxxx",
        f"{SITE}/ca-jad/2022/fm-9@77/",
        f"{SITE}/ca-jad/2022/fm-9/history/",
        f"{SITE}/",
        "javascript:alert(1)",
        "",
        "http://[",
    ],
)
def test_oembed_of_anything_else_is_404(reader: Client, url: str) -> None:
    assert oembed(reader, url).status_code == 404


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 400),
        (f"url={SITE}/ca-jad/&url=x", 400),
        (f"url={SITE}/ca-jad/&format=yaml", 400),
        (f"url={SITE}/ca-jad/&maxwidth=wide", 400),
        (f"url={SITE}/ca-jad/&maxwidth=0", 400),
        (f"url={SITE}/ca-jad/&maxheight=１０", 400),
        (f"url={SITE}/ca-jad/&maxwidth={'9' * 400}", 400),
        (f"url={SITE}/ca-jad/&dnt=1", 200),
    ],
)
def test_oembed_parameters_are_checked(reader: Client, query: str, status: int) -> None:
    assert reader.get(f"/oembed?{query}").status_code == status


def test_oembed_of_a_withdrawn_record_gives_the_card_that_says_so(reader: Client, said: Statement) -> None:
    verbs.withdraw(said, by=None, reason="legal", note="An order.")
    data = oembed(reader, f"{SITE}/id/{said.pk}@1~p1").json()
    assert f"/embed/{said.pk}@1~p1/" in data["html"]


def test_a_title_cannot_break_out_of_the_frame(reader: Client, said: Statement) -> None:
    said.title_printed = 'A "quoted" <b>title</b>'
    said.save()
    verbs.publish(said, by=None, note="As printed.")
    html = oembed(reader, f"{SITE}/id/{said.pk}").json()["html"]
    assert 'title="A &quot;quoted&quot; &lt;b&gt;title&lt;/b&gt;"' in html


def test_pages_name_their_oembed(reader: Client, said: Statement) -> None:
    address = f"/{said.pid.path}@1/en/~p1/"
    html = reader.get(address).content.decode()
    quoted = address.replace("/", "%2F").replace("@", "%40")
    link = f"{SITE}/oembed?url=http%3A%2F%2F127.0.0.1%3A8000{quoted}"
    assert f'type="application/json+oembed" href="{link}"' in html
    assert reader.get(link.replace(SITE, "")).status_code == 200
    assert "oembed" not in reader.get("/meetings/").content.decode()


def test_a_page_without_its_paragraph_offers_no_card_that_is_not_there(
    reader: Client, said: Statement
) -> None:
    said.texts.get().paragraphs.filter(key="p2").delete()
    verbs.publish(said, by=None, note="It was another document’s.")
    for edition, shown in (("", "/en/~p2"), ("@2", "@1~p2")):
        html = reader.get(f"/{said.pid.path}{edition}/en/~p2/").content.decode()
        (link,) = re.findall(r'type="application/json\+oembed" href="([^"]*)"', html)
        card = reader.get(unescape(link).removeprefix(SITE))
        assert card.status_code == 200
        assert f"{SITE}/embed/{said.pk}{shown}/" in card.json()["html"]


LONG = {
    "en": "Joint Statement of the Ministers on a Comprehensive Partnership for the Peaceful Settlement of Disputes",
    "ru": "Совместное заявление министров о всеобъемлющем партнёрстве в целях устойчивого развития региона",
    "ja": "持続可能な地域開発と紛争の平和的解決のための包括的戦略的パートナーシップに関する外務大臣共同声明",
}
SHORT = {"en": "Joint Statement", "ru": "Заявление", "ja": "共同声明"}
WIDTHS = range(300, 701, 50)


def styled(html: str) -> str:
    """The card with its style sheets within it."""
    sheets = "".join((ROOT / f"static/css/{name}.css").read_text() for name in ("tokens", "embed"))
    return html.replace("</head>", f"<style>{sheets}</style></head>")


@pytest.mark.browser
def test_no_card_scrolls_in_the_frame_that_oembed_gives(reader: Client, chromium: str) -> None:
    made = published(dialogue(name="Example Dialogue of Central Asia plus Japan and Others"))
    frames: list[tuple[str, int, int, str]] = []
    for number, (language, title) in enumerate([*SHORT.items(), *LONG.items()], 1):
        text = statement(meeting(made, number), title, f"{title}. " * 2, title=title, language=language)
        published(text.meetings.get(), text)
        correct(
            text, "p2", f"{title}! {title}.", "A word was missing in the text, as the issuer put it right."
        )
        text.issuer_state, text.issuer_state_note = "retracted", "By a note of 5 March, without a reason."
        text.save()
        verbs.publish(text, by=None, note="It was retracted.")
        held = text.meetings.get().pk
        for name in (text.pk, f"{text.pk}~p1", f"{text.pk}@1~p2", f"{text.pk}@1", held, f"{held}@1"):
            html = styled(reader.get(f"/embed/{name}/").content.decode())
            for width in WIDTHS:
                said = oembed(reader, f"{SITE}/id/{name}", maxwidth=width).json()
                frames.append((html, said["width"], said["height"], name))
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        page = playwright.chromium.launch(executable_path=chromium, args=arguments).new_page()
        for html, width, height, name in frames:
            page.set_viewport_size({"width": width, "height": 10})
            page.set_content(html, wait_until="commit")
            needed = page.evaluate("document.documentElement.scrollHeight")
            assert needed <= height < needed + 260, (name, width)
