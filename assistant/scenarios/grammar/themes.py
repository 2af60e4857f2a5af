"""The grammar's data: themes, fragment pools, settings, agencies, aims and names, read from files and validated."""

from __future__ import annotations

import hashlib
import tomllib
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import ConfigurationError
from assistant.model.scenario import Band, Slot

Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]
Text = Annotated[str, Field(min_length=3, max_length=1200)]
Level = Literal[1, 2, 3]
STORY = (Slot.OPENING, Slot.SIGNS, Slot.VOICE, Slot.DILEMMA, Slot.TURN, Slot.LATER)
"""Slots that every theme fills with its own fragments."""
POOLS = (Slot.HOUSEHOLD, Slot.HISTORY, Slot.PRESSURE)
"""Slots whose fragments are shared by all themes."""


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Fragment(_Entry):
    """A few sentences of a story, with placeholders."""

    id: Id
    text: Text
    questions: tuple[Text, ...] = ()
    """Discussion questions about this fragment."""
    expects: tuple[Id, ...] = ()
    """Expectations that a good answer to it rests on."""
    level: Level = 2
    """1 clear, 2 mixed, 3 ambiguous."""
    bands: tuple[Band, ...] = ()
    """Age bands that it fits; () for all of the theme."""
    needs: tuple[Id, ...] = ()
    """Agencies that must be in the room."""


class ExpectationQuestion(_Entry):
    """A question of good practice that documents may answer."""

    id: Id
    title: Text
    asks: Text
    aims: tuple[Id, ...] = Field(min_length=1)


class PitfallQuestion(_Entry):
    """A question to put to learning reviews."""

    title: Text
    asks: Text


class UnansweredQuestion(_Entry):
    """A question that documents are not expected to answer."""

    asks: Text
    why: Text


class AdultRole(_Entry):
    """Possible relation of the adult of concern to the child."""

    role: Text
    sex: Literal["m", "f", "any"] = "any"


class Theme(_Entry):
    """One theme of child safeguarding."""

    theme_id: Id
    title: Text
    about: Text
    bands: tuple[Band, ...] = Field(min_length=1)
    settings: tuple[Id, ...] = ()
    """Settings that it can begin in; () for all that fit the child's age."""
    content_note: Text
    sibling: Literal["younger", "older", "either"] = "either"
    adults: tuple[AdultRole, ...] = Field(min_length=1)
    friend_roles: tuple[Text, ...] = Field(min_length=1)
    notes: tuple[Text, ...] = Field(min_length=1)
    expectation: tuple[ExpectationQuestion, ...] = Field(min_length=1)
    pitfall: tuple[PitfallQuestion, ...] = Field(min_length=1)
    unanswered: tuple[UnansweredQuestion, ...] = Field(min_length=2)
    opening: tuple[Fragment, ...] = Field(min_length=2)
    signs: tuple[Fragment, ...] = Field(min_length=2)
    voice: tuple[Fragment, ...] = Field(min_length=2)
    dilemma: tuple[Fragment, ...] = Field(min_length=2)
    turn: tuple[Fragment, ...] = Field(min_length=2)
    later: tuple[Fragment, ...] = Field(min_length=2)

    @property
    def id(self) -> str:
        """Returns its id."""
        return self.theme_id

    def fragments(self, slot: Slot) -> tuple[Fragment, ...]:
        """Returns the fragments of a slot of ``STORY``."""
        fragments: tuple[Fragment, ...] = getattr(self, slot.value)
        return fragments


class General(_Entry):
    """Fragments that go with every theme."""

    household: tuple[Fragment, ...] = Field(min_length=2)
    history: tuple[Fragment, ...] = Field(min_length=2)
    pressure: tuple[Fragment, ...] = Field(min_length=2)

    def fragments(self, slot: Slot) -> tuple[Fragment, ...]:
        """Returns the fragments of a slot of ``POOLS``."""
        fragments: tuple[Fragment, ...] = getattr(self, slot.value)
        return fragments


