"""English words with how often each occurs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def english_words() -> Mapping[str, int]:
    """Returns English words in lower case, each with its count in a large collection of books.

    Source: the list of symspellpy, made of Google Books Ngrams and the Spell Checker Oriented Word Lists.
    """
    lines = (files("symspellpy") / "frequency_dictionary_en_82_765.txt").read_text(encoding="utf-8-sig").splitlines()
    return {word: int(count) for word, count in (line.split() for line in lines if line.strip())}
