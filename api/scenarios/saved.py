"""Saved scenarios and feedback on them; used by the API and the pages."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from api.http.problems import Problem
from api.scenarios.service import ScenarioService, audit, scenario_service
from api.state import State
from assistant.errors import UsageError
from assistant.model.people import Asker, Groups
from assistant.model.saved_scenario import SavedScenario, ScenarioFeedback, ScenarioOpinion
from assistant.scenarios.editing.recipe import Recipe, ScenarioWithRecipe, recipe_from, recipe_object
from assistant.scenarios.expectations import citations_in
from assistant.text.plain_text import plain_text

MOST_SAVED = 200
"""Most scenarios that one person can save."""
NOTE_CHARS = 2_000
NOT_FOUND = "There is no such scenario. It may have been deleted."


@dataclass(frozen=True, slots=True)
class OpenedScenario:
    """A saved scenario, made again from today's documents."""

    saved: SavedScenario
    result: ScenarioWithRecipe
    feedback: tuple[ScenarioFeedback, ...]


def save_scenario(
    state: State, asker: Asker, result: ScenarioWithRecipe, scenario_id: str | None = None
) -> SavedScenario:
    """Returns a scenario as it was saved: a new one, or a replacement of one of the asker's.

    Raises:
        Problem: The asker has no scenario with this id (404).
        UsageError: The asker has saved as many as allowed.
    """
    store, scenario = state.assistant.scenario_store, result.scenario
    if scenario_id is None:
        if len(store.scenarios(asker.user_id)) >= MOST_SAVED:
            raise UsageError(f"You have saved {MOST_SAVED} scenarios, the most allowed. Delete one first.")
    else:
        own_scenario(state, asker, scenario_id)
    name = scenario_id or uuid.uuid4().hex
    theme, now = scenario.request.theme, datetime.now(UTC)
    saved = SavedScenario(name, asker.user_id, scenario.title, theme, now, recipe_object(result.recipe))
    if not store.save(saved):
        raise Problem(404, "not_found", NOT_FOUND)
    audit(state, asker, f"kept {name}")
    return saved


def own_scenario(state: State, asker: Asker, scenario_id: str) -> SavedScenario:
    """Returns one of the asker's saved scenarios. Raises ``Problem`` (404)."""
    saved = state.assistant.scenario_store.scenario(scenario_id, asker.user_id)
    if saved is None:
        raise Problem(404, "not_found", NOT_FOUND)
    return saved


def open_scenario(service: ScenarioService, scenario_id: str) -> OpenedScenario:
    """Returns a saved scenario, made again. Raises ``Problem`` (404), and ``UsageError`` where its fragments are gone."""
    state, asker = service.state, service.asker
    saved = own_scenario(state, asker, scenario_id)
    result = service.again(recipe_from(saved.recipe))
    return OpenedScenario(saved, result, state.assistant.scenario_store.feedback_on(scenario_id, asker.user_id))


def remove(state: State, asker: Asker, scenario_id: str) -> None:
    """Removes one of the asker's saved scenarios. Raises ``Problem`` (404)."""
    if not state.assistant.scenario_store.remove(scenario_id, asker.user_id):
        raise Problem(404, "not_found", NOT_FOUND)
    audit(state, asker, f"deleted {scenario_id}")


def save_feedback(state: State, asker: Asker, scenario_id: str, score: int, note: str) -> ScenarioFeedback:
    """Returns feedback as it was saved, its note masked. Raises ``Problem`` (404) where the scenario is not the asker's."""
    saved = own_scenario(state, asker, scenario_id)
    masked = state.assistant.masked(plain_text(note)) if note.strip() else ""
    recipe, now = recipe_from(saved.recipe), datetime.now(UTC)
    feedback = ScenarioFeedback(
        uuid.uuid4().hex, scenario_id, asker.user_id, saved.theme, recipe.request.seed, score, masked, now,
        _groups_cited(state, asker, recipe),
    )  # fmt: skip
    if not state.assistant.scenario_store.add_feedback(feedback):
        raise Problem(404, "not_found", NOT_FOUND)
    audit(state, asker, f"feedback {saved.theme} {score}")
    return feedback


def _groups_cited(state: State, asker: Asker, recipe: Recipe) -> tuple[Groups, ...]:
    """Returns for each restricted edition that a scenario cites the groups that may see it.

    Of a scenario that cannot be made any more nobody knows what it cited: then every group of the trainer that has
    documents of its own counts.
    """
    with scenario_service(state, asker) as service:
        try:
            scenario = service.again(recipe).scenario
        except UsageError:
            return tuple((group,) for group in service.context.view.held())
    cited = citations_in(scenario.expectations, scenario.pitfalls)
    return tuple(sorted({tuple(sorted(each.edition.groups)) for each in cited if each.edition.groups}))


def opinions(state: State, asker: Asker, limit: int, after: str | None) -> tuple[Sequence[ScenarioOpinion], str | None]:
    """Returns one page of anonymous feedback, and the id to pass as ``after`` for the next page, None at the end."""
    rows = state.assistant.scenario_store.opinions(
        limit=limit + 1, after=after, reader=state.assistant.reader(asker.groups)
    )
    page = rows[:limit]
    return page, page[-1].feedback_id if len(rows) > limit else None
