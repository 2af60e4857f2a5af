"""Lines of a PDF page with place, size and weight, from the spans that it shows."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from assistant.text.markup import BULLETS
from ingest.readers.pdf.areas import Areas
from ingest.readers.pdf.letter_spacing import closed_up
from ingest.readers.pdf.line import Line
from ingest.readers.pdf.line_numbers import line_numbers
from ingest.readers.pdf.order import in_reading_order, with_bullets
from ingest.readers.pdf.raised import HIGHEST, LOWERED, LOWEST, MARK, SMALL, is_of_law, marks_in, shown
from ingest.readers.pdf.spans import APART, CLOSE, INK, TOUCHING, WORD_GAP, Span
from ingest.readers.source_map import LINE_END_HYPHENS, PAGE_STEP, MappedText, joined, mapped, normalised

_LEADER = re.compile(r"\s*(?:[.…_]\s?){5,}$")
"""Dots that lead to what stands at the right, and lines to write on."""
_SOFT_END = re.compile(rf"[^\W\d_][{LINE_END_HYPHENS}]\s*$")
_LEVEL = 0.2
"""Share of the line's size by which the feet of its pieces may differ."""
_LABEL = re.compile(
    rf"^(?:[{BULLETS}☐☑☒✔✗✘➔➤\uf000-\uf0ff*–—-]|o|\(?\d{{1,3}}(?:\.\d{{1,3}}){{0,3}}[.):]?|\[?\d{{1,3}}[A-Z]{{0,2}}|\(?[a-zA-Z][.)]|\(?[ivx]{{1,5}}[.)])$"
)
"""What stands before an item, as far from it as a tab reaches."""
_STOPS = tuple(",.;:)]")
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
    line_numbers: tuple[str, ...] = ()
    """Numbers that count its lines, left out."""


@dataclass(slots=True)
class _Row:
    """Spans at one height."""

    y: float
    size: float
    spans: list[Span]


def page_of(spans: Sequence[Span], number: int, width: float, height: float, areas: Areas) -> PdfPage:
    """Returns a page as lines; () where it has no text."""
    writer = _RawText(number)
    numbers: list[Span] = []
    lines = tuple(
        line
        for row in sorted(_lines(spans, areas, numbers), key=lambda row: min(span.order for span in row))
        if (line := writer.line(row)) is not None
    )
    ordered = in_reading_order(with_bullets(lines))
    counted = tuple(span.text.strip() for span in numbers)
    return PdfPage(number, width, height, "".join(writer.raw), ordered, areas, counted)


def _lines(spans: Sequence[Span], areas: Areas, numbers: list[Span]) -> Iterator[list[Span]]:
    """Yields the spans of each line; adds the numbers that count the lines of the page to ``numbers``."""
    for turn in {span.turn for span in spans}:
        rows = sorted(_rows([span for span in spans if span.turn == turn]), key=lambda row: -row.y)
        numbers += line_numbers([row.spans for row in rows])
        for row in rows if numbers else ():
            row.spans = [span for span in row.spans if span not in numbers]
        columns = _columns(rows)
        for row in rows:
            yield from _parted(row, columns, areas if turn == 0 else Areas())


def _rows(spans: Sequence[Span]) -> list[_Row]:
    """Returns the spans at one height each, raised and lowered ones with the line that they stand on."""
    rows: list[_Row] = []
    near: dict[int, list[_Row]] = {}
    for span in sorted(spans, key=lambda each: (-each.size, MARK.match(each.text) is not None)):
        reach = int(HIGHEST * max(rows[0].size if rows else 0.0, span.size)) + 2
        found = [row for y in range(int(span.y) - reach, int(span.y) + reach + 1) for row in near.get(y, ())]
        row = next(
            (each for each in found if abs(each.y - span.y) <= _LEVEL * each.size and _is_level(each, span)), None
        )
        row = row or next((each for each in found if _is_moved(each, span) and _is_beside(each, span)), None)
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
    is_raised = LOWEST * row.size < height <= HIGHEST * row.size
    is_lowered = -LOWERED * row.size <= height < 0
    is_sign = bool(MARK.match(span.text)) and not span.text.strip().isalpha()
    is_mark = span.size <= row.size and height > 2 * LOWEST * row.size and is_sign
    return (span.size <= SMALL * row.size or is_mark) and (is_raised or is_lowered)


