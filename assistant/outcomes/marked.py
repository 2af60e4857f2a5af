"""Says at every citation of an edition that its publisher withdrew or superseded it, as soon as a sync has seen that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.editions.notices import day
from assistant.messages import notice
from assistant.model import Answered, Citation, Edition, Notice, Outcome, Refused, Signposted, SourceMark


def marked(outcome: Outcome) -> Outcome:
    """Returns an outcome with a notice at each citation of a marked edition; the outcome itself where none is cited."""
    if isinstance(outcome, Signposted):
        then = None if outcome.then is None else _with_notices(outcome.then)
        more = _of_whole([each.citation.edition for each in outcome.steps])
        return replace(outcome, then=then, notices=(*outcome.notices, *more))
    return _with_notices(outcome)


def mark_notice(edition: Edition, mark: SourceMark, citation: int | None = None) -> Notice:
    """Returns the notice that an edition was withdrawn or superseded."""
    said = notice(
        mark.kind,
        edition.edition_id,
        title=edition.title,
        since=f" on {day(mark.since)}" if mark.since else "",
        note=f" “{mark.note}”" if mark.note else "",
        successor=f" It names {mark.successor} instead." if mark.successor else "",
    )
    return replace(said, citation=citation)


def _with_notices(outcome: Answered | Refused) -> Answered | Refused:
    shown = outcome.related if isinstance(outcome, Answered) else outcome.nearest
    apart = [] if isinstance(outcome, Answered) else [each.citation.edition for each in outcome.decides]
    more = (*_at_citations((*outcome.citations, *shown)), *_of_whole(apart))
    return replace(outcome, notices=(*outcome.notices, *more)) if more else outcome


def _at_citations(citations: Sequence[Citation]) -> Iterator[Notice]:
    for number, citation in {each.number: each for each in citations}.items():
        if citation.edition.source_mark is not None:
            yield mark_notice(citation.edition, citation.edition.source_mark, number)


def _of_whole(editions: Sequence[Edition]) -> tuple[Notice, ...]:
    marks = {each.edition_id: (each, each.source_mark) for each in editions}
    return tuple(mark_notice(edition, mark) for edition, mark in marks.values() if mark is not None)
