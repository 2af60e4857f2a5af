"""Joins what the policy team decided to what a run found."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from assistant.coverage.texts.paragraphs import plain
from assistant.coverage.values import Part, Row
from assistant.errors import UsageError
from assistant.model.coverage import Decision

JUDGEMENTS = {
    "duties": ("covered", "partial", "absent", "conflicts", "not_local"),
    "references": ("to_get", "not_needed"),
    "currency": ("to_renew", "noted"),
    "recommendations": ("traced", "untraced", "not_local"),
    "diff": ("to_act", "no_action"),
    "topics": ("covered", "accepted_gap", "out_of_remit"),
    "questions": ("being_written", "covered", "out_of_remit"),
}
"""What a finding of each part may be held to be."""
NOTE_CHARS = 2000


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding with what was decided of it."""

    row: Row
    decision: Decision | None
    is_stale: bool
    """The words it was decided on have changed since: it has to be looked at again."""

    @property
    def state(self) -> str:
        """Returns what it is held to be: what was decided, or what is proposed while nothing is, or no longer."""
        return self.row.state if self.decision is None or self.is_stale else self.decision.state


@dataclass(frozen=True, slots=True)
class JudgedPart:
    """A part with the decisions on its findings, in the order of the part."""

    part: Part
    rows: tuple[Judged, ...]

    def states(self) -> tuple[str, ...]:
        """Returns every state that a finding may have, proposed or decided, the worst first."""
        return tuple(dict.fromkeys((*self.part.states, *JUDGEMENTS[self.part.name])))

    def counts(self) -> dict[str, int]:
        """Returns each state with its number of findings, none left out."""
        found = Counter(each.state for each in self.rows)
        return {state: found[state] for state in self.states()}


def judged(part: Part, decisions: Iterable[Decision]) -> JudgedPart:
    """Returns a part with the decisions on its findings; those on findings that are gone are left out."""
    by_key = {each.key: each for each in decisions if each.part == part.name}
    return JudgedPart(part, tuple(_judged(row, by_key.get(row.key)) for row in part.rows))


def evidence_of(row: Row) -> str:
    """Returns the digest of the words that a finding rests on: its source, and the nearest local words beside it."""
    words = "\n".join(plain(each.text) for each in row.quotes[:2])
    return hashlib.sha256(words.encode()).hexdigest()


def decision_on(part: Part, key: str, state: str, note: str, by: str, at: datetime) -> Decision:
    """Returns the decision on a finding.

    Raises:
        UsageError: There is no such finding, it may not be held to be that, or the note is too long.
    """
    row = next((each for each in part.rows if each.key == key), None)
    if row is None:
        raise UsageError(
            f"{key}: no such finding in {part.name} now. List them: `assistant coverage {part.name} --json`."
        )
    allowed = JUDGEMENTS[part.name]
    if state not in allowed:
        raise UsageError(f"{state}: a finding of {part.name} may be held to be {', '.join(allowed)}.")
    if len(note) > NOTE_CHARS:
        raise UsageError(f"The note has {len(note)} characters; at most {NOTE_CHARS}.")
    return Decision(part.name, key, state, note, by, at, evidence_of(row))


def _judged(row: Row, decision: Decision | None) -> Judged:
    return Judged(row, decision, decision is not None and decision.evidence != evidence_of(row))
