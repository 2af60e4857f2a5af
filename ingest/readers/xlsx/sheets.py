"""The sheets of a workbook as blocks: lines above the table as text, the table row by row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from openpyxl.utils import range_boundaries

from assistant.model import Exclusion
from ingest.readers.blocks import Block, BlockKind
from ingest.readers.inline_text import RawPage, Words
from ingest.readers.table_rows import EMPTY, Cell, Row, table_blocks
from ingest.readers.unseen import Reason, is_white, left_out
from ingest.readers.xlsx.shown import has_shown_value, shown

_NO_NAME = re.compile(r"(?:sheet|tabelle|feuil|blad|worksheet)\s?\d*", re.IGNORECASE)
_LONGEST_BAND = 12
_MOST_BLANK = 2
"""So many empty rows end a table."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a sheet with the cells that are shown, by their columns."""

    number: int
    cells: dict[int, Any]

    @property
    def is_bold(self) -> bool:
        """Whether each of its cells is in bold type."""
        return all(cell.font is not None and cell.font.b for cell in self.cells.values())


class Sheets:
    """Takes sheet after sheet and collects blocks."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.raw_pages: list[str] = []
        self.exclusions: list[Exclusion] = []
        self.titles: list[str] = []
        """Lines that may name the file: what stands over the first table."""
        self._page = RawPage()

    def take(self, sheet: Any, number: int) -> None:
        """Takes a sheet; a hidden one is listed."""
        self._page = RawPage(number)
        if sheet.sheet_state != "visible":
            said = " ".join(shown(cell) for _, cell in sorted(sheet._cells.items()) if has_shown_value(cell))
            self.exclusions.extend(left_out(Reason.HIDDEN, f"{sheet.title}: {said}", number))
        else:
            self._shown(sheet)
        self.raw_pages.append(self._page.text)

    def _shown(self, sheet: Any) -> None:
        lines = self._lines(sheet)
        if not lines:
            self.exclusions.append(Exclusion(self._page.number, "blank", ""))
            return
        has_name = _NO_NAME.fullmatch(sheet.title) is None
        if has_name:
            self.blocks.append(self._page.add(Words(sheet.title)).block(BlockKind.HEADING))
        start = len(self.blocks)
        names = _named_rows(sheet)
        for part in _parts(lines):
            self._part(sheet, part, names)
        if not has_name and start < len(self.blocks) and self.blocks[:start]:
            self.blocks[start] = replace(self.blocks[start], under=0)

    def _part(self, sheet: Any, lines: Sequence[Line], names: frozenset[int]) -> None:
        """Takes rows without a gap: single cells above a table are text, the others its rows."""
        above = next((at for at, line in enumerate(lines) if len(line.cells) > 1), len(lines))
        for line in lines[:above]:
            (cell,) = line.cells.values()
            content = self._page.add(self._words(cell))
            if content.text.text:
                self.titles.append(content.text.text)
                self.blocks.append(content.block(BlockKind.PARAGRAPH))
        self.blocks.extend(table_blocks(self._rows(sheet, lines[above:], names)))

    def _rows(self, sheet: Any, lines: Sequence[Line], names: frozenset[int]) -> list[Row]:
        if not lines:
            return []
        columns = sorted({column for line in lines for column in line.cells})
        merged = _Merged(sheet)
        rows = []
        for at, line in enumerate(lines):
            is_header = line.number in names or _stands_over(line, lines[at + 1 :])
            rows.append(Row(tuple(self._cells(line, columns, merged)), is_header))
        return rows

    def _cells(self, line: Line, columns: Sequence[int], merged: _Merged) -> Iterable[Cell]:
        if len(line.cells) == 1 and columns[0] in line.cells and len(columns) > 1:
            cell = line.cells[columns[0]]
            is_band = line.is_bold or merged.width(line.number, columns[0]) > 1
            if is_band and len(shown(cell).split()) <= _LONGEST_BAND:
                yield Cell(self._page.add(self._words(cell)), len(columns), line.is_bold)
                return
        open_until = 0
        for column in columns:
            if column < open_until:
                continue
            cell = line.cells.get(column)
            wide = merged.width(line.number, column)
            open_until = column + wide
            count = sum(column <= each < open_until for each in columns)
            content = self._page.add(self._words(cell)) if cell is not None else EMPTY
            yield Cell(content, count, bool(cell is not None and cell.font and cell.font.b))

    def _words(self, cell: Any) -> Words:
        """Returns the words of a cell; those struck through are listed."""
        words = Words()
        for text, is_struck in shown_pieces(cell):
            if is_struck:
                self.exclusions.extend(left_out(Reason.WITHDRAWN, text, self._page.number))
                words.leave_out(text)
            else:
                words.add(text)
        if cell.hyperlink is not None and cell.hyperlink.target and words.text:
            words.links.append((0, len(words.text), str(cell.hyperlink.target)))
        return words

    def _lines(self, sheet: Any) -> list[Line]:
        """Returns the rows with what is shown of them; hidden rows, columns and cells are listed."""
        columns = _hidden_columns(sheet)
        hidden: list[str] = []
        lines: list[Line] = []
        spread = _spread_down(sheet)
        cells = sorted(cell for cell in (*sheet._cells.items(), *spread.items()) if has_shown_value(cell[1]))
        for number, row in groupby(cells, key=lambda each: each[0][0]):
            look = sheet.row_dimensions.get(number)
            is_hidden = look is not None and (look.hidden or look.ht == 0)
            kept: dict[int, Any] = {}
            for (_, column), cell in row:
                self._comment(cell)
                if is_hidden or column in columns or _is_unseen(cell):
                    hidden.append(shown(cell))
                else:
                    kept[column] = cell
            if kept:
                lines.append(Line(number, kept))
        self.exclusions.extend(left_out(Reason.HIDDEN, " ".join(hidden), self._page.number))
        return lines

    def _comment(self, cell: Any) -> None:
        if getattr(cell, "comment", None) is not None:
            self.exclusions.extend(left_out(Reason.NOTE, str(cell.comment.text), self._page.number))


def shown_pieces(cell: Any) -> list[tuple[str, bool]]:
    """Returns the words of a cell in pieces, each with whether it is struck through."""
    struck = bool(cell.font is not None and cell.font.strike)
    if not isinstance(cell.value, list):
        return [(shown(cell), struck)]
    return [
        (each if isinstance(each, str) else str(each.text), struck if isinstance(each, str) else bool(each.font.strike))
        for each in cell.value
    ]


def _stands_over(line: Line, below: Sequence[Line]) -> bool:
    """Returns whether a row is in bold type and the next of several cells is not."""
    after = next((each for each in below if len(each.cells) > 1), None)
    return len(line.cells) > 1 and line.is_bold and after is not None and not after.is_bold


def _parts(lines: Sequence[Line]) -> Iterable[list[Line]]:
    """Yields rows that belong together: a wide gap ends them, and so does one before rows that name columns again."""
    part: list[Line] = []
    for line in lines:
        gap = line.number - part[-1].number - 1 if part else 0
        if part and (gap >= _MOST_BLANK or (gap and line.is_bold and len(line.cells) > 1)):
            yield part
            part = []
        part.append(line)
    if part:
        yield part


class _Merged:
    """How many columns the merged cells of a sheet take."""

    def __init__(self, sheet: Any) -> None:
        ranges = sheet.merged_cells.ranges
        self._widths = {
            (row, each.min_col): each.max_col - each.min_col + 1
            for each in ranges
            for row in range(each.min_row, min(each.max_row, each.min_row + 10_000) + 1)
        }

    def width(self, row: int, column: int) -> int:
        return int(self._widths.get((row, column), 1))


def _spread_down(sheet: Any) -> dict[tuple[int, int], Any]:
    """Returns the cells of rows that a cell merged over rows covers, each as that cell."""
    most = max((row for row, _ in sheet._cells), default=0)
    return {
        (row, each.min_col): sheet._cells[each.min_row, each.min_col]
        for each in sheet.merged_cells.ranges
        if (each.min_row, each.min_col) in sheet._cells
        for row in range(each.min_row + 1, min(each.max_row, most) + 1)
    }


def _named_rows(sheet: Any) -> frozenset[int]:
    """Returns the rows that the file says name columns: first of a table or a filter, or those printed on every page."""
    ranges = [table.ref for table in sheet.tables.values() if table.headerRowCount != 0]
    ranges += [sheet.auto_filter.ref] if sheet.auto_filter is not None and sheet.auto_filter.ref else []
    return frozenset(range_boundaries(each)[1] or 1 for each in ranges)


def _hidden_columns(sheet: Any) -> frozenset[int]:
    hidden: set[int] = set()
    for look in sheet.column_dimensions.values():
        if look.hidden or look.width == 0:
            hidden.update(range(look.min or 1, min(look.max or 1, 16_384) + 1))
    return frozenset(hidden)


def _is_unseen(cell: Any) -> bool:
    """Returns whether a cell shows nothing: its format hides it, or it is white on white."""
    if cell.number_format.strip() == ";;;":
        return True
    colour: Any = cell.font.color if cell.font is not None else None
    has_fill = cell.fill is not None and cell.fill.fill_type not in (None, "none")
    is_rgb = colour is not None and colour.type == "rgb" and isinstance(colour.rgb, str)
    return is_rgb and not has_fill and is_white(colour.rgb[-6:])
