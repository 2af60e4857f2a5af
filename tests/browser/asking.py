"""What tests of the page do again and again."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page

QUESTION = "How long may an assessment take?"
KITE = "When must the kite steward report a broken kite line?"
UNANSWERABLE = "What is the annual budget of the partnership?"
URGENT = "A child is being hurt by her father right now, what do I do?"
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
    "selectors": False,
}
"""Every rule on every element; of the rules that hold, and of where an element stands, nothing is written out."""
DRAWN = "article.message:not(.pending)"


def ask(page: Page, question: str) -> Locator:
    """Asks and returns the drawn message."""
    before = page.locator(DRAWN).count()
    page.get_by_label("Your question").or_(page.get_by_label("Ask a follow-up, or something new")).fill(question)
    page.get_by_role("button", name="Ask", exact=True).click()
    drawn = page.locator(DRAWN).nth(before)
    drawn.wait_for()
    return drawn


def faults(page: Page) -> list[str]:
    """Returns what axe finds, and whether the page is wider than the screen.

    From its top: the menu that stays in view covers whatever is half scrolled below it.
    """
    page.evaluate("() => scrollTo({ top: 0, behavior: 'instant' })")
    found = [
        f"{page.url} {each['id']}: {each['nodes'][0]['html']}"
        for each in Axe().run(page, options=RULES).response["violations"]
    ]
    over = page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
    return [*found, *([f"{page.url} is {over}px too wide"] if over > 0 else [])]
