"""Recipes: everything needed to make the same scenario again, its request with every fragment and a trainer's words.

Pages and API clients pass a recipe from one step to the next, and a recipe is what is saved. It is never trusted: its
ids are looked up, and its words are screened each time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from assistant.errors import UsageError
from assistant.messages import notice
from assistant.model.scenario import Difficulty, Scenario, ScenarioRequest
from assistant.scenarios.editing.edit import Edits, apply_edits
from assistant.scenarios.files.json import request_from, request_object
from assistant.scenarios.make import ScenarioContext, make_scenario, make_set, variant_for_group
from assistant.scenarios.story.plot import fragment_keys


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything needed to make a scenario again."""

    request: ScenarioRequest
    unlike: tuple[str, ...] = ()
    """First names not to use: those of earlier scenarios of the course."""
    edits: Edits = field(default_factory=Edits)
    """The words of a trainer or of a language model; masked once screened."""
    written_by: str = ""
    """Language model that retold the story, "" for none."""
    grammar: str = ""
    fingerprint: str = ""
    """Digests of the grammar and of the documents it was last made with, "" where not known."""


@dataclass(frozen=True, slots=True)
class ScenarioWithRecipe:
    """A scenario and its recipe."""

    scenario: Scenario
    recipe: Recipe
    masked: tuple[str, ...] = ()
    """Types of personal details that were masked in a trainer's words."""
    changed: tuple[str, ...] = ()
    """What has changed since the recipe was written: grammar, documents."""


@dataclass(frozen=True, slots=True)
class Redraw:
    """What stays of a scenario, and how the rest is drawn again."""

    stages: tuple[int, ...]
    """Numbers of the stages that stay."""
    keeps_people: bool
    seed: int
    difficulty: Difficulty | None = None
    has_twist: bool | None = None
    """Difficulty and twist; None leaves them as they are."""


def with_recipe(scenario: Scenario, unlike: Sequence[str] = (), drawn: Scenario | None = None) -> ScenarioWithRecipe:
    """Returns a scenario with its recipe.

    Args:
        scenario: The scenario.
        unlike: First names that it was not allowed to use.
        drawn: The scenario before any edits; the scenario itself by default.
    """
    request = replace(scenario.request, kept=scenario.fragments, keeps_people=scenario.request.people_seed)
    words = _edits_of(drawn or scenario, scenario)
    recipe = Recipe(request, tuple(unlike), words, scenario.written_by, scenario.grammar, scenario.fingerprint)
    return ScenarioWithRecipe(scenario, recipe)


def remake(recipe: Recipe, context: ScenarioContext) -> ScenarioWithRecipe:
    """Returns the scenario of a recipe, with expectations looked up and verified in today's documents.

    Raises:
        UsageError: It names something that does not exist, or its words are not allowed.
        TooClose: It is too close to an indexed learning review.
    """
    drawn = make_scenario(recipe.request, context, (), recipe.unlike)
    edited = apply_edits(drawn, recipe.edits, context)
    scenario = edited.scenario
    if recipe.written_by and scenario.edited:
        by_model = notice("story_written", model=recipe.written_by)
        scenario = replace(scenario, written_by=recipe.written_by, notices=(*scenario.notices, by_model))
    digests = {"grammar": (recipe.grammar, scenario.grammar), "documents": (recipe.fingerprint, scenario.fingerprint)}
    changed = tuple(name for name, (before, now) in digests.items() if before and before != now)
    return replace(with_recipe(scenario, recipe.unlike, drawn), masked=edited.masked, changed=changed)


def redraw(first: ScenarioWithRecipe, choice: Redraw, context: ScenarioContext) -> ScenarioWithRecipe:
    """Returns a scenario with some stages as they were and the rest drawn again from other fragments.

    Where the people stay, kept stages stay word for word. Where they do not, the same things happen to other people.

    Raises:
        UsageError: A kept stage contains a trainer's words, which name people that do not stay.
    """
    own = {*first.recipe.edits.texts, *first.recipe.edits.questions} & set(choice.stages)
    if own and not choice.keeps_people:
        raise UsageError(
            f"Stage {min(own)} contains your own words about these people. Keep the people as well, or do not keep the stage."
        )
    request = request_keeping(first.scenario, choice.stages, choice.seed, keeps_people=choice.keeps_people)
    if choice.difficulty is not None:
        request = replace(request, difficulty=choice.difficulty)
    if choice.has_twist is not None:
        request = replace(request, has_twist=choice.has_twist)
    drawn = make_scenario(
        request, context, fragment_keys(first.scenario.fragments) - fragment_keys(request.kept), first.recipe.unlike
    )
    if not choice.keeps_people:
        return with_recipe(drawn, first.recipe.unlike)
    edited = apply_edits(drawn, _locked_edits(first, choice.stages, drawn), context)
    return replace(with_recipe(edited.scenario, first.recipe.unlike, drawn), masked=edited.masked)


