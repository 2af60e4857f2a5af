"""Says at every citation of an edition that its publisher withdrew or superseded it, as soon as a sync has seen that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from assistant.editions.notices import day
from assistant.messages import notice
from assistant.model import Answered, Citation, Edition, EditionId, Notice, Outcome, Refused, Signposted
from assistant.model.sources import EditionMark


def marked(outcome: Outcome, marks: Sequence[EditionMark]) -> Outcome:
    """Returns an outcome with a notice at each citation of a marked edition; the outcome itself where none is cited."""
    by_edition = {each.edition_id: each for each in marks}
    if not by_edition:
        return outcome
    if isinstance(outcome, Signposted):
        then = None if outcome.then is None else _with_notices(outcome.then, by_edition)
        more = _of_whole([each.citation.edition for each in outcome.steps], by_edition)
        return replace(outcome, then=then, notices=(*outcome.notices, *more))
    return _with_notices(outcome, by_edition)


def mark_notice(edition: Edition, mark: EditionMark, citation: int | None = None) -> Notice:
    """Returns the notice that an edition was withdrawn or superseded."""
    note = f" “{mark.note}”" if mark.note else ""
    said = notice(
        mark.kind.value,
        edition.edition_id,
        title=edition.title,
        since=f" on {day(mark.since)}" if mark.since else "",
        note=note,
        successor=f" It names {mark.successor} instead." if mark.successor else "",
    )
    return replace(said, citation=citation)


def _with_notices(outcome: Answered | Refused, marks: Mapping[EditionId, EditionMark]) -> Answered | Refused:
    shown = outcome.related if isinstance(outcome, Answered) else outcome.nearest
    apart = [] if isinstance(outcome, Answered) else [each.citation.edition for each in outcome.decides]
    more = (*_at_citations((*outcome.citations, *shown), marks), *_of_whole(apart, marks))
    return replace(outcome, notices=(*outcome.notices, *more)) if more else outcome


def _at_citations(citations: Sequence[Citation], marks: Mapping[EditionId, EditionMark]) -> Iterator[Notice]:
    for number, citation in {each.number: each for each in citations}.items():
        mark = marks.get(citation.edition.edition_id)
        if mark is not None:
            yield mark_notice(citation.edition, mark, number)


def _of_whole(editions: Sequence[Edition], marks: Mapping[EditionId, EditionMark]) -> tuple[Notice, ...]:
    unique = {each.edition_id: each for each in editions if each.edition_id in marks}
    return tuple(mark_notice(each, marks[each.edition_id]) for each in unique.values())
