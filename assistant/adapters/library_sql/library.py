"""SqlLibrary: the ``Library`` port over SQLAlchemy, SQLite by default."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import filelock
import numpy as np
from sqlalchemy import Engine, create_engine, event, insert, select
from sqlalchemy.exc import SQLAlchemyError

from assistant.adapters.library_sql import publish as steps
from assistant.adapters.library_sql.check import faults
from assistant.adapters.library_sql.leases import lease, sole
from assistant.adapters.library_sql.migrate import upgrade
from assistant.adapters.library_sql.snapshot import SqlSnapshot
from assistant.adapters.library_sql.tables import EMBEDDING, GENERATION
from assistant.errors import IndexMismatch, LibraryEmpty, LibraryError, LibraryLocked
from assistant.model import Digest, EditionId, Generation
from assistant.ports import Embedding, LexicalIndex, PassageIndex, Progress, Snapshot, Update

REBUILD = "Run `assistant ingest PATH...` over your documents to rebuild it"


class SqlLibrary:
    """Editions, texts, passages and embeddings in SQL; indexes per generation beside it.

    Args:
        data: Data folder; made where it is absent.
        embedder: Fingerprint of the embedder whose vectors are stored and searched.
        dimension: Columns of its vectors.
        vectors: Vector index.
        words: Word index.
        lock_wait_s: How long a second writer waits for the first.
        url: SQLAlchemy address; a SQLite file in the data folder unless given.
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
    ) -> None:
        self._data = data
        self._embedder = embedder
        self._dimension = dimension
        self._vectors = vectors
        self._words = words
        self._wait = lock_wait_s
        try:
            data.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LibraryError(
                f"{data}: the data folder cannot be made ({error}). Choose another with --data."
            ) from error
        self._engine = _engine(url or f"sqlite:///{data / 'library.sqlite'}")
        with translated(data):
            upgrade(self._engine)
        self._snapshot = lru_cache(maxsize=2)(self._make_snapshot)

    @contextmanager
    def open(self) -> Iterator[Snapshot]:
        """Yields the current generation, kept whole until the context is left."""
        for _ in range(50):
            number = self._current()
            if number is None:
                raise LibraryEmpty(f"{self._data}: nothing has been ingested yet. Run `assistant ingest PATH...`.")
            with lease(self._leases, number):
                if self._current() == number:
                    with translated(self._data):
                        yield self._snapshot(number)
                    return
        raise LibraryError(f"{self._data}: the library changed fifty times while it was opened. Try again.")

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Holds the lock of the one writer, and clears away what a killed one left."""
        path = self._data / "ingest.lock"
        holder = self._data / "ingest.holder"
        lock = filelock.FileLock(path, timeout=self._wait)
        try:
            lock.acquire()
        except filelock.Timeout as error:
            raise LibraryLocked(f"{self._data}: {_who(holder)} is publishing. Wait for it and try again.") from error
        try:
            now = datetime.now(UTC).isoformat(timespec="seconds")
            holder.write_text(json.dumps({"pid": os.getpid(), "host": socket.gethostname(), "since": now}))
            with translated(self._data):
                self._clear()
            yield
        finally:
            holder.unlink(missing_ok=True)
            lock.release()

    def missing_embeddings(self, digests: Iterable[Digest]) -> frozenset[Digest]:
        """Returns those digests for which this library has no embedding by the current embedder."""
        asked = list(dict.fromkeys(digests))
        there: set[str] = set()
        with translated(self._data), self._engine.connect() as connection:
            for start in range(0, len(asked), 500):
                query = select(EMBEDDING.c.digest).where(
                    EMBEDDING.c.embedder == self._embedder, EMBEDDING.c.digest.in_(asked[start : start + 500])
                )
                there.update(connection.execute(query).scalars())
        return frozenset(each for each in asked if each not in there)

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
            with translated(self._data), self._engine.begin() as connection:
                connection.execute(insert(EMBEDDING), rows)

    def publish(self, update: Update, progress: Progress | None = None) -> Generation:
        """Makes the updated library current in one step, or leaves the old one untouched."""
        with translated(self._data):
            started = self._start(update)
            if isinstance(started, Generation):
                return started
            self._build(started, progress)
            with self._engine.begin() as connection:
                steps.make_current(connection, started)
            self._clear()
            return self._generation(started)

    def check(self) -> tuple[str, ...]:
        """Returns one line per fault, () when all is well."""
        with translated(self._data):
            return faults(self._engine, self._current(), self._embedder, self._dimension, self._vectors, self._words)

    @property
    def _leases(self) -> Path:
        return self._data / "leases"

    def _start(self, update: Update) -> Generation | int:
        """Writes the rows of the next generation; returns the current one where nothing would change."""
        with self._engine.begin() as connection:
            current = steps.current_number(connection)
            before = steps.members_of(connection, current)
            is_fit = current is None or self._fits(current)
            if not is_fit:
                self._refuse_half_rebuild(before, update)
            known_before = steps.known_of(connection, current)
            written = steps.write_documents(connection, update.documents)
            gone = set(update.removed)
            members = {**{k: v for k, v in before.items() if k not in gone}, **written}
            known = known_before if update.known is None else update.known
            outside = {each.edition_id: each for each in known if each.edition_id not in members}
            same = members == before and outside == {each.edition_id: each for each in known_before}
            if current is not None and same and is_fit:
                return self._generation(current)
            return steps.start_generation(connection, members, known, self._embedder)

    def _refuse_half_rebuild(self, before: Mapping[EditionId, int], update: Update) -> None:
        """Raises where a library of another embedder would keep editions that are not embedded anew."""
        given = {document.edition.edition_id for document, _ in update.documents} | set(update.removed)
        left = sorted(set(before) - given)
        if left:
            names = ", ".join(left[:10])
            fix = "Ingest their files in the same command, or remove them with `assistant documents remove ID`"
            raise IndexMismatch(f"{self._data}: built with another embedder, and {names} would stay behind. {fix}.")

    def _build(self, number: int, progress: Progress | None) -> None:
        tell = progress or (lambda stage, done, total: None)
        tell("index words", 0, 2)
        self._words.build(number, steps.passages_in(self._engine, number))
        tell("index vectors", 1, 2)
        passages = steps.passages_in(self._engine, number)
        self._vectors.build(number, steps.with_vectors(self._engine, passages, self._embedder))
        tell("index vectors", 2, 2)

    def _clear(self) -> None:
        """Removes generations that are not current and that nobody reads, and whatever is left of crashed ones."""
        with self._engine.connect() as connection:
            current = steps.current_number(connection)
            numbers = set(connection.execute(select(GENERATION.c.number)).scalars())
        everything = numbers | set(self._vectors.generations()) | set(self._words.generations())
        old = sorted(each for each in everything if each != current)
        if not old:
            return
        for number in old:
            with sole(self._leases, number) as is_free:
                if is_free:
                    self._vectors.drop(number)
                    self._words.drop(number)
                    with self._engine.begin() as connection:
                        steps.forget_generation(connection, number)
        with self._engine.begin() as connection:
            steps.forget_unused(connection)

    def _current(self) -> int | None:
        with translated(self._data), self._engine.connect() as connection:
            return steps.current_number(connection)

    def _row(self, number: int) -> Any:
        with self._engine.connect() as connection:
            return connection.execute(select(GENERATION).where(GENERATION.c.number == number)).one()

    def _fits(self, number: int) -> bool:
        row = self._row(number)
        return bool(row.embedder == self._embedder and row.format == steps.FORMAT)

    def _generation(self, number: int) -> Generation:
        row = self._row(number)
        return Generation(number, row.fingerprint, row.passage_count, row.edition_count)

    def _make_snapshot(self, number: int) -> SqlSnapshot:
        row = self._row(number)
        if not self._fits(number):
            built = f"with {row.embedder} (format {row.format}), not with {self._embedder} (format {steps.FORMAT})"
            raise IndexMismatch(f"{self._data}: the library was built {built}. {REBUILD}.")
        generation = self._generation(number)
        return SqlSnapshot(self._engine, generation, self._embedder, self._dimension, self._vectors, self._words)


@contextmanager
def translated(data: Path) -> Iterator[None]:
    """Turns faults of SQLAlchemy into ``LibraryError``."""
    try:
        yield
    except SQLAlchemyError as error:
        cause = str(getattr(error, "orig", None) or error).splitlines()[0]
        raise LibraryError(f"{data}: the library cannot be used ({cause}). Run `assistant check`.") from error


def _engine(url: str) -> Engine:
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    for pragma in ("journal_mode=WAL", "busy_timeout=30000", "foreign_keys=ON", "synchronous=NORMAL"):
        connection.execute(f"PRAGMA {pragma}")


def _who(holder: Path) -> str:
    try:
        facts = json.loads(holder.read_text())
        return f"process {facts['pid']} on {facts['host']} (since {facts['since']})"
    except (OSError, ValueError, KeyError):
        return "another process"
