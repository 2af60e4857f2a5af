"""The catalogue as a spreadsheet: one row an edition, one column a field, in CSV or XLSX."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from assistant.errors import CatalogueError
from ingest.metadata.printed_dates import dates_in

COLUMNS = (
    "edition_id", "work", "path", "title", "kind", "publisher", "published", "in_force_from", "review_by", "supersedes",
    "form", "area", "audience", "layer", "groups", "source_url", "licence", "sha256",
)  # fmt: skip
"""Fields of an edition, in the order of the columns that are written."""
CHECK = "check"
"""The column that says what to look at; it is not read, as columns that are called a note are not."""
IGNORED = (CHECK, "note", "notes", "comment", "comments")
DATES = ("published", "in_force_from", "review_by")
MOST_BYTES, MOST_UNPACKED, MOST_ROWS = 20_000_000, 200_000_000, 20_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""First characters of a cell that a spreadsheet would run as a formula (OWASP, "CSV injection")."""
_WIDE = {"title": 60, "path": 40, "publisher": 40, CHECK: 80, "source_url": 30}
FIX = "Save it again as .xlsx or as CSV in UTF-8"
UNSURE = PatternFill("solid", fgColor="FFF2CC")


def read_rows(path: Path) -> list[tuple[int, dict[str, object]]]:
    """Returns the rows of a spreadsheet with their numbers, as fields of a catalogue entry; empty cells are left out.

    Raises:
        CatalogueError: It cannot be read, a column is unknown or there twice, or a date cannot be read.
    """
    rows = _cells(path)
    if not rows:
        raise CatalogueError(
            path, "the spreadsheet is empty", f"Give its first row the names {', '.join(COLUMNS[:5])} …"
        )
    names = _names(path, rows[0])
    entries = []
    for number, row in enumerate(rows[1:], start=2):
        filled = {name: cell for name, cell in zip(names, row, strict=False) if name in COLUMNS and _is_filled(cell)}
        if filled:
            entries.append((number, {name: _typed(path, number, name, cell) for name, cell in filled.items()}))
    return entries


def as_csv(rows: Sequence[Mapping[str, object]]) -> str:
    """Returns rows as CSV with a byte-order mark, as spreadsheets expect it."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow((*COLUMNS, CHECK))
    writer.writerows([_disarmed(row.get(name)) for name in (*COLUMNS, CHECK)] for row in rows)
    return "\ufeff" + out.getvalue()


def as_xlsx(rows: Sequence[Mapping[str, object]]) -> bytes:
    """Returns rows as a workbook with a bold frozen header and filters; rows to look at are coloured."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("catalogue")
    sheet.freeze_panes = "B2"
    names = (*COLUMNS, CHECK)
    for place, name in enumerate(names, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = _WIDE.get(name, 18)
    sheet.append([_cell(sheet, name, bold=True) for name in names])
    for row in rows:
        sheet.append([_cell(sheet, row.get(name), coloured=name == CHECK and bool(row.get(name))) for name in names])
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(names))}{len(rows) + 1}"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def added_to_csv(path: Path, rows: Sequence[Mapping[str, object]]) -> str:
    """Returns the CSV of a file with rows after its own, which stay as they are; columns that it lacks come last."""
    before = _csv(path)
    names = _names(path, before[0])
    more = [each for each in (*COLUMNS, CHECK) if each not in names and any(row.get(each) for row in rows)]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([*map(str, before[0]), *more])
    writer.writerows([*row, *("" for _ in range(len(names) - len(row))), *("" for _ in more)] for row in before[1:])
    writer.writerows([_disarmed(row.get(name)) for name in (*names, *more)] for row in rows)
    return "\ufeff" + out.getvalue()


