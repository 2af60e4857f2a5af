"""Removes generations that nobody reads any more, and what a killed ingest left behind."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, delete, select

from assistant.adapters.library_sql.earlier import ended_before, published_numbers
from assistant.adapters.library_sql.leases import exclusive_lease, leased_generations
from assistant.adapters.library_sql.previous_generation import previous_numbers
from assistant.adapters.library_sql.publish import current_number
from assistant.adapters.library_sql.tables import (
    CONTENT,
    CURRENT,
    EMBEDDING,
    ERASED,
    GENERATION,
    KNOWN,
    MEMBER,
    PASSAGE,
    PUBLICATION,
)
from assistant.adapters.sql.engine import empty_log, writing
from assistant.ports import LexicalIndex, PassageIndex

BATCH = 500


def drop_old_generations(engine: Engine, leases: Path, indexes: Iterable[PassageIndex | LexicalIndex]) -> None:
    """Removes generations that are not current and that nobody reads: indexes first, their rows last.

    The rows of generations that were published stay, so that a publication can be rolled back and a question answered as
    at an earlier day. Texts, passages and embeddings stay: the ingest after a killed one uses them.
    """
    with engine.connect() as connection:
        current = current_number(connection)
        kept = {*previous_numbers(connection), *published_numbers(connection)}
        numbers = set(connection.execute(select(GENERATION.c.number)).scalars()) - kept
    every_index = tuple(indexes)
    for number in sorted(
        numbers.union(leased_generations(leases), *(each.generations() for each in every_index)) - {current}
    ):
        with exclusive_lease(leases, number) as is_free:
            if is_free:
                for index in every_index:
                    index.drop(number)
                if number not in kept:
                    with writing(engine) as connection:
                        _forget(connection, number)


def forget_earlier(engine: Engine, leases: Path, before: datetime) -> int:
    """Removes the rows of generations that were replaced before a time and that nobody reads; returns how many."""
    with engine.connect() as connection:
        old = ended_before(connection, before)
    count = 0
    for number in old:
        with exclusive_lease(leases, number) as is_free:
            if is_free:
                with writing(engine) as connection:
                    _forget(connection, number)
                count += 1
    if count:
        drop_unused_content(engine)
    return count


def forget_unfinished(engine: Engine, number: int) -> None:
    """Removes the rows of a generation that was not finished, unless it is current after all; gives the log's room back."""
    with writing(engine) as connection:
        if current_number(connection) != number:
            _forget(connection, number)
    if engine.dialect.name == "sqlite":
        empty_log(engine)


def drop_unused_content(engine: Engine) -> None:
    """Removes content that no generation holds, and embeddings of no passage or of an embedder that does not search."""
    with writing(engine) as connection:
        unused = select(CONTENT.c.content_id).where(CONTENT.c.content_id.not_in(select(MEMBER.c.content_id)))
        gone = list(connection.execute(unused).scalars())
        for start in range(0, len(gone), BATCH):
            some = gone[start : start + BATCH]
            connection.execute(delete(PASSAGE).where(PASSAGE.c.content_id.in_(some)))
            connection.execute(delete(CONTENT).where(CONTENT.c.content_id.in_(some)))
        spare = EMBEDDING.c.digest.not_in(select(PASSAGE.c.digest))
        searched = select(GENERATION.c.embedder).join(CURRENT, CURRENT.c.generation == GENERATION.c.number)
        strange = EMBEDDING.c.embedder.not_in(searched)
        connection.execute(delete(EMBEDDING).where(spare | strange))


def _forget(connection: Connection, number: int) -> None:
    for table in (MEMBER, KNOWN, ERASED, PUBLICATION):
        connection.execute(delete(table).where(table.c.generation == number))
    connection.execute(delete(GENERATION).where(GENERATION.c.number == number))
