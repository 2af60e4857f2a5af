"""Checks that rows, vectors, indexes and spans of a library are consistent."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, func, select

from assistant.adapters.library_sql.earlier import erased_count, published_numbers
from assistant.adapters.library_sql.leases import is_read
from assistant.adapters.library_sql.previous_generation import previous_numbers
from assistant.adapters.library_sql.publish import current_number, is_restricted
from assistant.adapters.library_sql.tables import CONTENT, EMBEDDING, GENERATION, MEMBER, PASSAGE
from assistant.errors import LibraryError
from assistant.ports import LexicalIndex, PassageIndex

Indexes = Mapping[str, PassageIndex | LexicalIndex]
BATCH = 100
"""Edition texts held in memory at once."""
FLOAT32_BYTES = 4
FLOAT16_BYTES = 2


def faults(engine: Engine, leases: Path, embedder: str, dimension: int | None, indexes: Indexes) -> tuple[str, ...]:
    """Returns one readable line per fault, () when all is well.

    An old generation that is still being read is no fault.

    Args:
        engine: The database.
        leases: Folder of the leases of those who read.
        embedder: Fingerprint of the embedder.
        dimension: Columns of its vectors; None where the library was built otherwise, so that vectors are not looked at.
        indexes: The indexes by name.
    """
    lines: list[str] = []
    with engine.connect() as connection:
        current = current_number(connection)
        lines.extend(_old(connection, current, leases, indexes))
        lines.extend(_previous(connection))
        lines.extend(_loose(connection))
        if current is not None:
            lines.extend(_counts(connection, current, indexes))
            lines.extend(_spans(connection, current))
            if dimension is not None:
                lines.extend(_embeddings(connection, current, embedder, dimension))
    return tuple(lines)


def _old(connection: Connection, current: int | None, leases: Path, indexes: Indexes) -> Iterator[str]:
    numbers = set(connection.execute(select(GENERATION.c.number)).scalars())
    needed = {current, *previous_numbers(connection), *published_numbers(connection)}
    free = {number for number in numbers - needed if not is_read(leases, number)}
    for number in sorted(free):
        yield f"left over: generation {number} is not current and nobody reads it; the next ingest removes it"
    for name, index in indexes.items():
        for number in sorted({*index.generations()} - numbers):
            yield f"orphan: a {name} index of generation {number}, unknown to the library; the next ingest removes it"


def _previous(connection: Connection) -> Iterator[str]:
    previous = previous_numbers(connection)
    for number in sorted({*previous, *published_numbers(connection)}):
        row = connection.execute(select(GENERATION.c.edition_count).where(GENERATION.c.number == number)).first()
        counted = connection.execute(select(func.count()).where(MEMBER.c.generation == number)).scalar_one()
        if row is not None and row.edition_count == counted + erased_count(connection, number):
            continue
        if number in previous:
            yield f"mismatch: generation {number}, stored to roll back to, has lost editions; the next ingest replaces it"
        else:
            yield f"mismatch: generation {number}, stored for evidence, has lost editions; restore a backup"


def _loose(connection: Connection) -> Iterator[str]:
    fix = "the next ingest uses or removes them"
    content = CONTENT.c.content_id.not_in(select(MEMBER.c.content_id))
    if count := connection.execute(select(func.count()).where(content)).scalar():
        yield f"orphan: {count} stored editions belong to no generation; {fix}"
    passage = PASSAGE.c.content_id.not_in(select(CONTENT.c.content_id))
    if count := connection.execute(select(func.count()).where(passage)).scalar():
        yield f"mismatch: {count} passages belong to no edition"
    spare = EMBEDDING.c.digest.not_in(select(PASSAGE.c.digest))
    if count := connection.execute(select(func.count()).select_from(EMBEDDING).where(spare)).scalar():
        yield f"orphan: {count} embeddings belong to no passage; {fix}"


def _counts(connection: Connection, current: int, indexes: Indexes) -> Iterator[str]:
    counted = connection.execute(_of(current, select(func.count()).select_from(PASSAGE))).scalar()
    fix = "run `assistant rebuild`"
    for name, index in indexes.items():
        try:
            held = index.count(current)
        except LibraryError as error:
            yield f"damaged: the {name} index of generation {current}: {error}"
            continue
        if current not in index.generations():
            yield f"missing: the {name} index of generation {current}; {fix}"
        elif held != counted:
            yield (
                f"mismatch: the {name} index of generation {current} holds {held} passages, "
                f"the library {counted}; {fix}"
            )
        elif not index.is_separated(current) and is_restricted(connection, current):
            yield (
                f"mixed: the {name} index of generation {current} counts restricted passages in the scores of others; "
                f"{fix}"
            )


def _spans(connection: Connection, current: int) -> Iterator[str]:
    mine = select(MEMBER.c.content_id).where(MEMBER.c.generation == current).order_by(MEMBER.c.content_id)
    numbers = list(connection.execute(mine).scalars())
    for start in range(0, len(numbers), BATCH):
        some = numbers[start : start + BATCH]
        rows = connection.execute(select(CONTENT.c.content_id, CONTENT.c.text).where(CONTENT.c.content_id.in_(some)))
        texts = {row.content_id: row.text for row in rows}
        columns = (PASSAGE.c.content_id, PASSAGE.c.passage_id, PASSAGE.c.start, PASSAGE.c.end, PASSAGE.c.text)
        for row in connection.execute(select(*columns).where(PASSAGE.c.content_id.in_(some))):
            if texts[row.content_id][row.start : row.end] != row.text:
                yield f"broken span: {row.passage_id} is not the text of its edition at {row.start}:{row.end}"


def _embeddings(connection: Connection, current: int, embedder: str, dimension: int) -> Iterator[str]:
    sizes = (
        func.length(EMBEDDING.c.passage).label("passage_bytes"),
        func.length(EMBEDDING.c.sentences).label("sentence_bytes"),
    )
    query = _of(current, select(PASSAGE.c.passage_id, PASSAGE.c.sentences, *sizes).select_from(PASSAGE))
    same = (EMBEDDING.c.digest == PASSAGE.c.digest) & (EMBEDDING.c.embedder == embedder)
    for row in connection.execute(query.outerjoin(EMBEDDING, same)):
        if row.passage_bytes is None:
            yield f"missing vector: {row.passage_id}; run `assistant rebuild`"
        elif row.passage_bytes != dimension * FLOAT32_BYTES:
            yield f"broken vector: {row.passage_id} has {row.passage_bytes} bytes, not {dimension * FLOAT32_BYTES}"
        elif row.sentence_bytes != len(json.loads(row.sentences)) * dimension * FLOAT16_BYTES:
            yield f"broken vector: the sentences of {row.passage_id} and their vectors are not as many"


def _of(current: int, query: Any) -> Any:
    return query.join(MEMBER, MEMBER.c.content_id == PASSAGE.c.content_id).where(MEMBER.c.generation == current)
