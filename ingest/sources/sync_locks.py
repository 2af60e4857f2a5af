"""One sync of a source at a time, over threads, processes and hosts with one data folder; a lock ends with its process."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import filelock

from assistant.data_folder import FILE_MODE, make_private_folder
from assistant.errors import LibraryError, SourceBusy
from assistant.model.sources import SourceId

WAIT_S = 1.0
"""How long a second sync waits; whoever only asks whether there is one holds the lock for a moment."""


class SyncLocks:
    """The locks of the sources of a data folder.

    Args:
        data: The data folder.
    """

    def __init__(self, data: Path) -> None:
        self._folder = data / "sources"

    @contextmanager
    def held(self, source_id: SourceId) -> Iterator[None]:
        """Holds the lock of a source.

        Raises:
            SourceBusy: Another sync, or somebody who publishes what it found, has it.
            LibraryError: The data folder cannot be written.
        """
        lock = self._lock(source_id, WAIT_S)
        try:
            lock.acquire()
        except filelock.Timeout as error:
            raise SourceBusy(f"{source_id}: is synced or published just now. Wait until that has finished.") from error
        except OSError as error:
            raise LibraryError(f"{self._folder}: cannot be locked ({error}). Make the folder writable.") from error
        try:
            yield
        finally:
            lock.release()

    @contextmanager
    def all_held(self, source_ids: Sequence[SourceId]) -> Iterator[None]:
        """Holds the locks of sources, which come sorted. Raises ``SourceBusy``."""
        with ExitStack() as stack:
            for each in source_ids:
                stack.enter_context(self.held(each))
            yield

    def is_held(self, source_id: SourceId) -> bool:
        """Returns whether somebody holds the lock of a source now."""
        try:
            with self._lock(source_id, 0):
                return False
        except filelock.Timeout:
            return True
        except (OSError, LibraryError):
            return False

    def _lock(self, source_id: SourceId, wait_s: float) -> filelock.BaseFileLock:
        try:
            make_private_folder(self._folder)
        except OSError as error:
            raise LibraryError(f"{self._folder}: cannot be made ({error}). Make the data folder writable.") from error
        return filelock.FileLock(
            self._folder / f"{source_id}.lock", timeout=wait_s, mode=FILE_MODE, thread_local=False, is_singleton=False
        )
