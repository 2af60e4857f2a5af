"""What an outcome or a search shows of the documents, place by place, whatever kind of outcome it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.model import EditionId, Hit, Span
from assistant.outcomes.approved_text import approved_by
from assistant.outcomes.citation_text import CitationText
from assistant.outcomes.notices import at
from assistant.outcomes.quote_text import quote_text
from assistant.outcomes.view import (
    AnsweredView,
    ApprovedView,
    CitationView,
    HitView,
    NoticeView,
    OutcomeView,
    RefusedView,
    SignpostedView,
)


@dataclass(frozen=True, slots=True)
class QuotedPlace:
    """Words of one edition that were shown, and where they stand."""

    edition_id: EditionId
    parts: tuple[tuple[Span, str], ...]
    """Each stretch of the edition's text, with its words as they were shown."""
    source: str
    """The document and the place, in words."""
    subject: str
    turning: str
    """Headings that turn the words round; "" for none."""
    words: str
    """The quote, a line each."""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QuotedSection:
    """Places that were shown under one heading, in order."""

    heading: str
    places: tuple[QuotedPlace, ...]
    texts: tuple[str, ...] = ()
    """Sentences that stand before the places and are no quotes: a language model's, or the partnership's own."""


def sections_of(outcome: OutcomeView) -> tuple[QuotedSection, ...]:
    """Returns what an outcome shows of the documents, in the order shown; () where it shows nothing."""
    return tuple(each for each in _sections(outcome) if each.places)


def section_of_hits(hits: tuple[tuple[Hit, HitView], ...]) -> QuotedSection:
    """Returns the passages that a search found, best first."""
    return QuotedSection("Passages found, best first; whether they answer is not judged", tuple(map(_of_hit, hits)))


def _sections(outcome: OutcomeView) -> Iterator[QuotedSection]:
    if outcome.approved is not None:
        yield _of_approved(outcome.approved)
    if isinstance(outcome, SignpostedView):
        yield _section("What the documents said to do today", [each.citation for each in outcome.steps])
        if outcome.then is not None:
            yield from _sections(outcome.then)
        return
    notices = outcome.notices
    if isinstance(outcome, RefusedView):
        yield _section("What the documents said about this", outcome.citations, notices)
        yield _section("Who decides, in the documents’ words", [each.citation for each in outcome.decides])
        yield _section("Closest passages, not confirmed to answer", outcome.nearest, notices)
        return
    assert isinstance(outcome, AnsweredView)
    is_written = outcome.mode == "written"
    heading = "The answer was checked against" if is_written else "The answer, in the documents’ words"
    texts = tuple(each.text for each in outcome.statements) if is_written else ()
    yield QuotedSection(heading, tuple(_place(each, notices) for each in outcome.citations), texts)
    yield _section("Related, not judged to answer", outcome.related, notices)


def _of_approved(own: ApprovedView) -> QuotedSection:
    """Returns the partnership's own answer: its words, which are theirs, and what it quotes."""
    places = tuple(_place(each, own.notices) for each in own.citations)
    texts = (f"The partnership’s own words: {own.own_words}",) if own.own_words else ()
    return QuotedSection(approved_by(own.owner, own.approved_on), places, texts)


def _section(
    heading: str, citations: tuple[CitationView, ...] | list[CitationView], notices: tuple[NoticeView, ...] = ()
) -> QuotedSection:
    return QuotedSection(heading, tuple(_place(each, notices) for each in citations))


def _place(citation: CitationView, notices: tuple[NoticeView, ...]) -> QuotedPlace:
    words = CitationText.of_view(citation)
    return QuotedPlace(
        EditionId(citation.edition_id),
        tuple((Span(*each.span), each.quote) for each in citation.parts),
        words.source,
        words.subject,
        words.turning,
        quote_text(citation),
        tuple(each.text for each in at(notices, citation)),
    )


def _of_hit(found: tuple[Hit, HitView]) -> QuotedPlace:
    hit, view = found
    words = CitationText.of_hit(view)
    parts = ((hit.passage.span, hit.passage.text),)
    return QuotedPlace(hit.passage.edition_id, parts, words.source, words.subject, words.turning, hit.passage.text)
