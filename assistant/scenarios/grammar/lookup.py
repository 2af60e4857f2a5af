"""Looks up the ids that a trainer's words for themes, agencies, settings and aims stand for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from enum import StrEnum
from typing import Protocol, TypeVar

from assistant.errors import UsageError

Word = TypeVar("Word", bound=StrEnum)
_BETWEEN = re.compile(r"[\W_]+")


class Listed(Protocol):
    """Something that has an id and a title."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def title(self) -> str:
        """Its title."""


def matching_ids(what: str, word: str, listed: Sequence[Listed]) -> tuple[str, ...]:
    """Returns the ids that a word stands for, as an id, title or alternative name, ignoring case and hyphens.

    Raises:
        UsageError: It stands for none; the message suggests the nearest id and lists all.
    """
    key = _normalised(word)
    ids = tuple(each.id for each in listed if key in {_normalised(each.id), _normalised(each.title)})
    ids = ids or tuple(each.id for each in listed if key in {_normalised(also) for also in getattr(each, "also", ())})
    if ids:
        return ids
    near = get_close_matches(key, [_normalised(each.id) for each in listed], n=1)
    meant = next((f" Did you mean {each.id}?" for each in listed if near and _normalised(each.id) == near[0]), "")
    raise UsageError(f"{word}: no such {what}.{meant} There are: {', '.join(each.id for each in listed)}.")


def member_named(kind: type[Word], value: str, option: str) -> Word:
    """Returns the enum member that a value names. Raises ``UsageError`` listing the members."""
    member = next((each for each in kind if _normalised(each) == _normalised(value)), None)
    if member is None:
        raise UsageError(f"{option} {value}: unknown. Choose from: {', '.join(kind)}.")
    return member


def first_ids(what: str, words: Iterable[str], listed: Sequence[Listed]) -> tuple[str, ...]:
    """Returns the first matching id of each word, without duplicates. Raises ``UsageError`` like ``matching_ids``."""
    return tuple(dict.fromkeys(matching_ids(what, word, listed)[0] for word in words))


def _normalised(text: str) -> str:
    return _BETWEEN.sub(" ", text.casefold()).strip()
