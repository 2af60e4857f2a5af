"""The paragraphs of an edition, the unit in which two editions are compared."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.model import EditionId, Section, Span
from assistant.ports import Snapshot

_NUMBER = re.compile(r"(?:(\d{1,3}(?:\.\d{1,3}){1,3})\.?|(\d{1,3})\.)\s+(?=\S)")
"""The number that opens a paragraph: "155." or "6.3"."""
_ALIKE = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "\u00a0": " "})
_SPACE = re.compile(r"\s+")


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
    text, sections = snapshot.text(edition_id), snapshot.sections(edition_id)
    starts = [each.span.start for each in sections]
    lines: list[Paragraph] = []
    at, label, last = 0, None, None
    for line in text.split("\n"):
        start, at = at, at + len(line) + 1
        if not line.strip():
            continue
        section = _section(sections, starts, start)
        headings = section.headings if section else ()
        number = _NUMBER.match(line)
        if headings != last:
            label, last = None, headings
        is_heading = bool(headings) and plain(line) in {plain(each) for each in headings[-1:]}
        if number and not is_heading:
            label = number.group(1) or number.group(2)
        skipped = number.end() if number else 0
        span = Span(start + skipped, start + len(line))
        lines.append(Paragraph(edition_id, span, line[skipped:], label, headings, is_heading))
    return tuple(lines)


def plain(text: str) -> str:
    """Returns a text with white space, quote marks and dashes normalised, the only differences ignored in matching."""
    return _SPACE.sub(" ", text.translate(_ALIKE)).strip()


def _section(sections: Sequence[Section], starts: Sequence[int], at: int) -> Section | None:
    place = bisect_right(starts, at) - 1
    return sections[place] if place >= 0 else None
