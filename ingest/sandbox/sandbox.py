"""Reads files in a child process with a limit on time and memory."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from assistant.errors import UnreadableDocument
from assistant.settings import Settings
from ingest.readers.blocks import ReadFile
from ingest.readers.cover import Cover
from ingest.sandbox.pipe import Covered, Failure, Success, receive_answer, send_request

_ROOT = Path(__file__).resolve().parents[2]
_PROGRAM = f"import sys; sys.path[:0] = [{str(_ROOT)!r}]; from ingest.sandbox.worker import main; main()"
"""Finds this very package whatever the current folder is and holds."""
END_TIMEOUT_S = 1.0
"""How long a child may take to end when its input closes."""


class Sandbox:
    """One child process that reads file after file; a new one is started after a kill.

    Args:
        settings: ``read_timeout_s``, ``read_memory_mb``, ``max_pages`` and ``max_file_mb`` are the limits.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        """Returns itself; the child starts with the first file."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Ends the child."""
        self._end()

    def read(self, path: Path) -> ReadFile:
        """Returns a file as blocks.

        Raises:
            UnreadableDocument: The file cannot be read, or not within the limits.
        """
        answer = self._asked(path, only_cover=False)
        assert isinstance(answer, Success)
        return answer.file

    def read_cover(self, path: Path) -> Cover:
        """Returns what a file says about itself; of a PDF, only its first and last pages are read.

        Raises:
            UnreadableDocument: The file cannot be read, or not within the limits.
        """
        answer = self._asked(path, only_cover=True)
        assert isinstance(answer, Covered)
        return answer.cover

    def _asked(self, path: Path, *, only_cover: bool) -> Success | Covered:
        self._check_size(path)
        process = self._running_child()
        timed_out = threading.Event()
        timer = threading.Timer(self._settings.read_timeout_s, self._kill, (process, timed_out))
        timer.start()
        try:
            answer = self._answer(process, path, only_cover=only_cover)
        except (EOFError, BrokenPipeError, msgspec.MsgspecError) as error:
            raise self._fault_of(path, timed_out.is_set(), self._end()) from error
        finally:
            timer.cancel()
        if timed_out.is_set():
            self._end()
        if isinstance(answer, Failure):
            raise UnreadableDocument(path, answer.what, answer.fix, answer.page)
        return answer

    def _check_size(self, path: Path) -> None:
        size = path.stat().st_size / 1e6
        if size > self._settings.max_file_mb:
            what = f"{size:.0f} MB, more than the limit of {self._settings.max_file_mb} MB"
            raise UnreadableDocument(path, what, "Raise ASSISTANT_MAX_FILE_MB or split the file")

    def _answer(self, process: subprocess.Popen[bytes], path: Path, *, only_cover: bool) -> Success | Covered | Failure:
        assert process.stdin is not None
        assert process.stdout is not None
        send_request(process.stdin, path, self._settings.max_pages, only_cover=only_cover)  # type: ignore[arg-type]
        return receive_answer(process.stdout)  # type: ignore[arg-type]

    def _running_child(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is not None:
            self._end()
        if self._process is None:
            limits = (str(self._settings.read_memory_mb), str(self._settings.read_timeout_s))
            command = [sys.executable, "-P", "-c", _PROGRAM, *limits]
            self._process = subprocess.Popen(  # noqa: S603  our own module, no shell
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        return self._process

    @staticmethod
    def _kill(process: subprocess.Popen[bytes], timed_out: threading.Event) -> None:
        timed_out.set()
        process.kill()

    def _fault_of(self, path: Path, timed_out: bool, code: int) -> UnreadableDocument:
        if timed_out:
            what = f"reading it took longer than {self._settings.read_timeout_s:g} seconds"
            return UnreadableDocument(path, what, "Raise ASSISTANT_READ_TIMEOUT_S or split the file")
        if code == -signal.SIGKILL:
            what = f"reading it was ended by the system, most likely for want of {self._settings.read_memory_mb} MB"
            return UnreadableDocument(path, what, "Free memory, lower ASSISTANT_READ_MEMORY_MB or split the file")
        how = f"signal {-code}" if code < 0 else f"exit code {code}"
        what = f"its reader ended without an answer ({how})"
        return UnreadableDocument(path, what, "Save it again from its source, or leave it out with --keep-going")

    def _end(self) -> int:
        """Ends the child and returns how it ended, 0 where there was none or where it took too long to end by itself."""
        process, self._process = self._process, None
        if process is None:
            return 0
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(BrokenPipeError):
                    pipe.close()
        try:
            return process.wait(timeout=END_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            return 0
