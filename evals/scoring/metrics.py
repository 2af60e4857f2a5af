"""Figures with their counts and intervals; independent of what a question is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from evals.scoring.exact_interval import beta_quantile


@dataclass(frozen=True, slots=True)
class Share:
    """A share with its count and exact interval; ``value`` is None for an empty count, never 0 or NaN."""

    count: int
    of: int
    value: float | None
    low: float | None
    high: float | None


def share(count: int, of: int, confidence: float = 0.95) -> Share:
    """Returns a share with its two-sided exact interval.

    Source: Clopper and Pearson, "The use of confidence or fiducial limits illustrated in the case of the
    binomial", Biometrika 26 (1934).
    """
    if of == 0:
        return Share(0, 0, None, None, None)
    tail = (1 - confidence) / 2
    low = 0.0 if count == 0 else beta_quantile(tail, count, of - count + 1)
    high = 1.0 if count == of else beta_quantile(1 - tail, count + 1, of - count)
    return Share(count, of, count / of, low, high)


def share_of(flags: Sequence[bool]) -> Share:
    """Returns the share of true flags."""
    return share(sum(flags), len(flags))


@lru_cache(maxsize=10_000)
def upper_bound(count: int, of: int, confidence: float) -> float:
    """Returns the one-sided exact upper bound of a share; 1.0 where nothing was counted."""
    if of == 0 or count == of:
        return 1.0
    return beta_quantile(confidence, count + 1, of - count)


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean with its count and bootstrap interval; None for an empty count."""

    of: int
    value: float | None
    low: float | None
    high: float | None


def mean(values: Sequence[float], seed: int = 0, draws: int = 2000) -> Mean:
    """Returns a mean with the 95 % percentile bootstrap interval over the values."""
    if not values:
        return Mean(0, None, None, None)
    low, high = np.quantile(_resampled(np.asarray(values, dtype=float), seed, draws), [0.025, 0.975])
    return Mean(len(values), float(np.mean(values)), float(low), float(high))


def paired_gain(before: Sequence[float], after: Sequence[float], seed: int = 0, draws: int = 5000) -> Mean:
    """Returns the mean of after - before over the same questions, with its 95 % paired bootstrap interval.

    Raises:
        ValueError: The two do not have the same length.
    """
    if len(before) != len(after):
        raise ValueError("a paired comparison needs the same questions on both sides")
    return mean([b - a for a, b in zip(before, after, strict=True)], seed, draws)


def _resampled(values: npt.NDArray[np.float64], seed: int, draws: int) -> npt.NDArray[np.float64]:
    rng = np.random.default_rng(seed)
    picked = rng.integers(0, len(values), size=(draws, len(values)))
    return np.asarray(values[picked].mean(axis=1))


def recall_at(ranks: Sequence[int | None], k: int) -> float:
    """Returns the share of a question's parts found among the first k; ``ranks`` is not empty."""
    return sum(rank is not None and rank <= k for rank in ranks) / len(ranks)


def reciprocal_rank(ranks: Sequence[int | None]) -> float:
    """Returns 1 / the best rank, 0 where nothing was found."""
    found = [rank for rank in ranks if rank is not None]
    return 1 / min(found) if found else 0.0


def ndcg_at(ranks: Sequence[int | None], k: int = 10) -> float:
    """Returns the normalised discounted cumulative gain at k of a question's parts, each of gain 1.

    Source: Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques", TOIS 20 (2002).
    """
    gain = sum(1 / math.log2(1 + rank) for rank in set(ranks) if rank is not None and rank <= k)
    ideal = sum(1 / math.log2(1 + place) for place in range(1, min(len(ranks), k) + 1))
    return gain / ideal


def auc(positive: Sequence[float], negative: Sequence[float]) -> float | None:
    """Returns the area under the ROC curve: how often a positive score is the larger, ties half; None where one is empty."""
    if not len(positive) or not len(negative):
        return None
    from sklearn.metrics import roc_auc_score

    labels = [True] * len(positive) + [False] * len(negative)
    return float(roc_auc_score(labels, [*positive, *negative]))


def readers_agree(pairs: Sequence[tuple[object, object]]) -> str:
    """Returns in words how far two readers agree on the same labels: how often, and beyond chance by Cohen's kappa."""
    if not pairs:
        return "none labelled twice"
    from sklearn.metrics import cohen_kappa_score

    one, other = ([str(each[place]) for each in pairs] for place in (0, 1))
    same = sum(a == b for a, b in zip(one, other, strict=True))
    return f"{same} of {len(pairs)}, kappa {cohen_kappa_score(one, other):.2f}"
