"""Where characters of an edition stand: their paragraph's label, and their pages."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from assistant.model import Edition, EditionId, Page, Part, Passage, SentenceKind, Span
from assistant.model.outcome import joined
from assistant.ports import Snapshot
from assistant.text.headings import turns_round

_NUMBERED = re.compile(r"(?:(\d{1,3}(?:\.\d{1,3}){1,3})\.?|(\d{1,3})\.)\s+\S")
"""The number that opens a paragraph: "155." or "6.3"."""


def label_at(passage: Passage, start: int) -> str | None:
    """Returns the label of the paragraph that a place of the edition text stands in.

    It is the last numbered paragraph that begins in the passage at the place or before it; else the passage's own
    label, unless that belongs to a paragraph which begins further on, which gives None.
    """
    own = passage.label
    for sentence in passage.sentences:
        at = sentence.span.start - passage.span.start
        match = _NUMBERED.match(passage.text, at) if sentence.kind is SentenceKind.PROSE else None
        if match is None or (at > 0 and passage.text[at - 1] != "\n"):
            continue
        label = match.group(1) or match.group(2)
        if sentence.span.start <= start:
            own = label
        else:
            return None if own == label else own
    return own


def headings_at(headings: Sequence[str], start: int, text: str) -> tuple[str, ...]:
    """Returns the headings of a place; one that turns its text round only where it stands as a line of its own before it.

    Args:
        headings: The path of the section, outermost first.
        start: The place, an offset in the edition text.
        text: The edition text.
    """
    above = f"\n{text[:start]}"
    return tuple(each for each in headings if not turns_round(each) or f"\n{each}\n" in above)


def part_at(span: Span, text: str, pages: Sequence[Page]) -> Part:
    """Returns the part of a citation at a span, with the pages that its characters stand on."""
    on = pages_of(span, pages)
    numbers, labels = tuple(page.number for page in on), tuple(page.label for page in on)
    quote = text[span.start : span.end]
    return Part(quote, span, numbers, labels, starts_line(span, text), recognised_in(span, pages))


def recognised_in(span: Span, pages: Sequence[Page]) -> float | None:
    """Returns the mean confidence of the words of a span that were read by OCR, None where none was."""
    found = [
        (min(each.end, span.end) - max(each.start, span.start), each.confidence)
        for page in pages
        if page.recognised and page.start < span.end and span.start < page.end
        for each in page.recognised
        if each.start < span.end and span.start < each.end
    ]
    letters = sum(count for count, _ in found)
    return round(sum(count * confidence for count, confidence in found) / letters, 2) if letters else None


def starts_line(span: Span, text: str) -> bool:
    """Returns whether a stretch begins a line of an edition's text."""
    return span.start == 0 or text[span.start - 1] == "\n"


def words_at(spans: Iterable[Span], text: str) -> str:
    """Returns the words at some stretches of an edition's text, joined as a citation joins its parts."""
    return joined((text[span.start : span.end], starts_line(span, text)) for span in spans)


def pages_of(span: Span, pages: Sequence[Page]) -> tuple[Page, ...]:
    """Returns the page stretches that a span touches, each page once, in reading order."""
    first = max(bisect_right(pages, span.start, key=lambda page: page.start) - 1, 0)
    touched: dict[int, Page] = {}
    for page in pages[first:]:
        if page.start >= span.end:
            break
        if page.end > span.start:
            touched.setdefault(page.number, page)
    return tuple(touched.values())


def edition_named(edition_id: EditionId, snapshot: Snapshot) -> Edition:
    """Returns an indexed edition by its id."""
    return next(each for each in snapshot.editions() if each.edition_id == edition_id)
