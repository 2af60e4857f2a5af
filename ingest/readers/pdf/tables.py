"""Finds tables and figures on a page by how the order of the file jumps about on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from ingest.readers.pdf.line import Line

SIDE = 60.0
"""Points by which a line must move sideways to open another cell."""
ALIGNED = 6.0
"""Points within which two cells count as standing at one height or in one column."""

LONG = 70
"""Characters that a line of a box never has."""


@dataclass(frozen=True, slots=True)
class Region:
    """Lines of one page that belong together."""

    kind: Literal["text", "table", "figure"]
    lines: tuple[Line, ...] = ()
    rows: tuple[tuple[tuple[Line, ...], ...], ...] = ()
    """For a table: rows of cells of lines."""


def regions(lines: Sequence[Line]) -> tuple[Region, ...]:
    """Returns a page as text, tables and figures, in the order of the file.

    Text that runs down the page is text. Where the order of the file jumps back up, the cells between jumps are a
    table if they stand in rows and columns, one long column after another if there are two, and else a figure
    whose reading order is not certain.
    """
    cells = _cells(lines)
    climbs = [i for i in range(1, len(cells)) if _jumps(cells[i - 1], cells[i])]
    if not climbs:
        return (Region("text", tuple(lines)),) if lines else ()
    first, last = climbs[0] - 1, climbs[-1]
    rows, end = _rows(cells, first)
    if rows is not None and end >= last:
        before, after = _flat(cells[:first]), _flat(cells[end + 1 :])
        parts = (Region("text", before), Region("table", rows=rows), Region("text", after))
        return tuple(each for each in parts if each.lines or each.rows)
    if not any(_climbs(before[-1], after[0]) for before, after in pairwise(cells)):
        return (Region("text", tuple(lines)),)
    if len(climbs) == 1 and _is_two_columns(lines):
        return (Region("text", tuple(lines)),)
    if len(climbs) < 3 and len(_flat(cells[first : last + 1])) < 4:
        return (Region("text", tuple(lines)),)
    return _drawn(cells, first)


def _climbs(before: Line, after: Line) -> bool:
    return after.y > before.y + 0.6 * after.size


def _jumps(before: Sequence[Line], after: Sequence[Line]) -> bool:
    """Returns whether a cell stands higher than the end of the one before it, or beside it."""
    is_beside = abs(after[0].y - before[0].y) <= ALIGNED and after[0].x > before[0].x
    return is_beside or _climbs(before[-1], after[0])


def _cells(lines: Sequence[Line]) -> list[list[Line]]:
    cells: list[list[Line]] = []
    for line in lines:
        before = cells[-1][-1] if cells else None
        if before is None or _climbs(before, line) or abs(line.x - cells[-1][0].x) > SIDE:
            _part(cells, line)
            cells.append([line])
        else:
            cells[-1].append(line)
    return cells


def _part(cells: list[list[Line]], line: Line) -> None:
    """Parts the last cell where a line stands beside it: what is above, such as a heading, is no part of the row."""
    last = cells[-1] if cells else []
    beside = next((place for place, each in enumerate(last) if abs(each.y - line.y) <= ALIGNED), 0)
    if beside:
        cells[-1:] = [last[:beside], last[beside:]]


def _flat(cells: Sequence[Sequence[Line]]) -> tuple[Line, ...]:
    return tuple(line for cell in cells for line in cell)


def _rows(cells: Sequence[Sequence[Line]], first: int) -> tuple[tuple[tuple[tuple[Line, ...], ...], ...] | None, int]:
    """Returns the rows from a cell on, None where they are no table, and the last cell taken."""
    rows: list[list[Sequence[Line]]] = []
    at = first
    while at < len(cells):
        cell = cells[at]
        if rows and abs(cell[0].y - rows[-1][0][0].y) <= ALIGNED and cell[0].x > rows[-1][-1][0].x + ALIGNED:
            rows[-1].append(cell)
        elif not rows or (len(rows[-1]) > 1 and cell[0].y < rows[-1][0][0].y and _starts_row(cell, rows)):
            rows.append([cell])
        else:
            break
        at += 1
    if rows and len(rows[-1]) == 1:
        rows.pop()
        at -= 1
    is_table = len(rows) >= 2 and len({len(row) for row in rows}) == 1 and _in_columns(rows)
    return (tuple(tuple(tuple(cell) for cell in row) for row in rows), at - 1) if is_table else (None, at)


def _starts_row(cell: Sequence[Line], rows: Sequence[Sequence[Sequence[Line]]]) -> bool:
    return abs(cell[0].x - rows[0][0][0].x) <= 3 * ALIGNED


def _in_columns(rows: Sequence[Sequence[Sequence[Line]]]) -> bool:
    pairs = [(cell[0].x, top[0].x) for row in rows for cell, top in zip(row, rows[0], strict=True)]
    return sum(abs(a - b) <= 3 * ALIGNED for a, b in pairs) >= 0.8 * len(pairs)


def _is_two_columns(lines: Sequence[Line]) -> bool:
    turn = next((i for i in range(1, len(lines)) if _climbs(lines[i - 1], lines[i])), 0)
    left, right = lines[:turn], lines[turn:]
    is_long = min(len(left), len(right)) >= 6
    return is_long and min(line.x for line in right) > min(line.x for line in left) + SIDE


def _drawn(cells: Sequence[Sequence[Line]], first: int) -> tuple[Region, ...]:
    """Returns a figure and the headings and paragraphs above and below it, which stay text.

    Args:
        cells: The page.
        first: The last cell before the order of the file climbs for the first time.
    """
    before, after = _flat(cells[: first + 1]), _flat(cells[first + 1 :])
    top = max(line.y for line in after)
    bottom = min(line.y for line in after)
    above = tuple(line for line in before if line.y > top)
    below = tuple(line for line in before if line.y < bottom)
    if not _is_running(below, min(line.x for line in (*before, *after))):
        below = ()
    figure = (*(line for line in before if line not in above and line not in below), *after)
    parts = (Region("text", above), Region("figure", figure), Region("text", below))
    return tuple(each for each in parts if each.lines)


def _is_running(lines: Sequence[Line], left: float) -> bool:
    """Returns whether lines are paragraphs of the page and not the words of boxes: long, most at the left edge."""
    at_edge = [line for line in lines if line.x <= left + ALIGNED]
    return bool(lines) and max(len(line.words) for line in lines) >= LONG and 2 * len(at_edge) >= len(lines)
