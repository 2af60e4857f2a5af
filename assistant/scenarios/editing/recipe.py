"""What makes a scenario again, to the letter: its request with every fragment named, and a trainer's words.

A page or a program carries a recipe from one step to the next, and a recipe is what is kept. It is never trusted: what it
names is looked up, and its words are screened each time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from assistant.errors import UsageError
from assistant.messages import notice
from assistant.model.scenario import Difficulty, Scenario, ScenarioRequest
from assistant.scenarios.editing.edit import Edits, edited
from assistant.scenarios.files.json import locked, request_from, request_object
from assistant.scenarios.make import Maker, make, make_set, variant_of
from assistant.scenarios.story.plot import used


@dataclass(frozen=True, slots=True)
class Recipe:
    """What makes a scenario again."""

    request: ScenarioRequest
    unlike: tuple[str, ...] = ()
    """First names that it may not use: those of the scenarios before it."""
    words: Edits = field(default_factory=Edits)
    """A trainer's, or those of a language model; masked once they were screened."""
    written_by: str = ""
    """Language model that told the story, "" for none."""
    grammar: str = ""
    fingerprint: str = ""
    """Grammar and documents that it was last made with, "" where that is not known."""


@dataclass(frozen=True, slots=True)
class Made:
    """A scenario with what makes it again."""

    scenario: Scenario
    recipe: Recipe
    masked: tuple[str, ...] = ()
    """Kinds of personal detail that were masked in a trainer's words."""
    changed: tuple[str, ...] = ()
    """What is not as it was when the recipe was written: grammar, documents."""


@dataclass(frozen=True, slots=True)
class Redraw:
    """What of a scenario stays, and what the rest is drawn with."""

    numbers: tuple[int, ...]
    """Stages that stay."""
    keeps_people: bool
    seed: int
    difficulty: Difficulty | None = None
    has_twist: bool | None = None
    """As they are where None."""


def made_of(scenario: Scenario, unlike: Sequence[str] = (), drawn: Scenario | None = None) -> Made:
    """Returns a scenario with its recipe.

    Args:
        scenario: The scenario.
        unlike: First names that it was not to use.
        drawn: The scenario before anybody wrote into it; itself unless given.
    """
    request = replace(scenario.request, kept=scenario.fragments, keeps_people=scenario.request.people_seed)
    words = _words(drawn or scenario, scenario)
    recipe = Recipe(request, tuple(unlike), words, scenario.written_by, scenario.grammar, scenario.fingerprint)
    return Made(scenario, recipe)


def made_again(recipe: Recipe, maker: Maker) -> Made:
    """Returns the scenario of a recipe, with expectations looked up and verified in the documents of today.

    Raises:
        UsageError: It names what there is not, or its words cannot stand.
        TooClose: It stands too close to an indexed learning review.
    """
    drawn = make(recipe.request, maker, (), recipe.unlike)
    found = edited(drawn, recipe.words, maker)
    scenario = found.scenario
    if recipe.written_by and scenario.edited:
        told = notice("story_written", model=recipe.written_by)
        scenario = replace(scenario, written_by=recipe.written_by, notices=(*scenario.notices, told))
    was = {"grammar": (recipe.grammar, scenario.grammar), "documents": (recipe.fingerprint, scenario.fingerprint)}
    changed = tuple(name for name, (before, now) in was.items() if before and before != now)
    return replace(made_of(scenario, recipe.unlike, drawn), masked=found.masked, changed=changed)


def drawn_anew(first: Made, wanted: Redraw, maker: Maker) -> Made:
    """Returns a scenario with some stages as they were and the rest drawn anew, from other parts.

    Where the people stay, stages that stay do so to the letter. Where they do not, the same things happen to others.

    Raises:
        UsageError: A stage that stays holds somebody's own words, which name people that do not stay.
    """
    own = {*first.recipe.words.texts, *first.recipe.words.questions} & set(wanted.numbers)
    if own and not wanted.keeps_people:
        raise UsageError(
            f"Stage {min(own)} holds words of your own about these people. Let the people stay too, or let the stage go."
        )
    request = locked(first.scenario, wanted.numbers, wanted.seed, keeps_people=wanted.keeps_people)
    if wanted.difficulty is not None:
        request = replace(request, difficulty=wanted.difficulty)
    if wanted.has_twist is not None:
        request = replace(request, has_twist=wanted.has_twist)
    drawn = make(request, maker, used(first.scenario.fragments) - used(request.kept), first.recipe.unlike)
    if not wanted.keeps_people:
        return made_of(drawn, first.recipe.unlike)
    found = edited(drawn, _held(first, wanted.numbers, drawn), maker)
    return replace(made_of(found.scenario, first.recipe.unlike, drawn), masked=found.masked)


def for_another_group(first: Made, maker: Maker) -> Made:
    """Returns the scenario for the next group: the same decision to take, with other people, place, days and events."""
    scenario = first.scenario
    unlike = (*first.recipe.unlike, *(each.name for each in scenario.people))
    found = variant_of(scenario, scenario.request.variant + 1, maker, first.recipe.unlike)
    return made_of(found, unlike)


def course(request: ScenarioRequest, count: int, themes: Sequence[str], maker: Maker) -> Iterator[Made]:
    """Yields the scenarios of a course; see ``make_set``."""
    unlike: tuple[str, ...] = ()
    for scenario in make_set(request, count, themes, maker):
        yield made_of(scenario, unlike)
        unlike = (*unlike, *(each.name for each in scenario.people))


def _held(first: Made, numbers: Sequence[int], drawn: Scenario) -> Edits:
    """Returns the words that keep stages as they were, by their numbers in the scenario drawn anew."""
    new = {each.slot: each for each in drawn.stages}
    stages = [(each, new[each.slot]) for each in first.scenario.stages if each.number in numbers and each.slot in new]
    return Edits(
        first.recipe.words.title,
        {now.number: was.text for was, now in stages if was.text != now.text},
        {now.number: was.questions for was, now in stages if was.questions != now.questions},
    )


def _words(drawn: Scenario, scenario: Scenario) -> Edits:
    stages = tuple(zip(drawn.stages, scenario.stages, strict=True))
    return Edits(
        scenario.title if scenario.title != drawn.title else None,
        {now.number: now.text for was, now in stages if was.text != now.text},
        {now.number: now.questions for was, now in stages if was.questions != now.questions},
    )


def recipe_object(recipe: Recipe) -> dict[str, Any]:
    """Returns a recipe as JSON values."""
    words = recipe.words
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


def recipe_from(found: Mapping[str, Any]) -> Recipe:
    """Returns the recipe of JSON values.

    Raises:
        UsageError: A value is none of those there are.
    """
    try:
        words = found.get("words") or {}
        stages = words.get("stages") or ()
        edits = Edits(
            words.get("title"),
            {int(each["number"]): str(each["text"]) for each in stages if each.get("text") is not None},
            {int(e["number"]): tuple(map(str, e["questions"])) for e in stages if e.get("questions") is not None},
        )
        rest = {name: str(found.get(name) or "") for name in ("written_by", "grammar", "fingerprint")}
        unlike = tuple(map(str, found.get("unlike") or ()))
        return Recipe(request_from(found["request"]), unlike, edits, **rest)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UsageError(f"The recipe of the scenario is not right: {error}.") from None


def _listed(questions: Sequence[str] | None) -> list[str] | None:
    return None if questions is None else list(questions)