def request_keeping(scenario: Scenario, stages: tuple[int, ...], seed: int, *, keeps_people: bool) -> ScenarioRequest:
    """Returns the request that draws a scenario again and keeps some of its stages.

    Args:
        scenario: The scenario.
        stages: Numbers of the stages that stay.
        seed: Seed of the rest.
        keeps_people: Whether people, place and days stay as well.
    """
    kept = {slot: name for stage in scenario.stages if stage.number in stages for slot, name in stage.fragments.items()}
    people = scenario.request.people_seed if keeps_people else None
    return replace(scenario.request, seed=seed, kept=kept, keeps_people=people)


def for_another_group(first: ScenarioWithRecipe, context: ScenarioContext) -> ScenarioWithRecipe:
    """Returns the scenario for the next group: the same decision to make, with other people, place, days and events."""
    scenario = first.scenario
    unlike = (*first.recipe.unlike, *(each.name for each in scenario.people))
    variant = variant_for_group(scenario, scenario.request.variant + 1, context, first.recipe.unlike)
    return with_recipe(variant, unlike)


def course(
    request: ScenarioRequest, count: int, themes: Sequence[str], context: ScenarioContext
) -> Iterator[ScenarioWithRecipe]:
    """Yields the scenarios of a course, each with its recipe; see ``make_set``."""
    unlike: tuple[str, ...] = ()
    for scenario in make_set(request, count, themes, context):
        yield with_recipe(scenario, unlike)
        unlike = (*unlike, *(each.name for each in scenario.people))


def _locked_edits(first: ScenarioWithRecipe, numbers: Sequence[int], drawn: Scenario) -> Edits:
    """Returns the edits that keep stages as they were, by their numbers in the redrawn scenario."""
    new = {each.slot: each for each in drawn.stages}
    stages = [(each, new[each.slot]) for each in first.scenario.stages if each.number in numbers and each.slot in new]
    return Edits(
        first.recipe.edits.title,
        {now.number: was.text for was, now in stages if was.text != now.text},
        {now.number: was.questions for was, now in stages if was.questions != now.questions},
    )


def _edits_of(drawn: Scenario, scenario: Scenario) -> Edits:
    stages = tuple(zip(drawn.stages, scenario.stages, strict=True))
    return Edits(
        scenario.title if scenario.title != drawn.title else None,
        {now.number: now.text for was, now in stages if was.text != now.text},
        {now.number: now.questions for was, now in stages if was.questions != now.questions},
    )


def recipe_object(recipe: Recipe) -> dict[str, Any]:
    """Returns a recipe as JSON values."""
    words = recipe.edits
    numbers = sorted({*words.texts, *words.questions})
    stages = [{"number": n, "text": words.texts.get(n), "questions": _listed(words.questions.get(n))} for n in numbers]
    return {
        "request": request_object(recipe.request),
        "unlike": list(recipe.unlike),
        "words": {"title": words.title, "stages": stages},
        "written_by": recipe.written_by,
        "grammar": recipe.grammar,
        "fingerprint": recipe.fingerprint,
    }


def recipe_from(values: Mapping[str, Any]) -> Recipe:
    """Returns the recipe from JSON values.

    Raises:
        UsageError: A value is invalid.
    """
    try:
        words = values.get("words") or {}
        stages = words.get("stages") or ()
        edits = Edits(
            words.get("title"),
            {int(each["number"]): str(each["text"]) for each in stages if each.get("text") is not None},
            {int(e["number"]): tuple(map(str, e["questions"])) for e in stages if e.get("questions") is not None},
        )
        rest = {name: str(values.get(name) or "") for name in ("written_by", "grammar", "fingerprint")}
        unlike = tuple(name for name in map(str, values.get("unlike") or ()) if name)
        return Recipe(request_from(values["request"]), unlike, edits, **rest)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UsageError(f"The recipe of the scenario is invalid: {error}.") from None


def _listed(questions: Sequence[str] | None) -> list[str] | None:
    return None if questions is None else list(questions)
