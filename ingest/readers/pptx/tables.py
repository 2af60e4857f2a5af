"""The tables of a slide as rows of cells."""

from __future__ import annotations

from typing import Any

from assistant.model import Exclusion
from ingest.readers.inline_text import InlineText, RawPage, joined_inline
from ingest.readers.pptx.drawing import A
from ingest.readers.pptx.paragraphs import take_words
from ingest.readers.table_rows import EMPTY, Cell, Row


def rows_of(table: Any, page: RawPage, exclusions: list[Exclusion]) -> list[Row]:
    """Returns the rows of a table; a cell merged over rows is said in each of them."""
    above: dict[int, Cell] = {}
    has_names = bool(table.first_row)
    rows = []
    for number, row in enumerate(table._tbl.iterchildren(f"{A}tr")):
        cells: list[Cell] = []
        for column, cell in enumerate(row.iterchildren(f"{A}tc")):
            if cell.get("hMerge") not in ("1", "true"):
                cells.append(_cell(cell, column, above, page, exclusions))
        rows.append(Row(tuple(cells), has_names and number == 0))
    return rows


def _cell(cell: Any, column: int, above: dict[int, Cell], page: RawPage, exclusions: list[Exclusion]) -> Cell:
    if cell.get("vMerge") in ("1", "true") and column in above:
        before = above[column]
        return Cell(InlineText(before.content.text), before.columns, before.is_bold)
    parts = [page.add(take_words(each, page.number, exclusions)) for each in cell.iter(f"{A}p")]
    filled = [each for each in parts if each.text.text]
    span = str(cell.get("gridSpan", "1"))
    read = Cell(joined_inline(filled, " ") if filled else EMPTY, int(span) if span.isdecimal() else 1, _is_bold(cell))
    above[column] = read
    return read


def _is_bold(cell: Any) -> bool:
    runs = [run for run in cell.iter(f"{A}r") if "".join(run.itertext(f"{A}t")).strip()]
    looks = [run.find(f"{A}rPr") for run in runs]
    return bool(runs) and all(each is not None and each.get("b") in ("1", "true") for each in looks)
