"""Embedder: the project's own, all-MiniLM-L6-v2 tuned on safeguarding policy."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
from tokenizers import Encoding

from assistant.adapters.embedders.onnx import (
    DIMENSION,
    WINDOW,
    Feed,
    Floats,
    OnnxEmbedder,
    feed_of,
    mean_of,
    run,
)
from assistant.adapters.packaged_models import checked_file, own_model

LAYERS = (3, 4, 5)
"""Layers of the encoder, counted from one, whose states ``layers`` gives out."""
TOKEN_LAYER = 4
"""The layer whose states ``tokens`` gives out."""
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
        self._last: tuple[str, Floats, Encoding] | None = None
        """The text that went through ``layers`` last, with its states; replaced whole, so that threads may share it."""

    def tokens(self, text: str) -> tuple[Floats, Sequence[tuple[int, int]]]:
        """Returns float32 (1 + n, 384): of ``TOKEN_LAYER`` the state of the whole and of each of n pieces; and their places.

        The text that went through ``layers`` last costs nothing.
        """
        last = self._last
        if last is None or last[0] != text:
            encoding = self._encoded([text])[0]
            (states,) = run(self._session, (_STATES[LAYERS.index(TOKEN_LAYER)],), feed_of([encoding]))
            last = (text, states[0], encoding)
        pieces = last[2].offsets[1 : len(last[1]) - 1]
        return last[1][: 1 + len(pieces)], pieces

    def layers(self, texts: Sequence[str]) -> Floats:
        """Returns float32 (n, 2304): of each of ``LAYERS`` the state of the first piece and the mean of all, not normalised."""
        if len(texts) != 1:
            return self._in_batches(texts, 2 * len(LAYERS) * DIMENSION, self._of_layers)
        encodings = self._encoded(texts)
        feed = feed_of(encodings)
        found = run(self._session, _STATES, feed)
        self._last = (texts[0], found[LAYERS.index(TOKEN_LAYER)][0], encodings[0])
        return self._pooled(found, feed)

    def _of_layers(self, feed: Feed) -> Floats:
        return self._pooled(run(self._session, _STATES, feed), feed)

    @staticmethod
    def _pooled(found: Sequence[Floats], feed: Feed) -> Floats:
        return np.concatenate([part for states in found for part in (states[:, 0], mean_of(states, feed))], axis=1)
