"""The child process that reads files: requests on standard input, answers on standard output.

Started by ``ingest/sandbox/sandbox.py``. It limits its own memory, and its own time as well, so that it also ends when
the process that started it was killed.
"""

from __future__ import annotations

import os
import resource
import signal
import struct
import sys
import tempfile
import zipfile
import zlib
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import BinaryIO

from lxml.etree import Error as LxmlError
from pypdf.errors import DependencyError, DeprecationError, PyPdfError

from assistant.errors import UnreadableDocument
from ingest.readers import read_file
from ingest.readers.blocks import ReadFile
from ingest.readers.containers import unpack
from ingest.readers.containers.members import Member
from ingest.readers.cover import Cover, read_cover
from ingest.readers.limits import LIMITS, ReadLimits
from ingest.sandbox.pipe import receive_request, send_answer, send_working

FAULTS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    DependencyError,
    DeprecationError,
    EOFError,
    LookupError,
    LxmlError,
    OSError,
    PyPdfError,
    RuntimeError,
    TypeError,
    ValueError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)
"""What the parsers raise on damaged files; anything else ends the child, which the parent reports."""
GRACE_S = 5
"""Seconds after the limit at which the child ends itself; the parent ends it before that."""


def answer(
    path: Path, max_pages: int, into: Path | None = None, *, only_cover: bool = False
) -> ReadFile | Cover | list[Member] | UnreadableDocument:
    """Returns a file as its reader sees it, its cover, or what it holds unpacked into a folder, or the error that names it."""
    try:
        if into is not None:
            return unpack(path, into)
        return read_cover(path, max_pages) if only_cover else read_file(path, max_pages)
    except UnreadableDocument as error:
        return error
    except MemoryError:
        return UnreadableDocument(path, "reading it needs more memory than allowed", "Raise ASSISTANT_READ_MEMORY_MB")
    except FAULTS as error:
        what = f"it cannot be read ({type(error).__name__}: {str(error)[:100]})"
        return UnreadableDocument(path, what, "Save it again from its source, or leave it out with --keep-going")


def main() -> None:
    """Answers requests until standard input ends."""
    memory, seconds = int(sys.argv[1]) * 1_000_000, float(sys.argv[2])
    tempfile.tempdir = sys.argv[3]
    with suppress(ValueError, OSError):  # not every system has this limit
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    signal.signal(signal.SIGALRM, _end_all)
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    while True:
        try:
            request = receive_request(sys.stdin.buffer)
        except EOFError:
            return
        LIMITS.set(ReadLimits(request.ocr_pages, lambda: _go_on(out, seconds)))
        signal.setitimer(signal.ITIMER_REAL, seconds + GRACE_S)
        send_answer(out, answer(request.file, request.max_pages, request.folder, only_cover=request.only_cover))
        signal.setitimer(signal.ITIMER_REAL, 0)


def _go_on(out: BinaryIO, seconds: float) -> None:
    """Tells the parent that a step is done, and lets the time limit begin again."""
    send_working(out)
    signal.setitimer(signal.ITIMER_REAL, seconds + GRACE_S)


def _end_all(number: int, frame: FrameType | None) -> None:
    """Ends this process and the programs that it started; they are of one group where the parent made it so."""
    if os.getpgrp() == os.getpid():
        os.killpg(os.getpgrp(), signal.SIGKILL)
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main()
