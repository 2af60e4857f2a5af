"""``/v1/scenarios``: fictional scenarios for trainers, and anonymous feedback on them for the policy role."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Response

from api.deps import CurrentState, rate_limited, require_role
from api.http.problems import problems
from api.scenarios.saved import open_scenario, opinions, remove, save_feedback, save_scenario
from api.scenarios.schema_examples import SCENARIO
from api.scenarios.schemas import (
    CourseRequest,
    CourseResponse,
    DrawRequest,
    OpenedScenarioResponse,
    RecipeRequest,
    RedrawRequest,
    SavedScenarioResponse,
    SavedScenariosResponse,
    SaveScenarioRequest,
    SaveScenarioResponse,
    ScenarioChoicesResponse,
    ScenarioFeedbackListResponse,
    ScenarioFeedbackRequest,
    ScenarioFeedbackResponse,
    ScenarioWithRecipeResponse,
    scenario_response,
)
from api.scenarios.service import file_response, random_seed, scenario_service
from assistant.model.people import Asker, Role
from assistant.model.saved_scenario import SavedScenario, ScenarioFeedback
from assistant.scenarios.files.formats import FILE_FORMATS
from assistant.scenarios.files.sheet import Version
from assistant.scenarios.grammar.choices import choices_object

router = APIRouter(prefix="/v1/scenarios", tags=["scenarios"])
Trainer = Annotated[Asker, Depends(require_role(Role.TRAINER))]
DrawingTrainer = Annotated[Asker, Depends(rate_limited(Role.TRAINER))]
"""Requests that make a scenario count like a question."""
PolicyAsker = Annotated[Asker, Depends(require_role(Role.POLICY))]
Id = Annotated[str, Path(alias="id", max_length=100, examples=["2deb3bbdf07048eaac42bf519fbf37b5"])]
FILE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The file.",
        "content": {
            each.media.partition(";")[0]: {"schema": {"type": "object"}, "example": SCENARIO}
            if name == "json"
            else {"schema": {"type": "string", "format": "binary"}}
            for name, each in FILE_FORMATS.items()
        },
    }
}


@router.get("/themes", responses=problems())
def themes(state: CurrentState, asker: Trainer) -> ScenarioChoicesResponse:
    """Lists themes, agencies, settings, age bands and aims."""
    return ScenarioChoicesResponse.model_validate(choices_object(state.assistant.grammar))


@router.post("", responses=problems(503))
def draw(body: DrawRequest, state: CurrentState, asker: DrawingTrainer) -> ScenarioWithRecipeResponse:
    """Draws a scenario; questions that the documents do not answer go to the coverage report."""
    with scenario_service(state, asker) as service:
        return scenario_response(service.draw(body.scenario_request(random_seed()), writes=body.write))


@router.post("/redraw", responses=problems(503))
def redraw(body: RedrawRequest, state: CurrentState, asker: DrawingTrainer) -> ScenarioWithRecipeResponse:
    """Draws a scenario again around the stages and people to keep."""
    with scenario_service(state, asker) as service:
        return scenario_response(service.redraw(body.recipe.recipe(), body.scenario_request(random_seed())))


@router.post("/variant", responses=problems(503))
def variant(body: RecipeRequest, state: CurrentState, asker: DrawingTrainer) -> ScenarioWithRecipeResponse:
    """Draws the scenario for the next group: the same decision to make, with other people, place, days and events."""
    with scenario_service(state, asker) as service:
        return scenario_response(service.for_another_group(body.recipe()))


@router.post("/set", responses=problems(503))
def course(body: CourseRequest, state: CurrentState, asker: DrawingTrainer) -> CourseResponse:
    """Draws the scenarios of a course; no fragment and no name is used twice."""
    request = body.scenario_request(random_seed())
    with scenario_service(state, asker) as service:
        scenarios = service.course(request, body.count, body.themes or ([body.theme] if body.theme else []))
    return CourseResponse(seed=request.seed, scenarios=[scenario_response(each) for each in scenarios])


@router.post("/file", responses={**FILE, **problems(503)}, response_class=Response)
def file(
    body: RecipeRequest,
    state: CurrentState,
    asker: DrawingTrainer,
    ending: Annotated[str, Query(max_length=10, description="docx, pdf, md or json.", examples=["docx"])],
    version: Annotated[Version, Query(description="Intended readers.")] = "facilitator",
) -> Response:
    """Returns a scenario as a file, with the edits in its recipe."""
    with scenario_service(state, asker) as service:
        return file_response(state, asker, service.again(body.recipe()), ending, version)


@router.post("/again", responses=problems(503))
def again(body: RecipeRequest, state: CurrentState, asker: DrawingTrainer) -> ScenarioWithRecipeResponse:
    """Makes the scenario of a recipe again, with its edits; reports what was masked in them."""
    with scenario_service(state, asker) as service:
        return scenario_response(service.again(body.recipe()))


@router.post("/kept", status_code=201, responses=problems(404, 503))
def save(body: SaveScenarioRequest, state: CurrentState, asker: DrawingTrainer) -> SaveScenarioResponse:
    """Saves a scenario, as a new one or in place of one of your own."""
    with scenario_service(state, asker) as service:
        result = service.again(body.recipe.recipe())
        saved = save_scenario(state, asker, result, body.scenario_id)
    return SaveScenarioResponse(**_saved(saved).model_dump(), masked=list(result.masked))


@router.get("/kept", responses=problems(503))
def list_saved(state: CurrentState, asker: Trainer) -> SavedScenariosResponse:
    """Lists your saved scenarios."""
    return SavedScenariosResponse(
        scenarios=[_saved(each) for each in state.assistant.scenario_store.scenarios(asker.user_id)]
    )


@router.get("/kept/{id}", responses=problems(404, 503))
def open_saved(name: Id, state: CurrentState, asker: DrawingTrainer) -> OpenedScenarioResponse:
    """Makes a saved scenario again: your edits as they were, expectations looked up in today's documents."""
    with scenario_service(state, asker) as service:
        opened = open_scenario(service, name)
    feedback = [_opinion(each) for each in opened.feedback]
    return OpenedScenarioResponse(
        **_saved(opened.saved).model_dump(), made=scenario_response(opened.result), feedback=feedback
    )


