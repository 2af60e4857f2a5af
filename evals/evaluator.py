"""Measures the assistant for the page: the ``Evaluator`` port, filled by entry where a server is composed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.bootstrap import Assistant
from assistant.editions.visible_snapshot import visible_to
from assistant.errors import UsageError
from assistant.ports import Evaluation, LabelledSet, RunProgress, Snapshot
from evals.dataset.items import MARKED, Item, curated, load, parsed
from evals.dataset.measurable import check_measurable, missing_editions
from evals.reporting.compare import SavedGrades, compare, saved_grades
from evals.reporting.measured import Measured, measure, scorecard_of
from evals.reporting.page import GROUPS, page
from evals.reporting.summary import shown_figure
from evals.scoring.graded import GradedQuestion, grade_all
from evals.scoring.run import RunOutcomes, ask_all

NOTE = "Logs and stored files are searched for personal details by `assistant eval report` only; here outcomes are."
"""What a run within a server leaves out: logging everything would log the questions of others."""


class PageEvaluator:
    """Evaluates one assistant as somebody without any group asks it: restricted editions are not there.

    Args:
        assistant: The assistant that is measured.
    """

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def packaged(self) -> tuple[str, ...]:
        """Returns the names of the question sets about the project's own documents."""
        return tuple(path.stem for path in curated("own"))

    def read(self, name: str, content: bytes | None = None) -> LabelledSet:
        """Returns a set: of a file's content, or the packaged one of this name. Raises ``DocumentError``, ``UsageError``."""
        items = _items(name, content)
        with self._assistant.opened() as snapshot:
            missing = missing_editions(items, visible_to(snapshot, ()))
        return LabelledSet(name, len(items), missing, _is_signable(items))

    def evaluate(
        self, name: str, content: bytes | None, progress: RunProgress, before: dict[str, Any] | None = None
    ) -> Evaluation:
        """Returns what a set measures now, compared with the grades of an earlier run. Raises ``UsageError``."""
        items, assistant = _items(name, content), self._assistant
        with assistant.opened() as snapshot:
            everybody = visible_to(snapshot, ())
            check_measurable(items, everybody)
            fingerprint = assistant.resources.fingerprint(everybody)
            lines = ask_all(items, assistant, progress=progress)
            _check_same(lines, fingerprint)
            graded = grade_all(items, lines.by_id, everybody, assistant.resources)
            return self._evaluation(name, graded, len(lines.crashed), snapshot, before)

    def _evaluation(
        self,
        name: str,
        graded: Sequence[GradedQuestion],
        crashed: int,
        snapshot: Snapshot,
        before: dict[str, Any] | None,
    ) -> Evaluation:
        resources, today = self._assistant.resources, datetime.now(UTC).date()
        measured = measure(Path(name).stem, graded, snapshot, resources, today, crashed=crashed)
        grades = saved_grades(graded, resources.fingerprint(snapshot), today.isoformat())
        facts = {
            **_facts(measured),
            "compared": _compared(before, grades),
            "is_signable": _is_signable_run(graded, crashed),
        }
        return Evaluation(facts, page(measured), grades.model_dump(), scorecard_of(measured).model_dump())


def _items(name: str, content: bytes | None) -> tuple[Item, ...]:
    if content is not None:
        return parsed(Path(name), content)
    path = next((each for each in curated("own") if each.stem == name), None)
    if path is None:
        raise UsageError(f"There is no question set {name[:100]!r}. Choose one of the list, or upload one.")
    return load(path)


def _is_signable(items: Sequence[Item]) -> bool:
    return not any(item.split == MARKED for item in items)


def _is_signable_run(graded: Sequence[GradedQuestion], crashed: int) -> bool:
    return not crashed and bool(graded) and _is_signable([each.item for each in graded])


def _check_same(lines: RunOutcomes, fingerprint: str) -> None:
    """Raises ``UsageError`` where some questions were asked of another library than the others."""
    if any(each.outcome["trace"]["fingerprint"] not in ("", fingerprint) for each in lines.by_id.values()):
        raise UsageError("The library changed while the questions were asked. Run it again.")


def _facts(measured: Measured) -> dict[str, Any]:
    by_key = {each.key: each for each in measured.figures}
    groups = [
        {
            "name": title,
            "text": text,
            "rows": [
                {"key": each.key, "text": each.text, "figure": shown_figure(each)}
                for each in measured.figures
                if each.group == group and each.of
            ],
        }
        for title, group, text in GROUPS
    ]
    wrong_ones = [each for each in measured.questions if each["verdict"] != "right"]
    return {
        "date": measured.date,
        "asked": measured.asked,
        "crashed": measured.crashed,
        "answered": by_key["wrong_of_answered"].of,
        "wrong": measured.wrong,
        "wrong_upper": round(measured.wrong_upper, 4),
        "groups": [each for each in groups if each["rows"]],
        "not_right": wrong_ones,
        "note": NOTE,
    }


def _compared(before: dict[str, Any] | None, after: SavedGrades) -> dict[str, Any] | None:
    """Returns what changed since an earlier run; None without one."""
    if before is None:
        return None
    found = compare(SavedGrades.model_validate(before), after)
    gains = [{"measure": name, **asdict(gain)} for name, gain in found.gains if gain.value is not None]
    return {
        "date": before["date"],
        "is_worse": found.is_worse,
        "worse": [list(each) for each in found.worse],
        "better": [list(each) for each in found.better],
        "only_one": list(found.only_one),
        "gains": gains,
    }
