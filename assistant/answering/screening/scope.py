"""Recognises questions that are out of scope, only where that is certain, and those too vague to search."""

from __future__ import annotations

import re

from assistant.answering.screening.word_lists import any_of, table

_FILE = "scope.toml"
_WORD = re.compile(r"[^\W_]+")
_PLACEHOLDER = re.compile(r"\[[a-zA-Z -]+\]")
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefg")
_FEW_WORDS = 4
_LETTERS = re.compile(r"[^\W\d_]+")


def is_out_of_scope(text: str) -> bool:
    """Returns whether a question is certainly not about safeguarding.

    Some words are enough by themselves; others only where no word of the field stands beside them.
    """
    if any_of(_FILE, "elsewhere").search(text):
        return True
    return any_of(_FILE, "outside").search(text) is not None and any_of(_FILE, "field").search(text) is None


def is_nothing_left(text: str) -> bool:
    """Returns whether only placeholders, marks and numbers are left, with no more than words that join them.

    A text that was empty from the beginning, or only an instruction, is no such text.
    """
    bare = _PLACEHOLDER.sub(" ", text)
    words = [word.lower() for word in _LETTERS.findall(bare)]
    if not words or (len(words) <= _FEW_WORDS and all(map(_is_noise, words))):
        return bool(text.strip())
    said = table(_FILE)
    empty = {*said["joining"], *said["filler"], *said["chatter"]} - {*said["asking"]}
    return bare != text and all(word in empty for word in words)


def _is_noise(word: str) -> bool:
    """Returns whether letters make no word: keys struck at random, one letter again and again."""
    if word in table(_FILE)["filler"]:
        return True
    return len(word) > 2 and (len(set(word)) == 1 or any(word in keys or word in keys[::-1] for keys in _KEYS))


def is_too_vague(text: str, has_history: bool) -> bool:
    """Returns whether nothing can be searched for: no word that says what about, and no earlier turn to lean on."""
    chatter = {*table(_FILE)["chatter"], *table(_FILE)["filler"], *table(_FILE)["somebody"]}
    return not has_history and all(word in chatter for word in _WORD.findall(text.lower()))
