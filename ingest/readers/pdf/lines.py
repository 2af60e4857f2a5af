"""Lines of a PDF page with place, size and weight, from pypdf's text fragments."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from pypdf import PageObject

from ingest.readers.pdf.fragment import Fragment, base_of, columns_of, continues, opens_with_mark, without_mark
from ingest.readers.pdf.line import Line
from ingest.readers.pdf.order import in_reading_order, with_bullets
from ingest.readers.pdf.raised_digits import RaisedDigits
from ingest.readers.source_map import LINE_END_HYPHENS, MappedText, joined, mapped, normalised, unmapped

_SOFT_END = re.compile(rf"[^\W\d_][{LINE_END_HYPHENS}]\s*$")
_LEAST_SIZE = 3.0
"""Smaller text than this, in points, is a leftover of the word processor that nobody can see."""


@dataclass(frozen=True, slots=True)
class PdfPage:
    """One page as lines in the order of the file."""

    number: int
    width: float
    height: float
    raw: str
    lines: tuple[Line, ...]
    has_image: bool = False


def read_page(page: PageObject, number: int) -> PdfPage:
    """Returns a page as lines; () where it has no text."""
    fragments: list[Fragment] = []
    raw: list[str] = []
    length = 0

    def take(text: str, cm: Sequence[float], tm: Sequence[float], font: dict[str, Any] | None, size: float) -> None:
        nonlocal length
        raw.append(text)
        if text.strip():
            x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
            y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            scale = abs(tm[3] * cm[3]) or abs(tm[1] * cm[2]) or 1.0
            name = str((font or {}).get("/BaseFont", ""))
            place = mapped(text, number, length)
            found = Fragment(x, y, round(abs(size * scale), 1), "bold" in name.lower(), name, place)
            if found.size >= _LEAST_SIZE:
                fragments.append(found)
        elif text and fragments:
            last = fragments[-1]
            x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
            is_here = last.end is None and x > last.x and "\n" not in text
            end = x if is_here else last.end
            fragments[-1] = replace(last, text=last.text + mapped(text, number, length), end=end)
        length += len(text)

    raised = RaisedDigits()
    page.extract_text(visitor_text=take, visitor_operand_before=raised.before)
    marked = [replace(line, raised=raised.on(line.y, line.size)) for line in lines_of(fragments, number)]
    lines = in_reading_order(with_bullets(marked))
    box = page.mediabox
    return PdfPage(number, float(box.width), float(box.height), "".join(raw), lines)


def lines_of(fragments: Sequence[Fragment], page: int) -> tuple[Line, ...]:
    """Returns the fragments of a page as lines, in the order of the file."""
    rows: list[list[Fragment]] = []
    columns = columns_of(fragments)
    for each in (piece for fragment in fragments for piece in _pieces(fragment)):
        if rows and continues(rows[-1], each, columns):
            rows[-1].extend(without_mark(rows[-1], each))
        else:
            rows.append([each])
    return tuple(line for row in rows if (line := _line(row, page)) is not None)


def _pieces(fragment: Fragment) -> tuple[Fragment, ...]:
    """Splits a fragment that holds line breaks; later pieces keep the place of the first."""
    pieces, start = [], 0
    for part in fragment.text.text.splitlines(keepends=True):
        piece = fragment.text.cut(start, start + len(part))
        start += len(part)
        if part.strip():
            pieces.append(replace(fragment, text=piece))
    return tuple(pieces)


def _lacks_space(before: Fragment, after: Fragment) -> bool:
    """Returns whether a space is due where the font changes: some files leave it to the position."""
    left, right = before.text.text[-1:], after.text.text[:1]
    if left.isdigit() and right.isalpha() and before.size < after.size:
        return True
    return before.font != after.font and right.isalpha() and (left.isalnum() or left in ",.;:)")


def _line(row: Sequence[Fragment], page: int) -> Line | None:
    letters: Counter[float] = Counter()
    for part in row:
        letters[part.size] += len(part.text.text.strip())
    parts: list[MappedText] = []
    marks: list[tuple[int, str]] = []
    for place, part in enumerate(row):
        if part.mark:
            marks.append((len(normalised(joined(parts)).text), part.mark))
            continue
        if place and _lacks_space(row[place - 1], part):
            parts.append(unmapped(" "))
        parts.append(part.text)
    raw = joined(parts)
    soft_end = _SOFT_END.search(raw.text)
    whole = normalised(raw.cut(0, soft_end.start() + 1) if soft_end else raw)
    if not whole.text:
        return None
    weights = [part.is_bold for part in row if any(letter.isalnum() for letter in part.text.text)]
    return Line(
        page,
        row[0].x,
        base_of(row).y,
        letters.most_common(1)[0][0],
        bool(weights) and all(weights),
        whole,
        tuple(marks),
        bool(weights) and weights[0],
        opens_note=opens_with_mark(row),
        ends_soft=soft_end is not None,
    )
