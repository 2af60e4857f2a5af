"""A server that starts has loaded its models, and does not start with a file that was not measured."""

from dataclasses import dataclass, field

import numpy as np
import pytest

from assistant.adapters.packaged_models import OwnModel
from assistant.adapters.rerankers.pair_scorer import PairScorer
from assistant.bootstrap import Assistant
from assistant.errors import ModelMissing
from assistant.settings import Settings
from assistant.settings.language_model import EntailmentSetting
from tests.fakes import FakeEmbedder


@dataclass
class Loaded:
    """Remembers what it was asked."""

    asked: list[str] = field(default_factory=list)

    def score(self, question, texts):
        self.asked.append("read")
        return np.zeros(len(texts), dtype=np.float32)

    def entails(self, quote, claim):
        self.asked.append("entails")
        return True


class NoDoor:
    """Stands for the classifier of screening, which runs on the packaged embedder."""

    def prepare(self):
        return None


def assistant_with(tmp_path, reranker, **settings):
    assistant = Assistant(Settings(data=tmp_path, **settings))
    assistant.__dict__.update(embedder=FakeEmbedder(), door=NoDoor(), reranker=reranker, entailment=Loaded())
    return assistant


def test_reader_and_our_own_verifier_are_loaded_and_a_model_of_somebody_else_is_not_asked(tmp_path):
    for model, expected in (("own", ["entails"]), ("language_model", [])):
        assistant = assistant_with(tmp_path, Loaded(), entailment=EntailmentSetting(model=model))
        assistant.prepare()
        assert assistant.reranker.asked == ["read"]
        assert assistant.entailment.asked == expected


def test_a_reader_whose_file_is_another_is_found_out_before_the_first_question(tmp_path):
    path = tmp_path / "model.onnx"
    path.write_bytes(b"not a model")

    class Reranker:
        def score(self, question, texts):
            return PairScorer(OwnModel("mine", path, "00"), 1).score([(question, text) for text in texts])

    with pytest.raises(ModelMissing, match="sha256 is"):
        assistant_with(tmp_path, Reranker()).prepare()


def test_without_a_reader_nothing_is_read(tmp_path):
    assistant_with(tmp_path, None).prepare()
