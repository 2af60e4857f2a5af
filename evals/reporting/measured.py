"""What a report says, as values: the figures with what they were measured on."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from assistant.answering.resources import Resources
from assistant.operations.scorecard import Fingerprints, Scorecard, fingerprints_of
from assistant.ports import Snapshot
from evals.dataset.items import digest
from evals.reporting.modes import written_share
from evals.reporting.summary import shown_figure
from evals.scoring.figures import Figure, bars, figures, reliability, risk_coverage, wrong_upper
from evals.scoring.graded import Asked
from evals.scoring.metrics import Share
from evals.scoring.ragas_scores import Score

OPEN_SPLITS = frozenset({"development", "calibration", "own", "walkthrough"})
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
    written: tuple[Figure, ...] = ()
    """The same figures with the language model writing; () where it was not asked."""
    written_seconds: tuple[float, ...] = ()


def measure(
    title: str,
    asked: Sequence[Asked],
    snapshot: Snapshot,
    resources: Resources,
    today: date,
    scores: Sequence[Score] = (),
    crashed: int = 0,
    written: Sequence[Asked] = (),
) -> Measured:
    """Returns the report of a run; ``written`` is the same set with the language model writing."""
    return Measured(
        title=title,
        date=today.isoformat(),
        machine=f"{platform.system()} {platform.machine()}, Python {platform.python_version()}",
        set_digest=digest([each.item for each in asked]),
        asked=len(asked),
        crashed=crashed,
        wrong=sum(each.mark.is_wrong for each in asked),
        wrong_upper=wrong_upper(asked),
        fingerprints=fingerprints_of(snapshot, resources),
        calibration_date=resources.calibration.date,
        figures=figures(asked),
        by_type=bars(asked, "type"),
        by_document=bars(asked, "document"),
        risk_coverage=risk_coverage(asked),
        reliability=reliability(asked),
        threshold=resources.calibration.threshold,
        seconds=tuple(each.seconds for each in asked),
        scores=tuple(scores),
        questions=tuple(_reasons(each) for each in asked if each.item.split in OPEN_SPLITS),
        written=(*figures(written), written_share(written)) if written else (),
        written_seconds=tuple(each.seconds for each in written),
    )


def _reasons(asked: Asked) -> dict[str, str]:
    item, mark = asked.item, asked.mark
    outcome = asked.outcome["outcome"]
    return {
        "id": item.id,
        "type": item.type.value,
        "question": item.question,
        "outcome": f"{outcome}: {mark.reason}" if mark.reason else outcome,
        "verdict": "right" if mark.is_right else _fault(asked),
        "ranks": ", ".join("none in ten" if rank is None else str(rank) for rank in asked.ranks or ()),
    }


def _fault(asked: Asked) -> str:
    mark = asked.mark
    if mark.leaks:
        return f"a personal detail came back ({', '.join(mark.leaks)})"
    if mark.is_wrong:
        return "answered with another sentence" if asked.item.gold else "answered although no document answers"
    return "refused although the documents answer" if mark.is_false_refusal else "another outcome than expected"


def as_object(measured: Measured) -> dict[str, Any]:
    """Returns a report as plain JSON values."""
    found = asdict(measured)
    return {**found, "fingerprints": measured.fingerprints.model_dump()}


def scorecard_of(measured: Measured) -> Scorecard:
    """Returns the scorecard that locks a release to this report."""
    leaks = next(each.count or 0 for each in measured.figures if each.key == "leaks")
    return Scorecard(
        date=measured.date,
        questions=measured.title,
        set_digest=measured.set_digest,
        fingerprints=measured.fingerprints,
        asked=measured.asked,
        wrong=measured.wrong,
        wrong_upper=round(measured.wrong_upper, 4),
        leaks=leaks,
        figures={each.key: shown_figure(each) for each in measured.figures},
    )
