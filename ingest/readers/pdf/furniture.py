"""Removes what is on a page but is no text of the document: running headers and footers, page numbers, contents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Literal

from assistant.model import Exclusion
from ingest.readers.pdf.line import Line
from ingest.readers.pdf.lines import PdfPage
from ingest.readers.pdf.page_numbers import page_numbers
from ingest.readers.unseen import count_of

EDGE = 0.11
"""Share of the page height at its top and bottom where running lines stand."""
EDGE_OF_SMALL, _SMALL = 0.13, 0.85
"""The same for print of at most this share of the body's size."""
COVER_WORDS = 60
"""A first page of fewer words, none of them a sentence, in a document of more than three pages, is its cover."""
_CONTENTS_HEADING = re.compile(r"^(?:table of )?contents$", re.IGNORECASE)
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
    pages: Sequence[PdfPage], given: Sequence[str] = ()
) -> tuple[list[list[Line]], tuple[str, ...], tuple[Exclusion, ...]]:
    """Returns the remaining lines of each page, the label printed on each, and what was left out.

    A line in the top or bottom edge that is a page number, or that stands (its page number apart) on several pages, is
    furniture. A page label is the number printed on the page, else the label that the file gives it, else its index.

    Args:
        pages: Of the document.
        given: Label of each page in the file, () where it gives none.
    """
    body = _body_size(pages)
    edges = {page.number: [line for line in page.lines if _edge(line, page, body)] for page in pages}
    numbers = page_numbers(edges)
    repeated, law = _repeated(edges, numbers, body), _of_law(pages)
    remaining_pages: list[list[Line]] = []
    exclusions: list[Exclusion] = []
    for page in pages:
        remaining = []
        names = _column_names(page)
        number, label, is_whole = numbers.get(page.number, (None, "", False))
        for line in page.lines:
            where = _edge(line, page, body) if line not in names else None
            if id(line) in law:
                exclusions.append(Exclusion(page.number, "other", f"title of notes: {line.words}"))
            elif where and is_whole and line is number:
                exclusions.append(Exclusion(page.number, "page_number", line.words))
            elif where and _shape(line, label if line is number else "") in repeated:
                reason: Reason = "running_header" if where == "top" else "running_footer"
                exclusions.append(Exclusion(page.number, reason, preview(line.words), count_of(line.words, 80)))
            else:
                remaining.append(line)
        remaining_pages.append(remaining)
    labels = [_label(page.number, numbers, given) for page in pages]
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
    return [[], *pages[1:]], [Exclusion(pages[0][0].page, "cover", preview(title), words)]


def _column_names(page: PdfPage) -> list[Line]:
    """Returns the lines at the top of a page that stand over columns of it: they name these, on every page again."""
    top = [line for line in page.lines if _edge(line, page) == "top"]
    lefts = Counter(round(line.x / 4) for line in page.lines)
    rows = [[other for other in top if abs(other.y - line.y) <= 1] for line in top]

    def is_over(line: Line) -> bool:
        return sum(lefts[round(line.x / 4) + shift] for shift in (-1, 0, 1)) > _FEWEST_BELOW

    return [line for line, row in zip(top, rows, strict=True) if len(row) >= _FEWEST_NAMES and all(map(is_over, row))]


def _label(number: int, printed: Mapping[int, tuple[Line, str, bool]], given: Sequence[str]) -> str:
    """Returns the label of a page: as printed, as the file gives it, or its index."""
    if number in printed:
        return printed[number][1]
    return (given[number - 1] if len(given) >= number else "") or str(number)


def _body_size(pages: Sequence[PdfPage]) -> float:
    sizes: Counter[float] = Counter()
    for line in (line for page in pages for line in page.lines):
        sizes[line.size] += len(line.words)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _edge(line: Line, page: PdfPage, body: float = 0.0) -> str | None:
    """Returns at which edge of its page a line stands; the edge reaches farther for small print."""
    share = EDGE_OF_SMALL if line.size <= _SMALL * body else EDGE
    if line.turn:
        return "bottom" if line.words.isdigit() else None
    if line.y > page.height * (1 - share):
        return "top"
    return "bottom" if line.y < page.height * share else None


def _shape(line: Line, label: str) -> tuple[str, int]:
    """Returns what a line has in common with those of other pages: its words, the number of the page left open."""
    words = re.sub(rf"(?<!\w){re.escape(label)}(?!\w)", "#", line.words, count=1) if label else line.words
    return words, round(line.y / 6)


def _repeated(
    edges: Mapping[int, Sequence[Line]], numbers: Mapping[int, tuple[Line, str, bool]], body: float
) -> frozenset[tuple[str, int]]:
    """Returns what stands on several pages alike; three are enough for small print, as of the name of a part."""
    counted: Counter[tuple[str, int]] = Counter()
    small: set[tuple[str, int]] = set()
    for page, lines in edges.items():
        number, label, _ = numbers.get(page, (None, "", False))
        shapes = {
            _shape(line, label if line is number else ""): line.size <= _SMALL * body and not line.opens_note
            for line in lines
        }
        counted.update(shapes.keys())
        small.update(shape for shape, is_small in shapes.items() if is_small)
    enough = max(3, len(edges) // 4) if len(edges) > 3 else 2
    return frozenset(
        shape for shape, count in counted.items() if count >= (min(3, enough) if shape in small else enough)
    )


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
            exclusions.append(_contents(lines, range(len(lines))))
            remaining_pages.append([])
            continue
        entries_here = _entries(rows, len(pages))
        if entries_here:
            exclusions.append(_contents(lines, sorted(entries_here)))
        remaining_pages.append(
            [
                line
                for place, line in enumerate(lines)
                if place not in entries_here and not _CONTENTS_HEADING.match(line.words)
            ]
        )
    return remaining_pages, exclusions


def _contents(lines: Sequence[Line], entries: Sequence[int]) -> Exclusion:
    """Returns the note that a list of contents is left out: the lines of a page at these places."""
    words = sum(len(lines[place].words.split()) for place in entries)
    return Exclusion(lines[0].page, "contents", preview(lines[entries[0]].words), words)


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
