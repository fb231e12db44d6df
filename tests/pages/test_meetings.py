"""The page of our first meeting, and what the others must be able to show."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client

from meetings.models import Commitment

pytestmark = pytest.mark.django_db
FM9 = "/ca-jad/2022/fm-9/"

SENTENCES = {
    1: "Mutual cooperation is important, as partners in keeping up",
    2: "International law has to be upheld: the UN Charter first",
    3: "Nuclear non-proliferation is important.",
    4: "complete denuclearisation of North Korea",
    5: "discussed the first agenda item under its full title",
    6: "Russia’s aggression against Ukraine",
    7: "new development model for the sustainable development of Central Asia",
    8: "Specified Skilled Worker System and the Technical Intern Training Program",
    9: "Trans-Caspian International Transport Route",
    10: "Every Afghan’s rights",
    11: "Thanks to Japan for going on to support border management",
    12: "Japan began the dialogue in 2004",
}
DELEGATES = [
    ("Japan", "HAYASHI Yoshimasa", "Minister for Foreign Affairs"),
    ("Kazakhstan", "TILEUBERDI Mukhtar", "Deputy Prime Minister – Minister of Foreign Affairs"),
    ("Kyrgyzstan", "KULUBAEV Jeenbek", "Minister of Foreign Affairs"),
    ("Tajikistan", "MUHRIDDIN Sirojiddin", "Minister of Foreign Affairs"),
    ("Turkmenistan", "MEREDOV Rashid", "Minister of Foreign Affairs"),
    ("Uzbekistan", "NOROV Vladimir", "Minister of Foreign Affairs"),
]


def text_of(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def test_the_ninth_meeting_says_when_where_and_who_chaired(reader: Client) -> None:
    page = text_of(reader.get(FM9).content.decode())
    assert (
        "Iikura House (飯倉公館), Tokyo, Japan · Saturday 24 December 2022 · chair: HAYASHI Yoshimasa" in page
    )
    assert "「中央アジア+日本」対話・第9回外相会合" in page


@pytest.mark.parametrize(("sentence", "words"), SENTENCES.items())
def test_each_sentence_of_the_report_is_on_its_page(reader: Client, sentence: int, words: str) -> None:
    page = text_of(reader.get(FM9).content.decode())
    assert words in page
    assert f"sentence {sentence} of the report" in page


def test_its_six_delegations_are_as_printed(reader: Client) -> None:
    data = reader.get(f"{FM9}?format=json").json()
    found = [
        (delegation["country"]["name"], delegate["name"], delegate["title"])
        for delegation in data["delegations"]
        for delegate in delegation["delegates"]
    ]
    assert found == DELEGATES
    page = text_of(reader.get(FM9).content.decode())
    for _country, name, title in DELEGATES:
        assert name in page
        assert title in page


def test_its_outcomes_have_verb_actors_topics_and_links(reader: Client) -> None:
    data = reader.get(f"{FM9}?format=json").json()
    natures = [one["nature"] for one in data["outcomes"]]
    assert (natures.count("commitment"), natures.count("remark"), natures.count("background")) == (17, 6, 4)
    fifth = next(one for one in data["outcomes"] if one["nature"] == "commitment" and one["number"] == 5)
    assert fifth["verb"] == "reaffirmed"
    assert fifth["strength"] == "affirms"
    assert [actor["code"] for actor in fifth["actors"]] == ["jp", "kz", "kg", "tj", "tm", "uz"]
    assert [topic["slug"] for topic in fifth["topics"]] == ["dprk", "nonproliferation"]
    assert [link["relation"] for link in fifth["links"]] == ["repeats"]
    assert fifth["agenda_item"] is None
    html = reader.get(FM9).content.decode()
    for one in data["outcomes"]:
        assert one["summary"] in unescape(html)
    assert "Under no known agenda item" in html


def test_agenda_and_outcomes_lead_to_each_other(reader: Client) -> None:
    html = reader.get(FM9).content.decode()
    assert 'id="a1"' in html
    assert 'id="a2"' in html
    said = Commitment.objects.get(key="ca-jad-fm-09-c06")
    assert f'href="/{said.pid.path}/"' in html
    assert f'href="{FM9}#a1"' in reader.get(f"/{said.pid.path}/").content.decode()


def test_its_statement_and_sources_are_listed(reader: Client) -> None:
    html = reader.get(FM9).content.decode()
    assert 'href="/ca-jad/2022/fm-9/joint-statement/"' in html
    assert "https://www.mofa.go.jp/press/release/press4e_003190.html" in html
    assert "Arab News" in html


def test_a_summary_is_never_taken_for_the_issuers_text(reader: Client) -> None:
    page = text_of(reader.get(f"{FM9}joint-statement/").content.decode())
    assert "Not the issuer’s text." in page
    data = reader.get(f"{FM9}joint-statement/?format=json").json()
    assert [(text["segment"], len(text["paragraphs"])) for text in data["texts"]] == [("en-x-summary", 5)]


def test_the_series_has_the_unnumbered_meeting_in_its_place(reader: Client) -> None:
    data = reader.get("/ca-jad/fm/?format=json").json()
    assert [(row["ordinal"], row["start"][:4]) for row in data["results"]] == [
        (1, "2004"),
        (2, "2006"),
        (3, "2010"),
        (4, "2012"),
        (5, "2014"),
        (6, "2017"),
        (7, "2019"),
        (None, "2020"),
        (8, "2022"),
        (9, "2022"),
    ]


def test_the_matrix_shows_who_sent_whom(reader: Client) -> None:
    data = reader.get("/ca-jad/fm/?format=json").json()
    ordinals = {row["id"]: row["ordinal"] or row["start"][:4] for row in data["results"]}
    marks = {
        (row["country"]["code"], ordinals[cell["meeting"]]): cell["mark"]
        for row in data["attendance"]
        for cell in row["meetings"]
    }
    assert marks["tm", 1] == marks["tm", 3] == "ambassador"
    assert marks["tm", 2] == "absent"
    assert marks["kz", 2] == "envoy"
    assert marks["tm", 7] == "deputy"
    assert marks["jp", 9] == "minister"
    assert marks["af", 7] == marks["af", 2] == "minister"
    assert marks["af", 9] == "not_recorded"
    assert [row["country"]["code"] for row in data["attendance"] if not row["is_member"]] == ["af"]
    assert "PIRMUHAMEDOV Soltan" in text_of(reader.get("/ca-jad/fm/").content.decode())
    page = text_of(reader.get("/ca-jad/fm/attendance/").content.decode())
    assert "PIRMUHAMEDOV Soltan Ambassador Extraordinary and Plenipotentiary to Uzbekistan" in page
    assert "Took part in the third session." in page


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/ca-jad/2024/summit-08-09/", "‖ Postponed"),
        ("/korea-central-asia/2026/summit-1/", "◷ Announced"),
        ("/ca-jad/undated/som-4/", "date not known"),
        ("/ca-jad/2006/tokyo-dialogue-1/", "March 2006"),
        ("/korea-central-asia/2016/forum-10/", "· 2016"),
        ("/ca-jad/2025/summit-1/", "19–20 December 2025"),
        ("/ca-jad/2020/fm-special/", "Special Foreign Ministers’ Meeting"),
        ("/gcc-central-asia/2024/fm-2/", "co-chair: AL THANI Mohammed bin Abdulrahman"),
        ("/eu-central-asia/2022/fm-18/", "the one we follow"),
        ("/ca-jad/2006/fm-2/", "SPANTA is used"),
        ("/korea-central-asia/2019/forum-12/", "Nur-Sultan (today Astana)"),
        ("/ca-jad/2004/fm-1/", "name not stated in the source"),
        ("/ca-jad/2010/fm-3/", "in place of the foreign minister"),
        ("/eu-central-asia/2016/fm-12/", "not verified"),
    ],
)
def test_every_kind_of_meeting_is_borne(reader: Client, path: str, words: str) -> None:
    assert words in text_of(reader.get(path).content.decode())


def test_what_is_not_recorded_is_not_called_absent(reader: Client) -> None:
    page = text_of(reader.get("/ca-jad/2005/som-1/").content.decode())
    assert "not recorded: no source we read says whether it took part" in page
    assert "Not recorded is not the same as absent." in page


def test_a_chain_is_followed_through_the_years(reader: Client) -> None:
    said = Commitment.objects.get(key="ca-jad-fm-09-c05")
    page = text_of(reader.get(f"/{said.pid.path}/").content.decode())
    earlier = Commitment.objects.get(key="ca-jad-fm-06-c03")
    assert earlier.summary in page
    assert "repeats" in page
    assert "this archive says so" in page
