"""The words of today beside those that an approved answer quoted and that do not hold any more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz, process

from assistant.editions.in_force import excluded_at, successors
from assistant.model import Edition, EditionId, Span
from assistant.model.approved import QuotedUnit
from assistant.ports import Snapshot

LEAST_ALIKE = 55.0
"""Least similarity (rapidfuzz ratio, 0 to 100) of words that may have taken the place of others."""

LOOKED_AT = 500
FAR = 20.0
"""Similarity points that words lose at the other end of the text."""


@dataclass(frozen=True, slots=True)
class NewWords:
    """Where the words stand today that are most like those of a unit."""

    edition: Edition
    parts: tuple[Span, ...]
    text: str


def new_words(unit: QuotedUnit, snapshot: Snapshot, today: date) -> NewWords | None:
    """Returns the sentence or passage most like a unit, in its edition or in what replaced it; None where none is like it."""
    found = [
        each for each in (_most_like(unit, edition, snapshot) for edition in _editions(unit, snapshot, today)) if each
    ]
    return max(found, key=lambda each: fuzz.ratio(unit.text, each.text), default=None)


def _editions(unit: QuotedUnit, snapshot: Snapshot, today: date) -> list[Edition]:
    every = (*snapshot.editions(), *snapshot.known())
    own = [each for each in every if each.edition_id == unit.edition_id]
    later = [other for each in own for other in (*successors(each, every), *(e for e in every if e.work == each.work))]
    excluded = set(excluded_at(snapshot.editions(), snapshot.known(), today))
    indexed = {each.edition_id for each in snapshot.editions()} - excluded
    return [each for each in dict.fromkeys((*own, *later)) if each.edition_id in indexed]


def _most_like(unit: QuotedUnit, edition: Edition, snapshot: Snapshot) -> NewWords | None:
    candidates: list[tuple[tuple[Span, ...], str]] = []
    text = snapshot.text(EditionId(edition.edition_id))
    for passage in snapshot.passages_of(edition.edition_id):
        if not passage.is_quotable:
            continue
        candidates.append(((passage.span,), passage.text))
        for each in passage.sentences:
            parts = (*each.lead_ins, each.span)
            candidates.append((parts, "\n".join(text[part.start : part.end] for part in parts)))
    words = [each[1] for each in candidates]
    alike = process.extract(unit.text, words, scorer=fuzz.ratio, score_cutoff=LEAST_ALIKE, limit=LOOKED_AT)
    near = max(alike, key=lambda each: each[1] - _distance(unit, candidates[each[2]][0], len(text)), default=None)
    return NewWords(edition, *candidates[near[2]]) if near else None


def _distance(unit: QuotedUnit, parts: tuple[Span, ...], length: int) -> float:
    return FAR * abs(unit.parts[-1].start - parts[-1].start) / max(length, 1)
