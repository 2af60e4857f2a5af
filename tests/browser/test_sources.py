"""Sources on the page: added, looked at, published, discarded, told of; without a fault of access on any screen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from api.app import create_app
from assistant.bootstrap import Assistant
from assistant.model.sources import ChangeState
from assistant.settings import Settings
from tests.api.loopback import listening
from tests.browser.asking import faults
from tests.browser.conftest import Open
from tests.browser.test_reaching import SCREENS
from tests.fakes_sources import SITE, FakeSources, change
from tests.unit.test_following import pair


@pytest.fixture
def followed(assistant: Assistant, tmp_path: Path) -> Iterator[str]:
    """Yields the address of a server with one source that has one change of each state."""
    now = datetime.now(UTC) - timedelta(hours=1)
    states = [each for each in ChangeState if each is not ChangeState.UNCHANGED]
    made = FakeSources(*(change(each.value, each, now, why="Said so by its publisher.") for each in states))
    made.now = now
    made.add(None, replace(SITE, name="Manual"))
    old, new = pair("Staff should call the parents.", "Staff must call the parents within two days.")
    made.documents = {"changed": (old, new), "new": (None, new), "withdrawn": (old, None)}
    made.sync(None, "manual")
    own = Assistant(Settings(data=tmp_path / "data"))
    own.embedder = assistant.embedder
    with listening(create_app(own, None, made)) as found:
        yield found


def test_a_source_is_added_looked_at_and_published_on_every_screen(open_page: Open, followed: str) -> None:
    page = open_page("/sources", at=followed)
    page.get_by_label("Address", exact=True).fill("https://www.example.org/news.rss")
    page.get_by_label("Kind of source").select_option("feed")
    page.get_by_label("Name (optional)").fill("News")
    page.get_by_label("Licence", exact=True).fill("With permission")
    page.get_by_label("Owner", exact=True).fill("Aldmoor partnership")
    page.get_by_label("When to look").fill("now and then")
    page.get_by_role("button", name="Follow this source").click()
    expect(page.get_by_role("alert")).to_contain_text("is no schedule")
    page.get_by_label("When to look").fill("daily at 06:00")
    page.get_by_role("button", name="Follow this source").click()
    expect(page.get_by_role("status")).to_contain_text("followed from now on")
    page.goto("/sources/manual")
    page.get_by_role("link", name="See what changed").click()
    expect(page.locator("del", has_text="should").first).to_be_visible()
    expect(page.locator(".tag", has_text="Duty word")).to_have_count(1)
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("status")).to_contain_text("Published")
    page.get_by_label("Looks wrong").check()
    page.get_by_role("button", name="Discard the chosen ones").click()
    expect(page.get_by_role("status")).to_contain_text("not be offered again")
    page.goto("/sources-digest")
    page.get_by_role("button", name="Make an address").click()
    expect(page.get_by_role("link", name="/feeds/sources/")).to_have_count(1)
    shown = {
        "light": ("/sources/manual/changes/withdrawn", "/sources-digest"),
        "dark": ("/sources/manual",),
        "narrow": ("/sources", "/sources/manual"),
    }
    found = []
    for screen, places in shown.items():
        other = open_page("/sources", at=followed, **SCREENS[screen])
        for place in places:
            other.goto(place)
            other.evaluate("() => document.querySelectorAll('main details').forEach(each => { each.open = true })")
            found += [f"{screen}: {each}" for each in faults(other)]
    assert found == []
