"""What the documents said at a day: asked on the page, sealed into a file, and that file read without the program."""

from __future__ import annotations

import zipfile
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.asking import QUESTION, ask, faults
from tests.browser.conftest import Open


def test_a_question_as_at_another_day_says_so(open_page: Open) -> None:
    page = open_page()
    page.get_by_text("As at another day").click()
    page.get_by_label("Day", exact=True).fill("2026-03-14")
    expect(ask(page, QUESTION).locator(".notice.as_at")).to_have_text(
        "Note: As at 14 March 2026: editions in force on that day answer, and nothing later."
    )


def test_evidence_is_made_checked_and_opens_without_the_program(open_page: Open, tmp_path: Path) -> None:
    page = open_page("/evidence")
    page.get_by_label("Question or topic").fill(QUESTION)
    page.get_by_label("As at (optional)").fill("2026-03-14")
    with page.expect_download() as caught:
        page.get_by_role("button", name="Make the file").first.click()
    made = tmp_path / "made.zip"
    caught.value.save_as(made)
    page.get_by_label("Evidence file").set_input_files(made)
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_role("status")).to_contain_text("made.zip is as it was sealed here")
    with zipfile.ZipFile(made) as archive:
        archive.extractall(tmp_path / "unpacked")
    page.context.set_offline(True)
    page.goto((tmp_path / "unpacked" / "index.html").as_uri())
    expect(page.get_by_text("45 working days").first).to_be_visible()
    expect(page.locator("mark").first).to_be_visible()
    found = faults(page)
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 320, "height": 640})
    assert found + faults(page) == []
