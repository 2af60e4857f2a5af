"""The practitioners' page: its menu, what a screen reader gets, paper, and each fault with a way on."""

from __future__ import annotations

import json
from collections.abc import Callable

import pypdfium2
from playwright.sync_api import Page, Route, expect

from tests.browser.asking import KITE, UNANSWERABLE, ask, faults
from tests.browser.conftest import Open

MOST_BYTES = 150_000
WEIGHT = """() => ["navigation", "resource"].flatMap((kind) => performance.getEntriesByType(kind))
  .reduce((sum, each) => sum + each.encodedBodySize, 0)"""
ANSWERED = """
- navigation "Pages":
  - link "New conversation"
  - list "Read":
    - listitem:
      - link "History"
    - listitem:
      - link "Documents"
- main:
  - heading "Conversation" [level=1]
  - article /You asked. When must the kite steward/:
    - heading /You asked. When must the kite steward/ [level=2]
    - paragraph: Answer from the documents
    - list:
      - listitem:
        - paragraph:
          - link /Source 1. Kite flying safety procedure 2026/
    - heading "Source" [level=3]
    - list:
      - listitem:
        - paragraph:
          - link "Kite flying safety procedure 2026, paragraph 3, page 2"
        - group: /About this source/
    - text: Was this useful?
    - group "Was this useful?":
      - button "Useful"
      - button "Not useful"
    - link "Edit and ask again"
    - button "Copy with citations"
  - status: /Answer with/
  - text: Ask a follow-up, or something new
  - textbox "Ask a follow-up, or something new"
  - button "Ask"
- contentinfo
"""


def test_the_page_has_no_fault_at_400_percent_in_forced_colours_with_its_menu_open(open_page: Open) -> None:
    page = open_page(viewport={"width": 320, "height": 256}, forced_colors="active", reduced_motion="reduce")
    page.get_by_role("button", name="Menu").click()
    expect(page.get_by_role("link", name="Help")).to_be_visible()
    found = faults(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Help")).to_be_hidden()
    ask(page, KITE).locator("a.number").first.click()
    expect(page.get_by_role("dialog", name="Document").locator("#quote")).to_be_in_viewport()
    assert found + faults(page) == []


def test_the_menu_of_a_phone_needs_no_script(open_page: Open) -> None:
    page = open_page(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    expect(page.get_by_role("link", name="New conversation")).to_be_visible()
    expect(page.get_by_role("link", name="History")).to_be_hidden()
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("link", name="History").click()
    expect(page.get_by_role("heading", name="Your conversations")).to_be_visible()


def test_a_reader_gets_names_roles_and_order_and_the_page_is_light(open_page: Open) -> None:
    page = open_page()
    page.wait_for_load_state("networkidle")
    assert 20_000 < page.evaluate(WEIGHT) < MOST_BYTES
    ask(page, KITE)
    expect(page.locator("body")).to_match_aria_snapshot(ANSWERED)


def test_a_printed_conversation_has_days_questions_sources_and_no_addresses(open_page: Open) -> None:
    page = open_page()
    ask(page, KITE)
    ask(page, UNANSWERABLE)
    printed = pypdfium2.PdfDocument(page.pdf(format="A4"))
    texts = [" ".join(each.get_textpage().get_text_range().split()) for each in printed]
    whole = " ".join(texts)
    assert all(len(text) > 40 for text in texts)
    for words in ("Asked on", KITE, "within three working days", "Kite flying safety procedure 2026", "page 2",
                  "in force from 1 January 2026", UNANSWERABLE, "Whom to ask"):  # fmt: skip
        assert words in whole, words
    for words in ("http", "/documents/", "New conversation", "Was this useful", "Ask a follow-up"):
        assert words not in whole, words


def test_each_fault_of_asking_has_words_of_its_own_and_a_way_on(open_page: Open) -> None:
    page = open_page()
    page.context.set_offline(True)
    assert_fault(page, "You are offline", "Try again")
    page.context.set_offline(False)
    for status, code, title, way in (
        (429, "too_many", "Too many questions at once", "Try again"),
        (503, "timeout", "That took too long", "Try again"),
        (503, "library", "The service is busy or not ready", "Try again"),
        (404, "not_found", "This conversation is gone", "New conversation"),
        (409, "conversation_full", "This conversation is full", "New conversation"),
    ):
        body = json.dumps({"status": status, "detail": "So it is.", "error": {"code": code}})
        page.route("**/messages", answered_with(status, body))
        assert_fault(page, title, way)
        page.unroute("**/messages")
    page.route("**/messages", lambda route: route.abort())
    assert_fault(page, "The server cannot be reached", "Try again")
    page.unroute("**/messages")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("article.answered")).to_contain_text("within three working days")
    expect(page.get_by_role("alert")).to_have_count(0)


def answered_with(status: int, body: str) -> Callable[[Route], None]:
    return lambda route: route.fulfill(status=status, body=body)


def assert_fault(page: Page, title: str, way: str) -> None:
    page.locator("#question").fill(KITE)
    page.keyboard.press("Enter")
    told = page.get_by_role("alert")
    expect(told).to_have_count(1)
    expect(told.get_by_role("heading")).to_have_text(title)
    expect(told.get_by_role("button", name=way).or_(told.get_by_role("link", name=way))).to_be_visible()
    expect(page.locator("#question")).to_have_value(KITE)


def test_what_was_read_is_changed_in_the_box_and_asked_again(open_page: Open) -> None:
    page = open_page()
    read = ask(page, "When must the kite steward report a brokn kite line?").locator(".read-as")
    expect(read).to_contain_text("Searched for “broken” instead of “brokn”")
    read.get_by_role("link", name="Change it").click()
    expect(page.locator("#question")).to_be_focused()
    expect(page.locator("#question")).to_have_value(KITE)
