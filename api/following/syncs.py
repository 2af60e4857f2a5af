"""Syncs that somebody asked for now, each in a thread of this worker; a server that stops stops them."""

from __future__ import annotations

import logging
import threading
from datetime import UTC, datetime

from assistant.errors import AssistantError, SourceBusy
from assistant.following.follower import SyncStopped, sync_and_publish
from assistant.following.publishing_rule import Audit
from assistant.model.people import Asker, AuditLine
from assistant.ports import Sources

logger = logging.getLogger(__name__)


class Syncs:
    """What is synced now because somebody asked for it.

    Args:
        sources: The sources.
        audit: Writes who asked, and what a rule published.
    """

    def __init__(self, sources: Sources, audit: Audit) -> None:
        self._sources = sources
        self._audit = audit
        self._threads: dict[str, threading.Thread] = {}
        self._lock = threading.Lock()
        self._stopped = threading.Event()

    def start(self, asker: Asker, source_id: str) -> None:
        """Starts a sync. Raises ``SourceBusy`` where one of this source is running."""
        with self._lock:
            if self.is_running(source_id):
                raise SourceBusy(f"{source_id} is being synced now. Look again when it has finished.")
            thread = threading.Thread(target=self._run, args=(asker, source_id), name=f"sync-{source_id}", daemon=True)
            self._threads[source_id] = thread
            self._audit(AuditLine(datetime.now(UTC), asker.user_id, "source_sync", source_id))
            thread.start()

    def is_running(self, source_id: str) -> bool:
        """Returns whether this worker syncs a source now because somebody asked for it."""
        thread = self._threads.get(source_id)
        return thread is not None and thread.is_alive()

    def watch(self) -> None:
        """Watches the folders of the sources in a thread of its own, until the server stops."""
        threading.Thread(target=self._sources.watch, args=(self._stopped,), name="sources-watch", daemon=True).start()

    def is_stopped(self) -> bool:
        """Returns whether the server stops."""
        return self._stopped.is_set()

    def stop(self) -> None:
        """Stops every sync at its next address."""
        self._stopped.set()

    def wait(self, timeout_s: float) -> None:
        """Returns when every sync that was started has ended, or the time is up."""
        for each in tuple(self._threads.values()):
            each.join(timeout_s)

    def _run(self, asker: Asker, source_id: str) -> None:
        try:
            sync_and_publish(self._sources, asker, source_id, self._audit, self.is_stopped, by_hand=True)
        except SyncStopped:
            logger.info("the sync of %s goes on after the next start", source_id)
        except AssistantError as error:
            logger.error("source %s was not synced: %s", source_id, error)
