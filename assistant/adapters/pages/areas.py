"""Areas of a page round lines of words that stand close together."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.ports import Rectangle

REACH = 0.9
"""Heights of the lower of two lines by which they may stand apart, and be in one area."""
MARGIN = 0.004
"""Share of the page by which an area reaches over its words on each side."""


def joined(lines: Sequence[Rectangle]) -> tuple[Rectangle, ...]:
    """Returns the areas that lines of words make, from the top of the page: those that stand close together are in one."""
    areas: list[tuple[Rectangle, float]] = []
    for line in lines:
        area, height = line, line.height
        while near := next((each for each in areas if _is_near(each[0], area, min(each[1], height))), None):
            areas.remove(near)
            area, height = _around(near[0], area), min(near[1], height)
        areas.append((area, height))
    return tuple(sorted((_grown(area) for area, _ in areas), key=lambda each: (each.top, each.left)))


def _is_near(one: Rectangle, other: Rectangle, height: float) -> bool:
    reach = REACH * height
    across = max(one.left, other.left) - min(one.left + one.width, other.left + other.width)
    down = max(one.top, other.top) - min(one.top + one.height, other.top + other.height)
    return across <= reach and down <= reach


def _around(one: Rectangle, other: Rectangle) -> Rectangle:
    left, top = min(one.left, other.left), min(one.top, other.top)
    right = max(one.left + one.width, other.left + other.width)
    low = max(one.top + one.height, other.top + other.height)
    return Rectangle(left, top, right - left, low - top)


def _grown(area: Rectangle) -> Rectangle:
    left, top = max(0.0, area.left - MARGIN), max(0.0, area.top - MARGIN)
    right, low = min(1.0, area.left + area.width + MARGIN), min(1.0, area.top + area.height + MARGIN)
    return Rectangle(left, top, right - left, low - top)
