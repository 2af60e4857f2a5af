"""Fits the two small models of a calibration: which sentence answers, and whether any does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from assistant.evidence import SENTENCE_FEATURES, Candidate
from assistant.expectation import Expectation
from assistant.logistic import Floats, Logistic
from assistant.question_features import QUESTION_FEATURES, question_features
from evals.collect import Collected, Gathered

FOLDS = 5


def fit_logistic(
    names: Sequence[str], rows: Floats, labels: npt.NDArray[np.bool_], weights: Floats | None = None
) -> Logistic:
    """Returns a logistic model with an L2 penalty over standardised features.

    Args:
        names: Names of the columns.
        rows: float64 (n, number of names).
        labels: bool (n,), with both values present.
        weights: float64 (n,), how much each row counts; all the same unless given.
    """
    scaler = StandardScaler().fit(rows)
    model = LogisticRegression(max_iter=5000).fit(scaler.transform(rows), labels, sample_weight=weights)
    return Logistic(
        features=tuple(names),
        mean=_plain(scaler.mean_),
        scale=_plain(scaler.scale_),
        weights=_plain(model.coef_[0]),
        intercept=float(model.intercept_[0]),
    )


def _plain(values: Any) -> tuple[float, ...]:
    return tuple(round(float(value), 6) for value in values)


def fit_sentence(collected: Sequence[Collected]) -> Logistic:
    """Returns the model that tells the answering sentence, from questions whose gold is among the candidates."""
    usable = [each for each in collected if each.is_gold.any()]
    rows = np.vstack([[candidate.features for candidate in each.found] for each in usable])
    labels = np.concatenate([each.is_gold for each in usable])
    return fit_logistic(SENTENCE_FEATURES, rows, labels)


def ranked_by(model: Logistic, each: Collected) -> tuple[tuple[Candidate, float], ...]:
    """Returns the candidates of a question with their logits, best first."""
    logits = model.logit(np.array([candidate.features for candidate in each.found]))
    order = np.argsort(-logits, kind="stable")
    return tuple((each.found[i], float(logits[i])) for i in order)


def features_of(model: Logistic, each: Collected) -> list[float]:
    """Returns the question features of one question, in the order of ``QUESTION_FEATURES``; zeros for no candidate."""
    if not each.found:
        return [0.0] * len(QUESTION_FEATURES)
    used = [hit for hit in each.hits if hit.rejected is None]
    found = question_features(each.wanted, ranked_by(model, each), used)
    return [found[name] for name in QUESTION_FEATURES]


def folds_by_work(collected: Sequence[Collected | Gathered], folds: int = FOLDS) -> npt.NDArray[np.int_]:
    """Returns a fold per question, so that no work stands in two folds; the largest works are dealt first."""
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
    asks = np.array([each.wanted.expected is Expectation.TIME_LIMIT for each in collected])
    weights = np.ones(len(collected))
    if not asks.any() or asks.all() or not 0 < labels[asks].mean() < 1:
        return weights
    usual, mine = labels[~asks].mean(), labels[asks].mean()
    weights[asks & labels] = np.sqrt(usual / mine)
    weights[asks & ~labels] = np.sqrt((1 - usual) / (1 - mine))
    return weights
