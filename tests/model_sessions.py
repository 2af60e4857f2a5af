"""Models loaded once a process, and every input computed once a run.

A session has no state and one input has one output, so that neither changes what a test sees. What is around them is as
ever: files are checked, texts are cut into word pieces, vectors are pooled, each time.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from assistant.adapters.embedders import onnx
from assistant.adapters.rerankers import pair_scorer

STORED_BYTES = 2**18
"""Largest output that is stored: of a question or a group of pairs, not of a batch of passages."""
Array = npt.NDArray[Any]
_sessions: dict[str, StoredOutputs] = {}


class StoredOutputs:
    """A session of onnxruntime that stores what it returns where every worker of the run finds it.

    Args:
        session: The session.
        name: Of the model.
        folder: To store in.
    """

    def __init__(self, session: Any, name: str, folder: Path) -> None:
        self._session = session
        self._name = name
        self._folder = folder

    def run(self, names: Sequence[str], feed: Mapping[str, Array]) -> list[Array]:
        """Returns what the session returns."""
        digest = hashlib.blake2b(repr((self._name, names)).encode(), digest_size=16)
        for name, each in sorted(feed.items()):
            digest.update(repr((name, each.shape)).encode() + each.tobytes())
        path = self._folder / f"{digest.hexdigest()}.npz"
        try:
            with np.load(path) as stored:
                return [stored[f"arr_{number}"] for number in range(len(names))]
        except FileNotFoundError:
            outputs: list[Array] = self._session.run(names, feed)
        if sum(each.nbytes for each in outputs) <= STORED_BYTES:
            part = path.with_suffix(f".{os.getpid()}-{id(outputs)}.npz")
            np.savez(part, *outputs)
            part.rename(path)
        return outputs


@contextmanager
def loaded_once(folder: Path) -> Iterator[None]:
    """Has every model opened once, and its outputs stored in a folder, until the context is left."""
    folder.mkdir(exist_ok=True)
    with _opening_by(partial(_stored, folder)):
        yield


@contextmanager
def opened_anew() -> Iterator[None]:
    """Has every model opened as the program opens it until the context is left."""
    with _opening_by(_open_session):
        yield


def _stored(folder: Path, path: Path, threads: int, also: Sequence[str] = ()) -> Any:
    """Returns the one session of a file as it is now, with one thread where several workers share the cores."""
    if not path.is_file():
        return _open_session(path, threads, also)
    name = repr((path, path.stat().st_mtime_ns, path.stat().st_size, also))
    if name not in _sessions:
        session = _open_session(path, 1 if "PYTEST_XDIST_WORKER" in os.environ else threads, also)
        _sessions[name] = StoredOutputs(session, name, folder)
    return _sessions[name]


@contextmanager
def _opening_by(opened: Callable[..., Any]) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        for module in (onnx, pair_scorer):
            patched.setattr(module, "open_session", opened)
        yield


_open_session = onnx.open_session