def _touches(row: _Row, span: Span) -> bool:
    reach = 0.6 * row.size
    return any(
        -reach <= span.left - each.ink_right <= reach or -reach <= each.left - span.ink_right <= reach
        for each in row.spans
    )


def _is_beside(row: _Row, span: Span) -> bool:
    """Returns whether a raised or lowered piece touches a span of a row; a span with a gap in its place is parted there."""
    for place, each in enumerate(row.spans):
        at = next(
            (
                at
                for at in _spaces(each)
                if each.lefts[at] <= span.left + 1 and span.ink_right <= each.lefts[at + 1] + 1
            ),
            0,
        )
        if at and each.left < span.left < each.ink_right:
            row.spans[place : place + 1] = _parted_at(each, at)
            return True
    if is_of_law(span.text.strip()) and 0 < min(each.left for each in row.spans) - span.ink_right <= _TAB:
        return True
    return _touches(row, span)


def _spaces(span: Span) -> list[int]:
    last = len(span.text.rstrip()) - 1
    return [at for at, letter in enumerate(span.text) if letter == " " and 0 < at < last]


def _parted_at(span: Span, at: int) -> tuple[Span, Span]:
    """Returns a span as two, without the space at a place."""
    before = replace(span, text=span.text[:at], lefts=span.lefts[:at], right=span.lefts[at])
    return before, replace(span, text=span.text[at + 1 :], lefts=span.lefts[at + 1 :], opens_word=True)


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


_VALUE = re.compile(r"(?:^|\s)[£+–-]?\d[\d,.]*[%km]?\s*$")
_VALUE_OPENS = re.compile(r"\s*[£+–-]?\d[\d,.]*[%km]?(?:\s|$)")
_FIGURES_APART = 0.7
"""Sizes between two figures from which each is a cell: those of a telephone number stand closer."""


def _goes_on(line: Sequence[Span], span: Span, row: _Row, columns: _Columns, areas: Areas) -> bool:
    last = line[-1]
    if _LEADER.search(last.text) and not span.text.strip().isdigit():
        return False
    gap = span.left - last.ink_right
    size = max(min(last.size, span.size), 0.6 * row.size)
    if gap < -APART * size:
        return False
    if gap > -1.0 and areas.part(last.ink_right, span.left, row.y + INK * size):
        return False
    if gap <= WORD_GAP * size:
        return True
    label = "".join(each.text for each in line if each.size > SMALL * row.size).strip()
    if _LABEL.match(label) or (not label and is_of_law(last.text.strip())):
        return gap <= _TAB
    if gap > _FIGURES_APART * size and _VALUE.search(last.text) and _VALUE_OPENS.match(span.text):
        return False
    if gap > GUTTER and columns.part(last, span, line[0]):
        return False
    return gap <= 2 * APART * size


def _shown(span: Span, base: Span, before: Span | None) -> tuple[str, str]:
    """Returns what a span beside the largest one of its line shows, and the footnote mark in it, "" where none is."""
    height = (span.y - base.y) / base.size
    if (height < 0 or span.text.strip().isalpha()) and span.size > SMALL * base.size:
        return span.text, ""
    return shown(span.text, height, before.text if before is not None else "")


def _is_apart(before: Span, after: Span) -> bool:
    """Returns whether a space stands between two spans: shown by the file, or left free."""
    gap = after.left - before.ink_right
    if after.order == before.order + 1 and after.y == before.y and not before.text[-1:].isspace():
        return after.opens_word
    size = min(before.size, after.size)
    return gap > TOUCHING * size or (before.text[-1:].isspace() and gap > CLOSE * size)


