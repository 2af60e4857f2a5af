"""What every embedder promises, run on the fake and on the packaged model."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime
import pytest

from assistant.adapters.embedders.minilm import MiniLmEmbedder
from assistant.adapters.embedders.onnx import OnnxEmbedder, open_session
from assistant.adapters.embedders.tuned import TunedEmbedder
from assistant.adapters.packaged_models import own_model
from assistant.ports import Embedder, LayeredEmbedder
from assistant.settings import Settings
from tests import fakes

TEXTS = (
    "Who leads the strategy discussion?",
    "The local authority must decide within one working day.",
    "",
    "A much longer passage about children missing education, " * 12,
    "LADO s47 MASH",
)


MINILM = MiniLmEmbedder(Settings().cache)
"""Loaded by the first test that embeds."""


class EmbedderContract:
    """One behaviour class; a subclass gives the embedder."""

    def test_rows_are_float32_of_the_dimension_and_length_one(self, embedder: Embedder) -> None:
        vectors = embedder.embed(TEXTS, kind="passage")
        assert vectors.dtype == np.float32
        assert vectors.shape == (len(TEXTS), embedder.dimension)
        filled = [i for i, text in enumerate(TEXTS) if text]
        assert np.allclose(np.linalg.norm(vectors[filled], axis=1), 1.0, atol=1e-5)
        assert np.isfinite(vectors).all()

    def test_rows_keep_the_order_of_the_texts(self, embedder: Embedder) -> None:
        texts = [f"{text} part {number} " * (1 + number % 3) for number in range(12) for text in TEXTS]
        together = embedder.embed(texts, kind="passage")
        alone = np.vstack([embedder.embed([text], kind="passage") for text in texts])
        assert np.allclose(together, alone, atol=1e-5)

    def test_different_texts_have_different_vectors(self, embedder: Embedder) -> None:
        likeness = embedder.embed(TEXTS[:2], kind="passage")
        assert float(likeness[0] @ likeness[1]) < 0.95

    def test_a_question_is_nearer_to_its_answer_than_to_another_text(self, embedder: Embedder) -> None:
        query = embedder.embed(["who leads the strategy discussion"], kind="query")[0]
        passages = embedder.embed(["The strategy discussion is led by the team manager.", "Bus times"], kind="passage")
        assert float(passages[0] @ query) > float(passages[1] @ query)

    def test_no_texts_give_no_rows(self, embedder: Embedder) -> None:
        assert embedder.embed((), kind="query").shape == (0, embedder.dimension)
        assert embedder.count_tokens(()) == ()

    def test_word_pieces_are_counted_beyond_the_window(self, embedder: Embedder) -> None:
        short, longer = embedder.count_tokens(("child", "child " * (embedder.window + 50)))
        assert 1 <= short < embedder.window < longer

    def test_a_text_over_the_window_is_cut_and_still_embedded(self, embedder: Embedder) -> None:
        text = "safeguarding partners meet " * embedder.window
        assert np.isfinite(embedder.embed([text], kind="passage")).all()

    def test_any_text_can_be_embedded(self, embedder: Embedder) -> None:
        odd = ["\ud800 half of a pair", "\x00", "\u202e", "👩‍👧 naïve ﬁne", "a" * 5000]
        assert np.isfinite(embedder.embed(odd, kind="query")).all()
        assert min(embedder.count_tokens(odd)) >= 1

    def test_the_fingerprint_is_the_same_each_time(self, embedder: Embedder) -> None:
        assert embedder.fingerprint
        assert embedder.fingerprint == embedder.fingerprint


class TestFakeEmbedder(EmbedderContract):
    @pytest.fixture
    def embedder(self) -> Embedder:
        return fakes.FakeEmbedder()


class TestMiniLmEmbedder(EmbedderContract):
    @pytest.fixture
    def embedder(self) -> Embedder:
        return MINILM

    def test_words_past_the_window_do_not_change_the_vector(self, embedder: Embedder) -> None:
        head = "child " * 300
        one, other = embedder.embed([head, head + "entirely different words at the end"], kind="passage")
        assert np.allclose(one, other, atol=1e-5)

    def test_the_fingerprint_names_weights_pooling_and_window(self, embedder: Embedder) -> None:
        assert embedder.fingerprint == "minilm/53aa51172d14/onnx-1/mean/256"


TUNED = TunedEmbedder()


class TestTunedEmbedder(EmbedderContract):
    @pytest.fixture
    def embedder(self) -> Embedder:
        return TUNED

    def test_the_fingerprint_names_weights_pooling_and_window(self, embedder: Embedder) -> None:
        assert embedder.fingerprint == "policy-embedder-1/cad654005a16/mean/256"


class LayeredContract:
    """What every encoder with layers promises."""

    def test_layers_are_float32_in_the_order_of_the_texts(self, layered: LayeredEmbedder) -> None:
        together = layered.layers(TEXTS)
        assert together.dtype == np.float32
        assert np.isfinite(together).all()
        assert np.allclose(together, np.vstack([layered.layers([text]) for text in TEXTS]), atol=1e-4)

    def test_no_texts_have_no_rows_of_layers(self, layered: LayeredEmbedder) -> None:
        assert layered.layers(()).shape == (0, layered.layers(["a"]).shape[1])


class TestFakeLayers(LayeredContract):
    @pytest.fixture
    def layered(self) -> LayeredEmbedder:
        return fakes.FakeEmbedder()


class TestTunedLayers(LayeredContract):
    @pytest.fixture
    def layered(self) -> LayeredEmbedder:
        return TUNED

    def test_giving_out_layers_changes_no_vector(self) -> None:
        model = own_model("embedder")
        plain = OnnxEmbedder(lambda: model.path, "plain", 1).embed(TEXTS[:2], kind="query")
        assert np.array_equal(plain, TunedEmbedder(1).embed(TEXTS[:2], kind="query"))


def test_the_packaged_model_is_not_touched_before_it_is_used(tmp_path: Path) -> None:
    assert MiniLmEmbedder(tmp_path).dimension == 384
    assert list(tmp_path.iterdir()) == []


def test_no_memory_is_planned_for_every_shape_of_input_that_ever_came(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[onnxruntime.SessionOptions] = []
    monkeypatch.setattr(onnxruntime, "InferenceSession", lambda path, options, providers: opened.append(options))
    open_session(Path("model.onnx"), 1)
    assert [options.enable_mem_pattern for options in opened] == [False]
