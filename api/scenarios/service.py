"""Training scenarios for somebody: drawn, made again and given out; the API and the pages go through here."""

from __future__ import annotations

import io
import secrets
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from fastapi import Response

from api.http.problems import Problem
from api.state import State
from assistant.editions.library_view import LibraryView
from assistant.errors import UsageError
from assistant.model.people import Asker, AuditLine
from assistant.model.scenario import MOST_SEEDS, ScenarioRequest
from assistant.scenarios.editing.recipe import (
    Made,
    Recipe,
    Redraw,
    course,
    drawn_anew,
    for_another_group,
    made_again,
    made_of,
)
from assistant.scenarios.editing.retelling import written
from assistant.scenarios.expectations import citations_in
from assistant.scenarios.files.formats import FORMS, file_name, form_named
from assistant.scenarios.files.sheet import Version
from assistant.scenarios.make import Maker, make, tell_coverage

LONGEST_COURSE = 12
"""Scenarios drawn at one request."""
MOST_GROUPS = 20
VERSIONS: tuple[Version, ...] = ("facilitator", "participant")
NO_MODEL = (
    "No language model is set up here, so none can tell the story. Leave write out, or set language_model in the settings "
    "(docs/models.md says how)."
)
ZIPPED = (2027, 1, 1, 0, 0, 0)
"""Time of the files in an archive, so that the same course is the same archive."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """What makes scenarios for one asker, over one generation of the library."""

    state: State
    asker: Asker
    maker: Maker

    def draw(self, request: ScenarioRequest, *, writes: bool = False) -> Made:
        """Returns a new scenario. Raises ``UsageError``, and ``Problem`` (422) where nothing can write it."""
        assistant = self.state.assistant
        model = assistant.language_model if writes else None
        if writes and model is None:
            raise Problem(422, "no_model", NO_MODEL)
        told = drawn = make(request, self.maker)
        if model is not None:
            told = written(drawn, model, assistant.settings, self.maker)
        return self._new("drawn", made_of(told, (), drawn))

    def again(self, recipe: Recipe) -> Made:
        """Returns the scenario of a recipe over the documents of today. Raises ``UsageError``."""
        return made_again(recipe, self.maker)

    def redraw(self, recipe: Recipe, wanted: Redraw) -> Made:
        """Returns a scenario with what is wanted kept and the rest drawn anew. Raises ``UsageError``."""
        first = self.again(recipe)
        numbers = {each.number for each in first.scenario.stages}
        unknown = sorted(set(wanted.numbers) - numbers)
        if unknown:
            raise UsageError(f"Stage {unknown[0]}: there is no such stage. There are: {', '.join(map(str, numbers))}.")
        found = self._new("redrawn", drawn_anew(first, wanted, self.maker))
        return replace(found, masked=tuple(dict.fromkeys((*first.masked, *found.masked))))

    def for_another_group(self, recipe: Recipe) -> Made:
        """Returns the scenario for the next group. Raises ``UsageError``."""
        if recipe.request.variant + 1 >= MOST_GROUPS:
            raise UsageError(f"A scenario goes with at most {MOST_GROUPS} groups. Draw another one.")
        return self._new("another group", for_another_group(self.again(recipe), self.maker))

    def course(self, request: ScenarioRequest, count: int, themes: Sequence[str]) -> tuple[Made, ...]:
        """Returns the scenarios of a course, nothing repeated; every theme in turn unless some are named.

        Raises:
            UsageError: There is not enough that was not used, or it is too much for one request.
        """
        if not 1 <= count <= LONGEST_COURSE:
            raise UsageError(f"{count}: a course has from 1 to {LONGEST_COURSE} scenarios.")
        chosen = tuple(themes) or tuple(each.theme_id for each in self.maker.grammar.themes)
        return tuple(self._new("course", each) for each in course(request, count, chosen, self.maker))

    def _new(self, how: str, made: Made) -> Made:
        """Tells the coverage report and the audit log of a scenario that is new."""
        assistant, scenario = self.state.assistant, made.scenario
        tell_coverage(scenario, assistant.question_store, self.maker.view.at)
        cited = citations_in(scenario.expectations, scenario.pitfalls)
        editions = tuple(dict.fromkeys(str(each.edition.edition_id) for each in cited))
        note(self.state, self.asker, f"{how} {scenario.request.theme} {scenario.request.seed}", editions)
        return made


@contextmanager
def workshop_for(state: State, asker: Asker) -> Iterator[Workshop]:
    """Yields what makes scenarios over the current generation.

    Args:
        state: The worker.
        asker: For whom; restricted editions of other groups are as if they were not there.

    Raises:
        LibraryError: There is no library.
    """
    assistant = state.assistant
    with assistant.opened() as snapshot:
        view = LibraryView(snapshot, asker.groups, assistant.resources.today())
        yield Workshop(state, asker, assistant.maker(view))


def note(state: State, asker: Asker, what: str, editions: tuple[str, ...] = ()) -> None:
    """Writes a line of the audit log: never the words."""
    state.assistant.access_store.audit(AuditLine(datetime.now(UTC), asker.user_id, "scenario", what, editions))


def seed_drawn() -> int:
    """Returns a seed that nobody chose."""
    return secrets.randbelow(MOST_SEEDS)


def file_of(state: State, asker: Asker, made: Made, ending: str, version: Version) -> Response:
    """Returns a scenario as a file to save. Raises ``UsageError`` for a kind of file that there is not."""
    form, scenario = form_named(ending), made.scenario
    content = form.write(scenario, version)
    note(state, asker, f"file {ending} {scenario.request.theme} {scenario.request.seed}")
    return attached(content, form.media, file_name(scenario, version, ending))


def archive_of(course: Sequence[Made]) -> bytes:
    """Returns the scenarios of a course as Word files in one archive, for facilitator and participants."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for place, each in enumerate(course, start=1):
            for version in VERSIONS:
                name = f"{place:02}-{file_name(each.scenario, version, 'docx')}"
                archive.writestr(zipfile.ZipInfo(name, ZIPPED), FORMS["docx"].write(each.scenario, version))
    return out.getvalue()


def attached(content: bytes, media: str, name: str) -> Response:
    """Returns content as a file to save."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, media_type=media, headers=headers)
