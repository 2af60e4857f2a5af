from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from fastapi.testclient import TestClient

from assistant.model.people import Asker, Role, Session
from assistant.operations.api_keys import hash_of
from tests.api.conftest import QUESTION
from tests.api.entered import HERE, PUBLIC, Entered, token_in

FORM = {"content-type": "application/x-www-form-urlencoded"}


def test_a_browser_without_a_session_is_sent_to_sign_in_and_back(entered: Entered) -> None:
    sent = entered.client.get("/history?a=b")
    assert (sent.status_code, sent.headers["location"]) == (303, "/sign-in?return_to=%2Fhistory%3Fa%3Db")
    secret = entered.key(Role.PRACTITIONER)
    back = entered.client.post("/sign-in", data={"key": secret, "return_to": "/history?a=b"})
    assert (back.status_code, back.headers["location"]) == (303, "/history?a=b")
    assert entered.client.get("/history").status_code == 200


def test_signing_in_sends_nobody_to_another_site(entered: Entered) -> None:
    secret = entered.key(Role.PRACTITIONER)
    back = entered.client.post("/sign-in", data={"key": secret, "return_to": "//evil.example"})
    assert back.headers["location"] == "/"


def test_a_wrong_key_is_told_so_on_the_page(entered: Entered) -> None:
    told = entered.client.post("/sign-in", data={"key": "<b>pak_wrong</b>"})
    assert told.status_code == 401
    assert "not known" in told.text
    assert "pak_wrong" not in told.text
    assert "set-cookie" not in told.headers


def test_the_cookie_is_for_this_host_and_no_script(entered: Entered) -> None:
    browser = entered.client
    given = browser.post("/sign-in", data={"key": entered.key(Role.PRACTITIONER)}, headers={"origin": PUBLIC})
    cookie = given.headers["set-cookie"]
    name, _, rest = cookie.partition("=")
    attributes = {each.strip().lower() for each in rest.split(";")[1:]}
    assert name == "__Host-session"
    assert {"httponly", "secure", "samesite=lax", "path=/"} <= attributes
    assert not any(each.startswith("domain") for each in attributes)


def test_a_signed_out_cookie_opens_nothing_again(entered: Entered) -> None:
    browser = entered.browser(entered.key(Role.PRACTITIONER))
    cookie = browser.cookies["__Host-session"]
    token = token_in(browser.get("/").text)
    assert browser.post("/sign-out", data={"csrf": token}).status_code == 303
    assert "__Host-session" not in browser.cookies

    replayed = TestClient(entered.app, base_url=PUBLIC, cookies={"__Host-session": cookie}, follow_redirects=False)
    assert replayed.get("/").status_code == 303
    assert replayed.get("/v1/documents").status_code == 401


@pytest.mark.parametrize("forged", ["", "x", "a" * 5000, "'; drop table session; --", "A1b2-" * 8 + "xyz"])
def test_a_forged_cookie_opens_nothing(entered: Entered, forged: str) -> None:
    told = entered.client.get("/v1/documents", headers={"cookie": f"__Host-session={forged}; session={forged}"})
    assert told.status_code == 401


def test_the_hash_that_is_kept_is_no_cookie(entered: Entered) -> None:
    browser = entered.browser(entered.key(Role.PRACTITIONER))
    kept = hash_of(browser.cookies["__Host-session"])
    assert entered.client.get("/v1/documents", headers={"cookie": f"__Host-session={kept}"}).status_code == 401


def test_an_ended_session_opens_nothing(entered: Entered) -> None:
    now = datetime.now(UTC)
    asker = Asker("ann", "Ann", frozenset({Role.PRACTITIONER}), (), "session")
    ended = Session(asker, "csrf", now - timedelta(hours=2), now - timedelta(seconds=1))
    entered.assistant.access_store.add_session(hash_of("token"), ended)
    assert entered.client.get("/v1/documents", headers={"cookie": "__Host-session=token"}).status_code == 401


def test_signing_in_makes_a_new_session_and_ends_the_one_that_was_there(entered: Entered) -> None:
    secret = entered.key(Role.PRACTITIONER)
    browser = entered.browser(secret)
    first = browser.cookies["__Host-session"]
    browser.post("/sign-in", data={"key": secret})
    assert browser.cookies["__Host-session"] != first
    fixed = entered.client.get("/v1/documents", headers={"cookie": f"__Host-session={first}"})
    assert fixed.status_code == 401


@pytest.mark.parametrize("token", [None, "", "x", "\u00e9"])
def test_a_change_by_cookie_needs_the_token_of_its_session(entered: Entered, token: str | None) -> None:
    browser = entered.browser(entered.key(Role.PRACTITIONER))
    headers = {} if token is None else {"x-csrf-token": token.encode("latin-1")}
    form = {"question": QUESTION} if token is None else {"question": QUESTION, "csrf": token}

    assert browser.post("/v1/ask", json={"question": QUESTION}, headers=headers).status_code == 403
    assert browser.post("/ask", data=form).status_code == 403
    assert browser.post("/sign-out").status_code == 403
    assert browser.delete("/v1/conversations/x", headers=headers).status_code == 403
    assert not [each for each in entered.actions() if each[0] in ("ask", "sign_out")]


