"""Pairs are scored each for itself, in order, whatever stands beside them; a tiny model that counts stands in."""

import hashlib

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

from assistant.adapters.packaged_models import OwnModel
from assistant.adapters.rerankers import own_entailment, own_reranker
from assistant.adapters.rerankers.choose import open_entailment, open_reranker
from assistant.adapters.rerankers.own_entailment import OwnEntailment
from assistant.adapters.rerankers.own_reranker import OwnReranker
from assistant.adapters.rerankers.pair_scorer import WINDOW, PairScorer
from assistant.errors import ModelMissing
from assistant.settings import Settings
from assistant.settings.language_model import EntailmentSetting

QUESTION = "who chairs the meeting"
TEXTS = ["The chair.", "A team manager chairs it. " * 9, "", "Nobody", "One two three four five six seven eight."] * 5


@pytest.fixture(scope="module")
def counting(tmp_path_factory):
    """A model whose logit is 100 less the word pieces of the second text that are not padding."""
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["b", "t"])
        for name in ("input_ids", "attention_mask", "token_type_ids")
    ]
    nodes = [
        helper.make_node("Mul", ["attention_mask", "token_type_ids"], ["second"]),
        helper.make_node("Mul", ["second", "input_ids"], ["kept"]),
        helper.make_node("Sign", ["kept"], ["ones"]),
        helper.make_node("ReduceSum", ["ones", "axis"], ["count"], keepdims=1),
        helper.make_node("Cast", ["count"], ["number"], to=TensorProto.FLOAT),
        helper.make_node("Sub", ["hundred", "number"], ["logits"]),
    ]
    constants = [
        helper.make_tensor("axis", TensorProto.INT64, [1], [1]),
        helper.make_tensor("hundred", TensorProto.FLOAT, [1], [100.0]),
    ]
    logits = helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["b", 1])
    graph = helper.make_graph(nodes, "counting", inputs, [logits], constants)
    path = tmp_path_factory.mktemp("model") / "model.onnx"
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=10), str(path))
    return OwnModel("counting-1", path, hashlib.sha256(path.read_bytes()).hexdigest())


def test_scores_come_in_the_order_of_the_pairs_and_do_not_depend_on_what_stands_beside_them(counting):
    scorer = PairScorer(counting, 1)
    together = scorer.score([(QUESTION, text) for text in TEXTS])
    alone = np.concatenate([scorer.score([(QUESTION, text)]) for text in TEXTS])
    assert together.dtype == np.float32
    assert together.tolist() == alone.tolist()
    assert together[3] > together[0] > together[4] > together[1]


def test_of_a_long_pair_the_longer_text_is_cut_and_the_question_stays_whole(counting):
    short = PairScorer(counting, 1).score([("who", "word " * 500)])[0]
    longer = PairScorer(counting, 1).score([(QUESTION * 3, "word " * 500)])[0]
    assert 100 - short == WINDOW - 3  # [CLS] who [SEP]; the closing one counts as the second text
    assert longer > short


def test_any_text_can_be_scored(counting):
    odd = ["\ud800 half of a pair", "\x00", "👩‍👧 naïve ﬁne", "a" * 5000]
    assert np.isfinite(PairScorer(counting, 1).score([(each, each) for each in odd])).all()


def test_the_reader_scores_texts_for_a_question(counting, monkeypatch):
    monkeypatch.setattr(own_reranker, "own_model", lambda role: counting)
    reranker = OwnReranker(1)
    assert reranker.fingerprint == f"counting-1/{counting.sha256[:12]}/{WINDOW}"
    assert reranker.score(QUESTION, ["one", "one two three"]).tolist() == [98.0, 96.0]
    assert reranker.score(QUESTION, ()).shape == (0,)


def test_the_verifier_takes_a_claim_at_its_threshold_and_not_below_it(counting, monkeypatch):
    monkeypatch.setattr(own_entailment, "own_model", lambda role: counting)
    model = OwnEntailment(0.5, 1)
    assert model.entails("A quote.", "A claim.")
    assert not model.entails("A quote.", "claim " * 170)
    assert model.fingerprint.endswith("/0.5")


def test_the_settings_choose_them_and_an_absent_one_is_told(monkeypatch, counting):
    assert open_reranker(Settings(), "") is None
    assert open_reranker(Settings(reranker="none"), "counting-1") is None
    monkeypatch.setattr(own_reranker, "own_model", lambda role: counting)
    assert isinstance(open_reranker(Settings(reranker="own"), ""), OwnReranker)
    assert isinstance(open_reranker(Settings(), "counting-1"), OwnReranker)
    monkeypatch.setattr(own_entailment, "own_model", lambda role: counting)
    assert isinstance(open_entailment(EntailmentSetting(model="own"), 1), OwnEntailment)
    with pytest.raises(ModelMissing):
        PairScorer(OwnModel("gone", counting.path.with_name("gone.onnx"), "00"), 1).score([("a", "b")])
