"""Pages on paper, A4 and Letter: printed to PDF by Chromium, their words and addresses read back from it."""

from __future__ import annotations

import json
import re
import urllib.request
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
FM9 = "/ca-jad/2022/fm-9/"
STATEMENT = f"{FM9}joint-statement/"
PARAGRAPH = f"{STATEMENT}en-x-summary/~p2/"
TRACK = "/ca-jad/fm/"
A4, LETTER = (596, 843), (612, 792)


class Printed:
    """A PDF: its pages' sizes in points, and their words."""

    def __init__(self, path: Path) -> None:
        document = pypdfium2.PdfDocument(path)
        self.sizes = [tuple(round(side) for side in page.get_size()) for page in document]
        self.pages = []
        self.rights = []
        """Of each page where its rightmost letter ends."""
        for page in document:
            text = page.get_textpage()
            self.pages.append(text.get_text_range())
            letters = [n for n in range(text.count_chars()) if text.get_text_range(n, 1).strip()]
            self.rights.append(max(text.get_charbox(n)[2] for n in letters))
            text.close()
            page.close()
        document.close()
        self.path = path
        self.text = "\n".join(self.pages)

    def left_of(self, words: str) -> str:
        """What stands in the margin on the line where these words begin, on the first page that has them."""
        document = pypdfium2.PdfDocument(self.path)
        number = next(number for number, page in enumerate(self.pages) if words in page)
        page = document[number]
        text = page.get_textpage()
        place, _count = text.search(words).get_next()
        left, bottom, _right, top = text.get_charbox(place)
        found = text.get_text_bounded(left=0, bottom=bottom - 2, right=left - 1, top=top + 4)
        text.close()
        page.close()
        document.close()
        return str(found).strip()


@pytest.fixture
def printed(browser: Browser, served_archive: str, tmp_path: Path) -> Any:
    def to_pdf(path: str, paper: str = "A4") -> Printed:
        page = browser.new_page()
        page.goto(served_archive + path)
        page.pdf(path=tmp_path / "page.pdf", format=paper)
        page.close()
        return Printed(tmp_path / "page.pdf")

    return to_pdf


def data(served: str, path: str) -> Any:
    with urllib.request.urlopen(f"{served}{path}{'&' if '?' in path else '?'}format=json") as answer:
        return json.load(answer)


def squeezed(text: str) -> str:
    """Without spaces and the hyphens of line ends, which a PDF has where it likes."""
    return re.sub(r"[\s\u00ad\u200b\ufffe\u0002-]+", "", text)


@pytest.mark.parametrize(("paper", "size"), [("A4", A4), ("Letter", LETTER)])
@pytest.mark.parametrize("path", [FM9, STATEMENT, PARAGRAPH])
def test_each_page_has_title_permanent_address_and_number(
    printed: Any, served_archive: str, path: str, paper: str, size: tuple[int, int]
) -> None:
    pdf = printed(path, paper)
    assert set(pdf.sizes) == {size}
    record = data(served_archive, path)
    pid, title = (record.get("statement") or record)["id"], (record.get("statement") or record)["title"]
    address = f"{served_archive}/id/{pid}@1" + ("~p2" if path == PARAGRAPH else "")
    for number, words in enumerate(pdf.pages, 1):
        assert f"{title} {address}" in " ".join(words.split()), number
        assert f"{number} / {len(pdf.pages)}" in words


def test_the_text_is_that_of_the_page_with_its_numbers(printed: Any, served_archive: str) -> None:
    paragraphs = data(served_archive, STATEMENT)["texts"][0]["paragraphs"]
    assert len(paragraphs) == 5
    pdf = printed(STATEMENT)
    words = squeezed(pdf.text)
    for paragraph in paragraphs:
        assert squeezed(paragraph["text"]) in words, paragraph
        assert pdf.left_of(paragraph["text"][:24]) == str(paragraph["number"])


def test_edition_hash_and_both_addresses_stand_at_the_end(printed: Any, served_archive: str) -> None:
    record = data(served_archive, STATEMENT)
    last = squeezed(printed(STATEMENT).pages[-1])
    for expected in (
        "Printed from edition 1 of",
        record["edition"]["sha256"],
        f"Permanent address of this text: {served_archive}/id/{record['id']}@1",
        f"Always current: {served_archive}/id/{record['id']}",
    ):
        assert squeezed(expected) in last


