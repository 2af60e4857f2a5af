"""The page in a frame: who is allowed to frame it, who may ask on it, and what it remembers."""

from __future__ import annotations

import json

import pytest
from fastapi.testclient import TestClient
from pydantic import ValidationError

from api.app import create_app
from assistant.bootstrap import Assistant
from assistant.model.people import Role
from assistant.settings import Settings
from assistant.settings.serving import ServeSetting
from tests.api.conftest import QUESTION, URGENT, Served
from tests.api.entered import PUBLIC, Entered, token_in

SITES = ("https://intranet.example.org", "http://localhost:8080")
EVENTS = {"accept": "text/event-stream"}


@pytest.fixture(scope="module")
def open_site(served: Served) -> TestClient:
    settings = served.assistant.settings.model_copy(update={"serve": ServeSetting(embed_origins=SITES)})
    return TestClient(
        create_app(_over(served, settings)), base_url="http://127.0.0.1:8000", raise_server_exceptions=False
    )


@pytest.fixture
def with_keys(entered: Entered, served: Served) -> Entered:
    settings = entered.assistant.settings.model_copy(update={"serve": ServeSetting(embed_origins=SITES)})
    app = create_app(_over(served, settings))
    return Entered(
        app, TestClient(app, base_url=PUBLIC, raise_server_exceptions=False, follow_redirects=False), entered.assistant
    )


def _over(served: Served, settings: Settings) -> Assistant:
    assistant = Assistant(settings)
    assistant.embedder = served.assistant.embedder  # loaded once
    return assistant


def test_the_sites_of_the_settings_and_no_other_may_frame_it(open_site: TestClient) -> None:
    headers = open_site.get("/embed").headers
    assert f"frame-ancestors {' '.join(SITES)}" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert "x-frame-options" not in headers
    assert headers["cross-origin-resource-policy"] == "cross-origin"
    assert headers["cross-origin-embedder-policy"] == "require-corp"
    script = open_site.get("/embed.js").headers
    assert (script["cross-origin-resource-policy"], script["x-frame-options"]) == ("cross-origin", "DENY")


@pytest.mark.parametrize(
    "site",
    ["intranet.example.org", "https://intranet.example.org/", "*", "https://*.example.org", "https://a.org; script-src *",
     "https://a.org https://b.org", "'self'", "https://Intranet.example.org", "https://a.org\n"],
)  # fmt: skip
def test_an_origin_is_written_as_browsers_write_it(site: str) -> None:
    with pytest.raises(ValidationError, match="is no origin: write scheme and host"):
        ServeSetting(embed_origins=(site,))


def test_it_is_off_unless_a_site_is_named(served: Served) -> None:
    for method, path in (("GET", "/embed"), ("GET", "/embed.js"), ("POST", "/embed")):
        answer = served.client.request(method, path)
        assert answer.status_code == 404
        assert "serve.embed_origins" in answer.json()["detail"]
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


def test_a_question_comes_as_events_and_as_a_page(open_site: TestClient, served: Served) -> None:
    told = open_site.post("/embed", data={"question": QUESTION}, headers=EVENTS).text
    message = json.loads(told.rpartition("event: message\ndata: ")[2])
    assert "45 working days" in message["html"]
    assert "/feedback" not in message["html"]
    assert message["outcome"]["outcome"] == "answered"
    page = open_site.post("/embed", data={"question": QUESTION})
    assert "45 working days" in page.text
    assert "/feedback" not in page.text
    assert f"frame-ancestors {SITES[0]}" in page.headers["content-security-policy"]
    assert served.assistant.access_store.audit_lines(limit=1)[0].what == "answered"


def test_a_follow_up_is_read_with_what_the_frame_remembers(open_site: TestClient) -> None:
    history = json.dumps([{"role": "user", "content": QUESTION}, {"role": "assistant", "content": "45 working days."}])
    told = open_site.post("/embed", data={"question": "And who leads it?", "history": history}, headers=EVENTS).text
    assert "assessment" in json.loads(told.rpartition("data: ")[2])["outcome"]["standalone"].lower()
    assert open_site.post("/embed", data={"question": "And?", "history": "[1"}, headers=EVENTS).status_code == 422


def test_who_is_not_signed_in_is_told_who_may_ask_and_gets_the_card(with_keys: Entered) -> None:
    client = with_keys.client
    assert "People with a key may ask." in client.get("/embed").text
    refused = client.post("/embed", data={"question": QUESTION}, headers=EVENTS)
    assert (refused.status_code, refused.json()["type"].rpartition(":")[2]) == (401, "sign_in")
    page = client.post("/embed", data={"question": QUESTION})
    assert page.status_code == 401
    assert "This page does not know who you are" in page.text
    told = client.post("/embed", data={"question": URGENT}, headers=EVENTS).text
    assert told.index("event: card") < told.index("event: message")
    assert "Nothing was looked up. This page does not know who you are" in told
    page = client.post("/embed", data={"question": URGENT, "history": "no list"})
    assert "A child may be in danger now" in page.text
    assert f"frame-ancestors {SITES[0]}" in page.headers["content-security-policy"]


def test_a_key_is_sent_with_each_question_and_a_wrong_one_is_counted(with_keys: Entered) -> None:
    key = {**EVENTS, "authorization": f"Bearer {with_keys.key(Role.PRACTITIONER)}"}
    assert "event: message" in with_keys.client.post("/embed", data={"question": QUESTION}, headers=key).text
    wrong = {**EVENTS, "authorization": "Bearer pak_wrong"}
    statuses = [
        with_keys.client.post("/embed", data={"question": QUESTION}, headers=wrong).status_code for _ in range(6)
    ]
    assert statuses == [401] * 5 + [429]
    assert ("sign_in_failed", "key from testclient") in with_keys.actions()


def test_a_sign_in_of_the_same_site_counts_with_its_token_only(with_keys: Entered) -> None:
    browser = with_keys.browser(with_keys.key(Role.PRACTITIONER))
    page = browser.get("/embed").text
    assert "You ask as test." in page
    assert browser.post("/embed", data={"question": QUESTION}).status_code == 403
    asked = {"question": QUESTION, "csrf": token_in(page)}
    assert "45 working days" in browser.post("/embed", data=asked).text


def test_a_form_of_another_site_asks_nothing(open_site: TestClient) -> None:
    for headers in ({"origin": SITES[0]}, {"sec-fetch-site": "cross-site"}):
        assert open_site.post("/embed", data={"question": QUESTION}, headers=headers).status_code == 403
