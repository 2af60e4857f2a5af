"""PassageIndex in memory: every vector is compared, for an earlier state of the library that has no index any more."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np

from assistant.errors import LibraryError
from assistant.model import Edition, EditionId, Filter, Passage, Ranked
from assistant.ports import Vectors


@dataclass(frozen=True, slots=True)
class _Rows:
    """The passages of one generation, by passage id, with their vectors."""

    passages: tuple[Passage, ...]
    editions: tuple[Edition, ...]
    vectors: Vectors
    """float32 (n, dim)"""


class ExactIndex:
    """Cosine over all vectors of a generation: nothing is approximated, so a filter changes no score."""

    def __init__(self) -> None:
        self._rows: dict[int, _Rows] = {}

    def build(self, generation: int, passages: Iterable[tuple[Passage, Edition, Vectors]]) -> None:
        """Builds the index of a generation beside the others; building one again replaces it."""
        lines = sorted(passages, key=lambda each: each[0].passage_id)
        vectors = np.stack([each[2] for each in lines]) if lines else np.zeros((0, 0), np.float32)
        self._rows[generation] = _Rows(tuple(each[0] for each in lines), tuple(each[1] for each in lines), vectors)

    def extend(
        self,
        generation: int,
        base: int,
        gone: Collection[EditionId],
        passages: Iterable[tuple[Passage, Edition, Vectors]],
    ) -> bool:
        """Builds the index of a generation from that of another, if that is here; see the port."""
        if base not in self._rows:
            return False
        rows = self._rows[base]
        held = zip(rows.passages, rows.editions, rows.vectors, strict=True)
        self.build(generation, [*(each for each in held if each[1].edition_id not in gone), *passages])
        return True

    def search(self, generation: int, vector: Vectors, *, k: int, filter: Filter) -> tuple[Ranked, ...]:
        """Returns up to k passages, most similar first, ties by passage id; the filter is applied inside.

        Raises:
            LibraryError: The generation was not built here.
        """
        if generation not in self._rows:
            raise LibraryError(f"generation {generation}: there is no vector index in memory. Run `assistant rebuild`.")
        rows = self._rows[generation]
        allowed = [at for at, edition in enumerate(rows.editions) if _is_allowed(edition, filter)]
        if k < 1 or not allowed:
            return ()
        scores = rows.vectors[allowed] @ vector
        best = np.argsort(-scores, kind="stable")[:k]
        return tuple(Ranked(rows.passages[allowed[at]].passage_id, float(scores[at])) for at in best)

    def count(self, generation: int) -> int:
        """Returns how many passages the index of a generation holds; 0 where there is none."""
        return len(self._rows[generation].passages) if generation in self._rows else 0

    def is_separated(self, generation: int) -> bool:
        """Returns True: what is hidden from somebody is left out before anything is compared."""
        return True

    def drop(self, generation: int) -> None:
        """Removes the index of a generation; nothing happens where there is none."""
        self._rows.pop(generation, None)

    def generations(self) -> tuple[int, ...]:
        """Returns the generations that have an index, sorted."""
        return tuple(sorted(self._rows))


def _is_allowed(edition: Edition, filter: Filter) -> bool:
    name = edition.edition_id
    if name in filter.excluded or name in filter.hidden:
        return False
    return (not filter.kinds or edition.kind in filter.kinds) and (not filter.editions or name in filter.editions)
