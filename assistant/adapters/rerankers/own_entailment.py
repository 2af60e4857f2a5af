"""Entailment: the project's own cross-encoder, which scores whether a quote supports a claim."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from assistant.adapters.packaged_models import own_model
from assistant.adapters.rerankers.pair_scorer import PairScorer
from assistant.ports import Vectors


class OwnEntailment:
    """Accepts a claim where the model's probability that the quote supports it reaches a threshold.

    The model of ``assistant/weights/verifier``; its card says what it is for and where it fails.

    Args:
        threshold: Least probability, 0 to 1.
        threads: Threads of the runtime.
    """

    def __init__(self, threshold: float, threads: int = 2) -> None:
        self._threshold = threshold
        self._scorer = PairScorer(own_model("verifier"), threads)

    @property
    def fingerprint(self) -> str:
        """Name, weights and window of the model, and threshold."""
        return f"{self._scorer.fingerprint}/{self._threshold}"

    def entails(self, quote: str, claim: str) -> bool:
        """Returns whether a quote supports a claim."""
        return float(self.probabilities([(quote, claim)])[0]) >= self._threshold

    def probabilities(self, pairs: Sequence[tuple[str, str]]) -> Vectors:
        """Returns float32 (n,): the probability that each quote supports its claim; pairs are (quote, claim)."""
        return np.asarray(1.0 / (1.0 + np.exp(-self._scorer.score(pairs))), dtype=np.float32)
