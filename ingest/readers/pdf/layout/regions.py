"""The regions of a page in the order of reading: running text, tables and figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.readers.pdf.areas import Areas
from ingest.readers.pdf.layout.charts import with_charts
from ingest.readers.pdf.layout.columns import bands_of, gap_between, in_order
from ingest.readers.pdf.layout.grids import Cell, Grid
from ingest.readers.pdf.layout.items import Item, Region, around, box_of_line, have_letters, item_of
from ingest.readers.pdf.layout.tables import tables_of
from ingest.readers.pdf.line import Line
from ingest.readers.pdf.unseen.geometry import Box

_SLACK = 4.0
"""Points by which the letters of a line may reach over the frame of its cell."""
_PAGE = 0.75
"""Share of the page's lines from which a box frames the page, and nothing in particular."""
_PADDING = 4.0
"""Points that a frame stands off its words, above and below together; words marked with a colour fill it."""
_LEADING = 0.5
"""Sizes between the letters of two lines of one paragraph, at most."""
_ARROWS = 2
"""Heads of arrows within a grid from which it is a chart."""
_SHORT = 45
"""Words of a cell up to which boxes side by side are a row."""
_ROW_GAP = 0.4
"""Sizes between two rows that no line of a cell fills, at least."""
_FEWEST_GAPS = 2
"""Gaps across all cells that make rows."""
_FEWEST_BANDS = 2
"""Shaded bands that make a table."""
_NAMES = 150.0
"""Points to the left of a grid within which the names of its rows end."""
_SAME = 4.0
"""Points within which the edges of two bands are in line."""
_NARROW = 200.0
"""Points up to which a cell holds one column."""
_BESIDE = 60.0
"""Points that a label beside a table stands off it, at most."""


def regions_of(
    lines: Sequence[Line], areas: Areas, grids: Sequence[Grid], before: Sequence[Grid] = ()
) -> tuple[Region, ...]:
    """Returns a page as regions.

    Cells that lines and boxes frame are tables where they stand in rows and columns, and else boxes of their own.
    What stands side by side without a frame is read row by row where it is a table, and column by column where it is
    text.

    Args:
        lines: Of the page, without its notes.
        areas: The lines and boxes that it draws.
        grids: The cells that these frame.
        before: Those of the page before, whose last table may go on.
    """
    items = [item_of(line) for line in lines if line.turn == 0]
    turned = [item_of(line) for line in lines if line.turn]
    grids = sorted(grids, key=lambda each: each.box.area)
    bands = _bands(grids, items)
    rules = [*areas.levels, *(edge for grid in bands for edge in _edges(grid))]
    count = len(items)
    items += [item for item in turned if any(_holds(cell.box, item.box) for grid in grids for cell in grid.cells)]
    for grid in grids:
        if grid not in bands:
            heads = sum(_holds(grid.box, each) for each in areas.heads)
            whole = replace(grid, is_whole=grid.is_whole and heads < _ARROWS)
            is_more = any(_has_columns_of(grid, other) for other in (*before, *grids) if other is not grid)
            items = _taken(whole, items, count, rules, is_more=is_more)
    items = with_charts(items, areas)
    left = [item for item in items if item.line is not None and item.line.turn]
    beside = [*left, *(item for item in turned if not any(item.line in other.lines for other in items))]
    items = [item for item in items if item not in left]
    return tuple(_labelled(in_order(items, rules), beside))


def framed(lines: Sequence[Line], grids: Sequence[Grid]) -> list[Line]:
    """Returns the lines in the cells of tables."""
    tables = [grid for grid in grids if len(grid.columns) > 1]
    cells = [cell.box for grid in tables for cell in grid.cells]
    return [line for line in lines if any(_holds(cell, box_of_line(line)) for cell in cells)]


def _bands(grids: Sequence[Grid], items: Sequence[Item]) -> list[Grid]:
    """Returns the grids that only shade a table: every other row of it, or its cells but not its names."""
    found: list[Grid] = []
    for grid in grids:
        box = grid.box
        alike = [
            other
            for other in grids
            if abs(other.box.left - box.left) <= _SAME and abs(other.box.right - box.right) <= _SAME
        ]
        is_striped = len(alike) > 1 and sum(_has_row(each, items) for each in alike) >= _FEWEST_BANDS
        is_row = any(_has_columns_of(grid, other) for other in alike if other is not grid)
        if (is_striped and len(grid.rows) == 1 and not is_row) or _is_open(grid, items):
            found.append(grid)
    return found


