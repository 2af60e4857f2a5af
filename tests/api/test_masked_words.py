"""Whoever asks is told where what was masked stood, in that answer alone; the words themselves are kept nowhere."""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.api.conftest import Served
from tests.api.entered import Entered
from tests.data_folders import DataFolders

TYPED = "Zbigniew Ostrowiecki of 14 Quarrendon Lane, \u200bNHS 943 476 5919: how long may an assessment take?"
WORDS = ("Zbigniew", "Ostrowiecki", "Quarrendon", "943 476 5919", "9434765919")
CARD = "Zbigniew Ostrowiecki has just told me her stepdad touches her. Who do I tell?"
KINDS = ["name", "address", "nhs_number"]


def words_at(spans: list[dict[str, Any]], typed: str) -> list[str]:
    return [typed[each["start"] : each["end"]] for each in spans]


def conversation(served: Served) -> str:
    return str(served.client.post("/v1/conversations").json()["conversation_id"])


def final_event(text: str) -> dict[str, Any]:
    blocks = [each.split("\n") for each in text.replace("\r\n", "\n").split("\n\n")]
    (data,) = [lines[1] for lines in blocks if lines[0] == "event: outcome"]
    return dict(json.loads(data.removeprefix("data: ")))


def ask(served: Served, way: str, typed: str) -> dict[str, Any]:
    if way == "ask":
        return dict(served.client.post("/v1/ask", json={"question": typed}).json())
    path, headers = f"/v1/conversations/{conversation(served)}/messages", {}
    if way == "stream":
        headers = {"accept": "text/event-stream"}
    answer = served.client.post(path, json={"question": typed}, headers=headers)
    return final_event(answer.text) if way == "stream" else dict(answer.json())


@pytest.mark.parametrize("way", ["ask", "message", "stream"])
def test_the_answer_says_where_each_masked_detail_stood_in_what_was_typed(served: Served, way: str) -> None:
    answer = ask(served, way, TYPED)

    assert [each["kind"] for each in answer["masked_spans"]] == KINDS
    assert words_at(answer["masked_spans"], TYPED)[0] == "Zbigniew Ostrowiecki"
    assert words_at(answer["masked_spans"], TYPED)[2].strip("\u200b") == "943 476 5919"
    assert not [word for word in WORDS if word in json.dumps(answer, ensure_ascii=False)]


def test_a_card_says_so_too(served: Served) -> None:
    answer = ask(served, "ask", CARD)

    assert answer["outcome"]["outcome"] == "signposted"
    assert words_at(answer["masked_spans"], CARD) == ["Zbigniew Ostrowiecki"]


def test_a_conversation_that_is_read_again_has_the_kinds_alone(served: Served) -> None:
    name = conversation(served)
    served.client.post(f"/v1/conversations/{name}/messages", json={"question": TYPED})
    (message,) = served.client.get(f"/v1/conversations/{name}").json()["messages"]
    page = served.client.get(f"/conversations/{name}").text

    assert (message["masked_spans"], message["outcome"]["masked"]) == ([], KINDS)
    assert "Personal details were removed before searching: name, address, NHS number" in page
    assert not [word for word in WORDS if word in page]


def test_openai_clients_get_the_kinds_alone(served: Served) -> None:
    body = {"model": "policy-assistant", "messages": [{"role": "user", "content": TYPED}]}
    answer = served.client.post("/v1/chat/completions", json=body)

    assert answer.json()["policy_assistant"]["outcome"]["masked"] == KINDS
    assert "masked_spans" not in answer.text
    assert not [word for word in WORDS if word in answer.text]


def test_the_words_are_in_no_file_of_the_data_folder_no_export_no_backup_and_no_log(
    serve: Callable[..., Served], data_folders: DataFolders, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    served = serve(data=data_folders.copy())
    for way in ("ask", "message", "stream"):
        for typed in (TYPED, CARD, f"How long may an assessment take? Ask {TYPED}"):
            ask(served, way, typed)
    served.client.post("/ask", data={"question": TYPED, "conversation": "", "mode": "quoted"})
    export = served.client.get("/v1/me/export").text
    log = served.client.get("/v1/questions").text
    with sqlite3.connect(served.assistant.settings.data / "records.sqlite") as records:
        records.execute("VACUUM INTO ?", (str(tmp_path / "backup.sqlite"),))

    assert "how long may an assessment take" in export
    files = [*served.assistant.settings.data.rglob("*"), tmp_path / "backup.sqlite"]
    stored = b"".join(each.read_bytes() for each in files if each.is_file())
    assert b"how long may an assessment take" in stored
    assert not [word for word in WORDS if word.encode() in stored]
    assert not [word for word in WORDS if word in export + log + caplog.text]
    vectors = served.assistant.settings.data / "vectors"  # hold memory that was never set, with words of the program
    files = [each for each in files if each.is_file() and not each.is_relative_to(vectors)]
    assert not [each for each in files if b"masked_spans" in each.read_bytes()]


def test_a_refused_request_that_gets_its_card_shows_no_words(entered: Entered) -> None:
    answer = entered.client.post("/v1/ask", json={"question": CARD})

    assert answer.json()["outcome"]["outcome"] == "signposted"
    assert answer.json()["masked_spans"] == []
    assert "Ostrowiecki" not in answer.text
