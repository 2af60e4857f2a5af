"""What a page draws, in order: pieces of text with their state, and painted areas."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from math import hypot
from typing import Any

from ingest.readers.pdf.unseen.geometry import EVERYWHERE, IDENTITY, Box, Matrix

THIN = 2.5
"""Points up to which a painted area is a line."""


@dataclass(frozen=True, slots=True)
class State:
    """The graphics state as far as it decides what is seen (ISO 32000-1, 8.4 and 9.3)."""

    matrix: Matrix = IDENTITY
    clip: Box = EVERYWHERE
    is_white: bool = False
    is_plain: bool = True
    """Whether what is filled hides what is below: normal blending, full opacity."""
    is_clear: bool = False
    """Whether what is filled leaves nothing to see: opacity nought."""
    has_pattern: bool = False
    fill: tuple[float, ...] = (0.0,)
    """The numbers of the colour to fill with, as the file gives them."""
    line_width: float = 1.0
    font: str = ""
    size: float = 1.0
    leading: float = 0.0
    spacing: float = 0.0
    word_spacing: float = 0.0
    stretch: float = 1.0
    rise: float = 0.0
    mode: int = 0
    """Text rendering mode; 3 and 7 leave nothing on the page."""


@dataclass(frozen=True, slots=True)
class Painted:
    """An area that was painted."""

    order: int
    box: Box
    is_image: bool = False
    is_white: bool = False
    is_level: bool = True
    """Whether all points of its path that matter stand at one height, or it is a filled rectangle."""
    is_cover: bool = False
    """Whether it hides what was drawn before it: an upright rectangle, filled and not translucent."""

    fill: tuple[float, ...] = ()
    """The numbers of its colour; () for what is not filled with one."""
    is_pointed: bool = False
    """Whether it is a small filled triangle, as the head of an arrow is."""

    @property
    def is_line(self) -> bool:
        """Whether it is a level line."""
        return self.is_level and self.box.top - self.box.bottom <= THIN and self.box.right - self.box.left > 2 * THIN


@dataclass(slots=True)
class Piece:
    """What one operation shows."""

    order: int
    """Its place among the operations of the page."""
    items: list[Any]
    """Strings of bytes, and shifts in thousandths of the size."""
    state: State
    is_off: bool
    """Whether its layer is switched off."""


@dataclass(slots=True)
class Run:
    """Pieces one after another from a place that the file gives."""

    start: Matrix
    """Text matrix and matrix of the page in one."""
    pieces: list[Piece] = field(default_factory=list)

    @property
    def size(self) -> float:
        """Of its first letter on the page, in points, whichever way the line runs."""
        return abs(self.pieces[0].state.size) * hypot(self.start[0], self.start[1])


@dataclass(slots=True)
class Drawing:
    """One page."""

    runs: list[Run] = field(default_factory=list)
    painted: list[Painted] = field(default_factory=list)
    strokes: list[Box] = field(default_factory=list)
    """Lines that run aslant or bend."""
    outlines: list[Box] = field(default_factory=list)
    """Rectangles whose edges are drawn, and not what lies inside."""


def coloured(state: State, fill: tuple[float, ...], is_white: bool, has_pattern: bool = False) -> State:
    """Returns a state with another colour to fill with."""
    if state.fill == fill and state.is_white == is_white and state.has_pattern == has_pattern:
        return state
    return replace(state, fill=fill, is_white=is_white, has_pattern=has_pattern)
