"""Finds quoted words among the characters of a page, forgiving what matching of quotes forgives."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise
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


class Page(NamedTuple):
    """The characters of a page, as they are and folded."""

    text: str
    folded: Folded

    def is_border(self, place: int, *, numbers: bool = True) -> bool:
        """Returns whether a place of the folded text is not within a word, nor within a number where that counts."""
        if not 0 < place < len(self.folded.places):
            return True
        before, after = self.folded.places[place - 1], self.folded.places[place]
        if after - before > 1:
            return True
        pair = self.text[before], self.text[after]
        return not (all(each.isalpha() for each in pair) or (numbers and all(each.isdigit() for each in pair)))


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
    whole = Page(page, folded)
    before = len(folded.text)
    found: list[Stretch] = []
    for quote in reversed(quotes):
        spans = _spans(whole, quote)
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


def _spans(page: Page, quote: str) -> list[tuple[Stretch, ...]]:
    """Returns every place of a quote on a page; each is one stretch, or several where it is broken up."""
    words = [each for word in quote.split() if (each := fold(word).text)]
    if not words:
        return []
    found = _whole(re.escape("".join(words)), page) or _whole(_marked(words), page)
    if found:
        return [(each,) for each in found]
    broken = _broken(page, words)
    return [broken] if broken else []


def _marked(words: Sequence[str]) -> str:
    """Returns a pattern of words with footnote marks between them, never beside a number of the quote."""
    gaps = ("" if before[-1].isdigit() or after[0].isdigit() else MARK for before, after in pairwise(words))
    return re.escape(words[0]) + "".join(gap + re.escape(word) for gap, word in zip(gaps, words[1:], strict=True))


def _whole(pattern: str, page: Page, *, numbers: bool = False) -> list[Stretch]:
    """Returns where a pattern stands on a page on borders of words.

    A whole quote may end in a number that a footnote mark follows at once; a piece of one may not (``numbers``).
    """
    found = (Stretch(*each.span()) for each in re.finditer(pattern, page.folded.text))
    return [each for each in found if all(page.is_border(place, numbers=numbers) for place in each)]


def _broken(page: Page, words: Sequence[str]) -> tuple[Stretch, ...]:
    """Returns a quote in a few long pieces in the page's order, each standing there once; () where it is not so."""
    found: list[Stretch] = []
    at = 0
    while at < len(words):
        count, place = _longest(page, words[at:])
        is_last = at + count == len(words)
        if place is None or len(found) == PIECES or (place.end - place.start < PIECE and not (found and is_last)):
            return ()
        if found and place.start < found[-1].end:
            return ()
        found.append(place)
        at += count
    return tuple(found)


def _longest(page: Page, words: Sequence[str]) -> tuple[int, Stretch | None]:
    """Returns how many words at the front stand together on the page, and where if they do so once."""
    low, high = 0, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if "".join(words[:middle]) in page.folded.text else (low, middle - 1)
    found = _whole(re.escape("".join(words[:low])), page, numbers=True) if low else []
    return low, found[0] if len(found) == 1 else None
