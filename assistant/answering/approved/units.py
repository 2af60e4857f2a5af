"""Quoted units: made of places in an edition, and found again in its text of today."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence

from assistant.answering.verify.quotes import fault_of
from assistant.editions.locations import edition_named, headings_at, words_at
from assistant.errors import UsageError
from assistant.model import Claim, EditionId, Passage, Span
from assistant.model.approved import QuotedUnit, UnitFault
from assistant.ports import Snapshot
from assistant.text.headings import turns_round
from assistant.text.quote_matching import comparable, places


def digest_of(quotes: Sequence[str]) -> str:
    """Returns the digest of words, with only what quotes forgive removed."""
    return hashlib.sha256("\n".join(map(comparable, quotes)).encode()).hexdigest()


def unit_at(edition_id: EditionId, parts: Sequence[Span], snapshot: Snapshot) -> QuotedUnit:
    """Returns the unit of some stretches of an edition.

    Raises:
        UsageError: The edition is not in the library, or the stretches cannot be quoted; says why.
    """
    editions = {each.edition_id: each for each in snapshot.editions()}
    if edition_id not in editions:
        raise UsageError(f"No edition {edition_id!r} is in the library. Pick a passage of one that is.")
    text = snapshot.text(edition_id)
    passage = snapshot.passage_at(edition_id, parts[-1]) if parts else None
    if passage is None or any(not 0 <= part.start < part.end <= len(text) for part in parts):
        raise UsageError("A quoted stretch does not lie in one passage. Pick sentences or a whole passage.")
    quotes = tuple(text[part.start : part.end] for part in parts)
    unit = QuotedUnit(
        edition_id, passage.passage_id, tuple(parts), quotes, digest_of(quotes), turning_of(passage, parts, text),
        editions[edition_id].title,
    )  # fmt: skip
    fault = fault_of(claim_of(unit, snapshot), snapshot)
    if fault:
        raise UsageError(f"{fault} Pick sentences or a whole passage.")
    return unit


def turning_of(passage: Passage, parts: Sequence[Span], text: str) -> tuple[str, ...]:
    """Returns the headings above a unit that turn its words round."""
    return tuple(each for each in headings_at(passage.headings, parts[-1].start, text) if turns_round(each))


def claim_of(unit: QuotedUnit, snapshot: Snapshot) -> Claim:
    """Returns a unit as the claim that verification checks."""
    return Claim(words_at(unit.parts, snapshot.text(unit.edition_id)), unit.parts, unit.edition_id, unit.passage_id)


def found_again(unit: QuotedUnit, snapshot: Snapshot, excluded: Collection[EditionId] = ()) -> QuotedUnit | UnitFault:
    """Returns a unit where its words stand today, or why it does not hold.

    Words that stand at another place of their edition, under headings that turn them round no otherwise, are the same unit.

    Args:
        unit: The unit as it was stored.
        snapshot: The generation.
        excluded: Editions that do not answer: replaced, or not in force.
    """
    if unit.edition_id not in {each.edition_id for each in snapshot.editions()}:
        return UnitFault.GONE
    if unit.edition_id in excluded:
        return UnitFault.SUPERSEDED
    return next((each for each in _candidates(unit, snapshot) if _holds(each, unit, snapshot)), UnitFault.CHANGED)


def _candidates(unit: QuotedUnit, snapshot: Snapshot) -> Iterator[QuotedUnit]:
    """Yields the unit at its place, and then at other places of its edition, the nearest first."""
    text = snapshot.text(unit.edition_id)
    there = all(part.end <= len(text) for part in unit.parts)
    if there and digest_of([text[part.start : part.end] for part in unit.parts]) == unit.digest:
        yield from _placed(unit, unit.parts, snapshot)
    last = sorted(places(unit.quotes[-1], text), key=lambda each: abs(each.start - unit.parts[-1].start))
    for place in last:
        above = [_before(quote, place, text) for quote in unit.quotes[:-1]]
        if all(above):
            parts = (*(each for each in above if each), place)
            yield from _placed(unit, parts, snapshot)


def _before(quote: str, place: Span, text: str) -> Span | None:
    """Returns where a lead-in stands nearest before its last part, else nearest after it; None for nowhere."""
    found = list(places(quote, text))
    earlier = [each for each in found if each.end <= place.start]
    return max(earlier, key=lambda each: each.start) if earlier else next(iter(found), None)


def _placed(unit: QuotedUnit, parts: Sequence[Span], snapshot: Snapshot) -> Iterator[QuotedUnit]:
    passage = snapshot.passage_at(unit.edition_id, parts[-1])
    if passage is None:
        return
    text = snapshot.text(unit.edition_id)
    quotes = tuple(text[part.start : part.end] for part in parts)
    turning = turning_of(passage, parts, text)
    title = edition_named(unit.edition_id, snapshot).title
    yield QuotedUnit(unit.edition_id, passage.passage_id, tuple(parts), quotes, digest_of(quotes), turning, title)


def _holds(candidate: QuotedUnit, unit: QuotedUnit, snapshot: Snapshot) -> bool:
    is_same = candidate.digest == unit.digest and candidate.turning == unit.turning
    return is_same and fault_of(claim_of(candidate, snapshot), snapshot) is None
