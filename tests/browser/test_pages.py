"""Every page type in Chromium: no violation of WCAG, no policy breach, nothing cut off, with and without script."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

pytestmark = pytest.mark.browser

PATHS = [
    "/", "/about/", "/data/", "/data/codebook/", "/api/", "/styleguide/", "/dialogues/", "/meetings/",
    "/meetings/?dialogue=ca-jad&year=2022",
    "/meetings/?year=0", "/commitments/?topic=energy", "/commitments/?due=any",
    "/statements/", "/ministers/", "/countries/", "/topics/",
    "/years/",
    "/years/2018/", "/ca-jad/", "/ca-jad/2022/", "/ca-jad/undated/", "/ca-jad/fm/", "/ca-jad/2022/fm-9/",
    "/ca-jad/2024/summit-08-09/", "/eu-central-asia/2022/fm-18/", "/ca-jad/2022/fm-9/history/",
    "/ca-jad/2022/fm-9/joint-statement/", "/ca-jad/2022/fm-9/joint-statement/en-x-summary/~p2/", "/countries/kz/",
    "/topics/energy/", "/nothing/", "/id/", "/changes/", "/changes/?after=1900", "/ca-jad/2022/fm-9/?at=2020-01-01",
    "/verify/", "/verify/citations/", "/compare/",
    "/compare/?a=xxxxxxxx&b=quad",
    "/verify/?text=“Peace%2C+security%2C+democracy+and+international+law+and+nothing+else+at+all”",
    "/verify/citations/?text=/id/25hxwjj2@1~p2",
    "/compare/?a=ca-jad/2022/fm-9&b=ca-jad/2004/fm-1",
    "/compare/?a=ca-jad/2022/fm-9/joint-statement&b=ca-jad/2004/fm-1/joint-statement",
    "/promises/",
    "/pictures/", "/pictures/wall/", "/pictures/series/", "/pictures/series/ca-jad/fm/", "/pictures/series/g7/fm/",
    "/pictures/topics/", "/pictures/topics/?dialogue=ca-jad", "/pictures/hosts/", "/pictures/meets/",
    "/pictures/meets/?least=2", "/pictures/meets/jp/", "/pictures/meets/jp/kz/",
    "/on-this-day/08-28/", "/on-this-day/12-31/", "/on-this-day/13-01/", "/years/2010s/",
    "/meetings/?sort=title&density=dense", "/topics/?sort=-commitments", "/shelf/",
    "/shelf/?items=25hxwjjb~p2,25hxwjjb@1,qqsh5ff9~p1,25hxwjj2,117rv14b&title=Training",
    "/lexicon/", "/phrases/", "/phrases/?q=rule+of+law&q=terrorism", "/phrases/?q=the+rule+of+the+sea",
    "/topics/energy/language/", "/topics/energy/language/?dialogue=ca-jad", "/topics/visa/language/?dialogue=quad",
    "/search/", "/search/?q=japan&year=2010..2022&country=kz", "/search/?q=%22rule+of", "/search/?q=qqqqqqqq",
    "/search/?q=japan&density=dense&groups=open", "/search/?q=verb:urge",
    "/ca-jad/fm/attendance/", "/ca-jad/fm/attendance/?rank=ambassador&sort=-attended", "/ca-jad/attendance/",
    "/quad/fm/attendance/?rank=head", "/countries/tm/attendance/", "/offices/?on=2010-08-07", "/offices/?country=jp",
    "/offices/?q=nobody+of+this+name",
]  # fmt: skip
WIDTHS = (1280, 390)
VIEWS = [(1280, "light"), (390, "dark"), (1280, "dark"), (390, "light")]
"""Width and scheme for axe, each for every fourth page; whether anything is cut off is measured at both widths."""


def opened(
    browser: Browser, address: str, width: int = 1280, scheme: Any = "light", **options: Any
) -> tuple[Page, list[str]]:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, **options)
    return visited(context, address)


def visited(context: BrowserContext, address: str) -> tuple[Page, list[str]]:
    page = context.new_page()
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.goto(address)
    return page, messages


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found]


def record_paths(served: str) -> list[str]:
    """A commitment with a chain and a minister, whose addresses hold their ids."""
    with urllib.request.urlopen(f"{served}/commitments/?topic=dprk&year=2022&format=json") as answer:
        commitment = json.load(answer)["results"][0]["url"]
    with urllib.request.urlopen(f"{served}/ministers/?format=json") as answer:
        minister = next(
            row["url"] for row in json.load(answer)["results"] if row["title"] == "HAYASHI Yoshimasa"
        )
    found = [address.replace(served, "") for address in (commitment, f"{commitment}chain/", minister)]
    return [*found, f"{found[2]}attendance/"]


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_every_page_is_accessible_and_fits(
    browser: Browser, served_archive: str, width: int, scheme: Any
) -> None:
    faults: list[str] = []
    pages = [*PATHS, *record_paths(served_archive)]
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    for path in pages[VIEWS.index((width, scheme)) :: len(VIEWS)]:
        page, messages = visited(context, served_archive + path)
        faults += [f"{path} {fault}" for fault in violations(page)]
        faults += [f"{path} is {cut} px too wide" for cut in cut_off(page) if cut > 0]
        faults += [f"{path} console: {text}" for text in messages if "status of 40" not in text]
        page.close()
    context.close()
    assert faults == []


def cut_off(page: Page) -> Iterator[int]:
    """By how many pixels it is too wide, at each width."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        yield page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def test_reading_needs_no_script(browser: Browser, served_archive: str) -> None:
    page, _messages = opened(browser, served_archive, java_script_enabled=False)
    page.get_by_role("link", name="2022", exact=True).first.click()
    page.get_by_role("link", name="9th Foreign Ministers’ Meeting").click()
    expect(page).to_have_url(f"{served_archive}/ca-jad/2022/fm-9/")
    page.get_by_role("link", name="Joint Statement of the 9th Foreign Ministers’ Meeting").first.click()
    page.get_by_role("link", name="Paragraph 2, alone").click()
    expect(page).to_have_url(f"{served_archive}/ca-jad/2022/fm-9/joint-statement/en-x-summary/~p2/")
    page.context.close()


