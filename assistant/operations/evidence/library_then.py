"""The library as at a time: what was published here then, as far as a reader may see it then and now."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from assistant.editions.in_force import is_in_force
from assistant.editions.visible_snapshot import VisibleSnapshot
from assistant.model import Edition, EditionId
from assistant.ports import Library, Snapshot
from assistant.ports.library import ErasedEdition, Publication


class Basis(StrEnum):
    """Which state of the library a question is answered from."""

    AS_PUBLISHED = "as_published"
    """The state that was published here at that time."""
    BEFORE_HISTORY = "before_history"
    """Today's: nothing is stored of the library of that time."""
    OTHER_EMBEDDER = "other_embedder"
    """Today's: the library of that time was made for another search model."""


@dataclass(frozen=True, slots=True)
class LibraryThen:
    """A state of the library, and how it differs from today's for the reader."""

    snapshot: Snapshot
    """As the reader may see it."""
    basis: Basis
    publication: Publication
    """Of the generation that is read, as the reader sees it."""
    history_since: datetime
    """When the first stored state of the library was published."""
    later: tuple[Edition, ...] = ()
    """Editions in force at that time that were published here later."""
    changed: tuple[Edition, ...] = ()
    """Editions whose file was replaced here since under the same id."""
    erased: tuple[EditionId, ...] = ()
    """Editions that the library held then and that were erased since."""


@contextmanager
def library_then(
    library: Library, at: datetime, groups: Collection[str], *, is_searched: bool = True
) -> Iterator[LibraryThen]:
    """Yields the library as at a time, for a reader with these groups.

    What the reader might not see then, or may not see now, is not in it.

    Args:
        library: The library.
        at: The time, with its zone.
        groups: The reader's groups.
        is_searched: False where only texts are read; a state of another search model can then be read too.

    Raises:
        LibraryEmpty: Nothing has been published yet.
        LibraryError: The state of that time cannot be read.
    """
    with ExitStack() as stack:
        now = stack.enter_context(library.open())
        published, seen = library.publications(), library.publications(groups)
        then = _at(published, at)
        basis = _basis(then, is_searched)
        used = then if then is not None and basis is Basis.AS_PUBLISHED else published[-1]
        whole = (
            now
            if used.until is None
            else stack.enter_context(library.open_earlier(used.number, is_searched=is_searched))
        )
        hidden = frozenset(e.edition_id for e in (*now.editions(), *now.known()) if not e.is_open_to(groups))
        snapshot = _seen(whole, groups, hidden)
        current = _open(now.editions(), groups, frozenset())
        yield LibraryThen(
            snapshot,
            basis,
            _at(seen, used.since) or used,
            seen[0].since,
            _later(snapshot.editions(), current, at),
            _changed(snapshot.editions(), current),
            _erased(library.erased(used.number), groups, hidden),
        )


def _at(published: Sequence[Publication], at: datetime) -> Publication | None:
    return next((each for each in reversed(published) if each.since <= at), None)


def _basis(then: Publication | None, is_searched: bool) -> Basis:
    if then is None:
        return Basis.BEFORE_HISTORY
    return Basis.OTHER_EMBEDDER if is_searched and not then.is_searchable else Basis.AS_PUBLISHED


def _seen(whole: Snapshot, groups: Collection[str], hidden: Collection[EditionId]) -> Snapshot:
    editions, known = _open(whole.editions(), groups, hidden), _open(whole.known(), groups, hidden)
    if len(editions) == len(whole.editions()) and len(known) == len(whole.known()):
        return whole
    return VisibleSnapshot(whole, editions, known)


def _open(editions: Sequence[Edition], groups: Collection[str], hidden: Collection[EditionId]) -> tuple[Edition, ...]:
    return tuple(each for each in editions if each.is_open_to(groups) and each.edition_id not in hidden)


def _erased(
    erased: Sequence[ErasedEdition], groups: Collection[str], hidden: Collection[EditionId]
) -> tuple[EditionId, ...]:
    visible = (each for each in erased if not each.groups or {*each.groups} & {*groups})
    return tuple(each.edition_id for each in visible if each.edition_id not in hidden)


def _later(then: Sequence[Edition], now: Sequence[Edition], at: datetime) -> tuple[Edition, ...]:
    held = {each.edition_id for each in then}
    return tuple(each for each in now if each.edition_id not in held and is_in_force(each, at.date()))


def _changed(then: Sequence[Edition], now: Sequence[Edition]) -> tuple[Edition, ...]:
    files = {each.edition_id: each.sha256 for each in then}
    return tuple(each for each in now if each.edition_id in files and files[each.edition_id] != each.sha256)
