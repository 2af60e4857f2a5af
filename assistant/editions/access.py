"""Editions restricted to some groups: for everybody else they do not exist."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from assistant.model import Edition


def is_open(edition: Edition, groups: Collection[str]) -> bool:
    """Returns whether somebody with these groups may see an edition; one that names no group is for everybody."""
    return edition.is_open_to(groups)


def open_to(editions: Iterable[Edition], groups: Collection[str]) -> tuple[Edition, ...]:
    """Returns the editions that somebody with these groups may see."""
    return tuple(each for each in editions if is_open(each, groups))
