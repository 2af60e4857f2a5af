"""Brings the tables of a database up to date with Alembic; one that is up to date costs one query."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, inspect, text

from assistant.adapters.sql.engine import writing
from assistant.errors import LibraryError

_ALEMBIC_LOCK = threading.Lock()
"""Alembic keeps its state in globals of the process: two migrations in two threads would mix theirs."""


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
        LibraryError: It was made by a newer version.
    """
    if _revision(engine) != tables.head:
        with _ALEMBIC_LOCK:
            _apply(engine, path, tables)


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
    except CommandError as error:
        raise LibraryError(f"{path}: {tables.name} made by a newer version ({error}). {tables.fix}.") from error
