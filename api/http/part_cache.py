"""Sections of the coverage report that a worker has made, kept while the library stays."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

from cachetools import LRUCache

from assistant.coverage.values import ReportSection

Key = tuple[str, ...]


class PartCache:
    """The sections used last by this worker.

    Each is made once at a time; while one is made, those that are there are given at once, and others may be made.

    Args:
        most: Sections that are kept.
    """

    def __init__(self, most: int = 24) -> None:
        self._parts: LRUCache[Key, ReportSection] = LRUCache(most)
        self._lock = Lock()
        self._making: dict[Key, Lock] = {}

    def get(self, key: Key, make: Callable[[], ReportSection]) -> ReportSection:
        """Returns the section of a key, made unless it is here; what ``make`` raises is raised, and nothing is kept."""
        with self._lock:
            if key in self._parts:
                return self._parts[key]
            making = self._making.setdefault(key, Lock())
        with making:
            return self._made(key, make)

    def _made(self, key: Key, make: Callable[[], ReportSection]) -> ReportSection:
        with self._lock:
            if key in self._parts:
                return self._parts[key]
        try:
            part = make()
            with self._lock:
                self._parts[key] = part
            return part
        finally:
            with self._lock:
                self._making.pop(key, None)
