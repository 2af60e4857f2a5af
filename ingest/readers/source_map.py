"""Text that remembers where each of its characters came from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.text.quote_matching import CONTROLS, INVISIBLE, LIGATURES, SOFT_HYPHEN
from ingest.readers.blocks import Run

PAGE_STEP = 100_000_000
"""A place is page * PAGE_STEP + offset in that page's raw text; -1 for a character that came from no page."""
NOWHERE = -1

_UNDECODED = {"\x91": "‘", "\x92": "’", "\x93": "“", "\x94": "”"}
_GLYPHS = {
    "\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "▪", "\uf02d": "-",
    "\uf06f": "☐", "\uf0a8": "☐", "\uf0fb": "✗", "\uf0fc": "✓", "\uf0fd": "☒", "\uf0fe": "☑",
}  # fmt: skip
"""Signs of Wingdings, which LibreOffice draws in OpenSymbol under the same codes: the boxes of forms keep their ticks."""
_OTHER_GLYPH = "•"
"""What a private character of a symbol font becomes: nearly always the sign before an item of a list."""
_REPLACED = {
    **LIGATURES,
    **dict.fromkeys(INVISIBLE, ""),
    **CONTROLS,
    **dict.fromkeys("\u00a0\u2007\u202f", " "),
    **_UNDECODED,
    **_GLYPHS,
    "\u2011": "-",
}
"""What becomes of a character in an edition text.

All of this but the signs of symbol fonts is forgiven when quotes are matched, so that words copied from the file are
found in the text. A sign is left as the reader sees it; the private character never stands in a text.
"""
LINE_END_HYPHENS = f"{SOFT_HYPHEN}\ufffe"
"""What divides a word at the end of a line only: the soft hyphen, and what some programs write for it there."""
_SOFT_LINE_END = re.compile(rf"(?<=[^\W\d_])[{LINE_END_HYPHENS}][^\S\n]*\n\s*(?=[^\W\d_])")
_ASCII_SPACE = re.compile("[\x01-\x20]+")


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
        """Returns the text without white space at either end."""
        start = len(self.text) - len(self.text.lstrip())
        return self.cut(start, start + len(self.text.strip()))

    def runs(self) -> tuple[Run, ...]:
        """Returns the stretches that map one to one onto a page's raw text."""
        runs: list[Run] = []
        first = self.places[0] if self.places else NOWHERE
        if first != NOWHERE and self.places == tuple(range(first, first + len(self.places))):
            return (Run(0, len(self.places), first // PAGE_STEP, first % PAGE_STEP),)
        for at, place in enumerate(self.places):
            if place == NOWHERE:
                continue
            last = runs[-1] if runs else None
            if (
                last
                and last.start + last.length == at
                and last.page * PAGE_STEP + last.raw_start + last.length == place
            ):
                runs[-1] = Run(last.start, last.length + 1, last.page, last.raw_start)
            else:
                runs.append(Run(at, 1, place // PAGE_STEP, place % PAGE_STEP))
        return tuple(runs)


def mapped(raw: str, page: int, start: int = 0) -> MappedText:
    """Returns raw text of a page with the place of each character."""
    base = page * PAGE_STEP + start
    return MappedText(raw, tuple(range(base, base + len(raw))))


def unmapped(text: str) -> MappedText:
    """Returns text that came from no page, such as a separator."""
    return MappedText(text, (NOWHERE,) * len(text))


def joined(parts: Iterable[MappedText], separator: str = "") -> MappedText:
    """Returns the parts one after the other with an unmapped separator between them."""
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
    """Returns the text with ligatures, odd quote marks, invisible characters and white space replaced.

    Every run of white space becomes one space with the place of its first character; white space at the ends
    goes, and so does a line end inside a word that a soft hyphen divides. Normalising twice changes nothing.
    """
    if raw.text.isascii() and "\x00" not in raw.text:
        return _normalised_ascii(raw)
    raw = _put_together(raw)
    text: list[str] = []
    places: list[int] = []
    for letter, place in zip(raw.text, raw.places, strict=True):
        for replacement in _shown(letter):
            if replacement.isspace():
                if text and text[-1] != " ":
                    text.append(" ")
                    places.append(place)
            else:
                text.append(replacement)
                places.append(place)
    return MappedText("".join(text), tuple(places)).strip()


def _put_together(raw: MappedText) -> MappedText:
    """Returns the text with words put together that a soft hyphen at the end of a line divides."""
    parts: list[MappedText] = []
    at = 0
    for found in _SOFT_LINE_END.finditer(raw.text):
        if raw.text[found.end()].islower():
            parts.append(raw.cut(at, found.start()))
            at = found.end()
    return joined([*parts, raw.cut(at)]) if parts else raw


def _normalised_ascii(raw: MappedText) -> MappedText:
    """Returns what ``normalised`` returns, some ten times faster, for text in which only white space changes."""
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


def _shown(letter: str) -> str:
    if letter in _REPLACED:
        return _REPLACED[letter]
    return _OTHER_GLYPH if unicodedata.category(letter) == "Co" else letter
