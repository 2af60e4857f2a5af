"""Digits that a font draws raised: marks of notes that, as far as the file says, stand on the line in its full size.

Typst and programs that use the superior figures of OpenType fonts write such a mark as another glyph of the same font and
size, without moving it: only its ink tells it from a digit of the text. pypdf gives no ink, so PDFium is asked for it.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

import pypdfium2 as pdfium
import pypdfium2.raw as raw

Point = tuple[float, float]
"""Where a letter starts on its line, in points from the lower left corner of the page as the file counts them."""
_LEAST_GAP = 0.2
"""Share of the size that stands free under a raised digit; digits of the text stand on the line or go below it."""
_SLASHES = frozenset("/⁄∕")


class RaisedGlyphs:
    """The raised digits of a file by page; a file or page that PDFium cannot open has none."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._document: pdfium.PdfDocument | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._document is not None:
            self._document.close()

    def on(self, number: int) -> tuple[Point, ...]:
        """Returns where the raised digits of a page start, in the order of the file; 1 is the first page."""
        try:
            self._document = self._document or pdfium.PdfDocument(self._path)
            page = self._document[number - 1]
        except (pdfium.PdfiumError, IndexError):
            return ()
        text = page.get_textpage()
        try:
            return tuple(_raised(text))
        finally:
            text.close()
            page.close()


def _raised(text: pdfium.PdfTextPage) -> Iterator[Point]:
    """Yields the raised digits but for those of a fraction, which a slash follows."""
    letters = [chr(raw.FPDFText_GetUnicode(text.raw, place)) for place in range(text.count_chars())]
    is_fraction = False
    held: list[Point] = []
    for place in reversed(range(len(letters))):
        is_digit = letters[place].isascii() and letters[place].isdigit()
        is_fraction = letters[place] in _SLASHES or (is_fraction and is_digit)
        start = _start_of_raised(text, place) if is_digit and not is_fraction else None
        if start is not None:
            held.append(start)
    yield from reversed(held)


def _start_of_raised(text: pdfium.PdfTextPage, place: int) -> Point | None:
    x, y = ctypes.c_double(), ctypes.c_double()
    if not raw.FPDFText_GetCharOrigin(text.raw, place, x, y):
        return None
    foot = text.get_charbox(place)[1]
    size = raw.FPDFText_GetFontSize(text.raw, place)
    return (x.value, y.value) if size > 0 and foot - y.value > _LEAST_GAP * size else None
