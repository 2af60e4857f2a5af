"""Embedder: any sentence-transformers model, by name or folder; needs torch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np

from assistant.errors import ModelMissing
from assistant.ports import Vectors


class SentenceTransformersEmbedder:
    """Vectors of a sentence-transformers model; nothing is downloaded.

    Args:
        name: Name in the local cache, or a folder.
    """

    def __init__(self, name: str) -> None:
        try:
            from sentence_transformers import SentenceTransformer

            self._model: Any = SentenceTransformer(name, device="cpu", local_files_only=True)
        except (OSError, ValueError, ImportError) as error:
            fix = "Give a folder that holds the model, or set ASSISTANT_EMBEDDER=minilm"
            raise ModelMissing(f"{name}: not a sentence-transformers model on this machine. {fix}.") from error
        self._name = name

    @property
    def fingerprint(self) -> str:
        """Name and a digest of the first weights, with window and dimension."""
        total = sum(float(each.detach().double().sum()) for each in self._model.parameters())
        return f"sentence-transformers/{self._name}/{total:.6f}/{self.window}/{self.dimension}"

    @property
    def dimension(self) -> int:
        """Columns of the model's vectors."""
        return int(self._model.get_embedding_dimension())

    @property
    def window(self) -> int:
        """Word pieces that the model reads."""
        return int(self._model.max_seq_length)

    def embed(self, texts: Sequence[str], *, kind: Literal["query", "passage"]) -> Vectors:
        """Returns float32 (n, dim), L2-normalised, in the order of ``texts``."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        encode = self._model.encode_query if kind == "query" else self._model.encode_document
        vectors = encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, dtype=np.float32)

    def count_tokens(self, texts: Sequence[str]) -> tuple[int, ...]:
        """Returns the number of word pieces of each text, special ones included."""
        return (
            tuple(len(ids) for ids in self._model.tokenizer(list(texts), truncation=False)["input_ids"])
            if texts
            else ()
        )
