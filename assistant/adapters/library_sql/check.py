"""Checks that rows, vectors, indexes and spans of a library belong together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Engine, func, select

from assistant.adapters.library_sql.tables import CONTENT, EMBEDDING, GENERATION, MEMBER, PASSAGE
from assistant.ports import LexicalIndex, PassageIndex


def faults(
    engine: Engine,
    current: int | None,
    embedder: str,
    dimension: int,
    vectors: PassageIndex,
    words: LexicalIndex,
) -> tuple[str, ...]:
    """Returns one readable line per fault, () when all is well."""
    found: list[str] = []
    with engine.connect() as connection:
        found.extend(_orphans(connection, current, vectors, words))
        if current is not None:
            found.extend(_indexes(connection, current, vectors, words))
            found.extend(_spans(connection, current))
            found.extend(_embeddings(connection, current, embedder, dimension))
    return tuple(found)


def _orphans(connection: Connection, current: int | None, vectors: PassageIndex, words: LexicalIndex) -> Iterator[str]:
    numbers = set(connection.execute(select(GENERATION.c.number)).scalars())
    for name, index in (("vector", vectors), ("word", words)):
        for number in index.generations():
            if number not in numbers:
                yield f"orphan: a {name} index of generation {number} that the library does not know"
    for number in sorted(numbers - {current}):
        yield f"left over: generation {number} is not current; the next ingest removes it if nobody reads it"
    loose = select(func.count()).where(CONTENT.c.content_id.not_in(select(MEMBER.c.content_id)))
    if count := connection.execute(loose).scalar():
        yield f"orphan: {count} stored editions belong to no generation"
    lost = select(func.count()).where(PASSAGE.c.content_id.not_in(select(CONTENT.c.content_id)))
    if count := connection.execute(lost).scalar():
        yield f"orphan: {count} passages belong to no edition"
    spare = select(func.count()).select_from(EMBEDDING).where(EMBEDDING.c.digest.not_in(select(PASSAGE.c.digest)))
    if count := connection.execute(spare).scalar():
        yield f"orphan: {count} embeddings belong to no passage"


def _indexes(connection: Connection, current: int, vectors: PassageIndex, words: LexicalIndex) -> Iterator[str]:
    counted = connection.execute(_of(current, select(func.count()).select_from(PASSAGE))).scalar()
    for name, index in (("vector", vectors), ("word", words)):
        if (held := index.count(current)) != counted:
            yield f"mismatch: the {name} index of generation {current} holds {held} passages, the library {counted}"


def _spans(connection: Connection, current: int) -> Iterator[str]:
    query = _of(current, select(CONTENT.c.text.label("whole"), PASSAGE).select_from(PASSAGE))
    for row in connection.execute(query.join(CONTENT, CONTENT.c.content_id == PASSAGE.c.content_id)):
        if row.whole[row.start : row.end] != row.text:
            yield f"broken span: {row.passage_id} is not the text at {row.start}:{row.end}"


def _embeddings(connection: Connection, current: int, embedder: str, dimension: int) -> Iterator[str]:
    query = _of(current, select(PASSAGE.c.passage_id, func.length(EMBEDDING.c.passage).label("size")))
    mine = (EMBEDDING.c.digest == PASSAGE.c.digest) & (EMBEDDING.c.embedder == embedder)
    for row in connection.execute(query.outerjoin(EMBEDDING, mine)):
        if row.size != dimension * 4:
            yield f"missing vector: {row.passage_id}"


def _of(current: int, query: Any) -> Any:
    return query.join(MEMBER, MEMBER.c.content_id == PASSAGE.c.content_id).where(MEMBER.c.generation == current)
