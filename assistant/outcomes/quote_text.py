"""A quote as lines of text: the one layout for the command line, the page, the API and every file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Protocol

from assistant.model import LineKind, QuoteCell, QuoteLine

CELLS = " | "
STEP = "   "
"""Indent of an item under another one."""
GAP = "… "
"""Stands before a line where words of the document are left out."""
ADJACENT = 2
"""Most characters between two parts that follow one another: the line break of a paragraph."""


class LineView(Protocol):
    """The view of a line."""

    @property
    def value(self) -> QuoteLine:
        """The line."""


class Quoted(Protocol):
    """A citation or its view."""

    @property
    def lines(self) -> Sequence[QuoteLine | LineView]:
        """Its lines; () in an outcome of an earlier release."""

    @property
    def parts(self) -> Sequence[QuotedPart]:
        """Its parts."""


class QuotedPart(Protocol):
    """A part of a citation, or its view."""

    @property
    def quote(self) -> str:
        """Its words."""

    @property
    def span(self) -> Sequence[int]:
        """Start and end in the edition text."""


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line as it is shown as plain text: what stands before it, and its words."""

    mark: str
    """Bullet or number and the space after it, or the name of a column; "" for running text."""
    text: str
    depth: int = 0
    is_lead_in: bool = False
    is_column: bool = False
    """Whether ``mark`` names a column."""


def lines_of(quoted: Quoted) -> tuple[QuoteLine, ...]:
    """Returns the lines of a quote; of an outcome of an earlier release, which kept none, those of its words."""
    if quoted.lines:
        return tuple(each if isinstance(each, QuoteLine) else each.value for each in quoted.lines)
    lines: list[QuoteLine] = []
    for before, part in pairwise([None, *quoted.parts]):
        assert part is not None
        first, *others = lines_of_words(part.quote, above=before.quote if before else "") or (QuoteLine(""),)
        is_apart = before is not None and part.span[0] - before.span[1] > ADJACENT
        if first.cells and first.cells[0].column and lines:
            lines.pop()
        lines += [replace(first, follows_gap=is_apart and not first.cells), *others]
    leading = len(lines) - 1 if len(quoted.parts) > 1 else 0
    return tuple(replace(each, is_lead_in=place < leading) for place, each in enumerate(lines))


def lines_of_words(words: str, above: str = "") -> tuple[QuoteLine, ...]:
    """Returns a line for each line of words whose layout was not kept, rows under the row above them.

    Args:
        words: The words.
        above: What stands above them.
    """
    rows = [" ".join(row.split()) for row in words.split("\n") if row.strip()]
    lines: list[QuoteLine] = []
    header = above if above.count(CELLS) else ""
    for row in rows:
        cells = row.split(CELLS)
        columns = header.split(CELLS)
        if len(cells) == 1:
            lines.append(QuoteLine(row))
        elif len(columns) == len(cells):
            named = zip(columns, cells, strict=True)
            lines.append(QuoteLine("", LineKind.ROW, cells=tuple(QuoteCell(*each) for each in named if each[1])))
        else:
            lines.append(QuoteLine("", LineKind.ROW, cells=tuple(QuoteCell("", each) for each in cells if each)))
    return tuple(lines)


def shown_lines(lines: Iterable[QuoteLine]) -> tuple[ShownLine, ...]:
    """Returns lines as plain text shows them: bullets and numbers before items, a line for each cell of a row."""
    several = list(lines)
    is_table = sum(bool(each.cells) for each in several) > 1
    return tuple(shown for line in several for shown in _shown(line, 1 if is_table else 0))


def quote_text(quoted: Quoted) -> str:
    """Returns a quote as plain text, a line each; items under another are indented."""
    return plain_text(lines_of(quoted))


def plain_text(lines: Iterable[QuoteLine]) -> str:
    """Returns lines as plain text."""
    return "\n".join(f"{STEP * each.depth}{each.mark}{each.text}" for each in shown_lines(lines))


def quote_markdown(quoted: Quoted, opening: str = "“", closing: str = "”") -> str:
    """Returns a quote in quotation marks as Markdown: lists are lists, a row is a list of its cells.

    Args:
        quoted: The quote.
        opening: The mark before its first word.
        closing: The mark after its last word.
    """
    shown = list(shown_lines(lines_of(quoted)))
    if not shown:
        return ""
    shown[0] = replace(shown[0], text=f"{opening}{shown[0].text}")
    shown[-1] = replace(shown[-1], text=f"{shown[-1].text}{closing}")
    written = [_markdown(each) for each in shown]
    for place, (before, line) in enumerate(pairwise(shown), start=1):
        parted = "\n\n" if bool(before.mark) != bool(line.mark) or not line.mark else "\n"
        written[place] = f"{parted}{written[place]}"
    return "".join(written)


def _shown(line: QuoteLine, cell_depth: int) -> Iterator[ShownLine]:
    gap = GAP if line.follows_gap else ""
    if line.cells:
        yield from _row(line, cell_depth)
    elif line.kind is LineKind.ITEM:
        yield ShownLine(f"{line.mark or '-'} ", f"{gap}{line.text}", line.depth, line.is_lead_in)
    else:
        yield ShownLine("", f"{gap}{line.text}", 0, line.is_lead_in)


def _row(line: QuoteLine, cell_depth: int) -> Iterator[ShownLine]:
    """Yields a line for each cell; of a row without named columns its first cell names the second.

    Args:
        line: The row.
        cell_depth: Depth of the cells after its first.
    """
    cells = line.cells
    if len(cells) == 2 and not any(each.column for each in cells):
        cells = (QuoteCell(cells[0].text, cells[1].text),)
    for place, cell in enumerate(cells):
        mark = f"{cell.column.rstrip(' :')}: " if cell.column else "- "
        yield ShownLine(mark, cell.text, cell_depth if place else 0, line.is_lead_in, bool(cell.column))


def _markdown(line: ShownLine) -> str:
    bullet = "- " if line.is_column or line.mark.startswith("(") else ""
    return f"{STEP * line.depth}{bullet}{line.mark}{line.text}"
