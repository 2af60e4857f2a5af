"""What any language model does, the fake one and real ones over a server on loopback."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from assistant.adapters.chat.language_model import LangChainModel
from assistant.errors import ModelUnavailable
from assistant.ports import LanguageModel, Piece
from assistant.settings.language_model import LanguageModelSetting
from tests.fakes_model import FakeModel
from tests.model_server import Reply, serving

SAID = '{"answered": false, "claims": [], "said": "Größe – “quoted”"}'
DATA = '{"question": "Q?"}'
FORM = {"type": "object", "properties": {}}


class LanguageModelContract:
    """Behaviour of every language model; ``able`` replies, ``broken`` is down."""

    @pytest.fixture
    def able(self) -> LanguageModel:
        raise NotImplementedError

    @pytest.fixture
    def broken(self) -> LanguageModel:
        raise NotImplementedError

    def read(self, model: LanguageModel) -> list[Piece]:
        return list(model.reply("Do this.", DATA, FORM, 2.0))

    def test_the_pieces_are_the_reply(self, able: LanguageModel) -> None:
        assert "".join(each.text for each in self.read(able)) == SAID

    def test_it_comes_in_more_than_one_piece(self, able: LanguageModel) -> None:
        assert sum(bool(each.text) for each in self.read(able)) > 1

    def test_tokens_are_counted_once(self, able: LanguageModel) -> None:
        pieces = self.read(able)
        assert sum(each.tokens_read for each in pieces) == 100
        assert sum(each.tokens_written for each in pieces) == 20

    def test_it_may_be_asked_again(self, able: LanguageModel) -> None:
        assert self.read(able) == self.read(able)

    def test_a_reply_may_be_left_half_read(self, able: LanguageModel) -> None:
        pieces = able.reply("Do this.", DATA, FORM, 2.0)
        next(iter(pieces))
        pieces.close()
        assert "".join(each.text for each in self.read(able)) == SAID

    def test_it_has_a_name_and_a_fingerprint(self, able: LanguageModel) -> None:
        assert able.name
        assert able.fingerprint

    def test_one_that_is_down_is_unavailable(self, broken: LanguageModel) -> None:
        with pytest.raises(ModelUnavailable):
            self.read(broken)


class TestFakeModel(LanguageModelContract):
    @pytest.fixture
    def able(self) -> LanguageModel:
        return FakeModel([SAID])

    @pytest.fixture
    def broken(self) -> LanguageModel:
        return FakeModel([None])


NOWHERE = "http://127.0.0.1:9"


class TestOpenAI(LanguageModelContract):
    @pytest.fixture
    def able(self) -> Iterator[LanguageModel]:
        with serving() as server:
            server.plays(lambda body: Reply(SAID, tokens=(100, 20)))
            yield LangChainModel(LanguageModelSetting(name="m", base_url=server.base_url))

    @pytest.fixture
    def broken(self) -> LanguageModel:
        return LangChainModel(LanguageModelSetting(name="m", base_url=f"{NOWHERE}/v1", wait_s=0.01))


class TestOllama(LanguageModelContract):
    @pytest.fixture
    def able(self) -> Iterator[LanguageModel]:
        with serving() as server:
            server.plays(lambda body: Reply(raw=ollama_lines(SAID)))
            base = server.base_url.removesuffix("/v1")
            yield LangChainModel(LanguageModelSetting(name="m", provider="ollama", base_url=base))

    @pytest.fixture
    def broken(self) -> LanguageModel:
        return LangChainModel(LanguageModelSetting(name="m", provider="ollama", base_url=NOWHERE, wait_s=0.01))


def ollama_lines(text: str) -> bytes:
    """Returns a reply as Ollama streams it: one JSON object a line, the counts on the last."""
    pieces = [text[start : start + 9] for start in range(0, len(text), 9)]
    head = {"model": "m", "created_at": "2026-01-01T00:00:00Z", "done": False}
    lines = [{**head, "message": {"role": "assistant", "content": each}} for each in pieces]
    counts = {"done": True, "done_reason": "stop", "prompt_eval_count": 100, "eval_count": 20}
    lines.append({**head, "message": {"role": "assistant", "content": ""}, **counts})
    return "".join(json.dumps(each) + "\n" for each in lines).encode()


del LanguageModelContract