def added_to_xlsx(path: Path, rows: Sequence[Mapping[str, object]]) -> bytes:
    """Returns the workbook of a file with rows after its own, which stay as they are; columns that it lacks come last."""
    book = _workbook(path, read_only=False)
    sheet = book.worksheets[0]
    names = _names(path, [cell.value for cell in sheet[1]])
    more = [each for each in (*COLUMNS, CHECK) if each not in names and any(row.get(each) for row in rows)]
    for place, name in enumerate(more, start=len(names) + 1):
        sheet.cell(1, place, name).font = Font(bold=True)
    at = max(
        (number for number, row in enumerate(sheet.iter_rows(values_only=True), start=1) if any(map(_is_filled, row))),
        default=1,
    )
    for number, row in enumerate(rows, start=at + 1):
        for place, name in enumerate((*names, *more), start=1):
            _set(sheet, number, place, row.get(name))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cells(path: Path) -> list[Sequence[object]]:
    if path.stat().st_size > MOST_BYTES:
        raise CatalogueError(path, "too large for a catalogue", FIX)
    rows = _csv(path) if path.suffix.lower() == ".csv" else _xlsx(path)
    if len(rows) > MOST_ROWS:
        raise CatalogueError(path, f"more than {MOST_ROWS} rows", "Split it, one folder and one catalogue each")
    return rows


def _csv(path: Path) -> list[Sequence[object]]:
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", "replace")  # as Excel saves "CSV" on Windows
    first = text.partition("\n")[0]
    delimiter = max((",", ";", "\t"), key=first.count)
    try:
        return [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)]
    except csv.Error as error:
        raise CatalogueError(path, f"not readable as CSV ({error})", FIX) from error


def _xlsx(path: Path) -> list[Sequence[object]]:
    book = _workbook(path, read_only=True)
    try:
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        return [list(row) for _, row in zip(range(MOST_ROWS + 2), sheet.iter_rows(values_only=True), strict=False)]
    finally:
        book.close()


def _workbook(path: Path, *, read_only: bool) -> Workbook:
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
        if unpacked > MOST_UNPACKED:
            raise CatalogueError(path, f"grows to {unpacked / 1e6:.0f} MB when unpacked", FIX)
        return load_workbook(path, read_only=read_only, data_only=read_only, keep_links=False)
    except (OSError, KeyError, ValueError, TypeError, InvalidFileException, zipfile.BadZipFile) as error:
        raise CatalogueError(path, f"not a readable spreadsheet ({type(error).__name__})", FIX) from error


def _names(path: Path, head: Sequence[object]) -> list[str]:
    """Returns the fields that the columns hold, "" for a column that is not read."""
    names = ["_".join(str(each or "").strip().lower().replace("-", " ").split()) for each in head]
    for place, name in enumerate(names):
        where = f"column {get_column_letter(place + 1)}"
        if name and name not in (*COLUMNS, *IGNORED):
            fix = f"Call it one of {', '.join(COLUMNS)}, or {CHECK} for a note"
            raise CatalogueError(path, f"row 1, {where}: unknown field {head[place]!r}", fix)
        if name in COLUMNS and names.index(name) != place:
            raise CatalogueError(path, f"row 1, {where}: {name} is there twice", "Remove one of the columns")
    return ["" if name in IGNORED and name != CHECK else name for name in names]


def _is_filled(cell: object) -> bool:
    return cell is not None and str(cell).strip() != ""


def _typed(path: Path, number: int, name: str, cell: object) -> object:
    if name in DATES:
        return _date(path, number, name, cell)
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
    text = text.strip()
    text = text[1:] if text[:1] == "'" and text[1:2] in _FORMULA else text
    if name == "groups":
        return tuple(each.strip() for each in text.split(",") if each.strip())
    if name in ("kind", "form", "layer"):
        return "_".join(text.lower().split())
    return text


def _date(path: Path, number: int, name: str, cell: object) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = str(cell).strip()
    found = dates_in(text)
    if len(found) == 1 and found[0].precision == "day" and found[0].words == text:
        return found[0].start
    fix = "Write the day as 2025-09-01 or 01/09/2025 (day first)"
    raise CatalogueError(path, f"row {number}: {name} = {text[:40]!r} is no date", fix)


def _disarmed(value: object) -> str:
    text = "" if value is None else ", ".join(value) if isinstance(value, (tuple, list)) else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _cell(sheet: Any, value: object, *, bold: bool = False, coloured: bool = False) -> Any:
    cell: Any = WriteOnlyCell(sheet)
    cell.value = value if isinstance(value, date) else _disarmed(value) or None
    if isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
    cell.font = Font(bold=bold)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if coloured:
        cell.fill = UNSURE
    return cell


def _set(sheet: Worksheet, row: int, column: int, value: object) -> None:
    if value in (None, "", ()):
        return
    cell = sheet.cell(row, column, value if isinstance(value, date) else _disarmed(value))
    if isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
