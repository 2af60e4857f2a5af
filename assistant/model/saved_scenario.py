"""Saved training scenarios, and trainers' feedback on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from assistant.model.people import Groups


@dataclass(frozen=True, slots=True)
class SavedScenario:
    """A trainer's scenario as last saved."""

    scenario_id: str
    owner: str
    title: str
    theme: str
    saved_at: datetime
    recipe: Mapping[str, Any]
    """Its recipe (``assistant.scenarios.editing.recipe``); a trainer's words are masked before they are stored."""


@dataclass(frozen=True, slots=True)
class ScenarioFeedback:
    """A trainer's feedback on a scenario after the session."""

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
    groups: tuple[Groups, ...] = ()
    """For each restricted edition that the scenario cites, the groups that may see it."""


@dataclass(frozen=True, slots=True)
class ScenarioOpinion:
    """Feedback as the policy team sees it, without the trainer's identity."""

    feedback_id: str
    theme: str
    seed: int
    score: int
    note: str
    given_on: str
    """The day, ISO; the time might identify the trainer."""
