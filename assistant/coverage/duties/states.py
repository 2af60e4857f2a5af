"""Proposes how local policy relates to each statutory duty; people decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from assistant.coverage.duties.actors import group_of, groups_in
from assistant.coverage.duties.clauses import is_about_guidance
from assistant.coverage.duties.conflicts import Conflict, conflicts_of
from assistant.coverage.duties.register import StatutoryDuty
from assistant.coverage.texts.local_text import LocalMatch, LocalText
from assistant.coverage.texts.rarity import Rarity
from assistant.ports import Vectors

LOOKED_AT = 0.54
"""Least likeness of a local sentence for it to be looked at more closely."""
PARTIAL, COVERED = 0.65, 1.07
"""Least coverage score (likeness, and share of the action's words) of a local sentence for a duty to be partly, and fully, covered."""
TOUCHING = 0.8
"""Least coverage score, and least sum of likeness and shared words, for a difference in a local sentence to count as a conflict.

Chosen on the pairs of ``evals/coverage/proposals.yaml`` with the project's own embedder (``python -m evals coverage``);
with another embedder they are a guess.
"""
SAME_MATTER = 0.6
"""Least likeness of a local sentence about another actor for it to be about the same matter, and not about that actor's own duty."""
ELSEWHERE = ("National panel",)
"""Groups of actors whose duties no local document implements."""


class State(StrEnum):
    """How local policy relates to a duty, the worst first."""

    CONFLICTS = "conflicts"
    ABSENT = "absent"
    PARTIAL = "partial"
    COVERED = "covered"
    NOT_LOCAL = "not_local"
    """Not a local matter: a duty of the national panel or of ministers, or a sentence about the guidance itself."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """The state proposed for a duty, and the local sentences behind it."""

    duty: StatutoryDuty
    state: State
    conflicts: tuple[Conflict, ...]
    matches: tuple[LocalMatch, ...]
    """The nearest local sentences, the nearest first; () where no local document is indexed."""


def propose(duties: Sequence[StatutoryDuty], vectors: Sequence[Vectors], local: LocalText) -> tuple[Proposal, ...]:
    """Returns a proposal for each duty, in the order given.

    Args:
        duties: The duties.
        vectors: float32 (dim,) of each.
        local: The local documents.
    """
    rarity = Rarity(each.quote for each in duties)
    proposals = []
    for duty, vector in zip(duties, vectors, strict=True):
        nearest = (_with_action_share(each, duty, rarity) for each in local.nearest(duty.quote, vector))
        proposals.append(_proposal(duty, tuple(sorted(nearest, key=lambda each: -each.coverage_score))))
    return tuple(proposals)


def _with_action_share(match: LocalMatch, duty: StatutoryDuty, rarity: Rarity) -> LocalMatch:
    return replace(match, action_share=rarity.share(duty.action or duty.quote, match.local.text))


def _proposal(duty: StatutoryDuty, matches: tuple[LocalMatch, ...]) -> Proposal:
    if is_not_local(duty):
        return Proposal(duty, State.NOT_LOCAL, (), matches)
    best = matches[0] if matches else None
    if best is None or best.likeness < LOOKED_AT or best.coverage_score < PARTIAL:
        return Proposal(duty, State.ABSENT, (), matches)
    for each in matches:
        conflicts = conflicts_of(duty.quote, duty.strength, each.local.text)
        if Conflict.OTHER_ACTOR in conflicts and each.likeness < SAME_MATTER:
            continue
        if conflicts and min(each.nearness, each.coverage_score) >= TOUCHING:
            return Proposal(
                duty, State.CONFLICTS, conflicts, (each, *(other for other in matches if other is not each))
            )
    return Proposal(duty, State.COVERED if best.coverage_score >= COVERED else State.PARTIAL, (), matches)


def is_not_local(duty: StatutoryDuty) -> bool:
    """Returns whether a duty is not a local matter: another body's, or about the guidance itself."""
    is_anothers = group_of(duty.actor) in ELSEWHERE and not groups_in(duty.actor) - {*ELSEWHERE}
    return is_anothers or is_about_guidance(duty.subject, duty.action)
