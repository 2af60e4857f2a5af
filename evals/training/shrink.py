"""Writes a model's weights as int8 with a scale a row or column; it computes in fp32 as before.

Measured on the embedder: weights and activations in int8 change the first passage of one question in ten and run twice
as fast; weights alone change that of very few, and a model of 90 MB takes 23 (``docs/models-of-our-own.md``).
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from onnx import helper, numpy_helper

LEAST = 10_000
"""Numbers that a table must have to be worth it."""
LARGEST = 127.0


def shrink(source: Path, target: Path) -> None:
    """Writes an fp32 ONNX encoder with its tables and matrices as int8.

    A row of an embedding table, and a column of a matrix, has a scale of its own: its largest number is 127.
    """
    model = onnx.load(str(source))
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
