"""What a process makes in the cache of models once, while any other that wants it waits."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import filelock

from assistant.errors import ModelMissing


def made_once(lock: Path, is_made: Callable[[], bool], make: Callable[[], None], timeout_s: float, how: str) -> None:
    """Makes something beside a lock where it is not made yet.

    Args:
        lock: The file of the lock; its folder is created.
        is_made: Whether it is there already; asked with the lock held.
        make: Makes it.
        timeout_s: Longest wait for another process.
        how: What is done to the model, for the error: "exported".

    Raises:
        ModelMissing: The folder cannot be written, or another process takes too long.
    """
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        with filelock.FileLock(lock, timeout=timeout_s):
            if not is_made():
                make()
    except (OSError, filelock.Timeout) as error:
        fix = "Make the folder writable, or set ASSISTANT_CACHE to one that is"
        raise ModelMissing(f"{lock.parent}: the model could not be {how} there ({error}). {fix}.") from error


def last_words(error: subprocess.SubprocessError) -> str:
    """Returns the last line that a program wrote which failed, or what the failure says of itself."""
    return str(getattr(error, "stderr", None) or error).strip().splitlines()[-1]
