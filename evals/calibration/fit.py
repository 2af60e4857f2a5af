"""Fits the two small models of a calibration: which sentence answers, and whether any does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from assistant.answering.answerability.question_features import QUESTION_FEATURES, question_features
from assistant.answering.answerability.reranking import (
    RERANK_FEATURES,
    RERANKED_SENTENCES,
    RERANKER_FEATURES,
    RankedSentences,
    first_passages,
    rank_sentences,
    rerank,
    rerank_rows,
    reranker_features,
    with_reranker_scores,
)
from assistant.answering.answerability.sentence_features import SENTENCE_FEATURES
from assistant.answering.query_analysis.answer_type import AnswerType
from assistant.answering.retrieval.linear_model import Floats, Logistic
from evals.calibration.collect import Collected, Gathered

FOLDS = 5
PENALISED, PLAIN = 0.03, 1.0
"""C of scikit-learn with a reranker and without. Chosen on the calibration questions among 1, 0.1, 0.03 and 0.01: with a reranker
AUC .832, .838, .840 and .839; without one no significant difference."""


def fit_logistic(
    names: Sequence[str],
    rows: Floats,
    labels: npt.NDArray[np.bool_],
    weights: Floats | None = None,
    inverse_penalty: float = PLAIN,
) -> Logistic:
    """Returns a logistic model with an L2 penalty over standardised features.

    Args:
        names: Names of the columns.
        rows: float64 (n, number of names).
        labels: bool (n,), with both values present.
        weights: float64 (n,), how much each row counts; all the same by default.
        inverse_penalty: A smaller one keeps the weights smaller.
    """
    scaler = StandardScaler().fit(rows)
    model = LogisticRegression(C=inverse_penalty, max_iter=5000)
    model.fit(scaler.transform(rows), labels, sample_weight=weights)
    return Logistic(
        features=tuple(names),
        mean=_plain(scaler.mean_),
        scale=_plain(scaler.scale_),
        weights=_plain(model.coef_[0]),
        intercept=float(model.intercept_[0]),
    )


def _plain(values: Any) -> tuple[float, ...]:
    return tuple(round(float(value), 6) for value in values)


@dataclass(frozen=True, slots=True)
class Order:
    """What orders sentences: their features, and where there is a reranker its scores of the first ones."""

    sentence: Logistic
    reranked: Logistic | None = None

    def of(self, each: Collected) -> RankedSentences:
        """Returns the candidates of a question as the pipeline orders them."""
        first = rank_sentences(each.candidates, self.sentence)
        if self.reranked is None or each.scorer is None:
            return first
        return rerank(with_reranker_scores(first, each.scorer, first_passages(each.hits)), self.reranked)


def fit_order(collected: Sequence[Collected]) -> Order:
    """Returns what orders sentences, with a reranker where the questions carry one."""
    sentence = fit_sentence(collected)
    if not any(each.scorer for each in collected):
        return Order(sentence)
    rows, labels = [], []
    for each in collected:
        if each.scorer is None or not each.is_gold.any():
            continue
        gold = {id(candidate): bool(flag) for candidate, flag in zip(each.candidates, each.is_gold, strict=True)}
        scored = with_reranker_scores(rank_sentences(each.candidates, sentence), each.scorer, first_passages(each.hits))
        rows.append(rerank_rows(scored)[:RERANKED_SENTENCES])
        labels += [gold[id(candidate)] for candidate, _ in scored.ranked[:RERANKED_SENTENCES]]
    return Order(sentence, fit_logistic(RERANK_FEATURES, np.vstack(rows), np.array(labels), None, PENALISED))


def fit_sentence(collected: Sequence[Collected]) -> Logistic:
    """Returns the model that tells the answering sentence, from questions whose gold is among the candidates."""
    usable = [each for each in collected if each.is_gold.any()]
    rows = np.vstack([[candidate.features for candidate in each.candidates] for each in usable])
    labels = np.concatenate([each.is_gold for each in usable])
    return fit_logistic(SENTENCE_FEATURES, rows, labels, None, penalty_of(collected))


def penalty_of(collected: Sequence[Collected]) -> float:
    """Returns the inverse penalty of a set: a reranker's scores say so much that the other features are kept small."""
    return PENALISED if any(each.scorer for each in collected) else PLAIN


def names_of(collected: Sequence[Collected]) -> tuple[str, ...]:
    """Returns the names of the question features, with those of the reranker where the questions carry one."""
    return (*QUESTION_FEATURES, *RERANKER_FEATURES) if any(each.scorer for each in collected) else QUESTION_FEATURES


def features_of(order: Order, each: Collected, names: Sequence[str]) -> list[float]:
    """Returns the named features of one question; zeros for no candidate."""
    if not each.candidates:
        return [0.0] * len(names)
    used = [hit for hit in each.hits if hit.rejected is None]
    sentences = order.of(each)
    features = {**question_features(each.analysis, sentences.ranked, used), **reranker_features(sentences)}
    return [features[name] for name in names]


def folds_by_work(collected: Sequence[Collected | Gathered], folds: int = FOLDS) -> npt.NDArray[np.int_]:
    """Returns a fold per question, so that no work stands in two folds; the largest works are assigned first."""
    works: dict[str, int] = {}
    for each in collected:
        works[each.item.work] = works.get(each.item.work, 0) + 1
    sizes = [0] * folds
    fold_of = {}
    for work in sorted(works, key=lambda name: (-works[name], name)):
        smallest = sizes.index(min(sizes))
        fold_of[work] = smallest
        sizes[smallest] += works[work]
    return np.array([fold_of[each.item.work] for each in collected])


def balanced(collected: Sequence[Collected], labels: npt.NDArray[np.bool_]) -> Floats:
    """Returns weights that move time-limit questions half way to the mix of all others.

    Two in three time-limit questions of the shared material are near-misses, far more than among the questions of
    the development split; without this the model learns to refuse "how long …" whatever the documents say.
    """
    asks = np.array([each.analysis.answer_type is AnswerType.TIME_LIMIT for each in collected])
    weights = np.ones(len(collected))
    if not asks.any() or asks.all() or not 0 < labels[asks].mean() < 1:
        return weights
    usual, mine = labels[~asks].mean(), labels[asks].mean()
    weights[asks & labels] = np.sqrt(usual / mine)
    weights[asks & ~labels] = np.sqrt((1 - usual) / (1 - mine))
    return weights
