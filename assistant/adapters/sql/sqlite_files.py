"""Opens SQLite files: for writing where that can be, else for reading only, as on a full or a read-only disk.

A file in WAL mode needs a second file beside it to be read. Where none can be made, there are two ways: another process
has the file open, or was killed, and left that second file; else nobody has it open, and it is read as one that does
not change ("immutable"). A connection for reading only is used for a moment, so that writing works again without hands.
"""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path

PRAGMAS = ("busy_timeout=30000", "journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL")
"""The timeout comes first: switching to WAL may wait. FULL: the old index is removed right after a commit."""
READING_PRAGMAS = ("busy_timeout=30000", "temp_store=MEMORY", "query_only=ON")
WAL_TRIES = 200
WAL_WAIT_S = 0.05
READ_ONLY_S = 1.0
"""How long a connection for reading only is used before writing is tried again."""
NO_ROOM = frozenset({"SQLITE_CANTOPEN", "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_PERM", "SQLITE_READONLY"})
"""Faults of opening a file where its folder cannot be written."""


class ReadOnlyConnection(sqlite3.Connection):
    """A connection to a file that cannot be written now."""

    opened_at = 0.0

    def is_old(self) -> bool:
        """Returns whether writing should be tried again."""
        return time.monotonic() - self.opened_at > READ_ONLY_S


def connect(path: Path) -> sqlite3.Connection:
    """Returns a connection to a SQLite file, made where it is absent; one for reading only where it cannot be written.

    Transactions are begun by the caller.

    Raises:
        sqlite3.Error: It can be opened neither way.
    """
    connection: sqlite3.Connection | None = None
    try:
        connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        prepare(connection)
        connection.execute("select 1 from sqlite_master limit 1").fetchall()
        return connection
    except sqlite3.OperationalError as error:
        if connection is not None:
            connection.close()
        if not _is_for_want_of_room(error) or not path.is_file():
            raise
        return connect_for_reading(path)


def connect_as_it_is(path: Path) -> sqlite3.Connection:
    """Returns a connection to any SQLite file that changes nothing about it, to copy it. Raises ``sqlite3.Error``."""
    connection = sqlite3.connect(path, timeout=30)
    try:
        connection.execute("select 1 from sqlite_master limit 1").fetchall()
    except sqlite3.OperationalError as error:
        connection.close()
        if not _is_for_want_of_room(error) or not path.is_file():
            raise
        return connect_for_reading(path)
    return connection


def connect_for_reading(path: Path) -> sqlite3.Connection:
    """Returns a connection to a SQLite file that nothing is written for. Raises ``sqlite3.Error``."""
    try:
        return _opened(path, "mode=ro")
    except sqlite3.OperationalError as error:
        if not _is_for_want_of_room(error) or _has_log(path):
            raise
        return _opened(path, "mode=ro&immutable=1")


def is_empty(path: Path) -> bool:
    """Returns whether a SQLite file has no tables yet; False where that cannot be told."""
    try:
        with closing(connect_as_it_is(path)) as connection:
            (tables,) = connection.execute("select count(*) from sqlite_master").fetchone()
            return int(tables) == 0
    except sqlite3.Error:
        return path.stat().st_size == 0


def _opened(path: Path, options: str) -> ReadOnlyConnection:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{options}",
        uri=True,
        check_same_thread=False,
        isolation_level=None,
        factory=ReadOnlyConnection,
    )
    try:
        for pragma in READING_PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("select 1 from sqlite_master limit 1").fetchall()
    except sqlite3.Error:
        connection.close()
        raise
    connection.opened_at = time.monotonic()
    return connection


def _is_for_want_of_room(error: sqlite3.Error) -> bool:
    name = getattr(error, "sqlite_errorname", "") or ""
    return "_".join(name.split("_")[:2]) in NO_ROOM


def _has_log(path: Path) -> bool:
    """Returns whether something is committed in the log only; the file alone would be read as it was before."""
    log = path.with_name(f"{path.name}-wal")
    return log.exists() and log.stat().st_size > 0


def prepare(connection: sqlite3.Connection) -> None:
    """Sets what holds for every connection that may write."""
    for pragma in PRAGMAS:
        _set(connection, pragma)


def _set(connection: sqlite3.Connection, pragma: str) -> None:
    """Sets a pragma; the switch to WAL does not wait for other processes that switch, so it is retried."""
    for left in reversed(range(WAL_TRIES)):
        try:
            connection.execute(f"PRAGMA {pragma}")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or not left:
                raise
            time.sleep(WAL_WAIT_S)
