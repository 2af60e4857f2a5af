"""A question as asked and as screened, and what the search finds for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from assistant.model.library import EditionId, Kind, Passage, PassageId


@dataclass(frozen=True, slots=True)
class Filter:
    """What a search may return; applied inside the search, never after it."""

    kinds: tuple[Kind, ...] = ()
    """Only these kinds; empty means all."""
    editions: tuple[EditionId, ...] = ()
    """Only these editions; empty means all."""
    excluded: tuple[EditionId, ...] = ()
    """Never these: superseded at the date asked about, or not for this user."""
    hidden: tuple[EditionId, ...] = ()
    """Editions that the asker may not see: they are not searched, and their words do not count in scores."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """One entry of an index's ranking."""

    passage_id: PassageId
    score: float
    """Cosine for vectors, BM25 for words; larger is better."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that retrieval found, with how it was found."""

    passage: Passage
    score: float
    """Weight among the hits considered, 0..1, summing to 1; before they are ranked, the reciprocal rank fusion."""
    dense_rank: int | None = None
    """Rank in the vector index from 1, None where it was not among those considered."""
    lexical_rank: int | None = None
    cosine: float | None = None
    bm25: float | None = None
    sentence_cosines: tuple[float, ...] = ()
    """Cosine of the question with each sentence of the passage, in order; empty where not computed."""
    rejected: str | None = None
    """Why it is not used (``near_duplicate``, ``below_cut``), None for a hit that is."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier message of a conversation."""

    role: Literal["user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was asked, with what restricts it."""

    text: str
    history: tuple[Turn, ...] = ()
    as_at: date | None = None
    """The date asked about; None means today."""
    kinds: tuple[Kind, ...] = ()
    editions: tuple[EditionId, ...] = ()
    groups: tuple[str, ...] = ()
    """Groups of the asker, which open restricted editions."""
    is_written: bool = False
    """Whether a language model may write the answer, where one is set up; else the documents are quoted."""


class Level(StrEnum):
    """How soon somebody has to act on what a message says; a doubtful message has the higher level."""

    LOOK_UP = "look_up"
    """Nobody: a question about rules."""
    ACT_TODAY = "act_today"
    """A disclosure, an injury, an allegation, a missing child, thoughts of suicide: to be told today."""
    ACT_NOW = "act_now"
    """Danger to life, or harm that is happening: 999 first."""


Route = Literal["answer", "judgement", "out_of_scope", "too_vague", "nothing_left", "too_long", "courtesy"]
"""``courtesy``: it only thanks, greets or takes leave.

``nothing_left``: only placeholders, marks or numbers remain. ``too_long``: over the limit, with a card; nothing is looked up."""


@dataclass(frozen=True, slots=True)
class MaskedSpan:
    """Where a detail that was masked stood, as half-open offsets in code points; it does not say what it was."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Screened:
    """The screening result of a question: masked, and routed by what may be done with it."""

    text: str
    """The question with personal details masked and instructions to the assistant removed."""
    masked: tuple[str, ...] = ()
    """Kinds of detail that were masked, each once, in order of first appearance."""
    level: Level = Level.LOOK_UP
    route: Route = "answer"
    history: tuple[Turn, ...] = ()
    """Earlier turns, masked the same way."""
    language: str = ""
    """Code of the language, such as ``pl``, where it is recognised and is not English."""
    spans: tuple[MaskedSpan, ...] = ()
    """Where what was masked stood in the question as it was typed, in order; () where that cannot be told.

    It is for the one who typed it and for the answer to this question alone: never stored.
    """

    @property
    def is_urgent(self) -> bool:
        """Whether a child is in danger now."""
        return self.level is Level.ACT_NOW

    @property
    def has_card(self) -> bool:
        """Whether a card comes before anything else: danger now, or something to act on today."""
        return self.level is not Level.LOOK_UP
