"""Snapshot: one generation, read from SQL and its two indexes."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from sqlalchemy import Engine, Row, select

from assistant.adapters.library_sql import codec
from assistant.adapters.library_sql.publish import fingerprint_of
from assistant.adapters.library_sql.tables import CONTENT, EMBEDDING, GENERATION, KNOWN, MEMBER, PASSAGE
from assistant.adapters.sql.engine import translated
from assistant.errors import LibraryError
from assistant.model import (
    Edition,
    EditionId,
    Exclusion,
    Filter,
    Generation,
    Page,
    Passage,
    PassageId,
    Ranked,
    Reference,
    Section,
    Span,
)
from assistant.ports import LexicalIndex, PassageIndex, Source, Vectors

CACHED_PASSAGES = 5000
"""Passages cached in memory, about 20 MB."""


class SqlSnapshot:
    """Reads one generation; what it returns never changes while it is open."""

    def __init__(
        self,
        engine: Engine,
        generation: Generation,
        embedder: str,
        dimension: int,
        vectors: PassageIndex,
        words: LexicalIndex,
    ) -> None:
        self._engine = engine
        self._generation = generation
        self._embedder = embedder
        self._dimension = dimension
        self._vectors = vectors
        self._words = words
        self._editions = lru_cache(maxsize=1)(self._read_editions)
        self._content = lru_cache(maxsize=32)(self._read_content)
        self._pages = lru_cache(maxsize=32)(self._read_pages)
        self._generation_without = lru_cache(maxsize=32)(self._read_generation_without)
        self._cached: dict[PassageId, Passage] = {}

    @property
    def generation(self) -> Generation:
        """Which generation this is."""
        return self._generation

    def editions(self) -> tuple[Edition, ...]:
        """Returns the indexed editions, by edition id."""
        return self._editions()[0]

    def known(self) -> tuple[Edition, ...]:
        """Returns editions that the catalogue names and that are not indexed, by edition id."""
        return self._editions()[1]

    def sources(self) -> tuple[Source, ...]:
        """Returns where each indexed edition was read from, by edition id."""
        rows = self._rows(self._members(CONTENT.c.source).order_by(CONTENT.c.edition_id))
        return tuple(codec.source_from(row.source) for row in rows)

    def passages(self, ids: Sequence[PassageId]) -> tuple[Passage, ...]:
        """Returns these passages in the order of the ids; unknown ids are left out."""
        found = {each: held for each in ids if (held := self._cached.get(each)) is not None}
        missing = [each for each in ids if each not in found]
        if missing:
            query = self._passages_query().where(PASSAGE.c.passage_id.in_(missing))
            for row in self._rows(query):
                found[PassageId(row.passage_id)] = codec.passage_from(row, EditionId(row.edition_id))
            self._cache(found)
        return tuple(found[each] for each in ids if each in found)

    def passages_of(self, edition_id: EditionId) -> tuple[Passage, ...]:
        """Returns every passage of an edition in reading order; () for an unknown edition."""
        query = self._passages_query().where(CONTENT.c.edition_id == edition_id).order_by(PASSAGE.c.ordinal)
        return tuple(codec.passage_from(row, edition_id) for row in self._rows(query))

    def passage_at(self, edition_id: EditionId, span: Span) -> Passage | None:
        """Returns the passage of an edition that contains the whole span, None where none does."""
        holds = (PASSAGE.c.start <= span.start) & (PASSAGE.c.end >= span.end)
        rows = self._rows(self._passages_query().where(CONTENT.c.edition_id == edition_id, holds).limit(1))
        return codec.passage_from(rows[0], edition_id) if rows else None

    def sentence_vectors(self, ids: Sequence[PassageId]) -> Mapping[PassageId, Vectors]:
        """Returns float32 (sentences, dim) per passage."""
        query = (
            select(PASSAGE.c.passage_id, EMBEDDING.c.sentences)
            .join(EMBEDDING, (EMBEDDING.c.digest == PASSAGE.c.digest) & (EMBEDDING.c.embedder == self._embedder))
            .where(self._is_member(PASSAGE.c.content_id), PASSAGE.c.passage_id.in_(list(ids)))
        )
        return {PassageId(row.passage_id): self._matrix(row.sentences) for row in self._rows(query)}

    def text(self, edition_id: EditionId) -> str:
        """Returns the edition text. Raises ``LibraryError`` for an unknown edition."""
        return str(self._content(edition_id).text)

    def pages(self, edition_id: EditionId) -> tuple[Page, ...]:
        """Returns the page stretches of an edition, by start."""
        return self._pages(edition_id)

    def sections(self, edition_id: EditionId) -> tuple[Section, ...]:
        """Returns the sections of an edition, in order."""
        return codec.sections_from(self._content(edition_id).sections)

    def exclusions(self, edition_id: EditionId) -> tuple[Exclusion, ...]:
        """Returns what was left out of an edition, by page."""
        return codec.exclusions_from(self._content(edition_id).exclusions)

    def references(self, edition_id: EditionId) -> tuple[Reference, ...]:
        """Returns the documents and addresses that an edition mentions, in order."""
        return codec.references_from(self._content(edition_id).mentions)

    def search_vectors(self, vector: Vectors, *, k: int, filter: Filter) -> tuple[Ranked, ...]:
        """Returns what the vector index finds in this generation."""
        return self._vectors.search(self._generation.number, vector, k=k, filter=filter)

    def search_words(self, query: str, *, k: int, filter: Filter) -> tuple[Ranked, ...]:
        """Returns what the word index finds in this generation."""
        return self._words.search(self._generation.number, query, k=k, filter=filter)

    def document_frequencies(self, words: Sequence[str], hidden: Collection[EditionId] = ()) -> tuple[int, ...]:
        """Returns in how many passages each word occurs; those of hidden editions do not count."""
        return self._words.document_frequencies(self._generation.number, words, hidden)

    def vocabulary(self, hidden: Collection[EditionId] = ()) -> Mapping[str, int]:
        """Returns the words of this generation, with how many passages hold each; those of hidden editions do not count."""
        return self._words.vocabulary(self._generation.number, hidden)

    def generation_without(self, hidden: Collection[EditionId]) -> Generation:
        """Returns the generation as it would be without these editions: its fingerprint and its counts."""
        return self._generation_without(frozenset(hidden))

    def _matrix(self, blob: bytes) -> Vectors:
        return np.frombuffer(blob, dtype=np.float16).reshape(-1, self._dimension).astype(np.float32)

    def _members(self, *columns: Any) -> Any:
        return (
            select(*columns)
            .join(MEMBER, MEMBER.c.content_id == CONTENT.c.content_id)
            .where(MEMBER.c.generation == self._generation.number)
        )

    def _passages_query(self) -> Any:
        return (
            select(PASSAGE, CONTENT.c.edition_id)
            .join(CONTENT, CONTENT.c.content_id == PASSAGE.c.content_id)
            .where(self._is_member(CONTENT.c.content_id))
        )

    def _is_member(self, content_id: Any) -> Any:
        """Returns the condition of belonging to this generation.

        Not a join: from one, SQLite starts at the generation and reads every passage of it (90 ms at 10,000).
        """
        mine = MEMBER.c.generation == self._generation.number
        return select(MEMBER.c.content_id).where(mine, MEMBER.c.content_id == content_id).exists()

    def _cache(self, found: Mapping[PassageId, Passage]) -> None:
        """Caches passages for the later steps of the same question; they never change within a generation."""
        if len(self._cached) > CACHED_PASSAGES:
            self._cached = {}
        self._cached.update(found)

    def _rows(self, query: Any) -> Sequence[Row[Any]]:
        with translated(self._engine.url.render_as_string()), self._engine.connect() as connection:
            return connection.execute(query).all()

    def _read_editions(self) -> tuple[tuple[Edition, ...], tuple[Edition, ...]]:
        indexed = self._rows(self._members(CONTENT.c.edition).order_by(CONTENT.c.edition_id))
        mine = KNOWN.c.generation == self._generation.number
        known = self._rows(select(KNOWN.c.edition).where(mine).order_by(KNOWN.c.edition_id))
        return tuple(codec.edition_from(r.edition) for r in indexed), tuple(
            codec.edition_from(r.edition) for r in known
        )

    def _read_generation_without(self, hidden: frozenset[EditionId]) -> Generation:
        left = [each.edition_id for each in self.editions() if each.edition_id not in hidden]
        if len(left) == len(self.editions()):
            return self._generation
        columns = select(PASSAGE.c.passage_id, PASSAGE.c.digest, CONTENT.c.edition_id)
        query = columns.join(CONTENT, CONTENT.c.content_id == PASSAGE.c.content_id)
        rows = self._rows(query.where(self._is_member(CONTENT.c.content_id)))
        digests = sorted(f"{row.passage_id} {row.digest}" for row in rows if row.edition_id not in hidden)
        (built,) = self._rows(select(GENERATION.c.embedder, GENERATION.c.format).where(self._is_mine))
        fingerprint = fingerprint_of(digests, built.embedder, built.format)
        return Generation(self._generation.number, fingerprint, len(digests), len(left))

    @property
    def _is_mine(self) -> Any:
        return GENERATION.c.number == self._generation.number

    def _read_pages(self, edition_id: EditionId) -> tuple[Page, ...]:
        return codec.pages_from(self._content(edition_id).pages)

    def _read_content(self, edition_id: EditionId) -> Row[Any]:
        rows = self._rows(self._members(CONTENT).where(CONTENT.c.edition_id == edition_id))
        if not rows:
            known = ", ".join(each.edition_id for each in self.editions()[:20])
            raise LibraryError(f"No edition {json.dumps(str(edition_id))} in the library. It holds: {known}.")
        return rows[0]
