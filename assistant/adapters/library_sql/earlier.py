"""The earlier states of the library: which generation was current from when until when, and how one is searched again.

Rows of a generation that was published stay as long as records do, without its indexes, so that a question can be
answered as at a date.
"""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, delete, func, insert, select, update

from assistant.adapters.indexes.exact import ExactIndex
from assistant.adapters.library_sql import codec
from assistant.adapters.library_sql.publish import FORMAT, passages_in, with_vectors
from assistant.adapters.library_sql.tables import CONTENT, CURRENT, ERASED, GENERATION, MEMBER, PUBLICATION
from assistant.adapters.sql.times import time_to
from assistant.errors import LibraryError
from assistant.model import EditionId
from assistant.ports import LexicalIndex, PassageIndex
from assistant.ports.library import ErasedEdition, Publication

FOLDER = "assistant-earlier-"
"""How the folder of a word index begins that is made for one search and removed after it."""


def note_publication(connection: Connection, number: int) -> None:
    """Notes that a generation becomes current now, and that the one before ends."""
    now = time_to(datetime.now(UTC))
    connection.execute(update(PUBLICATION).where(PUBLICATION.c.until.is_(None)).values(until=now))
    connection.execute(insert(PUBLICATION).values(generation=number, since=now))


def published_numbers(connection: Connection) -> frozenset[int]:
    """Returns the generations that are or were current and whose rows are stored."""
    return frozenset(connection.execute(select(PUBLICATION.c.generation)).scalars())


def publications(connection: Connection, embedder: str) -> tuple[Publication, ...]:
    """Returns the stored publications, oldest first.

    Args:
        connection: Of the library.
        embedder: The one that searches now: what another one embedded cannot be searched.
    """
    query = select(PUBLICATION, GENERATION.c.embedder, GENERATION.c.format)
    joined = query.join(GENERATION, GENERATION.c.number == PUBLICATION.c.generation).order_by(PUBLICATION.c.generation)
    return tuple(
        Publication(
            row.generation,
            datetime.fromisoformat(row.since),
            datetime.fromisoformat(row.until) if row.until else None,
            row.embedder == embedder and row.format.split(" ")[0] == FORMAT,
        )
        for row in connection.execute(joined)
    )


def seen_publications(connection: Connection, embedder: str, groups: Collection[str]) -> tuple[Publication, ...]:
    """Returns the publications that changed something for a reader, each until the next one that did.

    A publication of documents that are hidden from them would tell that there are some.
    """
    every = publications(connection, embedder)
    hidden = _hidden_contents(connection, groups)
    if not hidden:
        return every
    seen: list[Publication] = []
    before: frozenset[int] | None = None
    for each in every:
        mine = select(MEMBER.c.content_id).where(MEMBER.c.generation == each.number)
        contents = frozenset(connection.execute(mine).scalars()) - hidden
        if contents == before:
            seen[-1] = replace(seen[-1], until=each.until)
        else:
            seen.append(each)
        before = contents
    return tuple(seen)


def _hidden_contents(connection: Connection, groups: Collection[str]) -> frozenset[int]:
    restricted = CONTENT.c.edition.not_like('%"groups":[]%')
    rows = connection.execute(select(CONTENT.c.content_id, CONTENT.c.edition).where(restricted))
    return frozenset(row.content_id for row in rows if not codec.edition_from(row.edition).is_open_to(groups))


def ended_by(connection: Connection, number: int) -> tuple[int, datetime] | None:
    """Returns the generation that replaced another, and when; None for one that is current or not stored."""
    until = connection.execute(select(PUBLICATION.c.until).where(PUBLICATION.c.generation == number)).scalar()
    if until is None:
        return None
    by = connection.execute(select(PUBLICATION.c.generation).where(PUBLICATION.c.since == until)).scalar()
    return None if by is None else (int(by), datetime.fromisoformat(until))


def erased_of(connection: Connection, number: int) -> tuple[ErasedEdition, ...]:
    """Returns the editions that a generation held and that were erased since, by edition id."""
    rows = connection.execute(select(ERASED).where(ERASED.c.generation == number).order_by(ERASED.c.edition_id))
    return tuple(ErasedEdition(EditionId(row.edition_id), codec.groups_from(row.groups)) for row in rows)


def ended_before(connection: Connection, before: datetime) -> tuple[int, ...]:
    """Returns the generations that were replaced before a time and that nobody can go back to."""
    needed = select(CURRENT.c.generation)
    old = PUBLICATION.c.until.is_not(None) & (PUBLICATION.c.until < time_to(before))
    query = select(PUBLICATION.c.generation).where(old, PUBLICATION.c.generation.not_in(needed))
    return tuple(sorted(connection.execute(query).scalars()))


def forget_all_earlier(connection: Connection) -> None:
    """Forgets which generations were current earlier, so that their rows are left over."""
    now = select(CURRENT.c.generation)
    connection.execute(delete(PUBLICATION).where(PUBLICATION.c.generation.not_in(now)))


def erase_editions(connection: Connection, names: Collection[EditionId]) -> None:
    """Takes editions out of every generation but the current one; their ids and groups are noted, nothing else."""
    current = select(PUBLICATION.c.generation).where(PUBLICATION.c.until.is_(None))
    query = (
        select(MEMBER.c.generation, MEMBER.c.content_id, CONTENT.c.edition_id, CONTENT.c.edition)
        .join(CONTENT, CONTENT.c.content_id == MEMBER.c.content_id)
        .where(CONTENT.c.edition_id.in_(list(names)), MEMBER.c.generation.not_in(current))
    )
    for row in connection.execute(query).all():
        groups = codec.dump(codec.edition_from(row.edition).groups)
        same = (MEMBER.c.generation == row.generation) & (MEMBER.c.content_id == row.content_id)
        connection.execute(delete(MEMBER).where(same))
        connection.execute(insert(ERASED).values(generation=row.generation, edition_id=row.edition_id, groups=groups))


def erased_count(connection: Connection, number: int) -> int:
    """Returns how many editions of a generation were erased since."""
    query = select(func.count()).select_from(ERASED).where(ERASED.c.generation == number)
    return int(connection.execute(query).scalar_one())


@contextmanager
def made_indexes(
    engine: Engine, number: int, embedder: str, is_searched: bool
) -> Iterator[tuple[PassageIndex, LexicalIndex]]:
    """Yields indexes of a generation whose own are gone; they go with the context.

    Args:
        engine: The database.
        number: The generation.
        embedder: The one whose vectors are searched.
        is_searched: False for indexes that hold nothing, where only texts are read.

    Raises:
        LibraryError: There is no room for the word index, or a passage has no vector of this embedder.
    """
    from assistant.adapters.indexes.tantivy import TantivyIndex

    try:
        with tempfile.TemporaryDirectory(prefix=FOLDER) as folder:
            vectors, words = ExactIndex(), TantivyIndex(Path(folder))
            if is_searched:
                words.build(number, passages_in(engine, number))
                vectors.build(number, with_vectors(engine, passages_in(engine, number), embedder))
            yield vectors, words
            words.drop(number)
    except OSError as error:
        fix = "Make room in the folder for temporary files (TMPDIR)"
        raise LibraryError(f"{tempfile.gettempdir()}: cannot be written ({error.strerror}). {fix}.") from error
