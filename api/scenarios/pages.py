"""Scenarios for trainers: a form, the scenario with its words, locks and files, and a course."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from api.deps import CurrentState, rate_limited, require_role
from api.scenarios.forms import CourseForm, DrawForm, StepForm
from api.scenarios.saved import keep, own
from api.scenarios.service import Workshop, archive_of, attached, file_of, seed_drawn, workshop_for
from api.scenarios.view import Shown, course_lines, draw_form, draw_scenario
from api.web.routing import PageRoute
from api.web.templating import render, require_same_origin
from assistant.errors import UsageError
from assistant.model.people import Asker, Role
from assistant.model.saved_scenario import SavedScenario
from assistant.scenarios.editing.recipe import Made, Recipe, Redraw
from assistant.scenarios.files.sheet import Version
from assistant.scenarios.story.plot import stages_of

router = APIRouter(route_class=PageRoute)
Trainer = Annotated[Asker, Depends(require_role(Role.TRAINER))]
DrawingTrainer = Annotated[Asker, Depends(rate_limited(Role.TRAINER))]
Step = Callable[[Workshop, Recipe, StepForm], Shown]


@router.get("/scenarios")
def form(
    request: Request, state: CurrentState, asker: Trainer, theme: Annotated[str, Query(max_length=100)] = ""
) -> Response:
    """Draws the form."""
    return draw_form(request, state, asker, DrawForm(theme=theme))


@router.post("/scenarios", dependencies=[Depends(require_same_origin)])
def drawn(request: Request, state: CurrentState, asker: DrawingTrainer, given: Annotated[DrawForm, Form()]) -> Response:
    """Draws a scenario, or the form again with what is wrong."""
    wanted = given.given()
    try:
        with workshop_for(state, asker) as workshop:
            made = workshop.draw(wanted.wanted(seed_drawn()), writes=wanted.write)
    except UsageError as fault:
        return draw_form(request, state, asker, given, error=str(fault))
    return draw_scenario(request, asker, Shown(made))


@router.post("/scenarios/edit", dependencies=[Depends(require_same_origin)])
def step(request: Request, state: CurrentState, asker: DrawingTrainer, given: Annotated[StepForm, Form()]) -> Response:
    """Takes a trainer's words and wishes, and draws the scenario again."""
    recipe = given.read()
    words = given.words(recipe)
    with workshop_for(state, asker) as workshop:
        try:
            shown = STEPS[given.act](workshop, replace(recipe, words=words), given)
            if given.act.startswith("keep"):
                return _kept(workshop, shown.made, given)
        except UsageError as fault:
            made = workshop.again(recipe)
            typed = words if given.text else None
            shown = Shown(made, locked=given.lock, keeps_people=given.people, typed=typed, error=str(fault))
    is_same = bool(shown.error) or given.act not in NEW
    return draw_scenario(request, asker, replace(shown, kept=_own(state, asker, given) if is_same else None))


@router.post("/scenarios/file", dependencies=[Depends(require_same_origin)])
def file(
    request: Request,
    state: CurrentState,
    asker: DrawingTrainer,
    given: Annotated[StepForm, Form()],
    ending: Annotated[str, Query(max_length=10)],
    version: Annotated[Version, Query()] = "facilitator",
) -> Response:
    """Gives the scenario as a file, with the words in the fields of the page."""
    recipe = given.read()
    words = given.words(recipe)
    with workshop_for(state, asker) as workshop:
        try:
            return file_of(state, asker, workshop.again(replace(recipe, words=words)), ending, version)
        except UsageError as fault:
            shown = Shown(workshop.again(recipe), typed=words if given.text else None, error=str(fault))
    return draw_scenario(request, asker, replace(shown, kept=_own(state, asker, given)))


@router.post("/scenarios/set", dependencies=[Depends(require_same_origin)])
def course(
    request: Request, state: CurrentState, asker: DrawingTrainer, given: Annotated[CourseForm, Form()]
) -> Response:
    """Draws a course, or the form again with what is wrong."""
    given = given.model_copy(update={"seed": given.seed.strip() or str(seed_drawn())})
    try:
        found = _course(state, asker, given)
    except UsageError as fault:
        return draw_form(request, state, asker, given, error=str(fault), where="set")
    return render(request, "scenario_set.html", asker, given=given, lines=course_lines(found))


@router.post("/scenarios/set.zip", dependencies=[Depends(require_same_origin)])
def archive(state: CurrentState, asker: DrawingTrainer, given: Annotated[CourseForm, Form()]) -> Response:
    """Gives a course as Word files in one archive."""
    content = archive_of(_course(state, asker, given))
    return attached(content, "application/zip", f"scenarios-{given.seed.strip()}.zip")


def _own(state: CurrentState, asker: Asker, given: StepForm) -> SavedScenario | None:
    return own(state, asker, given.kept) if given.kept else None


def _course(state: CurrentState, asker: Asker, given: CourseForm) -> tuple[Made, ...]:
    wanted = given.course()
    with workshop_for(state, asker) as workshop:
        return workshop.course(wanted.wanted(seed_drawn()), wanted.count, wanted.themes)


def _words(workshop: Workshop, recipe: Recipe, given: StepForm) -> Shown:
    made = workshop.again(recipe)
    return Shown(made, locked=given.lock, keeps_people=given.people, done="Your words are in the scenario.")


def _version(workshop: Workshop, recipe: Recipe, given: StepForm) -> Shown:
    version: Version = "participant" if given.act == "participant" else "facilitator"
    return Shown(workshop.again(recipe), version, locked=given.lock, keeps_people=given.people or not given.text)


def _redraw(workshop: Workshop, recipe: Recipe, given: StepForm) -> Shown:
    plan = stages_of(recipe.request)
    made = workshop.redraw(recipe, Redraw(tuple(given.lock), given.people, seed_drawn(), given.difficulty))
    slots = {plan[number - 1][0] for number in given.lock}
    locked = [each.number for each in made.scenario.stages if each.slot in slots]
    return Shown(made, locked=locked, keeps_people=given.people, done="The rest has been drawn again.")


def _twist(workshop: Workshop, recipe: Recipe, given: StepForm) -> Shown:
    numbers = tuple(number for number, _ in enumerate(stages_of(recipe.request), start=1))
    had = bool(recipe.request.has_twist)
    made = workshop.redraw(recipe, Redraw(numbers, True, seed_drawn(), has_twist=not had))
    done = "The twist has been taken out." if had else "A twist has been added."
    return Shown(made, locked=(), done=done)


def _variant(workshop: Workshop, recipe: Recipe, given: StepForm) -> Shown:
    made = workshop.for_another_group(recipe)
    number = made.scenario.request.variant + 1
    return Shown(made, done=f"This is for group {number}: the same decision to take, with other people and events.")


def _kept(workshop: Workshop, made: Made, given: StepForm) -> Response:
    over = given.kept if given.act == "keep_over" else None
    found = keep(workshop.state, workshop.asker, made, over or None)
    masked = "&masked=true" if made.masked else ""
    return RedirectResponse(f"/scenarios/kept/{found.scenario_id}?saved=true{masked}", 303)


STEPS: Mapping[str, Step] = MappingProxyType(
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
NEW = frozenset({"redraw", "twist", "variant"})
"""Steps after which it is another scenario than the one that was kept."""
