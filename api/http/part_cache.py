"""Parts of the coverage report that a worker has made, kept while the library stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

from assistant.coverage.values import Part


@dataclass(slots=True)
class PartCache:
    """The parts made last by this worker; a part is made once at a time."""

    most: int = 24
    _parts: dict[tuple[str, ...], Part] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def get(self, key: tuple[str, ...], make: Callable[[], Part]) -> Part:
        """Returns the part of a key, made unless it is kept."""
        with self._lock:
            found = self._parts.pop(key, None) or make()
            self._parts[key] = found
            while len(self._parts) > self.most:
                del self._parts[next(iter(self._parts))]
            return found