class Agency(_Entry):
    """An agency that may be in the room."""

    id: Id
    title: Text
    also: tuple[str, ...] = ()
    """Alternative names, in lower case."""
    bands: tuple[Band, ...] = Field(min_length=1)
    room: tuple[Text, ...] = Field(min_length=1)
    """Roles that attend the session."""
    other: dict[Band, Text]
    """How its professional is called in a story, by age band."""


class Place(_Entry):
    """A setting."""

    id: Id
    title: Text
    also: tuple[str, ...] = ()
    """Alternative names, in lower case; a name shared by several settings is resolved by the child's age."""
    agency: Id
    bands: tuple[Band, ...] = Field(min_length=1)
    place: Text
    worker: Text
    lead: Text


class Aim(_Entry):
    """A learning aim."""

    id: Id
    title: Text


class World(_Entry):
    """Agencies, settings and aims."""

    agency: tuple[Agency, ...] = Field(min_length=1)
    place: tuple[Place, ...] = Field(min_length=1)
    aim: tuple[Aim, ...] = Field(min_length=1)


class NameGroup(_Entry):
    """First names of one origin; every group is equally likely for every part."""

    id: Id
    girls: tuple[str, ...] = Field(min_length=2)
    boys: tuple[str, ...] = Field(min_length=2)


class Names(_Entry):
    """Every group of names."""

    group: tuple[NameGroup, ...] = Field(min_length=2)


class Grammar(_Entry):
    """Everything that stories are made from."""

    themes: tuple[Theme, ...]
    general: General
    world: World
    names: Names
    digest: str
    """Digest of the files; with another value, the same seed gives other stories."""

    def agency(self, agency_id: str) -> Agency:
        """Returns an agency. Raises ``StopIteration`` where there is none."""
        return next(each for each in self.world.agency if each.id == agency_id)

    def aim_title(self, aim_id: str) -> str:
        """Returns the title of an aim, its id where there is none."""
        return next((each.title for each in self.world.aim if each.id == aim_id), aim_id)

    def fragments(self, theme: Theme, slot: Slot) -> tuple[Fragment, ...]:
        """Returns every fragment available to a theme for a slot."""
        return theme.fragments(slot) if slot in STORY else self.general.fragments(slot)


Read = TypeVar("Read", bound=BaseModel)


def read_file(file: Traversable, schema: type[Read]) -> Read:
    """Returns a data file, validated. Raises ``ConfigurationError`` naming the file, the place and the fault."""
    try:
        return schema.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(f"{file}: {error}") from None
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise ConfigurationError(f"{file}: {place}: {first['msg']}") from None


@lru_cache(maxsize=4)
def read_grammar(own: Path | None = None) -> Grammar:
    """Returns the packaged grammar plus the themes of a folder; one with the same id replaces the packaged one.

    Raises:
        ConfigurationError: A file is invalid, or there is no such folder.
    """
    data = resources.files("assistant.scenarios.grammar") / "data"
    files = _themes_in(data / "themes") + (_themes_in(own) if own else [])
    pools = [data / "general.toml", data / "world.toml", data / "names.toml"]
    digest = hashlib.sha256(b"\0".join(file.read_bytes() for file in (*files, *pools))).hexdigest()[:12]
    themes = {each.theme_id: each for each in (read_file(file, Theme) for file in files)}
    return Grammar(
        themes=tuple(themes[name] for name in sorted(themes)),
        general=read_file(pools[0], General),
        world=read_file(pools[1], World),
        names=read_file(pools[2], Names),
        digest=digest,
    )


def _themes_in(folder: Traversable) -> list[Traversable]:
    if not folder.is_dir():
        raise ConfigurationError(
            f"{folder}: no such themes folder. Name one: the setting `themes` or ASSISTANT_THEMES."
        )
    return sorted((each for each in folder.iterdir() if each.name.endswith(".toml")), key=lambda file: file.name)
