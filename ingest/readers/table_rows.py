"""Tables as rows: a cell for every column, one header of all rows of column names, deeper rows under bands and in cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ingest.readers.blocks import Block, BlockKind
from ingest.readers.inline_text import InlineText, joined_inline
from ingest.readers.source_map import unmapped

CELLS = " | "
EMPTY = InlineText(unmapped(""))
_LONGEST_NAME = 12
"""Words of the longest name of a column."""
_LONGEST_BAND = 12
_LONGEST_TITLE = 30
"""Words of the longest row over all columns that opens a table."""
_LONGEST_REPEATED = 12
"""Words of the longest cell that is said in each of its columns; of a longer one the others are empty."""
_DETAIL = re.compile(r"\d[\d\s]{4,}\d|[@£☐☑☒]")
_ASKS = re.compile(r"(?:who|what|when|where|why|how|which)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as it stands in its row."""

    content: InlineText
    columns: int = 1
    is_bold: bool = False
    rows_inside: tuple[Block, ...] = ()
    """Rows of the tables in it, of level 1."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row; cells of rows above that reach into it are among its own."""

    cells: tuple[Cell, ...]
    is_header: bool = False
    """Whether the file says that it names columns."""
    notes: tuple[Block, ...] = ()
    """Footnotes that are marked in it."""

    @property
    def filled(self) -> list[Cell]:
        """Its cells that hold words."""
        return [cell for cell in self.cells if cell.content.text.text]

    @property
    def width(self) -> int:
        """Columns that it takes."""
        return sum(cell.columns for cell in self.cells)


def table_blocks(rows: Sequence[Row], caption: Block | None = None) -> list[Block]:
    """Returns a table as blocks: its caption, one header, a block a row, footnotes after their row.

    A row that spans the whole table stands over the rows below it, and the row of a cell that holds a table over the
    rows of that: they are one level deeper. Under a header, a cell that spans columns is said in each of them.

    Args:
        rows: The rows, top first; those without words are left out.
        caption: The line that names the table, as a header.
    """
    rows = [row for row in rows if row.filled]
    if all(row.is_header for row in rows):
        rows = [replace(row, is_header=at == 0) for at, row in enumerate(rows)]
    blocks = [replace(caption, opens_table=True)] if caption is not None else []
    level = 2 if caption is not None else 1
    for row in rows[: _title_rows(rows)]:
        blocks.extend([_row_block(row, BlockKind.TABLE_HEADER, level, has_names=False), *row.notes])
        rows, level = rows[1:], level + 1
    count = _header_rows(rows)
    if count:
        blocks.extend([_header(rows[:count]).block(BlockKind.TABLE_HEADER, level), *_notes(rows[:count])])
    blocks.extend(_body(_said_on(rows[count:], has_names=count > 0), level, rows, has_names=count > 0))
    return [replace(blocks[0], opens_table=True), *blocks[1:]] if blocks else []


def _title_rows(rows: Sequence[Row]) -> int:
    """Returns how many rows at the top name the table; one that only opens the first of several parts does not."""
    whole = next((at for at, row in enumerate(rows) if not _is_band(row, rows, _LONGEST_TITLE)), len(rows))
    titles = min(whole, len(rows) - 1)
    under = rows[titles:]
    has_parts = any(_is_band(row, rows) for row in under) and not _header_rows(under)
    return max(titles - has_parts, 0)


def _body(body: Sequence[Row], level: int, rows: Sequence[Row], *, has_names: bool) -> Iterable[Block]:
    depth = level
    for row in body:
        if row.is_header and not _is_band(row, rows):
            yield _header([row]).block(BlockKind.TABLE_HEADER, level)
            depth, has_names = level, True
        else:
            is_band = _is_band(row, rows)
            depth = level if is_band else depth
            yield _row_block(row, BlockKind.TABLE_ROW, depth, has_names=has_names and not is_band)
            yield from (_deeper(each, depth) for cell in row.cells for each in cell.rows_inside)
            depth += is_band
        yield from row.notes


def _deeper(block: Block, by: int) -> Block:
    return block if block.kind is BlockKind.FOOTNOTE else replace(block, level=block.level + by)


def _notes(rows: Iterable[Row]) -> Iterable[Block]:
    return (note for row in rows for note in row.notes)


def _row_block(row: Row, kind: BlockKind, level: int, *, has_names: bool) -> Block:
    cells = [content for cell in row.cells for content in (_in_columns(cell) if has_names else [cell.content])]
    return joined_inline(cells[:1] if len(row.cells) == 1 else cells, CELLS).block(kind, level)


