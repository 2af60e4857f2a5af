"""Paragraphs, lists and tables set on a page by one hand."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import NamedTuple

from tests.planted_layouts.hands import PLAIN, Hand
from tests.planted_layouts.pdf import Page, Pdf

BLACK, WHITE = (0.0,), (1.0,)
NAVY, TEAL, GREEN, AMBER, RED, PALE, SAND = (
    (0.1, 0.2, 0.45),
    (0.0, 0.4, 0.4),
    (0.2, 0.55, 0.25),
    (0.95, 0.7, 0.2),
    (0.75, 0.15, 0.15),
    (0.9, 0.93, 0.97),
    (0.98, 0.95, 0.85),
)


def wrap(words: str, width: float, hand: Hand, font: str, size: float) -> list[str]:
    lines, line = [], ""
    for word in words.split(" "):
        grown = f"{line} {word}" if line else word
        if line and hand.width(grown, font, size) > width:
            lines.append(line)
            line = word
        else:
            line = grown
    return [*lines, line]


@dataclass(frozen=True)
class Cell:
    """A cell of a table; a new line in its words begins a paragraph, "• " a bullet."""

    words: str
    span: int = 1
    fill: tuple[float, ...] | None = None
    colour: tuple[float, ...] | None = None
    font: str | None = None


class Text(NamedTuple):
    """A line of a cell: its place is (row, column, line)."""

    place: tuple[int, int, int]
    x: float
    y: float
    words: str
    font: str
    colour: tuple[float, ...]


Edge = tuple[float, float, float, float]
"""Left, low, width, height of a cell."""


class Sheet:
    """A page filled from the top."""

    def __init__(
        self,
        pdf: Pdf,
        hand: Hand = PLAIN,
        x: float = 72,
        width: float = 450,
        top: float = 780,
        size: float = 11,
        font: str = "R",
        page: Page | None = None,
        page_size: tuple[float, float] = (595.0, 842.0),
        rotate: int = 0,
    ) -> None:
        self.pdf, self.hand, self.x, self.width, self.y, self.size, self.font = pdf, hand, x, width, top, size, font
        self.page = page or pdf.page(page_size, rotate)
        pdf.producer = pdf.producer or hand.producer

    def at(
        self,
        x: float,
        y: float,
        words: str,
        font: str | None = None,
        size: float | None = None,
        colour: tuple[float, ...] = BLACK,
    ) -> float:
        return self.hand.draw(self.page, x, y, words, font or self.font, size or self.size, colour)

    def centred(
        self,
        x: float,
        y: float,
        words: str,
        font: str | None = None,
        size: float | None = None,
        colour: tuple[float, ...] = BLACK,
    ) -> None:
        self.at(x - self.hand.width(words, font or self.font, size or self.size) / 2, y, words, font, size, colour)

    def lines(
        self,
        lines: list[str] | tuple[str, ...],
        x: float | None = None,
        size: float | None = None,
        font: str | None = None,
        colour: tuple[float, ...] = BLACK,
        lead: float = 1.27,
        after: float | None = None,
    ) -> None:
        """Sets lines as they are given."""
        size = size or self.size
        for words in lines:
            self.at(self.x if x is None else x, self.y, words, font, size, colour)
            self.y -= size * lead
        self.y -= size * 0.6 if after is None else after

    def para(
        self,
        words: str,
        x: float | None = None,
        width: float | None = None,
        size: float | None = None,
        font: str | None = None,
        colour: tuple[float, ...] = BLACK,
        lead: float = 1.27,
        after: float | None = None,
    ) -> None:
        size, font = size or self.size, font or self.font
        self.lines(wrap(words, width or self.width, self.hand, font, size), x, size, font, colour, lead, after)

    def head(
        self,
        words: str,
        size: float = 16,
        font: str = "B",
        colour: tuple[float, ...] = BLACK,
        before: float = 8,
        after: float | None = None,
    ) -> None:
        self.y -= before
        self.para(words, size=size, font=font, colour=colour, after=size * 0.7 if after is None else after)

    def item(
        self,
        mark: str,
        words: str,
        indent: float = 18,
        hang: float = 18,
        size: float | None = None,
        after: float = 3,
        mark_font: str | None = None,
        width: float | None = None,
    ) -> None:
        """Sets a list item whose further lines hang under its words; its mark is a string of its own."""
        if mark:
            self.at(self.x + indent, self.y, mark, mark_font, size)
        self.para(words, self.x + indent + hang, (width or self.width) - indent - hang, size, after=after)

    def gap(self, height: float = 10) -> None:
        self.y -= height

    def run(
        self,
        *pieces: str | tuple[str, float, float] | tuple[str, float, float, str],
        x: float | None = None,
        lead: float = 1.27,
    ) -> None:
        """Sets one line of pieces side by side; a tuple is (words, size, raised by[, font])."""
        x = self.x if x is None else x
        for piece in pieces:
            words, size, rise, *font = (piece, self.size, 0.0) if isinstance(piece, str) else piece
            x = self.at(x, self.y + rise, words, font[0] if font else None, size)
        self.y -= self.size * lead

    def table(  # noqa: C901 (one step after the other)
        self,
        widths: tuple[float, ...],
        rows: list[list[str | Cell]],
        x: float | None = None,
        header: int = 1,
        size: float = 9.5,
        pad: float = 4,
        rules: str = "all",
        ink: str = "line",
        head_fill: tuple[float, ...] | None = None,
        head_colour: tuple[float, ...] = BLACK,
        band: tuple[float, ...] | None = None,
        order: str = "row",
        head_font: str = "B",
        first_font: str | None = None,
        middle: bool = False,
        tall: float = 0,
        shade: dict[int, tuple[float, ...]] | None = None,
    ) -> None:
        """Draws a table from the current place down.

        ``rules``: all, level, outer, none. ``ink``: line, rect (thin filled boxes, as Word), cell (an outline for each cell).
        ``order`` of the words in the file: row, column, line (across the cells), shuffle. ``shade`` fills columns.
        """
        x = self.x if x is None else x
        texts: list[Text] = []
        edges: list[Edge] = []
        top, y = self.y, self.y
        for r, row in enumerate(rows):
            cells = [cell if isinstance(cell, Cell) else Cell(cell) for cell in row]
            is_head, placed, column, height = r < header, [], 0, 0.0
            for cell in cells:
                left, width = x + sum(widths[:column]), sum(widths[column : column + cell.span])
                plain = first_font if first_font and column == 0 else self.font
                font = cell.font or (head_font if is_head else plain)
                lines = self._cell_lines(cell, width - 2 * pad, font, size)
                count = sum(1 for indent, _ in lines if indent >= 0)
                height = max(height, count * size * 1.22 + 2 * pad, tall)
                placed.append((cell, column, left, width, font, lines, count))
                column += cell.span
            stripe = band if band and (r - header) % 2 else None
            for cell, column, left, width, font, lines, count in placed:
                fill = cell.fill or (head_fill if is_head else (shade or {}).get(column) or stripe)
                if fill:
                    self.page.box(left, y - height, width, height, fill=fill)
                if ink == "cell" and rules == "all":
                    self.page.box(left, y - height, width, height, stroke=(0.2,), pen_width=0.5)
                edges.append((left, y - height, width, height))
                colour = cell.colour or (head_colour if is_head else BLACK)
                down = (height - count * size * 1.22 - 2 * pad) / 2 if middle else 0
                number = 0
                for indent, words in lines:
                    base = y - pad - down - size * (0.85 + 1.22 * number)
                    place = (r, column, number)
                    if words:
                        texts.append(Text(place, left + pad + max(indent, 0), base, words, font, colour))
                    number += indent >= 0
            y -= height
            if rules == "level":
                self.page.line(x, y, x + sum(widths), y)
        if rules == "level":
            self.page.line(x, top, x + sum(widths), top)
        elif rules == "outer":
            self.page.box(x, y, sum(widths), top - y, stroke=(0.2,))
        elif rules == "all":
            self._rules(edges, ink)
        for text in in_order(texts, order):
            self.at(text.x, text.y, text.words, text.font, size, text.colour)
        self.y = y - 18

    def _cell_lines(self, cell: Cell, width: float, font: str, size: float) -> list[tuple[float, str]]:
        """Returns the lines of a cell with their indents; a bullet is a line of its own with a negative one."""
        lines: list[tuple[float, str]] = []
        for part in cell.words.split("\n"):
            hang = 9 if part.startswith("• ") else 0
            for i, line in enumerate(wrap(part.removeprefix("• "), width - hang, self.hand, font, size)):
                if hang and not i:
                    lines.append((-1, "•"))
                lines.append((hang, line))
        return lines

    def _rules(self, edges: list[Edge], ink: str) -> None:
        done = set()
        for left, low, width, height in edges:
            right, high, thin = left + width, low + height, 0.48
            if ink == "rect":
                for box in ((left, high - thin, width, thin), (left, low, thin, height)):
                    self.page.box(*box, fill=BLACK)
                for box in ((right - thin, low, thin, height), (left, low, width, thin)):
                    self.page.box(*box, fill=BLACK)
            if ink == "line":
                level = ((left, low, right, low), (left, high, right, high))
                for line in (*level, (left, low, left, high), (right, low, right, high)):
                    key = tuple(round(v, 1) for v in line)
                    if key not in done:
                        done.add(key)
                        self.page.line(*line, 0.5)


def in_order(texts: list[Text], order: str) -> list[Text]:
    """Returns the words of a table in the order in which the file is to hold them."""
    if order == "shuffle":
        groups = sorted({text.place[:2] for text in texts})
        random.Random(len(texts)).shuffle(groups)
        return sorted(texts, key=lambda text: (groups.index(text.place[:2]), text.place[2]))
    if order == "column":
        return sorted(texts, key=lambda text: (text.place[1], text.place[0], text.place[2]))
    if order == "line":
        return sorted(texts, key=lambda text: (-round(text.y), text.x))
    return texts


def document(title: str, hand: Hand = PLAIN, labels: str = "") -> Pdf:
    return Pdf(title, hand.producer, labels=labels)
