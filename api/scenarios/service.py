"""Draws, remakes and exports training scenarios for one person; used by the API and the pages."""

from __future__ import annotations

import io
import secrets
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from fastapi import Response

from api import audit_log
from api.http.attachments import attachment
from api.http.problems import Problem
from api.state import State
from assistant.editions.library_view import LibraryView
from assistant.errors import UsageError
from assistant.model.people import Asker
from assistant.model.scenario import MOST_SEEDS, ScenarioRequest
from assistant.scenarios.editing.recipe import (
    Recipe,
    Redraw,
    ScenarioWithRecipe,
    course,
    for_another_group,
    redraw,
    remake,
    with_recipe,
)
from assistant.scenarios.editing.retelling import retell
from assistant.scenarios.expectations import citations_in
from assistant.scenarios.files.formats import FILE_FORMATS, file_format, file_name
from assistant.scenarios.files.sheet import Version
from assistant.scenarios.make import ScenarioContext, make_scenario, report_gaps

LONGEST_COURSE = 12
"""Most scenarios drawn in one request."""
MOST_GROUPS = 20
VERSIONS: tuple[Version, ...] = ("facilitator", "participant")
NO_MODEL = (
    "No language model is configured, so none can retell the story. Leave write out, or set language_model in the settings "
    "(see docs/models.md)."
)
ZIPPED = (2027, 1, 1, 0, 0, 0)
"""Fixed time of the files in an archive, so that the same course gives the same archive."""


@dataclass(frozen=True, slots=True)
class ScenarioService:
    """Makes scenarios for one asker, over one generation of the library."""

    state: State
    asker: Asker
    context: ScenarioContext

    def draw(self, request: ScenarioRequest, *, writes: bool = False) -> ScenarioWithRecipe:
        """Returns a new scenario. Raises ``UsageError``, and ``Problem`` (422) where there is no language model to write it."""
        assistant = self.state.assistant
        model = assistant.language_model if writes else None
        if writes and model is None:
            raise Problem(422, "no_model", NO_MODEL)
        scenario = drawn = make_scenario(request, self.context)
        if model is not None:
            scenario = retell(drawn, model, assistant.settings, self.context)
        return self._new("drawn", with_recipe(scenario, (), drawn))

    def again(self, recipe: Recipe) -> ScenarioWithRecipe:
        """Returns the scenario of a recipe, made from today's documents. Raises ``UsageError``."""
        return remake(recipe, self.context)

    def redraw(self, recipe: Recipe, choice: Redraw) -> ScenarioWithRecipe:
        """Returns a scenario with some of it kept and the rest drawn again. Raises ``UsageError``."""
        first = self.again(recipe)
        numbers = {each.number for each in first.scenario.stages}
        unknown = sorted(set(choice.stages) - numbers)
        if unknown:
            raise UsageError(f"Stage {unknown[0]}: no such stage. Stages: {', '.join(map(str, numbers))}.")
        result = self._new("redrawn", redraw(first, choice, self.context))
        return replace(result, masked=tuple(dict.fromkeys((*first.masked, *result.masked))))

    def for_another_group(self, recipe: Recipe) -> ScenarioWithRecipe:
        """Returns the scenario for the next group. Raises ``UsageError``."""
        if recipe.request.variant + 1 >= MOST_GROUPS:
            raise UsageError(f"A scenario has variants for at most {MOST_GROUPS} groups. Draw another one.")
        return self._new("another group", for_another_group(self.again(recipe), self.context))

    def course(self, request: ScenarioRequest, count: int, themes: Sequence[str]) -> tuple[ScenarioWithRecipe, ...]:
        """Returns the scenarios of a course without repeats; all themes in turn unless some are named.

        Raises:
            UsageError: Not enough unused fragments are left, or the course is too long for one request.
        """
        if not 1 <= count <= LONGEST_COURSE:
            raise UsageError(f"{count}: a course has from 1 to {LONGEST_COURSE} scenarios.")
        chosen = tuple(themes) or tuple(each.theme_id for each in self.context.grammar.themes)
        return tuple(self._new("course", each) for each in course(request, count, chosen, self.context))

    def _new(self, how: str, result: ScenarioWithRecipe) -> ScenarioWithRecipe:
        """Reports a new scenario's gaps to the coverage report, audits it, and returns it."""
        assistant, scenario = self.state.assistant, result.scenario
        report_gaps(scenario, assistant.question_store, self.context.view.at)
        cited = citations_in(scenario.expectations, scenario.pitfalls)
        editions = tuple(dict.fromkeys(str(each.edition.edition_id) for each in cited))
        audit(self.state, self.asker, f"{how} {scenario.request.theme} {scenario.request.seed}", editions)
        return result


@contextmanager
def scenario_service(state: State, asker: Asker) -> Iterator[ScenarioService]:
    """Yields the service over the current generation.

    Args:
        state: The state of this worker.
        asker: The trainer; restricted editions of other groups are treated as absent.

    Raises:
        LibraryError: There is no library.
    """
    assistant = state.assistant
    with assistant.opened(asker.groups) as snapshot:
        view = LibraryView(snapshot, asker.groups, assistant.resources.today())
        yield ScenarioService(state, asker, assistant.scenario_context(view))


def audit(state: State, asker: Asker, what: str, editions: tuple[str, ...] = ()) -> None:
    """Adds an entry to the audit log, never with any words of a scenario."""
    audit_log.audit(state, asker, "scenario", what, *editions)


def random_seed() -> int:
    """Returns a random seed."""
    return secrets.randbelow(MOST_SEEDS)


def file_response(state: State, asker: Asker, result: ScenarioWithRecipe, ending: str, version: Version) -> Response:
    """Returns a scenario as a file download. Raises ``UsageError`` for an unknown file format."""
    chosen, scenario = file_format(ending), result.scenario
    content = chosen.write(scenario, version)
    audit(state, asker, f"file {ending} {scenario.request.theme} {scenario.request.seed}")
    return attachment(content, chosen.media, file_name(scenario, version, ending))


def course_archive(course: Sequence[ScenarioWithRecipe]) -> bytes:
    """Returns the scenarios of a course as Word files in one ZIP archive, for facilitator and participants."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for place, each in enumerate(course, start=1):
            for version in VERSIONS:
                name = f"{place:02}-{file_name(each.scenario, version, 'docx')}"
                archive.writestr(zipfile.ZipInfo(name, ZIPPED), FILE_FORMATS["docx"].write(each.scenario, version))
    return out.getvalue()
