"""What is kept of training scenarios: what a trainer saves, and what trainers say of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class SavedScenario:
    """A scenario that a trainer keeps, as it was last saved."""

    scenario_id: str
    owner: str
    title: str
    theme: str
    saved_at: datetime
    recipe: Mapping[str, Any]
    """What makes it again (``assistant.scenarios.editing.recipe``); words of a trainer are masked before they come here."""


@dataclass(frozen=True, slots=True)
class ScenarioFeedback:
    """What a trainer says of a scenario after the session."""

    feedback_id: str
    scenario_id: str
    owner: str
    theme: str
    seed: int
    score: int
    """1 (of no use) to 5 (very useful)."""
    note: str
    """Masked; may be empty."""
    given_at: datetime


@dataclass(frozen=True, slots=True)
class ScenarioOpinion:
    """Feedback of a trainer as the policy team sees it: never who gave it."""

    feedback_id: str
    theme: str
    seed: int
    score: int
    note: str
    given_on: str
    """The day, ISO; not the minute, which might tell who."""
