"""The duty register: every "must" and "should" of legislation and statutory guidance, taken apart."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.coverage.duties.clauses import PRONOUNS, Clause, clause_of, is_open_list, opens_duty
from assistant.coverage.duties.time_limits import TimeLimit, time_limits
from assistant.coverage.texts.paragraphs import plain
from assistant.editions.locations import label_at
from assistant.model import Digest, Duty, Edition, EditionId, Kind, Passage, PassageId, Sentence, Span
from assistant.ports import Snapshot

BINDING = (Kind.LEGISLATION, Kind.STATUTORY_GUIDANCE)
"""Kinds of document that lay down duties."""


@dataclass(frozen=True, slots=True)
class StatutoryDuty:
    """One duty as laid down, and its parts as read from the words; what could not be read is empty."""

    digest: Digest
    """Of the work and the words: the same duty of a later edition has the same one."""
    edition_id: EditionId
    passage_id: PassageId
    place: int
    """Which sentence of the passage it is, from 0."""
    parts: tuple[Span, ...]
    """Lead-in, then item; or the sentence alone."""
    quote: str
    headings: tuple[str, ...]
    label: str | None
    strength: Duty
    subject: str
    """What the duty word falls on, as worded."""
    actor: str
    """As worded; "" where nobody is named, as in "a referral should be made"."""
    is_actor_inferred: bool
    """The words say "they" or "it", and the actor is that of the sentence before."""
    action: str
    condition: str
    time_limits: tuple[TimeLimit, ...]


def duties(snapshot: Snapshot, edition: Edition, *, once: bool = True) -> tuple[StatutoryDuty, ...]:
    """Returns the duties of an edition in reading order; () for a document of a kind that lays down none.

    A list item counts with its lead-in, except a sentence of its own after "they should:". A lead-in counts alone only
    where its items are conditions. The same words twice in an edition are one duty, at their first place.

    Args:
        snapshot: Where the edition is.
        edition: Which.
        once: False to have the same words each time they stand there.
    """
    if edition.kind not in BINDING:
        return ()
    text = snapshot.text(edition.edition_id)
    found: list[StatutoryDuty] = []
    actor = ""
    passages = snapshot.passages_of(edition.edition_id)
    opened = {lead for passage in passages for each in passage.sentences for lead in each.lead_ins}
    for passage in passages:
        for place, sentence in enumerate(passage.sentences):
            duty = _duty(passage, place, sentence, text, edition, actor, sentence.span in opened)
            if duty is not None:
                actor = duty.actor or actor
                found.append(duty)
    first = {each.digest: each for each in reversed(found)}
    return tuple(each for each in found if not once or first[each.digest] is each)


def digest_of(work: str, quote: str) -> Digest:
    """Returns what names a duty in every edition of a work that words it alike."""
    return Digest(hashlib.sha256(f"{work}\n{plain(quote)}".encode()).hexdigest())


def _duty(
    passage: Passage, place: int, sentence: Sentence, text: str, edition: Edition, actor: str, opens_list: bool
) -> StatutoryDuty | None:
    own = text[sentence.span.start : sentence.span.end]
    leads = [text[each.start : each.end] for each in sentence.lead_ins]
    if opens_list and not is_open_list(own):
        return None
    alone, led = clause_of(_with_subject(own, leads)), next(_from_lead_ins(leads, own), None)
    is_whole = alone is not None and own[:1].isupper()
    if leads and opens_duty(leads[-1]):
        alone, leads = (alone, []) if is_whole else (led, leads)
    clause = alone or led
    if clause is None:
        return None
    parts = (*(sentence.lead_ins if leads else ()), sentence.span)
    quote = " ".join((*leads, own))
    is_inferred = clause.actor.lower() in PRONOUNS
    return StatutoryDuty(
        digest_of(edition.work, quote),
        edition.edition_id,
        passage.passage_id,
        place,
        parts,
        quote,
        passage.headings,
        label_at(passage, parts[0].start),
        clause.strength,
        clause.subject,
        actor if is_inferred else clause.actor,
        is_inferred,
        clause.action,
        clause.condition,
        time_limits(quote),
    )


def _with_subject(own: str, leads: list[str]) -> str:
    """Returns an item that begins with its duty word after the subject in its lead-in ("The chair:", "should be …")."""
    return f"{leads[-1].rstrip(' :')} {own}" if leads and own.lower().startswith(("must ", "should ")) else own


def _from_lead_ins(leads: list[str], item: str) -> Iterator[Clause]:
    """Yields the clause of the innermost lead-in that lays down a duty, with the item as its action."""
    for lead in reversed(leads):
        clause = clause_of(lead)
        if clause is not None and not is_open_list(lead):
            yield replace(clause, action=f"{clause.action.rstrip(' :')} {item}".strip())
