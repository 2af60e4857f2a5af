"""Values and labels of the scenario pages."""

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
from assistant.scenarios.editing.recipe import ScenarioWithRecipe, recipe_object
from assistant.scenarios.files.json import scenario_object
from assistant.scenarios.files.sheet import Table, Version, sheet_of
from assistant.scenarios.grammar.choices import choices_object
from assistant.scenarios.story.plot import has_room_for_twist
from assistant.scenarios.story.tell import usual_minutes

BANDS: Mapping[str, str] = MappingProxyType(
    {"under_1": "Under 1", "1_4": "1 to 4", "5_10": "5 to 10", "11_15": "11 to 15", "16_17": "16 and 17"}
)
LEVELS: Mapping[str, str] = MappingProxyType(
    {"easy": "Easy: clear signs", "medium": "Medium", "hard": "Hard: ambiguous signs"}
)
LENGTHS: Mapping[str, str] = MappingProxyType(
    {each.value: f"{each.value.capitalize()}: about {5 * round(usual_minutes(each) / 5)} minutes" for each in Length}
)
TWISTS: Mapping[str, str] = MappingProxyType(
    {"": "Depends on the difficulty (hard scenarios have one)", "yes": "Yes", "no": "No"}
)
FILES: Mapping[str, str] = MappingProxyType({"docx": "Word", "pdf": "PDF", "md": "Markdown", "json": "JSON"})
CHANGED: Mapping[str, str] = MappingProxyType(
    {
        "grammar": "The story fragments have changed since this was saved: wording that you did not write may differ.",
        "documents": "The documents have changed since this was saved: good practice was looked up in them again.",
    }
)
COURSE = 4
"""Default number of scenarios in a course."""
SHARED: Mapping[str, object] = MappingProxyType(
    {"BANDS": BANDS, "LEVELS": LEVELS, "LENGTHS": LENGTHS, "TWISTS": TWISTS}
)


@dataclass(frozen=True, slots=True)
class ScenarioPage:
    """Everything on the page of a scenario."""

    result: ScenarioWithRecipe
    version: Version = "facilitator"
    saved: SavedScenario | None = None
    feedback: Sequence[ScenarioFeedback] = ()
    locked: Sequence[int] = ()
    keeps_people: bool = True
    typed: Edits | None = None
    """Rejected edits, shown again with the error."""
    error: str = ""
    done: str = ""


def draw_scenario(request: Request, asker: Asker, page: ScenarioPage) -> Response:
    """Renders the page of a scenario."""
    scenario, status = page.result.scenario, 422 if page.error else 200
    values = scenario_object(scenario, "facilitator")
    masked = [DETAILS.get(each, each) for each in page.result.masked]
    more = {
        "page": page, "scenario":  values, "recipe": json.dumps(recipe_object(page.result.recipe), ensure_ascii=False),
        "masked": masked, "changed": [CHANGED[each] for each in page.result.changed], "tables": _tables(scenario),
        "texts": _texts(scenario, page.typed), "files": FILES, "first_stage": _first_stages(values),
        "most": {"title": TITLE_CHARS, "text": TEXT_CHARS, "question": QUESTION_CHARS, "questions": MOST_QUESTIONS},
        "has_groups_left": scenario.request.variant + 1 < MOST_GROUPS, "title": _title(page),
        "has_room": has_room_for_twist(scenario.request.length),
    }  # fmt: skip
    return render(request, "scenario.html", asker, status, **SHARED, **more)


def draw_form(
    request: Request, state: State, asker: Asker, given: DrawForm, error: str = "", where: str = ""
) -> Response:
    """Renders the forms for a scenario and a course; without a theme, the choice of themes."""
    choices = choices_object(state.assistant.grammar)
    theme = next((each for each in choices["themes"] if each["id"] == given.theme), None)
    saved = len(state.assistant.scenario_store.scenarios(asker.user_id))
    more = {
        "offered": choices, "theme": theme, "given": given, "saved": saved, "error": error, "where": where,
        "fitting": _fitting(choices, theme) if theme else {}, "longest_course": LONGEST_COURSE, "last_seed": MOST_SEEDS - 1,
        "count": given.count if isinstance(given, CourseForm) else COURSE,
        "themes": given.themes if isinstance(given, CourseForm) else [],
    }  # fmt: skip
    return render(request, "scenarios.html", asker, 422 if error else 200, **SHARED, **more)


def course_lines(course: Sequence[ScenarioWithRecipe]) -> list[tuple[Scenario, str]]:
    """Returns each scenario of a course with its recipe as JSON."""
    return [(each.scenario, json.dumps(recipe_object(each.recipe), ensure_ascii=False)) for each in course]


def _fitting(choices: Mapping[str, Any], theme: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the choices that fit a theme: agencies, settings by agency, and aims."""
    bands = set(theme["age_bands"])
    agencies = [each for each in choices["agencies"] if bands & set(each["age_bands"])]
    settings = [each for each in choices["settings"] if each["id"] in theme["settings"]]
    return {
        "agencies": agencies,
        "settings": [
            (agency["title"], own)
            for agency in agencies
            if (own := [each for each in settings if each["agency"] == agency["id"]])
        ],
        "aims": [each for each in choices["aims"] if each["id"] in theme["aims"]],
    }


def _title(page: ScenarioPage) -> str:
    typed = page.typed.title if page.typed else None
    return page.result.scenario.title if typed is None else typed


def _texts(scenario: Scenario, typed: Edits | None) -> dict[int, tuple[str, str]]:
    """Returns the field values of each stage: its text, and its questions, one per line."""
    edits = typed or Edits()
    return {
        each.number: (
            edits.texts.get(each.number, each.text),
            "\n".join(edits.questions.get(each.number, each.questions)),
        )
        for each in scenario.stages
    }


def _first_stages(values: Mapping[str, Any]) -> dict[int, int]:
    """Returns the first stage of each expectation, where it is shown in full."""
    first_stages: dict[int, int] = {}
    for stage in values["stages"]:
        for number in stage["expectations"]:
            first_stages.setdefault(number, stage["number"])
    return first_stages


def _tables(scenario: Scenario) -> dict[str, Table]:
    """Returns the timing and marking key tables of the facilitator's sheet, by their first header cell."""
    return {block.head[0]: block for block in sheet_of(scenario, "facilitator") if isinstance(block, Table)}
