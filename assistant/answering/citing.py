"""Turns verified claims into statements with citations that point to the right place."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from assistant.model import (
    Citation,
    Claim,
    Edition,
    EditionId,
    Finding,
    Page,
    Part,
    Passage,
    PassageId,
    SentenceKind,
    Span,
    Statement,
    Verdict,
)
from assistant.ports import Snapshot
from assistant.text.duty_words import duty_of

_NUMBERED = re.compile(r"(?:(\d{1,3}(?:\.\d{1,3}){1,3})\.?|(\d{1,3})\.)\s+\S")
"""The number that opens a paragraph: "155." or "6.3"."""


def cite(findings: Sequence[Finding], snapshot: Snapshot) -> tuple[tuple[Statement, ...], tuple[Citation, ...]]:
    """Returns a statement for every supported claim and its citation, numbered from 1; others are left out.

    Claims that rest on the same quote share its citation.
    """
    claims = [finding.claim for finding in findings if finding.verdict is Verdict.SUPPORTED]
    numbers: dict[tuple[PassageId, tuple[Span, ...]], int] = {}
    citations: list[Citation] = []
    statements = []
    for claim in claims:
        number = numbers.setdefault((claim.passage_id, claim.parts), len(numbers) + 1)
        if number > len(citations):
            citations.append(citation_of(claim, number, snapshot))
        kind = citations[number - 1].edition.kind
        statements.append(Statement(claim.text, (number,), duty_of(claim.text, kind)))
    return tuple(statements), tuple(citations)


def citation_of(claim: Claim, number: int, snapshot: Snapshot) -> Citation:
    """Returns the citation of one claim; pages and labels follow from offsets."""
    edition = edition_named(claim.edition_id, snapshot)
    (passage,) = snapshot.passages([claim.passage_id])
    text = snapshot.text(claim.edition_id)
    pages = snapshot.pages(claim.edition_id)
    parts = tuple(part_at(span, text, pages) for span in claim.parts)
    quote = " ".join(part.quote for part in parts)
    label = label_at(passage, claim.parts[-1].start)
    return Citation(number, edition, passage.headings, label, parts, duty_of(quote, edition.kind), passage.passage_id)


def label_at(passage: Passage, start: int) -> str | None:
    """Returns the label of the paragraph that a place of the edition text stands in.

    It is the last numbered paragraph that begins in the passage at the place or before it; else the passage's own
    label, unless that belongs to a paragraph which begins further on, which gives None.
    """
    found = passage.label
    for sentence in passage.sentences:
        at = sentence.span.start - passage.span.start
        match = _NUMBERED.match(passage.text, at) if sentence.kind is SentenceKind.PROSE else None
        if match is None or (at > 0 and passage.text[at - 1] != "\n"):
            continue
        label = match.group(1) or match.group(2)
        if sentence.span.start <= start:
            found = label
        else:
            return None if found == label else found
    return found


def part_at(span: Span, text: str, pages: Sequence[Page]) -> Part:
    """Returns the part of a citation at a span, with the pages that its characters stand on."""
    on = pages_of(span, pages)
    return Part(text[span.start : span.end], span, tuple(p.number for p in on), tuple(p.label for p in on))


def pages_of(span: Span, pages: Sequence[Page]) -> tuple[Page, ...]:
    """Returns the page stretches that a span touches, each page once, in reading order."""
    first = max(bisect_right(pages, span.start, key=lambda page: page.start) - 1, 0)
    found: dict[int, Page] = {}
    for page in pages[first:]:
        if page.start >= span.end:
            break
        if page.end > span.start:
            found.setdefault(page.number, page)
    return tuple(found.values())


def edition_named(edition_id: EditionId, snapshot: Snapshot) -> Edition:
    """Returns an indexed edition by its id."""
    return next(each for each in snapshot.editions() if each.edition_id == edition_id)
