"""SourceService: sources are added, synced into staging, and what is staged is published or discarded."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import httpx

from assistant.errors import UsageError
from assistant.model import EditionId, Generation
from assistant.model.people import Asker
from assistant.model.sources import (
    Decision,
    EditionMark,
    FollowedSource,
    NewSource,
    SourceId,
    SourceState,
    StagedChange,
    SyncRun,
)
from assistant.ports import ChangeTexts, OnFetch, SourceStore, SourceWithState
from assistant.settings import Settings
from ingest.sources.adding import checked_details, named, new_source
from ingest.sources.editions import new_edition, next_edition
from ingest.sources.publishing import publish_changes
from ingest.sources.reconcile import ALL, reconcile
from ingest.sources.staged_files import StagedFiles
from ingest.sources.sync import SyncContext, sync_source
from ingest.sources.sync_locks import SyncLocks
from ingest.sources.texts import ReadOneFile
from ingest.sources.watching import due_after_event, watched_until
from ingest.uploads.publisher import UploadPublisher

Clock = Callable[[], datetime]


def _now() -> datetime:
    return datetime.now(UTC)


class SourceService:
    """Follows sources; safe in threads and processes. See ``assistant.ports.Sources``.

    Args:
        store: Where sources and their state are stored.
        publisher: Publishes what is staged.
        settings: The data folder, and how sources are followed.
        transport: Carries requests; the guarded one unless given, for tests.
        now: The time.
        sleep: Waits some seconds.
        read: Reads a file; in a process of its own, within limits, unless given.
    """

    def __init__(
        self,
        store: SourceStore,
        publisher: UploadPublisher,
        settings: Settings,
        *,
        transport: httpx.BaseTransport | None = None,
        now: Clock = _now,
        sleep: Callable[[float], None] = time.sleep,
        read: ReadOneFile | None = None,
    ) -> None:
        self._store = store
        self._publisher = publisher
        self._settings = settings
        self._transport = transport
        self._now = now
        self._sleep = sleep
        self._read = read
        self._staged = StagedFiles(settings.data)
        self._locks = SyncLocks(settings.data)

    def add(self, asker: Asker | None, new: NewSource) -> FollowedSource:
        """Returns a source that is followed from now on; nothing is fetched yet. Raises ``UsageError``."""
        by = None if asker is None else asker.user_id
        now = self._now()
        visible = [each for each in self._store.sources() if _may_see(each, asker)]
        source = new_source(new, visible, self._settings, at=now, by=by)
        if not self._store.add(source, now):
            raise UsageError(f"{source.source_id}: somebody added a source of this name just now. Add it again.")
        return source

    def change(self, asker: Asker | None, source_id: str, new: NewSource) -> FollowedSource:
        """Returns a source with other terms, options, metadata or rule. Raises ``UsageError``; kind and address stay."""
        source, checked = self._visible(asker, source_id), checked_details(new)
        changed = replace(
            source,
            name=named(new.name) or source.name,
            terms=checked.terms,
            options=checked.options,
            documents=checked.documents,
            rule=checked.rule,
        )
        self._store.change_source(changed)
        return changed

    def listed(self, asker: Asker | None) -> tuple[SourceWithState, ...]:
        """Returns the sources that the asker may see with their states, by name."""
        return tuple(self._with_state(each) for each in self._store.sources() if _may_see(each, asker))

    def one(self, asker: Asker | None, source_id: str) -> SourceWithState:
        """Returns a source with its state. Raises ``UsageError`` where there is none of this id for the asker."""
        return self._with_state(self._visible(asker, source_id))

    def sync(
        self, asker: Asker | None, source_id: str, on_fetch: OnFetch | None = None, *, by_hand: bool = True
    ) -> SyncRun:
        """Returns the run that fetched what is new into staging. Raises ``UsageError``, ``SourceBusy``."""
        source = self._visible(asker, source_id)
        if not by_hand and self._store.state(source.source_id).is_paused:
            raise UsageError(f"{source.source_id}: is paused. Resume it, or sync it by hand.")
        with self._locks.held(source.source_id):
            editions = self._publisher.editions()
            reconcile(source, self._store, self._staged, editions, self._publisher.text_of, self._now())
            context = SyncContext(
                self._store, self._staged, self._settings, self._now, editions, self._transport, on_fetch, self._sleep,
                self._read,
            )  # fmt: skip
            return sync_source(source, context)

    def due(self, at: datetime) -> tuple[SourceId, ...]:
        """Returns the sources that are to be synced at a time, the one that waits longest first; none that is paused."""
        states = [self._store.state(each.source_id) for each in self._store.sources()]
        waiting = [(each.next_run, each.source_id) for each in states if not each.is_paused and each.next_run]
        return tuple(source_id for next_run, source_id in sorted(waiting) if next_run <= at)

    def pause(self, asker: Asker | None, source_id: str) -> SourceState:
        """Returns the state of a source that is not synced by the schedule any more. Raises ``UsageError``."""
        source = self._visible(asker, source_id)
        self._store.save_state(replace(self._store.state(source.source_id), is_paused=True, next_run=None))
        return self._with_state(source).state

    def resume(self, asker: Asker | None, source_id: str) -> SourceState:
        """Returns the state of a source that is due now. Raises ``UsageError``."""
        source = self._visible(asker, source_id)
        state = self._store.state(source.source_id)
        self._store.save_state(replace(state, is_paused=False, next_run=self._now(), failures=0, failing_since=None))
        return self._with_state(source).state

    def touched(self, source_id: SourceId) -> None:
        """Makes a watched folder in which something changed due soon, once its files have settled; none that is paused."""
        state, soon = self._store.state(source_id), due_after_event(self._now())
        if not state.is_paused and (state.next_run is None or state.next_run > soon):
            self._store.save_state(replace(state, next_run=soon))

    def watch(self, stop: Event) -> None:
        """Makes watched folders due as soon as something changes in them, until ``stop`` is set."""
        watched_until(stop, self._followed, self.touched)

    def _followed(self) -> tuple[FollowedSource, ...]:
        return tuple(each for each in self._store.sources() if not self._store.state(each.source_id).is_paused)

    def remove(self, asker: Asker | None, source_id: str) -> None:
        """Stops following a source and removes what is staged of it; its published documents stay. Raises ``UsageError``."""
        source = self._visible(asker, source_id)
        with self._locks.held(source.source_id):
            self._store.remove(source.source_id)
            self._staged.remove(source.source_id)

    def history(self, asker: Asker | None, source_id: str, limit: int = 50) -> tuple[SyncRun, ...]:
        """Returns the last runs of a source, newest first. Raises ``UsageError``."""
        return self._store.runs(self._visible(asker, source_id).source_id, limit)

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
        of = None if source_id is None else self._visible(asker, source_id).source_id
        visible = {each.source_id for each in self._store.sources() if _may_see(each, asker)}
        found = self._store.changes(of, decision=decision, since=since, limit=limit)
        return tuple(each for each in found if each.source_id in visible)

    def texts(self, asker: Asker | None, change_id: str) -> ChangeTexts:
        """Returns both sides of a staged change. Raises ``UsageError``, ``DocumentError``."""
        change, source = self._change(asker, change_id)
        before = None if change.replaces is None else self._publisher.published_document(change.replaces)
        file = self._staged.path_of(change)
        if file is None or change.edition_id is None:
            return ChangeTexts(change, before, None)
        edition = new_edition(source, change) if before is None else next_edition(before.edition, source, change)
        return ChangeTexts(change, before, self._publisher.document(edition, file))

    def file(self, asker: Asker | None, change_id: str) -> Path | None:
        """Returns the staged file of a change; None where it has none, or there is no such change for the asker."""
        try:
            return self._staged.path_of(self._change(asker, change_id)[0])
        except UsageError:
            return None

    def accept(self, asker: Asker | None, change_ids: Collection[str], *, by: str | None = None) -> Generation:
        """Publishes staged changes in one step; returns the generation as the asker sees it; see the port."""
        found = [self._change(asker, each) for each in dict.fromkeys(change_ids)]
        decided = next((change for change, _ in found if change.decision is not Decision.WAITING), None)
        if decided is not None or not found:
            what = f"{decided.address}: was decided already ({decided.decision})" if decided else "No change is named"
            raise UsageError(f"{what}. Choose among those that wait.")
        sources = {source.source_id: source for _, source in found}
        who = by if by is not None else "" if asker is None else asker.user_id
        with self._locks.all_held(sorted(sources)):
            generation = publish_changes(
                [change for change, _ in found], sources, self._store, self._staged, self._publisher, asker,
                self._now(), who,
            )  # fmt: skip
            for source_id in sources:
                waiting = self._store.changes(source_id, limit=ALL)
                self._staged.keep_only(source_id, {each.filename for each in waiting if each.filename})
        return generation

    def discard(self, asker: Asker | None, change_ids: Collection[str]) -> int:
        """Discards staged changes; returns how many. The same content is not staged again. Raises ``UsageError``."""
        by = "" if asker is None else asker.user_id
        visible = [self._change(asker, each)[0].change_id for each in change_ids]
        return self._store.decide(visible, Decision.DISCARDED, self._now(), by)

    def marks(self) -> tuple[EditionMark, ...]:
        """Returns what publishers say of published editions as a whole: withdrawn, superseded."""
        return self._store.marks()

    def edition_ids(self, asker: Asker | None, source_id: str) -> tuple[EditionId, ...]:
        """Returns the published editions that came from a source, sorted. Raises ``UsageError``."""
        items = self._store.items(self._visible(asker, source_id).source_id)
        return tuple(sorted({each.edition_id for each in items if each.edition_id is not None}))

    def _visible(self, asker: Asker | None, source_id: str) -> FollowedSource:
        source = self._store.source(SourceId(source_id))
        if source is None or not _may_see(source, asker):
            raise UsageError(f"There is no source {source_id[:80]!r}. `assistant sources list` names them.")
        return source

    def _change(self, asker: Asker | None, change_id: str) -> tuple[StagedChange, FollowedSource]:
        change = self._store.change(change_id)
        source = None if change is None else self._store.source(change.source_id)
        if change is None or source is None or not _may_see(source, asker):
            raise UsageError("There is no such change. Its source may have been removed meanwhile.")
        return change, source

    def _with_state(self, source: FollowedSource) -> SourceWithState:
        state = self._store.state(source.source_id)
        after = timedelta(days=self._settings.sources.tell_after_days)
        is_told = state.failing_since is not None and self._now() - state.failing_since >= after
        is_open = state.last_run is not None and state.last_run.ended is None
        is_running = is_open and self._locks.is_held(source.source_id)
        return SourceWithState(source, replace(state, is_told=is_told, is_running=is_running))


def _may_see(source: FollowedSource, asker: Asker | None) -> bool:
    return asker is None or source.is_open_to(asker.groups)
