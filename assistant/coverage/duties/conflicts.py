"""How a local sentence differs from the statutory duty that it carries: weaker, later, or on somebody else."""

from __future__ import annotations

import re
from enum import StrEnum

from assistant.coverage.duties.actors import NOT_NAMED, groups_in, named_actor
from assistant.coverage.duties.clauses import Clause, clause_of
from assistant.coverage.duties.time_limits import LimitKind, TimeLimit, is_laxer, time_limits
from assistant.model import Duty
from assistant.text.words import content_words


class Conflict(StrEnum):
    """What a local sentence has otherwise than the duty."""

    WEAKER_DUTY = "weaker_duty"
    LONGER_TIME_LIMIT = "longer_time_limit"
    OTHER_ACTOR = "other_actor"


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
"""Groups that take in the others."""
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
"""Groups that act for one another."""
LEAST_SHARED = 0.34
"""Share of the words of an actor from which on another one is the same."""


def conflicts_of(duty: str, strength: Duty, local: str) -> tuple[Conflict, ...]:
    """Returns what the local sentence has otherwise, in the order of ``Conflict``; () for nothing that can be told.

    A stricter local rule is no conflict. Where one side names no actor or no time, nothing is said of it.

    Args:
        duty: The duty as laid down.
        strength: Its duty word.
        local: The local sentence, with its lead-in.
    """
    tests = {
        Conflict.WEAKER_DUTY: _is_weaker(strength, local),
        Conflict.LONGER_TIME_LIMIT: _is_later(time_limits(duty), time_limits(local)),
        Conflict.OTHER_ACTOR: _is_on_another(clause_of(duty), clause_of(local), local),
    }
    return tuple(conflict for conflict, is_so in tests.items() if is_so)


def _is_weaker(strength: Duty, local: str) -> bool:
    if _BINDS.search(local):
        return False
    if _SHOULD.search(local):
        return strength is Duty.MUST
    return _MAY.search(local) is not None


def _is_later(laid_down: tuple[TimeLimit, ...], local: tuple[TimeLimit, ...]) -> bool:
    for kind in LimitKind:
        theirs = [each for each in laid_down if each.kind is kind]
        ours = [each for each in local if each.kind is kind]
        if not theirs or not ours:
            continue
        if len(theirs) == len(ours):
            if any(is_laxer(our, their) for our, their in zip(ours, theirs, strict=True)):
                return True
        elif is_laxer(_strictest(ours), _strictest(theirs)):
            return True
    both = (
        [each for each in laid_down if each.kind is not LimitKind.LASTS],
        [each for each in local if each.kind is not LimitKind.LASTS],
    )
    if both[0] and both[1] and not {each.kind for each in both[0]} & {each.kind for each in both[1]}:
        return min(each.days for each in both[1]) > min(each.days for each in both[0])
    return False


def _strictest(limits: list[TimeLimit]) -> TimeLimit:
    order = sorted(limits, key=lambda each: each.days)
    return order[-1] if limits[0].kind is LimitKind.LASTS else order[0]


def _is_on_another(duty: Clause | None, local: Clause | None, text: str) -> bool:
    if duty is None or local is None:
        return False
    theirs, ours = _BE_A.match(duty.action), _BE_A.match(local.action)
    if theirs and ours:
        return _head(theirs.group("who")) not in content_words(ours.group("who"))
    if not duty.actor:
        return False
    our_actor = local.actor or (local.subject if _SERVES.search(local.subject) else "")
    if not our_actor or _shared(duty.actor, our_actor) >= LEAST_SHARED:
        return False
    their_group, our_group = _group(duty.actor), _group(our_actor)
    if their_group in groups_in(text) and not _SERVES.search(our_actor):
        return False
    if _SERVES.search(our_actor) and our_group in GENERIC:
        return True
    if their_group in GENERIC or our_group in GENERIC or their_group == our_group:
        return False
    return not any({their_group, our_group} <= family for family in FAMILIES)


def _group(actor: str) -> str:
    found = named_actor(actor)
    return found[1] if found else NOT_NAMED


def _head(phrase: str) -> str | None:
    """Returns the stem of the last word of a noun phrase, which says what it is; None for none."""
    return next(reversed(content_words(phrase)), None)


def _shared(theirs: str, ours: str) -> float:
    """Returns the share of the words of one actor that the other has, 0 for none."""
    words = set(content_words(theirs))
    return len(words & set(content_words(ours))) / len(words) if words else 0.0