def test_no_address_of_a_link_is_lost(browser: Browser, printed: Any, served_archive: str) -> None:
    page = browser.new_page()
    page.goto(served_archive + FM9)
    page.emulate_media(media="print")
    links = page.evaluate(
        "[...document.querySelectorAll('main a[href]')].filter(a => a.checkVisibility() && !a.closest('nav'))"
        ".filter(a => !a.getAttribute('href').startsWith('#')).map(a => a.href)"
    )
    page.close()
    words = squeezed(printed(FM9).text)
    assert len(links) > 50
    assert [link for link in set(links) if squeezed(link) not in words] == []


def test_notes_are_numbered_in_order_and_each_address_once(browser: Browser, served_archive: str) -> None:
    page = browser.new_page()
    page.goto(served_archive + FM9)
    notes = page.evaluate("[...document.querySelectorAll('[data-note]')].map(a => [a.dataset.note, a.href])")
    listed = page.evaluate(
        "[...document.querySelectorAll('.addresses-printed li')].map(one => one.textContent)"
    )
    page.close()
    assert len(listed) == len(set(listed))
    assert all(listed[int(number) - 1] == href for number, href in notes)
    assert [int(number) for number, _href in notes][:3] == [1, 2, 3]


def test_screens_show_none_of_it(browser: Browser, served_archive: str) -> None:
    page = browser.new_page()
    page.goto(served_archive + STATEMENT)
    words = page.inner_text("body")
    page.close()
    assert "Printed from edition" not in words
    assert "Permanent address of this text" not in words


def test_the_matrix_lies_on_its_side(printed: Any) -> None:
    pdf = printed(TRACK)
    assert pdf.sizes[0] == A4
    lying = [words for words, size in zip(pdf.pages, pdf.sizes, strict=True) if size == A4[::-1]]
    assert len(lying) == 1
    for expected in ("Who sent whom", "Turkmenistan", "2004", "2022", "Foreign Ministers’ Meetings"):
        assert expected in lying[0]
    assert f"{TRACK}" in lying[0]


def lying(pdf: Printed) -> str:
    """The words of the pages that lie on their side, which are the first; no letter reaches into a margin."""
    number = next((n for n, (width, height) in enumerate(pdf.sizes) if width < height), len(pdf.sizes))
    assert number > 0
    assert all(width < height for width, height in pdf.sizes[number:])
    margins = [40 if width > height else 51 for width, height in pdf.sizes]
    for (width, _height), margin, right in zip(pdf.sizes, margins, pdf.rights, strict=True):
        assert right <= width - margin + 2
    return " ".join(" ".join(pdf.pages[:number]).split())


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_a_matrix_of_fifty_meetings_is_printed_whole_in_blocks(
    printed: Any, served_archive: str, paper: str
) -> None:
    """52 meetings and six sums: two blocks of 29 columns, each with the names of the countries."""
    words = lying(printed("/ca-jad/attendance/", paper))
    assert words.index("Who sent whom") < words.index("Countries by meetings") < words.index("Afghanistan")
    found = data(served_archive, "/ca-jad/attendance/")
    assert len(found["meetings"]) == 52
    letters = squeezed(words)
    for expected in ("special2020", "9Aug2024", "13th2025", "7Dec2004", "15th?", "notheld", "129", "174"):
        assert expected in letters, expected
    for country in found["countries"]:
        assert words.count(country["name"]) == 2
    assert words.count("●") + words.count("★") + words.count("◐") > 90


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_who_meets_whom_is_printed_whole_with_its_closed_table(
    printed: Any, served_archive: str, paper: str
) -> None:
    pdf = printed("/pictures/meets/?least=2", paper)
    words = lying(pdf)
    rows = data(served_archive, "/pictures/meets/?least=2")["results"]
    names = {row["country"] for row in rows} | {row["other"] for row in rows}
    assert len(names) == 32
    assert [name for name in names if squeezed(words).count(squeezed(name)) < 2] == []
    table = squeezed(pdf.text[pdf.text.index("345 pairs") :])
    for row in rows:
        assert squeezed(f"{row['country']}{row['other']}{row['dialogues']}") in table, row


