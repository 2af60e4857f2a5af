"""Signs that a page draws beside its words: bullets before the items of a list, and lines below headings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ingest.readers.pdf.line import Line
from ingest.readers.pdf.lines import PdfPage
from ingest.readers.pdf.unseen.drawing import Drawing
from ingest.readers.pdf.unseen.geometry import Box, Matrix, placed
from ingest.readers.source_map import unmapped

_SMALLEST, _LARGEST = 1.5, 13.0
"""Points between which a filled spot, or a picture, may be a bullet."""
_LEAST_SHAPE, _MOST_SHAPE = 0.6, 1.7
"""Width by height of a bullet."""
_SMALL = 0.6
"""Share of the size of its line up to which a spot is a bullet although it stands alone on its page."""
_REACH = 26.0
"""Points between a bullet and its words."""
_TIP = 1.0
"""Points between a line and the head of its arrow, at most."""
_IN_COLUMN = 2.0
_BULLET = "• "
_BELOW = 0.35
"""Share of the size of a line within which a line below it underlines it."""
_ENDS = 3.0
"""Points by which a line below words may be longer or shorter than they are."""


def with_drawn_signs(page: PdfPage, drawing: Drawing, links: Sequence[Box], frame: Matrix) -> PdfPage:
    """Returns a page whose lines begin with the bullets drawn before them and know whether they are underlined.

    Args:
        page: As its letters make it.
        drawing: What it draws.
        links: Boxes round words that link, which are underlined for that.
        frame: Makes the page stand upright.
    """
    areas = page.areas
    arrows = [*areas.levels, *areas.uprights, *areas.strokes]
    spots = tuple(spot for spot in _spots(drawing, frame) if not any(_touch(spot, each) for each in arrows))
    bullets = {place: spot for place, line in enumerate(page.lines) if (spot := _before(line, spots, page.lines))}
    lines = [
        _with_bullet(line, bullets[place]) if place in bullets and _is_bullet(place, bullets, line) else line
        for place, line in enumerate(page.lines)
    ]
    levels, linked = page.areas.levels, [placed(each, frame) for each in links]
    underlined = {
        place for place, line in enumerate(lines) if _is_underlined(line, levels) and not _links(line, linked)
    }
    marked = (replace(each, is_underlined=True) if place in underlined else each for place, each in enumerate(lines))
    return replace(page, lines=tuple(marked))


def _touch(spot: Box, line: Box) -> bool:
    """Returns whether a drawn line ends at a spot, or passes it: then it is the head of an arrow."""
    inner = Box(spot.left - _TIP, spot.bottom - _TIP, spot.right + _TIP, spot.top + _TIP).within(line)
    return inner.left <= inner.right and inner.bottom <= inner.top


def _links(line: Line, links: Sequence[Box]) -> bool:
    middle = line.y + 0.3 * line.size
    return any(each.bottom <= middle <= each.top and each.left < line.right and each.right > line.x for each in links)


def _spots(drawing: Drawing, frame: Matrix) -> Iterator[Box]:
    for painted in drawing.painted:
        turned = placed(painted.box, frame)
        wide, high = turned.right - turned.left, turned.top - turned.bottom
        is_small = min(wide, high) >= _SMALLEST and max(wide, high) <= _LARGEST
        if is_small and not painted.is_white and _LEAST_SHAPE <= wide / high <= _MOST_SHAPE:
            yield turned


def _before(line: Line, spots: Sequence[Box], lines: Sequence[Line]) -> Box | None:
    """Returns the spot that stands right before a line, None where words come between."""
    if line.turn:
        return None
    near = [
        spot
        for spot in spots
        if -0.5 <= line.x - spot.right <= _REACH
        and line.y - 0.1 * line.size <= (spot.bottom + spot.top) / 2 <= line.y + 0.85 * line.size
        and spot.top - spot.bottom <= 1.1 * line.size
    ]
    spot = max(near, key=lambda each: each.right, default=None)
    if spot is None or any(spot.left < each.right <= line.x and abs(each.y - line.y) < line.size for each in lines):
        return None
    return spot


def _is_bullet(place: int, bullets: Mapping[int, Box], line: Line) -> bool:
    """Returns whether a spot is small, or one of several below one another; several side by side explain a chart."""
    spot = bullets[place]
    others = [other for each, other in bullets.items() if each != place]
    if any(abs(other.bottom - spot.bottom) <= _IN_COLUMN for other in others):
        return False
    is_small = spot.top - spot.bottom <= _SMALL * line.size
    return is_small or any(abs(other.left - spot.left) <= _IN_COLUMN for other in others)


def _with_bullet(line: Line, spot: Box) -> Line:
    marks = tuple((offset + len(_BULLET), mark) for offset, mark in line.marks)
    return replace(line, x=spot.left, text=unmapped(_BULLET) + line.text, marks=marks, opens_note=False)


def _is_underlined(line: Line, levels: Sequence[Box]) -> bool:
    return not line.turn and any(
        abs(level.left - line.x) <= _ENDS
        and abs(level.right - line.right) <= _ENDS
        and -0.5 <= line.y - level.top <= _BELOW * line.size
        for level in levels
    )
