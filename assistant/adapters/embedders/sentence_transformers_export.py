"""Writes a sentence-transformers model as ONNX; run as a program of its own, so that no serving process imports torch.

The graph holds every module of the model (encoder, pooling, dense layers), so that any architecture of one text encoder is served
alike. A model whose vectors differ from the original's is not written: the reason is.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
import warnings
from pathlib import Path
from typing import Any

import numpy as np

from assistant.adapters.embedders.conversion import FACTS
from assistant.adapters.embedders.converted import ConvertedEmbedder
from assistant.adapters.embedders.sentence_transformers import SentenceTransformersEmbedder

LEAST_LIKENESS = 0.9999
"""Least cosine between the vectors of a text by the original and by what was written."""
TEXTS = (
    "Who leads?",
    "The local authority must decide within one working day; see paragraph 4.2, naïve façade – 50%.",
    "Every school should hold a record of each concern. " * 60,
)


def convert(name: str, source: Path, target: Path) -> None:
    """Writes model, word pieces and facts into a folder, the facts last; only a reason where the model cannot be served that way."""
    original = SentenceTransformersEmbedder(str(source))
    model = original.model
    reason = _obstacle(model)
    with tempfile.TemporaryDirectory(dir=target) as folder:
        new = Path(folder)
        if reason is None:
            model.tokenizer.backend_tokenizer.save(str(new / "tokenizer.json"))
            _export(source, new / "model.onnx")
            (new / FACTS).write_text(json.dumps(_facts(name, original, new)), encoding="utf-8")
            reason = _difference(original, new)
        if reason is not None:
            (new / FACTS).write_text(json.dumps({"reason": reason}), encoding="utf-8")
        for each in ("model.onnx", "tokenizer.json", FACTS) if reason is None else (FACTS,):
            (new / each).replace(target / each)


def _obstacle(model: Any) -> str | None:
    """Returns why a model is not converted, None where nothing is in the way."""
    if not getattr(model.tokenizer, "is_fast", False):
        return "its word pieces are of a kind that tokenizers does not read"
    if model.tokenizer.padding_side != "right":
        return "it reads texts that are filled up at their beginning"
    if any(getattr(module, "include_prompt", True) is False for module in model):
        return "its pooling leaves prompts out"
    return None


def _facts(name: str, original: SentenceTransformersEmbedder, target: Path) -> dict[str, Any]:
    model, prompts = original.model, original.model.prompts
    kinds = {"query": ("query",), "passage": ("document", "passage", "corpus")}
    return {
        "fingerprint": original.fingerprint_of(Path(name).name),
        "dimension": original.dimension,
        "window": original.window,
        "padding": int(model.tokenizer.pad_token_id or 0),
        "prompts": {
            kind: next((prompts[each] for each in names if prompts.get(each)), "") for kind, names in kinds.items()
        },
        "sha256": hashlib.sha256((target / "model.onnx").read_bytes()).hexdigest(),
    }


def _export(source: Path, target: Path) -> None:
    import torch
    from sentence_transformers import SentenceTransformer

    eager = {"attn_implementation": "eager"}
    model = SentenceTransformer(str(source), device="cpu", local_files_only=True, model_kwargs=eager).eval()

    class Whole(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            return self.model({"input_ids": input_ids, "attention_mask": attention_mask})["sentence_embedding"]

    ids = torch.ones(2, 8, dtype=torch.long)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the tracer warns of shapes that are fixed for such a model
        torch.onnx.export(
            Whole(),
            (ids, ids),
            str(target),
            input_names=["input_ids", "attention_mask"],
            output_names=["vectors"],
            dynamic_axes={
                **{name: {0: "batch", 1: "tokens"} for name in ("input_ids", "attention_mask")},
                "vectors": {0: "batch"},
            },
            opset_version=17,
            dynamo=False,  # as in onnx_export.py
        )


def _difference(original: SentenceTransformersEmbedder, target: Path) -> str | None:
    """Returns in what the written model differs from the original, None where it agrees."""
    written = ConvertedEmbedder(target)
    if written.count_tokens(TEXTS) != original.count_tokens(TEXTS):
        return "its word pieces are counted otherwise"
    for kind in ("query", "passage"):
        least = float((original.embed(TEXTS, kind=kind) * written.embed(TEXTS, kind=kind)).sum(axis=1).min())
        if not np.isfinite(least) or least < LEAST_LIKENESS:
            return f"its vectors differ (cosine {least:.4f})"
    return None


def main() -> None:
    """Converts the model of the arguments: name, folder of the original, folder to write."""
    convert(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
