"""SqlLibrary: the ``Library`` port over SQLAlchemy, SQLite by default."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import insert, select
from sqlalchemy.exc import SQLAlchemyError

from assistant.adapters.library_sql import clean_up, earlier, previous_generation
from assistant.adapters.library_sql import publish as publishing
from assistant.adapters.library_sql.check import faults
from assistant.adapters.library_sql.leases import lease
from assistant.adapters.library_sql.mismatch import Build, can_be_read, mismatch
from assistant.adapters.library_sql.snapshot import SqlSnapshot
from assistant.adapters.library_sql.tables import EMBEDDING, GENERATION, TABLES
from assistant.adapters.library_sql.writer_lock import WriterLock
from assistant.adapters.sql.engine import file_url, open_engine, translated, writing
from assistant.adapters.sql.schema_upgrades import upgrade
from assistant.data_folder import make_private_folder
from assistant.errors import IndexMismatch, LibraryEmpty, LibraryError, UsageError
from assistant.model import Digest, Edition, EditionId, Generation, Passage
from assistant.ports import Embedding, LexicalIndex, PassageIndex, Progress, Snapshot, Source, Update, Vectors
from assistant.ports.library import ErasedEdition, LastChange, Publication

logger = logging.getLogger(__name__)


class SqlLibrary:
    """Editions, texts, passages and embeddings in SQL, with the indexes of each generation beside it.

    Args:
        data: Data folder; made where it is absent.
        embedder: Fingerprint of the embedder whose vectors are stored and searched.
        dimension: Columns of its vectors.
        vectors: Vector index.
        words: Word index.
        lock_wait_s: How long a second writer waits for the first.
        url: SQLAlchemy address; a SQLite file in the data folder unless given.
        cut: Name of the cut of texts into passages, at most 30 characters; another one means another index.
        has_copy: Returns whether a copy of the file with a sha256 is stored.
        on_published: Called with the writer's lock held after another generation was made current; must not raise.
    """

    def __init__(
        self,
        data: Path,
        embedder: str,
        dimension: int,
        vectors: PassageIndex,
        words: LexicalIndex,
        lock_wait_s: float = 30.0,
        url: str | None = None,
        cut: str = "",
        has_copy: Callable[[str], bool] = lambda sha256: False,
        on_published: Callable[[], None] | None = None,
    ) -> None:
        self._data = data
        self._embedder = embedder
        self._dimension = dimension
        self._vectors = vectors
        self._words = words
        self._format = f"{publishing.FORMAT} {cut}".strip()
        self._has_copy = has_copy
        try:
            make_private_folder(data)
        except OSError as error:
            raise LibraryError(
                f"{data}: the data folder cannot be made ({error}). Choose another with --data."
            ) from error
        self._lock = WriterLock(data, lock_wait_s)
        with translated(data):
            self._engine = open_engine(url or file_url(data / "library.sqlite"))
            upgrade(self._engine, data, TABLES)
        self._snapshot = lru_cache(maxsize=2)(self._make_snapshot)
        self._on_published = on_published

    def open(self) -> AbstractContextManager[Snapshot]:
        """Returns the current generation, which stays whole until the context is left."""
        return self._opened(self._snapshot)

    def open_for_rebuild(self) -> AbstractContextManager[Snapshot]:
        """Returns the current generation whatever it was built with; only its rows may be read."""
        return self._opened(self._snapshot_of)

    @contextmanager
    def _opened(self, snapshot: Callable[[int], SqlSnapshot]) -> Iterator[Snapshot]:
        for _ in range(50):
            number = self._current()
            if number is None:
                raise LibraryEmpty(f"{self._data}: nothing has been ingested yet. Run `assistant ingest PATH...`.")
            with lease(self._leases, number):
                if self._current() == number:
                    yield snapshot(number)
                    return
        raise LibraryError(f"{self._data}: the library changed fifty times while it was opened. Try again.")

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Holds the lock of the one writer, and removes generations that are not current and that nobody reads."""
        with self._lock.held() as is_first:
            if is_first:
                with translated(self._data):
                    clean_up.drop_old_generations(self._engine, self._leases, (self._vectors, self._words))
            yield

    def missing_embeddings(self, digests: Iterable[Digest]) -> frozenset[Digest]:
        """Returns those digests for which this library has no embedding by the current embedder."""
        unique = list(dict.fromkeys(digests))
        stored: set[str] = set()
        with translated(self._data), self._engine.connect() as connection:
            for start in range(0, len(unique), 500):
                query = select(EMBEDDING.c.digest).where(
                    EMBEDDING.c.embedder == self._embedder, EMBEDDING.c.digest.in_(unique[start : start + 500])
                )
                stored.update(connection.execute(query).scalars())
        return frozenset(digest for digest in unique if digest not in stored)

    def add_embeddings(self, embeddings: Mapping[Digest, Embedding]) -> None:
        """Stores embeddings by digest, in one transaction; those that are there already stay."""
        missing = self.missing_embeddings(embeddings)
        rows = [
            {
                "digest": digest,
                "embedder": self._embedder,
                "passage": np.asarray(embeddings[digest].passage, dtype=np.float32).tobytes(),
                "sentences": np.asarray(embeddings[digest].sentences, dtype=np.float16).tobytes(),
            }
            for digest in sorted(missing)
        ]
        if rows:
            with translated(self._data), writing(self._engine) as connection:
                connection.execute(insert(EMBEDDING), rows)

    def publish(self, update: Update, progress: Progress | None = None) -> Generation:
        """Makes the updated library current in one step, or leaves the old one untouched; takes the writer's lock.

        Raises:
            IndexMismatch: The library was built with another embedder, cut or format, and editions that the
                update does not name would have to be read again; names where they are.
        """
        with self.writing(), translated(self._data):
            started = self._start(update)
            if isinstance(started, Generation):
                clean_up.drop_unused_content(self._engine)
                return started
            return self._switch(started, progress)

    @contextmanager
    def draft(self, update: Update, progress: Progress | None = None) -> Iterator[Snapshot]:
        """Yields the library as an update would make it: a generation that never becomes current, removed afterwards.

        A lease keeps it from being removed while it is asked; a killed process leaves what a killed ingest leaves.
        """
        with ExitStack() as undo:
            with self.writing(), translated(self._data):
                started = self._start(update)
                number = started.number if isinstance(started, Generation) else started
                undo.callback(self._forget_draft, number)
                undo.enter_context(lease(self._leases, number))
                if not isinstance(started, Generation):
                    self._build(number, progress)
            yield self._snapshot_of(number)

    def _forget_draft(self, number: int) -> None:
        try:
            with self.writing(), translated(self._data):
                clean_up.drop_unused_content(self._engine)
        except LibraryError as error:
            logger.warning("the next ingest removes generation %d of a draft (%s)", number, type(error).__name__)

    def roll_back(self, progress: Progress | None = None, *, groups: Collection[str] | None = None) -> Generation:
        """Makes the editions before the last publication current again, as a new generation; a second call undoes the first.

        With groups, the last publication that they see; what is hidden from them stays as it is.
        """
        with self.writing(), translated(self._data):
            with writing(self._engine) as connection:
                number = previous_generation.copy_previous(connection, groups)
            if number is None:
                raise UsageError("There is no earlier state of the library to go back to. Publish something first.")
            return self._switch(number, progress)

    def last_change(self, groups: Collection[str] | None = None) -> LastChange | None:
        """Returns what ``roll_back`` would undo, None where there is nothing to go back to."""
        with translated(self._data), self._engine.connect() as connection:
            return previous_generation.last_change(connection, groups)

    def publications(self, groups: Collection[str] | None = None) -> tuple[Publication, ...]:
        """Returns from when until when each stored generation was current, oldest first; with groups, as they saw it."""
        with translated(self._data), self._engine.connect() as connection:
            if groups is None:
                return earlier.publications(connection, self._embedder)
            return earlier.seen_publications(connection, self._embedder, groups)

    def erased(self, number: int) -> tuple[ErasedEdition, ...]:
        """Returns the editions that a generation held and that were erased since, by edition id."""
        with translated(self._data), self._engine.connect() as connection:
            return earlier.erased_of(connection, number)

    @contextmanager
    def open_earlier(self, number: int, *, is_searched: bool = True) -> Iterator[Snapshot]:
        """Yields a generation that was current earlier; where it is searched, its indexes are made again for that."""
        with ExitStack() as stack:
            stack.enter_context(lease(self._leases, number))
            published = {each.number: each for each in self.publications()}
            if number not in published:
                raise LibraryError(f"{self._data}: generation {number} is not stored any more. Ask as at another day.")
            if is_searched and not published[number].is_searchable:
                raise IndexMismatch(
                    f"{self._data}: generation {number} was built with another embedder and cannot be searched. "
                    "Set the embedder back, or ask of the documents that are held today."
                )
            with translated(self._data):
                made = stack.enter_context(earlier.made_indexes(self._engine, number, self._embedder, is_searched))
                generation = _generation(self._row(number))
            yield SqlSnapshot(self._engine, generation, self._embedder, self._dimension, *made)

    def forget_earlier(self, before: datetime) -> int:
        """Removes generations that were replaced before a time, with texts that no other one holds; returns how many."""
        with self.writing(), translated(self._data):
            return clean_up.forget_earlier(self._engine, self._leases, before)

    def forget_previous(self, erased: Collection[EditionId] | None = None) -> None:
        """Removes the previous generations; with ``erased``, only these editions are taken out of the earlier ones."""
        with self.writing(), translated(self._data):
            with writing(self._engine) as connection:
                previous_generation.forget_previous(connection)
                if erased is None:
                    earlier.forget_all_earlier(connection)
                else:
                    earlier.erase_editions(connection, erased)
            clean_up.drop_old_generations(self._engine, self._leases, (self._vectors, self._words))
            clean_up.drop_unused_content(self._engine)

    def files_in_use(self) -> frozenset[str]:
        """Returns the sha256 of the files of every stored generation."""
        with translated(self._data), self._engine.connect() as connection:
            return previous_generation.files_of(connection)

    def _switch(self, number: int, progress: Progress | None) -> Generation:
        with ExitStack() as undo:
            undo.callback(self._forget_unfinished, number)
            self._build(number, progress)
            with writing(self._engine) as connection:
                previous_generation.make_current(connection, number)
            undo.pop_all()
        clean_up.drop_old_generations(self._engine, self._leases, (self._vectors, self._words))
        clean_up.drop_unused_content(self._engine)
        if self._on_published is not None:
            self._on_published()
        return _generation(self._row(number))

    def _forget_unfinished(self, number: int) -> None:
        """Removes what a failed ingest has made of a generation, as far as that works; texts and embeddings stay."""
        try:
            if self._current() == number:
                return
            for index in (self._vectors, self._words):
                index.drop(number)
            clean_up.forget_unfinished(self._engine, number)
        except (LibraryError, SQLAlchemyError) as error:
            logger.warning("the next ingest removes what is left of a failed one (%s)", type(error).__name__)

    def check(self) -> tuple[str, ...]:
        """Returns one line per fault, () when all is well; a library built otherwise is the first, with its fix."""
        with translated(self._data):
            reason = self._why_it_does_not_fit()
            indexes: dict[str, PassageIndex | LexicalIndex] = {"vector": self._vectors, "word": self._words}
            dimension = None if reason else self._dimension
            return (*reason, *faults(self._engine, self._leases, self._embedder, dimension, indexes))

    def _why_it_does_not_fit(self) -> tuple[str, ...]:
        number = self._current()
        try:
            if number is not None:
                self._check_fits(number)
        except IndexMismatch as error:
            return (str(error),)
        return ()

    @property
    def _leases(self) -> Path:
        return self._data / "leases"

    def _start(self, update: Update) -> Generation | int:
        """Writes the rows of the next generation; returns the current one where nothing would change."""
        with writing(self._engine) as connection:
            current = publishing.current_number(connection)
            row = None if current is None else self._row(current)
            before = publishing.members_of(connection, current)
            known_before = publishing.known_of(connection, current)
            replaced = {*update.removed, *(document.edition.edition_id for document, _ in update.documents)}
            unchanged = {name: content for name, content in before.items() if name not in replaced}
            if row is not None and not self._fits(row):
                self._refuse_old(publishing.sources_of(connection, unchanged.values()), row)
                unchanged = {}
            publishing.move_sources(connection, unchanged, update.moved)
            members = {**unchanged, **publishing.write_documents(connection, update.documents)}
            known = {each.edition_id: each for each in (known_before if update.known is None else update.known)}
            outside = {name: each for name, each in known.items() if name not in members}
            same = members == before and outside == {each.edition_id: each for each in known_before}
            if row is not None and same and self._fits(row) and self._is_whole(row):
                return _generation(row)
            return publishing.start_generation(connection, members, outside.values(), self._embedder, self._format)

    def _refuse_old(self, sources: Collection[Source], row: Any) -> None:
        """Raises rather than lose editions of another cut or embedder that can be read again."""
        if any(can_be_read(source, self._has_copy) for source in sources):
            raise self._mismatch(row, sources)
        if sources:
            logger.warning("editions dropped that cannot be read again", extra={"count": len(sources)})

    def _build(self, number: int, progress: Progress | None) -> None:
        progress = progress or (lambda stage, done, total: None)
        progress("index", 0, 2)
        change = self._change(number)
        if change is None or not self._words.extend(number, change.base, change.gone, self._new(number, change)):
            self._words.build(number, publishing.passages_in(self._engine, number))
        progress("index", 1, 2)
        if change is None or not self._vectors.extend(
            number, change.base, change.gone, self._with_vectors(self._new(number, change))
        ):
            self._vectors.build(number, self._with_vectors(publishing.passages_in(self._engine, number)))
        progress("index", 2, 2)

    def _change(self, number: int) -> publishing.Change | None:
        """Returns in what a generation differs from the current one; None where the current one cannot be built upon."""
        current = self._current()
        if current is None:
            return None
        row = self._row(current)
        if not self._fits(row) or not self._is_whole(row):
            return None
        with self._engine.connect() as connection:
            return publishing.change_between(connection, current, number)

    def _new(self, number: int, change: publishing.Change) -> Iterator[tuple[Passage, Edition]]:
        return publishing.passages_in(self._engine, number, change.added)

    def _with_vectors(self, passages: Iterable[tuple[Passage, Edition]]) -> Iterator[tuple[Passage, Edition, Vectors]]:
        return publishing.with_vectors(self._engine, passages, self._embedder)

    def _current(self) -> int | None:
        with translated(self._data), self._engine.connect() as connection:
            return publishing.current_number(connection)

    def _row(self, number: int) -> Any:
        with self._engine.connect() as connection:
            return connection.execute(select(GENERATION).where(GENERATION.c.number == number)).one()

    def _fits(self, row: Any) -> bool:
        return bool(row.embedder == self._embedder and row.format == self._format)

    def _is_whole(self, row: Any) -> bool:
        indexes = (self._vectors, self._words)
        try:
            counts = [index.count(row.number) for index in indexes]
            is_separated = all(index.is_separated(row.number) for index in indexes)
        except LibraryError:
            return False
        return counts == [row.passage_count, row.passage_count] and (is_separated or not self._is_restricted(row))

    def _is_restricted(self, row: Any) -> bool:
        with self._engine.connect() as connection:
            return publishing.is_restricted(connection, row.number)

    def _mismatch(self, row: Any, sources: Collection[Source]) -> IndexMismatch:
        built, needed = Build(row.embedder, row.format), Build(self._embedder, self._format)
        return IndexMismatch(f"{self._data}: {mismatch(built, needed, sources, self._has_copy)}")

    def _check_fits(self, number: int) -> None:
        """Raises ``IndexMismatch`` for a generation of another embedder, cut or format."""
        row = self._row(number)
        if not self._fits(row):
            with self._engine.connect() as connection:
                members = publishing.members_of(connection, number).values()
                raise self._mismatch(row, publishing.sources_of(connection, members))

    def _make_snapshot(self, number: int) -> SqlSnapshot:
        with translated(self._data):
            self._check_fits(number)
        return self._snapshot_of(number)

    def _snapshot_of(self, number: int) -> SqlSnapshot:
        with translated(self._data):
            generation = _generation(self._row(number))
        return SqlSnapshot(self._engine, generation, self._embedder, self._dimension, self._vectors, self._words)


def _generation(row: Any) -> Generation:
    return Generation(row.number, row.fingerprint, row.passage_count, row.edition_count)
