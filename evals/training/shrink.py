"""Writes a model's weights as int8 with a scale a row or column; it computes in fp32 as before.

Measured on the embedder: weights and activations in int8 change the first passage of one question in ten and run twice
as fast; weights alone change that of very few, and a model of 90 MB takes 23 (``docs/models-of-our-own.md``).
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Literal

import numpy as np
import onnx
from onnx import helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

LEAST = 10_000
"""Numbers that a table must have to be worth it."""
LARGEST = 127.0


Arithmetic = Literal["fp32", "int8"]
"""What the matrices are multiplied in: fp32, or int8 with a scale for each tensor of a run."""


def shrink(source: Path, target: Path, arithmetic: Arithmetic = "fp32") -> None:
    """Writes an ONNX encoder with its tables and matrices as int8.

    A row of an embedding table, and a column of a matrix, has a scale of its own: its largest number is 127.

    Args:
        source: An encoder in fp32, or one that was shrunk for arithmetic in fp32.
        target: The file to write.
        arithmetic: What it computes in. In int8, what is scored together in one run shares a scale, so that nothing but what
            is asked may decide on what is scored together.
    """
    model = _in_fp32(onnx.load(str(source)))
    if arithmetic == "int8":
        model = _computing_in_int8(model)
    graph = model.graph
    axes = _axes(graph)
    tensors, added = [], []
    for tensor in graph.initializer:
        axis = axes.get(tensor.name)
        values = numpy_helper.to_array(tensor)
        if axis is None or values.ndim != 2 or values.size < LEAST:
            tensors.append(tensor)
            continue
        scale = np.maximum(np.abs(values).max(axis=1 - axis, keepdims=True), 1e-12) / LARGEST
        small = np.round(values / scale).astype(np.int8)
        name = tensor.name
        tensors.append(numpy_helper.from_array(small, f"{name}.int8"))
        tensors.append(numpy_helper.from_array(scale.reshape(-1).astype(np.float32), f"{name}.scale"))
        added.append(helper.make_node("DequantizeLinear", [f"{name}.int8", f"{name}.scale"], [name], axis=axis))
    del graph.initializer[:]
    graph.initializer.extend(tensors)
    nodes = [*added, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)
    onnx.checker.check_model(model)
    onnx.save(model, str(target))


def _in_fp32(model: onnx.ModelProto) -> onnx.ModelProto:
    """Returns a model whose stored int8 weights are fp32 again."""
    graph = model.graph
    stored = {each.name: numpy_helper.to_array(each) for each in graph.initializer}
    weights = [each for each in graph.node if each.op_type == "DequantizeLinear" and each.input[0] in stored]
    spent = {name for node in weights for name in node.input}
    tensors = [each for each in graph.initializer if each.name not in spent]
    for node in weights:
        values, scale = (stored[name] for name in node.input[:2])
        axis = next((each.i for each in node.attribute if each.name == "axis"), 1)
        shape = [-1 if at == axis else 1 for at in range(values.ndim)]
        tensors.append(numpy_helper.from_array(values.astype(np.float32) * scale.reshape(shape), node.output[0]))
    nodes = [each for each in graph.node if each not in weights]
    del graph.initializer[:]
    graph.initializer.extend(tensors)
    del graph.node[:]
    graph.node.extend(nodes)
    return model


def _computing_in_int8(model: onnx.ModelProto) -> onnx.ModelProto:
    """Returns an fp32 model that multiplies in int8: a scale a column of a matrix, and one for each tensor of a run."""
    with tempfile.TemporaryDirectory() as folder:
        fp32, int8 = Path(folder) / "fp32.onnx", Path(folder) / "int8.onnx"
        onnx.save(model, str(fp32))
        quantize_dynamic(
            str(fp32), str(int8), op_types_to_quantize=["MatMul"], per_channel=True, weight_type=QuantType.QUInt8
        )
        return onnx.load(str(int8))


def _axes(graph: onnx.GraphProto) -> dict[str, int]:
    """Returns, by name of the tensor, which axis has a scale for each place: rows of tables, columns of matrices."""
    found: dict[str, int] = {}
    for node in graph.node:
        if node.op_type == "Gather":
            found[node.input[0]] = 0
        elif node.op_type == "MatMul":
            found[node.input[1]] = 1
        elif node.op_type == "Gemm":
            transposed = any(each.name == "transB" and each.i for each in node.attribute)
            found[node.input[1]] = 0 if transposed else 1
    return found
