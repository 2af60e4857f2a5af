"""Training scenarios: what is wanted, what is drawn, and what a trainer keeps of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from assistant.model.outcome import Citation, Notice

MOST_SEEDS = 10_000
"""Seeds are whole numbers from 0 to one less: four digits that can be read aloud."""


class Band(StrEnum):
    """Age of the child, in years."""

    UNDER_1 = "under_1"
    FROM_1 = "1_4"
    FROM_5 = "5_10"
    FROM_11 = "11_15"
    FROM_16 = "16_17"


class Difficulty(StrEnum):
    """How clear the picture is, and how much presses on the people in it."""

    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


class Length(StrEnum):
    """How many stages, and how long the session."""

    BRIEF = "brief"
    SHORT = "short"
    MEDIUM = "medium"
    LONG = "long"


class Slot(StrEnum):
    """What a fragment of a story is for, in the order of telling."""

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
    """What a trainer asks for; what is not said is drawn."""

    theme: str
    agencies: tuple[str, ...] = ()
    """Who is in the room; all that fit the child's age where none is named."""
    place: str | None = None
    """Setting where the concern comes to light."""
    band: Band | None = None
    difficulty: Difficulty = Difficulty.MEDIUM
    length: Length = Length.MEDIUM
    aims: tuple[str, ...] = ()
    seed: int = 0
    has_twist: bool | None = None
    """Whether something changes the picture; None leaves it to the difficulty."""
    variant: int = 0
    """0 for the scenario itself; 1 and on for other groups of the same course."""
    kept: Mapping[Slot, str] = field(default_factory=dict)
    """Fragments that stay when the rest is drawn anew: slot to fragment id."""
    keeps_people: int | None = None
    """Seed whose people, place and days stay; None draws them with the rest."""

    @property
    def people_seed(self) -> int:
        """Returns the seed that people, place and days are drawn by."""
        return self.seed if self.keeps_people is None else self.keeps_people


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the story, by first name only."""

    part: str
    """child, parent, sibling, friend or adult (the adult of concern)."""
    name: str
    group: str
    """Group of the list that the name was drawn from, for measuring only; never shown."""
    role: str
    """In words, such as "her brother, 6"."""
    is_girl: bool
    """Whether it is a girl or woman."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Where the concern comes to light, and what its people are called."""

    setting_id: str
    title: str
    agency: str
    place: str
    worker: str
    lead: str


@dataclass(frozen=True, slots=True)
class Expectation:
    """What good practice looks like, in the words of one document."""

    number: int
    expectation_id: str
    title: str
    asks: str
    """The question that the words answer."""
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
    """A question for the group that the documents, on purpose, do not answer."""

    asks: str
    why: str


@dataclass(frozen=True, slots=True)
class Pitfall:
    """What went wrong elsewhere, in the words of a learning review."""

    title: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Stage:
    """One dated part of the story, which adds one thing."""

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
    """What it was told from: slot to fragment id."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A fictional scenario with what the documents say to it."""

    request: ScenarioRequest
    """With everything filled in that was drawn."""
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
    """Titles of the aims that were asked for and are not covered."""
    notices: tuple[Notice, ...]
    """What the reader must know of the documents cited."""
    grammar: str
    """Digest of the grammar; with it, the seed and the request, the story is the same again."""
    fingerprint: str
    """Of library, calibration and settings; with it, the expectations are the same again."""
    edited: tuple[int, ...] = ()
    """Numbers of the stages whose text a person or a language model wrote."""
    written_by: str = ""
    """Language model that wrote the narrative, "" for none."""

    @property
    def fragments(self) -> dict[Slot, str]:
        """Returns what it was told from: each slot, once, to its fragment id."""
        return {slot: name for stage in self.stages for slot, name in stage.fragments.items()}

    @property
    def minutes(self) -> int:
        """Returns how long the session takes."""
        return sum(stage.minutes for stage in self.stages) + OPENING_MINUTES + CLOSING_MINUTES


OPENING_MINUTES, CLOSING_MINUTES = 5, 10
"""For the content note and ground rules, and for looking back."""
