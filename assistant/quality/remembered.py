"""A reranker that remembers: two libraries hold mostly the same sentences, and each is scored once for a question."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from assistant.ports import Reranker, Vectors


class RememberedReranker:
    """Scores as another reranker does, each text once for a question; for one run, in one thread.

    Args:
        reranker: What scores.
    """

    def __init__(self, reranker: Reranker) -> None:
        self._reranker = reranker
        self._known: dict[tuple[str, str], float] = {}

    @property
    def fingerprint(self) -> str:
        """That of the other reranker."""
        return self._reranker.fingerprint

    def score(self, question: str, texts: Sequence[str]) -> Vectors:
        """Returns float32 (n,), larger is better; (0,) for none."""
        new = [text for text in dict.fromkeys(texts) if (question, text) not in self._known]
        if new:
            scores = self._reranker.score(question, new).tolist()
            self._known.update(zip(((question, text) for text in new), scores, strict=True))
        return np.array([self._known[question, text] for text in texts], dtype=np.float32)
