"""The lock of the one writer: it ends with its process, and says who holds it."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import filelock

from assistant.data_folder import FILE_MODE
from assistant.errors import LibraryError, LibraryLocked


class WriterLock:
    """Lets one thread of one process write; that thread may take it again inside.

    Args:
        data: Data folder, with ``ingest.lock`` and ``ingest.holder``.
        wait_s: How long to wait for another writer.
    """

    def __init__(self, data: Path, wait_s: float) -> None:
        self._data = data
        self._holder = data / "ingest.holder"
        self._lock = filelock.FileLock(data / "ingest.lock", timeout=wait_s, mode=FILE_MODE)

    @contextmanager
    def held(self) -> Iterator[bool]:
        """Yields whether the lock was taken now, False inside a stretch that holds it already.

        Raises:
            LibraryLocked: Another process or thread still writes after the wait; names it.
            LibraryError: The data folder cannot be written.
        """
        is_first = not self._lock.is_locked
        self._acquire()
        try:
            if is_first:
                self._sign()
            yield is_first
        finally:
            if is_first:
                self._holder.unlink(missing_ok=True)
            self._lock.release()

    def _acquire(self) -> None:
        try:
            self._lock.acquire()
        except filelock.Timeout as error:
            what = f"{self._data}: {_who(self._holder)} is publishing"
            raise LibraryLocked(f"{what}. Wait until it has finished and try again.") from error
        except OSError as error:
            raise LibraryError(f"{self._data}: cannot be locked ({error}). Make the folder writable.") from error

    def _sign(self) -> None:
        """Says who holds the lock; on a full disk nobody is told."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with suppress(OSError):
            self._holder.write_text(json.dumps({"pid": os.getpid(), "host": socket.gethostname(), "since": now}))


def _who(holder: Path) -> str:
    try:
        facts = json.loads(holder.read_text())
        return f"process {facts['pid']} on {facts['host']} (since {facts['since']})"
    except (OSError, ValueError, KeyError):
        return "another process"
