"""The matrix in Chromium: by keyboard, without script, on a phone, without colours."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser
FM = "/ca-jad/fm/attendance/"


def opened(browser: Browser, address: str, **options: Any) -> Page:
    page = browser.new_context(**options).new_page()
    page.goto(address)
    return page


def test_on_a_phone_the_countries_stay_while_the_matrix_is_scrolled_by_keyboard(
    browser: Browser, served_archive: str
) -> None:
    page = opened(browser, served_archive + FM, viewport={"width": 390, "height": 844})
    region = page.get_by_role("region", name="Countries by meetings, to scroll")
    region.focus()
    before = page.locator("th[scope=row]", has_text="Turkmenistan").bounding_box()
    for _press in range(8):
        page.keyboard.press("ArrowRight")
    for _attempt in range(50):
        if region.evaluate("it => it.scrollLeft") > 100:
            break
        page.wait_for_timeout(100)
    assert region.evaluate("it => it.scrollLeft") > 100
    after = page.locator("th[scope=row]", has_text="Turkmenistan").bounding_box()
    assert before is not None
    assert after is not None
    assert before["x"] == after["x"]
    targets = page.eval_on_selector_all(
        ".attend tbody td a", "all => all.map(a => a.getBoundingClientRect()).map(r => [r.width, r.height])"
    )
    assert all(width >= 24 and height >= 24 for width, height in targets)
    page.context.close()


def test_a_mark_leads_to_the_delegation_without_script(browser: Browser, served_archive: str) -> None:
    page = opened(browser, served_archive + FM, java_script_enabled=False)
    page.get_by_role("link", name="PIRMUHAMEDOV Soltan ambassador, in place of the foreign minister").click()
    expect(page).to_have_url(f"{served_archive}/ca-jad/2010/fm-3/#d-tm")
    expect(page.locator("#d-tm")).to_contain_text("PIRMUHAMEDOV Soltan")
    page.context.close()


def test_the_form_narrows_and_the_chips_widen_again(browser: Browser, served_archive: str) -> None:
    page = opened(browser, served_archive + FM, java_script_enabled=False)
    page.locator("details.narrowing summary").click()
    page.get_by_label("ambassador").check()
    page.get_by_label("envoy").check()
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".matrix tbody th")).to_have_text(["Kazakhstan", "Turkmenistan"])
    page.get_by_role("link", name="Rank: ambassador").click()
    expect(page.locator(".matrix tbody th")).to_have_text(["Kazakhstan"])
    page.context.close()


def test_without_colours_every_mark_still_differs(browser: Browser, served_archive: str) -> None:
    page = opened(browser, f"{served_archive}/ca-jad/attendance/", forced_colors="active")
    shown = page.eval_on_selector_all(
        ".attend tbody td:not(.blank):not(.sum)",
        "all => all.map(td => [td.className.split(' ')[0], td.querySelector('.mark').firstChild.textContent.trim()])",
    )
    marks: dict[str, str] = dict(shown)
    assert {"minister", "deputy", "ambassador", "absent", "not_recorded", "expected", "not_held"} <= set(
        marks
    )
    assert len(set(marks.values())) == len(marks)
    page.context.close()


def test_on_a_phone_long_attendance_is_folded_by_country_and_nothing_is_lost(
    browser: Browser, served_archive: str
) -> None:
    """Eight folds, closed; a country’s name in the matrix opens its own, without script; rows fit the screen."""
    page = opened(
        browser,
        f"{served_archive}/ca-jad/attendance/",
        viewport={"width": 390, "height": 844},
        java_script_enabled=False,
    )
    folds = page.locator("details.fold")
    expect(folds).to_have_count(8)
    expect(page.locator("details.fold[open]")).to_have_count(0)
    expect(page.get_by_text("PIRMUHAMEDOV Soltan")).to_be_hidden()
    height = page.locator("main").bounding_box()
    assert height is not None
    assert height["height"] < 6 * 844
    page.locator(".matrix th[scope=row] a", has_text="Turkmenistan").click()
    expect(page.locator("details.fold[open]")).to_have_count(1)
    own = page.locator("details.fold[open]")
    expect(own).to_contain_text("PIRMUHAMEDOV Soltan")
    expect(own).to_contain_text("in place of the foreign minister")
    cells = own.locator("tbody td")
    for number in range(cells.count()):
        box = cells.nth(number).bounding_box()
        assert box is not None
        assert box["x"] + box["width"] <= 390
    assert page.locator("html").evaluate("it => it.scrollWidth") == 390
    page.context.close()
