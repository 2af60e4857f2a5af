"""Brings the tables of a database up to date with Alembic; one that is up to date costs one query.

Each database notes which version of the program brought it to which schema, so that an older program that refuses it can
name both versions.
"""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Column, Connection, Engine, MetaData, String, Table, insert, inspect, select, text

from assistant.adapters.sql.engine import writing
from assistant.adapters.sql.sqlite_files import connect_as_it_is
from assistant.errors import LibraryError
from assistant.program_version import program_version

_ALEMBIC_LOCK = threading.Lock()
"""Alembic keeps its state in globals of the process: two migrations in two threads would mix theirs."""
HISTORY = Table(
    "schema_history",
    MetaData(),
    Column("revision", String(40), nullable=False),
    Column("program", String(40), nullable=False),
    Column("at", String(40), nullable=False),
)
"""Which version of the program brought the tables to which revision, and when; the newest row last."""
NEWEST = "select program from schema_history order by at desc limit 1"


@dataclass(frozen=True, slots=True)
class Tables:
    """The schema that a database should have."""

    name: str
    """In the words of a user: "the library"."""
    migrations: Path
    """Folder with Alembic's ``env.py`` and ``versions``."""
    head: str
    """Newest revision in ``versions``."""
    fix: str
    """What helps where the database is newer than this program."""


def upgrade(engine: Engine, path: Path | str, tables: Tables) -> None:
    """Applies every migration that a database lacks; one of several processes or threads does, the others wait.

    Raises:
        LibraryError: It was made by a newer version; names both.
    """
    if _revision(engine) != tables.head:
        with _ALEMBIC_LOCK:
            _apply(engine, path, tables)


def check_not_newer(file: Path, tables: Tables) -> None:
    """Checks that this program knows the schema of a SQLite file, which is not changed.

    Raises:
        LibraryError: It was made by a newer version; names both.
        sqlite3.Error: It cannot be read.
    """
    with closing(connect_as_it_is(file)) as connection:
        revision = _one(connection, "select version_num from alembic_version")
        if revision is not None and not _is_known(revision, tables):
            raise _newer(file, tables, revision, _one(connection, NEWEST))


def _one(connection: sqlite3.Connection, query: str) -> str | None:
    """Returns the first value of a query; None without a row or without its table."""
    try:
        row = connection.execute(query).fetchone()
    except sqlite3.OperationalError:
        return None
    return None if row is None else str(row[0])


def _is_known(revision: str, tables: Tables) -> bool:
    return any(tables.migrations.glob(f"versions/{revision}_*.py"))


def _revision(engine: Engine) -> str | None:
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("select version_num from alembic_version")).scalar()


def _apply(engine: Engine, path: Path | str, tables: Tables) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(tables.migrations).replace("%", "%%"))
    try:
        with writing(engine) as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            _note(connection, tables)
    except CommandError as error:
        revision = str(_revision(engine))
        if _is_known(revision, tables):
            raise LibraryError(f"{path}: its tables cannot be brought up to date ({error}). {tables.fix}.") from error
        raise _newer(path, tables, revision, _made_by(engine)) from error


def _note(connection: Connection, tables: Tables) -> None:
    HISTORY.create(connection, checkfirst=True)
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    connection.execute(insert(HISTORY).values(revision=tables.head, program=program_version(), at=now))


def _made_by(engine: Engine) -> str | None:
    with engine.connect() as connection:
        if not inspect(connection).has_table(HISTORY.name):
            return None
        return connection.execute(select(HISTORY.c.program).order_by(HISTORY.c.at.desc())).scalar()


def _newer(path: Path | str, tables: Tables, revision: str, program: str | None) -> LibraryError:
    theirs = f"version {program}, " if program else ""
    return LibraryError(
        f"{path}: {tables.name} made by a newer version of the program ({theirs}schema {revision}; this is version "
        f"{program_version()}, which knows schemas up to {tables.head}). {tables.fix}."
    )
