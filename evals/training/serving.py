"""Makes the file that is served from a trained model: fp32 ONNX, then weights as int8, then its name and sha256."""

from __future__ import annotations

import hashlib
import tomllib
import warnings
from pathlib import Path
from typing import Any

import torch
from sentence_transformers.base.modules import Dense
from transformers import AutoModel

from evals.training.shrink import shrink

WEIGHTS = Path(__file__).parents[2] / "assistant" / "weights"
HEAD = """# The models of our own, with the file that was measured. Made by `make train-embedder`, `train-reranker` and
# `train-verifier`; see the cards in each folder.
"""
_INPUTS = ("input_ids", "attention_mask", "token_type_ids")


def export_pairs(folder: Path, target: Path) -> None:
    """Writes a cross-encoder as fp32 ONNX: logits (batch, 1) of word pieces, mask and types (batch, tokens)."""
    encoder = AutoModel.from_pretrained(str(folder), local_files_only=True, attn_implementation="eager").eval()
    head = Dense.load(str(next(folder.glob("*_Dense")))).linear
    ids = torch.ones(2, 8, dtype=torch.long)
    target.parent.mkdir(parents=True, exist_ok=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the tracer warns of shapes that are fixed for such a model
        torch.onnx.export(
            _Logits(encoder, head),
            (ids, ids, ids),
            str(target),
            input_names=list(_INPUTS),
            output_names=["logits"],
            dynamic_axes={**{name: {0: "batch", 1: "tokens"} for name in _INPUTS}, "logits": {0: "batch"}},
            opset_version=17,
            dynamo=False,
        )


class _Logits(torch.nn.Module):
    """The head over the first word piece and the mean of all."""

    def __init__(self, encoder: Any, head: Any) -> None:
        super().__init__()
        self.encoder = encoder
        self.head = head

    def forward(self, input_ids: Any, attention_mask: Any, token_type_ids: Any) -> Any:
        found = self.encoder(input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids)
        states, mask = found.last_hidden_state, attention_mask.unsqueeze(-1).float()
        return self.head(torch.cat([states[:, 0], (states * mask).sum(1) / mask.sum(1)], dim=1))


def install(role: str, name: str, fp32: Path, weights: Path = WEIGHTS) -> Path:
    """Writes the model of a role as it is served, and its name and sha256 into ``weights.toml``.

    Args:
        role: Such as ``reranker``.
        name: Name with version.
        fp32: What was exported.
        weights: Folder of all models.
    """
    target = weights / role / "model.onnx"
    target.parent.mkdir(parents=True, exist_ok=True)
    shrink(fp32, target)
    listed = weights / "weights.toml"
    known = tomllib.loads(listed.read_text(encoding="utf-8")) if listed.is_file() else {}
    known[role] = {"name": name, "sha256": hashlib.sha256(target.read_bytes()).hexdigest()}
    entries = [
        "\n".join((f"\n[{each}]", *(f'{key} = "{fact}"' for key, fact in facts.items()), ""))
        for each, facts in known.items()
    ]
    listed.write_text(HEAD + "".join(entries), encoding="utf-8")
    return target
