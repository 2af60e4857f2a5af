"""Scores pairs of texts with a cross-encoder in ONNX, served by onnxruntime without torch."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from assistant.adapters.embedders.onnx import open_session, open_tokenizer, run
from assistant.adapters.packaged_models import OwnModel, checked_file
from assistant.ports import Vectors

WINDOW = 192
"""Word pieces of both texts together, as in training; of what is longer, the longer text is cut at its end."""
TOGETHER = 8
"""Pairs of similar length that are scored at once; on two cores larger batches gain nothing and pad more."""


class PairScorer:
    """One score a pair of texts: the logit of a cross-encoder with the word pieces of all-MiniLM-L6-v2.

    Args:
        model: The model; its file is checked with the first pair.
        threads: Threads of the runtime.

    Raises:
        ModelMissing: From the first ``score``, when the file is absent or not the one that was measured.
    """

    def __init__(self, model: OwnModel, threads: int) -> None:
        self._model = model
        self._threads = threads

    @property
    def fingerprint(self) -> str:
        """Name, weights and window of the model."""
        return f"{self._model.name}/{self._model.sha256[:12]}/{WINDOW}"

    def score(self, pairs: Sequence[tuple[str, str]]) -> Vectors:
        """Returns float32 (n,) logits in the order of the pairs; (0,) for none."""
        out = np.zeros(len(pairs), dtype=np.float32)
        encodings = self._tokenizer.encode_batch([(_whole(one), _whole(other)) for one, other in pairs])
        order = sorted(range(len(pairs)), key=lambda at: len(encodings[at].ids))
        for start in range(0, len(order), TOGETHER):
            part = order[start : start + TOGETHER]
            length = len(encodings[part[-1]].ids)
            feed = {
                "input_ids": np.zeros((len(part), length), dtype=np.int64),
                "attention_mask": np.zeros((len(part), length), dtype=np.int64),
                "token_type_ids": np.zeros((len(part), length), dtype=np.int64),
            }
            for row, at in enumerate(part):
                each = encodings[at]
                feed["input_ids"][row, : len(each.ids)] = each.ids
                feed["attention_mask"][row, : len(each.ids)] = 1
                feed["token_type_ids"][row, : len(each.ids)] = each.type_ids
            out[part] = run(self._session, ("logits",), feed)[0][:, 0]
        return out

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        tokenizer = open_tokenizer()
        tokenizer.enable_truncation(WINDOW, strategy="longest_first")
        return tokenizer

    @cached_property
    def _session(self) -> onnxruntime.InferenceSession:
        return open_session(checked_file(self._model), self._threads)


def _whole(text: str) -> str:
    """Returns a text with "?" for half of a surrogate pair, which no encoding has."""
    return text.encode("utf-8", "replace").decode()