class _RawText:
    """The text of a page, line by line."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.raw: list[str] = []
        self.lefts = array("f")
        self._length = 0

    def line(self, row: Sequence[Span]) -> Line | None:
        parts = _Parts(self, max(row, key=lambda span: (span.size, len(span.text))))
        for before, span in zip((None, *row), row, strict=False):
            parts.add(span, before)
        self.take("\n", [row[-1].right])
        raw = closed_up(joined(parts.texts), self._left_of)
        leader = _LEADER.search(raw.text)
        right = max(span.ink_right for span in row)
        if leader:
            right = self._left_of(raw.places[leader.start()])
            raw = raw.cut(0, leader.start())
        soft_end = _SOFT_END.search(raw.text)
        whole = normalised(raw.cut(0, soft_end.start() + 1) if soft_end else raw)
        if not whole.text:
            return None
        marks = parts.marks
        weights = [span.is_bold for span in parts.spoken if any(letter.isalnum() for letter in span.text)]
        return Line(
            self.number,
            row[0].left,
            parts.base.y,
            parts.size(),
            bool(weights) and all(weights),
            whole,
            tuple(marks),
            bool(weights) and weights[0],
            opens_note=bool(marks) and marks[0][0] == 0 and not is_of_law(marks[0][1]),
            ends_soft=soft_end is not None,
            right=right,
            turn=parts.base.turn,
            order=min(span.order for span in row),
        )

    def _left_of(self, place: int) -> float:
        return self.lefts[place % PAGE_STEP]

    def take(self, text: str, lefts: Sequence[float]) -> MappedText:
        found = mapped(text, self.number, self._length)
        self.raw.append(text)
        self.lefts.extend(lefts)
        self._length += len(text)
        return found


class _Parts:
    """The spans of a line one after another, marks of notes taken out."""

    def __init__(self, raw: _RawText, base: Span) -> None:
        self.base = base
        self.texts: list[MappedText] = []
        self.marks: list[tuple[int, str]] = []
        self.spoken: list[Span] = []
        self._raw = raw
        self._was_mark = self._was_apart = False

    def size(self) -> float:
        """Returns the size of most of its letters."""
        letters: Counter[float] = Counter()
        for span in self.spoken:
            letters[span.size] += len(span.text.strip())
        return letters.most_common(1)[0][0]

    def add(self, span: Span, before: Span | None) -> None:
        """Adds a span after the one before it on its line."""
        text, mark = (span.text, "") if span is self.base else _shown(span, self.base, before)
        is_apart = before is not None and (self._was_apart or _is_apart(before, span))
        if before is not None and is_apart and not mark and self._may_be_apart(text):
            self.texts.append(self._raw.take(" ", [before.ink_right]))
        self._was_mark, self._was_apart = bool(mark), bool(mark) and is_apart
        start, end = len(text) - len(text.lstrip()), len(text.rstrip())
        self._raw.take(text[:start], span.lefts[:start])
        if mark:
            self._raw.take(mark, span.lefts[start : start + len(mark)])
            self.marks += [(len(normalised(joined(self.texts)).text), each) for each in marks_in(mark)]
            start += len(mark)
        else:
            self.spoken.append(span)
        self.texts.append(self._raw.take(text[start:end], span.lefts[start:end]))
        self._raw.take(text[end:], span.lefts[end:])

    def _may_be_apart(self, text: str) -> bool:
        """Returns whether a space may stand where a mark is taken out: not after a bracket, nor before a stop."""
        before = next((each.text for each in reversed(self.texts) if each.text), "")
        return not self._was_mark or (before[-1:] not in ("", "[", "(") and text.lstrip()[:1] not in _STOPS)
