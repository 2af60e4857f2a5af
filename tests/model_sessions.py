"""Models loaded once a process: a session is shared by all who open its file, and the same input is computed once.

A session has no state and one input has one output, so that neither changes what a test sees. What is around them is as
ever: files are checked, texts are cut into word pieces, vectors are pooled, each time.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy.typing as npt
import pytest
from cachetools import LRUCache

from assistant.adapters.embedders import onnx
from assistant.adapters.rerankers import pair_scorer

STORED_BYTES = 256 * 2**20
Arrays = list[npt.NDArray[Any]]
_sessions: dict[tuple[Path, int, int], StoredOutputs] = {}


class StoredOutputs:
    """A session of onnxruntime that stores what it returns."""

    def __init__(self, session: Any) -> None:
        self._session = session
        self._stored: LRUCache[Any, Arrays] = LRUCache(
            STORED_BYTES, getsizeof=lambda arrays: sum(a.nbytes for a in arrays)
        )
        self._lock = threading.Lock()

    def run(self, names: Sequence[str], feed: Mapping[str, npt.NDArray[Any]]) -> Arrays:
        """Returns what the session returns; the arrays cannot be written."""
        key = (*names, *((name, each.shape, each.tobytes()) for name, each in sorted(feed.items())))
        with self._lock:
            stored = self._stored.get(key)
        if stored is None:
            stored = self._session.run(names, feed)
            for each in stored:
                each.flags.writeable = False
            with self._lock:
                self._stored[key] = stored
        return stored


def open_session(path: Path, threads: int) -> Any:
    """Returns the one session of a file as it is now, with one thread where several workers share the cores."""
    if not path.is_file():
        return _open_session(path, threads)
    key = (path, path.stat().st_mtime_ns, path.stat().st_size)
    if key not in _sessions:
        _sessions[key] = StoredOutputs(_open_session(path, 1 if "PYTEST_XDIST_WORKER" in os.environ else threads))
    return _sessions[key]


_open_session = onnx.open_session


@contextmanager
def loaded_once() -> Iterator[None]:
    """Has every model opened by ``open_session`` until the context is left."""
    with _opening_by(open_session):
        yield


@contextmanager
def opened_anew() -> Iterator[None]:
    """Has every model opened as the program opens it until the context is left."""
    with _opening_by(_open_session):
        yield


@contextmanager
def _opening_by(opened: Callable[[Path, int], Any]) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        for module in (onnx, pair_scorer):
            patched.setattr(module, "open_session", opened)
        yield
