"""The page for everybody: keyboard, no script, small screens, and axe."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.asking import KITE, UNANSWERABLE, URGENT, ask, faults
from tests.browser.conftest import Open

SCREENS: dict[str, dict[str, Any]] = {
    "light": {"viewport": {"width": 1300, "height": 900}},
    "dark": {"viewport": {"width": 1300, "height": 900}, "color_scheme": "dark"},
    "narrow": {"viewport": {"width": 320, "height": 640}},
    "zoomed": {"viewport": {"width": 640, "height": 450}, "device_scale_factor": 2},
}
PLACES = (
    "/history", "/documents", "/documents?q=kite", "/documents/kite-procedure-2026?q=kite",
    "/documents/kite-procedure-2026/pages/2", "/publishing", "/help", "/documents/none", "/me", "/me/erase", "/questions",
    "/evidence",
)  # fmt: skip


@pytest.mark.parametrize("screen", SCREENS)
def test_no_page_has_a_fault_of_access(open_page: Open, screen: str) -> None:
    page = open_page("/", **SCREENS[screen])
    found = faults(page)
    ask(page, KITE).locator("a.number").first.click()
    page.locator("#beside #viewer").wait_for()
    found += faults(page)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Not useful").click()
    page.locator("form.why").wait_for()
    page.get_by_text("About this source").first.click()
    found += faults(page)
    ask(page, UNANSWERABLE)
    ask(page, URGENT)
    found += faults(page)
    for place in PLACES:
        page.goto(place)
        found += faults(page)
    assert found == []


def test_axe_finds_a_planted_fault(open_page: Open) -> None:
    page = open_page("/help")
    page.evaluate("() => document.querySelector('main').append(document.createElement('img'))")
    assert any("image-alt" in each for each in faults(page))


def test_everything_is_reached_by_keyboard_alone(open_page: Open) -> None:
    page = open_page()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("#question")).to_be_focused()
    page.keyboard.type(KITE)
    page.keyboard.press("Enter")
    page.locator("article.answered").wait_for()
    expect(page.locator("#question")).to_be_focused()
    link = page.locator("a.number").first
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        if link.evaluate("node => node === document.activeElement"):
            break
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#beside")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Close document")).to_be_focused()
    page.keyboard.press("Enter")
    expect(link).to_be_focused()


def test_without_script_one_asks_opens_a_page_and_comes_back(open_page: Open) -> None:
    page = open_page(java_script_enabled=False)
    page.locator("#question").fill(KITE)
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator(".statement").first).to_contain_text("within three working days")
    assert page.get_by_role("button", name="Copy with citations").count() == 0
    page.locator("a.number").first.click()
    expect(page.locator("mark").first).to_contain_text("The kite steward")
    assert page.locator("rect.mark").count() == 2
    page.get_by_role("link", name="Back to the conversation").click()
    page.get_by_role("button", name="Not useful").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    page.get_by_label("Something is missing").check()
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()


def test_without_script_an_empty_question_is_told_at_the_box(open_page: Open) -> None:
    page = open_page(java_script_enabled=False)
    page.locator("#question").fill(" ")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    expect(page.locator("#question")).to_have_attribute("aria-invalid", "true")


def test_a_question_that_cannot_be_asked_is_told_and_kept_in_the_box(open_page: Open) -> None:
    page = open_page()
    page.locator("#question").evaluate("box => box.removeAttribute('maxlength')")
    page.locator("#question").fill("kite " * 500)
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("2,000")
    assert page.locator("#question").input_value() == "kite " * 500


def test_on_a_narrow_screen_a_document_lies_over_the_page_at_the_quoted_words(open_page: Open) -> None:
    page = open_page(**SCREENS["narrow"])
    link = ask(page, KITE).locator("a.number").first
    link.scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    link.click()
    beside = page.get_by_role("dialog", name="Document")
    expect(beside.locator("#quote")).to_be_in_viewport()
    assert page.locator("#quote").evaluate("words => parseFloat(getComputedStyle(words).fontSize)") >= 16
    page.go_back()
    expect(beside).to_be_hidden()
    expect(link).to_be_focused()
    assert abs(page.evaluate("scrollY") - before) < 2
    assert "/conversations/" in page.url


def test_print_leaves_out_what_is_for_the_screen(open_page: Open) -> None:
    page = open_page()
    ask(page, KITE)
    page.emulate_media(media="print")
    expect(page.locator("#ask")).to_be_hidden()
    expect(page.locator(".statement").first).to_be_visible()
