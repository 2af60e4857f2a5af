"""The tables of a page as rows of cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from bs4 import Tag

from ingest.readers.html.tag_words import HEADINGS
from ingest.readers.inline_text import InlineText
from ingest.readers.table_rows import EMPTY, Cell, Row, table_blocks

_MOST_SPAN = 1000
_BOLD = ("b", "strong")

Read = Callable[[Tag], InlineText]
"""Returns the words of a cell."""


def is_layout(table: Tag) -> bool:
    """Returns whether a table only places blocks on the page: its cells are taken as blocks, not as rows."""
    rows = _own_rows(table)
    if table.get("role") in ("presentation", "none") or all(len(_own_cells(row)) < 2 for row in rows):
        return True
    has_names = any(cell.name == "th" for row in rows for cell in _own_cells(row))
    filled = [row for row in rows if sum(bool(cell.get_text(strip=True)) for cell in _own_cells(row)) > 1]
    if table.find("table") is not None:
        return not has_names and (len(filled) < 2 or any(map(_is_mostly_table, table.find_all("td"))))
    return table.find(HEADINGS) is not None and not (has_names and all(map(_is_alone, table.find_all(HEADINGS))))


def rows_of(table: Tag, read: Read) -> list[Row]:
    """Returns the rows of a table; a cell that spans rows stands in each of them."""
    open_cells: dict[int, tuple[Cell, int]] = {}
    rows = []
    for row in _own_rows(table):
        own = _own_cells(row)
        is_header = (bool(own) and all(cell.name == "th" for cell in own)) or row.find_parent("thead") is not None
        rows.append(Row(tuple(_with_open(own, open_cells, read)), is_header))
    return rows


def _own_rows(table: Tag) -> list[Tag]:
    return [row for row in table.find_all("tr") if row.find_parent("table") is table]


def _own_cells(row: Tag) -> list[Tag]:
    return row.find_all(["th", "td"], recursive=False)


def _is_mostly_table(cell: Tag) -> bool:
    inner = cell.find("table")
    return isinstance(inner, Tag) and len(inner.get_text(strip=True)) * 2 > len(cell.get_text(strip=True)) > 500


def _is_alone(heading: Tag) -> bool:
    cell = heading.find_parent(["td", "th"])
    return isinstance(cell, Tag) and cell.get_text(strip=True) == heading.get_text(strip=True)


def _with_open(own: list[Tag], open_cells: dict[int, tuple[Cell, int]], read: Read) -> Iterator[Cell]:
    """Yields the cells of a row, those that reach into it from above among them."""
    waiting = list(own)
    column = 0
    while waiting or column in open_cells:
        if column in open_cells:
            cell, left = open_cells.pop(column)
        else:
            tag = waiting.pop(0)
            cell, left = _cell(tag, read), _span(tag, "rowspan")
        yield cell
        if left > 1:
            said_again = replace(cell, content=InlineText(cell.content.text), rows_inside=())
            open_cells[column] = (said_again, left - 1)
        column += cell.columns


def _cell(tag: Tag, read: Read) -> Cell:
    inner = [table for table in tag.find_all("table") if table.find_parent("table") is tag.find_parent("table")]
    for table in inner:
        table.extract()
    blocks = [block for table in inner for block in table_blocks(rows_of(table, read))]
    content = read(tag) if tag.get_text(strip=True) else EMPTY
    return Cell(content, _span(tag, "colspan"), tag.name == "th" or _is_bold(tag), tuple(blocks))


def _is_bold(tag: Tag) -> bool:
    bold = "".join(part.get_text(strip=True) for part in tag.find_all(_BOLD) if part.find_parent(_BOLD) is None)
    return bool(bold) and bold == tag.get_text(strip=True)


def _span(cell: Tag, name: str) -> int:
    said = str(cell.get(name, "1"))
    return min(max(int(said), 1), _MOST_SPAN) if said.isdecimal() else 1
