"""What a trial found of each promise, and its table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Self


@dataclass(slots=True)
class Promise:
    """A promise that was looked at a number of times."""

    what: str
    times: int = 0
    broken: list[str] = field(default_factory=list)
    """What was found each time that it was broken."""

    def look(self, is_kept: bool, found: object = "") -> None:
        """Counts one look; ``found`` says what there was, where the promise was broken."""
        self.times += 1
        if not is_kept:
            self.broken.append(str(found)[:300])


class Promises:
    """The promises of a trial, in the order in which they were first looked at."""

    def __init__(self) -> None:
        self._by_name: dict[str, Promise] = {}

    def look(self, what: str, is_kept: bool, found: object = "") -> None:
        """Counts one look at a promise."""
        self._by_name.setdefault(what, Promise(what)).look(is_kept, found)

    def are_kept(self) -> bool:
        """Returns whether something was looked at and no promise was broken."""
        return bool(self._by_name) and not any(each.broken for each in self._by_name.values())

    def to_json(self) -> list[list[Any]]:
        """Returns the promises as plain JSON values."""
        return [[each.what, each.times, each.broken] for each in self._by_name.values()]

    @classmethod
    def from_json(cls, rows: list[list[Any]]) -> Self:
        """Returns the promises that ``to_json`` gave."""
        promises = cls()
        promises._by_name = {what: Promise(what, times, broken) for what, times, broken in rows}
        return promises

    def table(self, title: str, notes: Sequence[str] = ()) -> Iterator[str]:
        """Yields the lines of a report in Markdown."""
        yield from (f"## {title}", "", *notes, "")
        yield from ("| promise | looked at | broken |", "|---|---|---|")
        yield from (f"| {each.what} | {each.times} | {len(each.broken)} |" for each in self._by_name.values())
        for each in self._by_name.values():
            yield from (f"- broken: {each.what}: {found}" for found in each.broken)
