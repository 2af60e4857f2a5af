"""Embedder: a sentence-transformers model that was converted to ONNX; needs no torch."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Literal

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from assistant.adapters.embedders.conversion import FACTS
from assistant.adapters.embedders.onnx import encoded, open_session, run
from assistant.adapters.packaged_models import OwnModel, checked_file
from assistant.errors import ModelMissing
from assistant.ports import Vectors

TOGETHER = 16
"""Texts of similar length that are embedded at once."""


class ConvertedEmbedder:
    """Vectors of a converted model, with the model's own prompts for queries and passages.

    Its fingerprint is that of the original, so that a library built with the one is read with the other.

    Args:
        folder: What ``converted`` returned.
        threads: Threads of the runtime.

    Raises:
        ModelMissing: A file is absent or damaged.
    """

    def __init__(self, folder: Path, threads: int = 2) -> None:
        self._folder = folder
        self._threads = threads
        self._facts = json.loads((folder / FACTS).read_text(encoding="utf-8"))
        try:
            self._pieces = Tokenizer.from_file(str(folder / "tokenizer.json"))
        except Exception as error:
            raise ModelMissing(f"{folder}: cannot be loaded ({error}). Delete the folder; it is made again.") from error
        self._pieces.no_padding()
        self._pieces.no_truncation()

    @property
    def fingerprint(self) -> str:
        """That of the original: name, digest of weights, modules and prompts, and window."""
        return str(self._facts["fingerprint"])

    @property
    def dimension(self) -> int:
        """Columns of the model's vectors."""
        return int(self._facts["dimension"])

    @property
    def window(self) -> int:
        """Word pieces that the model reads."""
        return int(self._facts["window"])

    def embed(self, texts: Sequence[str], *, kind: Literal["query", "passage"]) -> Vectors:
        """Returns float32 (n, dim), L2-normalised, in the order of ``texts``; (0, dim) for none."""
        out = np.zeros((len(texts), self.dimension), dtype=np.float32)
        prompt = self._facts["prompts"][kind]
        encodings = self._cut([f"{prompt}{text}" for text in texts])
        order = sorted(range(len(texts)), key=lambda at: len(encodings[at]))
        for start in range(0, len(order), TOGETHER):
            part = order[start : start + TOGETHER]
            vectors = self._vectors([encodings[at] for at in part])
            out[part] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return out

    def count_tokens(self, texts: Sequence[str]) -> tuple[int, ...]:
        """Returns the number of word pieces of each text, special ones included, not cut; prompts not counted."""
        return tuple(len(each.ids) for each in encoded(self._pieces, texts))

    def _cut(self, texts: Sequence[str]) -> list[list[int]]:
        """Returns the word pieces of texts, cut at the window."""
        pieces = Tokenizer.from_str(self._pieces.to_str())
        pieces.enable_truncation(self.window)
        return [each.ids for each in encoded(pieces, texts)]

    def _vectors(self, rows: Sequence[Sequence[int]]) -> Vectors:
        ids = np.full((len(rows), max(map(len, rows))), self._facts["padding"], dtype=np.int64)
        mask = np.zeros_like(ids)
        for at, row in enumerate(rows):
            ids[at, : len(row)], mask[at, : len(row)] = row, 1
        return run(self._session, ("vectors",), {"input_ids": ids, "attention_mask": mask})[0]

    @cached_property
    def _session(self) -> onnxruntime.InferenceSession:
        model = OwnModel(self.fingerprint, self._folder / "model.onnx", self._facts["sha256"])
        return open_session(checked_file(model), self._threads)
