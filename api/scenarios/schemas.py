"""Schemas of the scenarios API: choices, requests and responses."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from api.http.schemas import RequestModel
from api.scenarios.saved import NOTE_CHARS
from api.scenarios.schema_examples import CHOICES, KEPT, MADE, OPINION, RECIPE
from assistant.model.scenario import Difficulty, ScenarioRequest
from assistant.outcomes.view import CitationView, NoticeView
from assistant.scenarios.editing.recipe import Recipe, Redraw, ScenarioWithRecipe, recipe_from, recipe_object
from assistant.scenarios.files.json import request_from, scenario_object

Word = Annotated[str, Field(max_length=100)]
Id = Annotated[str, Field(min_length=1, max_length=100)]
"""A word of a list, where an empty one means nothing."""
Words = Annotated[str, Field(max_length=10_000)]
Seed = Annotated[int, Field(ge=0, le=1_000_000_000)]
Number = Annotated[int, Field(ge=1, le=9)]


class ThemeChoiceResponse(BaseModel):
    """A theme."""

    id: str
    title: str
    about: str
    age_bands: list[str]
    settings: list[str]
    aims: list[str]


class AgencyChoiceResponse(BaseModel):
    """An agency that may be in the room."""

    id: str
    title: str
    age_bands: list[str]


class SettingChoiceResponse(BaseModel):
    """A setting where the concern may come to light."""

    id: str
    title: str
    agency: str
    age_bands: list[str]


class AimChoiceResponse(BaseModel):
    """A learning aim."""

    id: str
    title: str


class ScenarioChoicesResponse(BaseModel):
    """The choices for a scenario."""

    model_config = ConfigDict(json_schema_extra={"examples": [CHOICES]})

    themes: list[ThemeChoiceResponse]
    agencies: list[AgencyChoiceResponse]
    settings: list[SettingChoiceResponse]
    aims: list[AimChoiceResponse]
    difficulties: list[str]
    lengths: list[str]
    grammar: str
    """Digest of the grammar; with another value, the same seed gives other stories."""


class ScenarioOptionsRequest(RequestModel):
    """Choices for a scenario; anything left out is drawn."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"theme": "neglect", "agencies": ["education", "social_care"], "age_band": "5_10"}]
        },
    )

    theme: Word
    """Theme id; see ``GET /v1/scenarios/themes`` for all ids."""
    agencies: Annotated[list[Id], Field(max_length=20)] = []
    """Agencies in the room."""
    setting: Word | None = None
    age_band: Word | None = None
    difficulty: Word = "medium"
    length: Word = "medium"
    aims: Annotated[list[Id], Field(max_length=30)] = []
    seed: Seed | None = None
    """0 to 9999; the same seed and choices give the same scenario. Random by default."""
    twist: bool | None = None
    """Whether there is a twist; null leaves it to the difficulty."""
    variant: Annotated[int, Field(ge=0, le=100)] = 0
    kept: Annotated[dict[Id, Id], Field(max_length=20)] = {}
    """Fragments to keep: slot to fragment id, as in a recipe."""
    keeps_people: Seed | None = None
    """Seed whose people, place and days to keep."""

    def scenario_request(self, seed: int) -> ScenarioRequest:
        """Returns the request, with this seed where it has none. Raises ``UsageError`` for an unknown value."""
        fields = self.model_dump(include=set(ScenarioOptionsRequest.model_fields))
        return request_from({**fields, "seed": seed if self.seed is None else self.seed})


class DrawRequest(ScenarioOptionsRequest):
    """A scenario to draw."""

    write: bool = False
    """Let the configured language model retell the story; its text is checked."""


class StageWordsRequest(RequestModel):
    """A trainer's edits to one stage; null leaves the drawn text."""

    model_config = ConfigDict(extra="forbid")

    number: Number
    text: Words | None = None
    questions: Annotated[list[Annotated[Words, Field(min_length=1)]], Field(max_length=20)] | None = None


