"""Proposes how local policy stands to each statutory duty; whether it is so, people decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from assistant.coverage.duties.actors import group_of, groups_in
from assistant.coverage.duties.clauses import is_about_guidance
from assistant.coverage.duties.conflicts import Conflict, conflicts_of
from assistant.coverage.duties.register import StatutoryDuty
from assistant.coverage.texts.local_text import Evidence, LocalText
from assistant.coverage.texts.rarity import Rarity
from assistant.ports import Vectors

LOOKED_AT = 0.54
"""Least likeness of a local sentence for it to be looked at more closely."""
PARTIAL, COVERED = 0.65, 1.07
"""Least carriage (likeness, and share of the words of what is asked for) of a local sentence to carry a duty in part, and whole."""
TOUCHING = 0.8
"""Least carriage, and least sum of likeness and shared words, for what a local sentence has otherwise to be a conflict.

They were chosen on the pairs of ``evals/coverage/proposals.yaml`` with the project's own embedder (``python -m evals coverage``);
with another embedder they are a guess, and the report says so.
"""
SAME_MATTER = 0.6
"""Least likeness of a local sentence on another actor to be about the same matter, and not about that actor's own duty."""
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
    rarity = Rarity(each.quote for each in duties)
    found = []
    for duty, vector in zip(duties, vectors, strict=True):
        nearest = (_doing(each, duty, rarity) for each in local.nearest(duty.quote, vector))
        found.append(_proposal(duty, tuple(sorted(nearest, key=lambda each: -each.carriage))))
    return tuple(found)


def _doing(evidence: Evidence, duty: StatutoryDuty, rarity: Rarity) -> Evidence:
    return replace(evidence, does=rarity.share(duty.action or duty.quote, evidence.local.text))


def _proposal(duty: StatutoryDuty, evidence: tuple[Evidence, ...]) -> Proposal:
    if is_elsewhere(duty):
        return Proposal(duty, State.NOT_LOCAL, (), evidence)
    best = evidence[0] if evidence else None
    if best is None or best.likeness < LOOKED_AT or best.carriage < PARTIAL:
        return Proposal(duty, State.ABSENT, (), evidence)
    for each in evidence:
        found = conflicts_of(duty.quote, duty.strength, each.local.text)
        if Conflict.OTHER_ACTOR in found and each.likeness < SAME_MATTER:
            continue
        if found and min(each.nearness, each.carriage) >= TOUCHING:
            return Proposal(duty, State.CONFLICTS, found, (each, *(other for other in evidence if other is not each)))
    return Proposal(duty, State.COVERED if best.carriage >= COVERED else State.PARTIAL, (), evidence)


def is_elsewhere(duty: StatutoryDuty) -> bool:
    """Returns whether a duty is no local matter: another's, or about the guidance itself."""
    is_anothers = group_of(duty.actor) in ELSEWHERE and not groups_in(duty.actor) - {*ELSEWHERE}
    return is_anothers or is_about_guidance(duty.subject, duty.action)
