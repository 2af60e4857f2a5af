"""The content of a report as values: the figures with what they were measured on."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from assistant.answering.resources import Resources
from assistant.operations.scorecard import Fingerprints, Scorecard, fingerprints_of, open_index
from assistant.ports import Snapshot
from evals.dataset.items import digest
from evals.reporting.modes import written_share
from evals.reporting.summary import shown_figure
from evals.scoring.figures import Figure, bars, figures, reliability, risk_coverage, wrong_upper
from evals.scoring.graded import GradedQuestion
from evals.scoring.metrics import Share
from evals.scoring.ragas_scores import Score

OPEN_SPLITS = frozenset({"development", "calibration", "own", "walkthrough", "marked"})
"""Splits whose questions may be read one by one."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A report."""

    title: str
    date: str
    machine: str
    set_digest: str
    asked: int
    crashed: int
    wrong: int
    wrong_upper: float
    fingerprints: Fingerprints
    calibration_date: str
    figures: tuple[Figure, ...]
    by_type: tuple[tuple[str, Share], ...]
    by_document: tuple[tuple[str, Share], ...]
    risk_coverage: tuple[tuple[float, float, float], ...]
    reliability: tuple[tuple[float, Share], ...]
    threshold: float | None
    seconds: tuple[float, ...]
    scores: tuple[Score, ...]
    """Of ragas."""
    questions: tuple[dict[str, str], ...]
    """Reasons question by question; none of the report split."""
    open_index: str = ""
    """Fingerprint of the documents that everybody may see."""
    written: tuple[Figure, ...] = ()
    """The same figures with the language model writing; () where it was not asked to."""
    written_seconds: tuple[float, ...] = ()


def measure(
    title: str,
    graded: Sequence[GradedQuestion],
    snapshot: Snapshot,
    resources: Resources,
    today: date,
    scores: Sequence[Score] = (),
    crashed: int = 0,
    written: Sequence[GradedQuestion] = (),
) -> Measured:
    """Returns the report of a run; ``written`` is the same set with the language model writing."""
    return Measured(
        title=title,
        date=today.isoformat(),
        machine=f"{platform.system()} {platform.machine()}, Python {platform.python_version()}",
        set_digest=digest([each.item for each in graded]),
        asked=len(graded),
        crashed=crashed,
        wrong=sum(each.grade.is_wrong for each in graded),
        wrong_upper=wrong_upper(graded),
        fingerprints=fingerprints_of(snapshot, resources),
        calibration_date=resources.calibration.date,
        figures=figures(graded),
        by_type=bars(graded, "type"),
        by_document=bars(graded, "document"),
        risk_coverage=risk_coverage(graded),
        reliability=reliability(graded),
        threshold=resources.calibration.threshold,
        seconds=tuple(each.seconds for each in graded),
        scores=tuple(scores),
        open_index=open_index(snapshot),
        questions=tuple(_reasons(each) for each in graded if each.item.split in OPEN_SPLITS),
        written=(*figures(written), written_share(written)) if written else (),
        written_seconds=tuple(each.seconds for each in written),
    )


def _reasons(graded: GradedQuestion) -> dict[str, str]:
    item, grade = graded.item, graded.grade
    outcome = graded.outcome["outcome"]
    return {
        "id": item.id,
        "type": item.type.value,
        "question": item.question,
        "outcome": f"{outcome}: {grade.reason}" if grade.reason else outcome,
        "verdict": "right" if grade.is_right else _fault(graded),
        "ranks": ", ".join("none in ten" if rank is None else str(rank) for rank in graded.ranks or ()),
    }


def _fault(graded: GradedQuestion) -> str:
    grade = graded.grade
    if grade.leaks:
        return f"a personal detail came back ({', '.join(grade.leaks)})"
    if grade.is_wrong:
        return "answered with another sentence" if graded.item.gold else "answered although no document answers"
    return "refused although the documents answer" if grade.is_false_refusal else "another outcome than expected"


def as_object(measured: Measured) -> dict[str, Any]:
    """Returns a report as plain JSON values."""
    plain = asdict(measured)
    return {**plain, "fingerprints": measured.fingerprints.model_dump()}


def scorecard_of(measured: Measured) -> Scorecard:
    """Returns the scorecard that locks a release to this report."""
    by_key = {each.key: each for each in measured.figures}
    return Scorecard(
        date=measured.date,
        questions=measured.title,
        set_digest=measured.set_digest,
        fingerprints=measured.fingerprints,
        asked=measured.asked,
        wrong=measured.wrong,
        wrong_upper=round(measured.wrong_upper, 4),
        leaks=by_key["leaks"].count or 0,
        answered=by_key["wrong_of_answered"].of,
        open_index=measured.open_index,
        figures={each.key: shown_figure(each) for each in measured.figures},
    )
