"""What a generation holds besides the graph that it shares with the one before it: newer passages, and editions that are gone.

A small publication links the files of the graph, which never change, and writes only this. Why so: ``docs/adr/0041-load.md``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np

from assistant.model import Edition, EditionId, Filter, Passage, PassageId, Ranked
from assistant.ports import Vectors

LIST, MATRIX = "beside.json", "beside.npy"


class Line(msgspec.Struct, frozen=True, array_like=True):
    """A newer passage."""

    passage_id: str
    edition_id: str
    kind: str
    partition: str


class _Stored(msgspec.Struct, frozen=True):
    gone: tuple[str, ...] = ()
    gone_count: int = 0
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Beside:
    """Newer passages with their vectors, and the editions of the graph that count no more."""

    gone: tuple[EditionId, ...] = ()
    gone_count: int = 0
    """How many passages of the graph belong to them."""
    lines: tuple[Line, ...] = ()
    vectors: Vectors | None = None
    """float32 (lines, dim); None where there is no line."""

    @property
    def size(self) -> int:
        """How far this is from the graph alone, in passages."""
        return self.gone_count + len(self.lines)

    def without(self, editions: frozenset[EditionId]) -> Beside:
        """Returns the same without the newer passages of some editions."""
        kept = [at for at, line in enumerate(self.lines) if line.edition_id not in editions]
        if len(kept) == len(self.lines):
            return self
        vectors = None if self.vectors is None or not kept else self.vectors[kept]
        return Beside(self.gone, self.gone_count, tuple(self.lines[at] for at in kept), vectors)

    def with_passages(self, entries: Sequence[tuple[str, Passage, Edition, Vectors]]) -> Beside:
        """Returns the same with further passages, each with the name of its partition. Raises ``ValueError`` for another length."""
        if not entries:
            return self
        lines = tuple(
            Line(each.passage_id, each.edition_id, edition.kind.value, name) for name, each, edition, _ in entries
        )
        new = np.stack([vector for *_, vector in entries]).astype(np.float32)
        vectors = new if self.vectors is None else np.concatenate([self.vectors, new])
        return Beside(self.gone, self.gone_count, (*self.lines, *lines), vectors)

    def nearest(self, vector: Vectors, names: Sequence[str], k: int, scope: Filter) -> tuple[Ranked, ...]:
        """Returns up to k newer passages of some partitions that a filter allows, by inner product, ties by passage id."""
        if self.vectors is None:
            return ()
        allowed = [at for at, line in enumerate(self.lines) if line.partition in names and _is_allowed(line, scope)]
        scores = (self.vectors[allowed] @ vector).tolist()
        found = (Ranked(PassageId(self.lines[at].passage_id), score) for at, score in zip(allowed, scores, strict=True))
        return tuple(sorted(found, key=lambda each: (-each.score, each.passage_id)))[:k]

    def write(self, folder: Path) -> None:
        """Writes it into the folder of an index; nothing where there is nothing to write."""
        if not self.size:
            return
        stored = _Stored(tuple(self.gone), self.gone_count, self.lines)
        (folder / LIST).write_bytes(msgspec.json.encode(stored))
        if self.vectors is not None:
            np.save(folder / MATRIX, self.vectors)


def read_beside(folder: Path) -> Beside:
    """Returns what stands beside the graph in a folder. Raises ``OSError``, ``ValueError`` where it is damaged."""
    try:
        stored = msgspec.json.decode((folder / LIST).read_bytes(), type=_Stored)
    except FileNotFoundError:
        return Beside()
    except msgspec.DecodeError as error:
        raise ValueError(f"{LIST} is damaged") from error
    vectors = np.load(folder / MATRIX) if stored.lines else None
    if vectors is not None and len(vectors) != len(stored.lines):
        raise ValueError(f"{MATRIX} holds {len(vectors)} vectors, {LIST} {len(stored.lines)} passages")
    return Beside(tuple(EditionId(each) for each in stored.gone), stored.gone_count, stored.lines, vectors)


def _is_allowed(line: Line, scope: Filter) -> bool:
    return (
        (not scope.kinds or line.kind in scope.kinds)
        and (not scope.editions or line.edition_id in scope.editions)
        and line.edition_id not in scope.excluded
    )
