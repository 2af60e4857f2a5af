"""Children that read files, kept from one sandbox of a worker's process for the next.

A child keeps nothing of a file that it has read, and starting one takes longer than reading most files. One that was
killed, or that did not answer, is not used again.
"""

from __future__ import annotations

import os
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import TracebackType

import pytest

from assistant.errors import UnreadableDocument
from ingest.sandbox import sandbox
from ingest.sandbox.sandbox import Sandbox

Start = tuple[str, str, int, float]
"""Program, current folder, and limits of memory and time: what a child was started with."""
_start, _leave = Sandbox._running_child, Sandbox.__exit__
_waiting: defaultdict[Start, list[subprocess.Popen[bytes]]] = defaultdict(list)


@contextmanager
def children_shared() -> Iterator[None]:
    """Has sandboxes hand on their children until the context is left, which ends them."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Sandbox, "_running_child", _running_child)
        patched.setattr(Sandbox, "__exit__", _handed_on)
        try:
            yield
        finally:
            for child in [each for children in _waiting.values() for each in children]:
                child.communicate()
            _waiting.clear()


@contextmanager
def children_of_their_own() -> Iterator[None]:
    """Has every sandbox start its own child, as in the program, until the context is left."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Sandbox, "_running_child", _start)
        patched.setattr(Sandbox, "__exit__", _leave)
        yield


def _start_of(one: Sandbox) -> Start:
    return sandbox._PROGRAM, os.getcwd(), one._settings.read_memory_mb, one._settings.read_timeout_s  # noqa: PTH109


def _running_child(self: Sandbox) -> subprocess.Popen[bytes]:
    if self._process is None:
        with suppress(IndexError):  # none waits
            self._process = _waiting[_start_of(self)].pop()
    return _start(self)


def _handed_on(
    self: Sandbox, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
) -> None:
    if self._process is None or not (error is None or isinstance(error, UnreadableDocument)):
        _leave(self, kind, error, trace)
        return
    _waiting[_start_of(self)].append(self._process)
    self._process = None
