"""What each group of features is worth for telling answerable questions from near-misses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from assistant.answering.retrieval.linear_model import Floats
from assistant.bootstrap import Assistant
from evals.calibration.calibrate import cross_ranked
from evals.calibration.collect import Collected, Flags, gather_all
from evals.calibration.fit import balanced, features_of, fit_order, folds_by_work, names_of
from evals.calibration.packaged import packaged_set
from evals.scoring.figures import answered_when_refusing

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("likeness (cosines)", ("cosine",)),
    ("word coverage by quote, headings, passage", ("coverage", "rarest", "pair_", "covered")),
    ("answer type expected and found", ("expect", "time_limit", "number_", "asks_for", "has_digits", "is_yes_no")),
    ("agreement of the rankings, BM25 margins", ("rankings", "bm25", "margin")),
    ("score of the best sentences", ("best_score", "mean_of_five", "passages_in_five")),
    ("the reranker", ("read_",)),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the ablation."""

    name: str
    area: float
    """Area under the ROC curve, answerable above unanswerable."""
    answered: float
    """Share of answerable questions answered while 90 % of the others are refused."""


def measure(training: Path, assistant: Assistant) -> Iterator[Row]:
    """Yields the rows of the packaged calibration's questions.

    Args:
        training: Folder of the training material.
        assistant: Over the data folder of its library, which is made where it is empty.

    Raises:
        ConfigurationError: The material is not there; names where it is expected.
    """
    items = packaged_set(training, assistant)
    with assistant.opened() as snapshot:
        gathered = gather_all(
            items, snapshot, assistant.embedder, assistant.settings, date.today(), reranker=assistant.reranker
        )
    yield from ablation(cross_ranked(gathered, assistant.settings.hits_k))


def table(rows: Iterable[Row]) -> Iterator[str]:
    """Yields the rows as lines of a Markdown table."""
    yield "| features | AUC | answered while 90 % of near-misses are refused |"
    yield "|---|---|---|"
    for row in rows:
        yield f"| {row.name} | {row.area:.3f} | {row.answered:.1%} |"


def ablation(collected: Sequence[Collected]) -> Iterator[Row]:
    """Yields the models and feature groups tried, each across folds by work, so that no document is in both."""
    folds = folds_by_work(collected)
    rows, labels = _rows(collected, folds), np.array([bool(each.item.gold) for each in collected])
    weights = balanced(collected, labels)
    names = np.array(names_of(collected))
    every = np.ones(len(names), dtype=bool)
    yield _row("best cosine alone", rows[:, names == "best_cosine"][:, 0], labels)
    yield _fitted("logistic, all features (used)", rows, labels, weights, folds, every)
    for name, parts in GROUPS:
        group = np.array([any(part in each for part in parts) for each in names])
        if group.any():
            yield _fitted(f"without {name}", rows, labels, weights, folds, ~group)
    yield _fitted("gradient boosting, all features", rows, labels, weights, folds, every, boosted=True)


def _rows(collected: Sequence[Collected], folds: Any) -> Floats:
    """Returns the question features of each, its sentences ranked by weights that have not seen its work."""
    names = names_of(collected)
    rows = np.zeros((len(collected), len(names)))
    for fold in sorted(set(folds)):
        order = fit_order([each for each, mine in zip(collected, folds, strict=True) if mine != fold])
        for place in np.where(folds == fold)[0]:
            rows[place] = features_of(order, collected[place], names)
    return rows


def _fitted(
    name: str, rows: Floats, labels: Flags, weights: Floats, folds: Any, used: Flags, *, boosted: bool = False
) -> Row:
    scores = np.zeros(len(labels))
    for fold in sorted(set(folds)):
        seen = folds != fold
        if boosted:
            model: Any = HistGradientBoostingClassifier(max_depth=3, max_iter=150, learning_rate=0.05, random_state=0)
            model.fit(rows[seen][:, used], labels[seen], sample_weight=weights[seen])
        else:
            model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=5000))
            model.fit(rows[seen][:, used], labels[seen], logisticregression__sample_weight=weights[seen])
        scores[~seen] = model.decision_function(rows[~seen][:, used])
    return _row(name, scores, labels)


def _row(name: str, scores: Floats, labels: Flags) -> Row:
    answered = answered_when_refusing(scores[labels].tolist(), scores[~labels].tolist())
    return Row(name, float(roc_auc_score(labels, scores)), float(np.mean(answered)))
