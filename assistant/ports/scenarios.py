"""The store of trainers' scenarios, as a Protocol."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Protocol

from assistant.model.people import EVERYTHING, Reader
from assistant.model.saved_scenario import SavedScenario, ScenarioFeedback, ScenarioOpinion


class ScenarioStore(Protocol):
    """Trainers' saved scenarios and feedback; every text in it is masked.

    A call that has returned survives a crash. Data of one owner are never returned for another.
    """

    def save(self, scenario: SavedScenario) -> bool:
        """Saves a scenario, replacing the one with the same id; returns False where that one is somebody else's."""

    def scenario(self, scenario_id: str, owner: str) -> SavedScenario | None:
        """Returns a scenario, None where there is none with this id or it belongs to someone else."""

    def scenarios(self, owner: str) -> tuple[SavedScenario, ...]:
        """Returns a person's scenarios, the last saved first."""

    def remove(self, scenario_id: str, owner: str) -> bool:
        """Removes a scenario; returns whether this person had one. Feedback on it stays."""

    def add_feedback(self, feedback: ScenarioFeedback) -> bool:
        """Saves feedback; returns False where the scenario belongs to someone else."""

    def feedback_on(self, scenario_id: str, owner: str) -> tuple[ScenarioFeedback, ...]:
        """Returns a person's feedback on one scenario, the latest first."""

    def opinions(
        self, *, limit: int = 100, after: str | None = None, reader: Reader = EVERYTHING
    ) -> tuple[ScenarioOpinion, ...]:
        """Returns feedback without the trainer's identity, the newest day first, within a day by feedback id (random).

        Args:
            limit: Most to return.
            after: Feedback id of the last one seen; nothing is returned where that one is gone.
            reader: Who reads; feedback on a scenario that cites what is hidden from them is not there for them.
        """

    def export(self, owner: str) -> Iterator[dict[str, Any]]:
        """Yields everything stored about one person as plain JSON values, each with its ``type``.

        Types: scenario, scenario_feedback.
        """

    def erase(self, owner: str) -> int:
        """Removes everything stored about one person; returns how many rows. The words cannot be recovered from the file."""

    def purge(self, before: datetime) -> int:
        """Removes scenarios last saved and feedback given before a time; returns how many rows."""
