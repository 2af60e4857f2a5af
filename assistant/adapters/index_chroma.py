"""PassageIndex: Chroma, one folder per generation.

A folder of its own for each generation, because a local Chroma that one process has open does not see in its
queries what another process wrote (measured on 1.5.9).
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from assistant.errors import LibraryError
from assistant.model import Edition, Filter, Passage, PassageId, Ranked
from assistant.ports import Vectors

COLLECTION = "passages"
BATCH = 2000
HNSW = {"space": "ip", "ef_construction": 200, "ef_search": 200, "max_neighbors": 32}
"""Graph settings; the recall that they give is measured by ``make bench``."""


class ChromaIndex:
    """Nearest passages by inner product of normalised vectors.

    Args:
        folder: Folder that holds one folder per generation.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._collection = lru_cache(maxsize=4)(self._open)

    def build(self, generation: int, passages: Iterable[tuple[Passage, Edition, Vectors]]) -> None:
        """Builds the index of a generation; building one again replaces it."""
        self.drop(generation)
        self._path(generation).mkdir(parents=True)
        client = _client(self._path(generation))
        collection = client.create_collection(COLLECTION, configuration={"hnsw": HNSW}, embedding_function=None)
        for batch in _batches(passages):
            collection.add(
                ids=[passage.passage_id for passage, _, _ in batch],
                embeddings=np.stack([vector for _, _, vector in batch]),
                metadatas=[
                    {"edition_id": passage.edition_id, "kind": edition.kind.value} for passage, edition, _ in batch
                ],
            )

    def search(self, generation: int, vector: Vectors, *, k: int, filter: Filter) -> tuple[Ranked, ...]:
        """Returns up to k passages, most alike first, ties by passage id; the filter is applied inside."""
        collection = self._collection(generation)
        if k < 1:
            return ()
        found = collection.query(
            query_embeddings=vector.reshape(1, -1), n_results=k, where=_where(filter), include=["distances"]
        )
        pairs = zip(found["ids"][0], found["distances"][0], strict=True)
        ranked = [Ranked(PassageId(passage_id), 1.0 - float(distance)) for passage_id, distance in pairs]
        return tuple(sorted(ranked, key=lambda each: (-each.score, each.passage_id)))

    def count(self, generation: int) -> int:
        """Returns how many passages the index of a generation holds; 0 where there is none."""
        return int(self._collection(generation).count()) if self._path(generation).exists() else 0

    def drop(self, generation: int) -> None:
        """Removes the index of a generation."""
        self._collection.cache_clear()
        shutil.rmtree(self._path(generation), ignore_errors=True)

    def generations(self) -> tuple[int, ...]:
        """Returns the generations that have an index or the remains of one, sorted."""
        return tuple(sorted(int(each.name) for each in self._folder.glob("*") if each.name.isdigit()))

    def _path(self, generation: int) -> Path:
        return self._folder / str(generation)

    def _open(self, generation: int) -> Any:
        from chromadb.errors import ChromaError

        try:
            if not self._path(generation).exists():
                raise ValueError("no such folder")
            return _client(self._path(generation)).get_collection(COLLECTION, embedding_function=None)
        except (ChromaError, ValueError) as error:
            fix = "Run `assistant ingest PATH...` again to rebuild it"
            raise LibraryError(f"{self._path(generation)}: the vector index cannot be opened. {fix}.") from error


def _client(folder: Path) -> Any:
    import chromadb
    from chromadb.config import Settings

    return chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))


def _batches(
    passages: Iterable[tuple[Passage, Edition, Vectors]],
) -> Iterator[list[tuple[Passage, Edition, Vectors]]]:
    rest = iter(passages)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _where(filter: Filter) -> dict[str, Any] | None:
    clauses: list[dict[str, Any]] = []
    if filter.kinds:
        clauses.append({"kind": {"$in": [each.value for each in filter.kinds]}})
    if filter.editions:
        clauses.append({"edition_id": {"$in": list(filter.editions)}})
    if filter.excluded:
        clauses.append({"edition_id": {"$nin": list(filter.excluded)}})
    if len(clauses) < 2:
        return clauses[0] if clauses else None
    return {"$and": clauses}
