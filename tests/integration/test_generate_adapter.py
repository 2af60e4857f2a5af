"""The LangChain adapter: what it sends, where it sends it, and that nothing else is sent anywhere."""

import json
import logging
from collections.abc import Iterator
from contextlib import suppress

import pytest

from assistant.adapters.chat.language_model import LangChainModel
from assistant.errors import ConfigurationError, ModelUnavailable
from assistant.settings.language_model import LanguageModelSetting
from tests.integration.writing import setting_of
from tests.model_server import ScriptedModel, says, serving

FORM = {"type": "object", "properties": {"answered": {"type": "boolean"}}, "required": ["answered"]}


@pytest.fixture
def server() -> Iterator[ScriptedModel]:
    with serving() as model:
        model.plays(says('{"answered": false}'))
        yield model


def reply(model, within_s=2.0):
    return list(model.reply("Do this.", '{"question": "Q?"}', FORM, within_s))


def text_of(pieces):
    return "".join(each.text for each in pieces)


def test_a_reply_comes_in_pieces_with_its_tokens(server):
    pieces = reply(LangChainModel(setting_of(server)))
    assert text_of(pieces) == '{"answered": false}'
    assert len(pieces) > 2
    assert (sum(each.tokens_read for each in pieces), sum(each.tokens_written for each in pieces)) == (700, 60)


def test_instructions_and_data_go_apart_with_limits_and_form(server):
    reply(LangChainModel(setting_of(server, reply_tokens=321)))
    (body,) = server.seen
    assert [(each["role"], each["content"]) for each in body["messages"]] == [
        ("system", "Do this."),
        ("user", '{"question": "Q?"}'),
    ]
    assert (body["model"], body["max_tokens"], body["temperature"], body["stream"]) == ("scripted-1", 321, 0.0, True)
    assert body["response_format"]["json_schema"]["schema"] == FORM
    assert server.paths == ["/v1/chat/completions"]


@pytest.mark.parametrize(("form", "sent"), [("json", {"type": "json_object"}), ("free", None)])
def test_servers_without_schemas_are_told_less(server, form, sent):
    reply(LangChainModel(setting_of(server, reply_form=form)))
    assert server.seen[0].get("response_format") == sent


def test_a_temperature_may_be_left_to_the_server(server):
    reply(LangChainModel(setting_of(server, temperature="server")))
    assert server.seen[0].get("temperature") is None


@pytest.mark.parametrize(
    "environment",
    [
        {"LANGSMITH_TRACING": "true", "LANGCHAIN_TRACING_V2": "true", "LANGSMITH_API_KEY": "x"},
        {"OPENAI_BASE_URL": "{elsewhere}", "OPENAI_API_BASE": "{elsewhere}", "OPENAI_API_KEY": "x"},
        {"HTTP_PROXY": "{elsewhere}", "http_proxy": "{elsewhere}", "ALL_PROXY": "{elsewhere}"},
        {"OPENAI_PROXY": "{elsewhere}"},
        {"LANGSMITH_GATEWAY": "true", "LANGSMITH_GATEWAY_URL": "{elsewhere}", "LANGSMITH_API_KEY": "x"},
    ],
    ids=lambda each: next(iter(each)),
)
def test_nothing_in_the_environment_sends_a_question_elsewhere(server, monkeypatch, environment):
    with serving() as elsewhere:
        for name, value in environment.items():
            monkeypatch.setenv(name, value.format(elsewhere=elsewhere.base_url.removesuffix("/v1")))
        monkeypatch.setenv("LANGSMITH_ENDPOINT", elsewhere.base_url)
        monkeypatch.setenv("LANGCHAIN_ENDPOINT", elsewhere.base_url)
        assert text_of(reply(LangChainModel(setting_of(server)))) == '{"answered": false}'
        from langchain_core.tracers.langchain import wait_for_all_tracers

        wait_for_all_tracers()
        assert elsewhere.paths == []
    assert len(server.seen) == 1


def test_a_redirect_is_not_followed(server):
    with serving() as elsewhere:
        server.plays(says("", status=307, headers=(("location", f"{elsewhere.base_url}/chat/completions"),)))
        with pytest.raises(ModelUnavailable, match="307"):
            reply(LangChainModel(setting_of(server)))
        assert elsewhere.seen == []


def test_neither_key_nor_question_stands_in_messages_and_logs(server, caplog):
    server.plays(says("", status=401))
    setting = setting_of(server).model_copy(update={"api_key": "sk-very-secret"})
    setting = LanguageModelSetting.model_validate(setting.model_dump())
    with caplog.at_level(logging.DEBUG, "assistant"), pytest.raises(ModelUnavailable) as error:
        reply(LangChainModel(setting))
    assert "401" in str(error.value)
    assert not any(secret in f"{error.value} {caplog.text} {setting!r}" for secret in ("sk-very-secret", "Q?"))


