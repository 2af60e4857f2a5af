"""The page in a frame of another site, and the link with a question: what is shown, kept, weighed, refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs

import httpx
import pytest
from playwright.sync_api import Frame, Page, Response, expect

from api.app import create_app
from assistant.bootstrap import Assistant
from assistant.settings.serving import ServeSetting
from tests.api.loopback import listening
from tests.browser.asking import KITE, UNANSWERABLE, URGENT, faults
from tests.browser.conftest import Open, People
from tests.browser.test_reaching import SCREENS

WEIGHT = 60 * 1024
"""Bytes that may come before the first question."""
REQUIRED = {"Cross-Origin-Embedder-Policy": "require-corp", "Cross-Origin-Opener-Policy": "same-origin"}
"""What a page sends that takes nothing of another site which does not allow it."""


class Intranet(SimpleHTTPRequestHandler):
    """Serves the pages of another site; ``strict.html`` is isolated from all other sites."""

    def end_headers(self) -> None:
        if self.path.startswith("/strict"):
            for name, value in REQUIRED.items():
                self.send_header(name, value)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        pass


@dataclass(frozen=True, slots=True)
class Sites:
    """Two sites that no cookie goes between: an intranet, and the assistant, open and with keys."""

    intranet: str
    open: str
    keys: str


@pytest.fixture(scope="module")
def sites(assistant: Assistant, people: People, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sites]:
    folder = tmp_path_factory.mktemp("intranet")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Intranet, directory=str(folder))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        intranet = f"http://localhost:{server.server_address[1]}"
        serve = ServeSetting(embed_origins=(intranet,))
        guarded = people.settings.model_copy(update={"serve": serve})
        apps = [
            create_app(_sharing(assistant, each))
            for each in (assistant.settings.model_copy(update={"serve": serve}), guarded)
        ]
        with listening(apps[0]) as first, listening(apps[1]) as second:
            (folder / "script.html").write_text(_page(f'<script src="{first}/embed.js" async></script>'))
            (folder / "frame.html").write_text(
                _page(f'<iframe src="{first}/embed" title="Ask" width="320" height="500"></iframe>')
            )
            (folder / "keys.html").write_text(_page(f'<script src="{second}/embed.js" data-title="Policies"></script>'))
            (folder / "strict.html").write_text(_page(f'<script src="{first}/embed.js"></script>'))
            yield Sites(intranet, first, second)
        server.shutdown()


def _sharing(assistant: Assistant, settings: object) -> Assistant:
    other = Assistant(settings)  # type: ignore[arg-type]
    other.embedder = assistant.embedder  # loaded once
    return other


def _page(inner: str) -> str:
    return f'<!doctype html><html lang="en"><title>Intranet</title><main><h1>Intranet</h1>{inner}</main></html>'


def framed(page: Page) -> Frame:
    """Returns the frame once it is there."""
    page.frame_locator("iframe").locator("#question").wait_for()
    return page.frames[1]


def asked(frame: Frame, question: str) -> None:
    frame.locator("#question").fill(question)
    frame.get_by_role("button", name="Ask", exact=True).click()


def test_it_weighs_little_has_no_fault_of_access_and_answers_with_sources_in_a_new_tab(
    open_page: Open, sites: Sites
) -> None:
    page = open_page("about:blank", **SCREENS["narrow"])
    loaded: list[Response] = []
    page.on("response", lambda response: loaded.append(response) if sites.open in response.url else None)
    page.goto(f"{sites.intranet}/script.html")
    frame = framed(page)
    page.wait_for_load_state("networkidle")
    assert len(loaded) >= 6
    assert sum(len(each.body()) for each in loaded) <= WEIGHT
    expect(page.locator("iframe")).to_have_attribute("title", "Ask the policy documents")
    expect(frame.locator("#who")).to_contain_text("Everybody who can open this page may ask.")
    found = faults(page)
    for number, question in enumerate((KITE, UNANSWERABLE, URGENT), start=1):
        frame.locator("#question").fill(question)
        frame.locator("#question").press("Enter")
        expect(frame.locator("article:not(.pending)")).to_have_count(number)
    found += faults(page)
    page.emulate_media(color_scheme="dark")
    assert [*found, *faults(page)] == []
    assert frame.locator("article").nth(2).locator("h2 + section.card").count() == 1
    assert frame.locator(".opinion").count() == 0
    ids = frame.evaluate("() => [...document.querySelectorAll('[id]')].map(node => node.id)")
    assert len(set(ids)) == len(ids)
    assert page.locator("iframe").evaluate("frame => frame.clientHeight") > 1500
    links = frame.evaluate(
        "() => [...document.querySelectorAll('article a[href^=\"/\"]')].map(n => `${n.target} ${n.rel}`)"
    )
    assert set(links) == {"_blank noopener"}
    with page.context.expect_page() as opened:
        frame.locator("a.number").first.click()
    expect(opened.value.locator("mark").first).to_contain_text("The kite steward must report")


def test_with_keys_it_says_who_may_ask_takes_a_key_and_gives_everybody_the_card(
    open_page: Open, sites: Sites, people: People
) -> None:
    page = open_page(f"{sites.intranet}/keys.html")
    frame = framed(page)
    expect(page.locator("iframe")).to_have_attribute("title", "Policies")
    expect(frame.locator("#who")).to_contain_text("People with a key may ask.")
    asked(frame, URGENT)
    expect(frame.locator("article .card")).to_contain_text("999")
    asked(frame, KITE)
    expect(frame.get_by_role("alert")).to_contain_text("This page does not know who you are")
    expect(frame.locator("#key")).to_be_focused()
    frame.locator("#key").fill(people.keys["amber"])
    frame.locator("#key").press("Enter")
    expect(frame.locator("article.answered .statement").first).to_contain_text("within three working days")
    assert page.context.cookies() == []
    with page.expect_request("**/embed") as sent:
        asked(frame, "And who keeps it?")
    assert [each["role"] for each in json.loads(parse_qs(sent.value.post_data or "")["history"][0])] == [
        "user",
        "user",
        "assistant",
    ]
    expect(frame.locator("article:not(.pending)")).to_have_count(3)


def test_without_script_it_answers_too(open_page: Open, sites: Sites) -> None:
    page = open_page(f"{sites.intranet}/frame.html", java_script_enabled=False)
    frame = framed(page)
    asked(frame, KITE)
    expect(frame.locator(".statement").first).to_contain_text("within three working days")
    assert frame.locator("base").get_attribute("target") == "_blank"
    page.goto(f"{sites.intranet}/frame.html".replace("localhost", "127.0.0.1"))
    assert page.frames[1].locator("#question").count() == 0


def test_a_page_that_takes_nothing_unasked_of_other_sites_shows_it_and_others_are_refused(
    open_page: Open, sites: Sites, address: str
) -> None:
    expect(framed(open_page(f"{sites.intranet}/strict.html")).locator("h1")).to_have_text("Ask the policy documents")
    with httpx.Client() as client:
        allowed = client.get(f"{sites.open}/embed").headers
        assert f"frame-ancestors {sites.intranet};" in f"{allowed['content-security-policy']};"
        assert "x-frame-options" not in allowed
        for path in ("/", "/help", "/documents", "/static/page.css", "/v1/documents"):
            headers = client.get(f"{sites.open}{path}").headers
            assert "frame-ancestors 'none'" in headers["content-security-policy"]
            assert headers["x-frame-options"] == "DENY"
            assert headers["cross-origin-resource-policy"] == "same-origin"
        assert client.get(f"{address}/embed").status_code == client.get(f"{address}/embed.js").status_code == 404


def test_a_link_fills_the_question_in_and_asks_nothing(open_page: Open, people: People) -> None:
    page = open_page("/#q=How%20long%20may%20an%20assessment%20take%3F")
    expect(page.locator("#question")).to_have_value("How long may an assessment take?")
    expect(page.locator("#question")).to_be_focused()
    assert page.url.endswith("/")
    assert page.locator("article").count() == 0
    page = open_page("/#q=Who%20keeps%20the%20line%3F", people.address)
    page.get_by_label("Key").fill(people.keys["amber"])
    assert "#" not in page.url
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator("#question")).to_have_value("Who keeps the line?")
    page.reload()
    expect(page.locator("#question")).to_have_value("")
