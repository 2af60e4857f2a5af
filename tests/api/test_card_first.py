"""An urgent question gets its card whatever else refuses: length, limits, storage, a conversation that is gone."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import pytest

from api.access.limits import CARDS_PER_QUESTION
from assistant.errors import LibraryError
from assistant.model.people import Role
from tests.api.conftest import QUESTION, URGENT, Served
from tests.api.entered import Entered

LONG = "We are writing up the notes of our visit. " * 2000 + "He is strangling her right now!"
ENDLESS = "how long may an assessment take " * 2000 + URGENT
TODAY = "A child has just told me her stepdad touches her. Who do I tell?"
WAYS = ("ask", "stream", "message", "form", "completion", "completion stream")


def asked(
    post: Callable[..., Any],
    way: str,
    question: str,
    conversation: str = "",
    card: str = "A child may be in danger now",
) -> str:
    """Asks in one of the ways; returns the answer's text, which must be a success with the card."""
    if way == "ask":
        answer = post("/v1/ask", json={"question": question})
    elif way == "form":
        answer = post("/ask", data={"question": question, "conversation": conversation}, follow_redirects=True)
    elif way.startswith("completion"):
        messages = [{"role": "user", "content": question}]
        body = {"model": "policy-assistant", "messages": messages, "stream": way.endswith("stream")}
        answer = post("/v1/chat/completions", json=body)
    else:
        headers = {"accept": "text/event-stream" if way == "stream" else "application/json"}
        path = f"/v1/conversations/{conversation or 'gone'}/messages"
        answer = post(path, json={"question": question}, headers=headers)
    assert answer.status_code == 200, answer.text
    assert card in answer.text
    return str(answer.text)


def broken(*_: Any, **__: Any) -> Any:
    raise LibraryError("records.sqlite: the records cannot be used (database or disk is full).")


@pytest.fixture
def full_disk(served: Served, monkeypatch: pytest.MonkeyPatch) -> Served:
    for name in ("add", "begin"):
        monkeypatch.setattr(served.assistant.records, name, broken)
    monkeypatch.setattr(served.assistant.access_store, "audit", broken)
    return served


@pytest.mark.parametrize("question", [LONG, ENDLESS])
@pytest.mark.parametrize("way", WAYS)
def test_an_urgent_question_that_is_too_long_gets_the_card_and_a_notice(
    served: Served, way: str, question: str
) -> None:
    name = served.client.post("/v1/conversations").json()["conversation_id"]

    text = asked(served.client.post, way, question, name)

    assert "too long to answer" in text


def test_a_card_for_a_question_that_is_too_long_looks_nothing_up(served: Served) -> None:
    outcome = json.loads(asked(served.client.post, "ask", LONG))["outcome"]

    assert (outcome["outcome"], outcome["then"]) == ("signposted", None)
    assert len(outcome["question"]) <= served.assistant.settings.question_chars + 2


@pytest.mark.parametrize("way", WAYS)
def test_a_full_disk_does_not_hold_back_the_card(full_disk: Served, way: str) -> None:
    asked(full_disk.client.post, way, URGENT)


def test_a_card_that_could_not_be_stored_says_so_by_an_empty_record_id(full_disk: Served) -> None:
    assert json.loads(asked(full_disk.client.post, "ask", URGENT))["record_id"] == ""


def test_an_answer_is_not_given_on_a_full_disk(full_disk: Served) -> None:
    assert full_disk.client.post("/v1/ask", json={"question": QUESTION}).status_code == 503


