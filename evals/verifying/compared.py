"""Rules, model and both: how well each puts faithful claims above altered ones, by kind of change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.stats import mannwhitneyu

from assistant.answering.verify.claims import check_pair
from assistant.model import Verdict
from evals.verifying.labelled import LabelledPair

DRAWS = 1000
METHODS = ("rules", "model", "both")
Scores = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Area:
    """Area under the ROC curve with its 95 % percentile bootstrap interval, drawn within each label."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Row:
    """All altered claims, or those of one kind, against all faithful ones."""

    kind: str
    altered: int
    areas: tuple[Area, ...]
    """In the order of ``METHODS``."""


def compared(pairs: Sequence[LabelledPair], probabilities: Sequence[float]) -> tuple[Row, ...]:
    """Returns a row for all kinds and one for each; () where there is only one label.

    Args:
        pairs: Claims with their quotes.
        probabilities: The probability that the model gives each, in order.

    The rules say yes or no; both together order what the rules accept above what they do not, and within each by the model.
    """
    faithful = np.array([each.is_faithful for each in pairs], dtype=bool)
    if faithful.all() or not faithful.any():
        return ()
    rules = np.array([float(check_pair(each.claim, each.quote).verdict is Verdict.SUPPORTED) for each in pairs])
    model = np.array(probabilities, dtype=float)
    methods = (rules, model, rules * 2 + model)
    kinds = dict.fromkeys(each.kind for each in pairs if not each.is_faithful)
    return tuple(_rows(pairs, faithful, methods, ("all", *kinds)))


def _rows(
    pairs: Sequence[LabelledPair], faithful: npt.NDArray[np.bool_], methods: Sequence[Scores], kinds: Sequence[str]
) -> Iterator[Row]:
    for kind in kinds:
        altered = np.array([not each.is_faithful and kind in ("all", each.kind) for each in pairs], dtype=bool)
        areas = tuple(area(scores[faithful], scores[altered]) for scores in methods)
        yield Row(kind, int(altered.sum()), areas)


def area(above: Scores, below: Scores, seed: int = 0) -> Area:
    """Returns how often a score of ``above`` is larger than one of ``below``, ties counting half."""
    random = np.random.default_rng(seed)
    drawn = [(random.choice(above, len(above)), random.choice(below, len(below))) for _ in range(DRAWS)]
    low, high = np.quantile(_areas(*map(np.array, zip(*drawn, strict=True))), [0.025, 0.975])  # drawn with replacement
    return Area(float(_areas(above, below)), float(low), float(high))


def _areas(above: Scores, below: Scores) -> Scores:
    """Returns the area of each row: the Mann-Whitney statistic as a share of all pairs."""
    count = above.shape[-1] * below.shape[-1]
    return np.asarray(mannwhitneyu(above, below, axis=-1, method="asymptotic").statistic / count)


def table(rows: Sequence[Row]) -> str:
    """Returns the rows as a Markdown table."""
    lines = [
        f"| altered kind | claims | {' | '.join(f'AUC {method}' for method in METHODS)} |",
        "|---" * (2 + len(METHODS)) + "|",
    ]
    for row in rows:
        areas = " | ".join(f"{each.value:.3f} ({each.low:.3f} to {each.high:.3f})" for each in row.areas)
        lines.append(f"| {row.kind} | {row.altered} | {areas} |")
    return "\n".join(lines)
