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
_SAID = 6
"""A line of more words than this in larger print that ends like a sentence is one."""
_SAID_BOLD = 9
"""The same in bold print."""
_NAMED = re.compile(r"^(?:\w+ ){1,2}\d{1,2}\s*[:.–-]\s")
"""What is numbered with its kind: "Strategic priority 2: …"."""
_ASIDE = 40.0
"""Points by which the lines of a paragraph may start apart."""
_NEAR = 1.45
"""Line heights up to which a line may go on with the sentence of the one above."""
_SENTENCE_END = re.compile(r"[.;,]['’”\")\]]*$")
_ENDED = re.compile(r"[.!?:;]['’”\")\]]*$")
_CONTACT = re.compile(r"^[A-Z][\w ()/]{1,30}:\s.*(?:@|\d{4})|^\S+@\S+$|^(?:https?://|www\.)\S+$")
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
        if _CONTACT.match(words):
            return False
        if self.is_large(line):
            return True
        if (
            not (line.is_bold or self._is_underlined(line))
            or len(words) > 110
            or words[-1] in ".,;"
            or line.size < 0.95 * self.style.body_size
        ):
            return False
        if before is None:
            return not words[:1].islower()
        is_apart = before.y - line.y > 1.15 * self.line_height
        is_below_heading = before.is_bold and before.size >= line.size
        is_underlined = line.is_underlined and _ENDED.search(before.words) is not None
        return (is_apart or is_below_heading or is_underlined) and not words[:1].islower()

    def _is_underlined(self, line: Line) -> bool:
        return line.is_underlined and not _ENDED.search(line.words) and "." not in line.words.strip(".")

    def continues_heading(self, lines: Sequence[Line], line: Line) -> bool:
        """Returns whether a line is the next one of a heading: set alike and near."""
        last = lines[-1]
        nearest = max(1.6, 1.05 * self.line_height / self.style.body_size) * line.size
        is_near = last.page == line.page and 0 < last.y - line.y <= nearest
        is_alike = abs(last.size - line.size) < 0.6 and last.is_bold == line.is_bold
        is_alike = is_alike and last.is_underlined == line.is_underlined
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
            words = " ".join(line.words for line in lines)
            most = _SAID_BOLD if all(line.is_bold for line in lines) else _SAID
            is_numbered = HEADING_NUMBER.match(words) or _NAMED.match(words)
            return not is_numbered and len(words.split()) > most and _SENTENCE_END.search(words) is not None
        is_long = sum(len(line.words) + 1 for line in lines) > LONGEST
        return is_long or lines[-1].words[-1] in ".:;,"


def running_on(lines: Sequence[Line], style: Style) -> frozenset[tuple[int, float, float]]:
    """Returns the places of lines in larger print that stand within a sentence: a line of recognised text, or a link.

    Args:
        lines: Of one page.
        style: Of the document.
    """
    found: set[tuple[int, float, float]] = set()
    for before, after in pairwise(lines):
        height = style.line_height * max(before.size, after.size) / style.body_size
        is_near = 0 < before.y - after.y <= _NEAR * height and before.turn == after.turn
        is_one = is_near and not _ENDED.search(before.words) and after.words[:1].islower()
        is_mixed = abs(before.size - after.size) >= 0.3 or place_of(before) in found
        if is_one and is_mixed and before.is_bold == after.is_bold and abs(before.x - after.x) <= _ASIDE:
            found.update((place_of(before), place_of(after)))
    return frozenset(found)


def place_of(line: Line) -> tuple[int, float, float]:
    """Returns where a line stands: page, left edge and foot."""
    return line.page, line.x, line.y


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
