"""The regions of a page in the order of reading: running text, tables and figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ingest.readers.pdf.areas import Areas
from ingest.readers.pdf.layout.columns import bands_of, in_order
from ingest.readers.pdf.layout.grids import Cell, Grid, grids_of
from ingest.readers.pdf.layout.items import Item, Region, Row, around, box_of_line, item_of
from ingest.readers.pdf.line import Line
from ingest.readers.pdf.unseen.geometry import Box

_SLACK = 4.0
"""Points by which the letters of a line may reach over the frame of its cell."""
_PAGE = 0.75
"""Share of the page's lines from which a box frames the page, and nothing in particular."""
_PADDING = 4.0
"""Points that a frame stands off its words, above and below together; words marked with a colour fill it."""
_ARROWS = 2
"""Heads of arrows within a grid from which it is a chart."""
_LEADING = 0.5
"""Sizes between the letters of two lines of one paragraph, at most."""
_SHORT = 45
"""Words of a cell up to which boxes side by side are a row."""


def regions_of(lines: Sequence[Line], areas: Areas) -> tuple[Region, ...]:
    """Returns a page as regions.

    Cells that lines and boxes frame are tables where they stand in rows and columns, and else boxes of their own.
    What stands side by side without a frame is read row by row where it is a table, and column by column where it is
    text.
    """
    level = [line for line in lines if line.turn == 0]
    items = [item_of(line, order) for order, line in enumerate(level)]
    grids = sorted(grids_of(areas), key=_size)
    for grid in grids:
        heads = sum(_holds(grid.box, each) for each in areas.heads)
        items = _taken(replace(grid, is_whole=grid.is_whole and heads < _ARROWS), items, len(level))
    turned = tuple(line for line in lines if line.turn)
    found = tuple(in_order(items))
    return (*found, Region("figure", turned)) if turned else found


def _size(grid: Grid) -> float:
    box = grid.box
    return (box.right - box.left) * (box.top - box.bottom)


def _taken(grid: Grid, items: Sequence[Item], count: int) -> list[Item]:
    """Returns the items of a page with those in the cells of a grid put together to one."""
    inside: dict[int, list[Item]] = {}
    rest: list[Item] = []
    for item in items:
        number = next((number for number, cell in enumerate(grid.cells) if _holds(cell.box, item.box)), None)
        if number is None:
            rest.append(item)
        else:
            inside.setdefault(number, []).append(item)
    held = sum(len(item.lines) for found in inside.values() for item in found)
    if not inside or _crosses(grid, rest) or (len(inside) == 1 and held >= _PAGE * count):
        return list(items)
    cells = [(grid.cells[number], found) for number, found in sorted(inside.items())]
    if not grid.is_whole:
        return _chart(grid, cells, rest)
    rows = len({cell.row for cell in grid.cells})
    columns = len({cell.column for cell in grid.cells})
    if columns == 1 or len(inside) == 1:
        made = _stacked(grid, cells, rows)
        return list(items) if made is None else [*rest, *made]
    if rows == 1 and not _is_row(cells):
        return [*rest, *(_box(cell, found) for cell, found in cells)]
    return [*rest, _table(grid, dict(inside))]


def _holds(frame: Box, box: Box) -> bool:
    middle = (box.bottom + box.top) / 2
    is_within = frame.left - _SLACK <= box.left and box.right <= frame.right + _SLACK
    return is_within and frame.bottom - 1 <= middle <= frame.top + 1


def _crosses(grid: Grid, rest: Iterable[Item]) -> bool:
    """Returns whether lines run through a grid: then it marks words, or is drawn round something else."""
    box = grid.box
    return any(
        item.box.left < box.left - _SLACK
        and item.box.right > box.left + _SLACK
        and box.bottom < (item.box.bottom + item.box.top) / 2 < box.top
        for item in rest
        if item.line is not None
    )


def _stacked(grid: Grid, cells: Sequence[tuple[Cell, list[Item]]], rows: int) -> list[Item] | None:
    """Returns boxes one below another; as one table where what stands side by side in them is; None for marked words."""
    found = [item for _, items in cells for item in items]
    if not any(_is_padded(cell, items) for cell, items in cells):
        return None
    if rows > 1 and any(len(band) > 1 for _, items in cells for band in bands_of(items)):
        inner = tuple(in_order(found))
        if len(inner) == 1 and inner[0].kind == "table":
            return [Item(grid.box, (replace(inner[0], is_apart=True),), None, min(item.order for item in found))]
    return [_box(cell, items) for cell, items in _together(cells)]


