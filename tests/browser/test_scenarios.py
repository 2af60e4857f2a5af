"""A trainer from the form to the Word file, with words of his own, locks, and the page without script."""

from __future__ import annotations

import zipfile

import docx
import pytest
from playwright.sync_api import Page, expect

from tests.browser.asking import faults
from tests.browser.conftest import Open, People

OWN = "Rain falls on the playground.\n\nNobody has come, and Mrs Sarah Thompson rings 01632 960123."
SLOW_MS = 60_000


def scenario(open_page: Open, people: People, number: str = "11", **options: object) -> Page:
    """Returns the page of a scenario, drawn by the form."""
    page = open_page("/scenarios", people.address, people.keys["dahlia"], **options)
    page.set_default_timeout(SLOW_MS)
    page.get_by_label("Neglect", exact=True).first.check()
    page.get_by_role("button", name="Next").click()
    page.get_by_label("Number (optional)").first.fill(number)
    page.get_by_role("button", name="Draw a scenario").click()
    page.locator(".stage").first.wait_for()
    return page


def told(page: Page, number: int) -> list[str]:
    return page.locator(f"#stage-{number} .told").all_inner_texts()


def test_from_the_form_to_a_word_file_with_own_words(open_page: Open, people: People) -> None:
    page = scenario(open_page, people)
    first, third = told(page, 1), told(page, 3)
    page.get_by_text("Edit the text of stage 2").click()
    page.get_by_label("What happens in stage 2").fill(OWN)
    page.get_by_label("Keep stage 1 when drawing again").check()
    page.get_by_label("Keep stage 2 when drawing again").check()
    page.get_by_role("button", name="Draw the rest again").click()
    page.locator(".done").wait_for()
    expect(page.get_by_role("status").filter(has_text="Personal details were removed")).to_be_visible()
    assert told(page, 1) == first
    assert told(page, 2) == ["Rain falls on the playground.", "Nobody has come, and [name] rings [phone number]."]
    assert told(page, 3) != third
    expect(page.get_by_label("Keep stage 2 when drawing again")).to_be_checked()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Word for the facilitator").click()
    sheet = docx.Document(str(saved.value.path()))
    paragraphs = [each.text for each in sheet.paragraphs]
    assert paragraphs[0] == page.get_by_role("heading", level=1).inner_text()
    assert {*first, "Rain falls on the playground."} <= set(paragraphs)
    quote = page.locator(".quoted blockquote").first.inner_text()
    assert any(quote.split("\n")[0] in each for each in paragraphs)
    assert saved.value.suggested_filename.endswith("-facilitator.docx")


def test_a_quote_opens_beside_the_scenario_with_its_words_marked(open_page: Open, people: People) -> None:
    page = scenario(open_page, people)
    page.get_by_text("Edit the text of stage 1").click()
    page.get_by_label("What happens in stage 1").fill("Words not yet sent.")
    page.locator(".quoted a").first.click()
    page.locator("#beside mark").first.wait_for()
    page.keyboard.press("Escape")
    expect(page.locator("#beside")).to_be_hidden()
    expect(page.get_by_label("What happens in stage 1")).to_have_value("Words not yet sent.")


def test_form_scenario_and_kept_ones_pass_axe_wide_and_narrow(open_page: Open, people: People) -> None:
    for width in (1200, 320):
        page = open_page("/scenarios", people.address, people.keys["dahlia"], viewport={"width": width, "height": 800})
        page.set_default_timeout(SLOW_MS)
        found = faults(page)
        page.get_by_label("Neglect", exact=True).first.check()
        page.get_by_role("button", name="Next").click()
        page.get_by_text("Draw several scenarios").click()
        found += faults(page)
        page.get_by_label("Where it comes to light").select_option("nursery")
        page.get_by_label("Age of the child").select_option("11_15")
        page.get_by_role("button", name="Draw a scenario").click()
        page.get_by_role("alert").wait_for()
        expect(page.get_by_role("alert")).to_contain_text("no setting fits")
        found += faults(page)
        page.get_by_label("Where it comes to light").select_option("")
        page.get_by_role("button", name="Draw a scenario").click()
        page.get_by_text("Edit the text of stage 1").click()
        found += faults(page)
        page.get_by_role("button", name="Save this scenario").click()
        page.get_by_role("heading", name="After the session").wait_for()
        found += faults(page)
        page.goto("/scenarios/kept")
        found += faults(page)
        assert found == []


@pytest.mark.parametrize("scheme", ["dark", "forced"])
def test_other_colours_pass_axe(open_page: Open, people: People, scheme: str) -> None:
    options = {"forced_colors": "active"} if scheme == "forced" else {"color_scheme": "dark"}
    assert faults(scenario(open_page, people, **options)) == []


def test_without_script_it_is_drawn_kept_spoken_of_and_deleted(open_page: Open, people: People) -> None:
    page = scenario(open_page, people, java_script_enabled=False)
    page.get_by_role("button", name="Show participants' version").click()
    page.get_by_text("For participants", exact=True).wait_for()
    assert page.locator(".quoted, textarea").count() == 0
    page.get_by_role("button", name="Show facilitator's version").click()
    page.get_by_text("Change the title").click()
    page.get_by_label("Title").fill("A session for March")
    page.get_by_role("button", name="Save this scenario").click()
    page.get_by_role("heading", name="A session for March").wait_for()
    page.get_by_label("4", exact=True).check()
    page.get_by_role("button", name="Send feedback").click()
    page.get_by_text("Your feedback has been saved").wait_for()
    page.get_by_role("link", name="Saved scenarios").click()
    page.get_by_role("link", name="Delete “A session for March”").click()
    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_role("status")).to_contain_text("deleted")
    assert "A session for March" not in page.content()


def test_the_keyboard_reaches_locks_words_and_drawing(open_page: Open, people: People) -> None:
    page = scenario(open_page, people)
    before = told(page, 2)
    page.get_by_label("Keep stage 1 when drawing again").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("What happens in stage 1")).to_be_visible()
    page.get_by_role("button", name="Draw the rest again").focus()
    page.keyboard.press("Enter")
    page.locator(".done").wait_for()
    assert told(page, 2) != before


def test_print_leaves_the_sheet_and_no_control(open_page: Open, people: People) -> None:
    page = scenario(open_page, people)
    page.emulate_media(media="print")
    for each in (".lock", ".edits", ".draws", ".saves", ".toolbar"):
        expect(page.locator(each).first).to_be_hidden()
    expect(page.locator(".content")).to_be_visible()
    expect(page.locator(".quoted blockquote").first).to_be_visible()


def test_a_set_is_one_archive_of_word_files(open_page: Open, people: People) -> None:
    page = open_page("/scenarios", people.address, people.keys["dahlia"])
    page.set_default_timeout(SLOW_MS)
    page.get_by_text("Draw several scenarios").click()
    page.get_by_label("How many").fill("2")
    page.get_by_role("button", name="Draw the set").click()
    page.locator(".course").wait_for()
    assert faults(page) == []
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download all").click()
    with zipfile.ZipFile(saved.value.path()) as archive:
        assert len(archive.namelist()) == 4
