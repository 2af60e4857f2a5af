"""What is usual in a document: sizes, line height, left edge, words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.readers.pdf.line import Line

WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")


@dataclass(frozen=True, slots=True)
class Style:
    """What is usual in a document."""

    body_size: float
    line_height: float
    heading_sizes: tuple[float, ...]
    """Sizes larger than the body, largest first."""
    left: float
    vocabulary: frozenset[str]


def style_of(pages: Sequence[Sequence[Line]]) -> Style:
    """Returns the usual sizes and distances of a document, weighed by letters."""
    sizes: Counter[float] = Counter()
    gaps: Counter[int] = Counter()
    lefts: Counter[int] = Counter()
    vocabulary: Counter[str] = Counter()
    for lines in pages:
        for line in lines:
            sizes[line.size] += len(line.words)
            vocabulary.update(word.lower() for word in WORD.findall(line.words)[:-1])
        for before, after in pairwise(lines):
            if before.size == after.size and before.y > after.y:
                gaps[round(before.y - after.y)] += 1
    body = sizes.most_common(1)[0][0] if sizes else 12.0
    lefts.update(round(line.x) for lines in pages for line in lines if line.size == body)
    usual = [gap for gap, _ in gaps.most_common(3) if gap >= 0.9 * body]
    larger = sorted((size for size in sizes if size >= 1.08 * body), reverse=True)
    left = min((x for x, count in lefts.items() if count >= 0.05 * lefts.total()), default=0)
    return Style(body, min(usual, default=1.3 * body), tuple(larger), float(left), frozenset(vocabulary))
