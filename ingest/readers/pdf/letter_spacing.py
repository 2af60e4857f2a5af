"""Words whose letters stand apart, as headings are set: read as words."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from statistics import median

from ingest.readers.source_map import MappedText, joined

_FEWEST = 4
"""Letters that stand alone, one after another."""
_WORD_GAP = 1.7
"""Distances of letters from which words are apart."""


def closed_up(text: MappedText, left_of: Callable[[int], float]) -> MappedText:
    """Returns the text of a line, its words put together where each of its letters stands alone: "S C O P E".

    Args:
        text: Of one line.
        left_of: Left edge of the character at a place.
    """
    starts = [at for at, letter in enumerate(text.text) if not letter.isspace()]
    alone = all(after - before > 1 for before, after in pairwise(starts))
    letters = sum(text.text[at].isalpha() for at in starts)
    if not alone or letters < _FEWEST or letters < 0.8 * len(starts):
        return text
    gaps = [left_of(text.places[after]) - left_of(text.places[before + 1]) for before, after in pairwise(starts)]
    usual = median(gaps)
    parts = [text.cut(starts[0], starts[0] + 1)]
    for gap, (before, at) in zip(gaps, pairwise(starts), strict=True):
        if gap > _WORD_GAP * usual:
            parts.append(text.cut(before + 1, before + 2))
        parts.append(text.cut(at, at + 1))
    return joined(parts)
