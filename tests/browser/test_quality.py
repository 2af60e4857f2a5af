"""The policy team opens and marks an answer, tries a draft, measures and signs, and sees usage; axe on every page of it."""

from __future__ import annotations

import json

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from assistant.bootstrap import Assistant
from assistant.model.quality import EverydayQuestion
from tests.browser.asking import KITE, ask, faults
from tests.browser.conftest import Open

DRAFT = b"# Kite lines\n\nThe kite steward must report a broken kite line within nine minutes.\n"
NARROW = {"width": 320, "height": 640}


@pytest.fixture
def one_question(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> str:
    """Has one everyday question, and returns a question set of one."""
    few = (EverydayQuestion("kite", KITE, "Kites"),)
    monkeypatch.setattr("api.bench.service.in_use", lambda edits: few)
    with assistant.opened() as snapshot:
        (cited,) = (each for each in snapshot.passages_of("kite-procedure-2026") if "broken kite line" in each.text)  # type: ignore[arg-type]
    words = next(line for line in cited.text.split("\n") if "broken kite line" in line)
    gold = [{"edition_id": "kite-procedure-2026", "page": 1, "quote": words}]
    return json.dumps({"id": "kite", "type": "answerable", "question": KITE, "gold": gold})


def checked(page: Page, found: list[str], *, in_dark: bool = False) -> None:
    """Adds what axe finds of a page, whether it is too wide for a narrow screen, and its contrast in dark."""
    wide = page.viewport_size
    found += faults(page)
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    if page.evaluate("() => document.documentElement.scrollWidth > innerWidth"):
        found.append(f"{page.url} is too wide for a narrow screen")
    if in_dark:
        page.emulate_media(color_scheme="dark")
        seen = (
            Axe().run(page, options={"runOnly": {"type": "rule", "values": ["color-contrast"]}}).response["violations"]
        )
        found += [f"{page.url} in dark: {each['nodes'][0]['html']}" for each in seen]
        page.emulate_media(color_scheme="light")
    page.set_viewport_size(wide)  # type: ignore[arg-type]


def test_the_team_owns_the_answers(open_page: Open, assistant: Assistant, one_question: str) -> None:
    found: list[str] = []
    page = open_page()
    ask(page, KITE)

    page.get_by_role("link", name="Questions asked").click()
    page.get_by_role("link", name=KITE).first.click()
    expect(page.get_by_text("that the documents answer")).to_be_visible()
    page.get_by_label("Right", exact=True).focus()
    page.keyboard.press("Space")
    page.get_by_label("Reason").fill("It is the steward's procedure.")
    page.get_by_role("button", name="Save mark").click()
    expect(page.get_by_role("status")).to_contain_text("in the set of marked questions")
    checked(page, found, in_dark=True)

    page.goto("/publishing")
    page.get_by_label("File", exact=True).set_input_files(
        {"name": "lines.md", "mimeType": "text/markdown", "buffer": DRAFT}
    )
    page.get_by_role("button", name="Upload and preview").click()
    preview = page.url
    page.get_by_role("button", name="Try the everyday questions").click()
    expect(page.get_by_role("status").filter(has_text="Nothing is published yet")).to_be_visible()
    expect(page.get_by_text("within nine minutes").first).to_be_visible()
    checked(page, found, in_dark=True)
    page.goto("/quality/bench")
    page.locator("summary", has_text="Add a question").click()
    checked(page, found)
    page.goto(preview)
    expect(page.get_by_text("1 of 1 to look at before publishing")).to_be_visible()
    page.get_by_role("button", name="Discard").click()

    page.goto("/quality/evaluation")
    page.get_by_label("File").set_input_files(
        {"name": "kites.jsonl", "mimeType": "text/plain", "buffer": one_question.encode()}
    )
    page.get_by_role("button", name="Upload").click()
    page.get_by_label("kites.jsonl").check()
    checked(page, found)
    page.get_by_role("button", name="Measure").click()
    expect(page.get_by_text("1 of 1 answers given were right")).to_be_visible()
    checked(page, found)
    page.get_by_role("button", name="Sign the scorecard").click()
    expect(page.get_by_role("status")).to_contain_text("signed")
    page.goto("/help")
    expect(page.get_by_text("1 of 1 answers given were right")).to_be_visible()
    (assistant.settings.data / "scorecard.json").unlink()

    for place in ("/quality", "/quality/usage"):
        page.goto(place)
        checked(page, found, in_dark=place.endswith("usage"))
    assert found == []
