"""Embedder: any sentence-transformers model, by name or folder; needs torch, downloads nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import numpy as np

from assistant import extras
from assistant.errors import ModelMissing
from assistant.ports import Vectors


class SentenceTransformersEmbedder:
    """Vectors of a sentence-transformers model, with the model's own prompts for queries and passages.

    Args:
        name: A folder that holds the model, or a name that is in the local Hugging Face cache.
        threads: Threads of torch.

    Raises:
        ExtraMissing: The extra [models] is not installed.
        ModelMissing: The model is not on this machine or cannot be loaded.
    """

    def __init__(self, name: str, threads: int = 2) -> None:
        self._name = Path(name).name
        self._model = _load(name, threads)

    @property
    def model(self) -> Any:
        """The model itself, for what converts it."""
        return self._model

    @property
    def fingerprint(self) -> str:
        """Name of the model and digest of its weights, modules (pooling) and prompts, with its window.

        A folder that is moved keeps it.
        """
        return self.fingerprint_of(self._name)

    def fingerprint_of(self, name: str) -> str:
        """Returns the fingerprint under a name."""
        return f"sentence-transformers/{name}/{self._digest}/{self.window}"

    @cached_property
    def _digest(self) -> str:
        digest = hashlib.sha256(f"{self._model!r}{sorted(self._model.prompts.items())}".encode())
        for key, tensor in sorted(self._model.state_dict().items()):
            digest.update(key.encode())
            digest.update(np.ascontiguousarray(tensor.float().cpu().numpy()).data)
        return digest.hexdigest()[:16]

    @property
    def dimension(self) -> int:
        """Columns of the model's vectors."""
        return int(self._model.get_embedding_dimension())

    @property
    def window(self) -> int:
        """Word pieces that the model reads."""
        return int(self._model.max_seq_length)

    def embed(self, texts: Sequence[str], *, kind: Literal["query", "passage"]) -> Vectors:
        """Returns float32 (n, dim), L2-normalised, in the order of ``texts``; (0, dim) for none."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        encode = self._model.encode_query if kind == "query" else self._model.encode_document
        vectors = encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, dtype=np.float32)

    def count_tokens(self, texts: Sequence[str]) -> tuple[int, ...]:
        """Returns the number of word pieces of each text, special ones included, not cut; prompts not counted."""
        if not texts:
            return ()
        pieces = self._model.tokenizer(list(texts), truncation=False, verbose=False)["input_ids"]
        return tuple(len(ids) for ids in pieces)


def _load(name: str, threads: int) -> Any:
    try:
        import torch
        from safetensors import SafetensorError
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise extras.missing(f"The embedder {name}", "models", error.name or "sentence_transformers") from error
    torch.set_num_threads(threads)
    try:
        return SentenceTransformer(name, device="cpu", local_files_only=True)
    except (OSError, ValueError, KeyError, RuntimeError, ImportError, SafetensorError) as error:
        fix = "Set ASSISTANT_EMBEDDER to a folder that holds one (copied from a machine with a network), or to minilm"
        raise ModelMissing(f"{name}: no sentence-transformers model of this name here. {fix}.") from error