def _has_columns_of(grid: Grid, other: Grid) -> bool:
    """Returns whether a grid has the columns of another with several rows: then it is more of that table."""
    if len(other.rows) == 1 or len(grid.cells) == 1:
        return False
    lefts = [cell.box.left for cell in other.cells]
    return all(any(abs(cell.box.left - left) <= _SAME for left in lefts) for cell in grid.cells)


def _has_row(grid: Grid, items: Sequence[Item]) -> bool:
    inside = [item for item in items if _holds(grid.box, item.box)]
    return any(len(band) > 1 for band in bands_of(inside))


def _is_open(grid: Grid, items: Sequence[Item]) -> bool:
    """Returns whether most rows of a grid have words at the left outside of it, that name them."""
    tops = sorted({(cell.box.bottom, cell.box.top) for cell in grid.cells if cell.row == cell.last_row})
    if len(tops) < _FEWEST_BANDS or len(grid.columns) < _FEWEST_BANDS or _has_names(grid, items):
        return False
    outside = [item.box for item in items if grid.box.left - _NAMES <= item.box.right <= grid.box.left + 1]
    named = sum(any(low < (box.bottom + box.top) / 2 < high for box in outside) for low, high in tops)
    return named >= max(_FEWEST_BANDS, 0.7 * len(tops))


def _has_names(grid: Grid, items: Sequence[Item]) -> bool:
    """Returns whether words in the first column of a grid name most of its rows."""
    first = [cell for cell in grid.cells if cell.column == 0]
    named = [cell for cell in first if any(_holds(cell.box, item.box) and have_letters(item.lines) for item in items)]
    return len(named) > 0.5 * len(first)


def _edges(grid: Grid) -> list[Box]:
    boxes = [cell.box for cell in grid.cells]
    return [Box(box.left, y, box.right, y) for box in boxes for y in (box.bottom, box.top)]


def _taken(grid: Grid, items: Sequence[Item], count: int, rules: Sequence[Box], *, is_more: bool = False) -> list[Item]:
    """Returns the items of a page with those in the cells of a grid put together to one.

    Args:
        grid: The grid.
        items: Of the page.
        count: Of its lines.
        rules: Level lines.
        is_more: Whether it has the columns of another table, so that a single row is a row.
    """
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
    if not grid.is_whole or _has_gaps(grid, cells):
        return _chart(grid, cells, rest, rules)
    rows = len(grid.rows)
    if len(grid.columns) == 1 or len(inside) == 1:
        made = _stacked(grid, cells, rows, rules)
        return list(items) if made is None else [*rest, *made]
    if rows == 1 and _are_level(cells):
        return list(items)
    if rows == 1 and not is_more and not _is_row(cells):
        return [*rest, *(_box(cell, found, rules) for cell, found in cells)]
    regions = tables_of(grid, {number: _lines(found, rules) for number, found in inside.items()})
    if not any(region.kind == "table" for region in regions):
        return [*rest, *(_box(cell, found, rules) for cell, found in cells)]
    return [*rest, Item(grid.box, regions)]


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


def _stacked(
    grid: Grid, cells: Sequence[tuple[Cell, list[Item]]], rows: int, rules: Sequence[Box]
) -> list[Item] | None:
    """Returns boxes one below another; as one table where what stands side by side in them is; None for marked words."""
    if not any(_is_padded(cell, items) for cell, items in cells):
        return None
    if rows > 1 and any(len(band) > 1 for _, items in cells for band in bands_of(items)):
        inner = tuple(in_order([item for _, items in cells for item in items], [*rules, *_edges(grid)]))
        if len(inner) == 1 and inner[0].kind == "table":
            return [Item(grid.box, (replace(inner[0], is_apart=True),))]
    return [_box(cell, items, rules) for cell, items in _together(cells)]


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


def _box(cell: Cell, items: Sequence[Item], rules: Sequence[Box]) -> Item:
    regions = tuple(replace(region, is_apart=True) for region in in_order(items, rules))
    return Item(cell.box, regions)


