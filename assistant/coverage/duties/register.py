"""The duty register: every "must" and "should" of legislation and statutory guidance, parsed into its parts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.coverage.duties.clauses import PRONOUNS, Clause, clause_of, is_open_list, opens_duty
from assistant.coverage.texts.paragraphs import plain
from assistant.editions.locations import label_at
from assistant.model import Digest, Duty, Edition, EditionId, Kind, Passage, PassageId, Sentence, Span
from assistant.ports import Snapshot
from assistant.text.time_limits import TimeLimit, time_limits

BINDING = (Kind.LEGISLATION, Kind.STATUTORY_GUIDANCE)
"""Types of document that impose duties."""


@dataclass(frozen=True, slots=True)
class StatutoryDuty:
    """One duty as worded, with its parsed parts; a part that could not be parsed is empty."""

    digest: Digest
    """Of the work and the words: the same duty in a later edition has the same digest."""
    edition_id: EditionId
    passage_id: PassageId
    place: int
    """Index of its sentence in the passage, from 0."""
    parts: tuple[Span, ...]
    """Spans of the lead-in and the item, or of the sentence alone."""
    quote: str
    headings: tuple[str, ...]
    label: str | None
    strength: Duty
    subject: str
    """Grammatical subject of the duty word, as worded."""
    actor: str
    """As worded; "" where nobody is named, as in "a referral should be made"."""
    is_actor_inferred: bool
    """The duty says "they" or "it", and the actor is taken from the sentence before."""
    action: str
    condition: str
    time_limits: tuple[TimeLimit, ...]


def duties(snapshot: Snapshot, edition: Edition, *, once: bool = True) -> tuple[StatutoryDuty, ...]:
    """Returns the duties of an edition in reading order; () for a document type that imposes none.

    A list item is read with its lead-in, except a full sentence after "they should:". A lead-in counts alone only
    where its items are conditions. The same words twice in an edition are one duty, at the first place.

    Args:
        snapshot: The library.
        edition: The edition.
        once: False to return repeated words each time.
    """
    if edition.kind not in BINDING:
        return ()
    text = snapshot.text(edition.edition_id)
    register: list[StatutoryDuty] = []
    actor = ""
    passages = snapshot.passages_of(edition.edition_id)
    opened = {lead for passage in passages for each in passage.sentences for lead in each.lead_ins}
    for passage in passages:
        for place, sentence in enumerate(passage.sentences):
            duty = _duty(passage, place, sentence, text, edition, actor, sentence.span in opened)
            if duty is not None:
                actor = duty.actor or actor
                register.append(duty)
    first = {each.digest: each for each in reversed(register)}
    return tuple(each for each in register if not once or first[each.digest] is each)


def digest_of(work: str, quote: str) -> Digest:
    """Returns the digest of a work and a quote, the same in every edition with the same words."""
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
    """Returns an item that begins with its duty word prefixed with the subject of its lead-in ("The chair:", "should be …")."""
    return f"{leads[-1].rstrip(' :')} {own}" if leads and own.lower().startswith(("must ", "should ")) else own


def _from_lead_ins(leads: list[str], item: str) -> Iterator[Clause]:
    """Yields the clause of the innermost lead-in that imposes a duty, with the item as its action."""
    for lead in reversed(leads):
        clause = clause_of(lead)
        if clause is not None and not is_open_list(lead):
            yield replace(clause, action=f"{clause.action.rstrip(' :')} {item}".strip())
