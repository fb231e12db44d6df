"""Search as its readers meet it."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

import feedparser
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import etree

from archive.models import SearchEntry
from archive.search import direct, postings
from archive.search.fields import STANDING
from meetings.models import AgendaItem, Meeting, Statement
from registry import verbs
from registry.models import Edition, Pid
from tests import makers

pytestmark = pytest.mark.django_db


def found(reader: Client, q: str, **more: str) -> dict[str, Any]:
    data: dict[str, Any] = reader.get("/search/", {"q": q, "format": "json", **more}).json()
    return data


def named(data: dict[str, Any]) -> list[tuple[str, str]]:
    return [(hit["type"], hit["title"]) for hit in data["direct"]]


def test_words_that_very_many_meetings_are_called_by_name_none_of_them(
    reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = "9th Foreign Ministers’ Meeting"
    assert {kind for kind, _title in named(found(reader, asked))} == {"meeting"}
    monkeypatch.setattr(direct, "MOST_CALLED", 0)
    assert named(found(reader, asked.lower())) == []
    assert named(found(reader, "Japan"))[0] == ("country", "Japan")


def test_the_empty_search_says_what_there_is(reader: Client) -> None:
    page = reader.get("/search/").content.decode()
    assert 'href="/search/?type=meeting"' in page
    assert "How to ask" in page


@pytest.mark.parametrize("name", ["Hayashi", "HAYASHI", "林芳正", "Хаяси", "hayasi", "Yoshimasa Hayashi"])
def test_a_minister_is_found_in_any_script(reader: Client, name: str) -> None:
    assert named(found(reader, name))[0] == ("minister", "HAYASHI Yoshimasa")


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("9th Foreign Ministers' Meeting Central Asia plus Japan", "9th Foreign Ministers’ Meeting"),
        ("CA+JAD FM 9", "9th Foreign Ministers’ Meeting"),
        ("ca-jad fm 9", "9th Foreign Ministers’ Meeting"),
    ],
)
def test_a_meeting_is_found_by_its_number(reader: Client, typed: str, title: str) -> None:
    assert named(found(reader, typed))[0] == ("meeting", title)


@pytest.mark.parametrize("name", ["G7", "G-7", "g-7", "g‑7"])
def test_a_dialogue_is_found_with_and_without_the_hyphen_of_its_name(reader: Client, name: str) -> None:
    data = found(reader, name)
    assert named(data)[0][0] == "dialogue"
    assert data["direct"][0]["url"].endswith("/g7/")


@pytest.mark.parametrize("name", ["Kazakhstan", "Казахстан", "カザフスタン", "KZ"])
def test_a_country_is_found_by_any_of_its_names(reader: Client, name: str) -> None:
    assert named(found(reader, name))[0] == ("country", "Kazakhstan")


@pytest.mark.parametrize(
    "typed",
    [
        "25hxwjjb",
        "25HX-WJJB",
        "25hxwjjb@1~p2",
        "/id/25hxwjjb",
        "http://127.0.0.1:8000/id/25hxwjjb@1~p2",
        "See Joint Statement, http://127.0.0.1:8000/id/25hxwjjb@1~p2, accessed today.",
    ],
)
def test_an_id_or_a_footnote_is_found_as_what_it_names(reader: Client, typed: str) -> None:
    assert found(reader, typed)["cited"]["id"] == "25hxwjjb"


def test_a_hit_leads_to_its_paragraph_with_the_words_marked(reader: Client) -> None:
    held = makers.meeting(makers.published(makers.dialogue()))
    makers.published(held, makers.statement(held, "One.", "They met <b>quokkas</b> & wombats."))
    data = found(reader, "quokkas")
    hit = data["results"][0]
    assert hit["marked"] == ["quokkas"]
    assert hit["number"] == "2"
    page = reader.get("/search/?q=quokkas").content.decode()
    assert "They met &lt;b&gt;<mark>quokkas</mark>&lt;/b&gt; &amp; wombats." in page
    path = hit["url"].removeprefix("http://127.0.0.1:8000")
    assert path == "/xx-dialogue/2021/fm-1/joint-statement/en/~p2/"
    assert reader.get(path).status_code == 200
    assert reader.get(hit["permanent"].removeprefix("http://127.0.0.1:8000")).status_code == 303


@pytest.mark.parametrize("number", ["7", "preamble 12", "General (5)"])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_hit_of_a_paragraph_has_its_number_as_a_link(
    reader: Client, number: str, language: str
) -> None:
    held = makers.meeting(makers.published(makers.dialogue()))
    said = makers.statement(held, "Quokkas.", "Of quokkas: 協力", title="Quokkas", language=language)
    said.texts.get().paragraphs.update(number_printed=number)
    makers.published(held, said)
    page = reader.get("/search/?q=quokkas&type=paragraph").content.decode()
    for key in ("p1", "p2"):
        address = f"http://127.0.0.1:8000/xx-dialogue/2021/fm-1/joint-statement/{language}/~{key}/"
        number_linked = (
            f'<a class="para" href="{address}"><span class="hidden">Paragraph</span>¶ {number}</a>'
        )
        assert number_linked in page, page
    words = "".join(page.splitlines())
    assert f'</a> <span lang="{language}">Of <mark>quokkas</mark>: 協力</span>' in words


@pytest.mark.parametrize(("printed", "shown"), [("", "1."), ("2.", "2."), ("(a)", "(a)"), ("IV", "IV.")])
def test_the_number_of_an_item_has_one_dot_at_most(reader: Client, printed: str, shown: str) -> None:
    held = makers.meeting(makers.published(makers.dialogue()))
    AgendaItem.objects.create(
        meeting=held, number=1, title="Quokkas", number_printed=printed, summary="Their islands."
    )
    makers.published(held)
    page = reader.get("/search/?q=quokkas").content.decode()
    assert f'<span class="para">{shown}</span>' in page


def test_what_is_not_understood_is_told_with_its_place_and_the_rest_is_searched(reader: Client) -> None:
    data = found(reader, '"rule of law')
    assert data["count"] > 0
    assert data["faults"] == [
        {
            "start": 0,
            "end": 12,
            "message": "This quotation mark is not closed; all after it is one phrase.",
        }
    ]
    assert "<mark>&quot;rule of law</mark>" in reader.get("/search/?q=%22rule+of+law").content.decode()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Хаяси 2022", "Hayashi 2022"),
        ("Hayasi Tokyo", "Hayashi Tokyo"),
        ("countries of the region", "countries region"),
        ("year: 2010", "year:2010"),
        ("year:2020..2010", "year:2010..2020"),
        ("*terror", "terror"),
        ("ter*ror", "ter*"),
        ("AND law", "law"),
        ("law by:", "law"),
        ("G-7", "G7"),
        ("TICAD IX", "TICAD 9"),
        ("ninth summit", "9th summit"),
    ],
)
def test_what_is_written_in_another_way_finds_the_same(reader: Client, typed: str, meant: str) -> None:
    data = found(reader, typed)
    assert data["count"] == found(reader, meant)["count"] > 0
    is_told = any(sign in typed for sign in (":", "*", "AND"))
    assert bool(data["faults"]) == is_told
    assert data["not_looked_for"] == (["of", "the"] if " of the " in typed else [])


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("japan AND NOT russia", 0),
        ("(japan OR china) AND NOT russia", 0),
        ("water OR NOT japan", 0),
        ("japan AND -russia", 0),
        ("japan AND", 1),
        ("AND japan", 1),
        ("japan NOT AND russia", 2),
    ],
)
def test_an_operator_is_told_only_where_it_joins_nothing(reader: Client, typed: str, told: int) -> None:
    assert len(found(reader, typed)["faults"]) == told


def test_each_condition_can_be_taken_away(reader: Client) -> None:
    page = reader.get("/search/?q=law+-energy&country=jp").content.decode()
    for address in (
        "/search/?q=-energy&amp;country=jp",
        "/search/?q=law&amp;country=jp",
        "/search/?q=law+-energy",
    ):
        assert f'href="{address}"' in page


@pytest.mark.parametrize(
    ("typed", "addresses"),
    [
        ("(water OR energy) AND transport", ["q=transport", "q=%28water+OR+energy%29"]),
        ("AND water", [""]),
        ("rule AND (law of water) AND energy", ["q=%28law+of+water%29+energy", "q=rule+energy"]),
    ],
)
def test_what_is_left_when_a_condition_is_taken_away_has_no_fault(
    reader: Client, typed: str, addresses: list[str]
) -> None:
    page = reader.get("/search/", {"q": typed}).content.decode()
    for query in addresses:
        address = f"/search/?{query}" if query else "/search/"
        assert f'class="chip" href="{address}"' in page
        if query:
            assert reader.get(f"{address}&format=json").json()["faults"] == []


def test_what_is_offered_with_less_asked_has_no_fault(reader: Client) -> None:
    data = found(reader, "(water OR energy) AND qqqqqqqqqq")
    assert [(one["without"], one["url"].partition("?")[2]) for one in data["wider"]] == [
        ("qqqqqqqqqq", "q=%28water+OR+energy%29")
    ]
    data = found(reader, "(qqqqqqqqqq OR zzzzzzzzzz) AND law")
    assert [one["url"].partition("?")[2] for one in data["wider"]] == ["q=law"]


@pytest.mark.parametrize(
    ("typed", "meant"), [("Uzbekstan", "uzbekistan"), ("Trans-Capsian", "Trans-caspian")]
)
def test_a_misspelt_word_is_searched_as_it_was_meant_and_that_is_said(
    reader: Client, typed: str, meant: str
) -> None:
    data = found(reader, typed)
    assert (data["searched_instead"], data["count"] > 0) == (meant, True)
    assert f"Nothing here is written <em>{typed}</em>" in reader.get(f"/search/?q={typed}").content.decode()


def test_where_nothing_is_found_less_is_offered_with_its_count(reader: Client) -> None:
    data = found(reader, "law qqqqqqqqqq")
    assert data["count"] == 0
    assert [(one["without"], one["count"]) for one in data["wider"]] == [
        ("qqqqqqqqqq", found(reader, "law")["count"])
    ]
    nothing = reader.get("/search/?q=qqqqqqqqqq").content.decode()
    assert "What is held, and what is not" in nothing


def test_fields_narrow_as_the_groups_do(reader: Client) -> None:
    def count(**query: str) -> int:
        number: int = reader.get("/search/", {**query, "format": "json"}).json()["count"]
        return number

    assert count(q="by:japan") == count(country="jp")
    assert count(q="in:ca-jad") == count(dialogue="ca-jad")
    assert count(q="year:2010..2012") == count(year="2010..2012")
    assert count(q="verb:reaffirm") == count(verb="reaffirmed")
    assert count(q="type:meeting") == count(type="meeting") == Meeting.objects.public().count()
    assert count(q="strength:pledges") == count(strength="pledges")


@pytest.mark.parametrize("typed", ["in:ca-jad/fm", "series:CA-JAD/FM", "dialogue:ca-jad/fm", "in:quad/fm"])
def test_a_field_narrows_to_one_series_of_a_dialogue(reader: Client, typed: str) -> None:
    code, track = typed.lower().partition(":")[2].split("/")
    pid = Pid.objects.standing_at([code])[code].value
    held = Edition.objects.current_of(Meeting.objects.public().values("pk"))
    of_series = {
        edition.pid_id
        for edition in held
        if (edition.data["dialogue"]["id"], edition.data["track"]["code"]) == (pid, track)
    }
    meetings = reader.get("/search/", {"q": f"{typed} type:meeting", "format": "jsonl"}).getvalue()  # type: ignore[attr-defined]
    assert {json.loads(line)["id"] for line in meetings.splitlines()} == of_series != set()
    subjects = SearchEntry.objects.select_related("place", "subject")
    marked = [one for one in subjects if f"_s_{pid}_{track}" in one.marks.split()]
    assert (
        found(reader, typed)["count"] == found(reader, "", series=f"{code}/{track}")["count"] == len(marked)
    )


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (
            "in:ca-jad/zz",
            "There is no series “ca-jad/zz”; of this dialogue there are: ca-jad/business, ca-jad/energy, "
            "ca-jad/experts, ca-jad/fm, ca-jad/other, ca-jad/som, ca-jad/summit, ca-jad/tokyo-dialogue.",
        ),
        ("series:fm", "A series is written as ca-jad/fm."),
        ("in:nowhere/fm", "There is no public record called “nowhere” here."),
    ],
)
def test_a_series_that_there_is_not_is_told(reader: Client, typed: str, said: str) -> None:
    data = found(reader, f"{typed} japan")
    assert [fault["message"] for fault in data["faults"]] == [said]
    assert data["count"] == found(reader, "japan")["count"]


def test_results_come_newest_first_where_that_is_asked(reader: Client) -> None:
    data = found(reader, "japan", sort="newest")
    dates = [hit["date"] for hit in data["results"]]
    assert dates == sorted(dates, reverse=True)


def test_a_search_is_followed_by_a_feed_that_tells_of_withdrawals(reader: Client) -> None:
    held = makers.meeting(makers.published(makers.dialogue()))
    said = makers.statement(held, "They met quokkas.")
    makers.published(held, said)
    address = "/search/?q=statement&dialogue=xx-dialogue&format=atom"
    feed = feedparser.parse(reader.get(address).content)
    assert [entry.title for entry in feed.entries] == ["Joint Statement"]
    assert "Joint Statement" in reader.get("/search/?q=quokkas&format=atom").content.decode()
    verbs.withdraw(said, by=None, reason="legal", note="Asked to.")
    told = reader.get(address).content.decode()
    assert f"/id/{said.pk}@1" in told
    assert "deleted-entry" in told


def test_a_search_for_words_is_told_of_withdrawn_commitments_whatever_the_words(reader: Client) -> None:
    """Who follows what was found loses nothing, and nobody can guess word by word what was withdrawn."""
    held = makers.meeting(makers.published(makers.dialogue()))
    said = makers.commitment(held, "To count quokkas every year.")
    makers.published(held, said)
    assert said.pk in reader.get("/search/?q=quokkas&format=atom").content.decode()
    verbs.withdraw(said, by=None, reason="legal", note="Asked to.")

    def deleted(query: str) -> list[str]:
        root = etree.fromstring(reader.get(f"/search/?{query}&format=atom").content)
        return [one.get("ref") for one in root.iter("{http://purl.org/atompub/tombstones/1.0}deleted-entry")]

    gone = [f"http://127.0.0.1:8000/id/{said.pk}@1"]
    words = ("quokkas", "%22count+quokkas%22", "wombats", "wom*", "-quokkas", "NOT+(quokkas+wombats)", "2021")
    for query in words:
        assert deleted(f"q={query}") == gone, query
    for narrowed in ("dialogue=xx-dialogue", "year=2021", "type=commitment", "strength=agrees"):
        assert deleted(f"q=quokkas&{narrowed}") == deleted(narrowed) == gone, narrowed
    for other in ("dialogue=ca-jad", "year=2020", "type=meeting", "strength=intends"):
        assert deleted(f"q=quokkas&{other}") == deleted(other) == [], other
    assert deleted("q=quokkas+in:xx-dialogue+year:2021") == gone
    assert deleted("q=quokkas+-in:xx-dialogue") == []
    assert deleted("q=quokkas+OR+year:2020") == gone
    for form in ("atom", "feed"):
        told = reader.get(f"/search/?q=wombats&format={form}").content.decode()
        assert [word in told for word in (said.pk, "Asked to.", "count")] == [True, True, False], form
    items = reader.get("/search/?q=wombats&format=feed").json()["items"]
    assert [item["title"] for item in items] == [f"Withdrawn: commitment {said.pk}"]
    told = reader.get("/search/?dialogue=xx-dialogue&format=feed").json()["items"]
    assert "Withdrawn: To count quokkas every year" in [item["title"] for item in told]


def test_a_search_makes_the_same_number_of_queries_however_much_there_is(
    reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def queries(address: str) -> int:
        monkeypatch.setattr(postings, "_known", postings.Marked())
        with CaptureQueriesContext(connection) as captured:
            assert reader.get(address).status_code == 200
        return len(captured)

    addresses = [
        "/search/",
        "/search/?q=japan",
        "/search/?q=japan&year=2004..2022&country=jp",
        "/search/?q=by:japan+-in:g7+year:2010..2022+topic:water",
    ]
    before = [queries(address) for address in addresses]
    framework = makers.published(makers.dialogue())
    for number in range(1, 13):
        held = makers.meeting(framework, number)
        makers.published(held, makers.statement(held, "Japan.", "Japan and Kazakhstan."))
    assert [queries(address) for address in addresses] == before


def test_a_bare_year_and_a_written_date_are_understood(reader: Client) -> None:
    assert found(reader, "Trans-Caspian route 2022")["results"][0]["date"] == "2022-12-24"
    first = found(reader, "Joint Statement, 24 December 2022 Central Asia")["results"][0]
    assert (first["type"], first["date"]) == ("statement", "2022-12-24")


@pytest.mark.parametrize(
    ("typed", "kinds"),
    [
        ("in:ca-jad", set()),
        ("-energy", set()),
        ('-"rule of law" law', {"statement", "meeting"}),
        ("cooperation", {"country", "topic"}),
    ],
)
def test_fields_absent_words_and_stems_of_names_name_no_record(
    reader: Client, typed: str, kinds: set[str]
) -> None:
    assert {kind for kind, _title in named(found(reader, typed))} <= kinds


@pytest.mark.parametrize("typed", ["foo:bar", "verb:foo", "by:nobody-at-all", "OR", "year:2010-12"])
def test_what_is_not_understood_at_all_finds_nothing(reader: Client, typed: str) -> None:
    assert found(reader, typed)["count"] == 0


@pytest.mark.parametrize("typed", ["茂木", "岸田", "林", "第9回"])
def test_beginnings_of_japanese_names_are_found(reader: Client, typed: str) -> None:
    assert found(reader, typed)["count"] > 0


@pytest.mark.parametrize("typed", ["lang:ru", "TICAD VIII", "café law"])
def test_what_is_no_misspelt_word_is_left_as_it_is(reader: Client, typed: str) -> None:
    assert found(reader, typed)["searched_instead"] is None


def test_more_hits_than_are_ranked_are_all_given(reader: Client) -> None:
    data = found(reader, "-energy")
    assert data["count"] > 1000
    lines = b"".join(reader.get("/search/?q=-energy&format=jsonl").streaming_content)  # type: ignore[attr-defined]
    assert len(lines.splitlines()) == data["count"]


def test_many_beginnings_and_unknown_words_cost_few_queries(reader: Client) -> None:
    typed = " ".join(
        [*(f"{letter}{letter}q*" for letter in "abcdefghijkl"), *(f"qqqq{n}q" for n in range(20))]
    )
    with CaptureQueriesContext(connection) as captured:
        assert reader.get("/search/", {"q": typed, "format": "json"}).status_code == 200
    assert len(captured) < 60


HOSTILE = (
    "\x00",
    "AND OR NOT",
    "((((((((((((((((((((((((((((((a",
    '"' * 99,
    "a" * 100_000,
    "-" * 50,
    "*",
    "year:0 year:99999 year:-1",
    "by: in:",
    "🦘",
    "٢٠٢٢",
    "\ud800",
    "' OR 1=1 --",
    "a AND (b OR",
    "_k_meeting",
    "NEAR(a b)",
    "x:y:z",
    "AND",
    ")(",
)


@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
def test_whatever_is_typed_is_answered(reader: Client, typed: str) -> None:
    encoded = typed.encode("utf-8", "surrogatepass")
    answer = reader.get("/search/", {"q": encoded, "format": "json"})
    assert answer.status_code in (200, 400, 414)
    assert len(answer.content) < 1_000_000


def test_statements_of_every_language_are_found_by_their_words(reader: Client) -> None:
    held = makers.meeting(makers.published(makers.dialogue()))
    japanese = makers.statement(held, "閣僚は有袋類の保護で一致した。", title="共同声明", language="ja")
    russian = makers.statement(
        held, "Министры договорились о защите квокк.", title="Заявление", language="ru"
    )
    makers.published(held, japanese, russian)
    for typed in ("有袋類", "有袋類の保護", "閣僚", "袋"):
        assert [hit["id"] for hit in found(reader, typed, type="paragraph")["results"]][:1] == [japanese.pk]
    for typed in ("квокка", "квокки защита", '"защите квокк"', "МИНИСТРЫ квокк"):
        assert [hit["id"] for hit in found(reader, typed)["results"]] == [russian.pk]
    assert Statement.objects.get(pk=russian.pk).pid.is_public


def test_a_minister_is_called_by_every_recorded_name_to_the_letter() -> None:
    [called] = direct.named("Ёко Камикава", STANDING)
    assert [(one.title, one.share) for one in called] == [("KAMIKAWA Yoko", 1.0)]


def test_results_can_be_set_densely_and_every_link_keeps_that(reader: Client) -> None:
    roomy = reader.get("/search/?q=japan&year=2010&sort=newest&page=2").content.decode()
    assert 'href="/search/?q=japan&amp;year=2010&amp;sort=newest&amp;density=dense&amp;page=2"' in roomy
    assert '<ol class="hitlist"' in roomy
    page = reader.get("/search/?q=japan&year=2010&sort=newest&density=dense&page=2").content.decode()
    assert '<ol class="hitlist dense"' in page
    assert re.findall(r'<h3><a href="([^"]*)', page) == re.findall(r'<h3><a href="([^"]*)', roomy) != []
    assert '<input type="hidden" name="density" value="dense">' in page
    links = {unescape(one) for one in re.findall(r'href="(/search/\?[^"]*)"', page)}
    others = {one for one in links if "density=dense" not in one}
    forms = {one for one in others if "format=" in one}
    assert others - forms == {"/search/?q=japan&year=2010&sort=newest&page=2"}
    assert len(links - others) > 20
    assert all("density" not in one for one in forms)
    assert reader.get("/search/?q=japan&density=roomy")["Location"] == "/search/?q=japan"
    feed = feedparser.parse(reader.get("/search/?q=japan&density=dense&format=atom").content).feed
    assert feed.id == "http://127.0.0.1:8000/search/?q=japan"


def test_another_density_is_refused_with_those_there_are(reader: Client) -> None:
    answer = reader.get("/search/?q=japan&density=packed", headers={"accept": "application/json"})
    assert answer.status_code == 400
    assert answer.json()["errors"] == [{"field": "density", "detail": "Results are set “roomy” or “dense”."}]
    assert reader.get("/search/?q=japan&density=dense&density=dense").status_code == 400


def test_the_link_to_the_groups_opens_their_drawer_and_no_other_address_keeps_that(reader: Client) -> None:
    drawer = re.compile(r'<aside id="narrow"[^>]*><details class="drawer"( open)?>')
    closed = reader.get("/search/?q=japan&sort=newest").content.decode()
    assert drawer.findall(closed) == [""]
    address = "/search/?q=japan&sort=newest&groups=open"
    assert f'<p class="narrow"><a href="{address}#narrow" rel="nofollow">' in unescape(closed)
    answer = reader.get(address)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert drawer.findall(page) == [" open"]
    links = [unescape(one) for one in re.findall(r'href="(/search/\?[^"]*)"', page)]
    assert [one for one in links if "groups=" in one] == [f"{address}#narrow"]
    assert len(links) > 20
    assert reader.get("/search/?groups=open&q=japan&sort=newest")["Location"] == address
    refused = reader.get("/search/?q=japan&groups=shut", headers={"accept": "application/json"})
    assert refused.json()["errors"] == [
        {"field": "groups", "detail": "The groups are “open”, or leave it out."}
    ]


def test_dense_rows_begin_near_the_first_mark_and_data_stay_as_they_are(reader: Client) -> None:
    of = makers.dialogue()
    at = makers.meeting(of)
    makers.published(of, at, makers.commitment(at, summary="A long way " * 20 + "to zzyzx."))
    page = reader.get("/search/?q=zzyzx&density=dense").content.decode()
    (words,) = re.findall(r'<p class="words"><span[^>]*>\s*(…[^<]*)<mark>zzyzx</mark>', page)
    assert words == "…A long way A long way A long way to "
    dense, roomy = (found(reader, "zzyzx", density=one)["results"] for one in ("dense", "roomy"))
    assert dense == roomy
    assert dense[0]["excerpt"].startswith("A long way A long way")


@pytest.mark.parametrize("invisible", ["\u00ad", "\u200b", "\u2060", "\ufeff"])
def test_soft_hyphens_and_characters_of_no_width_are_ignored(reader: Client, invisible: str) -> None:
    data = found(reader, f"co{invisible}operation{invisible} in:ca{invisible}-jad")
    plain = found(reader, "cooperation in:ca-jad")
    assert (data["query"], data["count"]) == (plain["query"], plain["count"])
    assert plain["count"] > 0
