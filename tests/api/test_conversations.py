from __future__ import annotations

import asyncio
import json
import threading
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.asking.ask_stream import Result, ask_events
from api.asking.service import Stopped
from assistant.answering.pipeline import OnStep
from assistant.bootstrap import Assistant
from assistant.settings import Settings
from assistant.settings.serving import RecordsSetting
from tests.api.conftest import QUESTION, UNANSWERABLE, URGENT, Served
from tests.libraries import folder_copied


def begun(served: Served) -> str:
    return str(served.client.post("/v1/conversations").json()["conversation_id"])


def events(text: str) -> list[tuple[str, Any]]:
    found = []
    for block in text.strip().split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines())
        found.append((fields["event"], json.loads(fields["data"])))
    return found


def streamed(served: Served, question: str) -> list[tuple[str, Any]]:
    address = f"/v1/conversations/{begun(served)}/messages"
    answer = served.client.post(address, json={"question": question}, headers={"accept": "text/event-stream"})
    assert answer.headers["content-type"].startswith("text/event-stream")
    return events(answer.text)


def test_a_follow_up_is_read_with_what_was_asked_before(served: Served) -> None:
    name = begun(served)
    served.client.post(f"/v1/conversations/{name}/messages", json={"question": "Who chairs the case conference?"})

    followed = served.client.post(f"/v1/conversations/{name}/messages", json={"question": "and who attends it?"})

    assert "conference" in followed.json()["outcome"]["standalone"]
    whole = served.client.get(f"/v1/conversations/{name}").json()
    assert (whole["title"], len(whole["messages"])) == ("Who chairs the case conference?", 2)


def test_conversations_are_listed_a_page_at_a_time_and_deleted(served: Served) -> None:
    names = [begun(served) for _ in range(3)]
    for name in names:
        served.client.post(f"/v1/conversations/{name}/messages", json={"question": QUESTION})

    first = served.client.get("/v1/conversations", params={"limit": 2}).json()
    then = served.client.get("/v1/conversations", params={"limit": 2, "before": first["next_before"]}).json()
    listed = [each["conversation_id"] for each in (*first["conversations"], *then["conversations"])]
    assert listed[:3] == names[::-1]

    assert served.client.delete(f"/v1/conversations/{names[0]}").status_code == 204
    assert served.client.delete(f"/v1/conversations/{names[0]}").status_code == 404
    assert served.client.get(f"/v1/conversations/{names[0]}").status_code == 404


def test_events_are_stages_then_statements_citations_and_the_outcome(served: Served) -> None:
    told = streamed(served, QUESTION)

    names = [name for name, _ in told]
    assert [value["stage"] for name, value in told if name == "stage"][:3] == ["screen", "rewrite", "retrieve"]
    assert names.index("stage") < names.index("statement") < names.index("citation") < names.index("outcome")
    outcome = told[-1][1]["outcome"]
    assert [value["text"] for name, value in told if name == "statement"] == [s["text"] for s in outcome["statements"]]


def test_a_refusal_streams_no_statement(served: Served) -> None:
    assert {name for name, _ in streamed(served, UNANSWERABLE)} == {"stage", "outcome"}


def test_the_emergency_card_comes_before_any_stage(served: Served) -> None:
    assert streamed(served, URGENT)[0][0] == "card"


@pytest.mark.parametrize("accept", ["application/json", "text/event-stream"])
def test_what_is_wrong_with_a_message_is_a_problem_before_anything_is_streamed(served: Served, accept: str) -> None:
    headers = {"accept": accept}
    unknown = served.client.post("/v1/conversations/no-such/messages", json={"question": QUESTION}, headers=headers)
    blank = served.client.post(f"/v1/conversations/{begun(served)}/messages", json={"question": "  "}, headers=headers)

    assert (unknown.status_code, blank.status_code) == (404, 422)


class Leaving:
    """A connection that is gone."""

    async def is_disconnected(self) -> bool:
        return True


def test_the_work_stops_when_the_asker_has_gone() -> None:
    gone, ended = threading.Event(), threading.Event()

    def work(on_step: OnStep, on_card: Any, on_statement: Any) -> Result:
        on_step("screen")
        gone.wait(10)
        try:
            on_step("retrieve")
        except Stopped:
            ended.set()
            raise
        raise AssertionError("went on")

    async def ask() -> list[Any]:
        told = [each async for each in ask_events(Leaving(), work)]  # type: ignore[arg-type]
        gone.set()
        await asyncio.to_thread(ended.wait, 10)
        return told

    assert len(asyncio.run(ask())) == 1
    assert ended.is_set()


def test_conversations_and_their_questions_are_bounded_and_the_fault_says_what_to_do(
    own_data: Path, served: Served, tmp_path: Path
) -> None:
    data = folder_copied(own_data, tmp_path / "data", left_out="records.sqlite*")
    assistant = Assistant(Settings(data=data, records=RecordsSetting(conversations=2, conversation_questions=2)))
    assistant.embedder = served.assistant.embedder  # loaded once
    with TestClient(create_app(assistant), base_url="http://127.0.0.1:8000") as client:
        first, second, third = (client.post("/v1/conversations").json()["conversation_id"] for _ in range(3))
        assert client.get(f"/v1/conversations/{first}").status_code == 404  # empty, so it made room
        path = f"/v1/conversations/{third}/messages"
        told = [client.post(path, json={"question": QUESTION}) for _ in range(3)]
        assert [each.status_code for each in told] == [200, 200, 409]
        assert "Begin a new one" in told[2].json()["detail"]
        assert client.post(path, json={"question": URGENT}).json()["outcome"]["outcome"] == "signposted"
        client.post(f"/v1/conversations/{second}/messages", json={"question": QUESTION})
        full = client.post("/v1/conversations")
        assert full.status_code == 409
        assert "Delete some" in full.json()["detail"]
        page = client.post("/ask", data={"question": QUESTION})
        assert page.status_code == 409
        assert QUESTION in page.text
        assert "999" in client.post("/ask", data={"question": URGENT}).text
        assert client.delete(f"/v1/conversations/{second}").status_code == 204
        assert client.post("/v1/conversations").status_code == 201
