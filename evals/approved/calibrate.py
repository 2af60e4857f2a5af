"""Fits the model of matching on the development set and sets its threshold by Learn-then-Test.

Each answer's pairs are scored by a model that was fitted without them. Thresholds are tried from the highest down, and the
last one counts at which the exact bound on false matches is within the limit, and within a wider one where the table of
things that are apart is left out, because a library has things that no table names.

Source: Angelopoulos and others, "Learn then Test", 2021 (fixed sequence testing); Clopper and Pearson, 1934.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import numpy.typing as npt
from scipy.stats import beta
from sklearn.model_selection import GroupKFold

from assistant.answering.approved.matching import FEATURES, MatchingCalibration, differs_in, features
from assistant.ports import Embedder
from evals.approved.pairs import Pair, digest_of
from evals.approved.prepared import Prepared, prepared
from evals.calibration.fit import fit_logistic

FOLDS = 15
INVERSE_PENALTY = 0.03
MOST_FALSE = 0.01
MOST_FALSE_WITHOUT_TABLE = 0.03
CONFIDENCE = 0.9
Floats = npt.NDArray[np.float64]


def calibrate(pairs: Sequence[Pair], embedder: Embedder, today: date) -> MatchingCalibration:
    """Returns the calibration of matching on a set.

    Args:
        pairs: The development set.
        embedder: The packaged encoder.
        today: The date that it carries.
    """
    rows = prepared(pairs, embedder)
    values = np.array([features(each.asked, each.stored) for each in rows])
    labels = np.array([each.pair.is_match for each in rows])
    scores = _scores(values, labels, [each.pair.answer for each in rows])
    passes, without_table = _passes(rows, knows_things=True), _passes(rows, knows_things=False)
    narrow, bound = _threshold(np.where(passes, scores, 0.0), labels, MOST_FALSE)
    wide, _ = _threshold(np.where(without_table, scores, 0.0), labels, MOST_FALSE_WITHOUT_TABLE)
    threshold = max(narrow, wide)
    model = fit_logistic(FEATURES, values, labels, None, INVERSE_PENALTY)
    return MatchingCalibration(
        model=model,
        threshold=round(threshold, 4),
        confidence=CONFIDENCE,
        false_matches_bound=round(bound, 4),
        matched=round(float(((scores >= threshold) & passes)[labels].mean()), 4),
        set_digest=digest_of(pairs),
        set_size=len(pairs),
        date=today.isoformat(),
    )


def _scores(values: Floats, labels: npt.NDArray[np.bool_], groups: Sequence[str]) -> Floats:
    """Returns the score of each pair by a model that was fitted without its answer."""
    scores = np.zeros(len(labels))
    for fitted, held_out in GroupKFold(FOLDS).split(values, labels, groups):
        model = fit_logistic(FEATURES, values[fitted], labels[fitted], None, INVERSE_PENALTY)
        scores[held_out] = 1 / (1 + np.exp(-model.logit(values[held_out])))
    return scores


def _passes(rows: Sequence[Prepared], *, knows_things: bool) -> npt.NDArray[np.bool_]:
    return np.array([differs_in(each.asked, each.stored, knows_things=knows_things) is None for each in rows])


def _threshold(scores: Floats, labels: npt.NDArray[np.bool_], limit: float) -> tuple[float, float]:
    """Returns the lowest threshold of the sequence whose bound is within the limit, and that bound; 1.0 where none is."""
    near = scores[~labels]
    best = 1.0, 1.0
    for threshold in np.sort(np.unique(np.ceil(scores * 10_000) / 10_000))[::-1]:
        bound = upper_bound(int((near >= threshold).sum()), len(near))
        if bound > limit:
            break
        best = float(threshold), bound
    return best


def upper_bound(wrong: int, count: int) -> float:
    """Returns the exact one-sided upper bound of a share at the confidence; 1 for no trial."""
    return 1.0 if wrong >= count else float(beta.ppf(CONFIDENCE, wrong + 1, count - wrong))
