"""Numbers that count the lines of a page, printed in its margin: no words of the text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ingest.readers.pdf.spans import Span

_STEPS = (1, 5, 10)
"""Every line is counted, or every fifth or tenth."""
_FEWEST, _FEWEST_SMALL = 4, 2
"""Numbers that count lines: as large as the text, and smaller than it."""
_SMALLER = 0.9
_ALIGNED = 2.5
"""Points by which the edges of the numbers may differ."""
_APART = 0.9
"""Sizes between a number and the text beside it."""
_ENDED = (".", "!", "?", ":", ";")


def line_numbers(rows: Sequence[Sequence[Span]]) -> tuple[Span, ...]:
    """Returns the spans that count the lines, from top to bottom; () where there are none.

    They stand in a column beside the text and rise by the same step as the lines do; unlike the numbers of a list they
    part sentences.

    Args:
        rows: Spans at one height each, from top to bottom.
    """
    for is_left in (True, False):
        column = [(place, found) for place, row in enumerate(rows) if (found := _beside(row, is_left)) is not None]
        if _counts_lines(rows, column, is_left):
            return tuple(span for _, span in column)
    return ()


def _beside(row: Sequence[Span], is_left: bool) -> Span | None:
    """Returns the number at one end of a row, apart from its text."""
    ordered = sorted(row, key=lambda span: span.left)
    number, text = (ordered[0], ordered[1:2]) if is_left else (ordered[-1], ordered[-2:-1])
    if not number.text.strip().isdigit() or not text:
        return None
    gap = text[0].left - number.ink_right if is_left else number.left - text[0].ink_right
    return number if gap >= _APART * number.size else None


def _counts_lines(rows: Sequence[Sequence[Span]], column: Sequence[tuple[int, Span]], is_left: bool) -> bool:
    if len(column) < _FEWEST_SMALL:
        return False
    spans = [span for _, span in column]
    others = [span for row in rows for span in row if span not in spans]
    is_small = all(span.size <= _SMALLER * max(other.size for other in others) for span in spans)
    if len(column) < (_FEWEST_SMALL if is_small else _FEWEST) or not _is_column(spans, others, is_left):
        return False
    steps = {int(after.text) - int(before.text) for before, after in pairwise(spans)}
    if len(steps) != 1 or not steps <= set(_STEPS):
        return False
    (step,) = steps
    if any(after[0] - before[0] != step for before, after in pairwise(column)):
        return False
    return step > 1 or _parts_sentences(rows, column)


def _is_column(spans: Sequence[Span], others: Sequence[Span], is_left: bool) -> bool:
    """Returns whether numbers stand one below another, and nothing of the text beyond them."""
    edges = ([span.left for span in spans], [span.ink_right for span in spans])
    if min(max(each) - min(each) for each in edges) > _ALIGNED:
        return False
    if is_left:
        return all(span.left > max(edges[1]) for span in others if not span.text.strip().isdigit())
    return all(span.ink_right < min(edges[0]) for span in others if not span.text.strip().isdigit())


def _parts_sentences(rows: Sequence[Sequence[Span]], column: Sequence[tuple[int, Span]]) -> bool:
    """Returns whether many of the numbered lines go on with the sentence of the line above."""
    lines = [
        [span.text.strip() for span in sorted(rows[place], key=lambda span: span.left) if span is not number]
        for place, number in column
    ]
    joints = [
        not before[-1].endswith(_ENDED) and after[0][:1].islower()
        for before, after in pairwise(lines)
        if before and after
    ]
    return 3 * sum(joints) >= len(joints) > 0
