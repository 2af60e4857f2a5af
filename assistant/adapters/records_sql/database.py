"""The SQL database of records and access: a file of its own, readable by its user only, deleted words overwritten."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, StaticPool, create_engine, event
from sqlalchemy.exc import SQLAlchemyError

from assistant.adapters.records_sql.tables import TABLES
from assistant.adapters.sql.engine import empty_log, file_url, open_engine, writing
from assistant.adapters.sql.schema_upgrades import upgrade
from assistant.adapters.sql.sqlite_files import is_empty
from assistant.data_folder import has_room, is_read_only, make_private_file, make_private_folder
from assistant.errors import LibraryError

logger = logging.getLogger(__name__)

FILE = "records.sqlite"


class RecordsDatabase:
    """Connections to the records, for any number of threads and processes.

    Args:
        data: Data folder; made where it is absent.
        url: SQLAlchemy address; a SQLite file in the data folder unless given.
    """

    def __init__(self, data: Path, url: str | None = None) -> None:
        self._path = data / FILE
        with self._translated():
            self._engine, self._is_made = (self._opened(url), True) if url else self._opened_or_none()

    @staticmethod
    def is_in(data: Path) -> bool:
        """Returns whether a data folder has records."""
        return (data / FILE).is_file()

    @property
    def is_read_only(self) -> bool:
        """Whether the records are there for reading only; a full disk is another matter."""
        return is_read_only(self._path.parent, FILE)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Yields a connection that sees one state of the records. Raises ``LibraryError`` for a database fault."""
        with self._translated(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Yields a transaction that is on disk when the context is left without a fault, and undone otherwise."""
        with self._translated():
            if not self._is_made and _is_made(self._path):
                self._engine, self._is_made = self._opened(file_url(self._path)), True
            with writing(self._engine) as connection:
                yield connection

    @contextmanager
    def forgetting(self) -> Iterator[Connection]:
        """Yields a transaction that removes words; afterwards the write-ahead log does not hold them either."""
        with self.writing() as connection:
            yield connection
        if self._engine.dialect.name == "sqlite":
            with self._translated():
                is_empty = empty_log(self._engine)  # where a reader is in the way, the next call does it
            if not is_empty:
                logger.warning("the log of the records is in use; deleted words leave it at the next purge")

    def close(self) -> None:
        """Closes every connection."""
        self._engine.dispose()

    def _opened_or_none(self) -> tuple[Engine, bool]:
        """Returns an engine over the file, and True; over no records, and False, where there are none and can be none."""
        if _is_made(self._path):
            try:
                return self._opened(file_url(self._path)), True
            except SQLAlchemyError:
                if has_room(self._path.parent) or not is_empty(self._path):
                    raise
        return _no_records(self._path), False

    def _opened(self, url: str | URL) -> Engine:
        engine = open_engine(url)
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _overwrite_what_is_deleted)
        upgrade(engine, self._path, TABLES)
        return engine

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


def _no_records(path: Path) -> Engine:
    """Returns an engine over records in memory that are empty and stay so: none are stored, and none can be now."""
    engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    upgrade(engine, path, TABLES)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only=ON")
    return engine


def _is_made(path: Path) -> bool:
    """Returns whether the file is there, made private now if need be; False in a folder for reading only without it."""
    try:
        if not path.is_file():
            make_private_folder(path.parent)
            make_private_file(path)
        return True
    except OSError as error:
        if is_read_only(path.parent):
            return False
        fix = "Make the folder writable, or choose another with --data"
        raise LibraryError(f"{path}: the records cannot be made ({error}). {fix}.") from error


def _overwrite_what_is_deleted(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA secure_delete=ON")
