"""Turns a served model back into a folder that training can start from, where the one in fp32 is gone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import numpy_helper

Tensors = dict[str, npt.NDArray[np.float32]]
PREFIX = "encoder."
"""Before the names of an encoder's weights in the exported graph."""


def unpack(served: Path, base: Path, folder: Path) -> Path:
    """Returns a folder with the weights of a served embedder, each number as the 8-bit one computes.

    Args:
        served: Its ``model.onnx``.
        base: Folder of the model that it was trained from: configuration and word pieces are the same.
        folder: Is created; one that is complete already is left as it is.
    """
    import torch
    from sentence_transformers import SentenceTransformer

    if (folder / "modules.json").is_file():
        return folder
    part = folder.with_name(f"{folder.name}.part")
    model = SentenceTransformer(str(base), local_files_only=True, device="cpu")
    encoder: Any = model[0]
    known = {name: torch.from_numpy(np.array(each)) for name, each in weights_of(served).items()}
    absent, unknown = encoder.model.load_state_dict(known, strict=False)
    if unknown or any("pooler" not in name and "position_ids" not in name for name in absent):
        raise ValueError(f"{served}: not the graph of such an encoder: {[*unknown, *absent][:3]}")
    model.save(str(part))
    shutil.rmtree(folder, ignore_errors=True)
    part.replace(folder)
    return folder


def unpack_pairs(served: Path, encoder: Path, folder: Path) -> Path:
    """Returns a folder with the weights of a served reranker or verifier, from which training can go on.

    Args:
        served: Its ``model.onnx``.
        encoder: Folder of an encoder of its shape, such as ``unpack`` made: configuration and word pieces are the same.
        folder: Is created; one that is complete already is left as it is.
    """
    import torch

    from evals.training.cross_encoder import opened

    if (folder / "modules.json").is_file():
        return folder
    part = folder.with_name(f"{folder.name}.part")
    model = opened(encoder)
    known = {name: torch.from_numpy(np.array(each)) for name, each in weights_of(served).items()}
    absent, unknown = model[0].model.load_state_dict(known, strict=False)
    if unknown or any("pooler" not in name and "position_ids" not in name for name in absent):
        raise ValueError(f"{served}: not the graph of such a model: {[*unknown, *absent][:3]}")
    head = dict(_unpacked(onnx.load(str(served)).graph))
    model[-1].linear.load_state_dict(
        {name: torch.from_numpy(np.array(head[f"head.{name}"])) for name in ("weight", "bias")}
    )
    model.save_pretrained(str(part))
    shutil.rmtree(folder, ignore_errors=True)
    part.replace(folder)
    return folder


def weights_of(served: Path) -> Tensors:
    """Returns every weight by its name in the encoder; a matrix has the name of the bias that is added after it."""
    graph = onnx.load(str(served)).graph
    known = dict(_unpacked(graph))
    named = {name.removeprefix(PREFIX): each for name, each in known.items() if name.startswith(PREFIX)}
    after = {place: node for node in graph.node for place in node.input}
    for node in graph.node:
        if node.op_type == "MatMul" and node.input[1] in known:
            added = after[node.output[0]]
            bias = next(name for name in added.input if name.startswith(PREFIX))
            named[f"{bias.removeprefix(PREFIX).removesuffix('bias')}weight"] = known[node.input[1]].T
    return named


def _unpacked(graph: onnx.GraphProto) -> Iterator[tuple[str, npt.NDArray[np.float32]]]:
    """Yields the tensors of a graph by name, 8-bit ones with their scales worked in."""
    tensors = {each.name: numpy_helper.to_array(each) for each in graph.initializer}
    axis_of = {node.output[0]: node.attribute[0].i for node in graph.node if node.op_type == "DequantizeLinear"}
    for name, axis in axis_of.items():
        scale = tensors[f"{name}.scale"]
        yield name, (tensors[f"{name}.int8"] * (scale[:, None] if axis == 0 else scale)).astype(np.float32)
    for name, values in tensors.items():
        if not name.endswith((".int8", ".scale")):
            yield name, values
