"""Entailment: any sentence-transformers CrossEncoder, by name or folder; needs torch, downloads nothing."""

from __future__ import annotations

import hashlib
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from assistant import extras
from assistant.errors import ModelMissing

ENTAILMENT = "entailment"


class CrossEncoderEntailment:
    """Accepts a claim where the model's probability that the quote entails it reaches a threshold.

    A model of several classes must name one "entailment" (as those trained on natural language inference do); the
    score of a model of one class is taken through the logistic function.

    Args:
        name: A folder that holds the model, or a name that is in the local Hugging Face cache.
        threshold: Least probability, 0 to 1.
        threads: Threads of torch.

    Raises:
        ExtraMissing: The extra [models] is not installed.
        ModelMissing: The model is not on this machine, cannot be loaded, or names no class "entailment".
    """

    def __init__(self, name: str, threshold: float, threads: int = 2) -> None:
        self._name = Path(name).name
        self._threshold = threshold
        self._model = _load(name, threads)
        self._place = _place(name, self._model)

    @cached_property
    def fingerprint(self) -> str:
        """Name of the model, digest of its weights, and threshold."""
        digest = hashlib.sha256()
        for key, tensor in sorted(self._model.model.state_dict().items()):
            digest.update(key.encode())
            digest.update(np.ascontiguousarray(tensor.float().cpu().numpy()).data)
        return f"cross-encoder/{self._name}/{digest.hexdigest()[:16]}/{self._threshold:g}"

    def entails(self, quote: str, claim: str) -> bool:
        """Returns whether a quote supports a claim."""
        from torch import nn

        act = nn.Sigmoid() if self._place is None else nn.Softmax(dim=-1)
        scores = self._model.predict([(quote, claim)], activation_fn=act, show_progress_bar=False)
        row = np.asarray(scores, dtype=np.float64).reshape(-1)
        return bool(row[self._place or 0] >= self._threshold)


def _place(name: str, model: Any) -> int | None:
    """Returns which class says that a quote entails a claim; None for a model of one class."""
    if model.num_labels == 1:
        return None
    labels = {str(label).lower(): int(place) for place, label in model.config.id2label.items()}
    if ENTAILMENT not in labels:
        raise ModelMissing(
            f'{name}: its classes are {", ".join(labels)}; none is "entailment". Name a model of natural '
            "language inference, or one of a single class."
        )
    return labels[ENTAILMENT]


def _load(name: str, threads: int) -> Any:
    try:
        import torch
        from safetensors import SafetensorError
        from sentence_transformers import CrossEncoder
    except ImportError as error:
        raise extras.missing(f"entailment.model {name}", "models", error.name or "sentence_transformers") from error
    torch.set_num_threads(threads)
    try:
        return CrossEncoder(name, device="cpu", local_files_only=True)
    except (OSError, ValueError, KeyError, RuntimeError, ImportError, SafetensorError) as error:
        fix = "Set entailment.model to a folder that holds one, copied from a machine with a network"
        raise ModelMissing(f"{name}: no CrossEncoder of this name here. {fix}.") from error
