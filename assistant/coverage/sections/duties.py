"""The section that compares every statutory duty with local policy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Annotated

from assistant.coverage.duties.actors import group_of
from assistant.coverage.duties.conflicts import Conflict
from assistant.coverage.duties.register import BINDING, StatutoryDuty, duties
from assistant.coverage.duties.states import Proposal, State, propose
from assistant.coverage.facts import Column, Facts
from assistant.coverage.texts.local_text import LOCAL, LocalMatch, LocalText
from assistant.coverage.values import ReportSection, Row, SourceQuote, source_quote
from assistant.model import Duty, Edition
from assistant.ports import Snapshot, Vectors
from assistant.text.time_limits import TimeLimit


@dataclass(frozen=True, slots=True)
class Actor:
    """Who has to act, as worded."""

    words: str
    is_inferred: bool
    """Taken from the sentence before, as the duty says "they" or "it"."""

    def __str__(self) -> str:
        """Returns the words, with a note where they are inferred."""
        return f"{self.words} (from the sentence before)" if self.is_inferred and self.words else self.words


@dataclass(frozen=True, slots=True)
class DutyFacts(Facts):
    """Facts of a duty; each is a column of the duty register and its exports."""

    strength: Annotated[Duty, Column("duty word")]
    actor: Annotated[Actor, Column("on whom")]
    group: Annotated[str, Column("group")]
    """Group of the actor; ``NOT_NAMED`` where the duty names nobody."""
    action: Annotated[str, Column("action")]
    condition: Annotated[str, Column("condition")]
    time_limits: Annotated[tuple[TimeLimit, ...], Column("time limit", text=attrgetter("words"), joined="; ")]
    conflicts: Annotated[tuple[Conflict, ...], Column("conflict")]


NOT_ASSESSED = "not_assessed"
"""State of every duty while no local policy is indexed, as nothing can then be called absent from it."""
STATES = (*(state.value for state in State), NOT_ASSESSED)
LEAD = (
    "Every must and should of legislation and statutory guidance, with the nearest sentences of local policy and a "
    "proposed state. Proposals are made by the program; you decide."
)


def duties_section(snapshot: Snapshot, answering: Sequence[Edition]) -> ReportSection:
    """Returns the duty register over the editions that answer today, conflicts first, then what is absent.

    Args:
        snapshot: The library.
        answering: The editions in force that the reader may see.
    """
    binding = [each for each in answering if each.kind in BINDING]
    local = [each for each in answering if each.kind in LOCAL]
    register = [duty for edition in binding for duty in duties(snapshot, edition)]
    proposals = propose(register, vectors_of(register, snapshot), LocalText.of(snapshot, local))
    rows = sorted((_row(each, snapshot, bool(local)) for each in proposals), key=_order)
    return ReportSection("duties", "Duty register", LEAD, tuple(_notes(binding, local)), STATES, tuple(rows))


def vectors_of(register: Sequence[StatutoryDuty], snapshot: Snapshot) -> list[Vectors]:
    """Returns float32 (dim,) of each duty, as stored by the ingest."""
    stored = snapshot.sentence_vectors(list({each.passage_id for each in register}))
    return [stored[each.passage_id][each.place] for each in register]


def _notes(binding: Sequence[Edition], local: Sequence[Edition]) -> list[str]:
    notes = []
    if not binding:
        notes.append("No legislation or statutory guidance is indexed, so the register is empty.")
    if not local:
        notes.append(
            "No local policy or procedure is indexed, so nothing is proposed: a strategy is not a procedure, and a duty "
            "it does not mention is not absent. Ingest the local procedures to compare the duties with them."
        )
    notes += [
        f"{each.title} is a {each.form}: it is used in place of a policy in force, and may describe what is not done yet."
        for each in local
        if each.form != "official"
    ]
    return notes


def _row(proposal: Proposal, snapshot: Snapshot, has_local: bool) -> Row[DutyFacts]:
    duty = proposal.duty
    state = proposal.state.value if has_local or proposal.state is State.NOT_LOCAL else NOT_ASSESSED
    facts = DutyFacts(
        strength=duty.strength,
        actor=Actor(duty.actor, duty.is_actor_inferred),
        group=group_of(duty.actor),
        action=duty.action,
        condition=duty.condition,
        time_limits=duty.time_limits,
        conflicts=proposal.conflicts,
    )
    source = source_quote(snapshot, duty.edition_id, duty.parts, label=duty.label, headings=duty.headings, role="duty")
    return Row(
        duty.digest, state, duty.quote, facts, (source, *(local_quote(snapshot, each) for each in proposal.matches))
    )


def local_quote(snapshot: Snapshot, match: LocalMatch) -> SourceQuote:
    """Returns a local sentence as a quote."""
    local = match.local
    return source_quote(
        snapshot,
        local.edition_id,
        local.parts,
        label=local.label,
        headings=local.headings,
        role="local",
        likeness=match.likeness,
    )


def _order(row: Row[DutyFacts]) -> tuple[int, int, float]:
    """Returns the sort key of a row: the worst state, a must before a should, the nearest local sentence first."""
    nearest = max((each.likeness or 0.0 for each in row.quotes), default=0.0)
    return STATES.index(row.state), 0 if row.facts.strength is Duty.MUST else 1, -nearest
