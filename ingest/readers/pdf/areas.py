"""Lines and boxes that a page draws: what parts its words, and what frames them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from ingest.readers.pdf.unseen.drawing import THIN, Drawing, Painted
from ingest.readers.pdf.unseen.geometry import Box, Matrix, box_of, placed

_SHORTEST = 5.0
"""Points from which a drawn line may rule a table."""
_HIGH = 36.0
"""Points from which a box holds several lines, as a cell does and a mark behind words does not."""
_WORD_SPACE = 4.0
"""Points between two words of a line, at most."""
_LINE_SLACK = 0.5
"""Points by which the ink of a word may reach over an upright line beside it."""
_PADDING = 1.5
"""Points between the edge of a filled box and the words in or beside it; where a word is marked with a colour, none."""
_LOWEST_BOX = 6.0
"""Points from which a filled area is a box, and no line."""
_ALIKE = 2.0
"""Points within which two areas of one colour end at one place."""
_STRIP = 15.0
"""Points up to which a coloured area is the shade of one line."""
_TOUCH = 0.7
"""Points between two areas of one colour at which a reader sees no gap."""
_WHOLE = 0.97
"""Share of the page from which a box is its background."""


@dataclass(frozen=True, slots=True)
class Areas:
    """The lines and boxes of a page that stands upright. Coordinates are points from its lower left corner."""

    levels: tuple[Box, ...] = ()
    """Level lines, from top to bottom."""
    uprights: tuple[Box, ...] = ()
    """Upright lines, from left to right."""
    boxes: tuple[Box, ...] = ()
    """Outlined rectangles."""
    shades: tuple[Box, ...] = ()
    """Areas filled with another colour than white."""
    pictures: tuple[Box, ...] = ()
    heads: tuple[Box, ...] = ()
    """Heads of arrows."""
    strokes: tuple[Box, ...] = ()
    """Lines that run aslant or bend."""
    sides: tuple[tuple[float, float, float], ...] = ()
    """Place, foot and top of the left and right side of each box, from left to right."""

    def part(self, left: float, right: float, height: float) -> bool:
        """Returns whether an upright line or the side of a box passes between the ink of two words at a height."""
        first = bisect_left(self.uprights, left - _LINE_SLACK, key=lambda each: each.right)
        for line in self.uprights[first:]:
            if line.left > right + _LINE_SLACK:
                break
            if line.bottom <= height <= line.top:
                return True
        is_wide = right - left > 2 * _PADDING
        for x, bottom, top in self.sides[bisect_left(self.sides, (left - _LINE_SLACK, -1e9, -1e9)) :]:
            if x > right + _LINE_SLACK:
                break
            is_cell = top - bottom >= _HIGH and right - left > _WORD_SPACE
            is_between = is_wide and left + _PADDING <= x <= right - _PADDING
            if bottom <= height <= top and (is_cell or is_between):
                return True
        return False


def areas_of(drawing: Drawing, frame: Matrix, width: float, height: float) -> Areas:
    """Returns the lines and boxes that a page draws.

    Args:
        drawing: What the page draws.
        frame: Makes the page stand upright.
        width: Of the upright page, in points.
        height: Of the upright page, in points.
    """
    sorted_out = _SortedOut()
    for painted in drawing.painted:
        sorted_out.take(painted, placed(painted.box, frame))

    def framing(boxes: Iterable[Box]) -> list[Box]:
        return [each for each in boxes if each.top - each.bottom >= _LOWEST_BOX and not _is_whole(each, width, height)]

    shades = [box for alike in sorted_out.filled.values() for box in _together(framing(alike))]
    boxes = framing(placed(each, frame) for each in drawing.outlines)
    return Areas(
        tuple(sorted(sorted_out.levels, key=lambda each: -each.top)),
        tuple(sorted(sorted_out.uprights, key=lambda each: each.right)),
        tuple(boxes),
        tuple(shades),
        tuple(sorted_out.pictures),
        tuple(sorted_out.heads),
        tuple(placed(each, frame) for each in drawing.strokes),
        tuple(sorted(_sides([*boxes, *shades]))),
    )


@dataclass(slots=True)
class _SortedOut:
    """What a page paints, by what it is to a reader."""

    levels: list[Box] = field(default_factory=list)
    uprights: list[Box] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    heads: list[Box] = field(default_factory=list)
    filled: dict[tuple[float, ...], list[Box]] = field(default_factory=dict)
    """Areas by their colour."""

    def take(self, painted: Painted, box: Box) -> None:
        wide, high = box.right - box.left, box.top - box.bottom
        if painted.is_image:
            self.pictures.append(box)
        elif painted.is_pointed:
            self.heads.append(box)
        elif min(wide, high) <= THIN:
            if max(wide, high) >= _SHORTEST and (not painted.is_white or self._is_shaded(box)):
                (self.levels if high <= wide else self.uprights).append(box)
        elif not painted.is_white:
            self.filled.setdefault(painted.fill, []).append(box)

    def _is_shaded(self, line: Box) -> bool:
        """Returns whether a white line can be seen: on a colour that was painted before it."""
        x, y = (line.left + line.right) / 2, (line.bottom + line.top) / 2
        return any(box.holds(x, y, _ALIKE) for alike in self.filled.values() for box in alike)


def _together(boxes: Sequence[Box]) -> list[Box]:
    """Returns areas of one colour, those as one that touch one below another: a reader sees no edge between them.

    Word processors shade a paragraph line by line, and again on the shade of its cell. Cells side by side stay apart.
    """
    cells = [box for box in boxes if box.top - box.bottom > _STRIP]
    strips = [
        box for box in boxes if box.top - box.bottom <= _STRIP and not any(_is_within(box, cell) for cell in cells)
    ]
    boxes = _along([*cells, *_along(strips, _up, _across)], _across, _up)
    large = sorted(boxes, key=lambda box: (box.left - box.right) * (box.top - box.bottom))
    kept: list[Box] = []
    for box in large:
        if not any(_is_within(box, other) for other in kept):
            kept.append(box)
    return kept


def _along(
    boxes: Sequence[Box], ends: Callable[[Box], tuple[float, float]], along: Callable[[Box], tuple[float, float]]
) -> list[Box]:
    """Returns boxes, those as one that end alike and touch in the other direction."""
    stacks: dict[tuple[int, int], list[Box]] = {}
    for box in boxes:
        low, high = ends(box)
        stacks.setdefault((round(low / _ALIKE), round(high / _ALIKE)), []).append(box)
    return [box for stack in stacks.values() for box in _stacked(sorted(stack, key=along), along)]


def _across(box: Box) -> tuple[float, float]:
    return box.left, box.right


def _up(box: Box) -> tuple[float, float]:
    return box.bottom, box.top


def _stacked(boxes: Sequence[Box], along: Callable[[Box], tuple[float, float]]) -> list[Box]:
    stack: list[Box] = []
    for box in boxes:
        if stack and along(box)[0] <= along(stack[-1])[1] + _TOUCH:
            last = stack[-1]
            corners = (last.left, last.bottom), (last.right, last.top), (box.left, box.bottom), (box.right, box.top)
            stack[-1] = box_of(corners)
        else:
            stack.append(box)
    return stack


def _is_within(box: Box, other: Box) -> bool:
    inner = box.within(other)
    return max(abs(a - b) for a, b in zip(_corners(box), _corners(inner), strict=True)) <= _ALIKE


def _corners(box: Box) -> tuple[float, float, float, float]:
    return box.left, box.bottom, box.right, box.top


def _sides(boxes: Iterable[Box]) -> Iterable[tuple[float, float, float]]:
    return {(x, each.bottom, each.top) for each in boxes for x in (each.left, each.right)}


def _is_whole(box: Box, width: float, height: float) -> bool:
    return box.right - box.left >= _WHOLE * width and box.top - box.bottom >= _WHOLE * height
