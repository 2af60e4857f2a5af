"""The paragraphs of an edition, the unit in which two editions are compared."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.model import EditionId, Section, Span
from assistant.ports import Snapshot

_NUMBER = re.compile(r"(?:(\d{1,3}(?:\.\d{1,3}){1,3})\.?|(\d{1,3})\.)\s+(?=\S)")
"""The number that opens a paragraph: "155." or "6.3"."""
_ALIKE = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "\u00a0": " "})
_SPACE = re.compile(r"\s+")
Line = tuple[int, str, tuple[str, ...]]
"""Where a line begins, the line, and the headings it stands under."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, list item, table row, note or heading: one line of the edition text."""

    edition_id: EditionId
    span: Span
    """Of the words, without the paragraph number."""
    text: str
    label: str | None
    """Number of this paragraph or of the last numbered one before it in its section, None before the first."""
    headings: tuple[str, ...]
    is_heading: bool


def paragraphs(snapshot: Snapshot, edition_id: EditionId) -> tuple[Paragraph, ...]:
    """Returns the paragraphs of an edition in reading order; () for an empty text.

    Raises:
        LibraryError: There is no such edition.
    """
    return text_paragraphs(edition_id, snapshot.text(edition_id), snapshot.sections(edition_id))


def text_paragraphs(edition_id: EditionId, text: str, sections: Sequence[Section]) -> tuple[Paragraph, ...]:
    """Returns the paragraphs of the text of an edition in reading order; () for an empty text."""
    return paragraphs_of(edition_id, _lines(text, sections))


def passage_paragraphs(edition_id: EditionId, passages: Iterable[tuple[str, tuple[str, ...]]]) -> tuple[Paragraph, ...]:
    """Returns the paragraphs of passages, each given as its text and headings; their spans count within all of them."""
    return paragraphs_of(edition_id, _passage_lines(passages))


def paragraphs_of(edition_id: EditionId, lines: Iterable[Line]) -> tuple[Paragraph, ...]:
    """Returns the paragraph of each line that is not blank."""
    found: list[Paragraph] = []
    label, last = None, None
    for start, line, headings in lines:
        if not line.strip():
            continue
        number = _NUMBER.match(line)
        if headings != last:
            label, last = None, headings
        is_heading = bool(headings) and plain(line) in {plain(each) for each in headings[-1:]}
        if number and not is_heading:
            label = number.group(1) or number.group(2)
        skipped = number.end() if number else 0
        span = Span(start + skipped, start + len(line))
        found.append(Paragraph(edition_id, span, line[skipped:], label, headings, is_heading))
    return tuple(found)


def _lines(text: str, sections: Sequence[Section]) -> Iterator[Line]:
    starts = [each.span.start for each in sections]
    at = 0
    for line in text.split("\n"):
        section = _section(sections, starts, at) if line.strip() else None
        yield at, line, section.headings if section else ()
        at += len(line) + 1


def _passage_lines(passages: Iterable[tuple[str, tuple[str, ...]]]) -> Iterator[Line]:
    at = 0
    for text, headings in passages:
        for line in text.split("\n"):
            yield at, line, headings
            at += len(line) + 1


def plain(text: str) -> str:
    """Returns a text with white space, quote marks and dashes normalised, the only differences ignored in matching."""
    return _SPACE.sub(" ", text.translate(_ALIKE)).strip()


def _section(sections: Sequence[Section], starts: Sequence[int], at: int) -> Section | None:
    place = bisect_right(starts, at) - 1
    return sections[place] if place >= 0 else None