def test_the_key_goes_to_the_server_alone(server):
    setting = LanguageModelSetting.model_validate({**setting_of(server).model_dump(), "api_key": "sk-very-secret"})
    reply(LangChainModel(setting))
    assert "sk-very-secret" not in server.sent


@pytest.mark.parametrize(
    ("provider", "base_url", "is_local"),
    [
        ("openai", "http://127.0.0.1:8000/v1", True),
        ("openai", "http://localhost:8000/v1", True),
        ("openai", "http://[::1]:8000/v1", True),
        ("openai", "http://127.8.8.8/v1", True),
        ("ollama", None, True),
        ("openai", None, False),
        ("anthropic", None, False),
        ("openai", "http://192.168.1.10:8000/v1", False),
        ("openai", "http://10.0.0.1/v1", False),
        ("openai", "https://api.example.org/v1", False),
        ("openai", "http://127.0.0.1@evil.example.org/v1", False),
        ("openai", "http://localhost.evil.example.org/v1", False),
        ("openai", "http://127.0.0.1.nip.io/v1", False),
        ("openai", "http://0.0.0.0/v1", False),
        ("openai", "http://2130706433/v1", False),
        ("ollama", "http://host.docker.internal:11434", False),
    ],
)
def test_a_model_elsewhere_needs_consent(provider, base_url, is_local):
    setting = LanguageModelSetting(name="m", provider=provider, base_url=base_url)
    assert setting.is_local is is_local
    if is_local:
        LangChainModel(setting)
        return
    with pytest.raises(ConfigurationError, match="allow_remote_model"):
        LangChainModel(setting)
    LangChainModel(setting.model_copy(update={"allow_remote_model": True}))


def test_ollama_is_asked_in_its_own_words(server):
    lines = [
        {"model": "m", "created_at": "2026-01-01T00:00:00Z", "message": {"role": "assistant", "content": text}, "done": False}
        for text in ('{"answered"', ": false}")
    ]  # fmt: skip
    end = {**lines[0], "message": {"role": "assistant", "content": ""}, "done": True, "done_reason": "stop"}
    end |= {"prompt_eval_count": 70, "eval_count": 6}
    raw = "".join(json.dumps(each) + "\n" for each in (*lines, end)).encode()
    server.plays(says("", raw=raw))
    base = server.base_url.removesuffix("/v1")
    model = LangChainModel(LanguageModelSetting(name="m", provider="ollama", base_url=base, reply_tokens=321))
    pieces = reply(model)
    assert text_of(pieces) == '{"answered": false}'
    assert sum(each.tokens_written for each in pieces) == 6
    (body,) = server.seen
    assert body["format"] == FORM
    assert (body["options"]["num_predict"], body["options"]["num_ctx"]) == (321, 6321)
    assert server.paths == ["/api/chat"]


@pytest.mark.parametrize("raw", [b"", b"{", b'{"error": "out of memory"}\n', b"<html>", b"[]"])
def test_an_ollama_that_breaks_off_is_unavailable_or_says_nothing(server, raw):
    server.plays(says("", raw=raw))
    base = server.base_url.removesuffix("/v1")
    model = LangChainModel(LanguageModelSetting(name="m", provider="ollama", base_url=base, wait_s=0.01))
    with suppress(ModelUnavailable):
        assert text_of(reply(model)) == ""


def test_a_package_that_is_not_installed_is_named_with_the_fix():
    setting = LanguageModelSetting(name="m", provider="anthropic", allow_remote_model=True)
    pytest.importorskip("langchain_openai")
    try:
        import langchain_anthropic  # noqa: F401
    except ImportError:
        with pytest.raises(ConfigurationError, match="pip install 'langchain-anthropic'"):
            reply(LangChainModel(setting))


def test_the_fingerprint_follows_the_model_and_not_its_key_or_address():
    setting = LanguageModelSetting(name="m", base_url="http://127.0.0.1:1/v1")
    same = setting.model_copy(update={"base_url": "http://127.0.0.1:2/v1", "timeout_s": 1.0})
    assert LangChainModel(setting).fingerprint == LangChainModel(same).fingerprint
    for change in ({"name": "n"}, {"reply_form": "json"}, {"reply_tokens": 500}, {"temperature": 0.7}):
        assert LangChainModel(setting.model_copy(update=change)).fingerprint != LangChainModel(setting).fingerprint
