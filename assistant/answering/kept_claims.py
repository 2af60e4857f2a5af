"""Claims that standing questions were answered with before, so that each is asked once a generation and reader."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

from assistant.model import Claim

Found = tuple[Claim, ...]


@dataclass(eq=False)
class KeptClaims:
    """Claims by key; the longest unused are forgotten first."""

    most: int = 256
    """Keys that are kept."""
    _found: OrderedDict[Hashable, Found] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def of(self, key: Hashable, find: Callable[[], Found]) -> Found:
        """Returns what was found for a key before, else what ``find`` returns now."""
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
                return self._found[key]
        found = find()
        with self._lock:
            self._found[key] = found
            while len(self._found) > self.most:
                self._found.popitem(last=False)
        return found
