"""What the policy team says of answers, tries and measures, as a store, and what evaluates, as Protocols."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from assistant.model.people import EVERYTHING, Reader
from assistant.model.quality import AskedQuestion, EverydayQuestion, Mark, QuestionSet, Run, RunKind, RunState

RunProgress = Callable[[int, int], None]
"""Called with how many questions are done and how many there are; what it raises stops the run."""


class QualityStore(Protocol):
    """Marks, edits of the everyday questions, question sets, and runs; every text of people in it is masked."""

    def asked(self, record_id: str, reader: Reader = EVERYTHING) -> AskedQuestion | None:
        """Returns a question with what was shown, None where there is none that the reader may see."""

    def add_mark(self, mark: Mark, reader: Reader = EVERYTHING) -> bool:
        """Stores a mark; returns False where the reader may see no such record. It goes when its record goes."""

    def marked(self, reader: Reader = EVERYTHING) -> tuple[AskedQuestion, ...]:
        """Returns every marked question that the reader may see, the newest day first, each with its marks."""

    def marks_by(self, user_id: str) -> tuple[Mark, ...]:
        """Returns every mark of one person, the latest first."""

    def everyday_edits(self) -> tuple[EverydayQuestion, ...]:
        """Returns the everyday questions that the policy team added, changed or removed, in order of first change."""

    def edit_everyday(self, question: EverydayQuestion, by: str, at: datetime) -> None:
        """Stores an everyday question that was added, changed or removed."""

    def restore_everyday(self, question_id: str) -> bool:
        """Forgets what was changed of an everyday question; returns whether there was something."""

    def sets(self) -> tuple[QuestionSet, ...]:
        """Returns the uploaded question sets by name."""

    def save_set(self, question_set: QuestionSet) -> None:
        """Stores an uploaded question set; one of the same name is replaced."""

    def remove_set(self, name: str) -> bool:
        """Removes an uploaded question set; returns whether there was one."""

    def begin_run(self, run: Run) -> bool:
        """Stores a run that begins; returns False where another one goes on."""

    def run_progress(self, run_id: str, done: int, total: int, at: datetime) -> bool:
        """Stores how far a run is; returns False where somebody has cancelled it."""

    def end_run(self, run_id: str, state: RunState, report: dict[str, Any], detail: str, at: datetime) -> None:
        """Stores how a run ended."""

    def cancel_run(self, run_id: str) -> bool:
        """Has a run stop at its next question; returns whether it was going on."""

    def run(self, run_id: str) -> Run | None:
        """Returns a run with its report, None where there is none of this id."""

    def runs(self, kind: RunKind, limit: int = 20) -> tuple[Run, ...]:
        """Returns the last runs of a kind, the latest first, with their reports."""

    def forget_who(self, user_id: str) -> None:
        """Removes a person's name from marks, questions, sets and runs, which are the partnership's and stay."""

    def purge_runs(self, before: datetime) -> int:
        """Removes runs that began before a time; returns how many."""


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """A set of labelled questions that was read."""

    name: str
    questions: int
    missing: tuple[str, ...]
    """Editions that answer its questions and are not indexed here; such a set measures nothing."""
    is_signable: bool
    """Whether a scorecard may rest on it: no question of it is one that the policy team marked."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What an evaluation found, as plain values."""

    facts: dict[str, Any]
    """Date, counts, groups of figures with their words, and what changed since an earlier run."""
    page: str
    """The whole report as one HTML page."""
    grades: dict[str, Any]
    """Question by question, to compare the next run with."""
    scorecard: dict[str, Any]
    """What would be signed."""


class Evaluator(Protocol):
    """Measures the assistant with labelled questions; the composition root fills it by entry (``evals``)."""

    def packaged(self) -> tuple[str, ...]:
        """Returns the names of the question sets that come with the program."""

    def read(self, name: str, content: bytes | None = None) -> LabelledSet:
        """Returns a set: of a file's content, or the packaged one of this name.

        Raises:
            DocumentError: The file is no question set; names the question and the fix.
            UsageError: There is no packaged set of this name.
        """

    def evaluate(
        self, name: str, content: bytes | None, progress: RunProgress, before: dict[str, Any] | None = None
    ) -> Evaluation:
        """Returns what a set measures now, compared with the grades of an earlier run.

        Raises:
            DocumentError: The file is no question set.
            UsageError: Documents that answer its questions are not indexed, so that it would measure nothing.
        """
