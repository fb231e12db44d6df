"""An editor imports a table too large to wait for: its pages are accessible, fit a phone, and show how far it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_pages import opened, violations
from tests.conftest import PASSWORD

pytestmark = pytest.mark.browser
ROWS = 620


def table(tmp_path: Path) -> Path:
    path = tmp_path / "meetings.csv"
    rows = [f"asem,fm,{number},{number + 1000}-05-01,Tokyo,jp" for number in range(1100, 1100 + ROWS)]
    rows[5] = rows[5].replace("-05-01", "-13-01")
    path.write_text("\n".join(["dialogue,series,ordinal,start,city,country", *rows]), encoding="utf-8")
    return path


def looked_at(page: Page, messages: list[str]) -> None:
    """No breach of policy, no violation of WCAG and nothing cut off, on a desk and on a phone."""
    assert [message for message in messages if "Content Security Policy" in message] == []
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == width
    page.set_viewport_size({"width": 1280, "height": 900})
    messages.clear()  # axe itself brings styles that the policy refuses


def test_a_large_table_is_brought_corrected_stored_and_undone(
    browser: Browser, served_archive: str, tmp_path: Path
) -> None:
    page, messages = opened(browser, f"{served_archive}/admin/archive/batch/add/")
    page.fill("#id_username", "ada")
    page.fill("#id_password", PASSWORD)
    page.click("input[type=submit]")
    looked_at(page, messages)
    page.fill("#id_name", "A large table")
    page.set_input_files("#id_uploads", table(tmp_path))
    page.click("input.default")
    expect(page.get_by_text(f"{ROWS} rows were checked. Nothing is stored yet.")).to_be_visible()
    looked_at(page, messages)
    page.get_by_role("link", name="error 1").click()
    page.get_by_label("start", exact=True).fill("2105-12-01")
    page.get_by_role("button", name="Keep what I wrote on this page").click()
    expect(page.get_by_role("link", name="error 0")).to_be_visible(timeout=60_000)
    page.get_by_role("button", name="Store", exact=True).click()
    expect(page.get_by_text(f"{ROWS} new records")).to_be_visible(timeout=180_000)
    looked_at(page, messages)
    page.get_by_text("Undo this import").click()
    page.get_by_label("Note for the public").fill("Only a trial.")
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.get_by_text("Undone on")).to_be_visible(timeout=180_000)
    looked_at(page, messages)
    page.context.close()
