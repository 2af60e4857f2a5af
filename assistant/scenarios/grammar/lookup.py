"""Words that trainers write for themes, agencies, settings and aims, taken to the ids that there are."""

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
        """What it is called."""


def ids_of(what: str, word: str, listed: Sequence[Listed]) -> tuple[str, ...]:
    """Returns the ids that a word stands for: an id, a title or another word for it; case and hyphens do not count.

    Raises:
        UsageError: It stands for nothing; the message names what is nearest, and what there is.
    """
    wanted = _even(word)
    found = tuple(each.id for each in listed if wanted in {_even(each.id), _even(each.title)})
    found = found or tuple(each.id for each in listed if wanted in {_even(also) for also in getattr(each, "also", ())})
    if found:
        return found
    near = get_close_matches(wanted, [_even(each.id) for each in listed], n=1)
    meant = next((f" Did you mean {each.id}?" for each in listed if near and _even(each.id) == near[0]), "")
    raise UsageError(f"{word}: no such {what}.{meant} There are: {', '.join(each.id for each in listed)}.")


def named(kind: type[Word], value: str, option: str) -> Word:
    """Returns the member of a list of words that a value names. Raises ``UsageError`` naming those there are."""
    found = next((each for each in kind if _even(each) == _even(value)), None)
    if found is None:
        raise UsageError(f"{option} {value}: not known. There are: {', '.join(kind)}.")
    return found


def first_ids(what: str, words: Iterable[str], listed: Sequence[Listed]) -> tuple[str, ...]:
    """Returns the first id of each word, each once. Raises ``UsageError`` as ``ids_of`` does."""
    return tuple(dict.fromkeys(ids_of(what, word, listed)[0] for word in words))


def _even(text: str) -> str:
    return _BETWEEN.sub(" ", text.casefold()).strip()
