from __future__ import annotations

import pytest

from assistant.model.people import Role
from tests.api.conftest import QUESTION, UNANSWERABLE, Served
from tests.api.entered import Entered, token_in


def asked(served: Served, text: str = QUESTION) -> str:
    record = served.client.post("/v1/ask", json={"question": text}).json()["record_id"]
    assert isinstance(record, str)
    return record


@pytest.mark.parametrize("opinion", ["helpful", "wrong_source", "unsupported", "missing"])
def test_an_opinion_of_a_statement_is_kept_masked(served: Served, opinion: str) -> None:
    note = "Ask Sarah Smith on 01539 123456 about it."
    given = {"record_id": asked(served), "opinion": opinion, "statement": 1, "note": note}
    told = served.client.post("/v1/feedback", json=given)

    assert told.status_code == 201
    kept = told.json()
    assert (kept["opinion"], kept["statement"]) == (opinion, 1)
    assert "01539" not in kept["note"]
    exported = served.client.get("/v1/me/export").text
    assert kept["feedback_id"] in exported
    assert "01539 123456" not in exported


def test_a_statement_that_is_not_there_is_said(served: Served) -> None:
    told = served.client.post("/v1/feedback", json={"record_id": asked(served), "opinion": "helpful", "statement": 99})
    assert told.status_code == 422
    refused = {"record_id": asked(served, UNANSWERABLE), "opinion": "missing", "statement": 1}
    assert served.client.post("/v1/feedback", json=refused).status_code == 422
    assert served.client.post("/v1/feedback", json={**refused, "statement": None}).status_code == 201


@pytest.mark.parametrize(
    "change", [{"opinion": "nice"}, {"note": "x" * 2001}, {"statement": 0}, {"more": 1}, {"record_id": "x" * 101}]
)
def test_what_is_not_described_is_refused(served: Served, change: dict[str, object]) -> None:
    given = {"record_id": "none", "opinion": "helpful", **change}
    assert served.client.post("/v1/feedback", json=given).status_code == 422


def test_nobody_judges_what_another_asked(entered: Entered) -> None:
    ann, bob = entered.key(Role.PRACTITIONER), entered.key(Role.ADMIN)
    record = entered.asks(ann, "POST", "/v1/ask", json={"question": QUESTION}).json()["record_id"]
    given = {"record_id": record, "opinion": "helpful"}

    assert entered.asks(bob, "POST", "/v1/feedback", json=given).status_code == 404
    assert entered.asks(ann, "POST", "/v1/feedback", json=given).status_code == 201
    assert ("feedback", "helpful") in entered.actions()


def test_the_form_of_the_page_keeps_it_too(entered: Entered) -> None:
    browser = entered.browser(entered.key(Role.PRACTITIONER))
    token = token_in(browser.get("/").text)
    going = browser.post("/ask", data={"question": QUESTION, "csrf": token}).headers["location"]
    record = going.rpartition("#m-")[2]
    given = {"record": record, "opinion": "wrong_source", "statement": "1", "note": "old", "csrf": token}

    assert browser.post("/feedback", data={**given, "csrf": ""}).status_code == 403
    told = browser.post("/feedback", data=given)
    assert told.status_code == 200
    assert "Thank you" in told.text
    assert browser.post("/feedback", data={**given, "record": "other"}).status_code == 404
