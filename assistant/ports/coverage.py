"""What is kept of coverage, as Protocols."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

from assistant.model.coverage import CoverageRun, Decision, Ending, ImportedQuestion, Theme


class CoverageStore(Protocol):
    """Decisions of the policy team and the counts of earlier runs; what is returned to have been kept survives a crash."""

    def decide(self, decision: Decision) -> None:
        """Keeps a decision; earlier ones of the same finding stay in its history."""

    def decisions(self, part: str | None = None) -> tuple[Decision, ...]:
        """Returns the last decision of each finding, of one part or of all, by part and key."""

    def history(self, part: str, key: str) -> tuple[Decision, ...]:
        """Returns every decision of one finding, the latest first; () for none."""

    def decisions_by(self, user_id: str) -> tuple[Decision, ...]:
        """Returns every decision of one person, the latest first."""

    def forget_who(self, user_id: str) -> int:
        """Takes a person's name off the decisions, which stay; returns how many."""

    def add_run(self, run: CoverageRun) -> None:
        """Keeps the counts of a run."""

    def runs(self, *, scope: str = "", limit: int = 2) -> tuple[CoverageRun, ...]:
        """Returns the last runs of one scope, the latest first."""


class QuestionStore(Protocol):
    """Questions brought in, the themes of all that stand open, and how they ended when they were last asked."""

    def add_imported(self, questions: Iterable[ImportedQuestion]) -> int:
        """Keeps questions that are not there yet (same words, same day); returns how many were added."""

    def imported(self) -> tuple[ImportedQuestion, ...]:
        """Returns every question brought in, by day and words."""

    def forget_imported(self, before: str) -> int:
        """Removes what was asked before a day (ISO); returns how many."""

    def themes(self) -> tuple[Theme, ...]:
        """Returns the themes, the oldest first."""

    def keep_themes(self, themes: Iterable[Theme]) -> None:
        """Keeps themes: a new one is added, one that is there is given its label and its further members."""

    def endings(self, keys: Collection[str]) -> Mapping[str, Ending]:
        """Returns what is known of these keys; a key that is not known is left out."""

    def keep_ending(self, key: str, ending: Ending) -> None:
        """Keeps how a question ended; the oldest go where there are very many."""
