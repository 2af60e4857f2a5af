"""The SQL engine of a library: real transactions, commits that survive a power cut, faults translated."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import SQLAlchemyError

from assistant.errors import LibraryError

PRAGMAS = ("busy_timeout=30000", "journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL")
"""The timeout comes first: switching to WAL may wait. FULL: the old index is removed right after a commit."""

WAL_TRIES = 200
WAL_WAIT_S = 0.05
WRITES = "writes"


def file_url(path: Path) -> URL:
    """Returns the SQLAlchemy address of a SQLite file, whatever characters its path has; "?" and "%" are no syntax in it."""
    return URL.create("sqlite", database=str(path.absolute()))


def open_engine(url: str | URL) -> Engine:
    """Returns an engine. Raises ``LibraryError`` where the driver of another database is not installed."""
    try:
        engine = create_engine(url)
    except ImportError as error:
        raise LibraryError(f"The library's database cannot be used: {error}. Install its driver with pip.") from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
    return engine


def writing(engine: Engine) -> AbstractContextManager[Connection]:
    """Returns a transaction that may write; reading first does not make it fail for another's write meanwhile."""
    return engine.execution_options(**{WRITES: True}).begin()


@contextmanager
def translated(data: Path | str) -> Iterator[None]:
    """Turns faults of SQLAlchemy, and of SQLite where it is asked directly, into ``LibraryError``."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as error:
        cause = (str(getattr(error, "orig", None) or error) or type(error).__name__).splitlines()[0]
        raise LibraryError(f"{data}: the library cannot be used ({cause}). Run `assistant check`.") from error


def _prepare(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # else sqlite3 opens transactions late, and none around table changes
    for pragma in PRAGMAS:
        _set(connection, pragma)


def _set(connection: Any, pragma: str) -> None:
    """Sets a pragma; the switch to WAL does not wait for other processes that switch, so it is retried."""
    for left in reversed(range(WAL_TRIES)):
        try:
            connection.execute(f"PRAGMA {pragma}")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or not left:
                raise
            time.sleep(WAL_WAIT_S)


def _begin(connection: Connection) -> None:
    is_write = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_write else "BEGIN")
