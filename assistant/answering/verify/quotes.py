"""Checks that every quote stands, word for word, in its one passage.

What is forgiven, and nothing else, is in ``assistant.text.quote_matching``.
"""

from __future__ import annotations

from assistant.editions.locations import words_at
from assistant.model import Claim, Draft, EditionId, Finding, Passage, Span, Verdict
from assistant.ports import Snapshot
from assistant.text.quote_matching import comparable, holds


def verify_quotes(draft: Draft, snapshot: Snapshot) -> tuple[Finding, ...]:
    """Returns one finding per claim of an extracted draft, in order.

    A claim is supported when its words are its parts and nothing else, and each part stands in one quotable
    passage of the same edition at the place it names, or is a heading; several headings are a quote, one alone is none.
    """
    return tuple(_check(claim, snapshot) for claim in draft.claims)


def _check(claim: Claim, snapshot: Snapshot) -> Finding:
    text = snapshot.text(claim.edition_id)
    if comparable(claim.text) != comparable(words_at(claim.parts, text)):
        return Finding(claim, Verdict.UNSUPPORTED, "The words given are not the words at the place named.")
    fault = fault_of(claim, snapshot)
    if fault:
        return Finding(claim, Verdict.UNSUPPORTED, fault)
    return Finding(claim, Verdict.SUPPORTED, "Every part stands word for word in one passage.")


def fault_of(claim: Claim, snapshot: Snapshot) -> str | None:
    """Returns why the parts of a claim are no quote of quotable passages of its edition, None where they are."""
    text = snapshot.text(claim.edition_id)
    own = snapshot.passages([claim.passage_id])
    parts = [part for part in claim.parts if not _is_heading(part, claim.edition_id, text, snapshot)]
    if not parts and len(claim.parts) == 1:
        return "A heading alone is no quote."
    holders = ((part, _holder(part, own) or snapshot.passage_at(claim.edition_id, part)) for part in parts)
    return next((fault for part, holder in holders if (fault := _fault(part, text, holder))), None)


def _is_heading(part: Span, edition_id: EditionId, text: str, snapshot: Snapshot) -> bool:
    """Returns whether a part is a whole heading, at the start of its section."""
    opening = (each for each in snapshot.sections(edition_id) if each.span.start == part.start and each.headings)
    return any(text[part.start : part.end] == each.headings[-1] for each in opening)


def _holder(part: Span, passages: tuple[Passage, ...]) -> Passage | None:
    inside = (each for each in passages if each.span.start <= part.start and part.end <= each.span.end)
    return next(inside, None)


def _fault(part: Span, text: str, holder: Passage | None) -> str | None:
    if holder is None:
        return "A quoted part does not lie in one passage."
    if not holder.is_quotable:
        return "A quoted part lies in a figure or table whose reading order is not certain."
    if not holds(holder.text, text[part.start : part.end]):
        return "A quoted part is not found in its passage."
    return None
