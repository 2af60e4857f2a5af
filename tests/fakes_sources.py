"""Sources in memory, with what syncs find planted; for what shows, schedules and publishes them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

from assistant.errors import UsageError
from assistant.model import Document, EditionId, Generation
from assistant.model.people import Asker
from assistant.model.sources import (
    ChangeState,
    Decision,
    EditionMark,
    FollowedSource,
    NewSource,
    RunCounts,
    RunEnding,
    SourceId,
    SourceKind,
    SourceState,
    StagedChange,
    SyncRun,
    Terms,
)
from assistant.ports import ChangeTexts, OnFetch, SourceWithState

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
SITE = NewSource(SourceKind.WEBSITE, "https://www.example.org/", "Manual", Terms("OGL-3.0", "Aldmoor partnership"))


def change(name: str, state: ChangeState = ChangeState.CHANGED, at: datetime = NOON, **more: object) -> StagedChange:
    """Returns a change that waits."""
    edition = None if state is ChangeState.WITHDRAWN else EditionId(f"{name}-2026")
    found = StagedChange(
        name, SourceId("manual"), state, f"https://www.example.org/{name}", f"Chapter {name}", at, edition
    )
    return replace(found, **more)  # type: ignore[arg-type]


class FakeSources:
    """The ``Sources`` port over dictionaries."""

    def __init__(self, *changes: StagedChange) -> None:
        self.followed: dict[str, SourceWithState] = {}
        self.staged = {each.change_id: each for each in changes}
        self.documents: dict[str, tuple[Document | None, Document | None]] = {}
        self.runs: dict[str, list[SyncRun]] = {}
        self.faults: dict[str, Exception] = {}
        self.accepted: list[tuple[tuple[str, ...], str]] = []
        self.said: tuple[EditionMark, ...] = ()
        self.now = NOON
        self.is_watched = False

    def add(self, asker: Asker | None, new: NewSource) -> FollowedSource:
        if not new.terms.licence or not new.terms.owner:
            raise UsageError("The licence and the owner of a source are needed.")
        source_id = SourceId(new.name.lower().replace(" ", "-") or "source")
        by = asker.user_id if asker else ""
        source = FollowedSource(
            source_id, new.kind, new.address, new.name, new.terms, new.options, new.documents, new.rule, self.now, by
        )
        self.followed[source_id] = SourceWithState(source, SourceState(source_id, next_run=self.now))
        return source

    def change(self, asker: Asker | None, source_id: str, new: NewSource) -> FollowedSource:
        one = self.one(asker, source_id)
        parts = {"terms": new.terms, "options": new.options, "documents": new.documents, "rule": new.rule}
        changed = replace(one.source, name=new.name or one.source.name, **parts)  # type: ignore[arg-type]
        self.followed[source_id] = replace(one, source=changed)
        return changed

    def listed(self, asker: Asker | None) -> tuple[SourceWithState, ...]:
        seen = (each for each in self.followed.values() if asker is None or each.source.is_open_to(asker.groups))
        return tuple(self._counted(each) for each in seen)

    def one(self, asker: Asker | None, source_id: str) -> SourceWithState:
        one = self.followed.get(source_id)
        if one is None or (asker is not None and not one.source.is_open_to(asker.groups)):
            raise UsageError(f"There is no source {source_id!r}.")
        return self._counted(one)

    def sync(
        self, asker: Asker | None, source_id: str, on_fetch: OnFetch | None = None, *, by_hand: bool = True
    ) -> SyncRun:
        one = self.one(asker, source_id)
        if source_id in self.faults:
            raise self.faults[source_id]
        if on_fetch is not None:
            on_fetch(one.source.address, 1)
        name = f"run-{len(self.runs.get(source_id, ()))}"
        run = SyncRun(
            name, source_id, self.now, self.now + timedelta(seconds=9), RunEnding.DONE, RunCounts(unchanged=3)
        )
        self.runs.setdefault(source_id, []).insert(0, run)
        state = replace(one.state, last_run=run, last_success=self.now, next_run=self.now + timedelta(days=1))
        self.followed[source_id] = replace(one, state=state)
        return run

    def due(self, at: datetime) -> tuple[SourceId, ...]:
        states = [each.state for each in self.followed.values() if not each.state.is_paused]
        return tuple(each.source_id for each in states if each.next_run and each.next_run <= at)

    def pause(self, asker: Asker | None, source_id: str) -> SourceState:
        return self._with(asker, source_id, is_paused=True, next_run=None)

    def resume(self, asker: Asker | None, source_id: str) -> SourceState:
        return self._with(asker, source_id, is_paused=False, next_run=self.now)

    def watch(self, stop: Event) -> None:
        self.is_watched = True

    def remove(self, asker: Asker | None, source_id: str) -> None:
        self.one(asker, source_id)
        del self.followed[source_id]
        self.staged = {name: each for name, each in self.staged.items() if each.source_id != source_id}

    def history(self, asker: Asker | None, source_id: str, limit: int = 50) -> tuple[SyncRun, ...]:
        self.one(asker, source_id)
        return tuple(self.runs.get(source_id, ())[:limit])

    def changes(
        self,
        asker: Asker | None,
        source_id: str | None = None,
        *,
        decision: Decision | None = Decision.WAITING,
        since: datetime | None = None,
        limit: int = 1000,
    ) -> tuple[StagedChange, ...]:
        if source_id is not None:
            self.one(asker, source_id)
        seen = {each.source.source_id for each in self.listed(asker)}
        found = [each for each in self.staged.values() if each.source_id in seen]
        found = [each for each in found if source_id in (None, each.source_id) and decision in (None, each.decision)]
        return tuple(each for each in found if since is None or max(each.found_at, each.decided_at or since) >= since)

    def texts(self, asker: Asker | None, change_id: str) -> ChangeTexts:
        return ChangeTexts(self._change(asker, change_id), *self.documents.get(change_id, (None, None)))

    def file(self, asker: Asker | None, change_id: str) -> Path | None:
        return None

    def accept(self, asker: Asker | None, change_ids: Collection[str], *, by: str | None = None) -> Generation:
        found = [self._change(asker, each) for each in change_ids]
        if any(each.state is ChangeState.SUSPICIOUS for each in found):
            raise UsageError("What looks like no content cannot be published.")
        user = by if by is not None else asker.user_id if asker else ""
        self._decide(found, Decision.PUBLISHED, user)
        self.accepted.append((tuple(change_ids), user))
        return Generation(len(self.accepted) + 1, "f", 10, 2)

    def discard(self, asker: Asker | None, change_ids: Collection[str]) -> int:
        found = [self._change(asker, each) for each in change_ids]
        self._decide(found, Decision.DISCARDED, asker.user_id if asker else "")
        return len(found)

    def marks(self) -> tuple[EditionMark, ...]:
        return self.said

    def edition_ids(self, asker: Asker | None, source_id: str) -> tuple[EditionId, ...]:
        self.one(asker, source_id)
        return ()

    def _decide(self, found: list[StagedChange], decision: Decision, by: str) -> None:
        for each in found:
            self.staged[each.change_id] = replace(each, decision=decision, decided_at=self.now, decided_by=by)

    def _with(self, asker: Asker | None, source_id: str, **state: object) -> SourceState:
        one = self.one(asker, source_id)
        self.followed[source_id] = replace(one, state=replace(one.state, **state))  # type: ignore[arg-type]
        return self.one(asker, source_id).state

    def _change(self, asker: Asker | None, change_id: str) -> StagedChange:
        found = self.staged.get(change_id)
        if found is None:
            raise UsageError("There is no such change. Its source may have been removed meanwhile.")
        self.one(asker, found.source_id)
        if found.decision is not Decision.WAITING:
            raise UsageError("This change was decided meanwhile.")
        return found

    def _counted(self, one: SourceWithState) -> SourceWithState:
        mine = [each for each in self.staged.values() if each.source_id == one.source.source_id]
        waiting = sum(each.decision is Decision.WAITING for each in mine)
        return replace(one, state=replace(one.state, waiting=waiting))
