"""Joins the policy team's decisions to the findings of a run."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from assistant.coverage.facts import Facts
from assistant.coverage.texts.paragraphs import plain
from assistant.coverage.values import ReportSection, Row
from assistant.editions.library_view import LibraryView
from assistant.errors import UsageError
from assistant.model.coverage import Decision
from assistant.model.people import Groups

JUDGEMENTS = {
    "duties": ("covered", "partial", "absent", "conflicts", "not_local"),
    "references": ("to_get", "not_needed"),
    "currency": ("to_renew", "noted"),
    "recommendations": ("traced", "untraced", "not_local"),
    "diff": ("to_act", "no_action"),
    "topics": ("covered", "accepted_gap", "out_of_remit"),
    "questions": ("being_written", "covered", "out_of_remit"),
}
"""States that the policy team can choose for a finding, by section."""
NOTE_CHARS = 2000


@dataclass(frozen=True, slots=True)
class DecidedRow:
    """A finding with the decision on it, if there is one."""

    row: Row[Facts]
    decision: Decision | None
    is_stale: bool
    """The words it was decided on have changed since, so the finding needs another look."""

    @property
    def state(self) -> str:
        """Returns the decided state, or the proposed one where there is no decision or a stale one."""
        return self.row.state if self.decision is None or self.is_stale else self.decision.state


@dataclass(frozen=True, slots=True)
class DecidedSection:
    """A section with the decisions on its findings, in the order of the section."""

    section: ReportSection
    rows: tuple[DecidedRow, ...]

    def states(self) -> tuple[str, ...]:
        """Returns every state that a finding may have, proposed or decided, the worst first."""
        return tuple(dict.fromkeys((*self.section.states, *JUDGEMENTS[self.section.name])))

    def counts(self) -> dict[str, int]:
        """Returns each state with its number of findings, states without findings included."""
        counts = Counter(row.state for row in self.rows)
        return {state: counts[state] for state in self.states()}


def with_decisions(section: ReportSection, decisions: Iterable[Decision]) -> DecidedSection:
    """Returns a section with the decisions on its findings; decisions on findings that no longer exist are left out."""
    by_key = {each.key: each for each in decisions if each.section == section.name}
    return DecidedSection(section, tuple(_decided_row(row, by_key.get(row.key)) for row in section.rows))


def evidence_digest(row: Row[Facts]) -> str:
    """Returns the digest of the words that a finding rests on: its source, and the nearest local words."""
    words = "\n".join(plain(each.text) for each in row.quotes[:2])
    return hashlib.sha256(words.encode()).hexdigest()


def decision_on(
    section: ReportSection, key: str, state: str, note: str, by: str, at: datetime, view: LibraryView
) -> Decision:
    """Returns the decision on a finding, for those who see the finding as whoever decides does.

    Args:
        section: The section of the finding.
        key: The finding.
        state: What is decided.
        note: Why.
        by: User id of whoever decides.
        at: When.
        view: The library as they see it.

    Raises:
        UsageError: There is no such finding, the state is not one of the section's, or the note is too long.
    """
    row = next((each for each in section.rows if each.key == key), None)
    if row is None:
        raise UsageError(
            f"{key}: no such finding in {section.name} now. List them: `assistant coverage {section.name} --json`."
        )
    allowed = JUDGEMENTS[section.name]
    if state not in allowed:
        raise UsageError(f"{state}: a finding of {section.name} can be decided as {', '.join(allowed)}.")
    if len(note) > NOTE_CHARS:
        raise UsageError(f"The note has {len(note)} characters; at most {NOTE_CHARS}.")
    return Decision(section.name, key, state, note, by, at, evidence_digest(row), _groups(section, row, view))


def _groups(section: ReportSection, row: Row[Facts], view: LibraryView) -> tuple[Groups, ...]:
    """Returns for each restricted edition that a finding names or quotes the groups that may see it.

    A theme of questions does not say which documents its questions touched: every group that sets readers apart counts.
    """
    if section.name == "questions":
        return tuple((group,) for group in view.scope.split(",") if group)
    words = repr(row)
    restricted = (each for each in (*view.visible(), *view.known()) if each.groups)
    named = (each for each in restricted if each.title in words or each.edition_id in words)
    return tuple(sorted({tuple(sorted(each.groups)) for each in named}))


def _decided_row(row: Row[Facts], decision: Decision | None) -> DecidedRow:
    return DecidedRow(row, decision, decision is not None and decision.evidence != evidence_digest(row))