def test_the_token_of_another_session_does_not_do(entered: Entered) -> None:
    secret = entered.key(Role.PRACTITIONER)
    ann, bob = entered.browser(secret), entered.browser(secret)
    other = token_in(bob.get("/").text)
    assert ann.post("/ask", data={"question": QUESTION, "csrf": other}).status_code == 403
    own = token_in(ann.get("/").text)
    assert ann.post("/ask", data={"question": QUESTION, "csrf": own}).status_code == 303
    asked = ann.post("/v1/ask", json={"question": QUESTION}, headers={"x-csrf-token": own})
    assert asked.status_code == 200


def test_a_page_of_another_site_signs_nobody_in(entered: Entered) -> None:
    given = {"key": entered.key(Role.PRACTITIONER)}
    told = entered.client.post("/sign-in", data=given, headers={"origin": "https://evil.example"})
    assert told.status_code == 403
    assert "set-cookie" not in told.headers


def test_a_name_with_a_line_break_makes_no_header(entered: Entered) -> None:
    told = entered.client.get("/sign-in", params={"return_to": "/a\r\nset-cookie: session=evil"})
    assert "set-cookie" not in told.headers
    sent = entered.client.get("/history%0d%0aset-cookie:%20a=b")
    assert "set-cookie" not in sent.headers


@pytest.mark.parametrize("path", ["/", "/v1/documents", "/healthz", "/static/page.css", "/sign-in", "/nothing"])
def test_every_answer_keeps_browsers_careful(entered: Entered, path: str) -> None:
    headers = entered.client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["strict-transport-security"].startswith("max-age=")
    assert "server" not in headers
    assert "access-control-allow-origin" not in headers


def test_two_people_do_not_see_each_others_conversations(entered: Entered) -> None:
    ann, bob = entered.key(Role.PRACTITIONER), entered.key(Role.PRACTITIONER, Role.POLICY)
    name = entered.asks(ann, "POST", "/v1/conversations").json()["conversation_id"]
    address = f"/v1/conversations/{name}"
    asked = entered.asks(ann, "POST", f"{address}/messages", json={"question": QUESTION})
    assert asked.status_code == 200
    for method, path in (("GET", address), ("POST", f"{address}/messages"), ("DELETE", address)):
        more = {"json": {"question": QUESTION}} if method == "POST" else {}
        assert entered.asks(bob, method, path, **more).status_code == 404
    assert name not in entered.asks(bob, "GET", "/v1/conversations").text
    page = entered.browser(bob).get(f"/conversations/{name}")
    assert page.status_code == 404
    assert entered.asks(ann, "GET", address).status_code == 200


def test_a_foreign_origin_may_ask_with_a_key_only_where_it_is_listed(entered: Entered) -> None:
    secret = entered.key(Role.PRACTITIONER)
    headers = {"authorization": f"Bearer {secret}", "origin": "https://intranet.example"}
    assert entered.client.post("/v1/ask", json={"question": QUESTION}, headers=headers).status_code == 403
    preflight = entered.client.options("/v1/ask", headers={**headers, "access-control-request-method": "POST"})
    assert "access-control-allow-origin" not in preflight.headers


def test_a_listed_origin_may_ask_and_brings_no_cookie(serve) -> None:  # type: ignore[no-untyped-def]
    found = serve(access={"cors_origins": ["https://intranet.example"]})
    headers = {"origin": "https://intranet.example"}
    told = found.client.post("/v1/ask", json={"question": QUESTION}, headers=headers)
    assert told.status_code == 200
    assert told.headers["access-control-allow-origin"] == "https://intranet.example"
    assert "access-control-allow-credentials" not in told.headers


def test_the_local_page_needs_no_token(served) -> None:  # type: ignore[no-untyped-def]
    told = served.client.post("/ask", data={"question": QUESTION}, headers={"origin": HERE}, follow_redirects=False)
    assert told.status_code == 303


def test_two_who_sign_in_with_one_key_share_no_history(entered: Entered) -> None:
    secret = entered.key(Role.PRACTITIONER)
    one, other = entered.browser(secret), entered.browser(secret)
    token = token_in(one.get("/").text)
    asked = one.post("/ask", data={"question": QUESTION, "csrf": token})
    place = asked.headers["location"].partition("#")[0]
    assert QUESTION in one.get("/history").text
    assert QUESTION not in other.get("/history").text
    assert other.get(place).status_code == 404
    assert QUESTION not in other.get("/me/export").text
    assert entered.asks(secret, "GET", "/v1/conversations").json()["conversations"] == []
    assert other.post("/me/erase", data={"csrf": token_in(other.get("/").text)}).status_code == 303
    assert QUESTION in one.get(place).text
    assert other.get("/history").status_code == 303
    assert "Other people may use the same key" in one.get("/history?q=assessment").text
    assert QUESTION not in one.get("/history?q=kite").text
