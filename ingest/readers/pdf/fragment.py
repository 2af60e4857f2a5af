"""A piece of text as pypdf hands it over, and the raised digits in it that are footnote marks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.readers.source_map import MappedText

_SMALL = 0.81
"""A raised piece of at most this share of the line's size is a footnote mark."""
_MARK = re.compile(r"^\d{1,3}(?:,\s?\d{1,3})*$")
_RAISED = re.compile(r"\s*(\d{1,3}(?:,\s?\d{1,3})*)(?![\d/-])")
_WIDTH, _WIDTH_UPPER = 0.52, 0.72
"""Widths of a small and a capital letter, generously, by the size."""
FEWEST_LINES = 3
"""Lines that make a left edge."""
CELL = 40.0
"""Points from the start of a line that no indent reaches."""
GUTTER = 5.0
"""Points without words between two cells."""
_LOWEST, _HIGHEST = 0.12, 0.6
"""Shares of the line's size by which the foot of a mark stands above the line."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of text with place, size and weight. Coordinates are points from the lower left corner."""

    x: float
    y: float
    size: float
    is_bold: bool
    font: str
    text: MappedText
    mark: str = ""
    """The footnote marks that it is, "" for a piece of running text."""
    end: float | None = None
    """Where it ends to the right, None where the file does not say."""

    @property
    def right(self) -> float:
        """Where it ends to the right, as estimated where the file does not say."""
        letters = self.text.text.strip()
        wide = sum(letter.isupper() for letter in letters)
        width = self.size * (_WIDTH * len(letters) + (_WIDTH_UPPER - _WIDTH) * wide)
        return self.x + width if self.end is None else self.end


def continues(row: Sequence[Fragment], each: Fragment, columns: frozenset[int]) -> bool:
    """Returns whether a piece stands on the line of the pieces before it.

    Args:
        row: The pieces so far.
        each: The next one in the file.
        columns: Left edges of the page, as of ``columns_of``; a piece that starts at one, apart from the words
            before it, is in another cell.
    """
    base = base_of(row)
    if _is_raised(base, each) and each.x > row[-1].x:
        return True
    if "\n" in row[-1].text.text and not row[-1].mark:
        return False
    if abs(base.y - each.y) <= 0.2 * base.size:
        return each.x >= row[0].x - 2 and not _is_apart(row, each, columns)
    opens = len(row) == 1 and bool(_MARK.match(row[0].text.text.strip()))
    if opens and row[0].size <= _SMALL * each.size:
        return 0 < row[0].y - each.y <= _HIGHEST * each.size and each.x > row[0].x
    return False


def columns_of(fragments: Sequence[Fragment]) -> frozenset[int]:
    """Returns the left edges at which several lines of a page start, in whole points."""
    firsts: dict[int, float] = {}
    for each in fragments:
        height = round(each.y)
        firsts[height] = min(each.x, firsts.get(height, each.x))
    counted = Counter(round(x) for x in firsts.values())
    return frozenset(x for x, count in counted.items() if count >= FEWEST_LINES)


def _is_apart(row: Sequence[Fragment], each: Fragment, columns: frozenset[int]) -> bool:
    is_at_edge = not columns.isdisjoint({int(each.x), int(each.x) + 1})
    return is_at_edge and each.x - row[0].x >= CELL and each.x - row[-1].right > GUTTER


def base_of(row: Sequence[Fragment]) -> Fragment:
    """Returns the largest piece of a line, the first of them where several are."""
    return max(row, key=lambda part: part.size)


def opens_with_mark(row: Sequence[Fragment]) -> bool:
    """Returns whether a line opens with a raised mark in a piece of its own."""
    first, base = row[0], base_of(row)
    return first.size <= _SMALL * base.size and first.y > base.y and bool(_MARK.match(first.text.text.strip()))


def without_mark(row: Sequence[Fragment], each: Fragment) -> tuple[Fragment, ...]:
    """Returns a piece as its footnote mark and the words after it, which belong to the line again.

    Word processors' exports give the words after a mark the size and height of the mark.
    """
    base = base_of(row)
    if not _is_raised(base, each):
        return (each,)
    found = _RAISED.match(each.text.text)
    end = found.end() if found else 0
    mark = replace(each, text=each.text.cut(0, end), mark=each.text.text[:end].strip())
    rest = each.text.cut(end)
    return (mark, replace(base, x=each.x, text=rest)) if rest.text else (mark,)


def _is_raised(base: Fragment, each: Fragment) -> bool:
    return is_raised(each.y - base.y, each.size, base.size) and bool(_RAISED.match(each.text.text))


def is_raised(height: float, size: float, line_size: float) -> bool:
    """Returns whether text of a size, so many points above the foot of a line, is a mark on that line."""
    return size <= _SMALL * line_size and _LOWEST * line_size < height <= _HIGHEST * line_size
