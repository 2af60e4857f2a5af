"""Words as the answering steps compare them: lower case, stemmed, without the empty ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import Stemmer

from assistant.text.stop_words import EMPTY

_SECTION = re.compile(r"(?<![\w'’])s\.?\s?(?=\d{1,3}\b)")
"""The "s." of a section of an Act, as in "s.47"."""
_WORD = re.compile(r"([a-z0-9]+)(?:['’][a-z]+)?")
_STEMMER = Stemmer.Stemmer("english")


def words(text: str) -> tuple[str, ...]:
    """Returns every word of a text in order, lower case, possessive endings cut; "s.47" is the one word "s47"."""
    lower = text.lower()
    found = _WORD.findall(lower)
    return tuple(_WORD.findall(_SECTION.sub("s", lower)) if "s" in found else found)


def runs(found: Sequence[str], length: int) -> list[tuple[str, ...]]:
    """Returns every run of so many words in a row, in order, repeats kept; [] where there are fewer."""
    return [tuple(found[at : at + length]) for at in range(len(found) - length + 1)]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Returns the stem of one lower-case word (Snowball English)."""
    return str(_STEMMER.stemWord(word))


@lru_cache(maxsize=8_192)
def content_words(text: str) -> tuple[str, ...]:
    """Returns the stems of the words that carry meaning, in order, repeats kept; () for none."""
    return tuple(stem(word) for word in words(text) if word not in EMPTY)
