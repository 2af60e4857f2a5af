"""Sources that the library follows: the store of what is known of them, and the service over it, as Protocols."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import Protocol

from assistant.model import Document, EditionId, Generation
from assistant.model.people import Asker
from assistant.model.sources import (
    Decision,
    EditionMark,
    FetchedItem,
    FollowedSource,
    NewSource,
    SourceId,
    SourceState,
    StagedChange,
    SyncRun,
)

OnFetch = Callable[[str, int], None]
"""Called with each address that a sync looks at, and how many it has looked at; raising stops the sync."""


class SourceStore(Protocol):
    """Sources, their runs, what was fetched and what is staged. A call that has returned survives a crash."""

    def add(self, source: FollowedSource, next_run: datetime) -> bool:
        """Adds a source that is due at a time; returns False where there is one of this id already."""

    def source(self, source_id: SourceId) -> FollowedSource | None:
        """Returns a source, None where there is none of this id."""

    def sources(self) -> tuple[FollowedSource, ...]:
        """Returns every source, by name and id."""

    def change_source(self, source: FollowedSource) -> bool:
        """Saves a source with other terms, options, metadata or rule; returns whether there is one of this id."""

    def remove(self, source_id: SourceId) -> bool:
        """Removes a source with its runs, items and staged changes; returns whether there was one. Marks go with it."""

    def state(self, source_id: SourceId) -> SourceState:
        """Returns how it goes with a source; a new one for an unknown id."""

    def save_state(self, state: SourceState) -> None:
        """Saves what a state holds besides runs and counts: pause, next run, last success, failures."""

    def begin_run(self, run: SyncRun) -> None:
        """Saves a run that begins."""

    def save_run(self, run: SyncRun) -> None:
        """Saves how a run goes or ended."""

    def runs(self, source_id: SourceId, limit: int = 50) -> tuple[SyncRun, ...]:
        """Returns the last runs of a source, newest first."""

    def item(self, source_id: SourceId, address: str) -> FetchedItem | None:
        """Returns what was last seen at an address, None where it was never looked at."""

    def items(self, source_id: SourceId) -> tuple[FetchedItem, ...]:
        """Returns what was last seen at every address of a source, by address."""

    def save_items(self, items: Sequence[FetchedItem], changes: Sequence[StagedChange] = ()) -> None:
        """Saves items and stages changes, in one transaction.

        A change of an address that waits already takes the place of the earlier one, which is overtaken.
        """

    def forget_items(self, source_id: SourceId, addresses: Collection[str]) -> None:
        """Removes what was seen at addresses."""

    def change(self, change_id: str) -> StagedChange | None:
        """Returns a staged change, None where there is none of this id."""

    def changes(
        self,
        source_id: SourceId | None = None,
        *,
        decision: Decision | None = Decision.WAITING,
        since: datetime | None = None,
        limit: int = 1000,
    ) -> tuple[StagedChange, ...]:
        """Returns staged changes, the newest first, ties by address.

        Args:
            source_id: Of one source; None for every source.
            decision: Those with this decision; None for any.
            since: Found, or decided, at this time or later.
            limit: Most to return.
        """

    def decide(self, change_ids: Collection[str], decision: Decision, at: datetime, by: str) -> int:
        """Notes what became of changes that wait; returns how many did."""

    def by_person(self, user_id: str) -> tuple[FollowedSource | StagedChange, ...]:
        """Returns the sources that a person added and the changes that they decided, by id."""

    def forget_who(self, user_id: str) -> int:
        """Takes a person's name off sources and decisions, which stay; returns how many."""

    def purge(self, before: datetime) -> int:
        """Removes syncs that started and changes that were decided before a time; returns how many.

        The last sync of each source stays.
        """

    def marks(self) -> tuple[EditionMark, ...]:
        """Returns the marks of editions, by edition id."""

    def save_marks(self, source_id: SourceId, marks: Sequence[EditionMark]) -> None:
        """Replaces the marks that a source gave."""


@dataclass(frozen=True, slots=True)
class SourceWithState:
    """A source and how it goes with it."""

    source: FollowedSource
    state: SourceState


@dataclass(frozen=True, slots=True)
class ChangeTexts:
    """Both sides of a staged change, read as they are or would be indexed."""

    change: StagedChange
    before: Document | None
    """The published edition; None for a new document."""
    after: Document | None
    """What publishing would make; None for a document that is withdrawn or suspicious."""


