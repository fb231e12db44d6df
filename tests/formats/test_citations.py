"""Ready citations: exact words, worked out from each style's own rules, and asked for over HTTP."""

from __future__ import annotations

import re
import warnings
from html import escape
from itertools import chain, combinations
from typing import Any

import citeproc
import pytest
from citeproc.source.json import CiteProcJSON
from django.test import Client

from archive.formats import citations, csl
from archive.formats.processor import Style, StyleError
from archive.formats.reference import Reference
from tests.formats.expected import EXPECTED, JOINT
from tests.formats.references import by_name, every, remarks

pytestmark = pytest.mark.django_db

CASES = [(name, style) for name, styles in EXPECTED.items() for style in styles]


def page_of(reference: Reference) -> str:
    return f"{reference.pid.get_absolute_url()}{reference.beneath}"


@pytest.mark.parametrize(("name", "style"), CASES)
def test_a_citation_reads_as_its_style_asks(reader: Client, name: str, style: str) -> None:
    reference = by_name(name)
    answer = reader.get(f"{page_of(reference)}?format=txt&style={style}")
    expected = [line.replace("URL", reference.pinned_url) for line in EXPECTED[name][style]]
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content.decode().splitlines() == [re.sub(r"[*$]", "", line) for line in expected]
    made = citations.cite(reference, style)
    assert made.full.html == as_html(expected[0])
    assert (made.in_text.html if made.in_text else None) == (as_html(expected[1]) if expected[1:] else None)


def as_html(line: str) -> str:
    line = re.sub(r"\*(.*?)\*", r"<i>\1</i>", escape(line))
    return re.sub(r"\$(.*?)\$", r'<span class="small-caps">\1</span>', line)


def test_every_style_is_tried_here() -> None:
    assert all(list(styles) == list(citations.STYLES) for styles in EXPECTED.values())


def test_plain_text_has_both_addresses_and_all_eight_citations(reader: Client) -> None:
    reference = by_name("paragraph")
    text = reader.get(f"{page_of(reference)}?format=txt").content.decode()
    lines = text.splitlines()
    assert lines[:6] == [
        JOINT,
        "",
        "This exact text (edition 1):",
        f"http://127.0.0.1:8000/id/{reference.pid.value}@1~p1",
        "This record, always current:",
        f"http://127.0.0.1:8000/id/{reference.pid.value}/en-x-summary/~p1",
    ]
    for label, style in (("APA 7", "apa"), ("Bluebook 21", "bluebook"), ("SIST 02", "sist-02")):
        place = lines.index(label)
        assert lines[place + 1] == re.sub(r"[*$]", "", EXPECTED["paragraph"][style][0]).replace(
            "URL", reference.pinned_url
        )
    assert text.count(reference.pinned_url) == 9


@pytest.mark.parametrize(
    "query", ["style=harvard", "style=", "style=apa&style=mla", "style=APA", "style=a%00b"]
)
def test_an_unknown_style_is_refused_with_the_styles_there_are(reader: Client, query: str) -> None:
    answer = reader.get(f"/ca-jad/2022/fm-9/?format=txt&{query}")
    assert answer.status_code == 400
    if "%00" not in query:
        assert "apa, chicago-notes, chicago-author-date, mla" in answer.content.decode()


def test_an_unknown_style_is_refused_as_problem_details(reader: Client) -> None:
    answer = reader.get("/ca-jad/2022/fm-9/?format=json&style=harvard")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert answer.json()["errors"][0]["field"] == "style"


def test_a_citation_of_an_old_edition_names_that_edition(reader: Client) -> None:
    reference = by_name("meeting")
    text = reader.get(f"/{reference.pid.path}@1/?format=txt&style=apa").content.decode()
    assert f"/id/{reference.pid.value}@1\n" in text


