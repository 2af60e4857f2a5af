"""What trainers keep of scenarios, as a Protocol."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Protocol

from assistant.model.saved_scenario import SavedScenario, ScenarioFeedback, ScenarioOpinion


class ScenarioStore(Protocol):
    """Scenarios that trainers keep, and their feedback; every text in it is masked.

    What is returned to have been kept survives a crash. Nothing of one owner is ever returned for another.
    """

    def keep(self, scenario: SavedScenario) -> bool:
        """Keeps a scenario, in place of the one of the same id; returns False where that one is somebody else's."""

    def scenario(self, scenario_id: str, owner: str) -> SavedScenario | None:
        """Returns a scenario, None where there is none of this id or it belongs to someone else."""

    def scenarios(self, owner: str) -> tuple[SavedScenario, ...]:
        """Returns a person's scenarios, the last saved first."""

    def remove(self, scenario_id: str, owner: str) -> bool:
        """Removes a scenario; returns whether there was one of this person. Feedback on it stays."""

    def add_feedback(self, feedback: ScenarioFeedback) -> bool:
        """Keeps feedback; returns False where the scenario is not its giver's."""

    def feedback_on(self, scenario_id: str, owner: str) -> tuple[ScenarioFeedback, ...]:
        """Returns a person's feedback on one scenario, the latest first."""

    def opinions(self, *, limit: int = 100, after: str | None = None) -> tuple[ScenarioOpinion, ...]:
        """Returns feedback without who gave it, the newest day first, within a day by feedback id, which is random.

        Args:
            limit: How many.
            after: Feedback id of the last one seen; () where that one is gone.
        """

    def export(self, owner: str) -> Iterator[dict[str, Any]]:
        """Yields all that is kept of one person, as plain JSON values, each with its ``type``.

        Types: scenario, scenario_feedback.
        """

    def erase(self, owner: str) -> int:
        """Removes all that is kept of one person; returns how many rows. The words cannot be recovered from the file."""

    def purge(self, before: datetime) -> int:
        """Removes scenarios last saved and feedback given before a time; returns how many rows."""
