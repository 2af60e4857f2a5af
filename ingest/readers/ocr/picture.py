"""The picture of a page: rendered, in shades of grey, and turned so that its lines are level."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from PIL import Image

DPI = 300
"""Dots an inch at which pages are read; Tesseract's own advice for print of ten points and more."""
MOST_PIXELS = 36_000_000
"""Of a page; a larger page is rendered more coarsely. A3 at 300 dots an inch has 17 million."""
MOST_TURN = 3.0
"""Degrees by which a page may lie aslant in the scanner and is turned back."""
_STEP = 0.25
_FINE_STEP = 0.05
_ROUGH = 1000
"""Pixels of the longer side at which the turn is looked for."""
_DARK = 140


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page as a picture."""

    grey: Image.Image
    dark: Image.Image
    """Without colours: stamps and highlighters in colour are pale in it, black ink stays black."""
    dpi: int


def picture_of(page: Any) -> PagePicture:
    """Returns a page of PDFium as a level picture."""
    width, height = page.get_size()
    scale = min(DPI / 72, (MOST_PIXELS / max(width * height, 1)) ** 0.5)
    colour = page.render(scale=scale, rotation=0).to_pil().convert("RGB")
    channels = np.asarray(colour)
    dark = Image.fromarray(channels.max(axis=2))
    grey = colour.convert("L")
    angle = slant_of(grey)
    return PagePicture(turned(grey, angle), turned(dark, angle), round(scale * 72))


def turned(picture: Image.Image, angle: float) -> Image.Image:
    """Returns a picture turned by so many degrees, white where nothing was."""
    if not angle:
        return picture
    return picture.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=255)


def slant_of(grey: Image.Image) -> float:
    """Returns by how many degrees a page has to be turned for its lines to be level; 0 where none is.

    Level lines of text make dark and light rows; the turn at which neighbouring rows differ most is taken.

    Source: W. Postl, Method for automatic correction of character skew, US patent 4,723,297 (1988; expired).
    """
    rough = grey.copy()
    rough.thumbnail((_ROUGH, _ROUGH))
    ink = Image.fromarray(((np.asarray(rough) < _DARK) * 255).astype(np.uint8))
    best = _best(ink, np.arange(-MOST_TURN, MOST_TURN + _STEP / 2, _STEP))
    best = _best(ink, np.arange(best - _STEP, best + _STEP + _FINE_STEP / 2, _FINE_STEP))
    return 0.0 if abs(best) < 2 * _FINE_STEP else float(best)


def _best(ink: Image.Image, angles: np.ndarray) -> float:
    return float(max(angles, key=lambda angle: (_contrast(ink, float(angle)), -abs(angle))))


def _contrast(ink: Image.Image, angle: float) -> float:
    rows = np.asarray(ink.rotate(angle, resample=Image.Resampling.NEAREST, fillcolor=0)).sum(axis=1, dtype=np.float64)
    return float(np.square(np.diff(rows)).sum())
