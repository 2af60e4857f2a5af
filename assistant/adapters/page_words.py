"""Finds quoted words among the characters of a page, forgiving what matching of quotes forgives."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

MARK = r"(?:\[?\d{1,3}\]?)?"
"""A footnote mark that the edition text leaves out may stand between two words of the page."""
PIECE = 12
"""Fewest characters of a quote that may stand apart from the rest, where the page goes on elsewhere."""
PIECES = 8
_QUOTES = str.maketrans({**dict.fromkeys("‘’‚‛′´`", "'"), **dict.fromkeys("“”„‟″«»", '"')})


class Stretch(NamedTuple):
    """A half-open range of characters of a page."""

    start: int
    end: int


class Folded(NamedTuple):
    """A text without white space, dashes and control characters, and where each character came from."""

    text: str
    places: tuple[int, ...]


def fold(text: str) -> Folded:
    """Returns a text in the form in which page and quote are compared; places index the text given."""
    found = [(each, place) for place, character in enumerate(text) for each in _kept(character)]
    return Folded("".join(each for each, _ in found), tuple(place for _, place in found))


def _kept(character: str) -> Iterator[str]:
    for each in unicodedata.normalize("NFKC", character.translate(_QUOTES)).translate(_QUOTES):
        if not each.isspace() and unicodedata.category(each) not in ("Pd", "Cc", "Cf", "Cn", "Co", "Cs"):
            yield each


def find_quotes(page: str, quotes: Sequence[str]) -> tuple[Stretch, ...]:
    """Returns where all quotes stand on a page, () unless each of them is found for certain.

    Args:
        page: The characters of the page.
        quotes: Words in reading order. One that stands on the page more than once is taken to be the last before
            the quote that follows it; the last quote must stand there once, or nothing is certain.
    """
    folded = fold(page)
    before = len(folded.text)
    found: list[Stretch] = []
    for quote in reversed(quotes):
        spans = _spans(folded.text, quote)
        chosen = _chosen(spans, before, is_last=not found)
        if not chosen:
            return ()
        before = chosen[0].start
        found[:0] = (Stretch(folded.places[s.start], folded.places[s.end - 1] + 1) for s in chosen)
    return tuple(found)


def _chosen(spans: list[tuple[Stretch, ...]], before: int, *, is_last: bool) -> tuple[Stretch, ...]:
    if len(spans) == 1:
        return spans[0]
    earlier = [] if is_last else [each for each in spans if each[-1].end <= before]
    return earlier[-1] if earlier else ()


def _spans(page: str, quote: str) -> list[tuple[Stretch, ...]]:
    """Returns every place of a quote on a folded page; each is one stretch, or several where it is broken up."""
    words = [each for word in quote.split() if (each := fold(word).text)]
    if not words:
        return []
    plain = "".join(words)
    found = list(_whole(re.escape(plain), page))
    found = found or list(_whole(MARK.join(re.escape(each) for each in words), page))
    if found:
        return [(each,) for each in found]
    broken = _broken(page, plain)
    return [broken] if broken else []


def _whole(pattern: str, page: str) -> Iterator[Stretch]:
    return (Stretch(*each.span()) for each in re.finditer(pattern, page))


def _broken(page: str, quote: str) -> tuple[Stretch, ...]:
    """Returns a quote in a few long pieces in the page's order, each standing there once; () where it is not so."""
    found: list[Stretch] = []
    at = 0
    while at < len(quote):
        length = _longest(page, quote, at)
        piece = quote[at : at + length]
        if length < min(PIECE, len(quote) - at) or page.count(piece) != 1 or len(found) == PIECES:
            return ()
        start = page.index(piece)
        if found and start < found[-1].end:
            return ()
        found.append(Stretch(start, start + length))
        at += length
    return tuple(found)


def _longest(page: str, quote: str, at: int) -> int:
    low, high = 0, len(quote) - at
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if quote[at : at + middle] in page else (low, middle - 1)
    return low
