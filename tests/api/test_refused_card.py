"""An urgent question gets its card in place of a refusal: not signed in, body too large, body invalid, a fault."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.types import Message

from api.cards.kept_body import KeptBody
from api.cards.typed_words import typed_words
from assistant.errors import LibraryError
from assistant.model.people import Role
from tests.api.conftest import QUESTION, URGENT, Served
from tests.api.entered import Entered

CARD = "A child may be in danger now"
WAYS = ("ask", "stream", "message", "form", "completion", "completion stream")
REFUSALS = ("nobody signed in", "a wrong key", "too large", "too large without a length", "invalid")
PADDING = "How long may an assessment take? " * 9_000
Post = Callable[..., Any]


def sent(post: Post, way: str, question: str, refusal: str = "", headers: dict[str, str] | None = None) -> Any:
    """Sends a question in one of the ways, in a request that is refused for one reason, and returns the response."""
    headers = {**(headers or {}), **({"authorization": "Bearer wrong"} if refusal == "a wrong key" else {})}
    question = f"{PADDING} {question}" if refusal.startswith("too large") else question
    strange = {"as_at": "never"} if refusal == "invalid" else {}
    if way == "form":
        data = {"question": question, **({"mode": "strange"} if refusal == "invalid" else {})}
        return post("/ask", headers=headers, data=data, follow_redirects=False)
    if way.startswith("completion"):
        message = {"role": "nurse" if refusal == "invalid" else "user", "content": question}
        path, body = "/v1/chat/completions", {"model": "policy-assistant", "messages": [message]}
        body |= {"stream": way.endswith("stream")}
    else:
        path, body = "/v1/ask" if way == "ask" else "/v1/conversations/none/messages", {"question": question, **strange}
    headers |= {"accept": "text/event-stream" if way == "stream" else "application/json"}
    content = json.dumps(body).encode()
    pieces = (content[at : at + 65_536] for at in range(0, len(content), 65_536))
    return post(
        path,
        headers={**headers, "content-type": "application/json"},
        content=pieces if refusal.endswith("length") else content,
    )


def titles(entered: Entered) -> list[str]:
    with entered.assistant.opened(()) as snapshot:
        return [edition.title for edition in snapshot.editions()]


def signed_in(entered: Entered, refusal: str) -> dict[str, str]:
    if refusal in ("nobody signed in", "a wrong key"):
        return {}
    return {"authorization": f"Bearer {entered.key(Role.PRACTITIONER)}"}


@pytest.mark.parametrize("refusal", REFUSALS)
@pytest.mark.parametrize("way", WAYS)
def test_an_urgent_question_gets_its_card_and_the_reason_in_place_of_the_refusal(
    studio: Entered, way: str, refusal: str
) -> None:
    answer = sent(studio.client.post, way, URGENT, refusal, signed_in(studio, refusal))

    assert answer.status_code == 200, answer.text
    assert CARD in answer.text
    assert "Nothing was looked up." in answer.text


@pytest.mark.parametrize("refusal", REFUSALS)
@pytest.mark.parametrize("way", WAYS)
def test_any_other_question_is_refused_as_it_was(studio: Entered, way: str, refusal: str) -> None:
    answer = sent(studio.client.post, way, QUESTION, refusal, signed_in(studio, refusal))

    status = {"n": 303 if way == "form" else 401, "a": 303 if way == "form" else 401, "t": 413, "i": 422}[refusal[0]]
    assert answer.status_code == status, answer.text
    assert CARD not in answer.text


@pytest.mark.parametrize("way", WAYS)
def test_somebody_who_is_not_signed_in_learns_nothing_of_the_library_from_a_card(studio: Entered, way: str) -> None:
    text = sent(studio.client.post, way, f"{URGENT} {QUESTION}", "nobody signed in").text

    assert CARD in text
    assert not [title for title in titles(studio) if title in text]


def test_the_outcome_of_a_refused_question_has_a_card_and_nothing_else(studio: Entered) -> None:
    body = sent(studio.client.post, "ask", f"{URGENT} {QUESTION}", "nobody signed in").json()

    assert (body["record_id"], body["conversation_id"]) == ("", None)
    outcome = body["outcome"]
    assert (outcome["outcome"], outcome["then"], outcome["citations"]) == ("signposted", None, [])
    assert outcome["trace"]["fingerprint"] == ""
    assert outcome["trace"]["hits"] == []


@pytest.mark.parametrize("refusal", ["nobody signed in", "invalid"])
def test_a_refused_question_is_not_stored(studio: Entered, refusal: str) -> None:
    key = studio.key(Role.PRACTITIONER)
    before = len(studio.actions())

    sent(studio.client.post, "ask", URGENT, refusal, {"authorization": f"Bearer {key}"} if refusal == "invalid" else {})

    assert len(studio.actions()) == before


@pytest.mark.parametrize(
    "content",
    [
        json.dumps({"question": [URGENT]}),
        json.dumps({"question": {"text": URGENT}}),
        json.dumps({"question": "", "query": URGENT}),
        json.dumps({"Question": URGENT}),
        json.dumps([URGENT]),
        json.dumps(URGENT),
        json.dumps({"question": URGENT})[:-1],
        json.dumps({"question": "é " + URGENT})[:-2],
        '{"question": ' + URGENT + "}",
        "{'question': '" + URGENT + "'}",
        URGENT,
        "question=" + URGENT.replace(" ", "+").replace("?", "%3F"),
        json.dumps({"question": URGENT}).encode("utf-16"),
        json.dumps({"question": URGENT}).encode()[:-2] + b"\xff\xfe\"}",
        '{"a": ' + "[" * 100_000 + '"' + URGENT,
    ],
    ids=range(15),
)  # fmt: skip
@pytest.mark.parametrize("kind", ["application/json", "text/plain", "application/x-www-form-urlencoded"])
def test_a_body_that_is_not_as_described_is_read_all_the_same(served: Served, content: str | bytes, kind: str) -> None:
    answer = served.client.post("/v1/ask", content=content, headers={"content-type": kind})

    assert answer.status_code == 200, answer.text
    assert answer.json()["outcome"]["card"]["level"] == "act_now"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/v1/ask", {"question": QUESTION, "history": [{"role": "user", "content": URGENT}], "strange": 1}),
        ("/v1/ask", {"question": QUESTION, "as_at": URGENT}),
        (
            "/v1/chat/completions",
            {
                "model": "policy-assistant",
                "messages": [
                    {"role": "system", "content": URGENT},
                    {"role": "user", "content": URGENT},
                    {"role": "assistant", "content": URGENT},
                    {"role": "user", "content": QUESTION},
                ],
                "stream_options": 3,
            },
        ),
    ],
)
def test_only_the_question_of_an_invalid_body_counts(served: Served, path: str, body: dict[str, Any]) -> None:
    assert served.client.post(path, json=body).status_code == 422


@pytest.mark.parametrize(("question", "status"), [(QUESTION, 413), (URGENT, 200)])
def test_of_a_conversation_over_the_limit_only_the_last_question_counts(
    served: Served, question: str, status: int
) -> None:
    spoken = [{"role": role, "content": f"{URGENT} {PADDING}"} for role in ("user", "assistant")]
    messages = [*spoken, {"role": "user", "content": question}]

    answer = served.client.post("/v1/chat/completions", json={"model": "policy-assistant", "messages": messages})

    assert answer.status_code == status


@pytest.mark.parametrize("place", [f"{URGENT} {PADDING}", f"{PADDING} {URGENT}"])
def test_beginning_and_end_of_a_body_over_the_limit_are_read(served: Served, place: str) -> None:
    assert served.client.post("/v1/ask", json={"question": place}).status_code == 200


def test_not_signed_in_an_address_has_as_many_questions_read_as_anybody_may_ask(entered: Entered) -> None:
    codes = [entered.client.post("/v1/ask", json={"question": URGENT}).status_code for _ in range(5)]

    assert codes == [200] * 4 + [401]
    key = {"authorization": f"Bearer {entered.key(Role.PRACTITIONER)}"}
    assert entered.client.post("/v1/ask", json={"question": URGENT}, headers=key).status_code == 200


def test_cards_of_refused_questions_count_as_cards(entered: Entered) -> None:
    key, body = entered.key(Role.PRACTITIONER), {"question": URGENT, "strange": 1}

    codes = [entered.asks(key, "POST", "/v1/ask", json=body).status_code for _ in range(41)]

    assert codes == [200] * 40 + [422]


@pytest.mark.parametrize("fault", [LibraryError("records.sqlite: cannot be read."), RuntimeError("a fault of ours")])
@pytest.mark.parametrize("way", WAYS)
def test_a_fault_before_the_route_does_not_hold_back_the_card(
    studio: Entered, monkeypatch: pytest.MonkeyPatch, way: str, fault: Exception
) -> None:
    def fails(*_: Any) -> Any:
        raise fault

    monkeypatch.setattr("api.access.guard.key_for", fails)

    answer = sent(studio.client.post, way, URGENT, headers={"authorization": "Bearer any"})

    assert (answer.status_code, CARD in answer.text) == (200, True)
    assert sent(studio.client.post, way, QUESTION, headers={"authorization": "Bearer any"}).status_code >= 500


async def body_of(pieces: list[bytes], most: int, read: int = 10**6) -> KeptBody:
    messages: list[Message] = [{"type": "http.request", "body": each, "more_body": True} for each in pieces]
    coming = iter([*messages, {"type": "http.request", "body": b"", "more_body": False}])

    async def receive() -> Message:
        return next(coming)

    body = KeptBody(receive, most)
    await body.read(read)
    return body


@given(pieces=st.lists(st.binary(max_size=12), max_size=8), half=st.integers(1, 20))
def test_a_body_is_kept_whole_or_by_its_ends(pieces: list[bytes], half: int) -> None:
    import anyio

    body, whole = anyio.run(body_of, pieces, 2 * half), b"".join(pieces)

    is_whole = len(whole) <= 2 * half
    assert body.parts() == ((whole,) if is_whole else (whole[:half], whole[-half:]))
    assert body.is_whole == is_whole


def test_no_more_of_a_body_is_read_than_allowed() -> None:
    import anyio

    body = anyio.run(body_of, [b"x" * 10] * 100, 40, 55)

    assert body._seen == 60
    assert not body.is_whole


@given(st.lists(st.binary(max_size=200), min_size=1, max_size=2), st.booleans())
def test_any_bytes_can_be_read(parts: list[bytes], is_form: bool) -> None:
    assert all(text.strip() for text in typed_words(parts, is_form=is_form))


@pytest.mark.parametrize("role", [{}, [], {"of": "user"}, 7, None])
def test_a_message_whose_role_is_no_text_is_read_as_the_askers(role):
    body = json.dumps(
        {"messages": [{"role": role, "content": "He has a knife"}, {"role": "assistant", "content": "no"}]}
    )
    assert typed_words([body.encode()], is_form=False) == ("He has a knife",)