@pytest.mark.parametrize("way", ["ask", "form"])
def test_a_card_does_not_wait_for_a_locked_database(served: Served, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    for name in ("add", "begin"):
        monkeypatch.setattr(served.assistant.records, name, lambda *_: time.sleep(20))
    start = time.monotonic()

    asked(served.client.post, way, URGENT)

    assert time.monotonic() - start < 10


@pytest.mark.parametrize("way", ["stream", "message", "form"])
def test_a_conversation_that_is_gone_does_not_hold_back_the_card(served: Served, way: str) -> None:
    asked(served.client.post, way, URGENT, "no-such-conversation")


def test_an_edition_or_a_model_that_is_not_there_does_not_hold_back_the_card(served: Served) -> None:
    edition = served.client.post("/v1/ask", json={"question": URGENT, "editions": ["no-such"]})
    body = {"model": "no-such", "messages": [{"role": "user", "content": URGENT}]}
    model = served.client.post("/v1/chat/completions", json=body)

    assert (edition.status_code, model.status_code) == (200, 200)


@pytest.mark.parametrize("fault", [RuntimeError("a fault of ours"), OSError(28, "No space left on device")])
def test_a_fault_in_the_pipeline_does_not_hold_back_the_card(
    served: Served, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    def fails(*_: Any, **__: Any) -> Any:
        raise fault

    monkeypatch.setattr(served.assistant, "ask_over", fails)

    assert json.loads(asked(served.client.post, "ask", URGENT))["outcome"]["then"] is None


@pytest.mark.parametrize("way", WAYS)
def test_the_question_limit_does_not_hold_back_the_card(entered: Entered, way: str) -> None:
    key = entered.key(Role.PRACTITIONER)
    browser = entered.browser(key)
    csrf = browser.get("/").text.split('name="csrf" content="')[1].split('"')[0]
    headers = {"x-csrf-token": csrf, "origin": "https://policy.example.org"}

    def post(path: str, **more: Any) -> Any:
        return browser.post(path, **{**more, "headers": {**headers, **more.get("headers", {})}})

    codes = [post("/v1/ask", json={"question": QUESTION}).status_code for _ in range(5)]
    assert codes == [200] * 4 + [429]

    text = asked(post, way, URGENT)

    assert "too many questions in a minute" in text
    assert post("/v1/ask", json={"question": QUESTION}).status_code == 429


def test_cards_have_a_limit_of_their_own(entered: Entered) -> None:
    key, most = entered.key(Role.PRACTITIONER), 4 * CARDS_PER_QUESTION

    codes = [entered.asks(key, "POST", "/v1/ask", json={"question": URGENT}).status_code for _ in range(most + 1)]

    assert codes == [200] * most + [429]


def test_a_question_that_is_too_long_and_not_urgent_counts_and_is_refused(entered: Entered) -> None:
    key, text = entered.key(Role.PRACTITIONER), "how long " * 500
    codes = [entered.asks(key, "POST", "/v1/ask", json={"question": text}).status_code for _ in range(5)]

    assert codes == [422] * 4 + [429]


def test_a_key_whose_use_cannot_be_recorded_still_opens(entered: Entered, monkeypatch: pytest.MonkeyPatch) -> None:
    key = entered.key(Role.PRACTITIONER)
    monkeypatch.setattr(entered.assistant.access_store, "used_key", broken)
    monkeypatch.setattr(entered.assistant.access_store, "audit", broken)

    assert entered.asks(key, "POST", "/v1/ask", json={"question": URGENT}).status_code == 200


def told_today(post: Callable[..., Any], way: str, conversation: str = "") -> str:
    return asked(post, way, TODAY, conversation, "Tell somebody about this today")


@pytest.mark.parametrize("way", WAYS)
def test_what_has_to_be_told_today_has_its_card_above_the_rest(served: Served, way: str) -> None:
    name = served.client.post("/v1/conversations").json()["conversation_id"]

    text = told_today(served.client.post, way, name)

    assert "0800 1111" in text
    if way == "stream":
        assert text.index("event: card") < text.index("event: outcome")


def test_the_card_of_act_today_hides_neither_answer_nor_refusal(served: Served) -> None:
    outcome = json.loads(told_today(served.client.post, "ask"))["outcome"]

    assert (outcome["outcome"], outcome["card"]["level"]) == ("signposted", "act_today")
    assert outcome["then"]["outcome"] in ("answered", "refused")


@pytest.mark.parametrize("way", WAYS)
def test_a_full_disk_does_not_hold_back_the_card_of_act_today(full_disk: Served, way: str) -> None:
    told_today(full_disk.client.post, way)


def test_a_fault_in_the_pipeline_does_not_hold_back_the_card_of_act_today(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(served.assistant, "ask_over", broken)

    assert json.loads(told_today(served.client.post, "ask"))["outcome"]["then"] is None


def test_the_question_limit_does_not_hold_back_the_card_of_act_today(entered: Entered) -> None:
    key = entered.key(Role.PRACTITIONER)
    codes = [entered.asks(key, "POST", "/v1/ask", json={"question": QUESTION}).status_code for _ in range(5)]

    answer = entered.asks(key, "POST", "/v1/ask", json={"question": TODAY})

    assert codes[-1] == 429
    assert (answer.status_code, answer.json()["outcome"]["card"]["level"]) == (200, "act_today")