def _chart(
    grid: Grid, cells: Sequence[tuple[Cell, list[Item]]], rest: Sequence[Item], rules: Sequence[Box]
) -> list[Item]:
    """Returns boxes that lines connect: one below another they are steps, and else a figure with what stands between."""
    boxes = [_box(cell, found, rules) for cell, found in cells]
    if all(len(band) == 1 for band in bands_of(boxes)):
        return [*rest, *boxes]
    frame = grid.box
    between = [item for item in rest if _holds(frame, item.box)]
    found = sorted([*boxes, *between], key=lambda item: (-item.box.top, item.box.left))
    lines = tuple(line for item in found for line in item.lines)
    chart = Item(around([frame, *(item.box for item in between)]), (Region("figure", lines, is_apart=True),))
    return [*(item for item in rest if item not in between), chart]


def _has_gaps(grid: Grid, cells: Sequence[tuple[Cell, list[Item]]]) -> bool:
    """Returns whether empty rows stand between those with words, as they do between boxes that lines connect."""
    filled = {row for cell, _ in cells for row in range(cell.row, cell.last_row + 1)}
    rows = grid.rows
    gaps = sum(before in filled and after not in filled and after < max(filled) for before, after in pairwise(rows))
    return gaps >= max(2, 0.5 * (len(filled) - 1))


def _is_row(cells: Sequence[tuple[Cell, list[Item]]]) -> bool:
    words = [sum(len(line.words.split()) for item in items for line in item.lines) for _, items in cells]
    return min(words) <= 6 or max(words) <= _SHORT


def _are_level(cells: Sequence[tuple[Cell, list[Item]]]) -> bool:
    """Returns whether what stands in columns opens at one height again and again, as the cells of rows do."""
    bands = bands_of([item for _, items in cells for item in items])
    size = min(line.size for _, items in cells for item in items for line in item.lines)
    gaps = [gap_between(before, after) for before, after in pairwise(bands)]
    is_parted = sum(gap > _ROW_GAP * size for gap in gaps) >= _FEWEST_GAPS
    return is_parted and sum(len(band) > 1 for band in bands) >= 0.6 * len(bands)


def _lines(items: Sequence[Item], rules: Sequence[Box]) -> tuple[Line, ...]:
    """Returns the lines of a cell in the order of reading."""
    turned = [item.line for item in items if item.line is not None and item.line.turn]
    level = [item for item in items if item.line is None or not item.line.turn]
    if _is_one_column(level):
        return tuple(line for band in bands_of(level) for item in band for line in item.lines)
    return (
        *sorted((line for line in turned if line), key=lambda line: line.order),
        *(
            line
            for region in in_order(level, rules)
            for line in (region.lines or tuple(each for row in region.rows for cell in row for each in cell))
        ),
    )


def _is_one_column(items: Sequence[Item]) -> bool:
    """Returns whether the lines of a cell are too narrow together for two columns: gaps are those of justified words."""
    frame = around([item.box for item in items]) if items else None
    return frame is not None and frame.right - frame.left <= _NARROW and all(item.line is not None for item in items)


def _labelled(regions: Iterable[Region], beside: Sequence[Item]) -> Iterable[Region]:
    """Yields the regions, with words that stand upright beside a table as the first cell of the rows that they label."""
    labels = list(beside)
    for region in regions:
        mine = [item for item in labels if region.kind == "table" and _is_beside(item, region)]
        if not mine:
            yield region
            continue
        labels = [item for item in labels if item not in mine]
        rows = []
        for number, row in enumerate(region.rows):
            box = around([item_of(line).box for cell in row for line in cell])
            near = [item.line for item in mine if item.line and _overlaps(item.box, box)]
            is_name = number < region.headers
            rows.append((() if is_name else tuple(sorted(near, key=lambda line: line.order)), *row))
        yield replace(region, rows=tuple(rows))
    if labels:
        yield Region("figure", tuple(item.line for item in labels if item.line))


def _is_beside(item: Item, region: Region) -> bool:
    box = around([item_of(line).box for row in region.rows for cell in row for line in cell])
    return box.left - _BESIDE <= item.box.right <= box.left + _SLACK and _overlaps(item.box, box)


def _overlaps(label: Box, box: Box) -> bool:
    return label.bottom < (box.bottom + box.top) / 2 < label.top or min(label.top, box.top) - max(
        label.bottom, box.bottom
    ) > 0.5 * min(label.top - label.bottom, box.top - box.bottom)
