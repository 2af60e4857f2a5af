"""Models loaded once a process, and every input computed once a run.

A session has no state, one input has one output, and the vector of a text is the same to the last bit whatever texts it
is computed with, so that neither changes what a test sees. Files are checked each time, as ever.
"""

from __future__ import annotations

import hashlib
import os
from collections import defaultdict
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

STORED_BYTES = 2**12
"""Largest output that is stored: the scores of a group of pairs, not the states of texts, whose vectors are stored."""
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

    @property
    def name(self) -> str:
        """Name of the model, with what tells its file from a later one."""
        return self._name

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
    with _opening_by(partial(_stored, folder)), pytest.MonkeyPatch.context() as patched:
        patched.setattr(onnx.OnnxEmbedder, "_in_batches", _with_stored_rows(folder))
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


def _with_stored_rows(folder: Path) -> Callable[..., Array]:
    """Returns what gives the rows of texts that were computed before from the folder, and computes the others."""

    def in_batches(self: onnx.OnnxEmbedder, texts: Sequence[str], width: int, made: Callable[..., Array]) -> Array:
        session: Any = self._session
        if not isinstance(session, StoredOutputs):
            return _in_batches(self, texts, width, made)
        kind = repr((session.name, made.__name__, width)).encode()
        rows, places = np.zeros((len(texts), width), dtype=np.float32), defaultdict[Path, list[int]](list)
        for place, text in enumerate(texts):
            digest = hashlib.blake2b(kind + text.encode("utf-8", "surrogatepass"), digest_size=16)
            places[folder / f"{digest.hexdigest()}.row"].append(place)
        missing = []
        for path in places:
            try:
                rows[places[path]] = np.frombuffer(path.read_bytes(), dtype=np.float32)
            except FileNotFoundError:
                missing.append(path)
        computed = _in_batches(self, [texts[places[path][0]] for path in missing], width, made)
        for path, row in zip(missing, computed, strict=True):
            rows[places[path]] = row
            part = path.with_suffix(f".{os.getpid()}-{id(rows)}")
            part.write_bytes(row.tobytes())
            part.rename(path)
        return rows

    return in_batches


_open_session = onnx.open_session
_in_batches = onnx.OnnxEmbedder._in_batches
