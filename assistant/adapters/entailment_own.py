"""Entailment: the project's own cross-encoder, which tells whether a quote carries a claim."""

from __future__ import annotations

import math

from assistant.adapters.own_weights import own_model
from assistant.adapters.pairs_onnx import PairScorer


class OwnEntailment:
    """Takes a claim where the model's probability that the quote carries it reaches a threshold.

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
        """Returns whether it finds that a quote carries a claim."""
        logit = float(self._scorer.score([(quote, claim)])[0])
        return 1.0 / (1.0 + math.exp(-logit)) >= self._threshold
