"""How hard a text is to read."""

from __future__ import annotations

import re
from functools import lru_cache

import pyphen

_WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")
_SENTENCE = re.compile(r"[.?!]+(?=\s|['’”]|$)")
STARTS_SCHOOL = 5
"""Age in the first grade, less one."""


def reading_age(text: str) -> float:
    """Returns the age in years from which a text is read with ease; 0 for no words.

    Source: Flesch-Kincaid grade level (J. P. Kincaid and others, "Derivation of new readability formulas for Navy enlisted
    personnel", 1975), plus five; syllables by hyphenation, which undercounts some.
    """
    words = _WORD.findall(text)
    if not words:
        return 0.0
    sentences = max(len(_SENTENCE.findall(text)), 1)
    syllables: int = sum(_hyphens().inserted(word).count("-") + 1 for word in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59 + STARTS_SCHOOL


@lru_cache(maxsize=1)
def _hyphens() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="en_GB")