def test_what_nobody_is_named_for_begins_with_its_title(reader: Client) -> None:
    reference = by_name("not named")
    title = "Overview of the 11th Mekong-Japan Ministerial Meeting"
    apa = reader.get(f"{page_of(reference)}?format=txt&style=apa").content.decode().splitlines()
    assert apa == [
        f"{title} [Overview by one party]. (2018, August 3). 11th Foreign Ministers’ Meeting, Singapore."
        f" Dialogues. {reference.pinned_url}",
        f"({title}, 2018)",
    ]


def test_a_meeting_that_was_not_held_is_never_cited_as_held(reader: Client) -> None:
    reference = by_name("postponed")
    for style in citations.STYLES:
        text = reader.get(f"{page_of(reference)}?format=txt&style={style}").content.decode()
        assert "postponed" in text.lower(), style


def test_titles_cannot_become_markup() -> None:
    reference = remarks('<b>Bold</b> & <script>alert(1)</script> <span class="nocase">x</span> \ue000')
    for citation in citations.citations(reference):
        assert "&lt;b&gt;Bold&lt;/b&gt; &amp; &lt;script&gt;" in citation.full.html
        assert set(re.findall(r"<[^>]*>", citation.full.html)) <= {
            "<i>",
            "</i>",
            '<span class="small-caps">',
            "</span>",
        }
        assert not re.search("[\ue000-\uf8ff]", citation.full.text + citation.full.html)


QUOTED = {
    'A "free and open" order': ("“A ‘free and open’ order,”", "‘A “free and open” order’"),
    "What next?": ("“What next?,”", "‘What next?’"),
    "On the “order”": ("“On the ‘order,’”", "‘On the “order”’"),
    "Ministers' words ('now')": ("“Ministers’ words (‘now’),”", "‘Ministers’ words (“now”)’"),
}


@pytest.mark.parametrize("title", QUOTED)
def test_quotation_marks_nest_and_punctuation_keeps_its_side(title: str) -> None:
    american, british = QUOTED[title]
    reference = remarks(title)
    item = {**citations.for_print(csl.item(reference)), "type": "webpage"}
    assert american in citations.style("chicago-notes").cite(item).text
    assert british in citations.style("oscola").cite(item).text


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("What next?", "“What next?” Opening"),
        ("And so on…", "“And so on…” Opening"),
        ("The U.S.", "“The U.S.” Opening"),
        ("共同声明。", "“共同声明。” Opening"),
    ],
)
def test_no_full_stop_follows_another_mark_that_ends_a_sentence(title: str, said: str) -> None:
    assert said in citations.cite(remarks(title), "chicago-author-date").full.text


@pytest.mark.parametrize(
    ("locator", "said"),
    [
        ("4", "para. 4"),
        ("4-6", "paras. 4–6"),
        ("4, 7", "paras. 4, 7"),
        ("4.2", "para. 4.2"),
        ("annex1-2", "para. annex1-2"),
    ],
)
def test_several_paragraphs_are_counted_as_several(locator: str, said: str) -> None:
    item = {**csl.item(by_name("statement")), "locator": locator}
    assert f"2022, {said})" in citations.cited(item, "apa").in_text.text  # type: ignore[union-attr]


RANGES = {
    ("2025-12-19", "2025-12-20"): ("2025, December 19–20", "December 19–20, 2025", "2025-12-19/20"),
    ("2025-11-30", "2025-12-02"): (
        "2025, November 30–December 2",
        "November 30–December 2, 2025",
        "2025-11-30/12-02",
    ),
    ("2025-12-30", "2026-01-02"): (
        "2025, December 30–2026, January 2",
        "December 30, 2025–January 2, 2026",
        "2025-12-30/2026-01-02",
    ),
    ("2025-05", "2025-06"): ("2025, May–June", "May–June 2025", "2025-05/06"),
    ("2025-12", "2025-12-20"): ("2025, December", "December 2025", "2025-12"),
    ("2025-11-30", "2025-12"): ("2025, November–December", "November–December 2025", "2025-11/12"),
    ("2025-12-30", "2026"): ("2025–2026", "2025–2026", "2025/2026"),
    ("2025", "2026"): ("2025–2026", "2025–2026", "2025/2026"),
}


