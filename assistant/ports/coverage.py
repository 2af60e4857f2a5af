"""What is kept of coverage, as a Protocol."""

from __future__ import annotations

from typing import Protocol

from assistant.model.coverage import CoverageRun, Decision


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

    def runs(self, *, limit: int = 2) -> tuple[CoverageRun, ...]:
        """Returns the last runs, the latest first."""
