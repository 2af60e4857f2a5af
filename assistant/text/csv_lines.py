"""Lines of CSV that no spreadsheet runs as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""First characters of a cell that a spreadsheet would run as a formula (OWASP, "CSV injection")."""


def disarmed(cells: Iterable[str]) -> tuple[str, ...]:
    """Returns the cells of a row, those that a spreadsheet would run with an apostrophe before them."""
    return tuple(f"'{cell}" if cell.startswith(FORMULA) else cell for cell in cells)


def csv_line(cells: Iterable[str]) -> str:
    """Returns a row as a line of CSV, disarmed."""
    out = io.StringIO()
    csv.writer(out).writerow(disarmed(cells))
    return out.getvalue()
