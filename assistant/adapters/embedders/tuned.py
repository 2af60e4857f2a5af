"""Embedder: the project's own, all-MiniLM-L6-v2 tuned on safeguarding policy."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np

from assistant.adapters.embedders.onnx import DIMENSION, WINDOW, Feed, Floats, OnnxEmbedder, mean_of, run
from assistant.adapters.packaged_models import checked_file, own_model

LAYERS = (3, 4, 5)
"""Layers of the encoder, counted from one, whose states ``layers`` gives out."""
_STATES = tuple(f"/encoder/encoder/layer.{each - 1}/output/LayerNorm/LayerNormalization_output_0" for each in LAYERS)


class TunedEmbedder(OnnxEmbedder):
    """The model of ``assistant/weights/embedder``; its card says what it is for and where it fails.

    Args:
        threads: Threads of the runtime.
    """

    def __init__(self, threads: int = 2) -> None:
        model = own_model("embedder")
        fingerprint = f"{model.name}/{model.sha256[:12]}/mean/{WINDOW}"
        super().__init__(partial(checked_file, model), fingerprint, threads, _STATES)

    def layers(self, texts: Sequence[str]) -> Floats:
        """Returns float32 (n, 2304): of each of ``LAYERS`` the state of the first piece and the mean of all, not normalised."""
        return self._in_batches(texts, 2 * len(LAYERS) * DIMENSION, self._of_layers)

    def _of_layers(self, feed: Feed) -> Floats:
        found = run(self._session, _STATES, feed)
        return np.concatenate([part for states in found for part in (states[:, 0], mean_of(states, feed))], axis=1)
