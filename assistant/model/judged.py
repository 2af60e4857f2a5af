"""What a language model, as second judge, made of whether passages answer a question."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assistant.model.library import PassageId, Span


class JudgedEffect(StrEnum):
    """What the verdict of the second judge changed."""

    NONE = "none"
    REJECTED = "rejected"
    """An answer became a refusal."""
    ANSWERED = "answered"
    """A refusal became an answer; only where the calibration was made with this judge."""
    FAILED = "failed"
    """The judge gave no verdict, so everything is as without it."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """Whether some passages answer a question, as a language model finds."""

    answers: bool
    sentences: tuple[tuple[PassageId, Span], ...]
    """The sentences that it names, the best first; () where it finds no answer."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The part of the second judge in an outcome, and what was sent to it. It is no label of a person."""

    model: str
    """Name with version."""
    answers: bool | None
    """None where it gave no verdict."""
    effect: JudgedEffect
    sent: tuple[PassageId, ...]
    """Passages that were sent with the masked question."""
    characters: int
    """Characters that were sent, the instructions apart; 0 where the verdict was known."""
    seconds: float
    problem: str = ""
    """Why it gave no verdict; "" where it did."""
