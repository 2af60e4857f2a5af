"""Scenarios that trainers keep, and what they say of them after the session; the API and the pages go through here."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from api.http.problems import Problem
from api.scenarios.service import Workshop, note
from api.state import State
from assistant.answering.screening.masking import mask
from assistant.errors import UsageError
from assistant.model.people import Asker
from assistant.model.saved_scenario import SavedScenario, ScenarioFeedback, ScenarioOpinion
from assistant.scenarios.editing.recipe import Made, recipe_from, recipe_object
from assistant.text.plain_text import plain_text

MOST_KEPT = 200
"""Scenarios that one person keeps."""
NOTE_CHARS = 2_000
GONE = "There is no such scenario. It may have been deleted."


@dataclass(frozen=True, slots=True)
class Opened:
    """A kept scenario as it is over the documents of today."""

    kept: SavedScenario
    made: Made
    feedback: tuple[ScenarioFeedback, ...]


def keep(state: State, asker: Asker, made: Made, scenario_id: str | None = None) -> SavedScenario:
    """Returns a scenario as it was kept: a new one, or in place of one of the asker's.

    Raises:
        Problem: There is none of this id (404).
        UsageError: The asker keeps as many as one may.
    """
    store, scenario = state.assistant.scenario_store, made.scenario
    if scenario_id is None:
        if len(store.scenarios(asker.user_id)) >= MOST_KEPT:
            raise UsageError(f"You keep {MOST_KEPT} scenarios, as many as one may. Delete one first.")
    else:
        own(state, asker, scenario_id)
    name = scenario_id or uuid.uuid4().hex
    theme, now = scenario.request.theme, datetime.now(UTC)
    kept = SavedScenario(name, asker.user_id, scenario.title, theme, now, recipe_object(made.recipe))
    if not store.keep(kept):
        raise Problem(404, "not_found", GONE)
    note(state, asker, f"kept {name}")
    return kept


def own(state: State, asker: Asker, scenario_id: str) -> SavedScenario:
    """Returns one of the asker's kept scenarios. Raises ``Problem`` (404)."""
    found = state.assistant.scenario_store.scenario(scenario_id, asker.user_id)
    if found is None:
        raise Problem(404, "not_found", GONE)
    return found


def opened(workshop: Workshop, scenario_id: str) -> Opened:
    """Returns a kept scenario made again. Raises ``Problem`` (404), and ``UsageError`` where its parts are gone."""
    state, asker = workshop.state, workshop.asker
    kept = own(state, asker, scenario_id)
    made = workshop.again(recipe_from(kept.recipe))
    return Opened(kept, made, state.assistant.scenario_store.feedback_on(scenario_id, asker.user_id))


def remove(state: State, asker: Asker, scenario_id: str) -> None:
    """Removes one of the asker's kept scenarios. Raises ``Problem`` (404)."""
    if not state.assistant.scenario_store.remove(scenario_id, asker.user_id):
        raise Problem(404, "not_found", GONE)
    note(state, asker, f"deleted {scenario_id}")


def give_feedback(state: State, asker: Asker, scenario_id: str, score: int, said: str) -> ScenarioFeedback:
    """Returns feedback as it was kept, its note masked. Raises ``Problem`` (404) where the scenario is not the asker's."""
    kept = own(state, asker, scenario_id)
    masked = mask([plain_text(said)]).texts[0] if said.strip() else ""
    seed = recipe_from(kept.recipe).request.seed
    given = ScenarioFeedback(
        uuid.uuid4().hex, scenario_id, asker.user_id, kept.theme, seed, score, masked, datetime.now(UTC)
    )
    if not state.assistant.scenario_store.add_feedback(given):
        raise Problem(404, "not_found", GONE)
    note(state, asker, f"feedback {kept.theme} {score}")
    return given


def opinions(state: State, limit: int, after: str | None) -> tuple[Sequence[ScenarioOpinion], str | None]:
    """Returns what trainers said without who said it, and the id to give for those that follow, None at the end."""
    found = state.assistant.scenario_store.opinions(limit=limit + 1, after=after)
    some = found[:limit]
    return some, some[-1].feedback_id if len(found) > limit else None
