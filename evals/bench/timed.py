"""An embedder, a reranker and a snapshot that add up the seconds spent in models and searches, and change nothing else."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any, Literal, TypeVar

from assistant.model import Filter, Ranked
from assistant.ports import Embedder, Reranker, Snapshot, Vectors

T = TypeVar("T")
Seconds = dict[str, float]


class TimedEmbedder:
    """An embedder whose time goes to ``embed``."""

    def __init__(self, embedder: Embedder, spent: Seconds) -> None:
        self._inner = embedder
        self._spent = spent

    def __getattr__(self, name: str) -> Any:
        """Returns whatever is not timed."""
        return getattr(self._inner, name)

    def embed(self, texts: Sequence[str], *, kind: Literal["query", "passage"]) -> Vectors:
        """Returns what the embedder returns."""
        return timed(self._spent, "embed", lambda: self._inner.embed(texts, kind=kind))


class TimedReranker:
    """A reranker whose time goes to ``read``."""

    def __init__(self, reranker: Reranker, spent: Seconds) -> None:
        self._inner = reranker
        self._spent = spent

    @property
    def fingerprint(self) -> str:
        """Returns that of the reranker."""
        return self._inner.fingerprint

    def score(self, question: str, texts: Sequence[str]) -> Vectors:
        """Returns what the reranker returns."""
        return timed(self._spent, "read", lambda: self._inner.score(question, texts))


class TimedSnapshot:
    """A snapshot whose searches go to ``search vectors`` and ``search words``."""

    def __init__(self, snapshot: Snapshot, spent: Seconds) -> None:
        self._inner = snapshot
        self._spent = spent

    def __getattr__(self, name: str) -> Any:
        """Returns whatever is not timed."""
        return getattr(self._inner, name)

    def search_vectors(self, vector: Vectors, *, k: int, filter: Filter) -> tuple[Ranked, ...]:
        """Returns what the snapshot returns."""
        return timed(self._spent, "search vectors", lambda: self._inner.search_vectors(vector, k=k, filter=filter))

    def search_words(self, query: str, *, k: int, filter: Filter) -> tuple[Ranked, ...]:
        """Returns what the snapshot returns."""
        return timed(self._spent, "search words", lambda: self._inner.search_words(query, k=k, filter=filter))


def timed(spent: Seconds, name: str, call: Callable[[], T]) -> T:
    """Returns what a call returns, and adds its seconds to a name."""
    start = time.perf_counter()
    try:
        return call()
    finally:
        spent[name] = spent.get(name, 0.0) + time.perf_counter() - start
