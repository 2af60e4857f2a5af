"""How a local sentence conflicts with a statutory duty: weaker duty word, longer time limit, another actor, or the opposite."""

from __future__ import annotations

import re
from enum import StrEnum

from assistant.coverage.duties.actors import NOT_NAMED, group_of, groups_in
from assistant.coverage.duties.clauses import Clause, clause_of
from assistant.model import DifferenceKind, Duty
from assistant.text.differences.compare import differences
from assistant.text.time_limits import LimitKind, TimeLimit, is_laxer, time_limits
from assistant.text.words import content_words


class Conflict(StrEnum):
    """A way in which a local sentence conflicts with a duty."""

    WEAKER_DUTY = "weaker_duty"
    LONGER_TIME_LIMIT = "longer_time_limit"
    OTHER_ACTOR = "other_actor"
    OPPOSITE = "opposite"
    """It forbids or lifts what the duty asks, or asks what it forbids."""


_BINDS = re.compile(
    r"\b(?:must|shall|will|is to|are to|has to|have to|required to|(?:has|have|under) a (?:statutory |legal )?duty|always|"
    r"never|obliged to|responsible for)\b",
    re.IGNORECASE,
)
_SHOULD = re.compile(r"\b(?:should|ought to|expected to|needs? to)\b", re.IGNORECASE)
_MAY = re.compile(
    r"\b(?:may|might|can|could|wherever possible|if they wish|are encouraged to|are invited to)\b", re.IGNORECASE
)
_BE_A = re.compile(
    r"^(?:always |normally |usually )?be (?:a|an|the) (?P<who>[^,.;:]+?)(?= who\b| that\b| for\b| in\b|[,.;:]|$)",
    re.IGNORECASE,
)
_SERVES = re.compile(
    r"\b(?:administrators?|clerks?|secretar\w+|assistants?|receptionists?|coordinators?|officers?)\b", re.IGNORECASE
)
GENERIC = frozenset({"All practitioners and staff", "Employers and organisations", NOT_NAMED})
"""Groups that include the others."""
FAMILIES: tuple[frozenset[str], ...] = (
    frozenset(
        {
            "Schools and colleges",
            "Governing bodies and proprietors",
            "Head teachers and case managers",
            "Designated safeguarding lead",
        }
    ),
    frozenset(
        {"Local authorities", "Social workers and lead practitioners", "Designated officers of the local authority"}
    ),
    frozenset({"Health", "Child death review partners"}),
)
"""Groups that act for each other."""
LEAST_SHARED = 0.34
"""Least share of an actor's words for another wording to mean the same actor."""


def conflicts_of(duty: str, strength: Duty, local: str) -> tuple[Conflict, ...]:
    """Returns the conflicts of a local sentence with a duty, in the order of ``Conflict``; () where none can be told.

    A stricter local rule is no conflict. Actors or time limits are compared only where both sides state them.

    Args:
        duty: The duty as worded.
        strength: Its duty word.
        local: The local sentence, with its lead-in.
    """
    tests = {
        Conflict.WEAKER_DUTY: _is_weaker(strength, local),
        Conflict.LONGER_TIME_LIMIT: _has_longer_limit(time_limits(duty), time_limits(local)),
        Conflict.OTHER_ACTOR: _is_other_actor(clause_of(duty), clause_of(local), local),
        Conflict.OPPOSITE: any(each.kind is DifferenceKind.NEGATION for each in differences(duty, local)),
    }
    return tuple(conflict for conflict, is_so in tests.items() if is_so)


def _is_weaker(strength: Duty, local: str) -> bool:
    if _BINDS.search(local):
        return False
    if _SHOULD.search(local):
        return strength is Duty.MUST
    return _MAY.search(local) is not None


def _has_longer_limit(statutory: tuple[TimeLimit, ...], local: tuple[TimeLimit, ...]) -> bool:
    for kind in LimitKind:
        statutory_limits = [each for each in statutory if each.kind is kind]
        local_limits = [each for each in local if each.kind is kind]
        if not statutory_limits or not local_limits:
            continue
        if len(statutory_limits) == len(local_limits):
            if any(is_laxer(mine, than) for mine, than in zip(local_limits, statutory_limits, strict=True)):
                return True
        elif is_laxer(_strictest(local_limits), _strictest(statutory_limits)):
            return True
    both = (
        [each for each in statutory if each.kind is not LimitKind.LASTS],
        [each for each in local if each.kind is not LimitKind.LASTS],
    )
    if both[0] and both[1] and not {each.kind for each in both[0]} & {each.kind for each in both[1]}:
        return min(each.days for each in both[1]) > min(each.days for each in both[0])
    return False


def _strictest(limits: list[TimeLimit]) -> TimeLimit:
    order = sorted(limits, key=lambda each: each.days)
    return order[-1] if limits[0].kind is LimitKind.LASTS else order[0]


def _is_other_actor(duty: Clause | None, local: Clause | None, text: str) -> bool:
    if duty is None or local is None:
        return False
    statutory_role, local_role = _BE_A.match(duty.action), _BE_A.match(local.action)
    if statutory_role and local_role:
        return _head(statutory_role.group("who")) not in content_words(local_role.group("who"))
    if not duty.actor:
        return False
    local_actor = local.actor or (local.subject if _SERVES.search(local.subject) else "")
    if not local_actor or _shared(duty.actor, local_actor) >= LEAST_SHARED:
        return False
    statutory_group, local_group = group_of(duty.actor), group_of(local_actor)
    if statutory_group in groups_in(text) and not _SERVES.search(local_actor):
        return False
    if _SERVES.search(local_actor) and local_group in GENERIC:
        return True
    if statutory_group in GENERIC or local_group in GENERIC or statutory_group == local_group:
        return False
    return not any({statutory_group, local_group} <= family for family in FAMILIES)


def _head(phrase: str) -> str | None:
    """Returns the stem of the head noun of a phrase, its last word; None for none."""
    return next(reversed(content_words(phrase)), None)


def _shared(actor: str, other: str) -> float:
    """Returns the share of an actor's words that another wording contains, 0 for none."""
    words = set(content_words(actor))
    return len(words & set(content_words(other))) / len(words) if words else 0.0
