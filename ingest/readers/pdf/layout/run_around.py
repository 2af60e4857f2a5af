"""Boxes that running text goes around: a text box of a word processor, set into a paragraph with text on one side or both."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.readers.pdf.layout.items import Item
from ingest.readers.pdf.line import Line
from ingest.readers.pdf.unseen.geometry import Box

_UNDER = 6.0
"""Points of a line that stand under or over a box, at least."""
_GAP = 1.28
"""Times the distance of lines from which the next one opens a paragraph."""
_USUAL = 1.3
"""Sizes between two lines where none stand below one another beside the box."""
_ENDED = re.compile(r"[.!?:;]['’”\")\]]*$")


def box_in_text(items: Sequence[Item], above: Sequence[Line], below: Sequence[Item]) -> Item | None:
    """Returns the box that the lines beside it go around, None where they are columns or the cells of a row.

    They do where a sentence goes on from them into a line that passes under the box, or into them from one that passes over it.

    Args:
        items: What stands side by side.
        above: The lines right above, the last of them nearest.
        below: What comes next on the page.
    """
    boxes = [item for item in items if item.line is None]
    lines = beside(items)
    if len(boxes) != 1 or len(lines) < 2 or any(region.kind != "text" for region in boxes[0].regions):
        return None
    box, most = boxes[0].box, _GAP * _distance(lines)
    is_below = any(
        item.line is not None and _passes(item.line, box) and _goes_on(lines[-1], item.line, most) for item in below
    )
    is_above = bool(above) and _passes(above[-1], box) and _goes_on(above[-1], lines[0], most)
    return boxes[0] if is_below or is_above else None


def beside(items: Sequence[Item]) -> list[Line]:
    """Returns the lines of items in the order of reading, those on both sides of a box line by line."""
    return sorted((item.line for item in items if item.line is not None), key=lambda line: (-round(line.y), line.x))


def paragraph_start(above: Sequence[Line], items: Sequence[Item]) -> int:
    """Returns where the paragraph that goes on beside a box starts among the lines above it."""
    lines = beside(items)
    most = _GAP * _distance(lines)
    following, start = lines[0], len(above)
    while start and _is_next(above[start - 1], following, most):
        start -= 1
        following = above[start]
    return start


def _distance(lines: Sequence[Line]) -> float:
    steps = [before.y - after.y for before, after in pairwise(lines) if before.y - after.y > 1]
    return min(steps, default=_USUAL * lines[0].size)


def _passes(line: Line, box: Box) -> bool:
    return line.x < box.right - _UNDER and line.right > box.left + _UNDER


def _goes_on(before: Line, after: Line, most: float) -> bool:
    return _is_next(before, after, most) and after.words[:1].islower() and not _ENDED.search(before.words)


def _is_next(before: Line, after: Line, most: float) -> bool:
    is_alike = before.is_bold == after.is_bold and abs(before.size - after.size) <= 0.4
    return is_alike and -1 < before.y - after.y <= most
