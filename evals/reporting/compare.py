"""Compares two runs of the same questions: what changed, question by question, and whether the difference is more than chance."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.errors import ConfigurationError
from evals.dataset.items import digest
from evals.scoring.graded import GradedQuestion
from evals.scoring.grading import has_gold_to_show
from evals.scoring.metrics import Mean, paired_gain

BASELINE = Path(__file__).parent / "baseline.json"
MEASURES = ("right", "wrong", "answered", "gold", "recall_5", "leak")
BAD = frozenset({"wrong", "leak"})
"""Measures of which a larger value is worse."""


class SavedGrades(BaseModel):
    """Grades of a run, small enough to commit beside the code; the file is called marks."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: int = 1
    date: str
    set_digest: str
    fingerprint: str
    marks: dict[str, dict[str, float | None]]
    """Per question each of ``MEASURES``: 0, 1, a share, or None where the question is not about it."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from one run to another."""

    worse: tuple[tuple[str, str], ...]
    """Question and measure, such as ("own-12", "wrong")."""
    better: tuple[tuple[str, str], ...]
    gains: tuple[tuple[str, Mean], ...]
    """Mean change per measure, with its paired bootstrap interval."""
    only_one: tuple[str, ...]
    """Questions that only one of the runs has."""

    @property
    def is_worse(self) -> bool:
        """Whether wrong answers or leaks became more, or any measure became worse beyond chance."""
        more = {name for name, gain in self.gains if name in BAD and (gain.value or 0) > 0}
        real = {n for n, g in self.gains if n not in BAD and g.high is not None and g.high < 0}
        return bool(more or real)


def saved_grades(graded: Sequence[GradedQuestion], fingerprint: str, today: str) -> SavedGrades:
    """Returns the grades of a run."""
    marks = {each.item.id: _measures(each) for each in graded}
    return SavedGrades(date=today, set_digest=digest([a.item for a in graded]), fingerprint=fingerprint, marks=marks)


def _measures(graded: GradedQuestion) -> dict[str, float | None]:
    grade, is_answerable = graded.grade, has_gold_to_show(graded.item)
    ranks = graded.ranks
    return {
        "right": float(grade.is_right),
        "wrong": float(grade.is_wrong),
        "answered": float(grade.is_answered) if is_answerable else None,
        "gold": float(grade.shows_gold) if is_answerable else None,
        "recall_5": sum(r is not None and r <= 5 for r in ranks) / len(ranks) if ranks else None,
        "leak": float(bool(grade.leaks)),
    }


def load_grades(path: Path) -> SavedGrades:
    """Returns the grades in a file. Raises ``ConfigurationError`` where it is absent or something else."""
    try:
        return SavedGrades.model_validate(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, ValidationError) as error:
        fix = "Make one with `assistant eval run --marks FILE`"
        raise ConfigurationError(f"{path}: holds no grades of a run. {fix}.") from error


def compare(before: SavedGrades, after: SavedGrades) -> Comparison:
    """Returns what changed; only questions that both runs have are compared."""
    both = [name for name in after.marks if name in before.marks]
    changes = [
        (name, measure, a, b)
        for name in both
        for measure in MEASURES
        if (a := before.marks[name].get(measure)) is not None and (b := after.marks[name].get(measure)) is not None
    ]
    worse = tuple((name, m) for name, m, a, b in changes if _is_worse(m, a, b))
    better = tuple((name, m) for name, m, a, b in changes if _is_worse(m, b, a))
    gains = tuple((m, _gain(m, changes)) for m in MEASURES)
    return Comparison(worse, better, gains, _only_one(before.marks, after.marks))


def _is_worse(measure: str, before: float, after: float) -> bool:
    return after > before if measure in BAD else after < before


def _gain(measure: str, changes: Sequence[tuple[str, str, float, float]]) -> Mean:
    values = [(a, b) for _, each, a, b in changes if each == measure]
    return paired_gain([a for a, _ in values], [b for _, b in values])


def _only_one(before: Mapping[str, object], after: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(sorted(set(before) ^ set(after)))
