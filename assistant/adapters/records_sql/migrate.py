"""Brings the tables of the records up to date with Alembic; records that are up to date cost one query."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, inspect, text

from assistant.adapters.library_sql.engine import writing
from assistant.errors import LibraryError

HEAD = "0002"
"""Newest revision in ``migrations/versions``."""


def upgrade(engine: Engine, path: Path | str) -> None:
    """Applies every migration that the records lack; of several processes one does, the others wait for it.

    Raises:
        LibraryError: The records were made by a newer version.
    """
    if _revision(engine) != HEAD:
        _apply(engine, path)


def _revision(engine: Engine) -> str | None:
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("select version_num from alembic_version")).scalar()


def _apply(engine: Engine, path: Path | str) -> None:
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
        fix = "Install that version, or name another data folder with --data"
        raise LibraryError(f"{path}: the records were made by a newer version ({error}). {fix}.") from error
