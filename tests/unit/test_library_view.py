from dataclasses import dataclass
from datetime import date
from typing import cast

from assistant.editions.library_view import LibraryView
from assistant.model import Edition, EditionId, Kind
from assistant.ports import Snapshot


def edition(name: str, *groups: str) -> Edition:
    return Edition(EditionId(name), name, name, Kind.POLICY, groups=groups, sha256="0" * 64)


@dataclass(frozen=True)
class Shelf:
    """As much of a snapshot as a reader asks for."""

    indexed: tuple[Edition, ...]
    catalogue: tuple[Edition, ...] = ()

    def editions(self) -> tuple[Edition, ...]:
        return self.indexed

    def known(self) -> tuple[Edition, ...]:
        return self.catalogue


def view(shelf: Shelf, *groups: str) -> LibraryView:
    return LibraryView(cast(Snapshot, shelf), groups, date(2026, 11, 27))


def test_readers_who_see_other_editions_are_of_other_scopes():
    shelf = Shelf((edition("both", "a", "b"), edition("one", "a"), edition("open")), (edition("to-come", "c"),))
    seen = {
        each.scope: (each.visible(), each.known())
        for each in (view(shelf, "a"), view(shelf, "b"), view(shelf, "c"), view(shelf), view(shelf, "x"))
    }
    assert set(seen) == {"a", "b", "c", ""}
    assert len(set(seen.values())) == 4


def test_who_sees_everything_is_of_the_scope_of_all_groups():
    shelf = Shelf((edition("one", "a"),), (edition("to-come", "c"),))
    assert LibraryView(cast(Snapshot, shelf), None, date(2026, 11, 27)).scope == view(shelf, "a", "c").scope == "a,c"
