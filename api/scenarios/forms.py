"""What the forms of the scenario pages carry; nothing in them is trusted."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, ValidationError

from api.http.problems import Problem
from api.scenarios.request_schemas import CourseGiven, DrawGiven, RecipeGiven
from assistant.model.scenario import Difficulty
from assistant.scenarios.editing.edit import Edits
from assistant.scenarios.editing.recipe import Recipe
from assistant.scenarios.files.sheet import Version

RECIPE_CHARS = 100_000
TWIST = {"": None, "yes": True, "no": False}
Short = Annotated[str, Field(max_length=100)]
Several = Annotated[list[Short], Field(max_length=50)]
Act = Literal["words", "facilitator", "participant", "redraw", "twist", "variant", "keep", "keep_over"]


class DrawForm(BaseModel):
    """What a scenario is to be; what is left empty is drawn."""

    theme: Short = ""
    agency: Several = []
    setting: Short = ""
    age_band: Short = ""
    difficulty: Short = "medium"
    length: Short = "medium"
    aim: Several = []
    twist: Literal["", "yes", "no"] = ""
    seed: Annotated[str, Field(max_length=9, pattern=r"^\s*\d*\s*$")] = ""
    write: bool = False

    def named(self) -> dict[str, Any]:
        """Returns the fields of a request."""
        return {
            "theme": self.theme, "agencies": self.agency, "setting": self.setting or None,
            "age_band": self.age_band or None, "difficulty": self.difficulty, "length": self.length, "aims": self.aim,
            "twist": TWIST[self.twist], "seed": int(self.seed) if self.seed.strip() else None,
        }  # fmt: skip

    def given(self) -> DrawGiven:
        """Returns what is asked for."""
        return DrawGiven(**self.named(), write=self.write)


class CourseForm(DrawForm):
    """What a course is to be."""

    themes: Several = []
    count: Annotated[int, Field(ge=1, le=100)] = 4

    def course(self) -> CourseGiven:
        """Returns what is asked for."""
        return CourseGiven(**self.named(), count=self.count, themes=self.themes)


class StepForm(BaseModel):
    """A scenario with the trainer's words and wishes."""

    recipe: Annotated[str, Field(max_length=RECIPE_CHARS)]
    act: Act = "words"
    title: Annotated[str | None, Field(max_length=2_000)] = None
    text: Annotated[list[str], Field(max_length=9)] = []
    """Of each stage in order; none where the page has no fields for them."""
    questions: Annotated[list[str], Field(max_length=9)] = []
    """Of each stage, a line each."""
    lock: Annotated[list[int], Field(max_length=9)] = []
    people: bool = False
    difficulty: Difficulty | None = None
    version: Version = "facilitator"
    kept: Short = ""
    """Id of the kept scenario that it is."""

    def read(self) -> Recipe:
        """Returns the recipe. Raises ``Problem`` (422) for what is none, ``UsageError`` for a value that there is not."""
        try:
            return RecipeGiven.model_validate_json(self.recipe).recipe()
        except ValidationError:
            told = "What the page sent does not make a scenario. Open the page again and repeat it."
            raise Problem(422, "invalid", told) from None

    def words(self, recipe: Recipe) -> Edits:
        """Returns the words in the fields of the page, those of the recipe where it has none."""
        if not self.text:
            return recipe.words
        questions = {
            number: tuple(line for line in text.splitlines() if line.strip())
            for number, text in enumerate(self.questions, start=1)
        }
        title = recipe.words.title if self.title is None else self.title
        return Edits(title, dict(enumerate(self.text, start=1)), questions)
