"""Pages of a PDF that are pictures, read by Tesseract twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image

from ingest.readers.ocr.numbers import doubtful
from ingest.readers.ocr.picture import picture_of
from ingest.readers.ocr.tesseract import Recognition
from ingest.readers.ocr.words import OcrWord

SECOND = 0.75
"""Size of the second picture to the first: other pixels, other mistakes."""
LEAST_WORD = 0.30
"""Confidence below which a word is a smudge: it is left out, and its line is doubtful."""


@dataclass(frozen=True, slots=True)
class OcrPage:
    """A page as it was read."""

    number: int
    width: float
    """In points."""
    height: float
    scale: float
    """Pixels a point."""
    words: tuple[OcrWord, ...]
    doubtful: frozenset[int]
    """Places of words whose numbers are not sure."""


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    """Yields a PDF as PDFium opens it, to render pages of."""
    document = pypdfium2.PdfDocument(path)
    try:
        yield document
    finally:
        document.close()


def read_page(document: Any, number: int) -> OcrPage:
    """Returns a page of a PDF, read from its picture."""
    page = document[number - 1]
    picture = picture_of(page)
    width, height = page.get_size()
    small = _resized(picture.dark, SECOND)
    readings = [Recognition(picture.grey, picture.dpi), Recognition(small, round(picture.dpi * SECOND))]
    words, again = (each.words() for each in readings)
    kept = _without_smudges(words)
    return OcrPage(number, width, height, picture.dpi / 72, kept, doubtful(kept, again, SECOND, picture.grey))


def _resized(picture: Image.Image, scale: float) -> Image.Image:
    size = (max(round(picture.width * scale), 1), max(round(picture.height * scale), 1))
    return picture.resize(size, Image.Resampling.LANCZOS)


def _without_smudges(words: Sequence[OcrWord]) -> tuple[OcrWord, ...]:
    return tuple(word for word in words if word.confidence >= LEAST_WORD and any(map(str.isalnum, word.text)))
