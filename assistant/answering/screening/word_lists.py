"""The word lists of screening, read once."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

_FOLDER = files("assistant.answering.screening") / "data"


def _lines(name: str) -> list[str]:
    text = (_FOLDER / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@cache
def word_list(name: str) -> frozenset[str]:
    """Returns the words of a list of words."""
    return frozenset(word for line in _lines(name) for word in line.split())


@cache
def known_phrases() -> re.Pattern[str]:
    """Returns what matches a known name of more than one word."""
    phrases = sorted((line for line in _lines("known_names.txt") if not line.isalnum()), key=len, reverse=True)
    inner = "|".join(re.escape(phrase).replace("'", "['’]").replace(r"\ ", r"\s") for phrase in phrases)
    return re.compile(rf"(?<!\w)(?:{inner})(?:['’]s)?(?!\w)", re.IGNORECASE)


@cache
def known_words() -> frozenset[str]:
    """Returns the known names of one word, in lower case."""
    return frozenset(line.lower() for line in _lines("known_names.txt") if line.isalnum())


@cache
def table(name: str) -> dict[str, Any]:
    """Returns a TOML file of patterns."""
    return tomllib.loads((_FOLDER / name).read_text(encoding="utf-8"))


@cache
def words_of(name: str, key: str) -> frozenset[str]:
    """Returns the words of one list of a TOML file."""
    return frozenset(table(name)[key])


@cache
def any_of(name: str, key: str) -> re.Pattern[str]:
    """Returns what matches any pattern of one list of a TOML file, whole words, any case."""
    inner = "|".join(table(name)[key])
    return re.compile(rf"(?<!\w)(?:{inner})(?!\w)", re.IGNORECASE)


@cache
def opening(name: str, key: str) -> re.Pattern[str]:
    """Returns what matches any pattern of one list of a TOML file at the beginning of a text."""
    inner = "|".join(table(name)[key])
    return re.compile(rf"(?:{inner})(?!\w)", re.IGNORECASE)


def is_everyday(folded: str) -> bool:
    """Returns whether a word in lower case is one of everyday English."""
    return folded in word_list("ordinary_words.txt") or folded in word_list("everyday_words.txt")


def is_given_name(folded: str) -> bool:
    """Returns whether a word in lower case is a given name and no word of everyday English."""
    return folded in word_list("first_names.txt") or folded in word_list("given_names.txt")
