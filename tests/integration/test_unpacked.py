"""Training starts from the served embedder where no other is kept, and it is the same model."""

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from assistant.adapters.embedders.minilm_files import weights_folder
from assistant.adapters.embedders.tuned import TunedEmbedder
from assistant.adapters.packaged_models import own_model
from evals.training.unpacked import unpack

TEXTS = ["who tells the LADO", "The local authority must review the plan every six months."]


def test_the_unpacked_embedder_computes_what_the_served_one_does_and_is_made_once(tmp_path):
    from sentence_transformers import SentenceTransformer

    folder = unpack(own_model("embedder").path, weights_folder(), tmp_path / "unpacked")
    found = SentenceTransformer(str(folder), local_files_only=True, device="cpu").encode(TEXTS)
    served = TunedEmbedder().embed(TEXTS, kind="passage")
    assert (np.asarray(found) * served).sum(axis=1) == pytest.approx(1.0, abs=1e-4)
    made = (folder / "model.safetensors").stat().st_mtime_ns
    assert unpack(own_model("embedder").path, weights_folder(), folder) == folder
    assert (folder / "model.safetensors").stat().st_mtime_ns == made


def test_a_graph_of_another_kind_is_refused_and_leaves_no_folder(tmp_path):
    graph = helper.make_graph(
        [helper.make_node("MatMul", ["x", "w"], ["z"]), helper.make_node("Add", ["encoder.other.bias", "z"], ["y"])],
        "tiny",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 2])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, [1, 2])],
        [
            numpy_helper.from_array(np.eye(2, dtype=np.float32), "w"),
            numpy_helper.from_array(np.zeros(2, dtype=np.float32), "encoder.other.bias"),
        ],
    )
    onnx.save(helper.make_model(graph), str(tmp_path / "other.onnx"))
    with pytest.raises(ValueError, match="not the graph of such an encoder"):
        unpack(tmp_path / "other.onnx", weights_folder(), tmp_path / "unpacked")
    assert not (tmp_path / "unpacked").exists()