def _in_columns(cell: Cell) -> list[InlineText]:
    """Returns what a cell says in each of its columns; marks and links stand in the first."""
    is_short = len(cell.content.text.text.split()) <= _LONGEST_REPEATED
    again = InlineText(cell.content.text) if is_short else EMPTY
    return [cell.content, *[again] * (cell.columns - 1)]


def _is_band(row: Row, rows: Sequence[Row], most_words: int = _LONGEST_BAND) -> bool:
    """Returns whether a row is one short cell over the whole width of a table of several columns."""
    if len(row.cells) != 1 or len(row.filled) != 1:
        return False
    text = row.cells[0].content.text.text
    is_wide = row.cells[0].columns >= max(each.width for each in rows) > 1
    return is_wide and len(text.split()) <= most_words and not text.endswith((".", "!", ";"))


def _header(rows: Sequence[Row]) -> InlineText:
    """Returns the names of the columns; where several rows name them, each column has all its names."""
    columns: dict[int, list[InlineText]] = {}
    for row in rows:
        at = 0
        for cell in row.cells:
            for column in range(at, at + cell.columns):
                names = columns.setdefault(column, [])
                if cell.content.text.text and cell.content.text.text not in [each.text.text for each in names]:
                    names.append(cell.content)
            at += cell.columns
    return joined_inline([joined_inline(columns[column], " ") for column in sorted(columns)], CELLS)


def _header_rows(rows: Sequence[Row]) -> int:
    """Returns how many rows at the top name columns: those that the file says do, else the first where it looks so."""
    said = next((at for at, row in enumerate(rows) if not row.is_header), len(rows))
    return said or int(_names_columns(rows))


def _names_columns(rows: Sequence[Row]) -> bool:
    """Returns whether the first row of a table, of which the file says nothing, reads as names of columns."""
    if len(rows) < 2 or len(rows[0].cells) < 2:
        return False
    first, second = rows[0], rows[1]
    names = [cell.content.text.text for cell in first.cells]
    if not all(names[1:]) or any(_is_no_name(name) for name in names) or _goes_on(names[0], _first(second)):
        return False
    if all(cell.is_bold for cell in first.filled) and not all(cell.is_bold for cell in second.filled):
        return True
    if first.cells[0].is_bold and second.cells[0].is_bold:
        return False
    return len(names) > 2 or _names_two(names, rows[1:])


def _is_no_name(name: str) -> bool:
    return len(name.split()) > _LONGEST_NAME or name.endswith((".", ":", ";")) or bool(_DETAIL.search(name))


def _goes_on(name: str, below: str) -> bool:
    """Returns whether the first cells of two rows are of one series, or the second says nothing of its own."""
    first, second = name.split(), below.split()
    if not second:
        return bool(first)
    is_series = len(first) > 1 and first[0].lower() == second[0].lower()
    return is_series or (name[:1].isdecimal() and below[:1].isdecimal())


def _names_two(names: Sequence[str], body: Sequence[Row]) -> bool:
    """Returns whether the first row of two columns names them: short, and over longer words."""
    name, other = names
    is_of_series = all(_first(row).lower().startswith(f"{name.lower()} ") for row in body)
    if is_of_series or _ASKS.match(other) or _ASKS.match(name):
        return True
    if max(len(each.split()) for each in names) > 3 or any(letter.isdecimal() for each in names for letter in each):
        return False
    is_name_of_one = other.istitle() and len(other.split()) > 1 and not name.istitle()
    longer = sum(_is_longer(row.cells[-1], other) for row in body)
    return not is_name_of_one and longer * 2 >= len(body)


def _is_longer(cell: Cell, name: str) -> bool:
    return bool(cell.rows_inside) or len(cell.content.text.text.split()) > len(name.split()) + 1


def _first(row: Row) -> str:
    return row.cells[0].content.text.text if row.cells else ""


def _said_on(rows: Sequence[Row], *, has_names: bool) -> list[Row]:
    """Returns rows of two columns without names with an empty first cell filled from the row above."""
    read: list[Row] = []
    for row in rows:
        last = read[-1] if read else None
        if not has_names and last and len(last.cells) == len(row.cells) == 2 and not _first(row):
            above = InlineText(last.cells[0].content.text)
            row = replace(row, cells=(replace(row.cells[0], content=above), *row.cells[1:]))
        read.append(row)
    return read
