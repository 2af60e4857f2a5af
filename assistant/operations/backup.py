"""Backup of a data folder to one file, while it is in use, and back."""

from __future__ import annotations

import platform
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.errors import LibraryError, UsageError
from assistant.operations.archive import pack, read_manifest, remove, sync, unpack
from assistant.program_version import program_version


@dataclass(frozen=True, slots=True)
class BackupReport:
    """A backup that was made."""

    file: Path
    bytes: int
    generation: int
    seconds: float


@dataclass(frozen=True, slots=True)
class RestoreReport:
    """A backup that was restored."""

    data: Path
    created: str
    """When the backup was made, UTC."""
    version: str
    """Version of the program that made it."""
    generation: int
    before: Path | None
    """Where the previous data folder is now."""
    seconds: float


def back_up(copy: Callable[[Path], int], file: Path) -> BackupReport:
    """Makes a backup file of a data folder while others read and write it.

    Args:
        copy: Copies the data folder to another folder and returns the generation in it.
        file: The file to make; it must not exist.

    Raises:
        UsageError: The file exists, or its folder does not.
        LibraryError: There is nothing to back up, or something cannot be read or written.
    """
    started = time.perf_counter()
    if file.exists():
        raise UsageError(f"{file}: there is such a file. Name one that is not there.")
    if not file.parent.is_dir():
        raise UsageError(f"{file.parent}: no such folder. Make it first.")
    with _translated(file), tempfile.TemporaryDirectory(prefix=".backup-", dir=file.parent) as aside:
        generation = copy(Path(aside))
        pack(Path(aside), file, _facts(generation))
    return BackupReport(file, file.stat().st_size, generation, time.perf_counter() - started)


def restore(file: Path, data: Path, check: Callable[[Path], None], *, is_forced: bool = False) -> RestoreReport:
    """Puts a backup in place of a data folder, whole or not at all.

    Everything is unpacked and checked beside the folder, and then renamed into its place. The previous folder stays
    beside it. No server may run on the folder.

    Args:
        file: The backup.
        data: The data folder.
        check: Checks that the databases in a folder are intact and of no newer version; raises ``LibraryError`` otherwise.
        is_forced: Whether a folder that holds something may be replaced.

    Raises:
        UsageError: The folder holds something and ``is_forced`` is not set.
        DocumentError: The file is no backup, damaged, or of a newer version.
        LibraryError: The folder cannot be written.
    """
    started = time.perf_counter()
    data = data.resolve()
    if not is_forced and _holds_something(data):
        raise UsageError(
            f"{data}: the folder is not empty. Stop the server on it and use --force, or name another folder, --data."
        )
    read_manifest(file)
    unfinished = data.with_name(f"{data.name}.restoring")
    with _translated(data):
        remove(unfinished)
        unfinished.mkdir(parents=True, mode=0o700)
        try:
            manifest = unpack(file, unfinished)
            check(unfinished)
            sync(unfinished)
            before = _swap(unfinished, data)
        finally:
            remove(unfinished)
    made_by = str(manifest.get("versions", {}).get("assistant", "unknown"))
    seconds = time.perf_counter() - started
    return RestoreReport(data, str(manifest["created"]), made_by, int(manifest["generation"]), before, seconds)


def _swap(restored: Path, data: Path) -> Path | None:
    """Puts a folder in the place of another; returns where that one is now, None where it was empty or absent."""
    before = None
    if _holds_something(data):
        now = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
        before = data.rename(data.with_name(f"{data.name}.before-{now}"))
    restored.replace(data)
    return before


def _holds_something(folder: Path) -> bool:
    return folder.exists() and (not folder.is_dir() or any(folder.iterdir()))


def _facts(generation: int) -> dict[str, Any]:
    return {
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "generation": generation,
        "versions": {
            "assistant": program_version(),
            "python": platform.python_version(),
            "sqlite": sqlite3.sqlite_version,
        },
    }


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        fix = "Make room, or name a place that can be written and is no mount point itself"
        raise LibraryError(f"{path}: cannot be written ({error}). {fix}.") from error
