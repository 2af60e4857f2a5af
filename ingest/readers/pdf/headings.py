"""Which lines are headings, by size, weight, distance and length."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.readers.blocks import Block, BlockKind
from ingest.readers.pdf.line import Line
from ingest.readers.pdf.style import Style

HEADING_NUMBER = re.compile(r"^(\d{1,2}(?:\.\d{1,2})*\b[.:]?|[A-H][.:])\s")
LONGEST = 200
"""A line, or a bold paragraph, of more characters than this is no heading."""
_LARGER = 1.08
"""Share of the body size from which text is set as a heading by its size alone."""
_FULL = 0.8
"""Share of the longest line of the page from which a line counts as full: its sentence goes on below."""
LEAST_WORDS = 8
"""A bold line of body size with fewer words, and no section of its own, still is a heading."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What headings are measured against on a page."""

    style: Style
    line_height: float
    longest: int
    """Characters of the longest line of body text."""

    def is_large(self, line: Line) -> bool:
        """Returns whether a line is set larger than the body."""
        return line.size >= _LARGER * self.style.body_size

    def is_heading(self, line: Line, before: Line | None) -> bool:
        """Returns whether a line opens a heading.

        Args:
            line: No bullet.
            before: The line above it on the same page, None for the first one.
        """
        words = line.words
        if len(words) > LONGEST or not any(letter.isalpha() for letter in words):
            return False
        if self.is_large(line):
            return True
        if not line.is_bold or len(words) > 110 or words[-1] in ".,;" or line.size < 0.95 * self.style.body_size:
            return False
        if before is None:
            return not words[:1].islower()
        is_apart = before.y - line.y > 1.15 * self.line_height
        return (is_apart or (before.is_bold and before.size >= line.size)) and not words[:1].islower()

    def continues_heading(self, lines: Sequence[Line], line: Line) -> bool:
        """Returns whether a line is the next one of a heading: set alike and near."""
        last = lines[-1]
        nearest = max(1.6, 1.05 * self.line_height / self.style.body_size) * line.size
        is_near = last.page == line.page and 0 < last.y - line.y <= nearest
        is_alike = abs(last.size - line.size) < 0.6 and last.is_bold == line.is_bold
        is_led = not self.is_large(last) and last.words.endswith(":")
        return is_near and is_alike and not is_led and not HEADING_NUMBER.match(line.words)

    def is_paragraph_after_all(self, lines: Sequence[Line], line: Line) -> bool:
        """Returns whether a bold line goes on in a line that is not bold: it opens a paragraph."""
        last = lines[-1]
        if self.is_large(last) or last.page != line.page or abs(last.size - line.size) > 0.6:
            return False
        is_near = 0 < last.y - line.y <= 1.1 * self.line_height
        return is_near and (line.words[:1].islower() or self.is_full(last))

    def is_full(self, line: Line) -> bool:
        """Returns whether a line is about as long as lines get on the page."""
        return len(line.words) >= _FULL * self.longest

    def is_said(self, lines: Sequence[Line]) -> bool:
        """Returns whether the lines of a heading are text after all: a bold sentence or lead-in, to be quoted."""
        if self.is_large(lines[0]):
            return False
        is_long = sum(len(line.words) + 1 for line in lines) > LONGEST
        return is_long or lines[-1].words[-1] in ".:;,"


def with_sections(blocks: Sequence[Block], style: Style) -> tuple[Block, ...]:
    """Returns the blocks, bold statements that open no section as paragraphs.

    A statement set in a box stands like a heading of the lowest level, but a heading of its level or above follows.
    """
    lowest = len(style.heading_sizes) + 1
    body = [block for block in blocks if block.kind is not BlockKind.FOOTNOTE]
    after = {id(block): following for block, following in pairwise(body)}

    def is_statement(block: Block) -> bool:
        following = after.get(id(block))
        is_lowest = block.kind is BlockKind.HEADING and block.level == lowest and block.label is None
        has_text = following is not None and following.kind is not BlockKind.HEADING
        return is_lowest and not has_text and len(block.text.split()) >= LEAST_WORDS

    return tuple(
        replace(block, kind=BlockKind.PARAGRAPH, level=1) if is_statement(block) else block for block in blocks
    )
