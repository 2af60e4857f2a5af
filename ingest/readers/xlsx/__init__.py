"""XLSX reader: each sheet under its name as a heading, its rows under the names of their columns, values as shown."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
from lxml import etree
from openpyxl.utils import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from assistant.errors import UnreadableDocument
from assistant.model.formats import XLSX
from ingest.readers.archives import DAMAGES, check_parts
from ingest.readers.blocks import ReadFile
from ingest.readers.titles import title_of
from ingest.readers.xlsx.sheets import Sheets

NOT_WHOLE, SAVE_AGAIN = "not a whole Excel file", "Save it again as .xlsx"
MOST_CELLS = 300_000
"""Cells of a file at most: a directory has some thousands."""
_MERGED = re.compile(rb"mergeCell\s[^>]*?ref=[\"']([A-Z]{1,3}\d{1,7}(?::[A-Z]{1,3}\d{1,7})?)[\"']")
_FAULTS = (InvalidFileException, KeyError, TypeError, IndexError, AttributeError, etree.XMLSyntaxError, *DAMAGES)


def read_xlsx(path: Path, max_pages: int) -> ReadFile:
    """Returns a workbook as blocks, a page a sheet.

    Hidden sheets, rows and columns, struck-through words and comments are listed and not read.

    Raises:
        UnreadableDocument: It is no workbook, damaged, encrypted, empty, or larger than a directory is.
    """
    check_parts(path, NOT_WHOLE, SAVE_AGAIN)
    _check_merged(path)
    try:
        book = openpyxl.load_workbook(path, data_only=True, rich_text=True, keep_links=False)
    except _FAULTS as error:
        raise UnreadableDocument(path, NOT_WHOLE, SAVE_AGAIN) from error
    _check_extent(path, book, max_pages)
    read = Sheets()
    for number, sheet in enumerate(book.worksheets, start=1):
        read.take(sheet, number)
    if not read.blocks:
        raise UnreadableDocument(path, "no readable text", "Check that its sheets are not empty or hidden", 1)
    labels = tuple(f"{XLSX.page_word} {sheet.title}" for sheet in book.worksheets)
    title = title_of(book.properties.title, read.titles)
    return ReadFile(tuple(read.blocks), tuple(read.raw_pages), labels, tuple(read.exclusions), title)


def _check_merged(path: Path) -> None:
    """Checks how far merged cells reach: openpyxl makes a cell of each place in them."""
    try:
        with zipfile.ZipFile(path) as archive:
            sheets = [
                name for name in archive.namelist() if name.startswith("xl/worksheets/") and name.endswith(".xml")
            ]
            areas = [_area(found[1].decode()) for name in sheets for found in _MERGED.finditer(archive.read(name))]
    except DAMAGES as error:
        raise UnreadableDocument(path, NOT_WHOLE, SAVE_AGAIN) from error
    if sum(areas) > MOST_CELLS:
        what = f"its merged cells take {sum(areas)} places, more than the {MOST_CELLS} that are read"
        raise UnreadableDocument(path, what, "Unmerge whole columns or sheets in Excel and save it again")


def _area(said: str) -> int:
    left, top, right, bottom = (each or 1 for each in range_boundaries(said))
    return max(right - left + 1, 1) * max(bottom - top + 1, 1)


def _check_extent(path: Path, book: Any, max_pages: int) -> None:
    if len(book.worksheets) > max_pages:
        what = f"{len(book.worksheets)} sheets, more than the limit of {max_pages}"
        raise UnreadableDocument(path, what, "Raise ASSISTANT_MAX_PAGES")
    cells = sum(len(sheet._cells) for sheet in book.worksheets)
    if cells > MOST_CELLS:
        what = f"{cells} cells, more than the {MOST_CELLS} that are read"
        raise UnreadableDocument(path, what, "Leave out sheets of data, or split it")
