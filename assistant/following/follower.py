"""Syncs the sources that are due, in one of several processes or hosts that share the data folder."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import filelock

from assistant.data_folder import FILE_MODE
from assistant.errors import AssistantError, SourceBusy
from assistant.following.publishing_rule import Audit, publish_minor
from assistant.model.people import Asker
from assistant.model.sources import SourceId, SyncRun
from assistant.ports import Sources

logger = logging.getLogger(__name__)
FILE = "sources.lock"
AFTER_FAULT = timedelta(minutes=10)
"""Wait after a sync that ended with an error, besides the one of its own state."""
Now = Callable[[], datetime]
IsStopped = Callable[[], bool]


class SyncStopped(Exception):
    """The process ends; the next sync goes on from there."""


def _now() -> datetime:
    return datetime.now(UTC)


def sync_and_publish(
    sources: Sources, asker: Asker | None, source_id: str, audit: Audit, is_stopped: IsStopped, *, by_hand: bool
) -> SyncRun:
    """Returns the run of a sync, after which the source's rule has published what is minor.

    Raises:
        SourceBusy: Somebody else syncs it now.
        SyncStopped: It was stopped.
        AssistantError: It cannot be synced.
    """

    def on_fetch(address: str, count: int) -> None:
        if is_stopped():
            raise SyncStopped

    run = sources.sync(asker, source_id, on_fetch, by_hand=by_hand)
    publish_minor(sources, sources.one(asker, source_id).source, audit)
    return run


class Follower:
    """Runs what is due; asked again and again by every worker, of which one at a time does it.

    Args:
        sources: The sources.
        data: The data folder, whose lock decides who runs.
        audit: Writes to the audit log what the rule publishes.
        then: Called after the sources, under the same lock: sends the digest that is due.
        now: The time.
    """

    def __init__(
        self, sources: Sources, data: Path, audit: Audit, then: Callable[[], object] | None = None, now: Now = _now
    ) -> None:
        self._sources = sources
        self._audit = audit
        self._then = then
        self._now = now
        self._lock = filelock.FileLock(data / FILE, timeout=0, mode=FILE_MODE)
        self._not_before: dict[SourceId, datetime] = {}

    def run_due(self, is_stopped: IsStopped = lambda: False) -> tuple[SyncRun, ...] | None:
        """Returns the runs of the sources that were due, one after another; None while another process does it.

        Raises:
            SyncStopped: It was stopped.
        """
        try:
            self._lock.acquire()
        except (filelock.Timeout, OSError):
            return None
        try:
            due = [each for each in self._sources.due(self._now()) if self._may_try(each)]
            runs = [self._synced(each, is_stopped) for each in due]
            if self._then is not None and not is_stopped():
                self._then()
            return tuple(each for each in runs if each is not None)
        finally:
            self._lock.release()

    def _may_try(self, source_id: SourceId) -> bool:
        return self._not_before.get(source_id, datetime.min.replace(tzinfo=UTC)) <= self._now()

    def _synced(self, source_id: SourceId, is_stopped: IsStopped) -> SyncRun | None:
        """Returns the run of one source; a fault is logged and waited for, and never in the way of the next source."""
        if is_stopped():
            raise SyncStopped
        try:
            return sync_and_publish(self._sources, None, source_id, self._audit, is_stopped, by_hand=False)
        except SourceBusy:
            return None
        except AssistantError as error:
            self._not_before[source_id] = self._now() + AFTER_FAULT
            logger.error("source %s was not synced: %s", source_id, error)
            return None
