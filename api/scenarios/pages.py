"""Scenario pages for trainers: the form, the scenario with its edits, locks and downloads, and the course."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from api.deps import CurrentState, rate_limited, require_role
from api.http.attachments import attachment
from api.scenarios.forms import CourseForm, DrawForm, StepForm
from api.scenarios.saved import own_scenario, save_scenario
from api.scenarios.service import ScenarioService, course_archive, file_response, random_seed, scenario_service
from api.scenarios.view import ScenarioPage, course_lines, draw_form, draw_scenario
from api.web.routing import PageRoute
from api.web.templating import render, require_same_origin
from assistant.errors import UsageError
from assistant.model.people import Asker, Role
from assistant.model.saved_scenario import SavedScenario
from assistant.scenarios.editing.recipe import Recipe, Redraw, ScenarioWithRecipe
from assistant.scenarios.files.sheet import Version
from assistant.scenarios.story.plot import stages_of

router = APIRouter(route_class=PageRoute)
Trainer = Annotated[Asker, Depends(require_role(Role.TRAINER))]
DrawingTrainer = Annotated[Asker, Depends(rate_limited(Role.TRAINER))]
Action = Callable[[ScenarioService, Recipe, StepForm], ScenarioPage]


@router.get("/scenarios")
def scenario_form(
    request: Request, state: CurrentState, asker: Trainer, theme: Annotated[str, Query(max_length=100)] = ""
) -> Response:
    """Renders the form."""
    return draw_form(request, state, asker, DrawForm(theme=theme))


@router.post("/scenarios", dependencies=[Depends(require_same_origin)])
def draw_new(
    request: Request, state: CurrentState, asker: DrawingTrainer, form: Annotated[DrawForm, Form()]
) -> Response:
    """Draws a scenario, or renders the form again with the error."""
    options = form.draw_request()
    try:
        with scenario_service(state, asker) as service:
            result = service.draw(options.scenario_request(random_seed()), writes=options.write)
    except UsageError as fault:
        return draw_form(request, state, asker, form, error=str(fault))
    return draw_scenario(request, asker, ScenarioPage(result))


@router.post("/scenarios/edit", dependencies=[Depends(require_same_origin)])
def edit(request: Request, state: CurrentState, asker: DrawingTrainer, form: Annotated[StepForm, Form()]) -> Response:
    """Applies a trainer's edits and the chosen action, and renders the scenario."""
    recipe = form.parsed_recipe()
    edits = form.edits(recipe)
    with scenario_service(state, asker) as service:
        try:
            page = ACTIONS[form.act](service, replace(recipe, edits=edits), form)
            if form.act.startswith("keep"):
                return _save(service, page.result, form)
        except UsageError as fault:
            result = service.again(recipe)
            typed = edits if form.text else None
            page = ScenarioPage(result, locked=form.lock, keeps_people=form.people, typed=typed, error=str(fault))
    is_same = bool(page.error) or form.act not in NEW_SCENARIO
    return draw_scenario(request, asker, replace(page, saved=_saved_scenario(state, asker, form) if is_same else None))


@router.post("/scenarios/file", dependencies=[Depends(require_same_origin)])
def file(
    request: Request,
    state: CurrentState,
    asker: DrawingTrainer,
    form: Annotated[StepForm, Form()],
    ending: Annotated[str, Query(max_length=10)],
    version: Annotated[Version, Query()] = "facilitator",
) -> Response:
    """Returns the scenario as a file, with the edits on the page."""
    recipe = form.parsed_recipe()
    edits = form.edits(recipe)
    with scenario_service(state, asker) as service:
        try:
            return file_response(state, asker, service.again(replace(recipe, edits=edits)), ending, version)
        except UsageError as fault:
            page = ScenarioPage(service.again(recipe), typed=edits if form.text else None, error=str(fault))
    return draw_scenario(request, asker, replace(page, saved=_saved_scenario(state, asker, form)))


