from __future__ import annotations

import pytest
from playwright.sync_api import expect

from assistant.bootstrap import Assistant
from tests.browser.asking import KITE, QUESTION, UNANSWERABLE, URGENT, ask
from tests.browser.conftest import Open


def test_an_answer_is_quoted_with_kind_edition_place_and_duty(open_page: Open) -> None:
    page = open_page()
    answer = ask(page, KITE)
    expect(answer.locator(".statement").first).to_contain_text("within three working days")
    source = answer.locator(".citation").first
    for words in (
        "Kite flying safety procedure 2026",
        "Policy",
        "must",
        "page 2",
        "in force from 1 January 2026",
    ):
        expect(source).to_contain_text(words)
    assert "/conversations/" in page.url
    expect(page.get_by_role("status").first).to_contain_text("Answer with")


def test_a_citation_opens_the_page_beside_with_the_words_marked_and_closes_to_where_one_was(open_page: Open) -> None:
    page = open_page()
    link = ask(page, KITE).locator("a.number").first
    link.click()
    beside = page.get_by_role("complementary", name="Document")
    expect(beside.locator("img")).to_be_visible()
    assert beside.locator("img").evaluate("image => image.decode().then(() => image.naturalWidth)") > 400
    assert beside.locator("rect.mark").count() == 2
    expect(beside.locator("mark").first).to_contain_text("The kite steward must report")
    expect(beside.get_by_role("link", name="Official source")).to_have_attribute("href", "https://example.org/kite")
    beside.get_by_role("link", name="Previous page").click()
    expect(beside.locator(".page-text")).to_contain_text("check the weather")
    assert beside.locator("rect.mark").count() == 0
    page.keyboard.press("Escape")
    expect(beside).to_be_hidden()
    expect(link).to_be_focused()


def test_a_markdown_citation_shows_its_text_marked(open_page: Open) -> None:
    page = open_page()
    ask(page, QUESTION).locator("a.number").first.click()
    beside = page.get_by_role("complementary", name="Document")
    expect(beside.locator("mark").first).to_contain_text("45 working days")
    expect(beside.locator("img")).to_have_count(0)


def test_a_refusal_says_what_was_looked_for_whom_to_ask_and_takes_a_gap(open_page: Open, assistant: Assistant) -> None:
    refusal = ask(open_page(), UNANSWERABLE)
    expect(refusal.locator(".refusal .verdict")).to_have_text("No confirmed answer")
    expect(refusal).to_contain_text(f"Searched for: {UNANSWERABLE}")
    expect(refusal).to_contain_text("designated safeguarding lead")
    expect(refusal.get_by_role("heading", name="Closest passages, not confirmed to answer")).to_be_visible()
    assert refusal.locator(".answer").count() == 0
    assert refusal.locator("a.number").count() == 0
    refusal.get_by_text("Report a gap").click()
    refusal.get_by_role("button", name="Report this gap").click()
    expect(refusal.locator(".said")).to_contain_text("Thank you")
    assert any("missing" in each.opinions for each in assistant.records.questions(outcome="refused"))


def test_an_urgent_question_gets_the_card_first(open_page: Open) -> None:
    message = ask(open_page(), URGENT)
    assert message.locator("h2 + section.card").count() == 1
    expect(message.locator(".card")).to_contain_text("999")


def test_personal_details_are_shown_as_masked_with_one_line_why(open_page: Open) -> None:
    page = open_page()
    message = ask(page, "My name is Tilda Wren. How long may an assessment take?")
    expect(message.locator(".notice.masked")).to_contain_text("Personal details were removed before searching: name")
    expect(message.locator(".question")).to_contain_text("[name]")
    message.locator(".removed").evaluate("line => line.remove()")  # the one place that shows the words, to their asker
    assert "Wren" not in page.content()


def test_a_follow_up_is_read_with_what_was_asked_before_and_can_be_edited(open_page: Open) -> None:
    page = open_page()
    ask(page, KITE)
    where = page.url
    ask(page, "And who should check the weather before the session?")
    assert page.url == where
    page.reload()
    assert page.locator("article.message").count() == 2
    page.get_by_role("link", name="Edit and ask again").first.click()
    expect(page.locator("#question")).to_have_value(KITE)


def test_an_answer_is_rated_with_one_tap_and_the_reason_is_asked_afterwards(
    open_page: Open, assistant: Assistant
) -> None:
    message = ask(open_page(), "Who keeps the broken kite line?")
    message.get_by_role("button", name="Not useful").click()
    expect(message.get_by_label("It quotes the wrong source")).to_be_focused()
    message.get_by_label("It quotes the wrong source").check()
    message.get_by_label("Note").fill("Ask Tilda Wren, tilda@example.org")
    message.get_by_role("button", name="Send", exact=True).click()
    expect(message.locator(".why .said")).to_contain_text("Thank you")
    kept = [each for each in assistant.records.export("local") if each["type"] == "feedback"]
    assert [each["opinion"] for each in kept[-2:]] == ["not_helpful", "wrong_source"]
    assert kept[-1]["statement"] == 1
    assert "tilda@example.org" not in str(kept)


def test_an_answer_is_copied_with_its_sources(open_page: Open) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    message = ask(page, KITE)
    message.get_by_role("button", name="Copy with citations").click()
    expect(message.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert "[1] Kite flying safety procedure 2026 (policy)" in copied


def test_a_conversation_is_in_the_history_until_it_is_deleted(open_page: Open) -> None:
    page = open_page()
    ask(page, "When must a broken kite line be reported?")
    where = page.url
    page.get_by_role("link", name="History").click()
    page.get_by_role("link", name="Delete “When must a broken kite line be reported?”").click()
    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_role("status")).to_contain_text("has been deleted")
    answer = page.goto(where)
    assert answer is not None
    assert answer.status == 404


@pytest.mark.parametrize(
    "question", ["<img src=x onerror=alert(5)> how long may an assessment take?", KITE + "<script>alert(6)</script>"]
)
def test_html_in_a_question_is_text(open_page: Open, question: str) -> None:
    page = open_page()
    expect(ask(page, question).locator(".question")).to_contain_text(question.partition("<")[0] or "how long may")
    assert page.locator("main img, main script").count() == 0
    page.reload()
    assert page.locator("main img, main script").count() == 0


def test_html_in_a_document_is_text(open_page: Open) -> None:
    page = open_page("/documents")
    page.get_by_role("link", name="Canoe safeguarding guidance").click()
    assert page.locator("main img, main script").count() == 0
    assert page.locator("a[href^='javascript']").count() == 0
    page.goto("/documents/hostile/pages/1")
    expect(page.locator(".page-text")).to_contain_text("<script>alert(3)</script>")
    assert page.locator("main img, main script, .page-text b").count() == 0


def test_the_words_that_were_masked_are_shown_until_the_page_is_left(open_page: Open) -> None:
    page = open_page()
    answer = ask(page, f"😀 Zbigniew Ostrowiecki asks: {KITE}")
    removed = answer.locator(".removed")
    expect(removed).to_contain_text("Removed before searching: name “Zbigniew Ostrowiecki”")
    expect(answer.locator(".question")).to_contain_text("[name]")
    page.reload()
    expect(page.locator("article .notice.masked")).to_contain_text(
        "Personal details were removed before searching: name"
    )
    expect(page.locator(".removed")).to_have_count(0)
    assert "Ostrowiecki" not in page.content()
