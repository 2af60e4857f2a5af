"""The paragraphs of an edition: what two editions are compared by."""

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
    """A paragraph, a list item, a table row, a note or a heading, as it stands on a line of the edition text."""

    edition_id: EditionId
    span: Span
    """Of the words, the number before them left out."""
    text: str
    label: str | None
    """Number of this paragraph or of the numbered one that it follows in its section, None before the first."""
    headings: tuple[str, ...]
    is_heading: bool


def paragraphs(snapshot: Snapshot, edition_id: EditionId) -> tuple[Paragraph, ...]:
    """Returns the paragraphs of an edition in reading order; () for an empty text.

    Raises:
        LibraryError: There is no such edition.
    """
    text, sections = snapshot.text(edition_id), snapshot.sections(edition_id)
    starts = [each.span.start for each in sections]
    found: list[Paragraph] = []
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
        found.append(Paragraph(edition_id, span, line[skipped:], label, headings, is_heading))
    return tuple(found)


def plain(text: str) -> str:
    """Returns a text with white space, quote marks and dashes made alike, which is all that matching forgives."""
    return _SPACE.sub(" ", text.translate(_ALIKE)).strip()


def _section(sections: Sequence[Section], starts: Sequence[int], at: int) -> Section | None:
    place = bisect_right(starts, at) - 1
    return sections[place] if place >= 0 else None
