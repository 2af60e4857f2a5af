"""Whether two texts speak of the same thing, judged by what remains of them when the values are taken out."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from assistant.text.english_words import english_words
from assistant.text.number_words import NUMBER_PHRASE
from assistant.text.stop_words import EMPTY
from assistant.text.words import stem, words

LIGHT = 1.2
"""Weight of a word that stands almost everywhere; others weigh by their rarity in English, 2 to 6."""
MOST = 6.0
UNKNOWN = 5.0
_TOTAL = 1e12
SUBJECT_SHARE = 0.5
"""Least share of each text's subject that the other text has to name."""


_NUMBERED = re.compile(
    rf"\b(?:stage|step|level|tier|phase|priority|section|form|key stage) (?:\d+|{NUMBER_PHRASE})\b", re.IGNORECASE
)


_ACTS = frozenset({"tell", "give", "gives", "get", "gets"})
"""Verbs among the empty words: they do not help to find a passage, and say what is to be done in it."""
_IN_NEED = re.compile(r"\bin need\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Words:
    same: Mapping[str, str]
    light: frozenset[str]
    apart: tuple[tuple[frozenset[str], ...], ...]


@cache
def _table() -> _Words:
    table = tomllib.loads((files("assistant.text.differences") / "same_words.toml").read_text(encoding="utf-8"))
    same = {stem(word): stem(group[0]) for group in reversed(table["groups"]) for word in group}
    apart = tuple(tuple(frozenset(map(stem, each.split())) for each in row) for row in table["apart"])
    return _Words(same, frozenset(map(stem, table["light"])), apart)


def topic(text: str) -> dict[str, float]:
    """Returns the words that say what a text is about, as stems (words for one thing as one), with their weights."""
    known = _table()
    found: dict[str, float] = {}
    for word in words(_IN_NEED.sub("inneed", text)):
        if (word in EMPTY and word not in _ACTS) or word.isdigit():
            continue
        stemmed = stem(word)
        found[known.same.get(stemmed, stemmed)] = LIGHT if stemmed in known.light else _weight(word)
    return found


@lru_cache(maxsize=20_000)
def _weight(word: str) -> float:
    count = english_words().get(word)
    return UNKNOWN if not count else min(MOST, max(2.0, math.log10(_TOTAL / count)))


def share(some: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Returns the weighted share of the words of one text that the other names; 1 where it has none."""
    total = sum(some.values())
    return sum(weight for word, weight in some.items() if word in other) / total if total else 1.0


def likeness(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Returns the weighted Dice coefficient of the words of two texts, 0 to 1; 0 where one has none."""
    total = sum(one.values()) + sum(other.values())
    both = sum(weight + other[word] for word, weight in one.items() if word in other)
    return both / total if one and other else 0.0


def are_apart(one: str, other: str) -> bool:
    """Returns whether the texts name different things of a kind, such as the "initial" and the "review" conference."""
    mine, theirs = ({stem(word) for word in words(text)} for text in (one, other))
    steps = [{match.group().lower() for match in _NUMBERED.finditer(text)} for text in (one, other)]
    return (all(steps) and not steps[0] & steps[1]) or any(_is_apart(row, mine, theirs) for row in _table().apart)


def _is_apart(row: Sequence[frozenset[str]], mine: set[str], theirs: set[str]) -> bool:
    in_mine, in_theirs = ([at for at, each in enumerate(row) if each & text] for text in (mine, theirs))
    return bool(in_mine and in_theirs) and not set(in_mine) & set(in_theirs)
