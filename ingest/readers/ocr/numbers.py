"""Which numbers of a recognised page are doubtful: those never stand in a quote.

A number is sure only where Tesseract is sure of it, reads the same in a second picture of the page, has no sign at it
that may be a note's mark or a letter taken for a digit, has all its digits on the line, and has no other ink beside it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from PIL import Image

from ingest.readers.ocr.words import OcrWord

LEAST_CONFIDENCE = 0.80
"""Of a word with a digit."""
_SHARED = 0.5
"""Share of the smaller word that two readings of one word have in common."""
_DARK = 140
_LEVEL = 0.16
"""Share of the height by which the feet of digits differ; a raised mark stands far higher."""
_BESIDE = 0.35
"""Heights to both sides of a number in which no other ink may be."""
_LEAST_INK = 0.02
_PLAIN = re.compile(
    r"""
    [(\[‘“'"£€$+~<>≤≥-]{0,3}
    (?:
      \d+(?:[.,:/–—-]\d+)*                              # 24, 1,000, 9.30, 2026/27, 2-3, 01632
      | [ACDEFGHJKMNPQRTUVWXY]{1,3}\d+(?:[./-]\d+)*     # A12; O, I, L, S, B and Z may be digits
    )
    (?:st|nd|rd|th|am|pm|hrs?|km|m|kg|%|p|s|[a-d])?
    (?:\([a-z0-9]{1,3}\))*                              # 47(1)(a)
    [)\]’”'",.;:?!%–—-]{0,3}
    """,
    re.VERBOSE | re.IGNORECASE,
)
_MARKS = frozenset("'\"’”‘“*°®©™^`´¹²³")
"""Signs that a raised note mark is often read as."""


def doubtful(words: Sequence[OcrWord], again: Sequence[OcrWord], scale: float, grey: Image.Image) -> frozenset[int]:
    """Returns the places of the words whose numbers are doubtful.

    Args:
        words: The page as it was read.
        again: A second reading of it.
        scale: Pixels of the second picture to one of the first.
        grey: The first picture.
    """
    ink = np.asarray(grey) < _DARK
    numbers = [at for at, word in enumerate(words) if word.has_digit]
    feet = _feet(words)
    page = _Page(words, ink)
    second = [each for each in again if each.has_digit]
    return frozenset(
        at
        for at in numbers
        if words[at].confidence < LEAST_CONFIDENCE
        or not _is_plain(words[at].text)
        or not any(_is_same(words[at], each, scale) for each in second)
        or _is_uneven(words[at], ink, feet[words[at].line])
        or page.has_ink_beside(at)
    )


def _is_plain(text: str) -> bool:
    at = [place for place, letter in enumerate(text) if letter.isdigit()]
    beside = {text[place + 1] for place in at[:-1] if place + 1 < len(text)} | set(text[at[-1] + 1 : at[-1] + 2])
    return _PLAIN.fullmatch(text) is not None and not beside & _MARKS


def _is_same(word: OcrWord, other: OcrWord, scale: float) -> bool:
    """Returns whether a word of the second reading is at the same place and has the same digits and signs between them."""
    left, right = other.left / scale, other.right / scale
    top, bottom = other.top / scale, other.bottom / scale
    across = min(word.right, right) - max(word.left, left)
    down = min(word.bottom, bottom) - max(word.top, top)
    is_there = across > _SHARED * min(word.right - word.left, right - left) and down > 0
    return is_there and _digits(word.text) == _digits(other.text)


def _digits(text: str) -> str:
    found = re.search(r"\d.*\d|\d", text)
    return found[0] if found else ""


def _feet(words: Sequence[OcrWord]) -> dict[tuple[int, int, int], float]:
    """Returns the foot of each line: where most of its words end."""
    lines: dict[tuple[int, int, int], list[int]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word.bottom)
    return {line: float(np.median(bottoms)) for line, bottoms in lines.items()}


def _is_uneven(word: OcrWord, ink: np.ndarray, foot: float) -> bool:
    """Returns whether a digit of a word ends well above the others, or all of them above their line: a raised mark."""
    box = ink[word.top : word.bottom, word.left : word.right]
    if not box.size or not box.any():
        return True
    if word.bottom < foot - 0.3 * word.height - 2:
        return True
    glyphs = _glyphs(box)
    tall = [(top, bottom) for top, bottom in glyphs if bottom - top > 0.3 * word.height]
    if not tall:
        return True
    lowest = max(bottom for _, bottom in tall)
    return any(
        lowest - bottom > _LEVEL * word.height + 2 for _, bottom in tall if bottom - _top(tall) < 0.95 * word.height
    ) and any(lowest - bottom > max(0.25 * word.height, 3) for _, bottom in tall)


def _top(glyphs: Sequence[tuple[int, int]]) -> int:
    return min(top for top, _ in glyphs)


def _glyphs(box: np.ndarray) -> list[tuple[int, int]]:
    """Returns top and foot of each stretch of ink that white columns part from the others."""
    columns = box.any(axis=0)
    edges = np.flatnonzero(np.diff(np.concatenate(([0], columns.astype(np.int8), [0]))))
    glyphs = []
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        rows = np.flatnonzero(box[:, start:end].any(axis=1))
        glyphs.append((int(rows[0]), int(rows[-1]) + 1))
    return glyphs


class _Page:
    """The ink of a page that no word accounts for."""

    def __init__(self, words: Sequence[OcrWord], ink: np.ndarray) -> None:
        self._words = words
        self._rest = ink.copy()
        for word in words:
            self._rest[max(word.top - 1, 0) : word.bottom + 1, max(word.left - 1, 0) : word.right + 1] = False

    def has_ink_beside(self, at: int) -> bool:
        word = self._words[at]
        reach = max(int(_BESIDE * word.height), 3)
        strip = self._rest[word.top : word.bottom, max(word.left - reach, 0) : word.right + reach]
        return bool(strip.sum() > _LEAST_INK * word.height * word.height)
