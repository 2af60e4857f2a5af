"""Fits the models of a calibration and sets its threshold by Learn-then-Test.

Source: Angelopoulos, Bates, Candès, Jordan and Lei, "Learn then Test: Calibrating predictive algorithms to achieve
risk control", 2021: thresholds are tested from the strictest down, each by an exact binomial bound, and testing stops
at the first that fails (fixed sequence), so that the last that passed holds with the stated confidence.

Two risks are followed: *false answers* (share of unanswerable questions that are answered), which sets the threshold,
and *wrong answers* (share of all questions answered although unanswerable or without a gold quote shown), which is
reported with it. See docs/adr/0007-calibration.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from assistant.answering.answerability.calibration import Calibration, CurvePoint, KindPoint, SecondJudgeCalibration
from assistant.answering.answerability.second_judge import SecondJudge
from assistant.answering.compose.extract import ANSWERS_SHARE, MOST_STATEMENTS
from assistant.answering.retrieval.linear_model import Logistic
from evals.calibration.collect import Collected, Gathered, collect_candidates
from evals.calibration.fit import (
    Order,
    balanced,
    features_of,
    fit_logistic,
    fit_order,
    folds_by_work,
    names_of,
    penalty_of,
)
from evals.calibration.fit_ranking import fit_ranker
from evals.calibration.second_judge import Labelled, second_judge_calibration, verdicts
from evals.dataset.items import digest
from evals.scoring.metrics import upper_bound

CONFIDENCE = 0.9
RISKS = (0.05, 0.1, 0.2)
LEAST_COVERAGE = 0.5
STEPS = 200
LEAST_TESTED = 0.1
"""Share of the answerable questions that are answered at the strictest threshold whose wrong answers given are tested."""
Bounds = Literal["false_answers", "wrong_given"]
NOTES: Mapping[Bounds, str] = {
    "false_answers": "risk is the share of unanswerable questions that are answered",
    "wrong_given": "risk is the share of wrong ones among the answers given",
}

Flags = npt.NDArray[np.bool_]
Values = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scored:
    """Held-out probabilities of a calibration set, and what an answer would have been worth."""

    probability: Values
    is_answerable: Flags
    shows_gold: Flags
    kinds: tuple[str, ...] = ()
    """Per question, the kind of answer that is asked for."""


def cross_ranked(gathered: Sequence[Gathered], hits_k: int) -> tuple[Collected, ...]:
    """Returns each question with its candidates, its passages ranked by weights that have not seen its work."""
    folds = folds_by_work(gathered)
    rankers = {
        int(fold): fit_ranker([each for each, mine in zip(gathered, folds, strict=True) if mine != fold])
        for fold in set(folds)
    }
    return tuple(
        collect_candidates(each, rankers[int(fold)], hits_k) for each, fold in zip(gathered, folds, strict=True)
    )


def scored_across_folds(collected: Sequence[Collected]) -> Scored:
    """Returns probabilities for each question from models that have not seen its work."""
    folds = folds_by_work(collected)
    probability = np.zeros(len(collected))
    shows_gold = np.zeros(len(collected), dtype=bool)
    for fold in sorted(set(folds)):
        seen = [each for each, mine in zip(collected, folds, strict=True) if mine != fold]
        order, question = fit_models(seen)
        for place in np.where(folds == fold)[0]:
            probability[place] = probability_of(order, question, collected[place])
            shows_gold[place] = _shows_gold(order, collected[place])
    is_answerable = np.array([bool(each.item.gold) for each in collected])
    return Scored(probability, is_answerable, shows_gold, tuple(each.analysis.answer_type for each in collected))


def fit_models(collected: Sequence[Collected]) -> tuple[Order, Logistic]:
    """Returns the sentence order of a set, and its answerability model."""
    order, names = fit_order(collected), names_of(collected)
    rows = np.array([features_of(order, each, names) for each in collected])
    labels = np.array([bool(each.item.gold) for each in collected])
    return order, fit_logistic(names, rows, labels, balanced(collected, labels), penalty_of(collected))


def probability_of(order: Order, question: Logistic, each: Collected) -> float:
    """Returns the probability that a question is answered by its candidates; 0 without one."""
    if not each.candidates:
        return 0.0
    logit = question.logit(np.array([features_of(order, each, question.features)]))[0]
    return float(1 / (1 + np.exp(-logit)))


def _shows_gold(order: Order, each: Collected) -> bool:
    if not each.candidates:
        return False
    gold = {id(candidate): bool(flag) for candidate, flag in zip(each.candidates, each.is_gold, strict=True)}
    ranked = order.of(each).ranked[:MOST_STATEMENTS]
    return any(gold[id(candidate)] for candidate, logit in ranked if np.exp(logit - ranked[0][1]) >= ANSWERS_SHARE)


def curve_of(scored: Scored) -> tuple[CurvePoint, ...]:
    """Returns the risk-coverage curve, strictest threshold first."""
    thresholds = np.unique(np.quantile(scored.probability, np.linspace(0, 1, STEPS)))[::-1]
    return tuple(_point(scored, float(threshold)) for threshold in thresholds)


def _point(scored: Scored, threshold: float) -> CurvePoint:
    answered = scored.probability >= threshold
    wrong = answered & ~(scored.is_answerable & scored.shows_gold)
    false = answered & ~scored.is_answerable
    unanswerable = int((~scored.is_answerable).sum())
    return CurvePoint(
        threshold=round(threshold, 6),
        coverage=round(float(answered[scored.is_answerable].mean()), 4),
        risk=round(float(wrong.mean()), 4),
        risk_bound=round(upper_bound(int(wrong.sum()), len(wrong), CONFIDENCE), 4),
        selective_risk=round(float(wrong.sum() / answered.sum()), 4) if answered.any() else None,
        selective_risk_bound=round(upper_bound(int(wrong.sum()), int(answered.sum()), CONFIDENCE), 4),
        false_answers=round(float(false.sum() / unanswerable), 4) if unanswerable else None,
        false_answers_bound=round(upper_bound(int(false.sum()), unanswerable, CONFIDENCE), 4),
    )


def by_kind_of(scored: Scored, threshold: float | None) -> tuple[KindPoint, ...]:
    """Returns what a threshold answers and refuses by kind of answer, by name; None refuses everything."""
    is_refused = scored.probability < (np.inf if threshold is None else threshold)
    in_hand = scored.is_answerable & scored.shows_gold
    kinds = np.array(scored.kinds)
    return tuple(
        KindPoint(
            kind=str(kind),
            answerable=int(scored.is_answerable[kinds == kind].sum()),
            in_hand=int(in_hand[kinds == kind].sum()),
            in_hand_refused=int((in_hand & is_refused)[kinds == kind].sum()),
            near_misses=int((~scored.is_answerable)[kinds == kind].sum()),
            near_misses_refused=int((~scored.is_answerable & is_refused)[kinds == kind].sum()),
        )
        for kind in sorted(set(scored.kinds))
    )


def last_passing(
    curve: Sequence[CurvePoint], risk: float, field: str, least_coverage: float = 0.0
) -> CurvePoint | None:
    """Returns the loosest threshold before the first whose bound exceeds the risk, None where the first one does.

    Args:
        curve: The curve, strictest threshold first.
        risk: What the bound may be at most.
        field: Which bound.
        least_coverage: Testing begins at the first threshold that answers so much: a share of few answers has no bound.
    """
    passed = None
    for point in (each for each in curve if each.coverage >= least_coverage):
        if getattr(point, field) > risk:
            break
        passed = point
    return passed


def calibrate(
    gathered: Sequence[Gathered],
    hits_k: int,
    today: date,
    fingerprint: str,
    risk: float | None = None,
    reranker: str = "",
    bounds: Bounds = "false_answers",
    judge: SecondJudge | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Calibration:
    """Returns the calibration of a set.

    The threshold keeps what it bounds under ``risk``, by default the smallest of ``RISKS`` at which at least half of the
    answerable questions are still answered; None (refuse everything) where none does.
    """
    scored = scored_across_folds(collected := cross_ranked(gathered, hits_k))
    curve = curve_of(scored)
    passing = _passing(curve, (risk,) if risk else RISKS)
    kept, threshold = _chosen(passing[bounds], LEAST_COVERAGE if risk is None else 0.0)
    order, question = fit_models(collected)
    second = _with_judge(collected, scored, judge, threshold, kept, bounds, progress) if judge else None
    return Calibration(
        second_judge=second,
        passage=fit_ranker(gathered),
        sentence=order.sentence,
        order=order.reranked,
        reranker=reranker,
        question=question,
        threshold=threshold,
        risk=kept,
        bounds=bounds,
        **_of_curve(curve, passing),
        by_kind=by_kind_of(scored, threshold),
        set_digest=digest([each.item for each in collected]),
        set_size=len(collected),
        date=today.isoformat(),
        library_fingerprint=fingerprint,
        note=NOTES[bounds],
    )


def _with_judge(
    collected: Sequence[Collected],
    scored: Scored,
    judge: SecondJudge,
    threshold: float | None,
    risk: float | None,
    bounds: Bounds,
    progress: Callable[[int, int], None],
) -> SecondJudgeCalibration:
    labelled = Labelled(scored.probability, scored.is_answerable, scored.shows_gold)
    said = verdicts(collected, judge, progress)
    is_wrong_given = bounds == "wrong_given"
    return second_judge_calibration(labelled, said, judge.fingerprint, threshold, risk, CONFIDENCE, is_wrong_given)


def _of_curve(curve: Sequence[CurvePoint], passing: Mapping[Bounds, dict[float, CurvePoint | None]]) -> dict[str, Any]:
    """Returns the fields of a calibration that tell its curve, and the confidence of its bounds."""
    return {
        "coverage_at": _coverages(passing["false_answers"]),
        "coverage_at_wrong": _coverages({each: last_passing(curve, each, "risk_bound") for each in RISKS}),
        "coverage_at_wrong_given": _coverages(passing["wrong_given"]),
        "confidence": CONFIDENCE,
        "curve": curve[:: max(1, len(curve) // 60)],
    }


def _passing(curve: Sequence[CurvePoint], risks: Sequence[float]) -> Mapping[Bounds, dict[float, CurvePoint | None]]:
    """Returns for each kind of bound the loosest threshold that keeps each risk."""
    return {
        "false_answers": {each: last_passing(curve, each, "false_answers_bound") for each in risks},
        "wrong_given": {each: last_passing(curve, each, "selective_risk_bound", LEAST_TESTED) for each in risks},
    }


def _chosen(passing: Mapping[float, CurvePoint | None], least: float) -> tuple[float | None, float | None]:
    """Returns the smallest risk that is kept while at least a share is answered, and its threshold; None, None for none."""
    enough = ((risk, point.threshold) for risk, point in passing.items() if point and point.coverage >= least)
    return next(enough, (None, None))


def _coverages(passing: Mapping[float, CurvePoint | None]) -> dict[str, float | None]:
    return {f"{each:.2f}": point.coverage if point else None for each, point in passing.items()}
