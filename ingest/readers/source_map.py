"""Text that remembers where each of its characters came from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.readers.blocks import Run

PAGE_STEP = 100_000_000
"""A place is page * PAGE_STEP + offset in that page's raw text; -1 for a character that came from no page."""
NOWHERE = -1

_REPLACED = {
    "\u00a0": " ",
    "\u2007": " ",
    "\u202f": " ",
    "\u00ad": "",
    "\u200b": "",
    "\u200c": "",
    "\u200d": "",
    "\ufeff": "",
    "\u2060": "",
    "\x00": "",
    "\u0091": "‘",
    "\u0092": "’",
    "\u0093": "“",
    "\u0094": "”",
    "\uf0b7": "•",
    "\uf0a7": "▪",
    "\uf0d8": "▪",
    "\uf02d": "-",
    "\u2011": "-",
    "ﬀ": "ff",
    "ﬁ": "fi",
    "ﬂ": "fl",
    "ﬃ": "ffi",
    "ﬄ": "ffl",
    "ﬅ": "st",
    "ﬆ": "st",
}
_ASCII_SPACE = re.compile("[\x01-\x20]+")
_BIDI = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class MappedText:
    """A text and, for each character, its place."""

    text: str
    places: tuple[int, ...]

    def __add__(self, other: MappedText) -> MappedText:
        """Returns both, one after the other."""
        return MappedText(self.text + other.text, self.places + other.places)

    def cut(self, start: int, end: int | None = None) -> MappedText:
        """Returns a stretch, as a slice does."""
        return MappedText(self.text[start:end], self.places[start:end])

    def strip(self) -> MappedText:
        """Returns it without white space at either end."""
        start = len(self.text) - len(self.text.lstrip())
        return self.cut(start, start + len(self.text.strip()))

    def runs(self) -> tuple[Run, ...]:
        """Returns the stretches that map one to one onto a page's raw text."""
        found: list[Run] = []
        first = self.places[0] if self.places else NOWHERE
        if first != NOWHERE and self.places == tuple(range(first, first + len(self.places))):
            return (Run(0, len(self.places), first // PAGE_STEP, first % PAGE_STEP),)
        for at, place in enumerate(self.places):
            if place == NOWHERE:
                continue
            last = found[-1] if found else None
            if (
                last
                and last.start + last.length == at
                and last.page * PAGE_STEP + last.raw_start + last.length == place
            ):
                found[-1] = Run(last.start, last.length + 1, last.page, last.raw_start)
            else:
                found.append(Run(at, 1, place // PAGE_STEP, place % PAGE_STEP))
        return tuple(found)


def mapped(raw: str, page: int, start: int = 0) -> MappedText:
    """Returns raw text of a page with the place of each character."""
    base = page * PAGE_STEP + start
    return MappedText(raw, tuple(range(base, base + len(raw))))


def unmapped(text: str) -> MappedText:
    """Returns text that came from no page, such as a separator."""
    return MappedText(text, (NOWHERE,) * len(text))


def joined(parts: Iterable[MappedText], separator: str = "") -> MappedText:
    """Returns the parts one after the other with an untraced separator between them."""
    text: list[str] = []
    places: list[int] = []
    for number, part in enumerate(parts):
        if number and separator:
            text.append(separator)
            places.extend([NOWHERE] * len(separator))
        text.append(part.text)
        places.extend(part.places)
    return MappedText("".join(text), tuple(places))


def normalised(raw: MappedText) -> MappedText:
    """Returns it with ligatures, odd quote marks, invisible characters and white space mended.

    Every run of white space becomes one space with the place of its first character; white space at the ends
    goes. Normalising twice changes nothing.
    """
    if raw.text.isascii() and "\x00" not in raw.text:
        return _normalised_ascii(raw)
    text: list[str] = []
    places: list[int] = []
    for letter, place in zip(raw.text, raw.places, strict=True):
        for each in _mended(letter):
            if each.isspace():
                if text and text[-1] != " ":
                    text.append(" ")
                    places.append(place)
            else:
                text.append(each)
                places.append(place)
    return MappedText("".join(text), tuple(places)).strip()


def _normalised_ascii(raw: MappedText) -> MappedText:
    """Returns what ``normalised`` returns, some ten times faster, for text in which only white space is mended."""
    text: list[str] = []
    places: list[int] = []
    at = 0
    for gap in _ASCII_SPACE.finditer(raw.text):
        start, end = gap.span()
        if at < start:
            text.append(raw.text[at:start])
            places.extend(raw.places[at:start])
        text.append(" ")
        places.append(raw.places[start])
        at = end
    text.append(raw.text[at:])
    places.extend(raw.places[at:])
    return MappedText("".join(text), tuple(places)).strip()


def _mended(letter: str) -> str:
    if letter in _REPLACED:
        return _REPLACED[letter]
    if letter < "\x7f" or not _BIDI.match(letter):
        kept = letter if letter >= " " or letter in "\t\n\r" else " "
        return kept if unicodedata.category(kept) != "Co" else "•"
    return ""
