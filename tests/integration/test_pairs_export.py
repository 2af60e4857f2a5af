"""A cross-encoder is served as it was trained: its head sees the first word piece and the mean of all."""

import hashlib

import numpy as np
import pytest

from assistant.adapters.embedders.minilm_files import weights_folder
from assistant.adapters.packaged_models import OwnModel, own_model
from assistant.adapters.rerankers.pair_scorer import PairScorer

PAIRS = [
    ("who tells the LADO", "The school must tell the designated officer within one working day."),
    ("who tells the LADO", "Governors look at the figures each year, and the chair signs what they have agreed."),
    ("how long are files kept", "Files are kept for a year."),
]


def served(path):
    return PairScorer(OwnModel("tiny", path, hashlib.sha256(path.read_bytes()).hexdigest()), 2).score(PAIRS)


def test_the_served_scores_are_those_of_the_trained_model_whatever_the_padding(tmp_path):
    from torch import nn  # here, so that only the worker that runs this imports torch

    from evals.training.cross_encoder import opened
    from evals.training.serving import export_pairs
    from evals.training.shrink import shrink

    model = opened(weights_folder())
    model.save_pretrained(str(tmp_path / "model"))
    again = opened(tmp_path / "model")
    trained = np.array([float(again.predict([pair], activation_fn=nn.Identity())[0]) for pair in PAIRS])
    export_pairs(tmp_path / "model", tmp_path / "fp32.onnx")
    assert served(tmp_path / "fp32.onnx") == pytest.approx(trained, abs=1e-4)
    shrink(tmp_path / "fp32.onnx", tmp_path / "int8.onnx")
    assert served(tmp_path / "int8.onnx") == pytest.approx(trained, abs=0.1)
    assert (tmp_path / "int8.onnx").stat().st_size < 25_000_000


def test_a_served_model_can_be_made_to_multiply_in_int8_and_ranks_alike(tmp_path):
    from evals.training.shrink import shrink

    shipped = own_model("reranker").path
    shrink(shipped, tmp_path / "same.onnx")
    assert served(tmp_path / "same.onnx") == pytest.approx(served(shipped), abs=1e-3)
    shrink(shipped, tmp_path / "int8.onnx", "int8")
    int8 = served(tmp_path / "int8.onnx")
    assert list(np.argsort(int8)) == list(np.argsort(served(shipped)))
    assert b"MatMulInteger" in (tmp_path / "int8.onnx").read_bytes()
    assert list(served(tmp_path / "int8.onnx")) == list(int8)
    assert (tmp_path / "int8.onnx").stat().st_size < 25_000_000
