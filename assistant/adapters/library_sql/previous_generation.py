"""The generation before the current one: its rows stay, so that one publication can be rolled back."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select

from assistant.adapters.library_sql import codec
from assistant.adapters.library_sql.publish import BEFORE, kind_of, known_of, members_of, start_generation
from assistant.adapters.library_sql.tables import CONTENT, CURRENT, MEMBER


def previous_number(connection: Connection) -> int | None:
    """Returns the number of the generation that was current before, None where there is none."""
    return connection.execute(select(CURRENT.c.generation).where(CURRENT.c.only == BEFORE)).scalar()


def files_of(connection: Connection) -> frozenset[str]:
    """Returns the sha256 of the files that contents of the current and the previous generation were read from."""
    members = select(MEMBER.c.content_id).join(CURRENT, CURRENT.c.generation == MEMBER.c.generation)
    rows = connection.execute(select(CONTENT.c.source).where(CONTENT.c.content_id.in_(members)))
    return frozenset(codec.source_from(row.source).sha256 for row in rows)


def forget_previous(connection: Connection) -> None:
    """Removes the reference to the previous generation."""
    connection.execute(delete(CURRENT).where(CURRENT.c.only == BEFORE))


def copy_previous(connection: Connection) -> int | None:
    """Writes the generation before the current one as a new one that is not current; None where there is none."""
    before = previous_number(connection)
    if before is None:
        return None
    embedder, recipe = kind_of(connection, before)
    return start_generation(connection, members_of(connection, before), known_of(connection, before), embedder, recipe)
