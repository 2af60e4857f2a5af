from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jsonschema
import pytest

from assistant import bootstrap
from assistant.answering import search_plan, steps
from assistant.outcomes.view import outcome_schema
from tests.api.conftest import QUESTION, UNANSWERABLE, URGENT, Served


def test_an_answer_is_the_published_outcome_object_with_its_citation(served: Served) -> None:
    answer = served.client.post("/v1/ask", json={"question": QUESTION})

    assert answer.status_code == 200
    outcome = answer.json()["outcome"]
    jsonschema.validate(outcome, outcome_schema())
    assert outcome["outcome"] == "answered"
    assert "45 working days" in outcome["citations"][0]["quote"]


def test_a_refusal_is_200(served: Served) -> None:
    answer = served.client.post("/v1/ask", json={"question": UNANSWERABLE})

    assert (answer.status_code, answer.json()["outcome"]["outcome"]) == (200, "refused")


def test_an_urgent_question_gets_the_card(served: Served) -> None:
    assert served.client.post("/v1/ask", json={"question": URGENT}).json()["outcome"]["outcome"] == "signposted"


@pytest.mark.parametrize("way", ["ask", "stream", "form", "message", "completion"])
def test_a_question_is_screened_and_analysed_once_whichever_way_it_comes_in(
    served: Served, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    counts = {"screen": 0, "analyse": 0}

    def counted(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def count(*given: Any) -> Any:
            counts[name] += 1
            return function(*given)

        return count

    for module in (steps, bootstrap):
        monkeypatch.setattr(module, "screen", counted("screen", module.screen))
    monkeypatch.setattr(search_plan, "analysis_of", counted("analyse", search_plan.analysis_of))
    client = served.client
    if way == "ask":
        answer = client.post("/v1/ask", json={"question": QUESTION})
    elif way == "form":
        answer = client.post("/ask", data={"question": QUESTION}, follow_redirects=False)
    elif way == "completion":
        asked = {"model": "policy-assistant", "messages": [{"role": "user", "content": QUESTION}]}
        answer = client.post("/v1/chat/completions", json=asked)
    else:
        name = client.post("/v1/conversations").json()["conversation_id"]
        headers = {"accept": "text/event-stream" if way == "stream" else "application/json"}
        answer = client.post(f"/v1/conversations/{name}/messages", json={"question": QUESTION}, headers=headers)

    assert answer.status_code in (200, 303), answer.text
    assert counts == {"screen": 1, "analyse": 1}


def test_a_record_is_kept_masked_and_without_hits(served: Served) -> None:
    question = "How long may an assessment of Jane Smith, born 3 May 2012, take?"
    told = served.client.post("/v1/ask", json={"question": question}).json()

    record = served.assistant.records.record(told["record_id"], "local")
    assert record is not None
    assert record.outcome["trace"]["hits"] == []
    assert "2012" not in record.question
    line = served.assistant.access_store.audit_lines(limit=1)[0]
    assert (line.action, line.user_id) == ("ask", "local")
    assert "assessment" not in line.what


def test_unknown_fields_are_refused_as_a_problem_that_repeats_nothing(served: Served) -> None:
    answer = served.client.post("/v1/ask", json={"question": "secret words", "temperature": 1})

    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert answer.json()["errors"][0]["where"] == "body/temperature"
    assert "secret words" not in answer.text


def test_a_question_over_the_limit_is_a_problem(served: Served) -> None:
    assert served.client.post("/v1/ask", json={"question": "how long " * 500}).status_code == 422


def test_a_body_over_the_limit_is_413(served: Served) -> None:
    answer = served.client.post("/v1/ask", json={"question": "x" * 1_000_000})

    assert (answer.status_code, answer.headers["content-type"]) == (413, "application/problem+json")


def test_an_edition_that_is_not_there_is_named_by_a_problem(served: Served) -> None:
    answer = served.client.post("/v1/ask", json={"question": QUESTION, "editions": ["no-such"]})

    assert answer.json()["type"].endswith("unknown_edition")
