"""Brings the tables of a database up to date with Alembic; one that is up to date costs one query."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, inspect, text

from assistant.adapters.sql.engine import writing
from assistant.errors import LibraryError

_ALONE = threading.Lock()
"""Alembic keeps what it is doing in globals of the process: two migrations in two threads take each other's."""


@dataclass(frozen=True, slots=True)
class Tables:
    """What a database should be like."""

    name: str
    """In the words of a user: "the library"."""
    migrations: Path
    """Folder with Alembic's ``env.py`` and ``versions``."""
    head: str
    """Newest revision in ``versions``."""
    fix: str
    """What helps where the database is newer than this program."""


def upgrade(engine: Engine, path: Path | str, tables: Tables) -> None:
    """Applies every migration that a database lacks; of several processes or threads one does, the others wait for it.

    Raises:
        LibraryError: It was made by a newer version.
    """
    if _revision(engine) != tables.head:
        with _ALONE:
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
