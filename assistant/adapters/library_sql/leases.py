"""Leases: a reader holds its generation by a shared lock that ends with its process."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def lease(folder: Path, generation: int) -> Iterator[None]:
    """Holds a generation for reading; many readers may at once."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{generation}.lease").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        yield


@contextmanager
def sole(folder: Path, generation: int) -> Iterator[bool]:
    """Yields whether nobody reads a generation, and keeps readers out while it is so."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{generation}.lease"
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
        path.unlink(missing_ok=True)
