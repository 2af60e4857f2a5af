"""Fits the ranker of passages, list by list: within a question, a passage with the gold quote should come first."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.optimize import minimize

from assistant.answering.retrieval.linear_model import Floats, Logistic
from assistant.answering.retrieval.passage_ranking import PASSAGE_FEATURES, passage_features
from evals.calibration.collect import Flags, Gathered

PENALTY = 1.0

List = tuple[Floats, Flags]
"""Standardised features of the hits of one question, and which of them hold a gold quote."""


def fit_ranker(gathered: Sequence[Gathered]) -> Logistic:
    """Returns the ranker that gives the passages with a gold quote the largest share of the weight.

    Questions whose hits hold no gold quote teach nothing and are left out.

    Source: the conditional logit of McFadden, "Conditional logit analysis of qualitative choice behavior", 1974,
    with an L2 penalty; several right choices count together.
    """
    lists = [_list(each) for each in gathered if each.is_gold.any()]
    rows = np.vstack([features for features, _ in lists])
    mean, scale = rows.mean(axis=0), rows.std(axis=0)
    scale[scale < 1e-6] = 1.0  # a column of one value says nothing
    scaled = [((features - mean) / scale, gold) for features, gold in lists]
    found = minimize(_loss, np.zeros(len(PASSAGE_FEATURES)), args=(scaled,), jac=True, method="L-BFGS-B")
    rounded = [tuple(round(float(value), 6) for value in values) for values in (mean, scale, found.x)]
    return Logistic(features=PASSAGE_FEATURES, mean=rounded[0], scale=rounded[1], weights=rounded[2], intercept=0.0)


def _list(gathered: Gathered) -> List:
    used = np.array([hit.rejected is None for hit in gathered.hits])
    hits = [hit for hit in gathered.hits if hit.rejected is None]
    return passage_features(gathered.analysis, hits), gathered.is_gold[used]


def _loss(weights: Floats, lists: Sequence[List]) -> tuple[float, Floats]:
    """Returns the negative log-likelihood and its gradient."""
    loss, gradient = PENALTY * float(weights @ weights), 2 * PENALTY * weights
    for features, gold in lists:
        if not gold.any():
            continue
        shares = np.exp(features @ weights - (features @ weights).max())
        shares /= shares.sum()
        right = np.where(gold, shares, 0.0)
        loss -= float(np.log(right.sum()))
        gradient = gradient + (shares - right / right.sum()) @ features
    return loss, gradient
