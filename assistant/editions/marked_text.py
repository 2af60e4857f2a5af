"""The text of one page of an edition, cut where marks begin and end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.model import Page, Span


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a page's text, marked or not."""

    text: str
    is_marked: bool


def stretches_of(text: str, pages: Sequence[Page], number: int, marks: Sequence[Span]) -> tuple[Stretch, ...]:
    """Returns a page's text in order, cut where marks begin and end.

    Args:
        text: The edition text.
        pages: Its page stretches.
        number: The page.
        marks: Spans of the text, whole or in part on the page.
    """
    own = (Span(each.start, each.end) for each in pages if each.number == number)
    return tuple(piece for each in own for piece in _cut(text, each, marks))


def _cut(text: str, own: Span, marks: Sequence[Span]) -> list[Stretch]:
    inside = [each for each in marks if each.start < own.end and own.start < each.end]
    borders = sorted({own.start, own.end, *(b for m in inside for b in m if own.start < b < own.end)})
    return [
        Stretch(text[start:end], any(m.start <= start and end <= m.end for m in inside))
        for start, end in pairwise(borders)
    ]
