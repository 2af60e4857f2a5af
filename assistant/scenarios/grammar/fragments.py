"""Fills a fragment: picks alternatives, replaces placeholders, capitalises sentences."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from assistant.model.scenario import Person, Setting

PLACEHOLDERS = frozenset(
    "child he him his himself parent p_he p_him p_his sibling friend adult a_he a_him a_his worker other lead place".split()
)
PARTS = ("child", "parent", "sibling", "friend", "adult")
"""Placeholders for people of the cast."""
_BRACED = re.compile(r"\{([^{}]*)\}")
_ALTERNATIVES = re.compile(r"\{([^{}|]*(?:\|[^{}|]*)+)\}")
_SENTENCE = re.compile(r"(^[‘“]?|[.!?]['’”\"]?\s+[‘“]?)([a-z])")
_CURLED = (
    (re.compile(r"(?<![\w.,?!’])\"(?=\w)"), "“"),
    (re.compile(r"\""), "”"),
    (re.compile(r"(?<![\w.,?!”])'(?=\w)"), "‘"),
    (re.compile(r"'"), "’"),
)
_GIRL = {"he": "she", "him": "her", "his": "her", "himself": "herself"}


@dataclass(frozen=True, slots=True)
class Cast:
    """The people and places behind the placeholders of a story."""

    people: Mapping[str, Person]
    setting: Setting
    other: str

    def words(self) -> dict[str, str]:
        """Returns the replacement of each placeholder."""
        child, parent, adult = (self.people[part] for part in ("child", "parent", "adult"))
        named = {part: self.people[part].name for part in PARTS}
        return {
            **named,
            **{word: pronoun(word, child) for word in _GIRL},
            **{f"p_{word}": pronoun(word, parent) for word in ("he", "him", "his")},
            **{f"a_{word}": pronoun(word, adult) for word in ("he", "him", "his")},
            "worker": self.setting.worker,
            "lead": self.setting.lead,
            "place": self.setting.place,
            "other": self.other,
        }


def pronoun(word: str, person: Person) -> str:
    """Returns he, him, his or himself in the right form for a person."""
    return _GIRL[word] if person.is_girl else word


def braced(text: str) -> tuple[str, ...]:
    """Returns the contents of each pair of braces, in order."""
    return tuple(_BRACED.findall(text))


def parts_in(text: str) -> frozenset[str]:
    """Returns the parts of the cast that a text names."""
    return frozenset(part for part in PARTS if f"{{{part}}}" in text)


def varied(text: str, pick: Callable[[tuple[str, ...], int], str]) -> str:
    """Returns a text with one alternative of each group.

    Args:
        text: ``{a|b}`` marks alternatives.
        pick: Called with the alternatives and the index of the group; returns one.
    """
    place = iter(range(len(text)))
    return _ALTERNATIVES.sub(lambda match: pick(tuple(match.group(1).split("|")), next(place)), text)


def filled(text: str, words: Mapping[str, str]) -> str:
    """Returns a text with every placeholder replaced and every sentence capitalised.

    Raises:
        KeyError: A placeholder is unknown.
    """
    whole = curled(_BRACED.sub(lambda match: words[match.group(1)], " ".join(text.split())))
    return _SENTENCE.sub(lambda match: match.group(1) + match.group(2).upper(), whole)


def curled(text: str) -> str:
    """Returns a text with straight quotation marks and apostrophes made typographic."""
    for pattern, mark in _CURLED:
        text = pattern.sub(mark, text)
    return text
