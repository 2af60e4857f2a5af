"""Training scenarios: the request, and the scenario made from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from assistant.model.outcome import Citation, Notice

MOST_SEEDS = 10_000
"""Seeds are whole numbers below this: four digits that can be read aloud."""


class Band(StrEnum):
    """Age of the child, in years."""

    UNDER_1 = "under_1"
    FROM_1 = "1_4"
    FROM_5 = "5_10"
    FROM_11 = "11_15"
    FROM_16 = "16_17"


class Difficulty(StrEnum):
    """How clear the signs are, and how much pressure is on the people involved."""

    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


class Length(StrEnum):
    """Number of stages, and so the length of the session."""

    BRIEF = "brief"
    SHORT = "short"
    MEDIUM = "medium"
    LONG = "long"


class Slot(StrEnum):
    """Function of a fragment in a story, in story order."""

    HOUSEHOLD = "household"
    OPENING = "opening"
    HISTORY = "history"
    SIGNS = "signs"
    VOICE = "voice"
    DILEMMA = "dilemma"
    PRESSURE = "pressure"
    TURN = "turn"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class ScenarioRequest:
    """A trainer's request; anything left open is drawn."""

    theme: str
    agencies: tuple[str, ...] = ()
    """Agencies in the room; () leaves the choice to the setting."""
    place: str | None = None
    """Setting where the concern comes to light."""
    band: Band | None = None
    difficulty: Difficulty = Difficulty.MEDIUM
    length: Length = Length.MEDIUM
    aims: tuple[str, ...] = ()
    seed: int = 0
    has_twist: bool | None = None
    """Whether there is a twist; None leaves it to the difficulty."""
    variant: int = 0
    """0 for the scenario itself; from 1 for other groups of the same course."""
    kept: Mapping[Slot, str] = field(default_factory=dict)
    """Fragments to keep when the rest is drawn again: slot to fragment id."""
    keeps_people: int | None = None
    """Seed whose people, place and days to keep; None draws them with the rest."""

    @property
    def people_seed(self) -> int:
        """Returns the seed for people, place and days."""
        return self.seed if self.keeps_people is None else self.keeps_people


@dataclass(frozen=True, slots=True)
class Person:
    """A person in the story, by first name only."""

    part: str
    """child, parent, sibling, friend or adult (the adult of concern)."""
    name: str
    group: str
    """Name group that the name was drawn from, for evaluation only; never shown."""
    role: str
    """Role in words, such as "her brother, 6"."""
    is_girl: bool
    """Whether the person is a girl or woman."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Where the concern comes to light, and the names of its staff roles."""

    setting_id: str
    title: str
    agency: str
    place: str
    worker: str
    lead: str


@dataclass(frozen=True, slots=True)
class Expectation:
    """Good practice in the words of one document."""

    number: int
    expectation_id: str
    title: str
    asks: str
    """The question that the quote answers."""
    aims: tuple[str, ...]
    citation: Citation


@dataclass(frozen=True, slots=True)
class Gap:
    """A question of good practice that the indexed documents do not answer."""

    title: str
    asks: str
    reason: str
    """Why it was refused (``Reason``)."""


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """A question for the group that the documents are not expected to answer."""

    asks: str
    why: str


@dataclass(frozen=True, slots=True)
class Pitfall:
    """A mistake made elsewhere, in the words of a learning review."""

    title: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Stage:
    """One dated stage of the story, which adds one development."""

    number: int
    slot: Slot
    title: str
    day: date
    """Its year only fixes the weekday; it is never shown."""
    minutes: int
    text: str
    questions: tuple[str, ...]
    expectations: tuple[int, ...]
    """Numbers of the expectations that belong to it."""
    fragments: Mapping[Slot, str]
    """Fragments it was told from: slot to fragment id."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A fictional scenario with the expectations that the documents state."""

    request: ScenarioRequest
    """With everything that was drawn filled in."""
    title: str
    theme_title: str
    content_note: str
    setting: Setting
    people: tuple[Person, ...]
    roles: tuple[str, ...]
    """Who is in the room."""
    stages: tuple[Stage, ...]
    expectations: tuple[Expectation, ...]
    pitfalls: tuple[Pitfall, ...]
    pitfalls_note: str
    """Why there are none, "" where there are."""
    open_points: tuple[OpenPoint, ...]
    gaps: tuple[Gap, ...]
    notes: tuple[str, ...]
    aims: tuple[str, ...]
    """Titles of the aims that it covers."""
    aims_missed: tuple[str, ...]
    """Titles of requested aims that it does not cover."""
    notices: tuple[Notice, ...]
    """Notices about the documents cited."""
    grammar: str
    """Digest of the grammar; the same grammar, seed and request give the same story."""
    fingerprint: str
    """Of library, calibration and settings; the same fingerprint gives the same expectations."""
    edited: tuple[int, ...] = ()
    """Numbers of the stages whose text was written by a person or a language model."""
    written_by: str = ""
    """Language model that wrote the narrative, "" for none."""

    @property
    def fragments(self) -> dict[Slot, str]:
        """Returns the fragments it was told from: slot to fragment id."""
        return {slot: name for stage in self.stages for slot, name in stage.fragments.items()}

    @property
    def minutes(self) -> int:
        """Returns how many minutes the session takes."""
        return sum(stage.minutes for stage in self.stages) + OPENING_MINUTES + CLOSING_MINUTES


OPENING_MINUTES, CLOSING_MINUTES = 5, 10
"""Minutes for the content note and ground rules, and for the closing discussion."""
