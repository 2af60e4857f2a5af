"""Documents, and publishing with a look before and an undo after."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.asking import ask, faults
from tests.browser.conftest import Open

DOCUMENT = b"""# Otter walk procedure

## Otter walks

The otter walk leader must count the children before every otter walk and report a missing child at once.
"""


def test_a_document_shows_dates_standing_sections_and_where_words_are(open_page: Open) -> None:
    page = open_page("/documents")
    page.get_by_role("link", name="Kite flying safety procedure 2026").click()
    expect(page.locator(".facts").first).to_contain_text("1 January 2026")
    expect(page.locator(".tag", has_text="In force")).to_be_visible()
    page.get_by_label("Find words in this document").fill("broken line")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="Page 2").first.click()
    expect(page.locator("mark")).to_have_text("broken line")
    assert page.locator("rect.mark").count() == 1


def test_search_inside_all_documents_opens_the_place(open_page: Open) -> None:
    page = open_page("/documents")
    page.get_by_label("Search all documents").fill("broken kite line")
    page.get_by_role("button", name="Search").click()
    page.locator(".hits a").first.click()
    expect(page.locator("mark").first).to_be_visible()


def test_a_document_is_looked_at_published_answers_and_is_undone(open_page: Open) -> None:
    page = open_page("/publishing")
    page.get_by_label("File").set_input_files({"name": "otter.md", "mimeType": "text/markdown", "buffer": DOCUMENT})
    page.get_by_label("Title").fill("Otter walk procedure 2026")
    page.get_by_label("Work").fill("otter-walk")
    page.get_by_role("button", name="Upload and preview").click()
    expect(page.get_by_role("heading", name="Preview: Otter walk procedure 2026")).to_be_visible()
    expect(page.locator(".hits")).to_contain_text("count the children before every otter walk")
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("status")).to_contain_text("published")
    page.goto("/")
    question = "What must the otter walk leader do before every otter walk?"
    expect(ask(page, question).locator(".statement").first).to_contain_text("count the children")
    page.goto("/publishing")
    expect(page.get_by_text("Otter walk procedure 2026", exact=True)).to_be_visible()
    page.get_by_role("link", name="Undo this publication").click()
    expect(page.get_by_role("main")).to_contain_text("Otter walk procedure 2026")
    assert faults(page) == []
    page.get_by_role("button", name="Undo the publication").click()
    expect(page.get_by_role("status")).to_contain_text("undone")
    page.goto("/documents")
    assert "Otter walk" not in page.content()


def test_a_document_that_cannot_be_read_is_told_with_what_was_typed(open_page: Open) -> None:
    page = open_page("/publishing")
    page.get_by_label("File").set_input_files({"name": "x.pdf", "mimeType": "application/pdf", "buffer": b"no pdf"})
    page.get_by_label("Title").fill("Not a document")
    page.get_by_role("button", name="Upload and preview").click()
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    expect(page.get_by_label("Title")).to_have_value("Not a document")