class Sources(Protocol):
    """Follows sources: adds, syncs, stages, publishes.

    ``asker`` is None for the operator at the command line, who sees everything. What an asker may not see does not
    exist for them: a source whose documents are for other groups is none.
    """

    def add(self, asker: Asker | None, new: NewSource) -> FollowedSource:
        """Returns a source that is followed from now on; nothing is fetched yet.

        Raises:
            UsageError: Its address, patterns or terms cannot be used, or it is followed already; names the fix.
        """

    def change(self, asker: Asker | None, source_id: str, new: NewSource) -> FollowedSource:
        """Returns a source with other terms, options, metadata or rule. Raises ``UsageError``; kind and address stay."""

    def listed(self, asker: Asker | None) -> tuple[SourceWithState, ...]:
        """Returns the sources that the asker may see with their states, by name."""

    def one(self, asker: Asker | None, source_id: str) -> SourceWithState:
        """Returns a source with its state. Raises ``UsageError`` where there is none of this id for the asker."""

    def sync(
        self, asker: Asker | None, source_id: str, on_fetch: OnFetch | None = None, *, by_hand: bool = True
    ) -> SyncRun:
        """Returns the run that fetched what is new into staging; published documents stay as they are.

        Args:
            asker: Who asks for it.
            source_id: The source.
            on_fetch: Called with each address.
            by_hand: Whether somebody asked for it now: a paused source is synced too, and a run that failed is not
                waited for.

        Raises:
            UsageError: There is no such source for the asker, or (not by hand) it is paused.
            SourceBusy: Another process or thread syncs it now.
        """

    def due(self, at: datetime) -> tuple[SourceId, ...]:
        """Returns the sources that are to be synced at a time, the one that waits longest first; none that is paused."""

    def pause(self, asker: Asker | None, source_id: str) -> SourceState:
        """Returns the state of a source that is not synced by the schedule any more. Raises ``UsageError``."""

    def resume(self, asker: Asker | None, source_id: str) -> SourceState:
        """Returns the state of a source that is due now. Raises ``UsageError``."""

    def touched(self, source_id: SourceId) -> None:
        """Makes a watched folder in which something changed due soon, once its files have settled; none that is paused."""

    def watch(self, stop: Event) -> None:
        """Makes watched folders due as soon as something changes in them, until ``stop`` is set."""

    def remove(self, asker: Asker | None, source_id: str) -> None:
        """Stops following a source and removes what is staged of it; its published documents stay. Raises ``UsageError``."""

    def history(self, asker: Asker | None, source_id: str, limit: int = 50) -> tuple[SyncRun, ...]:
        """Returns the last runs of a source, newest first. Raises ``UsageError``."""

    def changes(
        self,
        asker: Asker | None,
        source_id: str | None = None,
        *,
        decision: Decision | None = Decision.WAITING,
        since: datetime | None = None,
        limit: int = 1000,
    ) -> tuple[StagedChange, ...]:
        """Returns staged changes that the asker may see, the newest first. Raises ``UsageError`` for an unknown source."""

    def texts(self, asker: Asker | None, change_id: str) -> ChangeTexts:
        """Returns both sides of a staged change.

        Raises:
            UsageError: There is no such change for the asker.
            DocumentError: The staged file cannot be read.
        """

    def file(self, asker: Asker | None, change_id: str) -> Path | None:
        """Returns the staged file of a change; None where it has none, or there is no such change for the asker."""

    def accept(self, asker: Asker | None, change_ids: Collection[str], *, by: str | None = None) -> Generation:
        """Publishes staged changes in one step; returns the generation as the asker sees it.

        A new document is added; a changed one becomes a new edition that supersedes the one before; a moved one gets
        its new address; a withdrawn one is removed from the library (a rollback of the last publication undoes it).

        Args:
            asker: Who publishes.
            change_ids: Staged changes that wait.
            by: Who decided, for the history; the asker's user id unless given ("rule" for a publishing rule).

        Raises:
            UsageError: One of them is not there for the asker, was decided already, or is suspicious and nothing of it
                can be published: a suspicious one with a staged file is published as a change, one whose document is
                gone is removed, any other one is discarded or waits for the next sync.
            DocumentError: A staged file cannot be read; nothing is published.
        """

    def discard(self, asker: Asker | None, change_ids: Collection[str]) -> int:
        """Discards staged changes; returns how many. The same content is not staged again. Raises ``UsageError``."""

    def marks(self) -> tuple[EditionMark, ...]:
        """Returns what publishers say of published editions as a whole: withdrawn, superseded."""

    def edition_ids(self, asker: Asker | None, source_id: str) -> tuple[EditionId, ...]:
        """Returns the published editions that came from a source, sorted. Raises ``UsageError``."""
