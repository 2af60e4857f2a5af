"""A page filled from the top, which says where each line of words came to stand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

LEFT = 60
WIDTH = 470


class Words(NamedTuple):
    """Where words stand: ``y`` is their baseline, in points from the foot."""

    x: float
    y: float
    width: float
    size: float

    @property
    def middle(self) -> float:
        """Returns the height at which a stroke through the words is drawn."""
        return self.y + 0.27 * self.size


class Sheet:
    """A canvas with a place for the next line."""

    def __init__(self, path: Path, heading: str, font: str = "Helvetica", size: float = 11) -> None:
        self.canvas = Canvas(str(path), pagesize=A4, invariant=1)
        self.font, self.size, self.y = font, size, 780.0
        self.canvas.setFont("Helvetica-Bold", 16)
        self.canvas.drawString(LEFT, self.y, heading)
        self.y -= 32

    def paragraph(self, text: str, style: Callable[[Canvas], None] | None = None) -> list[Words]:
        """Returns the lines the words were set in."""
        lines = [self.line((text, style)) for text in simpleSplit(text, self.font, self.size, WIDTH)]
        self.y -= 10
        return [words for (words,) in lines]

    def line(self, *pieces: tuple[str, Callable[[Canvas], None] | None]) -> list[Words]:
        """Returns the pieces of one line, set after one another with a space between them."""
        placed, x = [], float(LEFT)
        for text, style in pieces:
            width = stringWidth(text, self.font, self.size)
            self.canvas.saveState()
            self.canvas.setFont(self.font, self.size)
            if style is not None:
                style(self.canvas)
            self.canvas.drawString(x, self.y, text)
            self.canvas.restoreState()
            placed.append(Words(x, self.y, width, self.size))
            x += width + stringWidth(" ", self.font, self.size)
        self.y -= 1.35 * self.size
        return placed

    def gap(self, height: float = 10) -> None:
        self.y -= height

    def save(self) -> None:
        self.canvas.save()
