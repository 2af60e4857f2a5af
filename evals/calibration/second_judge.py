"""Calibrates with a second judge: from which probability on it may turn a refusal into an answer.

The threshold of the first judge stays. Below it a second one is set by the same fixed sequence of exact tests, on what both together
answer: what the first one answers and the second does not reject, and what the second one finds at that probability or above. A
question without a verdict counts as without the second judge. Its verdicts are never labels: what is right is what people labelled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

import numpy as np
import numpy.typing as npt

from assistant.answering.answerability.calibration import SecondJudgeCalibration
from assistant.answering.answerability.second_judge import SecondJudge
from assistant.errors import ModelError
from assistant.model.judged import Opinion
from evals.calibration.collect import Collected
from evals.scoring.metrics import upper_bound

STEPS = 100
Flags = npt.NDArray[np.bool_]
Values = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What the second judge said to each question of a calibration set."""

    rejects: Flags
    finds: Flags
    """Whether it names a sentence that may answer by every other rule."""
    finds_gold: Flags
    """Whether quoting a sentence that it names would show a gold quote."""
    failed: Flags


def verdicts(
    collected: Sequence[Collected], judge: SecondJudge, progress: Callable[[int, int], None] = lambda done, total: None
) -> Verdicts:
    """Returns the verdicts on each question, asked over the passages that the ranker of its fold put first."""
    rows = []
    for place, each in enumerate(collected):
        progress(place, len(collected))
        rows.append(_row(each, _opinion(each, judge)))
    progress(len(collected), len(collected))
    return Verdicts(*(np.array(column, dtype=bool) for column in zip(*rows, strict=True)))


def _opinion(each: Collected, judge: SecondJudge) -> Opinion | None:
    known = judge.known(each.question, each.hits)
    if known is not None:
        return known
    asked = judge.asked(each.question, each.hits)
    try:
        return judge.opinion(each.question, each.hits, asked, judge.timeout_s) if asked.places else None
    except ModelError:
        return None


def _row(each: Collected, opinion: Opinion | None) -> tuple[bool, bool, bool, bool]:
    if opinion is None:
        return False, False, False, True
    named = set(opinion.sentences)
    gold = [
        bool(flag)
        for candidate, flag in zip(each.candidates, each.is_gold, strict=True)
        if (candidate.hit.passage.passage_id, candidate.sentence.span) in named
    ]
    return not opinion.answers, opinion.answers and bool(gold), any(gold), False


@dataclass(frozen=True, slots=True)
class Labelled:
    """Held-out probabilities of the first judge, and what people labelled."""

    probability: Values
    is_answerable: Flags
    shows_gold: Flags
    """Whether the first judge's own answer would show a gold quote."""


@dataclass(frozen=True, slots=True)
class _Point:
    threshold: float
    coverage: float
    bound: float


def second_judge_calibration(
    labelled: Labelled,
    said: Verdicts,
    judge: str,
    threshold: float | None,
    risk: float | None,
    confidence: float,
    is_wrong_given: bool,
) -> SecondJudgeCalibration:
    """Returns from which probability on the second judge may find answers while the bound holds for both together.

    Args:
        labelled: The questions, as people labelled them.
        said: The verdicts.
        judge: Fingerprint of the second judge.
        threshold: The first judge's; None where it refuses everything, and then so does the second.
        risk: What the bound may be at most.
        confidence: Of the bound.
        is_wrong_given: Whether wrong answers among those given are bounded, else unanswerable questions answered.
    """
    first = labelled.probability >= (np.inf if threshold is None else threshold)
    without = _share(first[labelled.is_answerable])
    rejecting = SecondJudgeCalibration(
        judge=judge,
        threshold=None,
        risk=risk,
        coverage_without=without,
        asked=len(first),
        failed=int(said.failed.sum()),
    )
    if threshold is None or risk is None:
        return rejecting
    points = _points(labelled, said, first, threshold, confidence, is_wrong_given)
    passed = list(takewhile(lambda each: each.bound <= risk, points))
    if not passed:
        return rejecting
    last = passed[-1]
    found = {"threshold": round(last.threshold, 6), "bound": round(last.bound, 4), "coverage": last.coverage}
    return rejecting.model_copy(update=found)


def _points(
    labelled: Labelled, said: Verdicts, first: Flags, threshold: float, confidence: float, is_wrong_given: bool
) -> Iterator[_Point]:
    """Yields the thresholds of the second judge from that of the first down, each with what both together answer."""
    below = np.unique(np.quantile(labelled.probability, np.linspace(0, 1, STEPS)))
    for least in (threshold, *below[below < threshold][::-1]):
        found = ~first & said.finds & (labelled.probability >= least)
        answered = (first & ~said.rejects) | found
        shows = np.where(found, said.finds_gold, labelled.shows_gold)
        wrong = answered & ~(labelled.is_answerable & shows) if is_wrong_given else answered & ~labelled.is_answerable
        among = int(answered.sum()) if is_wrong_given else int((~labelled.is_answerable).sum())
        bound = upper_bound(int(wrong.sum()), among, confidence)
        yield _Point(float(least), _share(answered[labelled.is_answerable]), bound)


def _share(flags: Flags) -> float:
    return round(float(flags.mean()), 4) if len(flags) else 0.0
