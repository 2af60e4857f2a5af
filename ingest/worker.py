"""The child process that reads files: takes requests on standard input, gives answers on standard output.

Started by ``ingest/sandbox.py`` as ``python -m ingest.worker MEMORY_MB``.
"""

from __future__ import annotations

import os
import pickle
import resource
import sys
from pathlib import Path
from typing import Any, BinaryIO

from assistant.errors import DocumentError, UnreadableDocument
from ingest.readers import read_file


def send(pipe: BinaryIO, value: Any) -> None:
    """Writes one value with its length before it."""
    packed = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    pipe.write(len(packed).to_bytes(8, "big") + packed)
    pipe.flush()


def receive(pipe: BinaryIO) -> Any:
    """Returns one value. Raises ``EOFError`` where the other side has gone."""
    size = pipe.read(8)
    packed = pipe.read(int.from_bytes(size, "big")) if len(size) == 8 else b""
    if len(size) < 8 or len(packed) < int.from_bytes(size, "big"):
        raise EOFError
    return pickle.loads(packed)  # noqa: S301  from our own child, over a pipe nobody else holds


def answer(path: Path, max_pages: int) -> Any:
    """Returns what reading a file gives: a ``ReadFile`` or the error that names it."""
    try:
        return read_file(path, max_pages)
    except DocumentError as error:
        return error
    except MemoryError:
        return UnreadableDocument(path, "reading it needs more memory than allowed", "Raise ASSISTANT_READ_MEMORY_MB")
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError, OSError) as error:
        what = f"it cannot be read ({type(error).__name__}: {str(error)[:100]})"
        return UnreadableDocument(path, what, "Save it again from its source, or leave it out with --keep-going")


def main() -> None:
    """Answers requests until standard input ends."""
    limit = int(sys.argv[1]) * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    while True:
        try:
            path, max_pages = receive(sys.stdin.buffer)
        except EOFError:
            return
        send(out, answer(path, max_pages))


if __name__ == "__main__":
    main()