@pytest.mark.parametrize("period", RANGES)
def test_a_range_says_once_what_both_days_share(period: tuple[str, str]) -> None:
    apa, chicago, gb = RANGES[period]
    item = {**csl.item(by_name("statement")), "issued": csl.date(*period)}
    assert f"({apa})" in citations.cited(item, "apa").full.text
    assert f"(Tokyo, {chicago})" in citations.cited(item, "chicago-notes").full.text
    assert f"({gb})" in citations.cited(item, "gb-t-7714").full.text


def test_undated_things_say_so_where_the_style_asks() -> None:
    item = csl.item(by_name("statement"))
    del item["issued"]
    assert "Japan. (n.d.). " in citations.cited(item, "apa").full.text
    assert "Japan. n.d. Joint" in citations.cited(item, "chicago-author-date").full.text
    assert "(Tokyo), Dialogues" in citations.cited(item, "chicago-notes").full.text


def test_a_style_with_something_unsupported_is_refused_when_read(tmp_path: Any) -> None:
    text = (citations.FOLDER / "apa.csl").read_text(encoding="utf-8")
    for bad in ('text-case="title"', 'strip-periods="true"'):
        path = tmp_path / "bad.csl"
        path.write_text(text.replace('variable="archive"', f'variable="archive" {bad}'), encoding="utf-8")
        with pytest.raises(StyleError):
            Style.read(path, citations.FOLDER / "locale-en.xml")


@pytest.mark.parametrize("name", citations.STYLES)
def test_our_styles_are_valid_csl(name: str) -> None:
    citeproc.CitationStylesStyle(str(citations.FOLDER / f"{name}.csl"), validate=True)


@pytest.mark.parametrize("name", citations.STYLES)
def test_another_processor_writes_the_same_words(name: str) -> None:
    """citeproc-py, which moves no punctuation and fails at ranges of dates: words in order are compared."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        other = citeproc.CitationStylesStyle(str(citations.FOLDER / f"{name}.csl"), validate=False)
    references = [one for one in every() if not one.ended]
    for reference in references[::40] + references[-20:]:
        item = citations.for_print(csl.item(reference))
        assert words(citations.cited(item, name).full.text) == words(by_citeproc(other, item)), item


def by_citeproc(style: Any, item: dict[str, Any]) -> str:
    known = {
        key: value for key, value in item.items() if key not in ("custom", "locator", "version", "status")
    }
    locator = {"locator": citeproc.Locator("paragraph", item["locator"])} if "locator" in item else {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        listed = citeproc.CitationStylesBibliography(
            style, CiteProcJSON([{**known, "id": "x"}]), citeproc.formatter.plain
        )
        citation = citeproc.Citation([citeproc.CitationItem("x", **locator)])
        listed.register(citation)
    if style.has_bibliography():
        return str(listed.bibliography()[0])
    return str(listed.cite(citation, lambda item: None))


def words(text: str) -> list[str]:
    return re.findall(r"[\w¶]+", text)


LOOSE = re.compile(r"[.。！？?!] ?\.(?!\w)|[ (]\.|, ?[,.;:)]|\(\)|\( |\[\]|“”|  ")
PARTS = {
    "place": ("event-place", "publisher-place"),
    "date": ("issued", "event-date"),
    "issuer": ("author", "publisher"),
}


@pytest.mark.parametrize("style", citations.STYLES)
@pytest.mark.parametrize("name", ["meeting", "statement", "paragraph", "commitment", "treaty"])
def test_no_mark_is_left_over_where_parts_are_missing(name: str, style: str) -> None:
    item = csl.item(by_name(name))
    for missing in chain.from_iterable(combinations(PARTS, count) for count in range(len(PARTS) + 1)):
        gone = {key for part in missing for key in PARTS[part]}
        cited = citations.cited({key: value for key, value in item.items() if key not in gone}, style)
        for said in (cited.full.text, cited.in_text.text if cited.in_text else ""):
            assert not LOOSE.search(said), (missing, said)
