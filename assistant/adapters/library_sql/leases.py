"""Leases: a process holds the generation it reads by a shared lock, which ends with the process in any case.

The lock is on a file that readers make. Where nothing can be written, a reader locks the folder of the generation's
word index instead; whoever wants to remove a generation locks both.
"""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from assistant.data_folder import FILE_MODE, make_private_folder
from assistant.errors import LibraryError

ENDING = ".lease"
INDEX = "words"
"""Folder beside that of the leases, with a folder for each generation."""
UNWRITABLE = frozenset({errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT})


@contextmanager
def lease(folder: Path, generation: int) -> Iterator[None]:
    """Holds a generation for reading; many readers may at once. Nothing needs to be written for it.

    Raises:
        LibraryError: The folder cannot be read.
    """
    with ExitStack() as held:
        handle = _made(folder, generation)
        if handle is None:
            handle = _index(folder, generation)
        if handle is not None:
            held.callback(os.close, handle)
            fcntl.flock(handle, fcntl.LOCK_SH)
        yield


@contextmanager
def exclusive_lease(folder: Path, generation: int) -> Iterator[bool]:
    """Yields whether nobody reads a generation, and blocks new readers meanwhile.

    A reader that waited finds its generation gone and opens the current one.
    """
    with ExitStack() as held:
        if not _are_locked((_made(folder, generation), _index(folder, generation)), held):
            yield False
            return
        yield True
        (folder / f"{generation}{ENDING}").unlink(missing_ok=True)


def is_read(folder: Path, generation: int) -> bool:
    """Returns whether somebody reads a generation now."""
    with ExitStack() as held:
        file = _opened(folder / f"{generation}{ENDING}", os.O_RDONLY)
        return not _are_locked((file, _index(folder, generation)), held)


def leased_generations(folder: Path) -> frozenset[int]:
    """Returns the generations that have a lease file, held or not."""
    names = (each.name.removesuffix(ENDING) for each in folder.glob(f"*{ENDING}"))
    return frozenset(int(name) for name in names if name.isdigit())


def _are_locked(handles: Iterable[int | None], held: ExitStack) -> bool:
    """Returns whether every lock could be taken alone; the locks end with ``held``."""
    present = [handle for handle in handles if handle is not None]
    for handle in present:
        held.callback(os.close, handle)
    try:
        for handle in present:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _made(folder: Path, generation: int) -> int | None:
    """Returns the lease file, opened; None where there is none and none can be made."""
    path = folder / f"{generation}{ENDING}"
    try:
        make_private_folder(folder)
        return os.open(path, os.O_RDWR | os.O_CREAT, FILE_MODE)
    except OSError as error:
        if error.errno not in UNWRITABLE:
            raise LibraryError(f"{folder}: cannot be written ({error}). Make the data folder writable.") from error
        return _opened(path, os.O_RDONLY)


def _index(folder: Path, generation: int) -> int | None:
    return _opened(folder.with_name(INDEX) / str(generation), os.O_RDONLY | os.O_DIRECTORY)


def _opened(path: Path, flags: int) -> int | None:
    try:
        return os.open(path, flags)
    except OSError:
        return None
