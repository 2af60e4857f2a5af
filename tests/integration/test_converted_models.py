"""Any sentence-transformers model is converted once and then served without torch; a tiny one is made here."""

from __future__ import annotations

import json
import logging
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest

from assistant import extras
from assistant.adapters.embedders import conversion
from assistant.adapters.embedders.choose import open_embedder
from assistant.adapters.embedders.converted import ConvertedEmbedder
from assistant.adapters.embedders.sentence_transformers import SentenceTransformersEmbedder
from assistant.adapters.packaged_models import own_model
from assistant.errors import ExtraMissing, ModelMissing
from assistant.settings import Settings

pytestmark = pytest.mark.filterwarnings("ignore")  # those of torch and transformers
TEXTS = ("Who leads?", "", "The local authority must decide within one working day, naïve – 50%.", "child " * 200)


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Returns the folder of a model with random weights, mean pooling and a prompt for questions."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.base.modules import Transformer
    from sentence_transformers.sentence_transformer.modules import Pooling
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    base, folder = tmp_path_factory.mktemp("base"), tmp_path_factory.mktemp("model") / "tiny"
    config = BertConfig(
        vocab_size=30522, hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16
    )
    BertModel(config).save_pretrained(base)
    pieces = str(own_model("tokenizer").path)
    PreTrainedTokenizerFast(tokenizer_file=pieces, pad_token="[PAD]", model_max_length=64).save_pretrained(base)
    encoder = Transformer(str(base), max_seq_length=64)
    model = SentenceTransformer(modules=[encoder, Pooling(16)], prompts={"query": "query: "}, device="cpu")
    model.save(str(folder))
    return folder


@pytest.fixture(scope="module")
def settings(original: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Returns settings whose cache holds the converted model."""
    chosen = Settings(embedder=str(original), cache=tmp_path_factory.mktemp("cache"))
    assert isinstance(open_embedder(chosen), ConvertedEmbedder)
    return chosen


def test_a_converted_model_says_what_the_original_says(settings: Settings) -> None:
    served, original = open_embedder(settings), SentenceTransformersEmbedder(settings.embedder)
    for kind in ("query", "passage"):
        assert np.allclose(served.embed(TEXTS, kind=kind), original.embed(TEXTS, kind=kind), atol=1e-4)
    assert not np.allclose(served.embed(TEXTS[:1], kind="query"), served.embed(TEXTS[:1], kind="passage"), atol=1e-3)
    assert served.count_tokens(TEXTS) == original.count_tokens(TEXTS)
    assert (served.fingerprint, served.dimension, served.window) == (original.fingerprint, 16, 64)
    assert served.embed((), kind="query").shape == (0, 16)


def test_it_is_converted_once_and_served_without_the_extra(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversion, "_convert", pytest.fail)
    monkeypatch.setattr(extras, "needs", pytest.fail)
    assert isinstance(open_embedder(settings), ConvertedEmbedder)


def test_another_file_of_the_model_is_converted_again(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = tmp_path / "tiny"
    shutil.copytree(settings.embedder, changed)
    (changed / "README.md").write_text("other words")
    asked: list[str] = []

    def convert(name: str, source: Path, target: Path) -> None:
        asked.append(name)
        (target / conversion.FACTS).write_text(json.dumps({"reason": "seen"}))

    monkeypatch.setattr(conversion, "_convert", convert)
    assert conversion.converted(str(changed), settings.cache) is None
    assert asked == [str(changed)]


def test_what_cannot_be_converted_is_served_by_torch_and_told(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(sys, "executable", shutil.which("false"))
    chosen = settings.model_copy(update={"cache": tmp_path})
    with caplog.at_level(logging.WARNING):
        assert isinstance(open_embedder(chosen), SentenceTransformersEmbedder)
    assert "is served by torch" in caplog.text


def test_the_extra_is_asked_for_before_a_conversion(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conversion, "NEEDED", ("torch", "no_such_package"))
    with pytest.raises(ExtraMissing, match=r"\[models\]: no_such_package"):
        conversion.converted(settings.embedder, tmp_path)


def test_a_cache_that_cannot_be_written_and_a_damaged_file_are_told(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    with pytest.raises(ModelMissing, match="set ASSISTANT_CACHE"):
        conversion.converted(settings.embedder, tmp_path / "cache")
    folder = tmp_path / "copy"
    shutil.copytree(str(conversion.converted(settings.embedder, settings.cache)), folder)
    (folder / "model.onnx").write_bytes(b"other")
    with pytest.raises(ModelMissing, match="sha256"):
        ConvertedEmbedder(folder).embed(TEXTS, kind="query")
    (folder / "tokenizer.json").write_text("{")
    with pytest.raises(ModelMissing, match="cannot be loaded"):
        ConvertedEmbedder(folder)
