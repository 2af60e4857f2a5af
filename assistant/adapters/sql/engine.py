"""The SQL engine of a library: real transactions, commits that survive a power cut, faults translated."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DisconnectionError, SQLAlchemyError

from assistant.adapters.sql.sqlite_files import PRAGMAS, ReadOnlyConnection, connect, prepare
from assistant.data_folder import is_read_only, make_private_file
from assistant.errors import LibraryError

CHECKPOINT_WAIT_MS = 2000
WRITES = "writes"


def file_url(path: Path) -> URL:
    """Returns the SQLAlchemy address of a SQLite file, whatever characters its path has; "?" and "%" are no syntax in it."""
    return URL.create("sqlite", database=str(path.absolute()))


def open_engine(url: str | URL) -> Engine:
    """Returns an engine; a SQLite file is made for its owner alone, and opened for reading only where it cannot be written.

    Raises:
        LibraryError: The driver of another database is not installed, or the file can neither be made nor read.
    """
    url = make_url(url)
    path = _file_of(url)
    try:
        engine = create_engine(url)
    except ImportError as error:
        raise LibraryError(f"The library's database cannot be used: {error}. Install its driver with pip.") from error
    if path is not None:
        _make(path)
        event.listen(engine, "do_connect", lambda *_: connect(path))
        event.listen(engine, "checkout", _renew)
    elif engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "begin", _begin)
    return engine


def writing(engine: Engine) -> AbstractContextManager[Connection]:
    """Returns a transaction that may write; reading first does not make it fail for another's write meanwhile."""
    return engine.execution_options(**{WRITES: True}).begin()


def empty_log(engine: Engine) -> bool:
    """Writes the log of a SQLite file back and truncates it; returns False where a reader was in the way for too long."""
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute(f"PRAGMA busy_timeout={CHECKPOINT_WAIT_MS}")
        is_busy = bool(cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0])
        cursor.execute(f"PRAGMA {PRAGMAS[0]}")
    finally:
        raw.close()
    return not is_busy


@contextmanager
def translated(data: Path | str) -> Iterator[None]:
    """Turns faults of SQLAlchemy, and of SQLite where it is asked directly, into ``LibraryError``."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as error:
        cause = (str(getattr(error, "orig", None) or error) or type(error).__name__).splitlines()[0]
        fix = "Make room on the disk or make the folder writable" if _is_unwritable(cause) else "Run `assistant check`"
        raise LibraryError(f"{data}: the library cannot be used ({cause}). {fix}.") from error


def _is_unwritable(cause: str) -> bool:
    return any(words in cause for words in ("readonly", "disk is full", "disk I/O"))


def _file_of(url: URL) -> Path | None:
    """Returns the SQLite file of an address; None for another database, one in memory, or an address with options."""
    is_file = url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:") and not url.query
    return Path(str(url.database)) if is_file else None


def _make(path: Path) -> None:
    try:
        make_private_file(path)
    except OSError as error:
        if path.is_file() or is_read_only(path.parent):
            return
        fix = "Make room or make the folder writable"
        raise LibraryError(f"{path}: cannot be made ({error.strerror}). {fix}.") from error


def _prepare(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # else sqlite3 opens transactions late, and none around table changes
    prepare(connection)


def _renew(connection: Any, _record: object, _proxy: object) -> None:
    """Has a connection for reading only opened anew after a while: the disk may have room again."""
    if isinstance(connection, ReadOnlyConnection) and connection.is_old():
        raise DisconnectionError


def _begin(connection: Connection) -> None:
    is_write = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_write else "BEGIN")
