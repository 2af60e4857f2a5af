"""Findings and recommendations of learning reviews, and the local sentences that take them up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.coverage.duties.register import digest_of
from assistant.coverage.texts.local_text import LocalMatch, LocalText
from assistant.editions.locations import label_at
from assistant.model import Digest, Edition, EditionId, Kind, Passage, PassageId, Sentence, SentenceKind, Span
from assistant.ports import Snapshot, Vectors

TRACED, NEAR = 1.0, 0.65
"""Least sum of likeness and shared words, and least likeness, for a local sentence to take up a recommendation.

Stricter than for a duty: reporting a recommendation as taken up when it was not is the worse mistake.
"""
_NUMBER = re.compile(r"^\s*(?:\d{1,3}(?:\.\d{1,3})*\.?|\(?[a-z]\)|[ivx]+\.)\s+")
_NAMED = re.compile(
    r"^(?P<kind>recommendation|finding|learning point|lesson)s?\s*(?:no\.?\s*)?\d+\b[.:)]?\s*", re.IGNORECASE
)
_HEADED = (
    ("recommendation", re.compile(r"\brecommend", re.IGNORECASE)),
    ("finding", re.compile(r"\b(?:findings?|learning points?|lessons?)\b", re.IGNORECASE)),
)
_LAYS_DOWN = re.compile(r"\b(?:should|must|needs? to|recommend\w*|ensure|consider|asks?)\b", re.IGNORECASE)
LEAST_WORDS = 6


class PointKind(StrEnum):
    """Type of a review point."""

    FINDING = "finding"
    RECOMMENDATION = "recommendation"


@dataclass(frozen=True, slots=True)
class ReviewPoint:
    """One finding or recommendation in the words of the review; never a duty."""

    digest: Digest
    kind: PointKind
    edition_id: EditionId
    passage_id: PassageId
    place: int
    """Index of its sentence in the passage, from 0."""
    parts: tuple[Span, ...]
    quote: str
    headings: tuple[str, ...]
    label: str | None


@dataclass(frozen=True, slots=True)
class Trace:
    """A point, and the local sentences nearest to it."""

    point: ReviewPoint
    is_traced: bool
    matches: tuple[LocalMatch, ...]


def review_points(snapshot: Snapshot, edition: Edition) -> tuple[ReviewPoint, ...]:
    """Returns the findings and recommendations of a learning review in reading order; () for any other document.

    A sentence counts where it is labelled ("Recommendation 3."), in itself or by the line before, or where it opens a
    numbered paragraph or list item under such a heading; a recommendation has to ask for something.
    """
    if edition.kind is not Kind.LEARNING_REVIEW:
        return ()
    text = snapshot.text(edition.edition_id)
    points: list[ReviewPoint] = []
    announced: PointKind | None = None
    for passage in snapshot.passages_of(edition.edition_id):
        for place, sentence in enumerate(passage.sentences):
            own = text[sentence.span.start : sentence.span.end]
            bare = _NUMBER.sub("", own)
            named = _NAMED.match(bare)
            kind = announced or _kind(own, bare, passage, sentence)
            announced = _kind_named(named) if named and named.end() == len(bare) else None
            quote = bare[named.end() :] if named else bare
            is_one = sentence.kind in (SentenceKind.PROSE, SentenceKind.LIST_ITEM) and not quote.rstrip().endswith(":")
            if kind is not None and is_one and len(quote.split()) >= LEAST_WORDS:
                points.append(_point(kind, passage, place, sentence, quote, edition))
    return tuple(points)


def trace_points(points: Sequence[ReviewPoint], vectors: Sequence[Vectors], local: LocalText) -> tuple[Trace, ...]:
    """Returns for each point the nearest local sentences, and whether the nearest takes it up.

    Args:
        points: The points.
        vectors: float32 (dim,) of each.
        local: The local documents.
    """
    traces = []
    for point, vector in zip(points, vectors, strict=True):
        matches = local.nearest(point.quote, vector)
        is_traced = bool(matches) and matches[0].likeness >= NEAR and matches[0].nearness >= TRACED
        traces.append(Trace(point, is_traced, matches))
    return tuple(traces)


def _point(
    kind: PointKind, passage: Passage, place: int, sentence: Sentence, quote: str, edition: Edition
) -> ReviewPoint:
    span = Span(sentence.span.end - len(quote), sentence.span.end)
    label = label_at(passage, sentence.span.start)
    digest = digest_of(edition.work, quote)
    return ReviewPoint(
        digest, kind, edition.edition_id, passage.passage_id, place, (span,), quote, passage.headings, label
    )


def _kind_named(named: re.Match[str]) -> PointKind:
    is_recommendation = named.group("kind").lower() == "recommendation"
    return PointKind.RECOMMENDATION if is_recommendation else PointKind.FINDING


def _kind(own: str, bare: str, passage: Passage, sentence: Sentence) -> PointKind | None:
    named = _NAMED.match(bare)
    if named:
        return _kind_named(named)
    opens = own != bare or sentence.kind is SentenceKind.LIST_ITEM
    heading = passage.headings[-1] if passage.headings else ""
    headed = next((kind for kind, pattern in _HEADED if pattern.search(heading)), None)
    if not opens or headed is None or (headed == "recommendation" and not _LAYS_DOWN.search(bare)):
        return None
    return PointKind(headed)
