"""Where each letter of a run of text stands, by the widths of its font (ISO 32000-1, 9.4.4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pypdf.errors import PyPdfError
from pypdf.generic._font import Font

from ingest.readers.pdf.unseen.drawing import Run, State
from ingest.readers.pdf.unseen.geometry import at

_MIDDLE = 0.3
"""Share of the size above the foot of the line at which a small letter has its middle."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One code of a string, and where the middle of its letter is on the page."""

    piece: int
    item: int
    start: int
    end: int
    letter: str
    advance: float
    """To the next letter, before any matrix."""
    x: float
    y: float
    foot: float
    """Height of the foot of the line on the page."""
    size: float
    """On the page, in points."""


class Fonts:
    """The fonts of one page, each looked at when it is first needed."""

    def __init__(self, resources: Any) -> None:
        entries = resources.get("/Font") if resources is not None else None
        self._entries: Any = entries.get_object() if entries is not None else {}
        self._known: dict[str, Font | None] = {}

    def named(self, name: str) -> Font | None:
        """Returns a font, None where the page has none of that name."""
        if name not in self._known:
            entry = self._entries.get(name)
            self._known[name] = _font(entry.get_object()) if entry is not None else None
        return self._known[name]


def _font(resource: Any) -> Font | None:
    """Returns a font, None for one that is damaged."""
    try:
        return Font.from_font_resource(resource)
    except (PyPdfError, AttributeError, KeyError, TypeError, ValueError):
        return None


def glyphs_of(run: Run, fonts: Fonts) -> Iterator[Glyph]:
    """Yields the letters of a run; none of a piece whose font is not there."""
    along = 0.0
    high = abs(run.start[3]) or abs(run.start[1]) or 1.0
    for number, piece in enumerate(run.pieces):
        state, font = piece.state, fonts.named(piece.state.font)
        for place, item in enumerate(piece.items):
            if not isinstance(item, bytes):
                along -= float(item) / 1000.0 * state.size * state.stretch
                continue
            for start, end, raw, letter in _codes(item, font) if font is not None else ():
                wide = _advance(raw, item[start:end], font, state)
                x, y = at(run.start, along + wide / 2, state.rise + _MIDDLE * state.size)
                foot = at(run.start, along, state.rise)[1]
                yield Glyph(number, place, start, end, letter, wide, x, y, foot, abs(state.size) * high)
                along += wide


def _advance(raw: str, code: bytes, font: Font | None, state: State) -> float:
    width = font.get_text_width(raw) if font is not None else 0.0
    if font is not None and raw == font.space_char and not width:
        width = float(font.space_width)
    gap = state.word_spacing if code == b" " else 0.0
    return (width / 1000.0 * state.size + state.spacing + gap) * state.stretch


def _codes(item: bytes, font: Font) -> Iterator[tuple[int, int, str, str]]:
    """Yields start and end of each code, the character that widths go by, and the letter that it shows."""
    if isinstance(font.encoding, dict):
        for place, code in enumerate(item):
            shown = font.encoding.get(code, chr(code))
            yield place, place + 1, chr(code), font.character_map.get(shown, shown)
        return
    at_byte = 0
    for raw in item.decode(font.encoding, "replace"):
        length = len(raw.encode(font.encoding, "replace"))
        yield at_byte, at_byte + length, raw, font.character_map.get(raw, raw)
        at_byte += length
