"""Removes what is on a page but is no text of the document: running headers and footers, page numbers, contents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from assistant.model import Exclusion
from ingest.readers.pdf.layout.regions import framed
from ingest.readers.pdf.line import Line
from ingest.readers.pdf.lines import PdfPage

EDGE = 0.11
"""Share of the page height at its top and bottom where running lines stand."""
COVER_WORDS = 60
"""A first page of fewer words, none of them a sentence, in a document of more than three pages, is its cover."""
_CONTENTS_HEADING = re.compile(r"^(?:table of )?contents$", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"^(?:page\s+)?(?:\d{1,4}|[ivxlc]{1,7})(?:\s+of\s+\d{1,4})?$", re.IGNORECASE)
_ENTRY = re.compile(r"(?:\.{3,}|…|\s)\s*\d{1,4}$")
_LEADER = re.compile(r"(?:\.\s?){5,}\s*\d{1,4}$")
_PLAIN_ENTRY = re.compile(r"^[A-Z‘“(].*[A-Za-z)’”]\s+(\d{1,4})$")
_FEWEST_NAMES = 3
"""Names side by side at the top of a page that are names of columns."""
_FEWEST_BELOW = 2
"""Lines below a name of a column, in line with it."""
_FEWEST = 4
"""Lines that end in page numbers, one after another, that make a list of contents within a page."""
_LAW_TITLE = re.compile(
    r"^(?:textual amendments|marginal citations|commencement information|extent information|editorial information"
    r"|modifications etc\.? ?(?:\(not altering text\))?|subordinate legislation made)$",
    re.IGNORECASE,
)
_LAW_NOTE = re.compile(r"^[A-Z]\d{1,4}\s")
_DIGITS = re.compile(r"\d+")
Reason = Literal["running_header", "running_footer"]


def preview(text: str) -> str:
    """Returns the first 80 characters of what was left out."""
    return text[:80]


def without_furniture(
    pages: Sequence[PdfPage],
) -> tuple[list[list[Line]], tuple[str, ...], tuple[Exclusion, ...]]:
    """Returns the remaining lines of each page, the label printed on each, and what was left out.

    A line in the top or bottom edge that is a page number, or that stands (digits apart) on several pages, is
    furniture. A page label is the page number printed on it, else its index.
    """
    repeated, shift, law = _repeated(pages), _shift(pages), _of_law(pages)
    remaining_pages: list[list[Line]] = []
    labels: list[str] = []
    exclusions: list[Exclusion] = []
    for page in pages:
        remaining, label = [], ""
        names = _column_names(page)
        for line in page.lines:
            where = _edge(line, page) if line not in names else None
            if id(line) in law:
                exclusions.append(Exclusion(page.number, "other", f"title of notes: {line.words}"))
            elif where and _is_page_number(line, shift):
                label = label_of(line)
                exclusions.append(Exclusion(page.number, "page_number", line.words))
            elif where and _shape(line) in repeated:
                reason: Reason = "running_header" if where == "top" else "running_footer"
                exclusions.append(Exclusion(page.number, reason, preview(line.words)))
            else:
                remaining.append(line)
        remaining_pages.append(remaining)
        labels.append(label or str(page.number))
    remaining_pages, contents = _without_contents(remaining_pages)
    remaining_pages, cover = _without_cover(remaining_pages)
    return remaining_pages, tuple(labels), (*exclusions, *contents, *cover)


def _of_law(pages: Sequence[PdfPage]) -> frozenset[int]:
    """Returns the lines that only say what kind of notes of amended law follows, by their identity."""
    return frozenset(
        id(line)
        for page in pages
        for line, following in pairwise(page.lines)
        if _LAW_TITLE.match(line.words) and _LAW_NOTE.match(following.words)
    )


def _without_cover(pages: list[list[Line]]) -> tuple[list[list[Line]], list[Exclusion]]:
    words = sum(len(line.words.split()) for line in pages[0]) if pages else 0
    body = Counter(line.size for page in pages for line in page).most_common(1)
    has_sentence = bool(pages) and any(line.size <= body[0][0] and line.words.endswith(".") for line in pages[0])
    if len(pages) <= 3 or not words or words > COVER_WORDS or has_sentence:
        return pages, []
    title = " ".join(line.words for line in pages[0])
    return [[], *pages[1:]], [Exclusion(pages[0][0].page, "cover", preview(title))]


def _column_names(page: PdfPage) -> list[Line]:
    """Returns the lines at the top of a page that stand over columns of it: they name these, on every page again."""
    top = [line for line in page.lines if _edge(line, page) == "top"]
    lefts = Counter(round(line.x / 4) for line in page.lines)
    rows = [[other for other in top if abs(other.y - line.y) <= 1] for line in top]

    def is_over(line: Line) -> bool:
        return sum(lefts[round(line.x / 4) + shift] for shift in (-1, 0, 1)) > _FEWEST_BELOW

    return [line for line, row in zip(top, rows, strict=True) if len(row) >= _FEWEST_NAMES and all(map(is_over, row))]


def label_of(line: Line) -> str:
    """Returns the page label that a page-number line prints: its first number, else its words."""
    digits = _DIGITS.search(line.words)
    return digits.group(0) if digits else line.words


def _shift(pages: Sequence[PdfPage]) -> int:
    """Returns printed number minus index, as most pages have it."""
    counted: Counter[int] = Counter()
    for page in pages:
        for line in page.lines:
            if _edge(line, page) and _PAGE_NUMBER.match(line.words) and _DIGITS.search(line.words):
                counted[int(label_of(line)) - page.number] += 1
    return counted.most_common(1)[0][0] if counted else 0


def _is_page_number(line: Line, shift: int) -> bool:
    if not _PAGE_NUMBER.match(line.words):
        return False
    return not _DIGITS.search(line.words) or int(label_of(line)) - line.page == shift


def _edge(line: Line, page: PdfPage) -> str | None:
    if line.y > page.height * (1 - EDGE):
        return "top"
    return "bottom" if line.y < page.height * EDGE else None


def _shape(line: Line) -> tuple[str, int]:
    return _DIGITS.sub("#", line.words), round(line.y / 6)


def _repeated(pages: Sequence[PdfPage]) -> frozenset[tuple[str, int]]:
    counted: Counter[tuple[str, int]] = Counter()
    for page in pages:
        counted.update({_shape(line) for line in page.lines if _edge(line, page)})
    enough = max(3, len(pages) // 4) if len(pages) > 3 else 2
    return frozenset(shape for shape, count in counted.items() if count >= enough)


def _without_contents(pages: list[list[Line]]) -> tuple[list[list[Line]], list[Exclusion]]:
    remaining_pages: list[list[Line]] = []
    exclusions: list[Exclusion] = []
    is_open = False
    for lines in pages:
        rows = _rows(lines)
        entries = sum(bool(_ENTRY.search(words)) for _, words in rows)
        is_titled = any(re.match(r"^(?:table of )?contents\b", line.words, re.IGNORECASE) for line in lines[:3])
        is_open = bool(lines) and entries >= 4 and entries >= 0.45 * len(rows) and (is_titled or is_open)
        if is_open:
            exclusions.append(Exclusion(lines[0].page, "contents", preview(lines[0].words)))
            remaining_pages.append([])
            continue
        entries_here = _entries(rows, len(pages))
        if entries_here:
            exclusions.append(Exclusion(lines[0].page, "contents", preview(lines[min(entries_here)].words)))
        remaining_pages.append(
            [
                line
                for place, line in enumerate(lines)
                if place not in entries_here and not _CONTENTS_HEADING.match(line.words)
            ]
        )
    return remaining_pages, exclusions


def _rows(lines: Sequence[Line]) -> list[tuple[tuple[int, ...], str]]:
    """Returns the places of the lines at one height, and their words: an entry and, far from it, its page number."""
    rows: list[tuple[tuple[int, ...], str]] = []
    for place, line in enumerate(lines):
        places, words = rows[-1] if rows else ((), "")
        before = lines[places[-1]] if places else line
        if places and abs(before.y - line.y) <= 1 and line.x > before.x and line.words.strip(". ").isdigit():
            rows[-1] = (*places, place), f"{words} {line.words}"
        else:
            rows.append(((place,), line.words))
    return rows


def _entries(rows: Sequence[tuple[tuple[int, ...], str]], last: int) -> frozenset[int]:
    """Returns the places of entries of a list of contents that shares its page with text.

    An entry has dots before its page number, or is one of several whose page numbers rise, none past the last page.
    """
    found = {row for row, (_, words) in enumerate(rows) if _LEADER.search(words)}
    numbers = [int(entry[1]) if (entry := _PLAIN_ENTRY.search(words)) else 0 for _, words in rows]
    run: list[int] = []
    for place, number in enumerate(numbers):
        if not 0 < number <= last:
            continue
        if run and (place - run[-1] > 2 or number < numbers[run[-1]]):
            run = []
        run.append(place)
        if len(run) >= _FEWEST:
            found.update(range(run[0], place + 1))
    return frozenset(place for row in found for place in rows[row][0])
