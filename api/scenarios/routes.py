"""``/v1/scenarios``: fictional scenarios for trainers; feedback on them without who gave it for the policy role."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Response

from api.deps import CurrentState, rate_limited, require_role
from api.http.problems import problems
from api.scenarios.choice_schemas import Offered
from api.scenarios.request_schemas import (
    CourseGiven,
    DrawGiven,
    KeepGiven,
    RecipeGiven,
    RedrawGiven,
    ScenarioFeedbackGiven,
)
from api.scenarios.response_schemas import (
    CourseMade,
    KeptList,
    KeptNow,
    KeptShown,
    KeptWhole,
    Opinions,
    OpinionShown,
    ScenarioMade,
    made_shown,
)
from api.scenarios.saved import give_feedback, keep, opened, opinions, remove
from api.scenarios.schema_examples import SCENARIO
from api.scenarios.service import file_of, seed_drawn, workshop_for
from assistant.model.people import Asker, Role
from assistant.model.saved_scenario import SavedScenario, ScenarioFeedback
from assistant.scenarios.files.formats import FORMS
from assistant.scenarios.files.sheet import Version
from assistant.scenarios.grammar.choices import offered_object

router = APIRouter(prefix="/v1/scenarios", tags=["scenarios"])
Trainer = Annotated[Asker, Depends(require_role(Role.TRAINER))]
DrawingTrainer = Annotated[Asker, Depends(rate_limited(Role.TRAINER))]
"""Whatever makes a scenario counts like a question."""
PolicyAsker = Annotated[Asker, Depends(require_role(Role.POLICY))]
Id = Annotated[str, Path(alias="id", max_length=100, examples=["2deb3bbdf07048eaac42bf519fbf37b5"])]
FILE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The file, to be saved.",
        "content": {
            each.media.partition(";")[0]: {"schema": {"type": "object"}, "example": SCENARIO}
            if name == "json"
            else {"schema": {"type": "string", "format": "binary"}}
            for name, each in FORMS.items()
        },
    }
}


@router.get("/themes", responses=problems())
def themes(state: CurrentState, asker: Trainer) -> Offered:
    """Lists themes, agencies, settings, age bands and aims."""
    return Offered.model_validate(offered_object(state.assistant.grammar))


@router.post("", responses=problems(503))
def draw(body: DrawGiven, state: CurrentState, asker: DrawingTrainer) -> ScenarioMade:
    """Draws a scenario; what the documents lack for it goes to the coverage report."""
    with workshop_for(state, asker) as workshop:
        return made_shown(workshop.draw(body.wanted(seed_drawn()), writes=body.write))


@router.post("/redraw", responses=problems(503))
def redraw(body: RedrawGiven, state: CurrentState, asker: DrawingTrainer) -> ScenarioMade:
    """Draws a scenario anew around the stages and people that stay."""
    with workshop_for(state, asker) as workshop:
        return made_shown(workshop.redraw(body.recipe.recipe(), body.wanted(seed_drawn())))


@router.post("/variant", responses=problems(503))
def variant(body: RecipeGiven, state: CurrentState, asker: DrawingTrainer) -> ScenarioMade:
    """Draws the scenario for the next group: the same decision to take, other people, place, days and events."""
    with workshop_for(state, asker) as workshop:
        return made_shown(workshop.for_another_group(body.recipe()))


@router.post("/set", responses=problems(503))
def course(body: CourseGiven, state: CurrentState, asker: DrawingTrainer) -> CourseMade:
    """Draws the scenarios of a course, no part and no name twice."""
    request = body.wanted(seed_drawn())
    with workshop_for(state, asker) as workshop:
        found = workshop.course(request, body.count, body.themes or ([body.theme] if body.theme else []))
    return CourseMade(seed=request.seed, scenarios=[made_shown(each) for each in found])


@router.post("/file", responses={**FILE, **problems(503)}, response_class=Response)
def file(
    body: RecipeGiven,
    state: CurrentState,
    asker: DrawingTrainer,
    ending: Annotated[str, Query(max_length=10, description="docx, pdf, md or json.", examples=["docx"])],
    version: Annotated[Version, Query(description="For whom.")] = "facilitator",
) -> Response:
    """Gives a scenario as a file, with the words in its recipe."""
    with workshop_for(state, asker) as workshop:
        return file_of(state, asker, workshop.again(body.recipe()), ending, version)


@router.post("/again", responses=problems(503))
def again(body: RecipeGiven, state: CurrentState, asker: DrawingTrainer) -> ScenarioMade:
    """Makes the scenario of a recipe again, with the words in it; says what was masked in them."""
    with workshop_for(state, asker) as workshop:
        return made_shown(workshop.again(body.recipe()))


@router.post("/kept", status_code=201, responses=problems(404, 503))
def keep_one(body: KeepGiven, state: CurrentState, asker: DrawingTrainer) -> KeptNow:
    """Keeps a scenario, a new one or in place of one of your own."""
    with workshop_for(state, asker) as workshop:
        made = workshop.again(body.recipe.recipe())
        found = keep(state, asker, made, body.scenario_id)
    return KeptNow(**_kept(found).model_dump(), masked=list(made.masked))


@router.get("/kept", responses=problems(503))
def kept(state: CurrentState, asker: Trainer) -> KeptList:
    """Lists the scenarios that you keep."""
    return KeptList(scenarios=[_kept(each) for each in state.assistant.scenario_store.scenarios(asker.user_id)])


@router.get("/kept/{id}", responses=problems(404, 503))
def kept_one(name: Id, state: CurrentState, asker: DrawingTrainer) -> KeptWhole:
    """Makes a kept scenario again: your words as they were, expectations looked up in the documents of today."""
    with workshop_for(state, asker) as workshop:
        found = opened(workshop, name)
    feedback = [_opinion(each) for each in found.feedback]
    return KeptWhole(**_kept(found.kept).model_dump(), made=made_shown(found.made), feedback=feedback)


@router.delete("/kept/{id}", status_code=204, responses=problems(404, 503))
def delete(name: Id, state: CurrentState, asker: Trainer) -> None:
    """Deletes a scenario that you keep; feedback on it stays with the policy team, without your name."""
    remove(state, asker, name)


@router.post("/kept/{id}/feedback", status_code=201, responses=problems(404, 503))
def feedback(name: Id, body: ScenarioFeedbackGiven, state: CurrentState, asker: Trainer) -> OpinionShown:
    """Keeps what you say of a scenario after the session."""
    return _opinion(give_feedback(state, asker, name, body.score, body.note))


@router.get("/feedback", responses=problems(503))
def all_feedback(
    state: CurrentState,
    asker: PolicyAsker,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
    after: Annotated[str | None, Query(max_length=100, description="Last feedback_id seen.")] = None,
) -> Opinions:
    """Lists what trainers said of scenarios, without who said it (role policy)."""
    found, following = opinions(state, limit, after)
    return Opinions(feedback=[OpinionShown(**asdict(each)) for each in found], next_after=following)


def _kept(each: SavedScenario) -> KeptShown:
    return KeptShown(scenario_id=each.scenario_id, title=each.title, theme=each.theme, saved_at=each.saved_at)


def _opinion(each: ScenarioFeedback) -> OpinionShown:
    day = each.given_at.date().isoformat()
    return OpinionShown(
        feedback_id=each.feedback_id, theme=each.theme, seed=each.seed, score=each.score, note=each.note, given_on=day
    )