@router.post("/scenarios/set", dependencies=[Depends(require_same_origin)])
def course(
    request: Request, state: CurrentState, asker: DrawingTrainer, form: Annotated[CourseForm, Form()]
) -> Response:
    """Draws a course, or renders the form again with the error."""
    form = form.model_copy(update={"seed": form.seed.strip() or str(random_seed())})
    try:
        scenarios = _course(state, asker, form)
    except UsageError as fault:
        return draw_form(request, state, asker, form, error=str(fault), where="set")
    return render(request, "scenario_set.html", asker, given=form, lines=course_lines(scenarios))


@router.post("/scenarios/set.zip", dependencies=[Depends(require_same_origin)])
def archive(state: CurrentState, asker: DrawingTrainer, form: Annotated[CourseForm, Form()]) -> Response:
    """Returns a course as Word files in one archive."""
    content = course_archive(_course(state, asker, form))
    return attachment(content, "application/zip", f"scenarios-{form.seed.strip()}.zip")


def _saved_scenario(state: CurrentState, asker: Asker, form: StepForm) -> SavedScenario | None:
    return own_scenario(state, asker, form.kept) if form.kept else None


def _course(state: CurrentState, asker: Asker, form: CourseForm) -> tuple[ScenarioWithRecipe, ...]:
    options = form.course_request()
    with scenario_service(state, asker) as service:
        return service.course(options.scenario_request(random_seed()), options.count, options.themes)


def _words(service: ScenarioService, recipe: Recipe, form: StepForm) -> ScenarioPage:
    result = service.again(recipe)
    return ScenarioPage(result, locked=form.lock, keeps_people=form.people, done="Your changes have been applied.")


def _version(service: ScenarioService, recipe: Recipe, form: StepForm) -> ScenarioPage:
    version: Version = "participant" if form.act == "participant" else "facilitator"
    return ScenarioPage(service.again(recipe), version, locked=form.lock, keeps_people=form.people or not form.text)


def _redraw(service: ScenarioService, recipe: Recipe, form: StepForm) -> ScenarioPage:
    plan = stages_of(recipe.request)
    result = service.redraw(recipe, Redraw(tuple(form.lock), form.people, random_seed(), form.difficulty))
    slots = {plan[number - 1][0] for number in form.lock}
    locked = [each.number for each in result.scenario.stages if each.slot in slots]
    return ScenarioPage(result, locked=locked, keeps_people=form.people, done="The rest has been drawn again.")


def _twist(service: ScenarioService, recipe: Recipe, form: StepForm) -> ScenarioPage:
    numbers = tuple(number for number, _ in enumerate(stages_of(recipe.request), start=1))
    had = bool(recipe.request.has_twist)
    result = service.redraw(recipe, Redraw(numbers, True, random_seed(), has_twist=not had))
    done = "The twist has been removed." if had else "A twist has been added."
    return ScenarioPage(result, locked=(), done=done)


def _variant(service: ScenarioService, recipe: Recipe, form: StepForm) -> ScenarioPage:
    result = service.for_another_group(recipe)
    number = result.scenario.request.variant + 1
    return ScenarioPage(
        result, done=f"This is for group {number}: the same decision to make, with other people and events."
    )


def _save(service: ScenarioService, result: ScenarioWithRecipe, form: StepForm) -> Response:
    over = form.kept if form.act == "keep_over" else None
    saved = save_scenario(service.state, service.asker, result, over or None)
    masked = "&masked=true" if result.masked else ""
    return RedirectResponse(f"/scenarios/kept/{saved.scenario_id}?saved=true{masked}", 303)


ACTIONS: Mapping[str, Action] = MappingProxyType(
    {
        "words": _words,
        "facilitator": _version,
        "participant": _version,
        "redraw": _redraw,
        "twist": _twist,
        "variant": _variant,
        "keep": _words,
        "keep_over": _words,
    }
)
NEW_SCENARIO = frozenset({"redraw", "twist", "variant"})
"""Actions that result in another scenario than the saved one."""
