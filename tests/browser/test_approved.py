"""The journey of an approved answer: written, approved by a second person, given, and kept from answering; axe on each page."""

from __future__ import annotations

from datetime import UTC, datetime

from playwright.sync_api import Page, expect

from assistant.bootstrap import Assistant
from assistant.model.people import Role
from assistant.operations.api_keys import create_key
from tests.browser.asking import KITE, ask, faults
from tests.browser.conftest import Open, People
from tests.browser.test_reaching import SCREENS

OTHER = "What is the deadline for reporting a broken kite line?"


def looked_at(page: Page, *looks: str) -> list[str]:
    """Returns what axe finds on the page as it is, in some looks."""
    found: list[str] = []
    for look in (SCREENS[name] for name in looks):
        page.set_viewport_size(look["viewport"])
        page.emulate_media(color_scheme=look.get("color_scheme", "light"))
        found += faults(page)
    page.set_viewport_size(SCREENS["light"]["viewport"])
    page.emulate_media(color_scheme="light")
    return found


def test_an_answer_is_written_approved_and_given(open_page: Open, people: People, assistant: Assistant) -> None:
    second = create_key(assistant.access_store, "Elm", frozenset({Role.POLICY}), datetime.now(UTC))[1]
    writer = open_page("/approved-answers", at=people.address, key=people.keys["cedar"], java_script_enabled=False)
    writer.get_by_role("link", name="Write an approved answer").click()
    writer.get_by_label("Questions that it answers").fill(KITE)
    writer.get_by_label("Find passages").fill(KITE)
    writer.get_by_role("button", name="Find", exact=True).click()
    writer.get_by_label("within three working days").first.check()
    writer.get_by_role("button", name="Add what is ticked").click()
    writer.get_by_label("One sentence before the quotes").fill("You must ring the police within 9 days.")
    writer.get_by_label("Review by").fill("2099-01-01")
    writer.get_by_role("button", name="Save as a draft").click()
    expect(writer.get_by_role("alert")).to_contain_text("no quote has")
    writer.get_by_label("One sentence before the quotes").fill("Many clubs ask this.")
    writer.get_by_role("button", name="Preview").click()
    expect(writer.locator(".approved")).to_contain_text("Approved by Policy team")
    writer.get_by_role("button", name="Save as a draft").click()
    expect(writer.get_by_role("status")).to_contain_text("A second person")
    expect(writer.get_by_role("button", name="Approve this draft")).to_be_disabled()

    approver = open_page(writer.url, at=people.address, key=second)
    approver.get_by_role("button", name="Approve this draft").click()
    expect(approver.get_by_role("status")).to_contain_text("live")
    found = looked_at(approver, "dark")
    for path, look in (
        ("/approved-answers", "light"),
        ("/approved-answers/new?question=kite", "narrow"),
        ("/blocks?q=kite", "narrow"),
    ):
        approver.goto(path)
        found += looked_at(approver, look)

    asker = open_page("/", at=people.address, key=people.keys["amber"])
    given = ask(asker, OTHER)
    expect(given.locator(".approved .verdict")).to_contain_text("Approved by Policy team, checked on")
    expect(given.locator(".approved")).to_contain_text("within three working days")
    expect(given.locator(".own-words")).to_contain_text("Many clubs ask this.")
    found += looked_at(asker, "dark", "narrow")

    approver.goto(writer.url.split("?")[0])
    approver.get_by_text("Withdraw", exact=True).click()
    approver.get_by_label("Why").fill("It is under discussion.")
    approver.get_by_role("button", name="Withdraw the live answer").click()
    expect(approver.get_by_role("status")).to_contain_text("withdrawn")
    assert found == []
