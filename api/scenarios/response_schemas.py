"""Training scenarios as the API gives them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, WithJsonSchema

from api.scenarios.schema_examples import KEPT, MADE, OPINION
from assistant.scenarios.editing.recipe import Made, recipe_object
from assistant.scenarios.files.json import scenario_object

CitationObject = Annotated[dict[str, Any], WithJsonSchema({"type": "object", "title": "x-citation"})]
"""A citation; ``api/http/openapi.py`` puts its published schema in this place."""
NoticeObject = Annotated[dict[str, Any], WithJsonSchema({"type": "object", "title": "x-notice"})]


class RequestShown(BaseModel):
    """A request with everything filled in that was drawn."""

    theme: str
    agencies: list[str]
    setting: str | None
    age_band: str | None
    difficulty: str
    length: str
    aims: list[str]
    seed: int
    twist: bool | None
    variant: int
    kept: dict[str, str]
    keeps_people: int | None


class StageWordsShown(BaseModel):
    """A trainer's words in one stage."""

    number: int
    text: str | None
    questions: list[str] | None


class WordsShown(BaseModel):
    """A trainer's words, personal details masked."""

    title: str | None
    stages: list[StageWordsShown]


class RecipeShown(BaseModel):
    """What makes the scenario again: give it back to redraw, keep or save it, with changed words where you have some."""

    request: RequestShown
    unlike: list[str]
    words: WordsShown
    written_by: str
    grammar: str
    fingerprint: str


class PersonShown(BaseModel):
    """Somebody in the story."""

    part: str
    name: str
    role: str


class StageShown(BaseModel):
    """One dated stage."""

    number: int
    title: str
    day: str
    minutes: int
    text: str
    questions: list[str]
    expectations: list[int]
    """Numbers of those that belong to it."""
    fragments: dict[str, str]


class ExpectationShown(BaseModel):
    """What good practice looks like, in the words of one document."""

    number: int
    id: str
    title: str
    asks: str
    aims: list[str]
    strength: str
    """must, should or may; that it has no duty word; or that it is a review's finding and no duty."""
    citation: CitationObject


class PitfallShown(BaseModel):
    """What went wrong elsewhere, in the words of a learning review."""

    title: str
    strength: str
    citation: CitationObject


class OpenPointShown(BaseModel):
    """A question that the documents do not answer, on purpose."""

    asks: str
    why: str


class GapShown(BaseModel):
    """A question of good practice that the documents lack an answer to."""

    title: str
    asks: str
    reason: str


class ScenarioShown(BaseModel):
    """A fictional scenario with everything for the facilitator."""

    format: str
    version: str
    title: str
    fictional: str
    content_note: str
    setting: str
    people: list[PersonShown]
    roles: list[str]
    minutes: int
    stages: list[StageShown]
    advice: str
    expectations: list[ExpectationShown]
    pitfalls: list[PitfallShown]
    pitfalls_note: str
    not_answered_on_purpose: list[OpenPointShown]
    lacking: list[GapShown]
    notes: list[str]
    aims: list[str]
    aims_missed: list[str]
    notices: list[NoticeObject]
    request: RequestShown
    edited: list[int]
    """Numbers of the stages that hold words of a trainer or of a language model."""
    written_by: str
    grammar: str
    fingerprint: str


class ScenarioMade(BaseModel):
    """A scenario with what makes it again."""

    model_config = ConfigDict(json_schema_extra={"examples": [MADE]})

    scenario: ScenarioShown
    recipe: RecipeShown
    masked: list[str]
    """Kinds of personal detail that were masked in your words."""
    changed: list[str]
    """What is not as it was when the recipe was written: grammar, documents. Expectations are those of today."""


class CourseMade(BaseModel):
    """The scenarios of a course."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"seed": 4711, "scenarios": [MADE]}]})

    seed: int
    scenarios: list[ScenarioMade]


class OpinionShown(BaseModel):
    """Feedback of a trainer, never who gave it."""

    model_config = ConfigDict(json_schema_extra={"examples": [OPINION]})

    feedback_id: str
    theme: str
    seed: int
    score: int
    note: str
    given_on: str
    """The day, ISO."""


class KeptShown(BaseModel):
    """A scenario that you keep."""

    model_config = ConfigDict(json_schema_extra={"examples": [KEPT]})

    scenario_id: str
    title: str
    theme: str
    saved_at: datetime


class KeptNow(KeptShown):
    """A scenario that has just been kept."""

    model_config = ConfigDict(json_schema_extra={"examples": [{**KEPT, "masked": ["phone"]}]})

    masked: list[str]
    """Kinds of personal detail that were masked in your words."""


class KeptList(BaseModel):
    """The scenarios that you keep, the last saved first; at most 200."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"scenarios": [KEPT]}]})

    scenarios: list[KeptShown]


class KeptWhole(KeptShown):
    """A kept scenario, made again over the documents of today."""

    model_config = ConfigDict(json_schema_extra={"examples": [{**KEPT, "made": MADE, "feedback": [OPINION]}]})

    made: ScenarioMade
    feedback: list[OpinionShown]


class Opinions(BaseModel):
    """Feedback, the newest day first."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"feedback": [OPINION], "next_after": OPINION["feedback_id"]}]}
    )

    feedback: list[OpinionShown]
    next_after: str | None
    """Give this as ``after`` for those that follow; null at the end."""


def made_shown(made: Made) -> ScenarioMade:
    """Returns a scenario as the API gives it."""
    told = {"scenario": scenario_object(made.scenario), "recipe": recipe_object(made.recipe)}
    return ScenarioMade.model_validate({**told, "masked": list(made.masked), "changed": list(made.changed)})
