"""Publishing: rows first, then the indexes of the new generation, then one transaction that makes it current."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Connection, Engine, func, insert, select, update

from assistant.adapters.library_sql import codec
from assistant.adapters.library_sql.tables import CONTENT, CURRENT, EMBEDDING, GENERATION, KNOWN, MEMBER, PASSAGE
from assistant.errors import LibraryError
from assistant.model import Document, Edition, EditionId, Passage
from assistant.ports import Source, Vectors

FORMAT = "1"
"""Format of rows and indexes; another one means: build again."""
NOW, BEFORE = 1, 2
"""Rows of the table ``current``: the generation that answers, and from 2 on those that did before it, the latest first."""
READ_BATCH = 1000
WRITE_BATCH = 100


def current_number(connection: Connection) -> int | None:
    """Returns the number of the current generation, None before the first publish."""
    return connection.execute(select(CURRENT.c.generation).where(CURRENT.c.only == NOW)).scalar()


def members_of(connection: Connection, generation: int | None) -> dict[EditionId, int]:
    """Returns edition id to content id for a generation; {} for None."""
    rows = connection.execute(
        select(CONTENT.c.edition_id, CONTENT.c.content_id)
        .join(MEMBER, MEMBER.c.content_id == CONTENT.c.content_id)
        .where(MEMBER.c.generation == generation)
    )
    return {EditionId(row.edition_id): row.content_id for row in rows}


def known_of(connection: Connection, generation: int | None) -> tuple[Edition, ...]:
    """Returns the editions known but not indexed of a generation."""
    rows = connection.execute(select(KNOWN.c.edition).where(KNOWN.c.generation == generation))
    return tuple(codec.edition_from(row.edition) for row in rows)


def is_restricted(connection: Connection, generation: int) -> bool:
    """Returns whether a generation holds an edition that is for some groups only."""
    members = select(MEMBER.c.content_id).where(MEMBER.c.generation == generation)
    rows = connection.execute(select(CONTENT.c.edition).where(CONTENT.c.content_id.in_(members)))
    return any(codec.edition_from(row.edition).groups for row in rows)


def sources_of(connection: Connection, contents: Iterable[int]) -> tuple[Source, ...]:
    """Returns where these contents were read from."""
    ids = set(contents)
    rows = connection.execute(select(CONTENT.c.content_id, CONTENT.c.source))
    return tuple(codec.source_from(row.source) for row in rows if row.content_id in ids)


def write_documents(connection: Connection, documents: Sequence[tuple[Document, Source]]) -> dict[EditionId, int]:
    """Writes content and passages of new versions, and returns edition id to content id.

    A version that is there already (from this or from a crashed ingest) is used again.
    """
    written: dict[EditionId, int] = {}
    for start in range(0, len(documents), WRITE_BATCH):
        written.update(_write(connection, documents[start : start + WRITE_BATCH]))
    return written


def _write(connection: Connection, documents: Sequence[tuple[Document, Source]]) -> dict[EditionId, int]:
    rows = {row["key"]: (row, document) for document, row in ((each[0], _content_row(*each)) for each in documents)}
    there = _contents_by_key(connection, rows)
    for key, content_id in there.items():  # its file may have moved since
        _set_source(connection, content_id, rows[key][0]["source"])
    new = [key for key in rows if key not in there]
    if new:
        connection.execute(insert(CONTENT), [rows[key][0] for key in new])
        contents = _contents_by_key(connection, new)
        passages = [
            codec.passage_to(each, contents[key], place)
            for key in new
            for place, each in enumerate(rows[key][1].passages)
        ]
        if passages:
            connection.execute(insert(PASSAGE), passages)
        there.update(contents)
    return {document.edition.edition_id: there[key] for key, (_, document) in rows.items()}


def move_sources(connection: Connection, members: Mapping[EditionId, int], moved: Iterable[Source]) -> None:
    """Notes where the files of some members lie now; a file that moved makes no new version of its edition."""
    for source in moved:
        if source.edition_id in members:
            _set_source(connection, members[source.edition_id], codec.source_to(source))


def _set_source(connection: Connection, content_id: int, source: str) -> None:
    other = (CONTENT.c.content_id == content_id) & (CONTENT.c.source != source)
    connection.execute(update(CONTENT).where(other).values(source=source))


def _contents_by_key(connection: Connection, keys: Iterable[str]) -> dict[str, int]:
    rows = connection.execute(select(CONTENT.c.key, CONTENT.c.content_id).where(CONTENT.c.key.in_(list(keys))))
    return {row.key: row.content_id for row in rows}


def _content_row(document: Document, source: Source) -> dict[str, Any]:
    row = {
        "edition_id": document.edition.edition_id,
        "edition": codec.edition_to(document.edition),
        "source": codec.source_to(source),
        "text": document.text,
        "pages": codec.pages_to(document.pages),
        "sections": codec.sections_to(document.sections),
        "footnotes": codec.footnotes_to(document.footnotes),
        "exclusions": codec.exclusions_to(document.exclusions),
        "mentions": codec.references_to(document.references),
        "offsets": codec.offsets_to(document.offsets),
        "page_count": document.page_count,
    }
    passages = "".join(f"{each.passage_id}{each.digest}" for each in document.passages)
    key = hashlib.sha256((codec.dump(row) + passages).encode()).hexdigest()
    return {**row, "key": key}


def start_generation(
    connection: Connection, members: Mapping[EditionId, int], known: Iterable[Edition], embedder: str, recipe: str
) -> int:
    """Writes the row, members and known editions of a generation that is not current yet; returns its number.

    Args:
        connection: Inside a transaction.
        members: The content of each edition.
        known: Editions of the catalogue that are not indexed.
        embedder: Fingerprint of the embedder.
        recipe: Format of rows and indexes, and the cut.
    """
    highest = connection.execute(select(func.max(GENERATION.c.number))).scalar() or 0
    number = int(highest) + 1
    digests = _digests(connection, members)
    connection.execute(
        insert(GENERATION).values(
            number=number,
            fingerprint=fingerprint_of(digests, embedder, recipe),
            embedder=embedder,
            format=recipe,
            passage_count=len(digests),
            edition_count=len(members),
            created=datetime.now(UTC).isoformat(timespec="seconds"),
        )
    )
    if members:
        connection.execute(insert(MEMBER), [{"generation": number, "content_id": each} for each in members.values()])
    rows = [{"generation": number, "edition_id": each.edition_id, "edition": codec.edition_to(each)} for each in known]
    if rows:
        connection.execute(insert(KNOWN), rows)
    return number


def _digests(connection: Connection, members: Mapping[EditionId, int]) -> list[str]:
    ids = set(members.values())
    rows = connection.execute(select(PASSAGE.c.content_id, PASSAGE.c.passage_id, PASSAGE.c.digest))
    return sorted(f"{row.passage_id} {row.digest}" for row in rows if row.content_id in ids)


def fingerprint_of(digests: Sequence[str], embedder: str, recipe: str) -> str:
    """Returns the fingerprint of a generation with these passages, each as id and digest, sorted."""
    return hashlib.sha256("\n".join((embedder, recipe, *digests)).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Change:
    """In what one generation differs from another."""

    base: int
    """The number of the other."""
    gone: frozenset[EditionId]
    """Editions of the other that this one does not hold, or holds in another version."""
    added: frozenset[int]
    """Contents that the other does not hold."""


def change_between(connection: Connection, base: int, number: int) -> Change:
    """Returns in what a generation differs from a base."""
    before, after = members_of(connection, base), members_of(connection, number)
    gone = frozenset(name for name, content in before.items() if after.get(name) != content)
    return Change(base, gone, frozenset(after.values()) - frozenset(before.values()))


def passages_in(
    engine: Engine, generation: int, contents: Collection[int] | None = None
) -> Iterator[tuple[Passage, Edition]]:
    """Yields every passage of a generation with its edition, in order of editions, a batch at a time.

    Args:
        engine: The database.
        generation: The generation.
        contents: Those whose passages are wanted; every one unless given.
    """
    if contents is None:
        yield from _passages_in(engine, MEMBER.c.generation == generation)
        return
    numbers = sorted(contents)
    for start in range(0, len(numbers), WRITE_BATCH):
        some = MEMBER.c.content_id.in_(numbers[start : start + WRITE_BATCH])
        yield from _passages_in(engine, (MEMBER.c.generation == generation) & some)


def _passages_in(engine: Engine, which: ColumnElement[bool]) -> Iterator[tuple[Passage, Edition]]:
    with engine.connect() as connection:
        rows = connection.execution_options(yield_per=READ_BATCH).execute(
            select(PASSAGE, CONTENT.c.edition_id, CONTENT.c.edition)
            .join(CONTENT, CONTENT.c.content_id == PASSAGE.c.content_id)
            .join(MEMBER, MEMBER.c.content_id == CONTENT.c.content_id)
            .where(which)
            .order_by(PASSAGE.c.content_id, PASSAGE.c.ordinal)
        )
        content_id, edition = None, None
        for row in rows:
            if edition is None or row.content_id != content_id:
                content_id, edition = row.content_id, codec.edition_from(row.edition)
            yield codec.passage_from(row, edition.edition_id), edition


def with_vectors(
    engine: Engine, passages: Iterable[tuple[Passage, Edition]], embedder: str
) -> Iterator[tuple[Passage, Edition, Vectors]]:
    """Yields the passages with their stored vectors.

    Raises:
        LibraryError: A passage has no vector; the ingest did not store it.
    """
    batch: list[tuple[Passage, Edition]] = []
    for each in passages:
        batch.append(each)
        if len(batch) == READ_BATCH // 2:
            yield from _joined(engine, batch, embedder)
            batch = []
    yield from _joined(engine, batch, embedder)


def _joined(
    engine: Engine, batch: Sequence[tuple[Passage, Edition]], embedder: str
) -> Iterator[tuple[Passage, Edition, Vectors]]:
    digests = [passage.digest for passage, _ in batch]
    query = select(EMBEDDING.c.digest, EMBEDDING.c.passage).where(
        EMBEDDING.c.embedder == embedder, EMBEDDING.c.digest.in_(digests)
    )
    with engine.connect() as connection:
        found = {row.digest: np.frombuffer(row.passage, dtype=np.float32) for row in connection.execute(query)}
    for passage, edition in batch:
        if passage.digest not in found:
            raise LibraryError(f"{passage.passage_id}: no embedding is stored. Run `assistant rebuild`.")
        yield passage, edition, found[passage.digest]


def kind_of(connection: Connection, number: int) -> tuple[str, str]:
    """Returns embedder and format of a generation."""
    row = connection.execute(select(GENERATION.c.embedder, GENERATION.c.format).where(GENERATION.c.number == number))
    embedder, recipe = row.one()
    return embedder, recipe
