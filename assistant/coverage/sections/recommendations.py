"""The section that traces findings and recommendations of learning reviews to local policy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from assistant.coverage.facts import Column, Facts
from assistant.coverage.reviews.recommendations import PointKind, Trace, review_points, trace_points
from assistant.coverage.sections.duties import NOT_ASSESSED, local_quote
from assistant.coverage.texts.local_text import LOCAL, LocalText
from assistant.coverage.values import ReportSection, Row, source_quote
from assistant.model import Edition, Form, Kind
from assistant.ports import Snapshot

UNTRACED, TRACED = "untraced", "traced"
STATES = (UNTRACED, TRACED, NOT_ASSESSED)
LEAD = (
    "Findings and recommendations of learning reviews, with the local sentences that take them up. A review finds and "
    "recommends; it imposes no duty."
)


@dataclass(frozen=True, slots=True)
class RecommendationFacts(Facts):
    """Facts of a finding or recommendation of a learning review."""

    kind: Annotated[PointKind, Column("kind")]
    review: Annotated[str, Column("review")]
    """Title of the review."""


def recommendations_section(snapshot: Snapshot, answering: Sequence[Edition]) -> ReportSection:
    """Returns the points of the learning reviews, untraced recommendations first, then in reading order.

    Args:
        snapshot: The library.
        answering: The editions in force that the reader may see.
    """
    reviews = [each for each in answering if each.kind is Kind.LEARNING_REVIEW]
    local = [each for each in answering if each.kind in LOCAL]
    points = [point for edition in reviews for point in review_points(snapshot, edition)]
    stored = snapshot.sentence_vectors(list({each.passage_id for each in points}))
    vectors = [stored[each.passage_id][each.place] for each in points]
    traces = trace_points(points, vectors, LocalText.of(snapshot, local))
    rows = [_row(each, snapshot, bool(local)) for each in traces]
    rows.sort(key=lambda row: (row.facts.kind is not PointKind.RECOMMENDATION, STATES.index(row.state)))
    return ReportSection(
        "recommendations", "Recommendations of reviews", LEAD, tuple(_notes(reviews, local)), STATES, tuple(rows)
    )


def _notes(reviews: Sequence[Edition], local: Sequence[Edition]) -> list[str]:
    notes = [] if reviews else ["No learning review is indexed, so there is nothing to trace."]
    if reviews and not local:
        notes.append("No local policy or procedure is indexed, so nothing can be traced to one.")
    notes += [
        f"{each.title} is a summary: the full review may contain more findings and recommendations."
        for each in reviews
        if each.form is Form.SUMMARY
    ]
    return notes


def _row(trace: Trace, snapshot: Snapshot, has_local: bool) -> Row[RecommendationFacts]:
    point = trace.point
    state = (TRACED if trace.is_traced else UNTRACED) if has_local else NOT_ASSESSED
    source = source_quote(
        snapshot, point.edition_id, point.parts, label=point.label, headings=point.headings, role="review"
    )
    facts = RecommendationFacts(point.kind, source.edition.title)
    return Row(
        point.digest, state, point.quote, facts, (source, *(local_quote(snapshot, each) for each in trace.matches))
    )
