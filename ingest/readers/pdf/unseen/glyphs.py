"""Where each letter of a run of text stands, by the widths of its font (ISO 32000-1, 9.4.4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ingest.readers.pdf.faces import PageFonts
from ingest.readers.pdf.unseen.drawing import Run, State
from ingest.readers.pdf.unseen.geometry import at

SPACE = 32
"""The code, of one byte, that word spacing is added to."""
_MIDDLE = 0.3
"""Share of the size above the foot of the line at which a small letter has its middle."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One code of a string, and where the middle of its letter is on the page."""

    piece: int
    """Place in its run of the piece that shows it."""
    letter: str
    x: float
    y: float
    foot: float
    """Height of the foot of the line on the page."""
    size: float
    """On the page, in points."""


def glyphs_of(run: Run, fonts: PageFonts) -> Iterator[Glyph]:
    """Yields the letters of a run; none of a piece whose font is not there."""
    along = 0.0
    high = abs(run.start[3]) or abs(run.start[1]) or 1.0
    for number, piece in enumerate(run.pieces):
        state, face = piece.state, fonts.named(piece.state.font)
        for item in piece.items:
            if not isinstance(item, bytes):
                along -= float(item) / 1000.0 * state.size * state.stretch
                continue
            code = 0
            for letter, width, length in face.codes(item) if face is not None else ():
                wide = advance(state, width, length == 1 and item[code] == SPACE)
                x, y = at(run.start, along + wide / 2, state.rise + _MIDDLE * state.size)
                foot = at(run.start, along, state.rise)[1]
                yield Glyph(number, letter, x, y, foot, abs(state.size) * high)
                along += wide
                code += length


def advance(state: State, width: float, is_space: bool) -> float:
    """Returns how far a letter moves the pen, before any matrix (ISO 32000-1, 9.4.4)."""
    gap = state.word_spacing if is_space else 0.0
    return (width * state.size + state.spacing + gap) * state.stretch
