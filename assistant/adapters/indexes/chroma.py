"""PassageIndex: Chroma, one folder per generation.

A folder of its own for each generation, because a local Chroma that one process has open does not see in its
queries what another process wrote (measured on 1.5.9). Why so: ``docs/adr/0006-generations.md``.
"""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from assistant.adapters.indexes.beside import LIST, MATRIX, Beside
from assistant.adapters.indexes.chroma_folders import ChromaFolders, Collections, client_of, collection_name, flush
from assistant.adapters.indexes.linked import link_folder
from assistant.adapters.indexes.partitions import MANIFEST, OPEN, PartitionList, partition_of
from assistant.data_folder import make_private_folder, tighten
from assistant.errors import LibraryError
from assistant.model import Edition, EditionId, Filter, Passage, PassageId, Ranked
from assistant.ports import Vectors

BATCH = 2000
HNSW = {"space": "ip", "ef_construction": 200, "ef_search": 400, "max_neighbors": 32}
"""Graph settings; ``make bench`` measures their recall."""
OVERSAMPLING = 4
"""With a filter, this many times k are searched before Chroma's own filter is used, which is ten times slower."""
MOST_BESIDE = 2_000
"""Passages that may be newer than the graph or gone from it; a tenth of the graph where that is more."""
NO_FILTER = Filter()
IndexEntry = tuple[Passage, Edition, Vectors]


