"""Stores of the coverage report, as Protocols."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

from assistant.model.coverage import CoverageRun, Decision, Ending, ImportedQuestion, Theme
from assistant.model.people import EVERYTHING, Reader


class CoverageStore(Protocol):
    """Decisions of the policy team and the counts of earlier runs; a call that has returned survives a crash."""

    def decide(self, decision: Decision) -> None:
        """Saves a decision; earlier ones on the same finding stay in its history."""

    def decisions(self, section: str | None = None, reader: Reader = EVERYTHING) -> tuple[Decision, ...]:
        """Returns the last decision on each finding that a reader may see, of one section or of all, by section and key."""

    def history(self, section: str, key: str, reader: Reader = EVERYTHING) -> tuple[Decision, ...]:
        """Returns every decision on one finding that a reader may see, the latest first; () for none."""

    def decisions_by(self, user_id: str) -> tuple[Decision, ...]:
        """Returns every decision made by one person, the latest first."""

    def forget_who(self, user_id: str) -> int:
        """Removes a person's name from their decisions, which stay; returns how many."""

    def add_run(self, run: CoverageRun) -> None:
        """Saves the counts of a run."""

    def runs(self, *, scope: str = "", limit: int = 2) -> tuple[CoverageRun, ...]:
        """Returns the last runs of one scope, the latest first."""


class QuestionStore(Protocol):
    """Imported questions, the themes of all open questions, and how each ended when it was last asked."""

    def add_imported(self, questions: Iterable[ImportedQuestion]) -> int:
        """Saves questions that are not stored yet (same words, same day); returns how many were added."""

    def imported(self) -> tuple[ImportedQuestion, ...]:
        """Returns every imported question, ordered by day and words."""

    def forget_imported(self, before: str) -> int:
        """Removes questions asked before a day (ISO); returns how many."""

    def themes(self, scope: str = "") -> tuple[Theme, ...]:
        """Returns the themes, the oldest first: those of everybody, with what only the readers of a scope see of them."""

    def save_themes(self, themes: Iterable[Theme], scope: str = "") -> None:
        """Saves themes: adds new ones, and updates the label and members of existing ones.

        New themes and members are those of the scope: readers of another one do not see them.
        """

    def endings(self, keys: Collection[str]) -> Mapping[str, Ending]:
        """Returns the stored endings of these keys; unknown keys are left out."""

    def save_ending(self, key: str, ending: Ending) -> None:
        """Saves how a question ended; the oldest are dropped where there are very many."""
