"""``assistant doctor`` over a scripted server: it says what works, what fails, and what it costs."""

from collections.abc import Iterator

import pytest

from assistant.bootstrap import Assistant
from assistant.cli.doctor import doctor
from assistant.errors import ConfigurationError
from assistant.operations.model_check import CHAIR, FOLLOW_UP, check_model
from assistant.settings import Settings
from tests.integration.writing import setting_of, token_of
from tests.model_server import Reply, ScriptedModel, claims, data_of, says, serving


@pytest.fixture
def server() -> Iterator[ScriptedModel]:
    with serving() as model:
        yield model


def able(body):
    data = data_of(body)
    if data["question"] == FOLLOW_UP:
        return Reply('{"standalone": "Who sends the minutes?"}')
    texts = " ".join(each["text"] for each in data["passages"])
    if CHAIR not in texts:
        return Reply('{"answered": false, "claims": []}')
    return Reply(claims((CHAIR, token_of(body, CHAIR), CHAIR)))


def inventing(body):
    token = data_of(body).get("passages", [{"token": ""}])[0]["token"]
    return Reply(claims(("The minutes are sent within 5 days.", token, CHAIR)))


def checks_of(server, tmp_path):
    assistant = Assistant(Settings(data=tmp_path, language_model=setting_of(server)))
    return check_model(assistant.generator, assistant.rewriter)


def test_an_able_model_passes_and_its_cost_is_counted(server, tmp_path):
    server.plays(able)
    checks = checks_of(server, tmp_path)
    assert [each.is_passed for each in checks] == [True, True, True]
    assert (checks[0].use.tokens_read, checks[0].use.tokens_written) == (700, 60)
    assert checks[0].use.seconds > 0


@pytest.mark.parametrize("behaviour", [inventing, says("no object"), says("", status=500), says("", status=401)])
def test_a_model_that_invents_babbles_or_is_down_fails(server, tmp_path, behaviour):
    server.plays(behaviour)
    assert [each.is_passed for each in checks_of(server, tmp_path)] == [False, False, False]


def test_the_command_says_where_the_model_is_and_what_leaves(server, tmp_path, capsys, monkeypatch):
    server.plays(able)
    monkeypatch.setenv("ASSISTANT_LANGUAGE_MODEL__NAME", "scripted-1")
    monkeypatch.setenv("ASSISTANT_LANGUAGE_MODEL__BASE_URL", server.base_url)
    assert doctor(data=tmp_path) == 0
    said = capsys.readouterr().out
    assert f"scripted-1 (openai) at {server.base_url}" in said
    assert "what leaves this machine: nothing" in said
    assert "700 tokens read, 60 written" in said
    server.plays(inventing)
    assert doctor(data=tmp_path) == 1


def test_without_a_model_the_command_says_that_none_is_needed(tmp_path, monkeypatch):
    monkeypatch.delenv("ASSISTANT_LANGUAGE_MODEL__NAME", raising=False)
    with pytest.raises(ConfigurationError, match="none is needed to quote"):
        doctor(data=tmp_path)
