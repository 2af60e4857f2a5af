"""Matrices and boxes of PDF drawing: points from the lower left corner of the page (ISO 32000-1, 8.3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def matrix_of(numbers: Sequence[Any]) -> Matrix:
    """Returns six numbers of a file as a matrix."""
    a, b, c, d, e, f = (float(each) for each in numbers[:6])
    return (a, b, c, d, e, f)


def times(first: Matrix, second: Matrix) -> Matrix:
    """Returns the matrix that applies one and then the other."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def at(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Returns where a point lies on the page."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle on the page."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def area(self) -> float:
        """Returns its width times its height, in square points."""
        return (self.right - self.left) * (self.top - self.bottom)

    def holds(self, x: float, y: float, slack: float = 0.0) -> bool:
        """Returns whether a point lies in it, or not farther outside than the slack in points."""
        return self.left - slack <= x <= self.right + slack and self.bottom - slack <= y <= self.top + slack

    def within(self, other: Box) -> Box:
        """Returns what the two have in common; a box whose right is left of its left holds nothing."""
        return Box(
            max(self.left, other.left),
            max(self.bottom, other.bottom),
            min(self.right, other.right),
            min(self.top, other.top),
        )


_ON_EDGE = 0.2
"""Points within which a point of a path lies on an edge."""
_ROUNDED = 8.0
"""Points from a corner within which a path with rounded corners leaves the edge."""
EVERYWHERE = Box(-1e9, -1e9, 1e9, 1e9)


def box_of(points: Iterable[tuple[float, float]]) -> Box:
    """Returns the smallest box round points, at least one."""
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def placed(box: Box, matrix: Matrix) -> Box:
    """Returns the smallest upright box round a box that a matrix moves or turns."""
    return box_of(at(matrix, x, y) for x in (box.left, box.right) for y in (box.bottom, box.top))


def is_rectangle(points: Sequence[tuple[float, float]]) -> bool:
    """Returns whether a path goes along the edges of an upright rectangle, its corners rounded a little at most."""
    box = box_of(points)
    if not all(
        min(x - box.left, box.right - x) < _ON_EDGE or min(y - box.bottom, box.top - y) < _ON_EDGE for x, y in points
    ):
        return False
    corners = ((x, y) for x in (box.left, box.right) for y in (box.bottom, box.top))
    return all(any(abs(x - a) + abs(y - b) <= _ROUNDED for a, b in points) for x, y in corners)