def test_a_narrowed_view_prints_the_address_that_gives_it(printed: Any, served_archive: str) -> None:
    query = (
        "rank=minister&rank=deputy&rank=ambassador&country=jp&country=kz&since=2004&until=2024&sort=-attended"
    )
    pdf = printed(f"/ca-jad/attendance/?{query}&utm_source=letter")
    for words in pdf.pages:
        assert squeezed(f"{served_archive}/ca-jad/attendance/?{query}") in squeezed(words)
        assert "utm_source" not in words
    assert lying(pdf)


def test_menus_forms_and_buttons_are_not_printed(printed: Any) -> None:
    words = printed(FM9).text
    for unwanted in (
        "Skip to the record",
        "Find",
        "Style guide",
        "History of this record",
        "Minister of Nothing",
    ):
        assert unwanted not in words


LONG = " ".join(["The ministers agreed to go on meeting in the years to come."] * 40)


def test_short_paragraphs_stay_whole_and_numbers_with_their_words(
    browser: Browser, served_archive: str, tmp_path: Path
) -> None:
    """Sixty paragraphs of the page’s own markup and styles, one of them long; any page break falls between."""
    page = browser.new_page(bypass_csp=True)
    page.goto(served_archive + STATEMENT)
    page.evaluate(
        """([long]) => {
            const doc = document.querySelector('.doc');
            const first = doc.querySelector('.para');
            first.querySelector('.meta').remove();
            doc.replaceChildren(...Array.from({length: 60}, (_, place) => {
                const para = first.cloneNode(true);
                para.id = `x${place}`;
                para.classList.toggle('short', place !== 20);
                para.querySelector('.number').textContent = `${1000 + place}`;
                para.querySelector('p').textContent = place === 20 ? long
                    : `begin${place} ` + 'and further words of it '.repeat(1 + place % 16) + ` end${place}`;
                return para;
            }));
        }""",
        [LONG],
    )
    page.pdf(path=tmp_path / "page.pdf", format="A4")
    page.close()
    pages = Printed(tmp_path / "page.pdf").pages
    assert len(pages) > 3
    for place in range(60):
        if place == 20:
            continue
        holding = [
            number for number, words in enumerate(pages) if re.search(rf"\b(begin|end){place}\b", words)
        ]
        assert len(holding) == 1, place
        assert f"{1000 + place}" in pages[holding[0]]
    long_at = next(number for number, words in enumerate(pages) if re.search(r"\b1020\b", words))
    assert "The ministers agreed to go on" in pages[long_at]


def test_attendance_is_printed_lying_with_names_and_totals(printed: Any) -> None:
    pdf = printed("/ca-jad/fm/attendance/")
    lying = [words for words, size in zip(pdf.pages, pdf.sizes, strict=True) if size == A4[::-1]]
    assert len(lying) == 1
    for expected in ("PIRMUHAMEDOV", "Turkmenistan", "special", "not recorded", "56"):
        assert expected in lying[0]
    assert "Narrow" not in pdf.text
    assert "in place of the foreign minister" in " ".join(pdf.text.split())


@pytest.mark.parametrize("more", ["", "&density=dense"])
def test_results_of_a_search_print_whole_with_their_addresses(
    printed: Any, served_archive: str, more: str
) -> None:
    path = f"/search/?q=water{more}"
    found = data(served_archive, path)
    assert found["results"]
    words = squeezed(printed(path).text)
    for hit in found["results"]:
        assert squeezed(hit["title"]) in words
        assert squeezed(f"<{hit['url']}>") in words
        excerpt = squeezed(hit["excerpt"].split("…")[0].split("\n")[0])
        assert (excerpt[-20:] if more else excerpt) in words  # Dense rows begin near the word that is found.
    assert squeezed("Within a group") not in words
    assert squeezed("How to ask") not in words


def test_a_search_of_many_results_says_on_paper_which_page_it_is(printed: Any, served_archive: str) -> None:
    words = squeezed(printed("/search/?type=meeting").text)
    assert squeezed(f"Page 1 of {data(served_archive, '/search/?type=meeting')['pages']}") in words
    assert squeezed("Next") not in words
