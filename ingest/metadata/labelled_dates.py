"""Dates that stand after a label: in its line, in the cell beside it, below it, or in the column that it heads."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.metadata.printed_dates import PrintedDate, dates_in
from ingest.metadata.words import words
from ingest.readers.cover import CoverLine

_LEADS = re.compile(rf"[\s:|?).–,-]*(?:{words('leads_to_date')}\b[\s:]*)*(?:\w+day,?\s*)?", re.IGNORECASE)
_BY = re.compile(r"[\s:|]*(?:by\b|:)?\s*(?:the\s+)?[\w’'&/ -]{2,60}?(?:,|\bon\b|\s[–-])?\s*", re.IGNORECASE)
"""Who agreed: "by the Executive on", ": LSCP Executive"."""
_GENERAL = re.compile(r"(?:document |policy )?date|edition|as at|made(?: on)?", re.IGNORECASE)
"""Labels that count at the beginning only: "Expiry date" is no "date"."""
_ITSELF = re.compile(rf"(?:this|the)\s+(?:\w+\s+){{0,3}}{words('documents')}\b", re.IGNORECASE)
_NOT_OWN = re.compile(rf"\b{words('not_own')}\b", re.IGNORECASE)
"""What comes before the date of something else."""
_OF_PAGE = re.compile(rf"\b{words('of_page')}$", re.IGNORECASE)
"""What says when a page of a site changed, not what it shows."""
_VERSION = re.compile(r"\b(?:version|v|issue|edition)\s?\d[\d.]*\s*$", re.IGNORECASE)
_PAUSE = re.compile(r"[|•·;,(\[.–-]\s*$|\s{2,}$")
PROSE = 90
"""Characters from which a line is prose."""
MOST_ROWS = 12
"""Rows of a table of versions that are read."""
COLUMN, BELOW, INSIDE, SENTENCE, LIST, RUNNING, BY = 0.12, 0.06, 0.25, 0.5, 0.1, 0.05, 0.06
"""How much less sure a date is in a column, below its label, inside a line, in a sentence, as one of several, in a footer,
and after who agreed."""


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date with what makes it one of the document."""

    date: PrintedDate
    confidence: float
    where: str
    words: str


def where_of(line: CoverLine) -> str:
    """Returns where a line stands, for people."""
    return f"{'header or footer' if line.is_running else 'cover'}, page {line.page}"


def labelled_dates(lines: Sequence[CoverLine], labels: str, confidence: float) -> Iterator[FoundDate]:
    """Yields the dates after a label.

    Args:
        lines: Of a cover.
        labels: Pattern of the labels.
        confidence: Of a date whose label opens its line.
    """
    pattern = re.compile(rf"\b(?P<label>{labels})(?=[\s:|?).–-]|$)", re.IGNORECASE)
    for order, line in enumerate(lines):
        for match in pattern.finditer(line.text):
            before, rest = line.text[: match.start()], line.text[match.end() :]
            if _NOT_OWN.search(re.split(r"[.;]\s", before)[-1]) or _OF_PAGE.search(before + match["label"]):
                continue
            if _opens(before) or not _GENERAL.fullmatch(match["label"]):
                yield from _after(lines, order, match["label"], before, rest, confidence)


def _opens(before: str) -> bool:
    """Returns whether a label opens its line, a part of it, or follows a date."""
    dates = dates_in(before)
    if _VERSION.search(before):
        return True
    follows_date = bool(dates) and not before[dates[-1].place[1] :].strip(" .,;|")
    return (
        not before.strip(" |•·;,([–/-")
        or before.rstrip().endswith(" /")
        or _PAUSE.search(before) is not None
        or follows_date
    )


def _after(
    lines: Sequence[CoverLine], order: int, label: str, before: str, rest: str, confidence: float
) -> Iterator[FoundDate]:
    line = lines[order]
    found = dates_in(rest)
    gap = rest[: found[0].place[0]] if found else ""
    is_by = bool(found) and not _LEADS.fullmatch(gap)
    if found and (not is_by or (_BY.fullmatch(gap) if not line.cells else _is_in_next_cell(line, label, found[0]))):
        date, less = _of_list(rest, found)
        less += BY * is_by + RUNNING * line.is_running + _doubt(line, label, before, rest)
        yield FoundDate(date, confidence - less, where_of(line), f"{label}{rest}".strip())
    elif (column := _column(line, label)) is not None:
        yield from _in_column(lines, order, column, confidence - COLUMN)
    elif _opens(before) and label[0].isupper() and not rest.strip(" :?") and order + 1 < len(lines):
        below = lines[order + 1]
        dates = dates_in(below.text)
        if dates and not below.text[: dates[0].place[0]].strip() and below.page == line.page:
            yield FoundDate(dates[0], confidence - BELOW, where_of(line), f"{label} {below.text}")


def _of_list(rest: str, found: Sequence[PrintedDate]) -> tuple[PrintedDate, float]:
    """Returns the first date, of a list ("January 2015, January 2022") the last, and how much less sure that is."""
    if len(found) > 1 and re.fullmatch(r"[\s,&/]*(?:and)?\s*", rest[found[0].place[1] : found[1].place[0]]):
        return found[-1], LIST
    exact = (each for each in found[1:] if found[0].start <= each.start and each.end <= found[0].end)
    return next((each for each in exact if each.precision == "day"), found[0]), 0.0


def _is_in_next_cell(line: CoverLine, label: str, date: PrintedDate) -> bool:
    """Returns whether a date stands in the cell after that of its label: "Ratified by governors | 16/09/2025"."""
    return any(label in one and date.words in other for one, other in itertools.pairwise(line.cells))


def _doubt(line: CoverLine, label: str, before: str, rest: str) -> float:
    """Returns how much less sure a date is for where its label stands."""
    is_marked = rest.lstrip().startswith(":")
    is_whole = (dates := dates_in(rest)) and not rest[dates[-1].place[1] :].strip(" .") and not before.strip()
    is_prose = not is_marked and not is_whole and (label[0].islower() or (line.page > 1 and not line.cells))
    if _opens(before) and not is_prose:
        return 0.0
    is_short = line.page == 1 and (len(line.text) <= PROSE or _ITSELF.match(line.text) is not None)
    return INSIDE if is_short else SENTENCE


def _column(line: CoverLine, label: str) -> int | None:
    """Returns which cell of a row a label is, None where it is none."""
    cells = [cell.strip(" :").lower() for cell in line.cells]
    ends = [place for place, cell in enumerate(cells) if cell and label.strip().lower().endswith(cell)]
    return ends[-1] if ends else None


def _in_column(lines: Sequence[CoverLine], order: int, column: int, confidence: float) -> Iterator[FoundDate]:
    """Yields the latest date under the head of a column: that of the newest version."""
    head, dates = lines[order], []
    for row in lines[order + 1 : order + 1 + MOST_ROWS]:
        if len(row.cells) != len(head.cells):
            break
        dates += [(each, row) for each in dates_in(row.cells[column])[:1]]
    if dates:
        date, row = max(dates, key=lambda each: each[0].start)
        yield FoundDate(date, confidence, where_of(row), f"{head.cells[column]}: {row.cells[column]}")
