"""The library as one reader sees it at one day."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from assistant.editions.access import open_to
from assistant.editions.in_force import excluded_at
from assistant.model import Edition
from assistant.ports import Snapshot


@dataclass(frozen=True, slots=True)
class LibraryView:
    """The library, the reader and the day that a report is made for."""

    snapshot: Snapshot
    groups: Collection[str] | None
    """The reader's groups; None sees every edition."""
    at: date
    asked_groups: tuple[str, ...] = ()
    """Groups whose documents stored questions touched: they set readers apart too."""

    def visible(self) -> tuple[Edition, ...]:
        """Returns the indexed editions that the reader may see."""
        indexed = self.snapshot.editions()
        return indexed if self.groups is None else open_to(indexed, self.groups)

    def known(self) -> tuple[Edition, ...]:
        """Returns the editions of the catalogue that are not indexed and that the reader may know of."""
        known = self.snapshot.known()
        return known if self.groups is None else open_to(known, self.groups)

    def answering(self) -> tuple[Edition, ...]:
        """Returns the visible editions that answer questions at the day."""
        visible = self.visible()
        hidden = set(excluded_at(visible, self.known(), self.at))
        return tuple(each for each in visible if each.edition_id not in hidden)

    def held(self) -> tuple[str, ...]:
        """Returns those of the reader's groups that some edition is restricted to, sorted; () for none."""
        every = {group for each in (*self.snapshot.editions(), *self.snapshot.known()) for group in each.groups}
        return tuple(sorted(every if self.groups is None else every & {*self.groups}))

    @property
    def scope(self) -> str:
        """Returns the groups held, with commas. Readers of one scope see the same editions and questions."""
        asked = self.asked_groups if self.groups is None else {*self.asked_groups} & {*self.groups}
        return ",".join(sorted({*self.held(), *asked}))