class ChromaIndex:
    """Nearest passages by inner product of normalised vectors.

    Args:
        folder: Folder that holds one folder per generation.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._folders = ChromaFolders()

    def build(self, generation: int, passages: Iterable[IndexEntry]) -> None:
        """Builds the index of a generation; building one again replaces it.

        Raises:
            LibraryError: The folder cannot be written, or the vectors are not all of one length; nothing of it stays.
        """
        self.drop(generation)
        folder = self._path(generation)
        fix = "Make room or make the folder writable, then run the ingest again"
        with _translated(f"{folder}: the vector index cannot be written", fix):
            make_private_folder(folder)
            with ExitStack() as undo:
                undo.callback(shutil.rmtree, folder, ignore_errors=True)
                _build(folder, passages)
                undo.pop_all()

    def extend(self, generation: int, base: int, gone: Collection[EditionId], passages: Iterable[IndexEntry]) -> bool:
        """Builds the index of a generation from that of another, whose graph it shares; see the port.

        Raises:
            LibraryError: The folder cannot be written; nothing of it stays.
        """
        self.drop(generation)
        added = [(partition_of(entry[1]), *entry) for entry in passages]
        found = self._changed(base, frozenset(gone), added)
        if found is None:
            return False
        folder, (partitions, beside) = self._path(generation), found
        fix = "Make room or make the folder writable, then run the ingest again"
        with _translated(f"{folder}: the vector index cannot be written", fix):
            make_private_folder(folder)
            with ExitStack() as undo:
                undo.callback(shutil.rmtree, folder, ignore_errors=True)
                link_folder(self._path(base), folder, leave_out=(LIST, MATRIX, MANIFEST))
                partitions.write(folder)
                beside.write(folder)
                tighten(folder)
                flush(folder)
                undo.pop_all()
        return True

    def _changed(
        self, base: int, gone: frozenset[EditionId], added: list[tuple[str, Passage, Edition, Vectors]]
    ) -> tuple[PartitionList, Beside] | None:
        """Returns partitions and what stands beside the graph after a change; None where the graph has to be made anew."""
        try:
            with self._collections(base) as held:
                left = gone.difference(held.beside.gone)
                of_graph = sum(_count_of(each, left) for each in held.by_name.values())
                every = sum(int(each.count()) for each in held.by_name.values())
                is_separated = held.partitions.is_separated
                partitions = PartitionList(held.partitions, gone)
                before = held.beside
        except LibraryError:
            return None
        counted = replace(
            before.without(gone), gone=tuple(sorted({*before.gone, *left})), gone_count=before.gone_count + of_graph
        )
        if not of_graph:
            counted = replace(counted, gone=before.gone)
        beside = counted.with_passages(added)
        for _, _, edition, _ in added:
            partitions.add(edition)
        is_near = beside.size <= max(MOST_BESIDE, every // 10)
        return (partitions, beside) if is_near and is_separated and every else None

    def search(self, generation: int, vector: Vectors, *, k: int, filter: Filter) -> tuple[Ranked, ...]:
        """Returns up to k passages, most similar first, ties by passage id; the filter is applied inside.

        A filter that lets k of the nearest ``OVERSAMPLING * k`` pass has then passed the k nearest that it allows; any
        other filter is handed to Chroma, which first looks through every passage for those it allows.

        Raises:
            LibraryError: There is no usable index of this generation.
        """
        with self._collections(generation) as collections:
            if k < 1:
                return ()
            scope = collections.partitions.scope(filter)
            names = collections.partitions.names(filter.hidden)
            in_graph, beside = _in_graph(scope, collections.beside), collections.beside
            held = [collections.by_name[name] for name in names if name in collections.by_name]
            ranked = [
                *(each for collection in held for each in _nearest(collection, vector, k, in_graph)),
                *beside.nearest(vector, names, k, scope),
            ]
        return tuple(sorted(ranked, key=lambda each: (-each.score, each.passage_id)))[:k]

    def count(self, generation: int) -> int:
        """Returns how many passages the index of a generation holds; 0 where there is none."""
        if not self._path(generation).exists():
            return 0
        with self._collections(generation) as collections:
            in_graph = sum(int(each.count()) for each in collections.by_name.values())
            return in_graph - collections.beside.gone_count + len(collections.beside.lines)

    def is_separated(self, generation: int) -> bool:
        """Returns whether what is hidden from some can be left out unsearched; False for an index of an earlier release."""
        with self._collections(generation) as collections:
            return collections.partitions.is_separated

    def drop(self, generation: int) -> None:
        """Removes the index of a generation."""
        self._folders.close(self._path(generation))
        shutil.rmtree(self._path(generation), ignore_errors=True)

    def generations(self) -> tuple[int, ...]:
        """Returns the generations that have an index, complete or not, sorted."""
        return tuple(sorted(int(each.name) for each in self.folder.glob("*") if each.name.isdigit()))

    def opened(self) -> int:
        """Returns how many generations this process holds open now."""
        return len(self._folders)

    @contextmanager
    def _collections(self, generation: int) -> Iterator[Collections]:
        folder = self._path(generation)
        fix = "Run `assistant rebuild`"
        with _translated(f"{folder}: the vector index cannot be used", fix), self._folders.using(folder) as collections:
            yield collections

    def _path(self, generation: int) -> Path:
        return self.folder / str(generation)


@contextmanager
def _translated(what: str, fix: str) -> Iterator[None]:
    """Turns faults of Chroma and of the disk into ``LibraryError``."""
    from chromadb.errors import ChromaError

    try:
        yield
    except (ChromaError, ValueError, OSError) as error:
        raise LibraryError(
            f"{what} ({str(error).splitlines()[0] if str(error) else type(error).__name__}). {fix}."
        ) from error


def _build(folder: Path, passages: Iterable[IndexEntry]) -> None:
    """Fills a new folder and waits until it is on disk."""
    client = client_of(folder)
    try:
        _fill(client, passages).write(folder)
    finally:
        client.close()
    tighten(folder)
    flush(folder)


def _fill(client: Any, passages: Iterable[IndexEntry]) -> PartitionList:
    """Adds passages to the collections of their partitions, in batches; returns the partitions."""
    collections = {OPEN: _new_collection(client, OPEN)}
    batches: defaultdict[str, list[IndexEntry]] = defaultdict(list)
    partitions = PartitionList()
    for entry in passages:
        partition = partitions.add(entry[1])
        if partition not in collections:
            collections[partition] = _new_collection(client, partition)
        batches[partition].append(entry)
        if len(batches[partition]) == BATCH:
            _add(collections[partition], batches.pop(partition))
    for partition, batch in batches.items():
        _add(collections[partition], batch)
    return partitions


def _new_collection(client: Any, partition: str) -> Any:
    name = collection_name(partition)
    return client.create_collection(name, configuration={"hnsw": HNSW}, embedding_function=None)


def _add(collection: Any, batch: list[IndexEntry]) -> None:
    collection.add(
        ids=[passage.passage_id for passage, _, _ in batch],
        embeddings=np.stack([vector for _, _, vector in batch]),
        metadatas=[{"edition_id": passage.edition_id, "kind": edition.kind.value} for passage, edition, _ in batch],
    )


def _count_of(collection: Any, editions: Collection[EditionId]) -> int:
    """Returns how many passages of some editions a collection holds."""
    if not editions:
        return 0
    found = collection.get(where={"edition_id": {"$in": sorted(editions)}}, include=[])
    return len(found["ids"])


def _in_graph(scope: Filter, beside: Beside) -> Filter:
    """Returns a filter that leaves out what is gone from the graph as well."""
    if not beside.gone:
        return scope
    return replace(scope, excluded=tuple(sorted({*scope.excluded, *beside.gone})))


def _nearest(collection: Any, vector: Vectors, k: int, scope: Filter) -> tuple[Ranked, ...]:
    looked_at = k if scope == NO_FILTER else k * OVERSAMPLING
    allowed = _ranked(collection, vector, looked_at, scope, where=None)
    if len(allowed) < k and scope != NO_FILTER:
        allowed = _ranked(collection, vector, k, scope, where=_where(scope))
    return allowed[:k]


def _ranked(
    collection: Any, vector: Vectors, count: int, filter: Filter, where: dict[str, Any] | None
) -> tuple[Ranked, ...]:
    """Returns those of the ``count`` nearest that the filter allows, most similar first, ties by passage id."""
    result = collection.query(
        query_embeddings=vector.reshape(1, -1), n_results=count, where=where, include=["distances", "metadatas"]
    )
    rows = zip(result["ids"][0], result["distances"][0], result["metadatas"][0], strict=True)
    ranked = [
        Ranked(PassageId(name), 1.0 - float(distance)) for name, distance, facts in rows if _allows(filter, facts)
    ]
    return tuple(sorted(ranked, key=lambda each: (-each.score, each.passage_id)))


def _allows(filter: Filter, facts: Mapping[str, Any]) -> bool:
    return (
        (not filter.kinds or facts["kind"] in filter.kinds)
        and (not filter.editions or facts["edition_id"] in filter.editions)
        and facts["edition_id"] not in filter.excluded
    )


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
