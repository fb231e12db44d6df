"""A reader's shelf in Chromium: without JavaScript by links and forms, with it remembered by the browser."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser
SAID = "/ca-jad/2022/fm-9/joint-statement/en-x-summary/~p2/"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


def test_a_shelf_is_made_arranged_and_kept_without_javascript(browser: Browser, served_archive: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served_archive + SAID)
    page.get_by_role("link", name="Put on a shelf").click()
    expect(page).to_have_url(f"{served_archive}/shelf/?items=25hxwjjb~p2")
    assert not page.get_by_role("button", name="Take this shelf as mine").is_visible()
    page.get_by_label("Add by id or address").fill(f"{served_archive}/ca-jad/2004/fm-1/")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page).to_have_url(f"{served_archive}/shelf/?items=25hxwjjb~p2,117rv14b")
    page.get_by_role("link", name="Move down 1").click()
    expect(page).to_have_url(f"{served_archive}/shelf/?items=117rv14b,25hxwjjb~p2")
    page.get_by_label("Title", exact=True).fill("Training & study")
    page.get_by_role("button", name="Name it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Training & study")
    page.get_by_role("link", name="Pin all to today’s editions").click()
    expect(page).to_have_url(re.compile("[?&]items=117rv14b@1,25hxwjjb@1~p2(&|$)"))
    page.get_by_role("button", name="Keep this shelf").click()
    expect(page).to_have_url(re.compile(f"^{served_archive}/shelf/[^?]+$"))
    expect(page.locator(".items > li")).to_have_count(2)
    page.get_by_role("link", name="Remove 1").click()
    expect(page).to_have_url(re.compile("[?&]items=25hxwjjb@1~p2(&|$)"))
    context.close()


def test_the_browser_remembers_a_shelf_and_adds_to_it(page: Page, served_archive: str) -> None:
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    for path, count in ((SAID, 1), ("/ca-jad/2004/fm-1/", 2)):
        page.goto(served_archive + path)
        page.get_by_role("link", name="Put on a shelf").click()
        page.get_by_role("link", name=f"✓ On your shelf ({count})").wait_for()
        assert page.url == served_archive + path
    page.get_by_role("link", name="✓ On your shelf (2)").click()
    page.wait_for_url(f"{served_archive}/shelf/?items=25hxwjjb~p2,117rv14b")
    page.get_by_text("This is your shelf").wait_for()
    page.get_by_role("link", name="Remove 1").click()
    page.wait_for_url(f"{served_archive}/shelf/?items=117rv14b")
    page.get_by_text("This is your shelf").wait_for()
    page.goto(served_archive + SAID)
    expect(page.get_by_role("link", name="Put on a shelf")).to_be_visible()
    assert messages == []


def test_a_shelf_that_was_sent_is_taken_as_mine(page: Page, served_archive: str) -> None:
    page.goto(f"{served_archive}/ca-jad/2004/fm-1/")
    page.get_by_role("link", name="Put on a shelf").click()
    page.get_by_role("link", name="✓ On your shelf (1)").wait_for()
    page.goto(f"{served_archive}/shelf/?items=25hxwjjb~p2,25hxwjjb@1")
    expect(page.get_by_role("link", name="Open my shelf (1)")).to_be_visible()
    page.get_by_role("button", name="Take this shelf as mine").click()
    page.get_by_text("This is your shelf").wait_for()
    page.goto(f"{served_archive}/shelf/")
    page.get_by_role("link", name="Open my shelf (2)").click()
    page.wait_for_url(f"{served_archive}/shelf/?items=25hxwjjb~p2,25hxwjjb@1")
