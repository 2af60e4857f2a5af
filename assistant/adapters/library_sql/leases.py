"""Leases: a process holds the generation it reads by a shared lock, which ends with the process in any case."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from assistant.errors import LibraryError

ENDING = ".lease"


@contextmanager
def lease(folder: Path, generation: int) -> Iterator[None]:
    """Holds a generation for reading; many readers may at once.

    Raises:
        LibraryError: The folder cannot be written.
    """
    with _file(folder, generation) as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        yield


@contextmanager
def exclusive_lease(folder: Path, generation: int) -> Iterator[bool]:
    """Yields whether nobody reads a generation, and blocks new readers meanwhile.

    A reader that waited finds its generation gone and opens the current one.
    """
    with _file(folder, generation) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
        (folder / f"{generation}{ENDING}").unlink(missing_ok=True)


def is_read(folder: Path, generation: int) -> bool:
    """Returns whether somebody reads a generation now."""
    if not (folder / f"{generation}{ENDING}").exists():
        return False
    with _file(folder, generation) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        return False


def leased_generations(folder: Path) -> frozenset[int]:
    """Returns the generations that have a lease file, held or not."""
    names = (each.name.removesuffix(ENDING) for each in folder.glob(f"*{ENDING}"))
    return frozenset(int(name) for name in names if name.isdigit())


def _file(folder: Path, generation: int) -> IO[str]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return (folder / f"{generation}{ENDING}").open("a")
    except OSError as error:
        raise LibraryError(f"{folder}: cannot be written ({error}). Make the data folder writable.") from error
