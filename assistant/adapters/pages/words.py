"""Finds quoted words among the characters of a page image, forgiving what matching of quotes forgives and a little more.

The edition text and the page image are read from one file by two programs, which differ in what they make of its glyphs
and gaps. This file says what is forgiven beyond ``quote_matching.TABLE``, and why.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from assistant.model import Span
from assistant.text import quote_matching
from assistant.text.quote_matching import CONTROLS, TABLE

LINE_HYPHENS = dict.fromkeys("\x02\ufffe", "-")
"""What PDFium gives for a hyphen at the end of a line; no line break follows."""
NO_LETTER = ("Cc", "Cf", "Cn", "Co", "Cs")
"""Categories of characters that fonts without a proper encoding leave behind; they are dropped."""
OTHER_SENSE = ("<super>", "<sub>", "<fraction>", "<circle>")
"""Compatibility forms that say something else than their plain form ("m²", "1½", "①").

All others ("…", "ﬁ", full-width forms) are read as their plain form: the two programs take different ones for a glyph.
"""
GAP = re.compile("[ -]+")
"""White space and dashes, which are dropped: gaps are guessed from distances, and a hyphen at the end of a line is lost or
kept. Beside a number a dash stays, and between two numbers a space, so that "5-7" is not "57" and "10" not "1 0".
"""
MARK = r"(?:-?\[?\d{1,3}\]?-?)?"
"""A footnote mark that the edition text leaves out may stand between two words of the page, or straight after one: so a
number is a border of a word.
"""
PIECE = 12
"""Fewest characters of a quote that may stand apart from the rest, where the page goes on elsewhere."""
PIECES = 8
PIECE_WORDS = 200
"""Most words of a piece of a text that is looked for in pieces."""


class Folded(NamedTuple):
    """A text as a page is compared, without the gaps between its words."""

    text: str
    line: quote_matching.Folded
    """The text with its gaps."""
    at: tuple[int, ...]
    """The offset of each character in ``line``."""

    @property
    def places(self) -> tuple[int, ...]:
        """The offset of each character in the text that was folded."""
        return tuple(self.line.places[place] for place in self.at)

    @property
    def words(self) -> tuple[str, ...]:
        """The text in pieces, as white space divided them."""
        borders = [
            place
            for place in range(1, len(self.at))
            if " " in self.line.text[self.at[place - 1] + 1 : self.at[place] + 1]
        ]
        return tuple(self.text[start:end] for start, end in pairwise((0, *borders, len(self.at))) if start < end)

    def span(self, start: int, end: int) -> Span:
        """Returns the stretch of the original text that a stretch of this one came from."""
        return Span(self.line.places[self.at[start]], self.line.places[self.at[end - 1]] + 1)

    def is_border(self, place: int) -> bool:
        """Returns whether a place is within no word and no number."""
        if not 0 < place < len(self.at) or self.at[place] in self.line.hyphens:
            return True
        if self.at[place] - self.at[place - 1] > 1:
            return True
        pair = self.text[place - 1 : place + 1]
        return not (pair.isalpha() or pair.isdigit())


def fold(text: str) -> Folded:
    """Returns a text in the form in which page and quote are compared."""
    forms = {character: _plain(character) for character in set(text) if character not in TABLE}
    line = quote_matching.folded(text, {**TABLE, **dict.fromkeys(CONTROLS, ""), **forms, **LINE_HYPHENS})
    at = tuple(_kept(line.text))
    return Folded("".join(line.text[place] for place in at), line, at)


def _plain(character: str) -> str:
    """Returns how a character of a page is read that matching of quotes leaves as it is."""
    category = unicodedata.category(character)
    if character.isspace() or unicodedata.decomposition(character).startswith(OTHER_SENSE):
        return character
    if category in NO_LETTER:
        return ""
    if category == "Pd":
        return "-"
    return "".join(TABLE.get(each, each) for each in unicodedata.normalize("NFKC", character))


def _kept(line: str) -> Iterator[int]:
    """Yields the offset of each character that is no gap; of a gap beside a number, that of one dash or one space."""
    ended = 0
    for gap in GAP.finditer(line):
        start, end = gap.span()
        yield from range(ended, start)
        before, after = (character.isdecimal() for character in (line[max(0, start - 1)], line[end : end + 1]))
        if "-" in gap.group() and (before or after):
            yield line.index("-", start)
        elif before and after:
            yield start
        ended = end
    yield from range(ended, len(line))


def find_quotes(page: str, quotes: Sequence[str]) -> tuple[Span, ...]:
    """Returns where all quotes stand on a page, () unless each of them is found for certain.

    Args:
        page: The characters of the page.
        quotes: Words in reading order. One that stands on the page more than once is taken to be the last before
            the quote that follows it; the last quote must stand there once, or nothing is certain.
    """
    folded = fold(page)
    before = len(folded.text)
    places: list[Span] = []
    for quote in reversed(quotes):
        chosen = _chosen(_candidates(folded, quote), before, is_last=not places)
        if not chosen:
            return ()
        before = chosen[0].start
        places[:0] = (folded.span(*piece) for piece in chosen)
    return tuple(places)


def find_pieces(page: str, text: str) -> tuple[Span, ...]:
    """Returns where the words of a text stand on a page, in pieces as long as they are there; () for none.

    A piece that stands there more than once is taken to be the one nearest to the piece before it; where there is none
    before it, or it has few characters and is not right behind it, it is passed over.
    """
    folded, words = fold(page), fold(text).words
    pieces: list[Span] = []
    at = 0
    while at < len(words):
        count, places = _at_front(folded, words[at : at + PIECE_WORDS])
        if len(places) == 1 and count == len(words):
            return (folded.span(*places[0]),)
        place = _nearest(places, pieces[-1].end if pieces else None)
        if place is not None:
            pieces.append(place)
        at += max(count, 1)
    return tuple(folded.span(*piece) for piece in pieces)


def _at_front(page: Folded, words: Sequence[str]) -> tuple[int, list[Span]]:
    """Returns how many words at the front stand together on the page, and where."""
    low, high = 0, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if "".join(words[:middle]) in page.text else (low, middle - 1)
    for count in range(low, 0, -1):
        if places := _whole(re.escape("".join(words[:count])), page):
            return count, places
    return 0, []


def _nearest(places: Sequence[Span], before: int | None) -> Span | None:
    """Returns the place nearest to the end of the piece before, None where none is certain enough."""
    if before is None:
        return places[0] if len(places) == 1 and places[0].end - places[0].start >= PIECE else None
    place = min(places, key=lambda each: abs(each.start - before), default=None)
    if place is None or place.end - place.start >= PIECE:
        return place
    return place if abs(place.start - before) <= PIECE else None


def _chosen(candidates: list[tuple[Span, ...]], before: int, *, is_last: bool) -> tuple[Span, ...]:
    if len(candidates) == 1:
        return candidates[0]
    earlier = [] if is_last else [pieces for pieces in candidates if pieces[-1].end <= before]
    return earlier[-1] if earlier else ()


def _candidates(page: Folded, quote: str) -> list[tuple[Span, ...]]:
    """Returns every place of a quote on a folded page; each is one stretch, or several where it is broken up."""
    words = fold(quote).words
    if not words:
        return []
    places = _whole(re.escape("".join(words)), page) or _whole(_marked(words), page)
    if places:
        return [(place,) for place in places]
    broken = _broken(page, words)
    return [broken] if broken else []


def _marked(words: Sequence[str]) -> str:
    """Returns a pattern of words with footnote marks between them, never beside a number of the quote."""
    gaps = ("" if _is_numeric(before[-1]) or _is_numeric(after[0]) else MARK for before, after in pairwise(words))
    return re.escape(words[0]) + "".join(gap + re.escape(word) for gap, word in zip(gaps, words[1:], strict=True))


def _is_numeric(character: str) -> bool:
    """Returns whether a character belongs to a number; only beside one are dashes and spaces kept."""
    return character.isdigit() or character in " -"


def _whole(pattern: str, page: Folded) -> list[Span]:
    """Returns where a pattern stands on a page on borders of words and numbers."""
    places = (Span(*match.span()) for match in re.finditer(pattern, page.text))
    return [place for place in places if all(page.is_border(border) for border in place)]


def _broken(page: Folded, words: Sequence[str]) -> tuple[Span, ...]:
    """Returns a quote in a few long pieces in the page's order, each standing there once; () where it is not so."""
    pieces: list[Span] = []
    at = 0
    while at < len(words):
        count, place = _longest(page, words[at:])
        is_last = at + count == len(words)
        if place is None or len(pieces) == PIECES or (place.end - place.start < PIECE and not (pieces and is_last)):
            return ()
        if pieces and place.start < pieces[-1].end:
            return ()
        pieces.append(place)
        at += count
    return tuple(pieces)


def _longest(page: Folded, words: Sequence[str]) -> tuple[int, Span | None]:
    """Returns how many words at the front stand together on the page, and where if they do so once."""
    low, high = 0, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if "".join(words[:middle]) in page.text else (low, middle - 1)
    places = _whole(re.escape("".join(words[:low])), page) if low else []
    return low, places[0] if len(places) == 1 else None
