"""Prints how files were read: a line each, what to look at, and a table of several."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from assistant.model.formats import shown_name
from assistant.outcomes.reading_text import file_page_words, reading_line, reading_warnings

if TYPE_CHECKING:
    from assistant.model.reading import ReadingReport
    from ingest.publish.report import FileReading

LISTED = 50
"""Most files that are told one by one."""
HEAD = ("can be quoted", "words", "table rows", "pages with figures", "without text", "file")


def reading_object(report: ReadingReport) -> dict[str, Any]:
    """Returns how a file was read as plain JSON values; the share is null where there is no word."""
    return {
        "share": None if report.share is None else round(report.share, 4),
        "words": report.words,
        "quotable_words": report.quotable_words,
        "figure_words": report.figure_words,
        "table_rows": report.table_rows,
        "figure_pages": list(report.figure_pages),
        "picture_pages": list(report.picture_pages),
        "left_out": [
            {"reason": each.reason, "words": each.words, "pages": list(each.pages)} for each in report.left_out
        ],
        "warnings": list(reading_warnings(report)),
    }


def file_object(file: FileReading) -> dict[str, Any]:
    """Returns how a file was read, with its path and its editions, as plain JSON values."""
    return {"path": str(file.path), "edition_ids": list(file.editions), **reading_object(file.reading)}


def print_readings(files: Sequence[FileReading]) -> None:
    """Prints how files were read; what to look at goes to standard error."""
    for file in files[:LISTED]:
        print(f"{shown_name(file.path)}: {reading_line(file.reading)}")
        for warning in reading_warnings(file.reading):
            print(f"warning: {shown_name(file.path)}: {warning}", file=sys.stderr)
    if len(files) > LISTED:
        print(f"and {len(files) - LISTED} more files (--json lists them)")
    if len(files) > 1:
        print_table(files)


def print_table(files: Sequence[FileReading]) -> None:
    """Prints a row for each file, those first of which the least can be quoted, and one for all."""
    from assistant.editions.reading import combined

    least = sorted(
        files, key=lambda file: (1.0 if file.reading.share is None else file.reading.share, shown_name(file.path))
    )
    rows = [HEAD, *(_row(file.reading, shown_name(file.path)) for file in least[:LISTED])]
    figures, pictures = (
        sum(len(getattr(file.reading, name)) for file in files) for name in ("figure_pages", "picture_pages")
    )
    total = _row(combined([file.reading for file in files]), f"all {len(files)} files")
    rows.append((*total[:3], str(figures), str(pictures), total[5]))
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD) - 1)]
    print()
    for row in rows:
        print("  ".join((*(cell.rjust(width) for cell, width in zip(row, widths, strict=False)), row[-1])))
    print()


def reading_facts(report: ReadingReport) -> list[str]:
    """Returns how a file was read line by line, with the pages of its figures, and what to look at."""
    lines = [reading_line(report)]
    if report.figure_pages and report.pages > 1:
        lines.append(f"figures or charts: {file_page_words(report.figure_pages)}")
    return [*lines, *(f"look at: {each}" for each in reading_warnings(report))]


def _row(report: ReadingReport, name: str) -> tuple[str, ...]:
    share = "-" if report.share is None else f"{100 * report.quotable_words // report.words} %"
    pages = (report.figure_pages, report.picture_pages)
    return (share, f"{report.words:,}", str(report.table_rows), *(str(len(each)) for each in pages), name)
