"""Where each character of a plain text stood in the text as it was typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from assistant.text.plain_text import plain_text

Origin = tuple[int, int]
"""Start and end in the typed text, in code points."""
_SPACES = re.compile(r"\s+")
_JAMO = range(0x1160, 0x1200)
"""Vowels and final consonants of Hangul, which join the letter before them."""


def plain_origins(text: str) -> tuple[Origin, ...]:
    """Returns for each character of ``plain_text(text)`` what it comes from; () where that cannot be told.

    A letter with its marks comes from all of them, and each letter of a ligature from the whole of it; what is not
    visible counts to the character before it.
    """
    pieces, origins = [], []
    for start, end in _clusters(text):
        shown = _shown(text[start:end])
        pieces.append(shown)
        origins += [(start, end)] * len(shown)
    spread = "".join(pieces)
    kept = list(_without_extra_spaces(spread))
    plain = "".join(character for _, character in kept)
    return tuple(origins[place] for place, _ in kept) if plain == plain_text(text) else ()


def _clusters(text: str) -> Iterator[Origin]:
    """Yields stretches that normalise by themselves: a character, and what joins it or cannot be seen."""
    if text.isascii():
        yield from ((place, place + 1) for place in range(len(text)))
        return
    starts = [place for place, character in enumerate(text) if place == 0 or not _joins(character)]
    yield from pairwise((*starts, len(text)))


def _joins(character: str) -> bool:
    category = unicodedata.category(character)
    return category in ("Mn", "Mc", "Me", "Cf", "Cs", "Co", "Cn", "Lm") or ord(character) in _JAMO


def _shown(cluster: str) -> str:
    """Returns a cluster as a plain text shows it; white space stays as it is, wherever it stands."""
    is_plain = cluster.isascii() and cluster.isprintable()
    return cluster if is_plain else plain_text(f"x{cluster}x")[1:-1]


def _without_extra_spaces(text: str) -> Iterator[tuple[int, str]]:
    """Yields place and character of a text with its white space made single, and none at either end."""
    spaces = {match.start(): match for match in _SPACES.finditer(text)}
    last = len(text.rstrip())
    place = len(text) - len(text.lstrip())
    while place < last:
        if match := spaces.get(place):
            yield place, "\n" if "\n" in match.group() else " "
            place = match.end()
        else:
            yield place, text[place]
            place += 1
