"""What becomes of a hyphen or dash at the end of a line: part of its word, or where the line broke it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.text.english_words import english_words

_HYPHENS = "-\u2010"
"""WeasyPrint divides words by U+2010, other programs by the hyphen of ASCII."""
_END = re.compile(rf"(\S*?)([^\W_]+)([{_HYPHENS}–])$")
_START = re.compile(r"[^\W_]+(?:[’'][^\W_]+)?")
_ADDRESS = re.compile(r"://|\bwww\.", re.IGNORECASE)
_COMMON = 10_000_000
"""Count in English from which a word is read as one although the document has other words with its beginning and a hyphen."""


def is_divided(text: str, following: str) -> bool:
    """Returns whether the last word of a line goes on in the next one, after a hyphen or a dash."""
    end = _END.search(text)
    return end is not None and _START.match(following) is not None


def keeps_hyphen(text: str, following: str, vocabulary: Mapping[str, int]) -> bool:
    """Returns whether the hyphen or dash at the end of a line belongs to its word.

    It does in ranges, numbers and addresses, before a capital, and where the document has the word with a hyphen. It
    goes where the document has the word without one; where the document is silent, English words decide.

    Args:
        text: Of the line, to its end.
        following: The next line.
        vocabulary: How often each word occurs in the document, in lower case.
    """
    end, start = _END.search(text), _START.match(following)
    if end is None or start is None:
        return True
    before, stem, rest = end[1], end[2], start[0]
    is_spelled = stem.isalpha() and rest[0].islower() and end[3] in _HYPHENS and not any(map(str.isdigit, before))
    if not is_spelled or _ADDRESS.search(before):
        return True
    stem, rest = stem.lower(), rest.lower()
    if before.endswith(tuple(_HYPHENS)):
        return f"{before.lower()}{stem}{rest}" not in vocabulary
    is_whole, is_hyphened = vocabulary.get(stem + rest, 0) > 0, vocabulary.get(f"{stem}-{rest}", 0) > 0
    if is_whole or is_hyphened:
        return is_hyphened
    return not _is_english(stem, rest, vocabulary)


def _is_english(stem: str, rest: str, vocabulary: Mapping[str, int]) -> bool:
    """Returns whether two parts are one word of English, or the second is no word at all."""
    english = english_words()
    count = english.get(stem + rest, 0)
    if count:
        return count >= _COMMON or not any(word.startswith(f"{stem}-") for word in vocabulary)
    return rest not in english and rest not in vocabulary
