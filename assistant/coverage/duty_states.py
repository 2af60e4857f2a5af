"""Proposes how local policy stands to each statutory duty; whether it is so, people decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.coverage.actors import group_of
from assistant.coverage.conflicts import Conflict, conflicts_of
from assistant.coverage.duties import StatutoryDuty
from assistant.coverage.duty_clauses import is_about_guidance
from assistant.coverage.local_text import RELATED, Evidence, LocalText
from assistant.ports import Vectors

COVERED, NEAR = 0.9, 0.65
"""Least sum of likeness and shared words, and least likeness, for a local sentence to carry the duty whole."""
TOUCHING = 0.8
"""Least sum of likeness and shared words for what a local sentence has otherwise to count as a conflict.

They and ``RELATED`` were chosen on the 55 invented pairs of ``evals/coverage/proposals.yaml`` with the project's own embedder
(``python -m evals.coverage --development``); with another embedder they are a guess, and the report says so.
"""
ELSEWHERE = ("National panel",)
"""Groups of actors whose duties no local document carries out."""


class State(StrEnum):
    """How local policy stands to a duty, the worst first."""

    CONFLICTS = "conflicts"
    ABSENT = "absent"
    PARTIAL = "partial"
    COVERED = "covered"
    NOT_LOCAL = "not_local"
    """No local matter: a duty of the national panel or of ministers, or a sentence about the guidance itself."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed for a duty, and what it rests on."""

    duty: StatutoryDuty
    state: State
    conflicts: tuple[Conflict, ...]
    evidence: tuple[Evidence, ...]
    """The nearest local sentences, the nearest first; empty where nothing local is indexed."""


def propose(duties: Sequence[StatutoryDuty], vectors: Sequence[Vectors], local: LocalText) -> tuple[Proposal, ...]:
    """Returns a proposal for each duty, in the order given.

    Args:
        duties: The duties.
        vectors: float32 (dim,) of each.
        local: The local documents.
    """
    return tuple(
        _proposal(duty, local.nearest(duty.quote, vector)) for duty, vector in zip(duties, vectors, strict=True)
    )


def _proposal(duty: StatutoryDuty, evidence: tuple[Evidence, ...]) -> Proposal:
    if is_elsewhere(duty):
        return Proposal(duty, State.NOT_LOCAL, (), evidence)
    best = evidence[0] if evidence else None
    if best is None or best.likeness < RELATED:
        return Proposal(duty, State.ABSENT, (), evidence)
    found = conflicts_of(duty.quote, duty.strength, best.local.text)
    if found and best.nearness >= TOUCHING:
        return Proposal(duty, State.CONFLICTS, found, evidence)
    is_whole = best.likeness >= NEAR and best.nearness >= COVERED
    return Proposal(duty, State.COVERED if is_whole else State.PARTIAL, (), evidence)


def is_elsewhere(duty: StatutoryDuty) -> bool:
    """Returns whether a duty is no local matter: another's, or about the guidance itself."""
    return group_of(duty.actor) in ELSEWHERE or is_about_guidance(duty.subject, duty.action)
