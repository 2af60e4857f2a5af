"""Actors and their groups, read from ``actors.toml``."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

NOT_NAMED = "Nobody named"
"""Group of duties that name no actor, as in "a referral should be made"."""


@dataclass(frozen=True, slots=True)
class ActorGroup:
    """A group of actors, with a pattern for their names."""

    name: str
    pattern: re.Pattern[str]


@cache
def actor_groups() -> tuple[ActorGroup, ...]:
    """Returns the groups in file order."""
    tables = tomllib.loads((files("assistant.coverage.duties") / "actors.toml").read_text(encoding="utf-8"))["group"]
    return tuple(
        ActorGroup(table["name"], re.compile(rf"\b(?:{'|'.join(table['phrases'])})", re.IGNORECASE)) for table in tables
    )


def named_actor(text: str) -> tuple[str, str] | None:
    """Returns the words and the group of the first actor named, the longer of two at one place; None for none."""
    actors = [(match.start(), -len(match.group()), match.group(), group.name) for group, match in _matches(text)]
    return min(actors)[2:] if actors else None


def group_of(actor: str) -> str:
    """Returns the group of an actor as worded; ``NOT_NAMED`` where it is in none."""
    named = named_actor(actor)
    return named[1] if named else NOT_NAMED


def groups_in(text: str) -> frozenset[str]:
    """Returns the groups of all actors that a text names."""
    return frozenset(each.name for each, _ in _matches(text))


def _matches(text: str) -> list[tuple[ActorGroup, re.Match[str]]]:
    matches = ((group, group.pattern.search(text)) for group in actor_groups())
    return [(group, match) for group, match in matches if match is not None]
