"""More people ask than can be answered in time: whoever would wait too long is told so, on every way of asking."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from tests.api.conftest import QUESTION, URGENT, Served


@pytest.fixture
def busy(serve: Callable[..., Served]) -> Served:
    return serve(serve={"asked_at_once": 1, "longest_wait_s": 0.01})


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/v1/ask", {"question": QUESTION}),
        ("/v1/chat/completions", {"model": "policy-extractive", "messages": [{"role": "user", "content": QUESTION}]}),
    ],
)
def test_the_api_says_when_to_ask_again(busy: Served, path: str, body: dict[str, object]) -> None:
    if "completions" in path:
        body = {**body, "model": busy.client.get("/v1/models").json()["data"][0]["id"]}
    with busy.app.state.state.turns.taken():
        answer = busy.client.post(path, json=body)
    assert answer.status_code == 503
    assert answer.json()["type"].endswith("busy")
    assert int(answer.headers["retry-after"]) >= 1
    assert "ask it again in about" in answer.json()["detail"]
    assert QUESTION not in answer.text
    assert busy.client.post(path, json=body).status_code == 200


def test_a_stream_ends_with_the_problem(busy: Served) -> None:
    with busy.app.state.state.turns.taken():
        answer = busy.client.post("/v1/ask", json={"question": QUESTION}, headers={"accept": "text/event-stream"})
    assert "ask it again in about" in answer.text


def test_the_page_says_it_in_words_and_offers_to_try_again(busy: Served) -> None:
    with busy.app.state.state.turns.taken():
        answer = busy.client.post("/ask", data={"question": QUESTION}, headers={"accept": "text/html"})
    assert answer.status_code == 503
    assert "Many people are asking just now" in answer.text


def test_an_urgent_question_waits_for_the_next_turn_and_is_never_refused(busy: Served) -> None:
    turns, answers = busy.app.state.state.turns, []
    asking = threading.Thread(target=lambda: answers.append(busy.client.post("/v1/ask", json={"question": URGENT})))
    with turns.taken():
        asking.start()
        asking.join(0.5)
    asking.join(60)
    assert [each.status_code for each in answers] == [200]
    assert answers[0].json()["outcome"]["outcome"] == "signposted"
