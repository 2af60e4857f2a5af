"""Where notices are shown: at the quote that they belong to, or with the whole outcome."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar


class PlacedNotice(Protocol):
    """A notice or its view."""

    @property
    def citation(self) -> int | None:
        """Number of the citation that it belongs to."""


class Numbered(Protocol):
    """A citation or its view."""

    @property
    def number(self) -> int:
        """Its number."""


NoticeT = TypeVar("NoticeT", bound=PlacedNotice)


def of_whole(notices: Iterable[NoticeT]) -> tuple[NoticeT, ...]:
    """Returns the notices that belong to no citation."""
    return tuple(each for each in notices if each.citation is None)


def at(notices: Iterable[NoticeT], citation: Numbered) -> tuple[NoticeT, ...]:
    """Returns the notices that belong to a citation."""
    return tuple(each for each in notices if each.citation == citation.number)
