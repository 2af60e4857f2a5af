"""Reranker: the project's own cross-encoder, which scores whether a sentence answers a question."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.adapters.packaged_models import own_model
from assistant.adapters.rerankers.pair_scorer import PairScorer
from assistant.ports import Vectors


class OwnReranker:
    """The model of ``assistant/weights/reranker``; its card says what it is for and where it fails.

    Args:
        threads: Threads of the runtime.
    """

    def __init__(self, threads: int = 2) -> None:
        self._scorer = PairScorer(own_model("reranker"), threads)

    @property
    def fingerprint(self) -> str:
        """Name, weights and window of the model."""
        return self._scorer.fingerprint

    def score(self, question: str, texts: Sequence[str]) -> Vectors:
        """Returns float32 (n,), larger is better; (0,) for none."""
        return self._scorer.score([(question, text) for text in texts])
