"""What is usual in a document: sizes, line height, left edge, words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from ingest.readers.pdf.line import Line
from ingest.readers.pdf.line_joining import WORD

FREQUENT = 0.25
"""A distance is frequent if it occurs at least this often, measured by the most frequent one."""
_BESIDE = 5
"""Lines among which the one below a line is looked for: those of columns beside it stand between."""


@dataclass(frozen=True, slots=True)
class Style:
    """What is usual in a document."""

    body_size: float
    line_height: float
    heading_sizes: tuple[float, ...]
    """Sizes larger than the body, largest first."""
    left: float
    vocabulary: Mapping[str, int]
    """How often each word occurs, in lower case; words at line ends, which may be cut, apart."""


def style_of(pages: Sequence[Sequence[Line]]) -> Style:
    """Returns the usual sizes and distances of a document, weighed by letters."""
    sizes: Counter[float] = Counter()
    vocabulary: Counter[str] = Counter()
    for line in (line for lines in pages for line in lines):
        sizes[line.size] += len(line.words)
        vocabulary.update(word.lower() for word in WORD.findall(line.words)[:-1])
    body = sizes.most_common(1)[0][0] if sizes else 12.0
    larger = sorted((size for size in sizes if size >= 1.08 * body), reverse=True)
    height = line_height(pages, body) or 1.3 * body
    return Style(body, height, tuple(larger), _left(pages, body), vocabulary)


def line_height(pages: Sequence[Sequence[Line]], body: float, least: int = 1) -> float | None:
    """Returns the smallest frequent distance between lines of body text, None where ``least`` are not there.

    Footnotes, set tighter, do not count.
    """
    gaps: Counter[float] = Counter()
    for before, after in (pair for lines in pages for pair in _one_below_another(lines)):
        if before.size == after.size == body and before.y - after.y >= 0.9 * body:
            gaps[round(before.y - after.y)] += 1
    if gaps.total() < least:
        return None
    return min(gap for gap, count in gaps.items() if count >= FREQUENT * max(gaps.values()))


def _one_below_another(lines: Sequence[Line]) -> Iterator[tuple[Line, Line]]:
    """Yields each line with the next one that stands over or under it; what stands beside it is of another column."""
    for place, line in enumerate(lines):
        near = lines[place + 1 : place + 1 + _BESIDE]
        yield from islice(((line, other) for other in near if line.x < other.right and other.x < line.right), 1)


def _left(pages: Sequence[Sequence[Line]], body: float) -> float:
    lefts = Counter(round(line.x) for lines in pages for line in lines if line.size == body)
    return float(min((x for x, count in lefts.items() if count >= 0.05 * lefts.total()), default=0))
