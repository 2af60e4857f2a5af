"""Written answers over the API: a scripted language model behind the server, and what each way in shows of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest

from tests.api.conftest import QUESTION, Served
from tests.model_server import Body, Reply, ScriptedModel, claims, data_of, says, serving

LIMIT = "An assessment should take no longer than 45 working days from the point of referral to reach a decision on next steps."


@pytest.fixture(scope="module")
def model() -> Iterator[ScriptedModel]:
    with serving() as found:
        yield found


@pytest.fixture
def written(model: ScriptedModel, serve: Callable[..., Served]) -> Served:
    model.plays(right)
    setting = {"name": "scripted-1", "base_url": model.base_url, "silence_s": 0.5, "wait_s": 0.01}
    return serve(language_model=setting)


def right(body: Body) -> Reply:
    token = next(each["token"] for each in data_of(body)["passages"] if LIMIT in each["text"])
    return Reply(claims((LIMIT, token, LIMIT)))


def wrong(body: Body) -> Reply:
    return Reply(right(body).text.replace("than 45", "than 50", 1))


def test_a_written_answer_says_so_and_cites_its_quote(written: Served) -> None:
    outcome = written.client.post("/v1/ask", json={"question": QUESTION, "mode": "written"}).json()["outcome"]
    assert outcome["mode"] == "written"
    assert [each["text"] for each in outcome["statements"]] == [LIMIT]
    assert LIMIT in outcome["citations"][0]["quote"]
    assert outcome["notices"][0]["code"] == "written"


@pytest.mark.parametrize("behaviour", [wrong, says("", status=500), says("{")])
def test_what_is_not_confirmed_is_quoted_with_a_notice(
    written: Served, model: ScriptedModel, behaviour: Callable[[Body], Reply]
) -> None:
    model.plays(behaviour)
    outcome = written.client.post("/v1/ask", json={"question": QUESTION, "mode": "written"}).json()["outcome"]
    assert outcome["mode"] == "quoted"
    assert outcome["notices"][0]["code"] in ("fallback", "model_unavailable")
    assert "50 working days" not in json.dumps(outcome)


def test_no_model_is_asked_unless_it_is_wished_for(written: Served, model: ScriptedModel) -> None:
    outcome = written.client.post("/v1/ask", json={"question": QUESTION}).json()["outcome"]
    assert outcome["mode"] == "quoted"
    assert model.seen == []


def test_without_a_model_a_written_answer_is_quoted_and_that_is_said(served: Served) -> None:
    outcome = served.client.post("/v1/ask", json={"question": QUESTION, "mode": "written"}).json()["outcome"]
    assert (outcome["mode"], outcome["notices"][0]["code"]) == ("quoted", "no_model")


def test_another_mode_is_refused(served: Served) -> None:
    assert served.client.post("/v1/ask", json={"question": QUESTION, "mode": "sung"}).status_code == 422


def events_of(served: Served, question: str) -> list[tuple[str, Body]]:
    name = served.client.post("/v1/conversations").json()["conversation_id"]
    body = {"question": question, "mode": "written"}
    accept = {"Accept": "text/event-stream"}
    answer = served.client.post(f"/v1/conversations/{name}/messages", json=body, headers=accept)
    pairs = [each.split("\ndata: ") for each in answer.text.split("\n\n") if each.startswith("event: ")]
    return [(kind.removeprefix("event: "), json.loads(data)) for kind, data in pairs]


def test_verified_statements_come_before_the_outcome_and_only_they(written: Served, model: ScriptedModel) -> None:
    found = events_of(written, QUESTION)
    early = [value for kind, value in found if kind == "verified"]
    assert [each["text"] for each in early] == [LIMIT]
    assert early[0]["citation"]["number"] == 1
    kinds = [kind for kind, _ in found]
    assert kinds.index("verified") < kinds.index("statement") < kinds.index("outcome")
    model.plays(wrong)
    assert "verified" not in [kind for kind, _ in events_of(written, QUESTION)]


def test_chat_completions_have_a_model_that_writes(written: Served, served: Served) -> None:
    listed = [each["id"] for each in written.client.get("/v1/models").json()["data"]]
    assert listed == ["policy-assistant", "policy-assistant-written"]
    body = {"model": listed[1], "messages": [{"role": "user", "content": QUESTION}]}
    found = written.client.post("/v1/chat/completions", json=body).json()
    assert found["model"] == listed[1]
    said, sources = found["choices"][0]["message"]["content"].split("Sources:")
    assert said.startswith(f"{LIMIT} [1]")
    assert f"“155. {LIMIT}" in sources or f"“{LIMIT}" in sources
    assert served.client.post("/v1/chat/completions", json=body).status_code == 404


def test_the_page_offers_both_and_says_what_leaves(
    written: Served, served: Served, serve: Callable[..., Served]
) -> None:
    drawn = written.client.get("/").text
    assert 'value="written"' in drawn
    assert "scripted-1 runs on this server; no data leaves it." in drawn
    assert 'value="written"' not in served.client.get("/").text
    remote = {"name": "far-1", "base_url": "https://models.example.org/v1", "allow_remote_model": True}
    far = serve(language_model=remote).client
    for path in ("/", "/help"):
        assert (
            "far-1 runs at models.example.org. Your question is sent there, but no personal details."
            in far.get(path).text
        )


def test_the_plain_form_asks_for_a_written_answer_and_shows_the_quote_beside_it(written: Served) -> None:
    answer = written.client.post("/ask", data={"question": QUESTION, "mode": "written"})
    assert answer.status_code == 200
    assert "Written answer, checked against the documents" in answer.text
    assert "Checked against" in answer.text
    assert "<blockquote><p>155." in answer.text or f"<blockquote><p>{LIMIT}" in answer.text
    assert 'value="written" aria-describedby="writer" checked' in answer.text


def test_a_model_elsewhere_without_consent_is_a_fault_that_names_the_setting(serve: Callable[..., Served]) -> None:
    far = serve(language_model={"name": "far-1", "base_url": "https://models.example.org/v1"}).client
    answer = far.post("/v1/ask", json={"question": QUESTION})
    assert answer.status_code >= 500
    assert "allow_remote_model" in answer.text
