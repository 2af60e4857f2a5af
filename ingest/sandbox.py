"""Reads files in a child process with a limit on time and memory."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from assistant.errors import DocumentError, UnreadableDocument
from assistant.settings import Settings
from ingest.blocks import ReadFile
from ingest.worker import receive, send


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
        self._check_size(path)
        process = self._started()
        timed_out = threading.Event()
        timer = threading.Timer(self._settings.read_timeout_s, self._kill, (process, timed_out))
        timer.start()
        try:
            answer = self._asked(process, path)
        except (EOFError, BrokenPipeError) as error:
            self._end()
            raise self._died(path, timed_out.is_set()) from error
        finally:
            timer.cancel()
        if isinstance(answer, DocumentError):
            raise answer
        assert isinstance(answer, ReadFile)
        return answer

    def _check_size(self, path: Path) -> None:
        size = path.stat().st_size / 1e6
        if size > self._settings.max_file_mb:
            what = f"{size:.0f} MB, more than the limit of {self._settings.max_file_mb} MB"
            raise UnreadableDocument(path, what, "Raise ASSISTANT_MAX_FILE_MB or split the file")

    def _asked(self, process: subprocess.Popen[bytes], path: Path) -> Any:
        assert process.stdin is not None
        assert process.stdout is not None
        send(process.stdin, (path, self._settings.max_pages))  # type: ignore[arg-type]
        return receive(process.stdout)  # type: ignore[arg-type]

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            command = [sys.executable, "-m", "ingest.worker", str(self._settings.read_memory_mb)]
            self._process = subprocess.Popen(  # noqa: S603  our own module, no shell
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        return self._process

    @staticmethod
    def _kill(process: subprocess.Popen[bytes], timed_out: threading.Event) -> None:
        timed_out.set()
        process.kill()

    def _died(self, path: Path, timed_out: bool) -> UnreadableDocument:
        if timed_out:
            what = f"reading it took longer than {self._settings.read_timeout_s:.0f} seconds"
            return UnreadableDocument(path, what, "Raise ASSISTANT_READ_TIMEOUT_S or split the file")
        what = f"reading it needed more than {self._settings.read_memory_mb} MB of memory"
        return UnreadableDocument(path, what, "Raise ASSISTANT_READ_MEMORY_MB or split the file")

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except BrokenPipeError:
                    continue
        process.kill()
        process.wait()