def _together(cells: Sequence[tuple[Cell, list[Item]]]) -> list[tuple[Cell, list[Item]]]:
    """Returns boxes one below another, those as one whose lines follow one another as the lines of a paragraph do."""
    boxes: list[tuple[Cell, list[Item]]] = []
    for cell, items in cells:
        if boxes and _follows(boxes[-1][1], items):
            last, before = boxes[-1]
            joined = Cell(around([last.box, cell.box]), last.row, last.column, cell.last_row, cell.last_column)
            boxes[-1] = joined, [*before, *items]
        else:
            boxes.append((cell, list(items)))
    return boxes


def _follows(before: Sequence[Item], after: Sequence[Item]) -> bool:
    foot, top = min(item.box.bottom for item in before), max(item.box.top for item in after)
    return foot - top <= _LEADING * min(line.size for item in after for line in item.lines)


def _is_padded(cell: Cell, items: Sequence[Item]) -> bool:
    frame, words = cell.box, around([item.box for item in items])
    return (frame.top - frame.bottom) - (words.top - words.bottom) >= _PADDING


def _box(cell: Cell, items: Sequence[Item]) -> Item:
    regions = tuple(replace(region, is_apart=True) for region in in_order(items))
    return Item(cell.box, regions, None, min(item.order for item in items))


def _chart(grid: Grid, cells: Sequence[tuple[Cell, list[Item]]], rest: Sequence[Item]) -> list[Item]:
    """Returns boxes that lines connect: one below another they are steps, and else a figure with what stands between."""
    boxes = [_box(cell, found) for cell, found in cells]
    if all(len(band) == 1 for band in bands_of(boxes)):
        return [*rest, *boxes]
    frame = grid.box
    between = [item for item in rest if _holds(frame, item.box)]
    found = sorted([*boxes, *between], key=lambda item: (-item.box.top, item.box.left))
    lines = tuple(line for item in found for line in item.lines)
    chart = Item(around([frame, *(item.box for item in between)]), (Region("figure", lines),), None, found[0].order)
    return [*(item for item in rest if item not in between), chart]


def _is_row(cells: Sequence[tuple[Cell, list[Item]]]) -> bool:
    words = [sum(len(line.words.split()) for item in items for line in item.lines) for _, items in cells]
    return min(words) <= 6 or max(words) <= _SHORT


def _table(grid: Grid, inside: dict[int, list[Item]]) -> Item:
    columns = sorted({cell.column for cell in grid.cells})
    starting: dict[tuple[int, int], list[int]] = {}
    for number, cell in enumerate(grid.cells):
        starting.setdefault((cell.row, cell.column), []).append(number)
    rows: list[Row] = []
    spanning: list[bool] = []
    for first in sorted({cell.row for cell in grid.cells}):
        numbers = [starting.get((first, column), []) for column in columns]
        wide = any(grid.cells[each].last_column > grid.cells[each].column for here in numbers for each in here)
        rows.append(tuple(_lines([item for each in here for item in inside.get(each, ())]) for here in numbers))
        spanning.append(wide)
    kept = [(row, wide) for row, wide in zip(rows, spanning, strict=True) if any(row)]
    table = tuple(row for row, _ in kept)
    order = min(item.order for items in inside.values() for item in items)
    filled = _without_empty_columns(table)
    return Item(grid.box, (Region("table", rows=filled, headers=_headers(filled), is_apart=True),), None, order)


def _lines(items: Sequence[Item]) -> tuple[Line, ...]:
    """Returns the lines of a cell in the order of reading."""
    return tuple(
        line
        for region in in_order(items)
        for line in (region.lines or tuple(each for row in region.rows for cell in row for each in cell))
    )


def _without_empty_columns(rows: Sequence[Row]) -> tuple[Row, ...]:
    kept = [column for column in range(len(rows[0])) if any(row[column] for row in rows)]
    return tuple(tuple(row[column] for column in kept) for row in rows)


def _headers(rows: Sequence[Row]) -> int:
    """Returns how many of the first rows name the columns: all of their words are bold."""
    count = 0
    for row in rows[:3]:
        lines = [line for cell in row for line in cell]
        if not (lines and all(line.is_bold for line in lines) and sum(bool(cell) for cell in row) > 1):
            break
        count += 1
    return count if count < len(rows) else 0
