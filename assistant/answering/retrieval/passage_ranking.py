"""Reorders the fused hits by a small model that weighs cosines, words and the answer type together.

Fusion sees ranks only; this sees how similar each passage is and how much of the question it covers. The weights are fitted on the
calibration set, list by list (``evals/calibration/fit_ranking.py``), and stored with the calibration.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from assistant.answering.query_analysis.analysis import QueryAnalysis, covered, pair_coverage
from assistant.answering.query_analysis.answer_type import has_answer_type
from assistant.answering.retrieval.linear_model import Floats, Logistic
from assistant.model import Hit
from assistant.text.words import content_words

PASSAGE_FEATURES = (
    "cosine",
    "best_sentence_cosine",
    "word_score",
    "coverage",
    "pair_coverage",
    "expected_covered",
    "log_words",
)


def passage_features(analysis: QueryAnalysis, hits: Sequence[Hit]) -> Floats:
    """Returns float64 (number of hits, number of ``PASSAGE_FEATURES``).

    A passage that the vector search did not return counts as similar as the last one that it did; one without any word
    of the question has the word score 0. Word scores are shares of the best one.
    """
    floor = min((hit.cosine for hit in hits if hit.cosine is not None), default=0.0)
    best = max((hit.bm25 for hit in hits if hit.bm25 is not None), default=0.0) or 1.0
    rows = [_row(analysis, hit, floor, best) for hit in hits]
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(PASSAGE_FEATURES))


def _row(analysis: QueryAnalysis, hit: Hit, floor: float, best: float) -> tuple[float, ...]:
    stems = content_words(" ".join((*hit.passage.headings, hit.passage.text)))
    return (
        floor if hit.cosine is None else hit.cosine,
        max(hit.sentence_cosines, default=floor),
        (hit.bm25 or 0.0) / best,
        covered(analysis, stems),
        pair_coverage(analysis, stems),
        _expected_covered(analysis, hit),
        math.log(1 + len(hit.passage.text.split())),
    )


def _expected_covered(analysis: QueryAnalysis, hit: Hit) -> float:
    """Returns the best coverage by a sentence that has the expected answer type, 0 where none has."""
    texts = [hit.passage.slice(sentence.span) for sentence in hit.passage.sentences]
    return max(
        (covered(analysis, content_words(each)) for each in texts if has_answer_type(each, analysis.answer_type)),
        default=0.0,
    )


def ranked(analysis: QueryAnalysis, hits: Sequence[Hit], model: Logistic) -> tuple[Hit, ...]:
    """Returns the hits best first, ties in the order given; ``score`` is each one's weight, and they sum to 1.

    Hits that were rejected before keep their place behind the others. () for none.
    """
    used = [hit for hit in hits if hit.rejected is None]
    if not used:
        return tuple(hits)
    logits = model.logit(passage_features(analysis, used))
    weights = np.exp(logits - logits.max())
    weights /= weights.sum()
    order = np.argsort(-weights, kind="stable")
    ordered = [replace(used[place], score=float(weights[place])) for place in order]
    return (*ordered, *(hit for hit in hits if hit.rejected is not None))
