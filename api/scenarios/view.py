"""What the pages of scenarios show, and how they call things."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from fastapi import Request, Response

from api.scenarios.forms import CourseForm, DrawForm
from api.scenarios.service import LONGEST_COURSE, MOST_GROUPS
from api.state import State
from api.web.templating import render
from assistant.messages import DETAILS
from assistant.model.people import Asker
from assistant.model.saved_scenario import SavedScenario, ScenarioFeedback
from assistant.model.scenario import MOST_SEEDS, Length, Scenario
from assistant.scenarios.editing.edit import MOST_QUESTIONS, QUESTION_CHARS, TEXT_CHARS, TITLE_CHARS, Edits
from assistant.scenarios.editing.recipe import Made, recipe_object
from assistant.scenarios.files.json import scenario_object
from assistant.scenarios.files.sheet import Table, Version, sheet_of
from assistant.scenarios.grammar.choices import offered_object
from assistant.scenarios.story.plot import has_room
from assistant.scenarios.story.tell import usual_minutes

BANDS: Mapping[str, str] = MappingProxyType(
    {"under_1": "Under 1", "1_4": "1 to 4", "5_10": "5 to 10", "11_15": "11 to 15", "16_17": "16 and 17"}
)
LEVELS: Mapping[str, str] = MappingProxyType(
    {"easy": "Easy: a clear picture", "medium": "Medium", "hard": "Hard: signs that can be read in two ways"}
)
LENGTHS: Mapping[str, str] = MappingProxyType(
    {each.value: f"{each.value.capitalize()}: about {5 * round(usual_minutes(each) / 5)} minutes" for each in Length}
)
TWISTS: Mapping[str, str] = MappingProxyType(
    {"": "As the difficulty goes (hard ones have one)", "yes": "Yes", "no": "No"}
)
FILES: Mapping[str, str] = MappingProxyType({"docx": "Word", "pdf": "PDF", "md": "Markdown", "json": "JSON"})
CHANGED: Mapping[str, str] = MappingProxyType(
    {
        "grammar": "The prepared parts of stories have changed since this was saved: wording that is not yours may differ.",
        "documents": "The documents have changed since this was saved: what good practice looks like was looked up in them "
        "again.",
    }
)
COURSE = 4
"""Scenarios of a course unless another number is chosen."""
SHARED: Mapping[str, object] = MappingProxyType(
    {"BANDS": BANDS, "LEVELS": LEVELS, "LENGTHS": LENGTHS, "TWISTS": TWISTS}
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A scenario with what stands around it on its page."""

    made: Made
    version: Version = "facilitator"
    kept: SavedScenario | None = None
    feedback: Sequence[ScenarioFeedback] = ()
    locked: Sequence[int] = ()
    keeps_people: bool = True
    typed: Edits | None = None
    """Words that could not stand; shown again with what is wrong."""
    error: str = ""
    done: str = ""


def draw_scenario(request: Request, asker: Asker, shown: Shown) -> Response:
    """Draws the page of a scenario."""
    scenario, status = shown.made.scenario, 422 if shown.error else 200
    told = scenario_object(scenario, "facilitator")
    masked = [DETAILS.get(each, each) for each in shown.made.masked]
    more = {
        "shown": shown, "scenario": told, "recipe": json.dumps(recipe_object(shown.made.recipe), ensure_ascii=False),
        "masked": masked, "changed": [CHANGED[each] for each in shown.made.changed], "tables": _tables(scenario),
        "texts": _texts(scenario, shown.typed), "files": FILES, "first_stage": _first_stages(told),
        "most": {"title": TITLE_CHARS, "text": TEXT_CHARS, "question": QUESTION_CHARS, "questions": MOST_QUESTIONS},
        "has_groups_left": scenario.request.variant + 1 < MOST_GROUPS, "title": _title(shown),
        "has_room": has_room(scenario.request.length),
    }  # fmt: skip
    return render(request, "scenario.html", asker, status, **SHARED, **more)


def draw_form(
    request: Request, state: State, asker: Asker, given: DrawForm, error: str = "", where: str = ""
) -> Response:
    """Draws the form for a scenario and for a course; without a theme, the themes to choose from."""
    offered = offered_object(state.assistant.grammar)
    theme = next((each for each in offered["themes"] if each["id"] == given.theme), None)
    kept = len(state.assistant.scenario_store.scenarios(asker.user_id))
    more = {
        "offered": offered, "theme": theme, "given": given, "kept": kept, "error": error, "where": where,
        "fitting": _fitting(offered, theme) if theme else {}, "longest_course": LONGEST_COURSE, "last_seed": MOST_SEEDS - 1,
        "count": given.count if isinstance(given, CourseForm) else COURSE,
        "themes": given.themes if isinstance(given, CourseForm) else [],
    }  # fmt: skip
    return render(request, "scenarios.html", asker, 422 if error else 200, **SHARED, **more)


def course_lines(course: Sequence[Made]) -> list[tuple[Scenario, str]]:
    """Returns each scenario of a course with the recipe that opens it."""
    return [(each.scenario, json.dumps(recipe_object(each.recipe), ensure_ascii=False)) for each in course]


def _fitting(offered: Mapping[str, Any], theme: Mapping[str, Any]) -> dict[str, Any]:
    """Returns what goes with a theme: agencies, settings by agency, and aims."""
    bands = set(theme["age_bands"])
    agencies = [each for each in offered["agencies"] if bands & set(each["age_bands"])]
    settings = [each for each in offered["settings"] if each["id"] in theme["settings"]]
    return {
        "agencies": agencies,
        "settings": [
            (agency["title"], found)
            for agency in agencies
            if (found := [each for each in settings if each["agency"] == agency["id"]])
        ],
        "aims": [each for each in offered["aims"] if each["id"] in theme["aims"]],
    }


def _title(shown: Shown) -> str:
    typed = shown.typed.title if shown.typed else None
    return shown.made.scenario.title if typed is None else typed


def _texts(scenario: Scenario, typed: Edits | None) -> dict[int, tuple[str, str]]:
    """Returns what stands in the fields of each stage: its text, and its questions, a line each."""
    edits = typed or Edits()
    return {
        each.number: (
            edits.texts.get(each.number, each.text),
            "\n".join(edits.questions.get(each.number, each.questions)),
        )
        for each in scenario.stages
    }


def _first_stages(told: Mapping[str, Any]) -> dict[int, int]:
    """Returns for each expectation the first stage that it belongs to, where it is shown whole."""
    found: dict[int, int] = {}
    for stage in told["stages"]:
        for number in stage["expectations"]:
            found.setdefault(number, stage["number"])
    return found


def _tables(scenario: Scenario) -> dict[str, Table]:
    """Returns the timing and the marking key of the facilitator's sheet, by the first word of their heads."""
    return {block.head[0]: block for block in sheet_of(scenario, "facilitator") if isinstance(block, Table)}
