"""Forms of the scenario pages; nothing in them is trusted."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, ValidationError

from api.http.problems import Problem
from api.http.schemas import BODY_CHARS
from api.scenarios.schemas import CourseRequest, DrawRequest, Number, RecipeRequest
from assistant.model.scenario import Difficulty
from assistant.scenarios.editing.edit import Edits
from assistant.scenarios.editing.recipe import Recipe
from assistant.scenarios.files.sheet import Version

RECIPE_CHARS = 100_000
TWIST = {"": None, "yes": True, "no": False}
Short = Annotated[str, Field(max_length=100)]
Several = Annotated[list[Short], Field(max_length=50)]
Long = Annotated[str, Field(max_length=BODY_CHARS)]
"""Words whose length is judged with a message that leaves them on the page."""
Act = Literal["words", "facilitator", "participant", "redraw", "twist", "variant", "keep", "keep_over"]


class DrawForm(BaseModel):
    """Choices for a scenario; anything left empty is drawn."""

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

    def request_fields(self) -> dict[str, Any]:
        """Returns the fields of a request."""
        return {
            "theme": self.theme, "agencies": self.agency, "setting": self.setting or None,
            "age_band": self.age_band or None, "difficulty": self.difficulty, "length": self.length, "aims": self.aim,
            "twist": TWIST[self.twist], "seed": int(self.seed) if self.seed.strip() else None,
        }  # fmt: skip

    def draw_request(self) -> DrawRequest:
        """Returns the API request for the same scenario."""
        return DrawRequest(**self.request_fields(), write=self.write)


class CourseForm(DrawForm):
    """Choices for a course."""

    themes: Several = []
    count: Annotated[int, Field(ge=1, le=100)] = 4

    def course_request(self) -> CourseRequest:
        """Returns the API request for the same course."""
        return CourseRequest(**self.request_fields(), count=self.count, themes=self.themes)


class StepForm(BaseModel):
    """A scenario with the trainer's edits and the chosen action."""

    recipe: Annotated[str, Field(max_length=RECIPE_CHARS)]
    act: Act = "words"
    title: Annotated[str | None, Field(max_length=2_000)] = None
    text: Annotated[list[Long], Field(max_length=9)] = []
    """Text of each stage in order; empty where the page has no such fields."""
    questions: Annotated[list[Long], Field(max_length=9)] = []
    """Questions of each stage, one per line."""
    lock: Annotated[list[Number], Field(max_length=9)] = []
    people: bool = False
    difficulty: Difficulty | None = None
    version: Version = "facilitator"
    kept: Short = ""
    """Id of the saved scenario, "" where it is not saved."""

    def parsed_recipe(self) -> Recipe:
        """Returns the recipe. Raises ``Problem`` (422) for an invalid recipe, ``UsageError`` for an unknown value."""
        try:
            return RecipeRequest.model_validate_json(self.recipe).recipe()
        except ValidationError:
            message = "The page sent an invalid scenario. Open the page again and repeat the step."
            raise Problem(422, "invalid", message) from None

    def edits(self, recipe: Recipe) -> Edits:
        """Returns the edits on the page, or those of the recipe where the page has no fields."""
        if not self.text:
            return recipe.edits
        questions = {
            number: tuple(line for line in text.splitlines() if line.strip())
            for number, text in enumerate(self.questions, start=1)
        }
        title = recipe.edits.title if self.title is None else self.title
        return Edits(title, dict(enumerate(self.text, start=1)), questions)
