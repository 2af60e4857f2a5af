"""Coverage for the policy team: overview, parts, filters, keys, decisions, charts, files, and axe on every page."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from assistant.bootstrap import Assistant
from assistant.model.people import Record
from tests.browser.asking import faults
from tests.browser.conftest import Open, People
from tests.browser.test_reaching import SCREENS

PARTS = ("questions", "topics", "duties", "recommendations", "references", "currency")
OLD, NEW = "csa-strategy-summary", "model-csa-policy"
DIFF = f"/coverage/diff?old={OLD}&new={NEW}"
TOPICS = """
[[topic]]
topic_id = "kites"
title = "Kites"
probes = ["When must the kite steward report a broken kite line?"]

[[topic]]
topic_id = "fees"
title = "Fees"
probes = ["What does a training course cost?"]
"""
WAITS = "have not been put to today's documents"
REFUSED = "What does a place on the kite course cost?"


@pytest.fixture(scope="module", autouse=True)
def few_topics(assistant: Assistant, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Has two topics on the map, and one question refused in the records."""
    path = tmp_path_factory.mktemp("topics") / "topics.toml"
    path.write_text(TOPICS)
    object.__setattr__(assistant.settings, "topics", path)
    outcome = {"outcome": "refused", "reason": "not_answered_here", "citations": []}
    now = datetime.now(UTC)
    assistant.records.add(Record("coverage-1", "somebody", None, REFUSED, outcome, 0.1, "f", now))
    return path


def asked(page: Page) -> Page:
    """Has everything asked that waits, and returns the page."""
    for _ in range(20):
        if WAITS not in page.request.get("/coverage?go=1").text():
            break
    page.goto("/coverage")
    expect(page.get_by_text(WAITS)).to_have_count(0)
    return page


@pytest.mark.parametrize("screen", SCREENS)
def test_no_page_of_coverage_has_a_fault_of_access(open_page: Open, screen: str) -> None:
    page = open_page("/coverage", **SCREENS[screen])
    found = faults(page)
    asked(page)
    found += faults(page)
    for place in (
        *(f"/coverage/{part}" for part in PARTS),
        "/coverage/diff",
        DIFF,
        "/coverage/duties?having=a=b",
        "/scenarios/feedback",
    ):
        page.goto(place)
        if page.locator(".finding").count():
            page.locator(".finding summary", has_text="Decide").first.click()
        found += faults(page)
    assert found == []


def test_the_overview_leads_to_each_part_and_says_what_changed(open_page: Open) -> None:
    page = asked(open_page("/coverage"))
    page.get_by_role("button", name="Save these counts").click()
    expect(page.get_by_role("status")).to_contain_text("counts are saved")
    for title in ("Unanswered questions", "Topic map", "Duty register", "References", "Currency"):
        page.goto("/coverage")
        page.get_by_role("rowheader", name=title).get_by_role("link").click()
        expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()
    page.goto("/coverage/duties?state=absent")
    page.locator(".finding summary", has_text="Decide").first.click()
    page.locator(".finding select").first.select_option("not_local")
    page.locator(".finding").first.get_by_role("button", name="Save decision").click()
    page.goto("/coverage")
    expect(page.get_by_role("row", name="Duty register")).to_contain_text("-1 required and absent")


def test_asking_goes_on_while_the_page_is_open_and_stops_when_told(open_page: Open, few_topics: Path) -> None:
    few_topics.write_text(TOPICS.replace("training course cost", "kite course cost in spring"))
    page = open_page("/coverage/topics")
    expect(page.get_by_role("status")).to_contain_text(WAITS)
    page.get_by_role("link", name="Ask now").click()
    expect(page.get_by_text(WAITS)).to_have_count(0, timeout=60_000)
    assert WAITS not in page.request.get("/coverage/topics").text()
    few_topics.write_text(TOPICS)


def test_filters_leave_what_fits_and_the_file_holds_the_same(open_page: Open) -> None:
    page = open_page("/coverage/duties")
    page.get_by_label("Duty word").select_option("duty word=must")
    page.get_by_label("Words").fill("local authority")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_label("Duty word")).to_have_value("duty word=must")
    shown = page.locator(".finding")
    assert 0 < shown.count() < 25
    for each in shown.all():
        expect(each).to_contain_text("must")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as CSV").click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert download.value.suggested_filename == "coverage-duties.csv"
    assert text.count(",must,") == shown.count()


