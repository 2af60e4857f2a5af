"""What is asked of training scenarios."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from api.scenarios.saved import NOTE_CHARS
from assistant.model.scenario import Difficulty, ScenarioRequest
from assistant.scenarios.editing.recipe import Recipe, Redraw, recipe_from
from assistant.scenarios.files.json import request_from

Word = Annotated[str, Field(max_length=100)]
Words = Annotated[str, Field(max_length=10_000)]
Seed = Annotated[int, Field(ge=0, le=1_000_000_000)]
Number = Annotated[int, Field(ge=1, le=9)]
REQUEST: JsonDict = {
    "theme": "neglect", "agencies": ["education", "social_care"], "setting": "primary_school", "age_band": "5_10",
    "difficulty": "medium", "length": "short", "aims": [], "seed": 4711, "twist": False, "variant": 0,
    "kept": {"household": "hh-01", "opening": "op-03", "dilemma": "dl-07", "pressure": "pr-02"}, "keeps_people": 4711,
}  # fmt: skip
RECIPE: JsonDict = {
    "request": REQUEST, "unlike": [], "written_by": "", "grammar": "0f1e2d3c4b5a", "fingerprint": "0f1e2d3c4b5a6978",
    "words": {"title": "Neglect: a short one", "stages": [{"number": 1, "text": "It rains.", "questions": ["What next?"]}]},
}  # fmt: skip


class RequestGiven(BaseModel):
    """What a trainer asks for; what is left out is drawn."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"theme": "neglect", "agencies": ["education", "social_care"], "age_band": "5_10"}]
        },
    )

    theme: Word
    """Ids of themes and of all the rest: ``GET /v1/scenarios/themes``."""
    agencies: Annotated[list[Word], Field(max_length=20)] = []
    """Who is in the room."""
    setting: Word | None = None
    age_band: Word | None = None
    difficulty: Word = "medium"
    length: Word = "medium"
    aims: Annotated[list[Word], Field(max_length=30)] = []
    seed: Seed | None = None
    """0 to 99999; the same seed with the same wishes gives the same scenario. Drawn unless given."""
    twist: bool | None = None
    """Whether something changes the picture; null leaves it to the difficulty."""
    variant: Annotated[int, Field(ge=0, le=100)] = 0
    kept: Annotated[dict[Word, Word], Field(max_length=20)] = {}
    """Fragments that stay: slot to id, as a recipe names them."""
    keeps_people: Seed | None = None
    """Seed whose people, place and days stay."""

    def wanted(self, seed: int) -> ScenarioRequest:
        """Returns the request, with a seed where it names none. Raises ``UsageError`` for a value that there is not."""
        named = self.model_dump(include=set(RequestGiven.model_fields))
        return request_from({**named, "seed": seed if self.seed is None else self.seed})


class DrawGiven(RequestGiven):
    """A scenario to be drawn."""

    write: bool = False
    """Let the language model of the settings tell the story; what it writes is checked."""


class StageWords(BaseModel):
    """A trainer's words in one stage; null leaves what was drawn."""

    model_config = ConfigDict(extra="forbid")

    number: Number
    text: Words | None = None
    questions: Annotated[list[Words], Field(max_length=20)] | None = None


class WordsGiven(BaseModel):
    """A trainer's words; personal details in them are masked."""

    model_config = ConfigDict(extra="forbid")

    title: Words | None = None
    stages: Annotated[list[StageWords], Field(max_length=9)] = []


class RecipeGiven(BaseModel):
    """What makes a scenario again, as the API gave it, with changed words where a trainer has some."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [RECIPE]})

    request: RequestGiven
    unlike: Annotated[list[Word], Field(max_length=300)] = []
    """First names that it may not use."""
    words: WordsGiven = WordsGiven()
    written_by: Word = ""
    grammar: Word = ""
    fingerprint: Annotated[str, Field(max_length=200)] = ""

    def recipe(self) -> Recipe:
        """Returns the recipe. Raises ``UsageError`` for a value that there is not."""
        return recipe_from(self.model_dump())


class RedrawGiven(BaseModel):
    """What of a scenario stays while the rest is drawn anew."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"recipe": RECIPE, "locked": [1, 2], "twist": True}]}
    )

    recipe: RecipeGiven
    locked: Annotated[list[Number], Field(max_length=9)] = []
    """Numbers of the stages that stay, to the letter where the people do."""
    keeps_people: bool = True
    seed: Seed | None = None
    """Of the rest; drawn unless given."""
    difficulty: Difficulty | None = None
    twist: bool | None = None

    def wanted(self, seed: int) -> Redraw:
        """Returns what stays, with a seed where none is named."""
        chosen = seed if self.seed is None else self.seed
        return Redraw(tuple(self.locked), self.keeps_people, chosen, self.difficulty, self.twist)


class CourseGiven(RequestGiven):
    """A course to be drawn: scenarios that share no part and no name."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"count": 3, "themes": ["neglect"], "length": "short"}]}
    )

    theme: Word = ""
    count: Annotated[int, Field(ge=1, le=100)]
    """How many; at most 12."""
    themes: Annotated[list[Word], Field(max_length=50)] = []
    """In turn; every theme unless named."""


class KeepGiven(BaseModel):
    """A scenario to be kept."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"recipe": RECIPE}]})

    recipe: RecipeGiven
    scenario_id: Annotated[str | None, Field(max_length=100)] = None
    """The kept scenario that it takes the place of."""


class ScenarioFeedbackGiven(BaseModel):
    """What a trainer says of a scenario after the session."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"score": 4, "note": "Stage 3 got people talking."}]}
    )

    score: Annotated[int, Field(ge=1, le=5)]
    """1 (of no use) to 5 (very useful)."""
    note: Annotated[str, Field(max_length=NOTE_CHARS)] = ""
    """Personal details in it are masked before it is kept."""
