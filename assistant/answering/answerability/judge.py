"""Decides whether the hits answer at all: features, two small logistic models, one calibrated threshold."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.answering.answerability.calibration import Calibration
from assistant.answering.answerability.question_features import question_features
from assistant.answering.answerability.reranking import (
    Scorer,
    first_passages,
    rank_sentences,
    rerank,
    reranker_features,
    with_reranker_scores,
)
from assistant.answering.answerability.sentence_features import Candidate
from assistant.answering.query_analysis.analysis import QueryAnalysis
from assistant.model import Hit


@dataclass(frozen=True, slots=True)
class Answerability:
    """The ranked sentences, and whether the best of them answers the question."""

    ranked: tuple[tuple[Candidate, float], ...]
    """Candidates with their logits, best first, ties in reading order of the hits."""
    features: dict[str, float]
    probability: float
    """Calibrated probability that the best sentence answers; 0 where there is no candidate."""
    is_answerable: bool


def judge(
    analysis: QueryAnalysis,
    sentences: Sequence[Candidate],
    hits: Sequence[Hit],
    calibration: Calibration,
    scorer: Scorer | None = None,
) -> Answerability:
    """Returns the ranked sentences and whether the best of them may be given as an answer.

    A reranker is used only where the calibration was set with one.
    """
    if not sentences:
        return Answerability((), {}, 0.0, False)
    order = rank_sentences(sentences, calibration.sentence)
    if scorer is not None and calibration.order is not None:
        order = rerank(with_reranker_scores(order, scorer, first_passages(hits)), calibration.order)
    used = [hit for hit in hits if hit.rejected is None]
    features = {**question_features(analysis, order.ranked, used), **reranker_features(order)}
    row = np.array([[features[name] for name in calibration.question.features]])
    probability = float(1.0 / (1.0 + math.exp(-float(calibration.question.logit(row)[0]))))
    is_enough = calibration.threshold is not None and probability >= calibration.threshold
    return Answerability(order.ranked, features, probability, is_enough)
