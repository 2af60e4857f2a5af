"""Cells that the lines and boxes of a page frame, put together to grids."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from ingest.readers.pdf.areas import Areas
from ingest.readers.pdf.layout.nearness import near_together
from ingest.readers.pdf.unseen.geometry import Box

_SNAP = 3.0
"""Points within which edges stand at one place."""
_NEAR = 4.0
"""Points within which edges touch: the lines of some producers stop short of those that they meet."""
_COVERED = 0.6
"""Share of a side that drawn edges must cover to part two cells."""
_MOST = 120
"""Edges in one direction from which a drawing is no table."""
_WHOLE = 0.8
"""Share of a grid that upright cells fill where it is a table."""
_LEAST_CELL = 6.0
"""Points from which a cell is wide and high enough to hold a word."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A framed part of a page, and where it stands in its grid, from the top and from the left."""

    box: Box
    row: int
    column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells that touch. One with a single cell is a box."""

    cells: tuple[Cell, ...]
    is_whole: bool = True
    """Whether its cells fill it, as those of a table do: boxes that lines connect leave gaps of all forms."""

    @property
    def rows(self) -> tuple[int, ...]:
        """Returns the rows at which cells begin, from the top."""
        return tuple(sorted({cell.row for cell in self.cells}))

    @property
    def columns(self) -> tuple[int, ...]:
        """Returns the columns at which cells begin, from the left."""
        return tuple(sorted({cell.column for cell in self.cells}))

    @property
    def box(self) -> Box:
        """What frames all of them."""
        boxes = [cell.box for cell in self.cells]
        return Box(
            min(each.left for each in boxes),
            min(each.bottom for each in boxes),
            max(each.right for each in boxes),
            max(each.top for each in boxes),
        )


@dataclass(frozen=True, slots=True)
class _Edge:
    """An edge at one place, from one place to another."""

    at: float
    low: float
    high: float


def grids_of(areas: Areas) -> tuple[Grid, ...]:
    """Returns the grids of a page; drawings with too many edges for a table are none.

    What is shaded within a cell that lines frame has no cells of its own.
    """
    ruled = [cell.box for grid in _framed(areas, ()) for cell in grid.cells if len(grid.cells) > 1]
    shades = [shade for shade in areas.shades if not any(_is_within(shade, cell) for cell in ruled)]
    return _framed(areas, shades)


def _is_within(shade: Box, cell: Box) -> bool:
    """Returns whether a shade lies within a cell and reaches neither from side to side nor from foot to top of it."""
    inner = shade.within(cell)
    outside = max(
        inner.left - shade.left, inner.bottom - shade.bottom, shade.right - inner.right, shade.top - inner.top
    )
    is_wide = cell.right - cell.left - (inner.right - inner.left) <= _SNAP
    is_high = cell.top - cell.bottom - (inner.top - inner.bottom) <= _SNAP
    return outside <= _SNAP and not is_wide and not is_high


def _framed(areas: Areas, shades: Sequence[Box]) -> tuple[Grid, ...]:
    levels = [_Edge((each.bottom + each.top) / 2, each.left, each.right) for each in areas.levels]
    uprights = [_Edge((each.left + each.right) / 2, each.bottom, each.top) for each in areas.uprights]
    for box in (*areas.boxes, *shades):
        levels += [_Edge(box.bottom, box.left, box.right), _Edge(box.top, box.left, box.right)]
        uprights += [_Edge(box.left, box.bottom, box.top), _Edge(box.right, box.bottom, box.top)]
    found = (_grid(*group) for group in _groups(levels, uprights))
    return tuple(grid for grid in found if grid is not None)


def _groups(levels: Sequence[_Edge], uprights: Sequence[_Edge]) -> Iterable[tuple[list[_Edge], list[_Edge]]]:
    """Yields the level and the upright edges that touch one another."""
    boxes = [Box(each.low, each.at, each.high, each.at) for each in levels]
    boxes += [Box(each.at, each.low, each.at, each.high) for each in uprights]
    count = len(levels)
    for group in near_together(boxes, _NEAR):
        yield (
            [levels[place] for place in group if place < count],
            [uprights[place - count] for place in group if place >= count],
        )


def _snapped(places: Iterable[float]) -> list[float]:
    snapped: list[float] = []
    for place in sorted(places):
        if not snapped or place - snapped[-1] > _SNAP:
            snapped.append(place)
    return snapped


def _grid(levels: Sequence[_Edge], uprights: Sequence[_Edge]) -> Grid | None:
    if not levels or not uprights:
        return None
    ends = (min(each.low for each in levels), max(each.high for each in levels))
    feet = (min(each.low for each in uprights), max(each.high for each in uprights))
    xs = _snapped([*(each.at for each in uprights), *ends])
    ys = _snapped([*(each.at for each in levels), *feet])
    if not (2 <= len(xs) <= _MOST and 2 <= len(ys) <= _MOST):
        return None
    beside = _covered(uprights, xs, ys)
    above = _covered(levels, ys, xs)
    wide, high = len(xs) - 1, len(ys) - 1
    merged = _merged(wide, high, beside, above)
    cells = [(_cell(each, xs, ys), len(each)) for each in merged]
    upright = [cell for cell, count in cells if _units(cell) == count]
    kept = [
        cell
        for cell in upright
        if cell.box.right - cell.box.left >= _LEAST_CELL and cell.box.top - cell.box.bottom >= _LEAST_CELL
    ]
    filled = sum(cell.box.area for cell in upright)
    is_whole = filled >= _WHOLE * (xs[-1] - xs[0]) * (ys[-1] - ys[0])
    return Grid(tuple(sorted(kept, key=lambda cell: (cell.row, cell.column))), is_whole) if kept else None


def _merged(
    wide: int, high: int, beside: Collection[tuple[int, int]], above: Collection[tuple[int, int]]
) -> Collection[list[tuple[int, int]]]:
    """Returns the rows and columns of the grid, counted from its lower left corner, that no edge parts."""
    parent = list(range(wide * high))

    def root(place: int) -> int:
        while parent[place] != place:
            place = parent[place]
        return place

    for row in range(high):
        for column in range(wide):
            place = row * wide + column
            if column + 1 < wide and (column + 1, row) not in beside:
                parent[root(place + 1)] = root(place)
            if row + 1 < high and (row + 1, column) not in above:
                parent[root(place + wide)] = root(place)
    merged: dict[int, list[tuple[int, int]]] = {}
    for row in range(high):
        for column in range(wide):
            merged.setdefault(root(row * wide + column), []).append((row, column))
    return merged.values()


def _units(cell: Cell) -> int:
    return (cell.last_row - cell.row + 1) * (cell.last_column - cell.column + 1)


def _covered(edges: Sequence[_Edge], places: Sequence[float], along: Sequence[float]) -> set[tuple[int, int]]:
    """Returns for each place, and each stretch between two places in the other direction, whether edges cover it."""
    lengths: dict[tuple[int, int], float] = {}
    for edge in edges:
        number = max(0, bisect_right(places, edge.at + 0.01) - 1)
        first = max(0, bisect_left(along, edge.low) - 1)
        for stretch in range(first, len(along) - 1):
            low, high = max(edge.low, along[stretch]), min(edge.high, along[stretch + 1])
            if along[stretch] > edge.high:
                break
            if high > low:
                key = number, stretch
                lengths[key] = lengths.get(key, 0.0) + high - low
    return {key for key, length in lengths.items() if length >= _COVERED * (along[key[1] + 1] - along[key[1]])}


def _cell(parts: Sequence[tuple[int, int]], xs: Sequence[float], ys: Sequence[float]) -> Cell:
    rows, columns = [row for row, _ in parts], [column for _, column in parts]
    box = Box(xs[min(columns)], ys[min(rows)], xs[max(columns) + 1], ys[max(rows) + 1])
    highest = len(ys) - 2
    return Cell(box, highest - max(rows), min(columns), highest - min(rows), max(columns))