class WordsRequest(RequestModel):
    """A trainer's edits; personal details in them are masked."""

    model_config = ConfigDict(extra="forbid")

    title: Words | None = None
    stages: Annotated[list[StageWordsRequest], Field(max_length=9)] = []


class RecipeRequest(RequestModel):
    """A recipe as returned by the API, with a trainer's edits."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [RECIPE]})

    request: ScenarioOptionsRequest
    unlike: Annotated[list[Id], Field(max_length=300)] = []
    """First names not to use."""
    words: WordsRequest = WordsRequest()
    written_by: Word = ""
    grammar: Word = ""
    fingerprint: Annotated[str, Field(max_length=200)] = ""

    def recipe(self) -> Recipe:
        """Returns the recipe. Raises ``UsageError`` for an unknown value."""
        return recipe_from(self.model_dump())


class RedrawRequest(RequestModel):
    """What to keep of a scenario while the rest is drawn again."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"recipe": RECIPE, "locked": [1, 2], "twist": True}]}
    )

    recipe: RecipeRequest
    locked: Annotated[list[Number], Field(max_length=9)] = []
    """Numbers of the stages to keep; word for word where the people are kept too."""
    keeps_people: bool = True
    seed: Seed | None = None
    """Seed of the rest; random by default."""
    difficulty: Difficulty | None = None
    twist: bool | None = None

    def scenario_request(self, seed: int) -> Redraw:
        """Returns what to keep, with this seed where the request has none."""
        chosen = seed if self.seed is None else self.seed
        return Redraw(tuple(self.locked), self.keeps_people, chosen, self.difficulty, self.twist)


class CourseRequest(ScenarioOptionsRequest):
    """A course to draw: scenarios that share no fragment and no name."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"count": 3, "themes": ["neglect"], "length": "short"}]}
    )

    theme: Word = ""
    count: Annotated[int, Field(ge=1, le=100)]
    """Number of scenarios, at most 12."""
    themes: Annotated[list[Id], Field(max_length=50)] = []
    """Themes, taken in turn; all themes by default."""


class SaveScenarioRequest(RequestModel):
    """A scenario to save."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"recipe": RECIPE}]})

    recipe: RecipeRequest
    scenario_id: Annotated[str | None, Field(max_length=100)] = None
    """Id of the saved scenario to replace."""


class ScenarioFeedbackRequest(RequestModel):
    """A trainer's feedback on a scenario after the session."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"score": 4, "note": "Stage 3 got people talking."}]}
    )

    score: Annotated[int, Field(ge=1, le=5)]
    """1 (of no use) to 5 (very useful)."""
    note: Annotated[str, Field(max_length=NOTE_CHARS)] = ""
    """Personal details in it are masked before it is stored."""


class ScenarioOptionsResponse(BaseModel):
    """The choices of a scenario, with everything that was drawn filled in."""

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


class StageWordsResponse(BaseModel):
    """A trainer's edits to one stage."""

    number: int
    text: str | None
    questions: list[str] | None


class WordsResponse(BaseModel):
    """A trainer's edits, personal details masked."""

    title: str | None
    stages: list[StageWordsResponse]


class RecipeResponse(BaseModel):
    """The recipe of a scenario: send it back, with edits if you like, to redraw, save or download the scenario."""

    request: ScenarioOptionsResponse
    unlike: list[str]
    words: WordsResponse
    written_by: str
    grammar: str
    fingerprint: str


class PersonResponse(BaseModel):
    """A person in the story."""

    part: str
    name: str
    role: str


class StageResponse(BaseModel):
    """One dated stage."""

    number: int
    title: str
    day: str
    minutes: int
    text: str
    questions: list[str]
    expectations: list[int]
    """Numbers of the expectations of this stage."""
    fragments: dict[str, str]


class ExpectationResponse(BaseModel):
    """Good practice in the words of one document."""

    number: int
    id: str
    title: str
    asks: str
    aims: list[str]
    strength: str
    """must, should or may; or a note that the quote has no duty word or is a review's finding."""
    citation: CitationView


