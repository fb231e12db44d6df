"""The cite panel: both addresses, the citations, the quotation and the downloads, on every page that can be cited."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from urllib.parse import unquote

import pytest
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import sync_playwright

from archive.formats.citations import STYLES
from meetings.models import Commitment, Meeting, Statement
from registry import verbs
from registry.models import Pid
from tests.formats.references import remarks

pytestmark = pytest.mark.django_db
SHELF = '<script src="/static/js/shelf.js" defer></script>'
FM9 = "/ca-jad/2022/fm-9/"
PARAGRAPH = f"{FM9}joint-statement/en-x-summary/~p2/"
SITE = "http://127.0.0.1:8000"


def html_of(reader: Client, path: str) -> str:
    answer = reader.get(path)
    assert answer.status_code == 200, path
    return str(answer.content.decode())


def text_of(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html))


def addresses(html: str) -> list[str]:
    return [text_of(found) for found in re.findall(r'<dd class="address[^"]*">(.*?)</dd>', html)]


def citations(html: str) -> list[str]:
    return [text_of(found) for found in re.findall(r'<p class="citation">(.*?)</p>', html, re.S)]


def pid_of(path: str) -> str:
    return Pid.objects.get(path=path.strip("/")).value


PAGES = [
    FM9, f"{FM9}joint-statement/", f"{FM9}joint-statement/en-x-summary/", PARAGRAPH, "/ca-jad/", "/countries/kz/",
    "/topics/energy/", "/styleguide/",
]  # fmt: skip


def known_scripts(html: str) -> int:
    """How many are data, or the file that remembers a reader’s shelf."""
    return html.count('<script type="application/ld+json">') + html.count(SHELF)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_both_addresses_in_words_and_eight_styles(reader: Client, path: str) -> None:
    html = html_of(reader, path)
    pinned, current = addresses(html)
    assert re.fullmatch(rf"{SITE}/id/[0-9a-z]{{8}}@1(/en-x-summary|~p2)?", pinned)
    named = pinned.replace("@1~", "/en-x-summary/~") if path == PARAGRAPH else pinned.replace("@1", "")
    assert current == named
    assert "This exact text (edition 1)" in html
    assert "This record, always current" in html
    assert all(f">{label}<" in html for label in STYLES.values())
    assert sum(pinned in citation for citation in citations(html)) >= 8
    assert html.count("<script") == known_scripts(html)


def test_a_phone_is_led_to_the_panel_which_stands_below_the_record(reader: Client) -> None:
    for path in (FM9, f"{FM9}joint-statement/", PARAGRAPH):
        html = html_of(reader, path)
        assert (
            html.index('<a href="#cite">Cite this ↓</a>') < html.index("<h1") < html.index('<h2 id="cite">')
        )


def test_people_and_commitments_have_the_panel(reader: Client) -> None:
    for start in ("ministers/", "commitments/"):
        path = Pid.objects.filter(path__startswith=start, state="public").values_list("path", flat=True)[0]
        assert len(addresses(html_of(reader, f"/{path}/"))) == 2


def test_the_edition_of_the_page_is_the_one_cited(reader: Client) -> None:
    held = Meeting.objects.get(pid__path="ca-jad/2022/fm-9")
    held.duration_printed = "a day"
    held.save()
    verbs.publish(held, by=None, note="The length was found.")
    cache.clear()
    now, then = html_of(reader, FM9), html_of(reader, "/ca-jad/2022/fm-9@1/")
    assert addresses(now) == [f"{SITE}/id/{held.pk}@2", f"{SITE}/id/{held.pk}"]
    assert addresses(then) == [f"{SITE}/id/{held.pk}@1", f"{SITE}/id/{held.pk}"]
    assert "This exact text (edition 2)" in now
    assert "This exact text (edition 1)" in then
    assert all(f"{held.pk}@1" in one or one.startswith("(") for one in citations(then))


def test_a_paragraph_is_cited_with_its_number_in_the_main_column(reader: Client) -> None:
    html = html_of(reader, PARAGRAPH)
    main, rail = html.split('<aside class="rail"')
    assert "Cite this paragraph" in main
    assert "Cite this paragraph" not in rail
    assert main.index("Cite this paragraph") < main.index("Commitments in it")
    assert "para. 2" in " ".join(citations(main))
    assert "第2段落" in " ".join(citations(main))
    assert "Edition and integrity" in rail


def test_the_words_of_a_paragraph_come_with_a_link_to_them(reader: Client) -> None:
    quotation = citations(html_of(reader, PARAGRAPH))[-1]
    words = (
        "The Central Asian ministers welcomed Japan’s offer of training courses and technical internships."
    )
    said, _space, link = quotation.rpartition(" ")
    assert said == f"“{words}” [archive’s summary]"
    address, fragment = link.split("#:~:text=")
    assert address == f"{SITE}/id/{pid_of(FM9 + 'joint-statement')}@1~p2"
    assert unquote(fragment) == words


def test_a_commitment_is_quoted_with_a_link_and_the_archives_words_say_that_they_are_its(
    reader: Client,
) -> None:
    said = Commitment.objects.get(summary="To cooperate in disarmament.")
    quotation = citations(html_of(reader, said.get_absolute_url()))[-1]
    assert quotation == (
        "“cooperate in the area of disarmament” "
        f"{SITE}/id/{said.pk}@1#:~:text=cooperate%20in%20the%20area%20of%20disarmament"
    )
    ours = Commitment.objects.get(summary__startswith="Foreign Minister CHO Hyun gave the dates")
    assert citations(html_of(reader, ours.get_absolute_url()))[-1] == (
        "“Foreign Minister CHO Hyun gave the dates 16–17 September 2026 at a preparatory meeting in February 2026.” "
        f"[archive’s summary] {SITE}/id/{ours.pk}@1#:~:text="
        "Foreign%20Minister%20CHO%20Hyun%20gave%20the%20dates%2016%E2%80%9317%20September%202026%20"
        "at%20a%20preparatory%20meeting%20in%20February%202026."
    )


def test_every_paragraph_of_a_statement_leads_to_its_own_citations(reader: Client) -> None:
    html = html_of(reader, f"{FM9}joint-statement/")
    leads = re.findall(r'<a class="number" href="([^"]+)"', html)
    pid = pid_of(f"{FM9}joint-statement")
    assert len(leads) == Statement.objects.get(pk=pid).texts.get().paragraphs.count()
    for place, path in enumerate(leads, 1):
        assert addresses(html_of(reader, path)) == [
            f"{SITE}/id/{pid}@1~p{place}",
            f"{SITE}/id/{pid}/en-x-summary/~p{place}",
        ]


def test_downloads_go_by_the_names_their_users_know(reader: Client) -> None:
    html = html_of(reader, PARAGRAPH)
    for form, label in (("bib", "BibTeX"), ("ris", "RIS"), ("csl", "CSL-JSON"), ("txt", "Plain text")):
        link = re.search(rf'<a class="button" href="([^"]+)" type="[^"]+">{label}</a>', html)
        assert link is not None
        assert link[1] == f"{PARAGRAPH}?format={form}"
        assert reader.get(link[1]).status_code == 200


def test_a_title_with_markup_is_shown_as_typed(reader: Client) -> None:
    reference = remarks("<i>Address</i> & <script>alert(1)</script>", "One <b>two</b>.")
    for path in (reference.pid.get_absolute_url(), f"{reference.pid.get_absolute_url()}en/~p1/"):
        html = html_of(reader, path)
        assert html.count("<script") == known_scripts(html) == 2
        assert "&lt;i&gt;Address&lt;/i&gt; &amp; &lt;script&gt;" in html


def test_a_retracted_statement_says_so_in_its_citations(reader: Client) -> None:
    said = Statement.objects.get(pid__path="ca-jad/2022/fm-9/joint-statement")
    said.issuer_state = "retracted"
    said.save()
    verbs.publish(said, by=None, note="Its issuer took it back.")
    cache.clear()
    for style in STYLES:
        answer = reader.get(f"{FM9}joint-statement/?format=txt&style={style}")
        assert "retracted by its issuer" in answer.content.decode().lower()


@pytest.mark.parametrize("after", [".", ",", ")", ">.", "”"])
def test_an_address_copied_with_the_punctuation_after_it_still_leads_there(
    reader: Client, after: str
) -> None:
    pid = pid_of(f"{FM9}joint-statement")
    to = f"{FM9}joint-statement@1/en-x-summary/~p2/"
    assert reader.get(f"/id/{pid}@1~p2{after}")["Location"] == to
    pasted = reader.get("/id/", {"q": f"Central Asia plus Japan, see {SITE}/id/{pid}@1~p2{after}"})
    assert reader.get(pasted["Location"])["Location"] == to


def test_print_keeps_the_permanent_address_and_the_edition_alone(reader: Client) -> None:
    for path in (FM9, PARAGRAPH):
        html = html_of(reader, path)
        assert re.search(r'<div class="(styles|citations) no-print">', html)
        assert re.findall(r'<dd class="address([^"]*)">', html) == ["", " no-print"]
        assert "Printed from edition 1, SHA-256" in html


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
def test_one_click_selects_a_whole_citation(served_archive: str, chromium: str, width: int) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-background-networking"]
        )
        page: Any = browser.new_context(viewport={"width": width, "height": 800}).new_page()
        page.goto(served_archive + FM9)
        page.get_by_text("Bluebook 21").click()
        citation = page.locator("details[open] .citation")
        citation.click()
        selected = page.evaluate("String(getSelection()).trim()")
        assert selected.startswith(
            "Central Asia plus Japan, 9th Foreign Ministers’ Meeting, ministerial meeting,"
        )
        assert selected.endswith("@1.")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.goto(served_archive + PARAGRAPH)
        link = page.get_by_role("link", name="Follow it to the words").get_attribute("href")
        page.goto(link)
        assert page.url.startswith(f"{served_archive}{FM9}joint-statement@1/en-x-summary/~p2/#:~:text=")
        browser.close()
