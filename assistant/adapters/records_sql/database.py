"""The SQL database of records and access: a file of its own, readable by its user only, deleted words overwritten."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.exc import SQLAlchemyError

from assistant.adapters.records_sql.tables import TABLES
from assistant.adapters.sql.engine import file_url, open_engine, writing
from assistant.adapters.sql.schema_upgrades import upgrade
from assistant.errors import LibraryError

logger = logging.getLogger(__name__)

FILE = "records.sqlite"
CHECKPOINT_WAIT_MS = 2000
BUSY_TIMEOUT_MS = 30000


class RecordsDatabase:
    """Connections to the records, for any number of threads and processes.

    Args:
        data: Data folder; made where it is absent.
        url: SQLAlchemy address; a SQLite file in the data folder unless given.
    """

    def __init__(self, data: Path, url: str | None = None) -> None:
        self._path = data / FILE
        if url is None:
            _make_private(self._path)
        with self._translated():
            self._engine = open_engine(url or file_url(self._path))
            if self._engine.dialect.name == "sqlite":
                event.listen(self._engine, "connect", _overwrite_what_is_deleted)
            upgrade(self._engine, self._path, TABLES)

    @staticmethod
    def is_in(data: Path) -> bool:
        """Returns whether a data folder has records."""
        return (data / FILE).is_file()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Yields a connection that sees one state of the records. Raises ``LibraryError`` for a database fault."""
        with self._translated(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Yields a transaction that is on disk when the context is left without a fault, and undone otherwise."""
        with self._translated(), writing(self._engine) as connection:
            yield connection

    @contextmanager
    def forgetting(self) -> Iterator[Connection]:
        """Yields a transaction that removes words; afterwards the write-ahead log does not hold them either."""
        with self.writing() as connection:
            yield connection
        if self._engine.dialect.name == "sqlite":
            with self._translated():
                self._empty_log()

    def close(self) -> None:
        """Closes every connection."""
        self._engine.dispose()

    def _empty_log(self) -> None:
        """Writes the log back and truncates it; where a reader is in the way, the next call does."""
        raw = self._engine.raw_connection()
        try:
            cursor = raw.cursor()
            cursor.execute(f"PRAGMA busy_timeout={CHECKPOINT_WAIT_MS}")
            is_busy = bool(cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0])
            cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        finally:
            raw.close()
        if is_busy:
            logger.warning("the log of the records is in use; deleted words leave it at the next purge")

    def _translated(self) -> AbstractContextManager[None]:
        return _translated(self._path)


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as error:
        cause = (str(getattr(error, "orig", None) or "") or type(error).__name__).splitlines()[0]
        fix = "Make room or make the file writable; a damaged file: `assistant restore FILE`"
        raise LibraryError(f"{path}: the records cannot be used ({cause}). {fix}.") from error


def _make_private(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600, exist_ok=True)
    except OSError as error:
        fix = "Make the folder writable, or choose another with --data"
        raise LibraryError(f"{path}: the records cannot be made ({error}). {fix}.") from error


def _overwrite_what_is_deleted(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA secure_delete=ON")
