"""Who a duty falls on, by the groups of ``actors.toml``."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

NOT_NAMED = "Nobody named"
"""Group of duties whose words name no actor, as in "a referral should be made"."""


@dataclass(frozen=True, slots=True)
class ActorGroup:
    """One group, and what its members are called."""

    name: str
    pattern: re.Pattern[str]


@cache
def actor_groups() -> tuple[ActorGroup, ...]:
    """Returns the groups in the order of the file."""
    tables = tomllib.loads((files("assistant.coverage.duties") / "actors.toml").read_text(encoding="utf-8"))["group"]
    return tuple(
        ActorGroup(table["name"], re.compile(rf"\b(?:{'|'.join(table['phrases'])})", re.IGNORECASE)) for table in tables
    )


def named_actor(text: str) -> tuple[str, str] | None:
    """Returns the words and the group of the actor that is named first; the longer of two at one place, None for none."""
    found = [(match.start(), -len(match.group()), match.group(), each.name) for each, match in _matches(text)]
    return min(found)[2:] if found else None


def group_of(actor: str) -> str:
    """Returns the group of an actor as worded; ``NOT_NAMED`` where no group has it."""
    found = named_actor(actor)
    return found[1] if found else NOT_NAMED


def groups_in(text: str) -> frozenset[str]:
    """Returns the groups of every actor that a text names; none for none."""
    return frozenset(each.name for each, _ in _matches(text))


def _matches(text: str) -> list[tuple[ActorGroup, re.Match[str]]]:
    tries = ((each, each.pattern.search(text)) for each in actor_groups())
    return [(each, match) for each, match in tries if match is not None]