def test_an_editor_enters_publishes_and_corrects_a_meeting(browser: Browser, served_archive: str) -> None:
    """In a dialogue that no other test reads, for all of them share the archive that is served."""
    page, messages = opened(browser, f"{served_archive}/admin/meetings/meeting/add/")
    page.fill("#id_username", "ada")
    page.fill("#id_password", "a-long-enough-password-17")
    page.click("input[type=submit]")
    choose(page, "track", "guam-japan fm", "GUAM plus Japan: Ministerial Meetings")
    page.fill("#id_ordinal", "7")
    page.fill("#id_start", "2027-03-05")
    add(page, "Agenda item")
    page.fill("#id_agenda_items-0-number", "1")
    page.fill("#id_agenda_items-0-title", "Connectivity")
    add(page, "Delegation")
    choose(page, "delegations-0-country", "Moldova", "Moldova")
    page.select_option("#id_delegations-0-presence", "attended")
    page.fill("#id_delegations-0-name_printed", "DOE Jane")
    page.fill("#id_delegations-0-title_printed", "Minister of Foreign Affairs")
    add(page, "Commitment")
    page.fill("#id_outcomes-0-summary", "To meet every second year.")
    page.select_option("#id_outcomes-0-verb", "agreed")
    page.select_option("#id_outcomes-0-strength", "agrees")
    page.locator("input[name=_publish]").press("Enter")
    page.wait_for_selector(".messagelist .success")
    public, _ = opened(browser, f"{served_archive}/guam-japan/2027/fm-7/")
    words = public.inner_text("main")
    for expected in (
        "7th Ministerial Meeting",
        "Connectivity",
        "DOE Jane",
        "To meet every second year.",
    ):
        assert expected in words
    page.goto(f"{served_archive}/admin/meetings/meeting/?q=guam-japan/2027/fm-7")
    page.click("#result_list th.field-title a")
    page.fill("#id_duration_printed", "3 hours")
    page.locator("input[name=_save]").press("Enter")
    page.wait_for_selector("text=Say in a sentence")
    assert page.input_value("#id_duration_printed") == "3 hours"
    page.fill("#id_public_note", "The length was found.")
    page.locator("input[name=_save]").press("Enter")
    page.wait_for_selector(".messagelist .success")
    public.reload()
    assert "2 of 2" in public.inner_text(".rail")
    assert [text for text in messages if "Content Security Policy" in text] == []


def add(page: Page, what: str) -> None:
    """Another row of an inline, by keyboard."""
    page.locator(f".add-row a:has-text('Add another {what}')").press("Enter")


def choose(page: Page, field: str, typed: str, shown: str) -> None:
    """Pick from an autocomplete as a person does."""
    page.click(f"#id_{field} + .select2")
    page.fill(".select2-dropdown .select2-search__field", typed)
    page.click(f".select2-results__option:has-text('{shown}')")
    page.keyboard.press("Tab")
