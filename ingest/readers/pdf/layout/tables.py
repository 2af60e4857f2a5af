"""Tables: the rows of a grid, or of text in columns, with the rows that name the columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from statistics import median

from ingest.readers.pdf.layout.grids import Cell, Grid
from ingest.readers.pdf.layout.items import Region, Row
from ingest.readers.pdf.line import Line
from ingest.readers.pdf.unseen.geometry import Box

_SLACK = 3.0
"""Points by which words may reach over the sides of their column."""
_LONGEST_NAME = 8
"""Words of the name of a column, at most."""
_LONG = 8
"""Words from which what stands in a cell says something, and names nothing."""
_FEWEST_PARTED = 0.3
"""Share of the rows of a table that have more than one cell with words, at least."""
_LONGEST_LABEL = 12
"""Words of a cell over several rows that is said again in each of them."""


def tables_of(grid: Grid, inside: Mapping[int, tuple[Line, ...]]) -> tuple[Region, ...]:
    """Returns a grid as a table, its title, where it has one, as text before it.

    A cell at the left that reaches over several rows labels each of them. Names that reach over several columns
    stand before the names below them.

    Args:
        grid: With rows and columns.
        inside: The lines in each of its cells, by its place.
    """
    grid, inside = _with_names_apart(grid, inside)
    first_rows, columns = grid.rows, grid.columns
    rows = list(_grid_rows(grid, inside, first_rows, columns))
    names = _wide_names(grid, inside, first_rows, columns)
    kept = [row for row in rows[len(names) :] if any(row)]
    if names:
        merged = tuple(tuple(line for row in names for line in row[at]) for at in range(len(columns)))
        return (_region([merged, *kept], 1),)
    titles = next((number for number, row in enumerate(kept) if sum(bool(cell) for cell in row) > 1), 0)
    if sum(sum(bool(cell) for cell in row) > 1 for row in kept) < _FEWEST_PARTED * len(kept):
        return tuple(Region("text", cell, is_apart=True) for row in kept for cell in row if cell)
    above = [Region("text", _flat(row), is_apart=True) for row in kept[:titles]]
    return (*above, _region(kept[titles:], None))


def _with_names_apart(
    grid: Grid, inside: Mapping[int, tuple[Line, ...]]
) -> tuple[Grid, Mapping[int, tuple[Line, ...]]]:
    """Returns a grid with each cell parted that reaches over several columns and has words in each of them alone."""
    ends: dict[int, tuple[float, float]] = {}
    for cell in grid.cells:
        if cell.column == cell.last_column:
            ends.setdefault(cell.column, (cell.box.left, cell.box.right))
    cells: list[Cell] = []
    placed: dict[int, tuple[Line, ...]] = {}
    for number, cell in enumerate(grid.cells):
        lines = inside.get(number, ())
        columns = [column for column in ends if cell.column <= column <= cell.last_column]
        homes = [next((c for c in columns if _fits(line, ends[c])), None) for line in lines]
        if cell.column == cell.last_column or None in homes or len(set(homes)) < 2:
            placed[len(cells)] = lines
            cells.append(cell)
            continue
        for column in columns:
            left, right = ends[column]
            placed[len(cells)] = tuple(line for line, home in zip(lines, homes, strict=True) if home == column)
            box = Box(left, cell.box.bottom, right, cell.box.top)
            cells.append(replace(cell, box=box, column=column, last_column=column))
    return replace(grid, cells=tuple(cells)), placed


def _fits(line: Line, ends: tuple[float, float]) -> bool:
    return ends[0] - _SLACK <= line.x and line.right <= ends[1] + _SLACK


def _grid_rows(
    grid: Grid, inside: Mapping[int, tuple[Line, ...]], rows: Sequence[int], columns: Sequence[int]
) -> Iterator[Row]:
    covering: dict[tuple[int, int], list[int]] = {}
    for number, cell in enumerate(grid.cells):
        for row in range(cell.row, cell.last_row + 1):
            for column in range(cell.column, cell.last_column + 1):
                covering.setdefault((row, column), []).append(number)
    shown: set[int] = set()
    for row in rows:
        cells: list[tuple[Line, ...]] = []
        for column in columns:
            here = covering.get((row, column), [])
            fresh = [number for number in here if number not in shown]
            lines = tuple(line for number in fresh for line in inside.get(number, ()))
            if not fresh and column == columns[0]:
                lines = _label([line for number in here for line in inside.get(number, ())])
            shown.update(fresh)
            cells.append(lines)
        yield tuple(cells)


def _flat(row: Row) -> tuple[Line, ...]:
    return tuple(line for cell in row for line in cell)


def _label(lines: Sequence[Line]) -> tuple[Line, ...]:
    return tuple(lines) if sum(len(line.words.split()) for line in lines) <= _LONGEST_LABEL else ()


def _wide_names(
    grid: Grid,
    inside: Mapping[int, tuple[Line, ...]],
    rows: Sequence[int],
    columns: Sequence[int],
) -> list[Row]:
    """Returns the first rows with the names of all columns, where names reach over several columns; else ()."""
    wide = {cell.row for number, cell in enumerate(grid.cells) if cell.last_column > cell.column and inside.get(number)}
    if len(rows) < 3 or rows[0] not in wide or rows[1] in wide:
        return []
    names: list[Row] = []
    said: set[int] = set()
    for row in rows[:2]:
        cells = []
        for column in columns:
            here = [
                number
                for number, cell in enumerate(grid.cells)
                if cell.row <= row <= cell.last_row and cell.column <= column <= cell.last_column
            ]
            new = [number for number in here if number not in said or grid.cells[number].row == row]
            cells.append(tuple(line for number in new for line in inside.get(number, ())))
            said.update(number for number in here if grid.cells[number].last_column == column)
        names.append(tuple(cells))
    is_named = all(any(row[at] for row in names) for at in range(len(columns)))
    one = sum(bool(cell) for cell in names[0]) > 1
    return names if is_named and one and all(_is_name(cell) for row in names for cell in row if cell) else []


def _region(rows: Sequence[Row], headers: int | None) -> Region:
    if not rows:
        return Region("text")
    kept = [column for column in range(len(rows[0])) if any(row[column] for row in rows)]
    filled = tuple(tuple(row[column] for column in kept) for row in rows)
    if len(kept) == 1:
        return Region("text", tuple(line for row in filled for line in row[0]), is_apart=True)
    return Region("table", rows=filled, headers=header_count(filled) if headers is None else headers, is_apart=True)


def header_count(rows: Sequence[Row]) -> int:
    """Returns how many of the first rows name the columns: 1 or none.

    Names are short, one for each column. Where they are set as the rest is, two columns need a second one that says
    more than a name does: label and value have no names.
    """
    if len(rows) < 2 or sum(bool(cell) for cell in rows[0]) < 2:
        return 0
    if _is_bold(rows[0]) and all(map(_is_name, rows[0])):
        return 1
    first, rest = rows[0], rows[1:]
    if first[0] and first[0][0].words.strip("().").isdigit():
        return 0
    if len(rest) < 2 or not all(first) or not all(_is_name(cell) for cell in first):
        return 0
    if any(any(letter.isdigit() for line in cell for letter in line.words) for cell in first[1:]) and len(first) < 4:
        return 0
    last = [_words(row[-1]) for row in rest if row[-1]]
    return int(len(first) > 2 or (bool(last) and median(last) >= _LONG))


def _is_bold(row: Row) -> bool:
    lines = [line for cell in row for line in cell]
    return bool(lines) and all(line.is_bold for line in lines)


def _words(cell: Iterable[Line]) -> int:
    return sum(len(line.words.split()) for line in cell)


def _is_name(cell: Sequence[Line]) -> bool:
    return _words(cell) <= _LONGEST_NAME and not (cell and cell[-1].words.endswith((".", ";")))