@router.delete("/kept/{id}", status_code=204, responses=problems(404, 503))
def delete(name: Id, state: CurrentState, asker: Trainer) -> None:
    """Deletes a saved scenario; your feedback on it stays with the policy team, without your name."""
    remove(state, asker, name)


@router.post("/kept/{id}/feedback", status_code=201, responses=problems(404, 503))
def feedback(name: Id, body: ScenarioFeedbackRequest, state: CurrentState, asker: Trainer) -> ScenarioFeedbackResponse:
    """Saves your feedback on a scenario after the session."""
    return _opinion(save_feedback(state, asker, name, body.score, body.note))


@router.get("/feedback", responses=problems(503))
def all_feedback(
    state: CurrentState,
    asker: PolicyAsker,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
    after: Annotated[str | None, Query(max_length=100, description="Last feedback_id seen.")] = None,
) -> ScenarioFeedbackListResponse:
    """Lists trainers' feedback on scenarios, without their identity (role policy)."""
    rows, following = opinions(state, asker, limit, after)
    return ScenarioFeedbackListResponse(
        feedback=[ScenarioFeedbackResponse(**asdict(each)) for each in rows], next_after=following
    )


def _saved(each: SavedScenario) -> SavedScenarioResponse:
    return SavedScenarioResponse(
        scenario_id=each.scenario_id, title=each.title, theme=each.theme, saved_at=each.saved_at
    )


def _opinion(each: ScenarioFeedback) -> ScenarioFeedbackResponse:
    day = each.given_at.date().isoformat()
    return ScenarioFeedbackResponse(
        feedback_id=each.feedback_id, theme=each.theme, seed=each.seed, score=each.score, note=each.note, given_on=day
    )
