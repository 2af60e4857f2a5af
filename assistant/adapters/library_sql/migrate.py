"""Brings the tables of a library up to date with Alembic; a library that is up to date costs one query."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, inspect, text

from assistant.adapters.library_sql.engine import writing
from assistant.errors import LibraryError

HEAD = "0001"
"""Newest revision in ``migrations/versions``."""


def upgrade(engine: Engine, data: Path) -> None:
    """Applies every migration that a library lacks; of several processes one does, the others wait for it.

    Raises:
        LibraryError: The library was made by a newer version.
    """
    if _revision(engine) != HEAD:
        _apply(engine, data)


def _revision(engine: Engine) -> str | None:
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("select version_num from alembic_version")).scalar()


def _apply(engine: Engine, data: Path) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    try:
        with writing(engine) as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except CommandError as error:
        fix = "Install that version, or ingest into another folder with --data"
        raise LibraryError(f"{data}: the library was made by a newer version ({error}). {fix}.") from error