def test_a_quote_leads_to_its_page_with_the_words_marked(open_page: Open) -> None:
    page = open_page("/coverage/duties")
    quote = page.locator(".finding h3").first.inner_text().split()[-3:]
    page.locator(".finding .checked a").first.click()
    expect(page.locator("mark").first).to_be_visible()
    assert " ".join(quote) in " ".join(page.locator("mark").all_inner_texts())


def test_findings_are_gone_through_by_key_and_decided(open_page: Open) -> None:
    page = open_page("/coverage/duties?state=absent")
    page.get_by_label("Words").press("j")
    expect(page.get_by_label("Words")).to_have_value("j")
    page.locator("#findings-list").focus()
    page.keyboard.press("j")
    expect(page.locator(".finding").nth(0)).to_be_focused()
    page.keyboard.press("j")
    expect(page.locator(".finding").nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(page.locator(".finding").nth(0)).to_be_focused()
    page.keyboard.press("d")
    expect(page.locator(".finding").nth(0).locator("select")).to_be_focused()
    page.locator(".finding").nth(0).locator("select").select_option("covered")
    page.keyboard.press("Tab")
    page.keyboard.type("Section 4 of ours")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.goto("/coverage/duties?state=covered")
    expect(page.locator(".finding", has_text="Section 4 of ours")).to_contain_text("Decided covered")


def test_charts_say_in_words_and_hatches_what_they_show_in_colour(open_page: Open) -> None:
    page = open_page("/coverage/duties")
    bar = page.locator("details svg.bar[role=img]").first
    assert "required and absent" in (bar.get_attribute("aria-label") or "")
    fills = {
        state: page.locator(f".bar .s-{state} .hatch").first.evaluate("node => getComputedStyle(node).fill")
        for state in ("absent", "covered", "partial")
        if page.locator(f".bar .s-{state} .hatch").count()
    }
    assert len(set(fills.values())) == len(fills) >= 2
    page = asked(page)
    page.goto("/coverage/topics")
    cell = page.locator(".matrix").get_by_role("link", name="0 of 1 answered, not answered").first
    assert "○" in cell.inner_text()


def test_questions_are_brought_in_from_a_file(open_page: Open) -> None:
    page = open_page("/coverage/questions")
    page.get_by_label("CSV file").set_input_files(
        {"name": "helpline.csv", "mimeType": "text/csv", "buffer": b"question,audience\nWho mends a torn kite?,clubs\n"}
    )
    page.get_by_role("button", name="Import").click()
    expect(page.get_by_role("status").first).to_contain_text("1 questions were imported from helpline.csv")
    expect(page.locator("#findings-list")).to_contain_text("Who mends a torn kite?")
    expect(page.get_by_role("rowheader", name=f"{datetime.now(UTC):%Y-%m}")).to_be_visible()


def test_two_editions_are_compared_word_by_word(open_page: Open) -> None:
    page = open_page("/coverage/diff")
    page.get_by_label("Earlier edition").select_option(OLD)
    page.get_by_label("Later edition").select_option(NEW)
    page.get_by_role("button", name="Compare").click()
    expect(page.locator(".finding ins").first).to_be_visible()
    page.get_by_label("State", exact=True).select_option("removed")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".finding del").first).to_be_visible()
    assert page.locator(".finding .tag.s-removed").count() == page.locator(".finding").count()


def test_the_report_is_given_as_files(open_page: Open) -> None:
    page = open_page("/coverage")
    for name, file in (("Download everything", "coverage.xlsx"), ("Download a printable report", "coverage.html")):
        with page.expect_download() as download:
            page.get_by_role("link", name=name).click()
        assert download.value.suggested_filename == file


def test_without_script_one_filters_decides_and_comes_back(open_page: Open) -> None:
    page = open_page("/coverage/duties?state=absent", java_script_enabled=False)
    page.get_by_label("Words").fill("must")
    page.get_by_role("button", name="Show").click()
    page.locator(".finding summary", has_text="Decide").first.click()
    page.locator(".finding").first.get_by_role("button", name="Save decision").click()
    assert "/coverage/duties?" in page.url
    assert "q=must" in page.url


def test_only_the_policy_team_is_offered_coverage(open_page: Open, people: People) -> None:
    page = open_page("/", people.address, people.keys["amber"])
    assert page.get_by_role("link", name="Coverage").count() == 0
    page.goto("/coverage/duties")
    expect(page.get_by_role("heading", name="You do not have access to this page")).to_be_visible()
    page = open_page("/coverage", people.address, people.keys["cedar"])
    expect(page.get_by_role("heading", level=1, name="Coverage")).to_be_visible()
    assert "Heronbrook" not in page.content()
