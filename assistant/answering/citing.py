"""Turns verified claims into statements with citations that point to the right place."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.editions.locations import edition_named, headings_at, label_at, pages_of, part_at, words_at
from assistant.editions.quote_lines import quote_lines
from assistant.model import Citation, Claim, Finding, More, Page, PassageId, Span, Statement, Verdict
from assistant.ports import Snapshot
from assistant.text.duty_words import duty_of


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
    inside = [part for part in claim.parts if passage.span.start <= part.start and part.end <= passage.span.end]
    place = (inside or claim.parts)[-1].start
    label = label_at(passage, place)
    duty = duty_of(words_at(claim.parts, text), edition.kind)
    lines = quote_lines(claim.parts, claim.edition_id, snapshot)
    headings = headings_at(passage.headings, place, text)
    more = more_at(claim.left_out, pages)
    return Citation(number, edition, headings, label, parts, duty, passage.passage_id, lines, more)


def more_at(spans: Sequence[Span], pages: Sequence[Page]) -> More | None:
    """Returns what is left out of a list, with the pages that it stands on; None for nothing."""
    on = {page.number: page.label for span in spans for page in pages_of(span, pages)}
    return More(len(spans), tuple(on), tuple(dict.fromkeys(on.values()))) if spans else None
