"""The coverage report as CSV and XLSX tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from assistant.coverage.decisions import DecidedRow, DecidedSection
from assistant.coverage.facts import Facts
from assistant.coverage.values import Row, SourceQuote
from assistant.text.csv_lines import disarmed

LONGEST = 32_000
"""Most characters of a spreadsheet cell (Excel: 32,767)."""
NARROW, WIDE = 18, 60
"""Column widths, in characters."""
_WIDE = frozenset({"finding", "quote", "nearest quote", "words", "note", "action", "condition", "questions"})


def columns(decided: DecidedSection) -> tuple[str, ...]:
    """Returns the column names of a section's table."""
    first = ("state", "proposed", "finding")
    last = (
        "document",
        "paragraph",
        "pages",
        "quote",
        "nearest",
        "nearest quote",
        "questions",
        "decided",
        "by",
        "on",
        "note",
        "key",
    )
    return (*first, *decided.section.columns(), *last)


def cells(decided: DecidedSection) -> Iterator[tuple[str, ...]]:
    """Yields a row of text per finding, in the order of ``columns``, with formulas disarmed."""
    for each in decided.rows:
        row = each.row
        source = row.quotes[0] if row.quotes else None
        beside = row.quotes[1] if len(row.quotes) > 1 else None
        facts = (text for _, text in row.facts.labelled())
        texts = (
            each.state,
            row.state,
            row.title,
            *facts,
            *_source(source),
            *_beside(beside),
            _items(row),
            *_decided(each),
            row.key,
        )
        yield disarmed(texts)


def as_csv(decided: DecidedSection) -> str:
    """Returns a section as CSV with a byte-order mark, as spreadsheets expect it."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns(decided))
    writer.writerows(cells(decided))
    return "\ufeff" + out.getvalue()


def as_xlsx(sections: Sequence[DecidedSection]) -> bytes:
    """Returns sections as a workbook, one sheet each, with a bold frozen header, filters and wrapped text."""
    book = Workbook(write_only=True)
    for decided in sections:
        sheet = book.create_sheet(decided.section.name)
        names = columns(decided)
        sheet.freeze_panes = "A2"
        for place, name in enumerate(names, start=1):
            sheet.column_dimensions[get_column_letter(place)].width = WIDE if name in _WIDE else NARROW
        head = [WriteOnlyCell(sheet, value=name) for name in names]
        for cell in head:
            cell.font = Font(bold=True)
        sheet.append(head)
        for texts in cells(decided):
            row = [WriteOnlyCell(sheet, value=text[:LONGEST]) for text in texts]
            for cell in row:
                cell.alignment = Alignment(wrap_text=True, vertical="top")
            sheet.append(row)
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(names))}{len(decided.rows) + 1}"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _source(quote: SourceQuote | None) -> tuple[str, str, str, str]:
    return (quote.edition.title, quote.label or "", ", ".join(quote.pages), quote.shown) if quote else ("", "", "", "")


def _beside(quote: SourceQuote | None) -> tuple[str, str]:
    return (quote.source, quote.shown) if quote else ("", "")


def _items(row: Row[Facts]) -> str:
    return "\n".join(f"{text} ({outcome})" for text, outcome in row.items)


def _decided(each: DecidedRow) -> tuple[str, str, str, str]:
    if each.decision is None:
        return "", "", "", ""
    again = "; the words have changed since" if each.is_stale else ""
    return f"{each.decision.state}{again}", each.decision.by, each.decision.at.date().isoformat(), each.decision.note
