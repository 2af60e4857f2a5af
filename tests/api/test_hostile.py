from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from api.http.problems import logged_problem
from tests.api.conftest import QUESTION, Served

HOSTILE = [
    "\u200bHow\u200b long\u200b may an assess\u200bment take?",
    "\u202eHow long may an assessment take?\u202c",
    "How long\x00 may an assessment take?",
    "How long may an assessment take?\r\nX-Injected: yes",
    "<script>alert(1)</script> How long may an assessment take?",
    "\ufffe\uffff\U000e0041 assessment",
    "'; DROP TABLE record; -- assessment",
    'NEAR/2 "assessment" AND (OR *:* ^3',
    "%s %n {0} ${jndi:ldap://x} {{7*7}} assessment",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_data(served: Served, text: str) -> None:
    asked = served.client.post("/v1/ask", json={"question": text})
    found = served.client.get("/v1/search", params={"q": text})

    assert (asked.status_code in (200, 422), found.status_code in (200, 422)) == (True, True)
    assert "x-injected" not in asked.headers


@pytest.mark.parametrize("length", [1, 2_001, 200_000, 1_000_000])
def test_a_question_of_any_length_is_answered_or_a_problem(served: Served, length: int) -> None:
    assert served.client.post("/v1/ask", json={"question": "a" * length}).status_code in (200, 413, 422)


def test_half_a_surrogate_is_a_problem(served: Served) -> None:
    body = b'{"question": "assessment \\ud800"}'
    answer = served.client.post("/v1/ask", content=body, headers={"content-type": "application/json"})

    assert answer.status_code == 422


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"question": ' + b"[" * 20_000])
def test_a_broken_body_is_a_problem(served: Served, body: bytes) -> None:
    answer = served.client.post("/v1/ask", content=body, headers={"content-type": "application/json"})

    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "..%2f..%2fetc%2fpasswd", "%00", "a" * 101, "....//", "%e2%80%ae"]
)
def test_a_path_in_an_id_leads_nowhere(served: Served, name: str) -> None:
    for address in (f"/v1/conversations/{name}", f"/v1/models/{name}"):
        assert served.client.get(address).status_code in (404, 422)


def test_a_body_without_a_length_is_counted_as_it_comes(served: Served) -> None:
    def endless() -> object:
        yield b'{"question": "'
        for _ in range(400):
            yield b"x" * 1024

    answer = served.client.post("/v1/ask", content=endless(), headers={"content-type": "application/json"})  # type: ignore[arg-type]

    assert answer.status_code == 413


def test_a_fault_tells_an_id_and_nothing_else(served: Served, caplog: pytest.LogCaptureFixture) -> None:
    told = logged_problem(ValueError("the secret words of a question"))

    assert told["status"] == 500
    assert "secret" not in json.dumps(told) + caplog.text
    assert told["id"] in caplog.text


def test_nobody_else_sees_a_conversation(served: Served) -> None:
    records = served.assistant.records
    other = records.begin("somebody-else", datetime.now(UTC)).conversation_id
    assert served.client.get(f"/v1/conversations/{other}").status_code == 404
    assert served.client.delete(f"/v1/conversations/{other}").status_code == 404
    body = {"question": QUESTION}
    assert served.client.post(f"/v1/conversations/{other}/messages", json=body).status_code == 404
