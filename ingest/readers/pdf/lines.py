"""Lines of a PDF page with place, size and weight, from the spans that it shows."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from assistant.text.markup import BULLETS
from ingest.readers.pdf.areas import Areas
from ingest.readers.pdf.line import Line
from ingest.readers.pdf.order import in_reading_order, with_bullets
from ingest.readers.pdf.spans import APART, INK, TOUCHING, WORD_GAP, Span
from ingest.readers.source_map import LINE_END_HYPHENS, mapped, normalised, joined

_SOFT_END = re.compile(rf"[^\W\d_][{LINE_END_HYPHENS}]\s*$")
_SMALL = 0.85
"""A raised piece of at most this share of the line's size is a mark, or letters such as "st" after a number."""
_LOWEST, _HIGHEST = 0.12, 0.6
"""Shares of the line's size by which the foot of a raised piece stands above the line."""
_LOWERED = 0.3
"""Share of the line's size by which the foot of a lowered piece, as in CO2, may stand below the line."""
_LEVEL = 0.2
"""Share of the line's size by which the feet of its pieces may differ."""
_MARK = re.compile(r"^\s*((?:\d{1,3}(?:(?:,\s?|\s)\d{1,3})*|[*†‡§¶]{1,3}))(?=[\s,.;:)]*$)")
_SEPARATOR = re.compile(r"[,\s]\s*")
_UNIT = re.compile(r"(?<![^\W\d_])(?:[cmk]?m|ft)$")
"""What a raised 2 or 3 makes an area or a volume of."""
_POWERS = {"2": "²", "3": "³"}
_LABEL = re.compile(
    rf"^(?:[{BULLETS}\uf000-\uf0ff*–—-]|o|\(?\d{{1,3}}(?:\.\d{{1,3}}){{0,3}}[.):]?|\(?[a-zA-Z][.)]|\(?[ivx]{{1,5}}[.)])$"
)
"""What stands before an item, as far from it as a tab reaches."""
_TAB = 60.0
"""Points that a tab after a label reaches."""
FEWEST_LINES = 3
"""Lines that make a left edge."""
CELL = 40.0
"""Points from the start of a line that no indent reaches."""
GUTTER = 5.0
"""Points without words between two cells."""


@dataclass(frozen=True, slots=True)
class PdfPage:
    """One page as lines in the order of the file."""

    number: int
    width: float
    height: float
    raw: str
    lines: tuple[Line, ...]
    areas: Areas = field(default_factory=Areas)
    lefts: Sequence[float] = ()
    """Left edge of each character of the raw text."""


@dataclass(slots=True)
class _Row:
    """Spans at one height."""

    y: float
    size: float
    spans: list[Span]


def page_of(spans: Sequence[Span], number: int, width: float, height: float, areas: Areas) -> PdfPage:
    """Returns a page as lines; () where it has no text."""
    writer = _RawText(number)
    lines = tuple(
        line
        for row in sorted(_lines(spans, areas), key=lambda row: min(span.order for span in row))
        if (line := writer.line(row)) is not None
    )
    ordered = in_reading_order(with_bullets(lines))
    return PdfPage(number, width, height, "".join(writer.raw), ordered, areas, writer.lefts)


def _lines(spans: Sequence[Span], areas: Areas) -> Iterator[list[Span]]:
    for turn in {span.turn for span in spans}:
        rows = _rows([span for span in spans if span.turn == turn])
        columns = _columns(rows)
        for row in rows:
            yield from _parted(row, columns, areas if turn == 0 else Areas())


def _rows(spans: Sequence[Span]) -> list[_Row]:
    """Returns the spans at one height each, raised and lowered ones with the line that they stand on."""
    rows: list[_Row] = []
    near: dict[int, list[_Row]] = {}
    for span in sorted(spans, key=lambda each: (-each.size, _MARK.match(each.text) is not None)):
        reach = int(_HIGHEST * max(rows[0].size if rows else 0.0, span.size)) + 2
        found = [row for y in range(int(span.y) - reach, int(span.y) + reach + 1) for row in near.get(y, ())]
        row = next(
            (each for each in found if abs(each.y - span.y) <= _LEVEL * each.size and _is_level(each, span)), None
        )
        row = row or next((each for each in found if _is_moved(each, span) and _touches(each, span)), None)
        if row is not None:
            row.spans.append(span)
        else:
            row = _Row(span.y, span.size, [span])
            rows.append(row)
            near.setdefault(int(span.y), []).append(row)
    return rows


def _is_level(row: _Row, span: Span) -> bool:
    """Returns whether a span stands on a row; small text beside large text only where it is level with it."""
    return span.size > 0.6 * row.size or abs(row.y - span.y) <= 1.0 or _touches(row, span)


def _is_moved(row: _Row, span: Span) -> bool:
    height = span.y - row.y
    is_raised = _LOWEST * row.size < height <= _HIGHEST * row.size
    is_lowered = -_LOWERED * row.size <= height < 0
    is_mark = span.size <= row.size and height > 2 * _LOWEST * row.size and bool(_MARK.match(span.text))
    return (span.size <= _SMALL * row.size or is_mark) and (is_raised or is_lowered)


def _touches(row: _Row, span: Span) -> bool:
    reach = 0.6 * row.size
    return any(
        -reach <= span.left - each.ink_right <= reach or -reach <= each.left - span.ink_right <= reach
        for each in row.spans
    )


