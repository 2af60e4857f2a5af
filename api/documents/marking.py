"""Lines of a page with highlighted words, and the places where words occur in a document."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.editions.locations import pages_of
from assistant.editions.marked_text import Stretch
from assistant.model import Page, Span

AROUND = 70
MOST_PLACES = 50
Line = tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a document, with the words around it."""

    span: Span
    page: int
    label: str
    before: str
    words: str
    after: str


def place_at(span: Span, text: str, pages: Sequence[Page]) -> Place:
    """Returns the place of a span."""
    first = next(iter(pages_of(Span(span.start, span.start + 1), pages)), None)
    number, label = (first.number, first.label) if first else (1, "1")
    before = text[max(0, span.start - AROUND) : span.start].split("\n")[-1]
    after = text[span.end : span.end + AROUND].split("\n")[0]
    return Place(span, number, label, before, text[slice(*span)][:200], after)


def find_places(words: str, text: str, pages: Sequence[Page]) -> tuple[Place, ...]:
    """Returns the first fifty places where words occur in a text, ignoring case and differences of white space."""
    if not words.split():
        return ()
    pattern = re.compile(r"\s+".join(re.escape(word) for word in words.split()), re.IGNORECASE)
    matches = itertools.islice(pattern.finditer(text), MOST_PLACES)
    return tuple(place_at(Span(*match.span()), text, pages) for match in matches)


def marked_lines(stretches: Sequence[Stretch]) -> tuple[Line, ...]:
    """Returns the lines of a page, each as a tuple of stretches; blank lines are left out."""
    lines: list[list[Stretch]] = [[]]
    for stretch in stretches:
        first, *others = stretch.text.split("\n")
        lines[-1].append(Stretch(first, stretch.is_marked))
        lines.extend([Stretch(each, stretch.is_marked)] for each in others)
    return tuple(tuple(each for each in line if each.text) for line in lines if any(each.text.strip() for each in line))
