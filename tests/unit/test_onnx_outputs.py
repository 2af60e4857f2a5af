"""Inner values of a graph are given out as the package onnx would do it, where it is installed."""

from __future__ import annotations

import pytest

from assistant.adapters.embedders.onnx_outputs import with_outputs
from assistant.adapters.embedders.tuned import _STATES
from assistant.adapters.packaged_models import own_model

onnx = pytest.importorskip("onnx")


def test_the_model_read_is_the_one_that_onnx_would_write() -> None:
    path = own_model("embedder").path
    expected = onnx.load(str(path))
    expected.graph.output.extend(
        onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None) for name in _STATES
    )
    read = onnx.load_model_from_string(with_outputs(path, _STATES))
    assert read.SerializeToString(deterministic=True) == expected.SerializeToString(deterministic=True)


def test_a_name_of_any_length_is_written(tmp_path) -> None:
    path = tmp_path / "model.onnx"
    path.write_bytes(onnx.ModelProto(ir_version=8).SerializeToString())
    names = ("n" * 300, "ä")
    read = onnx.load_model_from_string(with_outputs(path, names))
    assert tuple(each.name for each in read.graph.output) == names
    assert read.ir_version == 8
