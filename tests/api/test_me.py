from __future__ import annotations

import json

from assistant.model.people import Role
from tests.api.conftest import QUESTION
from tests.api.entered import Entered, token_in


def test_one_is_told_who_one_is(entered: Entered) -> None:
    told = entered.asks(entered.key(Role.TRAINER, groups=("inner",)), "GET", "/v1/me").json()
    assert (told["roles"], told["groups"], told["via"]) == (["trainer"], ["inner", "role:trainer"], "key")


def test_one_takes_what_is_ones_own_and_nothing_else(entered: Entered) -> None:
    ann, bob = entered.key(Role.PRACTITIONER), entered.key(Role.PRACTITIONER)
    for secret in (ann, bob):
        assert entered.asks(secret, "POST", "/v1/ask", json={"question": QUESTION}).status_code == 200
    told = entered.asks(ann, "GET", "/v1/me/export")
    rows = [json.loads(line) for line in told.text.splitlines()]

    assert told.headers["content-type"].startswith("application/x-ndjson")
    assert [each["type"] for each in rows].count("record") == 1
    assert {each["type"] for each in rows} == {"record", "audit"}
    other = entered.asks(bob, "GET", "/v1/me").json()["user_id"]
    assert other not in told.text


def test_erasing_removes_records_and_ends_the_sessions(entered: Entered) -> None:
    secret = entered.key(Role.PRACTITIONER)
    browser = entered.browser(secret)
    token = token_in(browser.get("/me").text)
    browser.post("/ask", data={"question": QUESTION, "csrf": token})
    assert QUESTION in browser.get("/history").text
    assert "Erase all your data?" in browser.get("/me/erase").text
    assert browser.post("/me/erase").status_code == 403
    assert browser.post("/me/erase", data={"csrf": token}).status_code == 303
    assert browser.get("/history").status_code == 303

    kept = entered.asks(secret, "GET", "/v1/me/export").text
    assert '"type": "record"' not in kept
    assert QUESTION not in kept


def test_a_program_erases_its_own(entered: Entered) -> None:
    secret = entered.key(Role.PRACTITIONER)
    entered.asks(secret, "POST", "/v1/ask", json={"question": QUESTION})
    assert entered.asks(secret, "DELETE", "/v1/me").json() == {"rows": 1}
    assert entered.asks(secret, "DELETE", "/v1/me").json() == {"rows": 0}
    assert [each[0] for each in entered.actions()].count("erase") == 2