class PitfallResponse(BaseModel):
    """A mistake made elsewhere, in the words of a learning review."""

    title: str
    strength: str
    citation: CitationView


class OpenPointResponse(BaseModel):
    """A question that the documents are not expected to answer."""

    asks: str
    why: str


class GapResponse(BaseModel):
    """A question of good practice that the documents do not answer."""

    title: str
    asks: str
    reason: str


class ScenarioResponse(BaseModel):
    """A fictional scenario, in the facilitator's version."""

    format: str
    version: str
    title: str
    fictional: str
    content_note: str
    setting: str
    people: list[PersonResponse]
    roles: list[str]
    minutes: int
    stages: list[StageResponse]
    advice: str
    expectations: list[ExpectationResponse]
    pitfalls: list[PitfallResponse]
    pitfalls_note: str
    not_answered_on_purpose: list[OpenPointResponse]
    lacking: list[GapResponse]
    notes: list[str]
    aims: list[str]
    aims_missed: list[str]
    notices: list[NoticeView]
    request: ScenarioOptionsResponse
    edited: list[int]
    """Numbers of the stages with the words of a trainer or of a language model."""
    written_by: str
    grammar: str
    fingerprint: str


class ScenarioWithRecipeResponse(BaseModel):
    """A scenario with its recipe."""

    model_config = ConfigDict(json_schema_extra={"examples": [MADE]})

    scenario: ScenarioResponse
    recipe: RecipeResponse
    masked: list[str]
    """Types of personal details that were masked in your edits."""
    changed: list[str]
    """What has changed since the recipe was written: grammar, documents. Expectations are always current."""


class CourseResponse(BaseModel):
    """The scenarios of a course."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"seed": 4711, "scenarios": [MADE]}]})

    seed: int
    scenarios: list[ScenarioWithRecipeResponse]


class ScenarioFeedbackResponse(BaseModel):
    """A trainer's feedback, without their identity."""

    model_config = ConfigDict(json_schema_extra={"examples": [OPINION]})

    feedback_id: str
    theme: str
    seed: int
    score: int
    note: str
    given_on: str
    """The day, ISO."""


class SavedScenarioResponse(BaseModel):
    """A saved scenario."""

    model_config = ConfigDict(json_schema_extra={"examples": [KEPT]})

    scenario_id: str
    title: str
    theme: str
    saved_at: datetime


class SaveScenarioResponse(SavedScenarioResponse):
    """A scenario that has just been saved."""

    model_config = ConfigDict(json_schema_extra={"examples": [{**KEPT, "masked": ["phone"]}]})

    masked: list[str]
    """Types of personal details that were masked in your edits."""


class SavedScenariosResponse(BaseModel):
    """Your saved scenarios, the last saved first; at most 200."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"scenarios": [KEPT]}]})

    scenarios: list[SavedScenarioResponse]


class OpenedScenarioResponse(SavedScenarioResponse):
    """A saved scenario, made again from today's documents."""

    model_config = ConfigDict(json_schema_extra={"examples": [{**KEPT, "made": MADE, "feedback": [OPINION]}]})

    made: ScenarioWithRecipeResponse
    feedback: list[ScenarioFeedbackResponse]


class ScenarioFeedbackListResponse(BaseModel):
    """Feedback, the newest day first."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"feedback": [OPINION], "next_after": OPINION["feedback_id"]}]}
    )

    feedback: list[ScenarioFeedbackResponse]
    next_after: str | None
    """Pass this as ``after`` for the next page; null at the end."""


def scenario_response(result: ScenarioWithRecipe) -> ScenarioWithRecipeResponse:
    """Returns the API response for a scenario."""
    values = {"scenario": scenario_object(result.scenario), "recipe": recipe_object(result.recipe)}
    return ScenarioWithRecipeResponse.model_validate(
        {**values, "masked": list(result.masked), "changed": list(result.changed)}
    )
