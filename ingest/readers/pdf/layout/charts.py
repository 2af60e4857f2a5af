"""Charts: boxes that arrows connect, and axes with their labels. Their words are found by search and never quoted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.readers.pdf.areas import Areas
from ingest.readers.pdf.layout.items import Item, Region, around
from ingest.readers.pdf.layout.nearness import near_together
from ingest.readers.pdf.unseen.geometry import Box

_NEAR = 14.0
"""Points within which an arrow touches a box, or a label its axis."""
_FROM_AXIS = 45.0
"""Points between an axis or a line of its grid and what is drawn beside it, at most."""
_FEWEST_HEADS = 2
"""Heads of arrows that make a chart."""
_FEWEST_BOXES = 3
"""Boxes that make a flow chart, and bars that make a chart with axes."""
_LABEL_ROOM = 40.0
"""Points beside and below an axis within which its labels stand."""
_LEGEND_ROOM = 100.0
"""Points to the right of a chart within which its legend stands."""
_LONGEST_LABEL = 5
"""Words of a label."""
CAPTION = re.compile(r"^(?:figure|table|chart|graph|flow ?chart|box|diagram|map)\s\d{1,2}\b", re.IGNORECASE)
_NUMBER = re.compile(r"^[£€]?\d[\d,.]*\s?(?:%|k|m)?$")
_FEWEST_NUMBERS = 2
"""Numbers that make the labels of an axis."""
_SIDE = 2.0
"""Points by which the rules of a table may stand off its cells."""
_LARGE = 30.0
"""Points that the curve of a chart measures at least."""


def with_charts(items: Sequence[Item], areas: Areas) -> list[Item]:
    """Returns the items of a page with those of each chart put together to a figure.

    Boxes that arrows connect one below another are left: their order is certain.

    Args:
        items: Lines, boxes and tables.
        areas: Of the page.
    """
    return _with_axes(_with_flow(items, areas), areas)


def _with_flow(items: Sequence[Item], areas: Areas) -> list[Item]:
    boxes = [item for item in items if item.line is None and all(region.kind == "text" for region in item.regions)]
    pointers = [*areas.heads, *areas.strokes]
    if len(pointers) < _FEWEST_HEADS or len(boxes) < _FEWEST_BOXES:
        return list(items)
    arrows = [*pointers, *_connectors(areas, boxes)]
    clusters = near_together([*(item.box for item in boxes), *arrows], _NEAR)
    result = list(items)
    for cluster in clusters:
        inside = [boxes[number] for number in cluster if number < len(boxes)]
        heads = sum(len(boxes) <= number < len(boxes) + len(pointers) for number in cluster)
        if len(inside) < _FEWEST_BOXES or heads < _FEWEST_HEADS or _is_chain(inside):
            continue
        frame = around([item.box for item in inside])
        result = _joined(result, [*inside, *(item for item in result if item.line and _is_in(frame, item.box))])
    return result


def _connectors(areas: Areas, boxes: Sequence[Item]) -> list[Box]:
    """Returns the drawn lines that are no side of a box."""
    lines = [*areas.levels, *areas.uprights]
    return [line for line in lines if not any(_is_in(_grown(item.box, 1.0), line) for item in boxes)]


def _is_chain(boxes: Sequence[Item]) -> bool:
    """Returns whether boxes stand one below another."""
    ordered = sorted(boxes, key=lambda item: -item.box.top)
    return all(before.box.bottom >= after.box.top - 2 for before, after in pairwise(ordered))


def _with_axes(items: Sequence[Item], areas: Areas) -> list[Item]:
    curves = [each for each in areas.strokes if max(each.right - each.left, each.top - each.bottom) >= _LARGE]
    bars = [each for each in areas.shades if not any(_is_in(each, item.box) for item in items)]
    drawn = [*curves, *(bars if len(bars) >= _FEWEST_BOXES else ())]
    if not drawn:
        return list(items)
    tables = [item.box for item in items if any(region.kind == "table" for region in item.regions)]
    ruled = [*areas.levels, *areas.uprights]
    axes = [each for each in ruled if not any(_is_in(_grown(box, _SIDE), each) for box in tables)]
    result = list(items)
    for cluster in near_together([*drawn, *axes], _FROM_AXIS):
        if not any(number < len(drawn) for number in cluster):
            continue
        frame = around([[*drawn, *axes][number] for number in cluster])
        room = Box(frame.left - _LABEL_ROOM, frame.bottom - _LABEL_ROOM, frame.right + _LEGEND_ROOM, frame.top + 8)
        around_it = [box for box in areas.boxes if frame.within(box) == frame]
        room = min((room.within(_grown(box, _SIDE)) for box in around_it), key=lambda each: each.area, default=room)
        labels = [item for item in result if item.line and _is_label(item) and _is_in(room, item.box)]
        numbers = sum(bool(_NUMBER.match(item.line.words)) for item in labels if item.line)
        if numbers >= _FEWEST_NUMBERS:
            result = _joined(result, labels)
    return result


def _is_label(item: Item) -> bool:
    words = item.line.words if item.line else ""
    return len(words.split()) <= _LONGEST_LABEL and not words.endswith((".", ":")) and not CAPTION.match(words)


def _joined(items: Sequence[Item], inside: Sequence[Item]) -> list[Item]:
    ordered = sorted(inside, key=lambda item: (-item.box.top, item.box.left))
    lines = tuple(line for item in ordered for line in item.lines)
    figure = Item(around([item.box for item in inside]), (Region("figure", lines, is_apart=True),))
    return [*(item for item in items if item not in inside), figure]


def _grown(box: Box, by: float) -> Box:
    return Box(box.left - by, box.bottom - by, box.right + by, box.top + by)


def _is_in(frame: Box, box: Box) -> bool:
    return frame.holds((box.left + box.right) / 2, (box.bottom + box.top) / 2)
