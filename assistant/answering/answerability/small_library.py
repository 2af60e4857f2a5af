"""The second condition for an answer from a small library.

In a library of a few pages everything is found and ranks among the first, so the features that say how far the best passage
stands out say nothing, and a calibration, which was fitted on hundreds of pages, is too sure. There the reranker alone has to
find that the best sentence answers, unless the sentence holds most of the words that are asked for.
"""

from __future__ import annotations

from collections.abc import Mapping

SMALL_PASSAGES = 40
"""Passages below which a library is small."""
LEAST_READ = -1.0
"""Logit of the reranker from which its best sentence counts as an answer."""
LEAST_COVERAGE = 0.5
"""Share of the question's words, by rarity, from which a sentence need not pass the reranker."""


def is_confirmed(features: Mapping[str, float], passages: int) -> bool:
    """Returns whether an answer from a library of so many passages is confirmed; True for one that is not small.

    Without a reranker nothing is asked of it.
    """
    if passages >= SMALL_PASSAGES or "read_best" not in features:
        return True
    return features["read_best"] >= LEAST_READ or features["coverage_by_quote"] >= LEAST_COVERAGE
