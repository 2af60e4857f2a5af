"""What stands on a page as one: a line, a table, or a box with lines in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from ingest.readers.pdf.line import Line
from ingest.readers.pdf.unseen.geometry import Box

_FOOT, _HEAD = 0.2, 0.75
"""Shares of the size that letters reach below and above the foot of their line."""

Row = tuple[tuple[Line, ...], ...]
"""Cells of lines."""


@dataclass(frozen=True, slots=True)
class Region:
    """Lines of one page that belong together."""

    kind: Literal["text", "table", "figure"]
    lines: tuple[Line, ...] = ()
    rows: tuple[Row, ...] = ()
    """For a table: rows of cells of lines."""
    headers: int = 0
    """How many of the first rows name the columns."""
    is_apart: bool = False
    """Whether it stands in a frame or beside other text, so that no paragraph goes on into it or out of it."""


@dataclass(frozen=True, slots=True)
class Item:
    """Something on the page with its place."""

    box: Box
    regions: tuple[Region, ...] = ()
    line: Line | None = None

    @property
    def order(self) -> int:
        """Returns the place of its first line in the order of the file."""
        return min((line.order for line in self.lines), default=0)

    @property
    def lines(self) -> tuple[Line, ...]:
        """Returns its lines."""
        if self.line is not None:
            return (self.line,)
        inside = [line for region in self.regions for line in region.lines]
        inside += [line for region in self.regions for row in region.rows for cell in row for line in cell]
        return tuple(inside)


def have_letters(lines: Iterable[Line]) -> bool:
    """Returns whether any of some lines has a letter, and not only figures and signs."""
    return any(letter.isalpha() for line in lines for letter in line.words)


def item_of(line: Line) -> Item:
    """Returns a line with the box of its letters."""
    return Item(box_of_line(line), (), line)


def box_of_line(line: Line) -> Box:
    """Returns the box of a line's letters on the page, whichever way it runs."""
    left, right = line.x, max(line.right, line.x)
    low, high = line.y - _FOOT * line.size, line.y + _HEAD * line.size
    turned = {
        90: Box(-high, left, -low, right),
        180: Box(-right, -high, -left, -low),
        270: Box(low, -right, high, -left),
    }
    return turned.get(line.turn, Box(left, low, right, high))


def around(boxes: Sequence[Box]) -> Box:
    """Returns the smallest box round boxes, at least one."""
    return Box(
        min(each.left for each in boxes),
        min(each.bottom for each in boxes),
        max(each.right for each in boxes),
        max(each.top for each in boxes),
    )