@dataclass(frozen=True, slots=True)
class _Columns:
    """Edges of columns in whole points."""

    starts: frozenset[int]
    """Left edges at which several lines of a page start."""
    ends: frozenset[int]
    """Right edges at which several pieces of lines end before a gap, as numbers ranged right do."""

    def part(self, before: Span, after: Span, first: Span) -> bool:
        """Returns whether two neighbours on a line, whose first span is given, stand in two columns."""
        is_start = not self.starts.isdisjoint({int(after.left), int(after.left) + 1})
        is_end = not self.ends.isdisjoint({int(before.ink_right), int(before.ink_right) + 1})
        return (is_start and after.left - first.left >= CELL) or is_end


def _columns(rows: Sequence[_Row]) -> _Columns:
    starts: Counter[int] = Counter()
    ends: Counter[int] = Counter()
    for row in rows:
        ordered = sorted(row.spans, key=lambda each: each.left)
        apart = [(a, b) for a, b in pairwise(ordered) if b.left - a.ink_right > GUTTER]
        starts.update({round(ordered[0].left), *(round(after.left) for _, after in apart)})
        ends.update({round(before.ink_right) for before, _ in apart if before.text.strip()[-1:].isdigit()})
    return _Columns(
        frozenset(x for x, count in starts.items() if count >= FEWEST_LINES),
        frozenset(x for x, count in ends.items() if count >= FEWEST_LINES),
    )


def _parted(row: _Row, columns: _Columns, areas: Areas) -> Iterator[list[Span]]:
    """Yields the spans of a row that belong to one line each."""
    ordered = sorted(row.spans, key=lambda each: (each.left, each.order))
    line = [ordered[0]]
    for span in ordered[1:]:
        if _goes_on(line, span, row, columns, areas):
            line.append(span)
        else:
            yield line
            line = [span]
    yield line


def _goes_on(line: Sequence[Span], span: Span, row: _Row, columns: _Columns, areas: Areas) -> bool:
    last = line[-1]
    gap = span.left - last.ink_right
    size = max(min(last.size, span.size), 0.6 * row.size)
    if gap < -APART * size:
        return False
    if gap > 0.5 and areas.part(last.ink_right, span.left, row.y + INK * size):
        return False
    if gap <= WORD_GAP * size:
        return True
    if len(line) == 1 and _LABEL.match(last.text.strip()):
        return gap <= _TAB
    if gap > GUTTER and columns.part(last, span, line[0]):
        return False
    return gap <= 2 * APART * size


class _RawText:
    """The text of a page, line by line."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.raw: list[str] = []
        self.lefts = array("f")
        self._length = 0

    def line(self, row: Sequence[Span]) -> Line | None:
        base = max(row, key=lambda span: (span.size, len(span.text)))
        letters: Counter[float] = Counter()
        parts, marks, spoken = [], [], []
        for place, span in enumerate(row):
            text, mark = self._shown(row, place, base)
            if mark:
                start = text.index(mark)
                parts.append(self._take(text[:start], span.lefts[:start]))
                self._take(mark, span.lefts[start : start + len(mark)])
                marks += [(len(normalised(joined(parts)).text), each) for each in _SEPARATOR.split(mark)]
                start += len(mark)
                parts.append(self._take(text[start:], span.lefts[start:]))
                continue
            if place and self._is_apart(row[place - 1], span):
                parts.append(self._take(" ", [span.left]))
            parts.append(self._take(text, span.lefts))
            spoken.append(span)
            letters[span.size] += len(text.strip())
        self._take("\n", [row[-1].right])
        raw = joined(parts)
        soft_end = _SOFT_END.search(raw.text)
        whole = normalised(raw.cut(0, soft_end.start() + 1) if soft_end else raw)
        if not whole.text:
            return None
        weights = [span.is_bold for span in spoken if any(letter.isalnum() for letter in span.text)]
        return Line(
            self.number,
            row[0].left,
            base.y,
            letters.most_common(1)[0][0],
            bool(weights) and all(weights),
            whole,
            tuple(marks),
            bool(weights) and weights[0],
            opens_note=bool(marks) and marks[0][0] == 0,
            ends_soft=soft_end is not None,
            right=max(span.ink_right for span in row),
            turn=base.turn,
            order=min(span.order for span in row),
        )

    def _shown(self, row: Sequence[Span], place: int, base: Span) -> tuple[str, str]:
        """Returns what a span shows, and the footnote mark in it, "" where none is."""
        span = row[place]
        if span is base or not _LOWEST * base.size < span.y - base.y:
            return span.text, ""
        before = row[place - 1].text.rstrip() if place else ""
        raised = span.text.strip()
        if raised in _POWERS and _UNIT.search(before):
            return span.text.replace(raised, _POWERS[raised]), ""
        found = _MARK.match(span.text)
        return span.text, found[1] if found else ""

    def _is_apart(self, before: Span, after: Span) -> bool:
        if before.text[-1:].isspace() or after.text[:1].isspace():
            return False
        gap = after.left - before.ink_right
        if after.order == before.order + 1 and after.y == before.y:
            return after.opens_word
        return gap > TOUCHING * min(before.size, after.size)

    def _take(self, text: str, lefts: Sequence[float]):
        found = mapped(text, self.number, self._length)
        self.raw.append(text)
        self.lefts.extend(lefts)
        self._length += len(text)
        return found
