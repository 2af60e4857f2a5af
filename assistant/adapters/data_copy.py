"""A consistent copy of a data folder while others read and write it."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from assistant.adapters.library_sql.leases import lease
from assistant.adapters.library_sql.tables import TABLES as LIBRARY_TABLES
from assistant.adapters.records_sql.database import FILE as RECORDS
from assistant.adapters.records_sql.tables import TABLES as RECORDS_TABLES
from assistant.adapters.sql.schema_upgrades import check_not_newer
from assistant.adapters.sql.sqlite_files import connect_as_it_is
from assistant.errors import LibraryEmpty, LibraryError

LIBRARY = "library.sqlite"
INDEXES = ("vectors", "words")
FILES = "files"
EVIDENCE = "evidence"
"""Folder of the key that evidence is sealed with: a copy seals as the original does."""
TRIES = 50
LOGS = ("-wal", "-shm", "-journal")


def copy_data(data: Path, target: Path) -> int:
    """Copies library, current indexes, records and stored files to a folder; returns the current generation.

    A lease on the generation protects its indexes from removal meanwhile; if an ingest finishes in between, the copy is
    made again. What a running ingest has written so far is copied too; the next ingest uses or removes it. Sessions are
    left out, so nobody is signed in when the copy is used.

    Raises:
        LibraryEmpty: There is no library in the folder.
        LibraryError: Something cannot be read or copied.
    """
    if not (data / LIBRARY).is_file():
        raise LibraryEmpty(
            f"{data}: there is no library to back up. Run `assistant ingest PATH...` or name another, --data."
        )
    with _translated(data):
        generation = _copy_library(data, target)
        if (data / RECORDS).is_file():
            _copy_database(data / RECORDS, target / RECORDS)
            _leave_out_sessions(target / RECORDS)
        for name in (FILES, EVIDENCE):
            if (data / name).is_dir():
                _copy_folder(data / name, target / name)
    return generation


def quick_check(folder: Path) -> None:
    """Checks that the databases of a copy are intact and that this program knows their schemas. Raises ``LibraryError``."""
    for name, tables in ((LIBRARY, LIBRARY_TABLES), (RECORDS, RECORDS_TABLES)):
        if (folder / name).is_file():
            with _translated(folder / name), closing(connect_as_it_is(folder / name)) as connection:
                status = connection.execute("pragma quick_check").fetchone()[0]
            if status != "ok":
                raise LibraryError(f"{folder / name}: the database is damaged ({status}). Use another backup.")
            with _translated(folder / name):
                check_not_newer(folder / name, tables)


def _copy_library(data: Path, target: Path) -> int:
    for _ in range(TRIES):
        number = _current(data / LIBRARY)
        if number is None:
            raise LibraryEmpty(f"{data}: nothing has been ingested yet. Run `assistant ingest PATH...`.")
        with lease(data / "leases", number):
            _copy_database(data / LIBRARY, target / LIBRARY)
            if _current(target / LIBRARY) == number:
                for name in INDEXES:
                    _copy_folder(data / name / str(number), target / name / str(number))
                return number
    raise LibraryError(f"{data}: the library changed {TRIES} times while it was copied. Try again.")


def _current(path: Path) -> int | None:
    with closing(connect_as_it_is(path)) as connection:
        row = connection.execute("select generation from current where only = 1").fetchone()
    return None if row is None else int(row[0])


def _copy_database(source: Path, target: Path) -> None:
    """Copies a consistent state of a database while others write to it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    for path in (target, *(target.with_name(target.name + each) for each in LOGS)):
        path.unlink(missing_ok=True)
    with closing(connect_as_it_is(source)) as read, closing(sqlite3.connect(target)) as written:
        read.backup(written)


def _leave_out_sessions(records: Path) -> None:
    with closing(sqlite3.connect(records)) as connection:
        connection.execute("pragma secure_delete=on")
        connection.execute("delete from session")
        connection.commit()
        connection.execute("pragma wal_checkpoint(truncate)")
    for each in LOGS:
        records.with_name(records.name + each).unlink(missing_ok=True)


def _copy_folder(source: Path, target: Path) -> None:
    """Copies a folder; a database in it, which Chroma keeps open, in a consistent state."""
    for path in sorted(source.rglob("*")):
        to = target / path.relative_to(source)
        if path.is_dir():
            to.mkdir(parents=True, exist_ok=True)
        elif path.suffix == ".sqlite3":
            _copy_database(path, to)
        elif not path.name.endswith(LOGS):
            to.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, to)


@contextmanager
def _translated(data: Path) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        fix = "Make room, make the folder readable, or run `assistant check`"
        raise LibraryError(f"{data}: cannot be copied ({error}). {fix}.") from error
