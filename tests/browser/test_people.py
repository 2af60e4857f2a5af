"""What one person must not see of another, and what only some may do."""

from __future__ import annotations

import httpx
from playwright.sync_api import expect

from tests.browser.asking import QUESTION, URGENT, ask, faults
from tests.browser.conftest import Open, People
from tests.browser.planted import RESTRICTED

BOARD = "When must the Heronbrook steward report a safeguarding meeting?"


def test_one_signs_in_with_a_key_and_out_again(open_page: Open, people: People) -> None:
    page = open_page("/history", people.address)
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert faults(page) == []
    page.get_by_label("Key").fill("pak_wrong")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("not known")
    assert faults(page) == []
    page.get_by_label("Key").fill(people.keys["amber"])
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Your conversations")).to_be_visible()
    page.get_by_role("button", name="Sign out Amber").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.goto("/history")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_what_one_types_while_signed_out_is_not_lost_and_danger_gets_its_card(open_page: Open, people: People) -> None:
    page = open_page("/", people.address, people.keys["amber"])
    page.context.clear_cookies()
    page.get_by_label("Your question").fill(QUESTION)
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Sign in")
    expect(page.locator("#question")).to_have_value(QUESTION)
    page.get_by_label("Your question").fill(URGENT)
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator(".message .card")).to_contain_text("999")
    expect(page.locator(".message .stages")).to_contain_text("Nothing was looked up. Sign in first")


def test_publishing_is_forbidden_to_practitioners_and_not_offered(open_page: Open, people: People) -> None:
    page = open_page("/", people.address, people.keys["amber"])
    assert page.get_by_role("link", name="Publishing").count() == 0
    assert page.get_by_role("link", name="Questions asked").count() == 0
    for place in ("/publishing", "/questions"):
        page.goto(place)
        expect(page.get_by_role("heading", name="You do not have access to this page")).to_be_visible()
    page = open_page("/publishing", people.address, people.keys["cedar"])
    expect(page.get_by_role("heading", name="Publishing")).to_be_visible()


def test_the_policy_team_sees_what_was_asked_and_not_who_asked(open_page: Open, people: People) -> None:
    ask(open_page("/", people.address, people.keys["birch"]), "How long may a very long assessment take?")
    page = open_page("/questions", people.address, people.keys["cedar"])
    expect(page.get_by_role("rowheader", name="How long may a very long assessment take?")).to_be_visible()
    assert "birch" not in page.content().lower()
    assert faults(page) == []
    page.get_by_label("Outcome").select_option("signposted")
    page.get_by_role("button", name="Show").click()
    assert page.get_by_role("rowheader", name="How long may a very long assessment take?").count() == 0


def test_one_erases_what_is_kept(open_page: Open, people: People) -> None:
    page = open_page("/", people.address, people.keys["cedar"])
    ask(page, QUESTION)
    page.get_by_role("link", name="Your data").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download everything").click()
    assert QUESTION in download.value.path().read_text(encoding="utf-8")
    page.get_by_role("link", name="Erase my data").click()
    assert faults(page) == []
    page.get_by_role("button", name="Erase").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_two_people_do_not_see_each_others_conversations(open_page: Open, people: People) -> None:
    page = open_page("/", people.address, people.keys["amber"])
    ask(page, QUESTION)
    other = open_page("/history", people.address, people.keys["birch"])
    assert QUESTION not in other.content()
    for path in (page.url, f"{page.url.split('#')[0]}/delete"):
        answer = other.goto(path)
        assert answer is not None
        assert answer.status == 404
    page.goto("/history")
    expect(page.get_by_role("link", name=QUESTION, exact=True)).to_be_visible()


def test_a_restricted_document_appears_nowhere_to_those_without_its_group(open_page: Open, people: People) -> None:
    theirs = open_page("/documents", people.address, people.keys["birch"])
    expect(theirs.get_by_role("link", name="Heronbrook board safeguarding minutes")).to_be_visible()
    counts = [theirs.get_by_role("heading", name="documents indexed").inner_text()]
    page = open_page("/documents", people.address, people.keys["amber"])
    counts.append(page.get_by_role("heading", name="documents indexed").inner_text())
    seen, unseen = (int(each.split()[0]) for each in counts)
    assert seen - unseen == 1
    assert RESTRICTED not in page.content()
    for path in ("/documents/board-only", "/documents/board-only/pages/1"):
        absent = page.goto(path.replace("board-only", "nowhere"))
        answer = page.goto(path)
        assert answer is not None
        assert absent is not None
        assert answer.status == absent.status == 404
        assert RESTRICTED not in page.content()
    page.goto("/documents?q=report+meeting+steward")
    assert RESTRICTED not in page.content()
    page.goto("/")
    message = ask(page, BOARD)
    assert (
        RESTRICTED
        not in message.locator(".answer, .nearest")
        .or_(message.locator(".refusal .citations"))
        .all_inner_texts()
        .__str__()
    )
    assert "nine working days" not in page.content()


def test_the_group_opens_it(open_page: Open, people: People) -> None:
    message = ask(open_page("/", people.address, people.keys["birch"]), BOARD)
    expect(message.locator(".statement").first).to_contain_text("nine working days")


def test_a_form_from_another_site_is_refused(address: str) -> None:
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        for path in ("/ask", "/feedback", "/publishing/undo", "/conversations/x/delete"):
            answer = httpx.post(address + path, data={"question": QUESTION}, headers=headers)
            assert answer.status_code in (403, 422), path
            assert answer.status_code == 403 or path == "/feedback"


def test_every_page_runs_no_script_but_its_own_files(address: str) -> None:
    for path in ("/", "/documents", "/help", "/documents/none", "/publishing"):
        policy = httpx.get(address + path).headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
