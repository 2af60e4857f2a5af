"""Takes over the files of an index folder into another: those that never change by a link, the others by a copy."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Collection
from contextlib import closing
from pathlib import Path

from assistant.adapters.sql.sqlite_files import connect_as_it_is

DATABASE = ".sqlite3"
"""What Chroma writes to whenever it opens a folder."""
LOGS = ("-wal", "-shm", "-journal", ".lock")


def link_folder(source: Path, target: Path, leave_out: Collection[str] = ()) -> None:
    """Fills a folder with the files of another, without room of their own where the file system has links.

    Databases are copied as they stand while others may have them open.

    Args:
        source: The folder.
        target: A folder that is there, and empty.
        leave_out: Names of files that are not taken over.

    Raises:
        OSError: A file cannot be read or written.
    """
    for path in sorted(source.rglob("*")):
        to = target / path.relative_to(source)
        if path.is_dir():
            to.mkdir()
        elif path.suffix == DATABASE:
            _copy_database(path, to)
        elif path.name not in leave_out and not path.name.endswith(LOGS):
            _link(path, to)


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:  # a file system without links, or too many of them
        shutil.copyfile(source, target)


def _copy_database(source: Path, target: Path) -> None:
    try:
        with closing(connect_as_it_is(source)) as read, closing(sqlite3.connect(target)) as written:
            read.backup(written)
    except sqlite3.Error as error:
        raise OSError(f"{source}: cannot be copied ({error})") from error
