"""Reads files in a child process with a limit on time and memory."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from assistant.errors import UnreadableDocument
from assistant.settings import Settings
from ingest.readers.blocks import ReadFile
from ingest.readers.containers.members import Member
from ingest.readers.cover import Cover
from ingest.sandbox.pipe import (
    Answer,
    Covered,
    Failure,
    Members,
    Request,
    Success,
    Working,
    receive_answer,
    send_request,
)

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
        self._folder: str | None = None
        """Where the child and its programs write, made with the first file."""

    def __enter__(self) -> Self:
        """Returns itself; the child starts with the first file."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Ends the child and removes what it and its programs wrote."""
        self._end()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    def read(self, path: Path) -> ReadFile:
        """Returns a file as blocks.

        Raises:
            UnreadableDocument: The file cannot be read, or not within the limits.
        """
        answer = self._answered(self._request(path))
        assert isinstance(answer, Success)
        return answer.file

    def unpack(self, path: Path, into: Path) -> list[Member]:
        """Returns what a file holds, written into a folder.

        Raises:
            UnreadableDocument: It cannot be unpacked, or not within the limits.
        """
        answer = self._answered(self._request(path, into))
        assert isinstance(answer, Members)
        return answer.members

    def read_cover(self, path: Path) -> Cover:
        """Returns what a file says about itself; of a PDF, only its first and last pages are read.

        Raises:
            UnreadableDocument: The file cannot be read, or not within the limits.
        """
        answer = self._answered(self._request(path, only_cover=True))
        assert isinstance(answer, Covered)
        return answer.cover

    def _request(self, path: Path, into: Path | None = None, *, only_cover: bool = False) -> Request:
        ocr_pages = 0 if only_cover else self._settings.ocr_pages  # a scan is recognised once
        return Request.of(path, self._settings.max_pages, ocr_pages, into, only_cover=only_cover)

    def _answered(self, request: Request) -> Success | Covered | Members:
        path = request.file
        self._check_size(path)
        process = self._running_child()
        timed_out = threading.Event()
        try:
            answer = self._answer(process, request, timed_out)
        except (EOFError, BrokenPipeError, msgspec.MsgspecError) as error:
            raise self._fault_of(path, timed_out.is_set(), self._end()) from error
        if timed_out.is_set():
            self._end()
        if isinstance(answer, Failure):
            raise UnreadableDocument(path, answer.what, answer.fix, answer.page)
        return answer

    def _made_folder(self) -> str:
        if self._folder is None:
            self._folder = tempfile.mkdtemp(prefix="assistant-reading-")
        return self._folder

    def _check_size(self, path: Path) -> None:
        size = path.stat().st_size / 1e6
        if size > self._settings.max_file_mb:
            what = f"{size:.0f} MB, more than the limit of {self._settings.max_file_mb} MB"
            raise UnreadableDocument(path, what, "Raise ASSISTANT_MAX_FILE_MB or split the file")

    def _answer(self, process: subprocess.Popen[bytes], request: Request, timed_out: threading.Event) -> Answer:
        """Returns the answer of a child; it is killed where a step of its work takes longer than the limit."""
        assert process.stdin is not None
        assert process.stdout is not None
        answer: Answer | Working = Working()
        is_asked = False
        while isinstance(answer, Working):
            timer = threading.Timer(self._settings.read_timeout_s, self._kill, (process, timed_out))
            timer.start()
            try:
                if not is_asked:
                    send_request(process.stdin, request)  # type: ignore[arg-type]
                    is_asked = True
                answer = receive_answer(process.stdout)  # type: ignore[arg-type]
            finally:
                timer.cancel()
        return answer

    def _running_child(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is not None:
            self._end()
        if self._process is None:
            limits = (str(self._settings.read_memory_mb), str(self._settings.read_timeout_s), self._made_folder())
            command = [sys.executable, "-P", "-c", _PROGRAM, *limits]
            self._process = subprocess.Popen(  # noqa: S603  our own module, no shell
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # so that the programs it starts end with it
            )
        return self._process

    @staticmethod
    def _kill(process: subprocess.Popen[bytes], timed_out: threading.Event) -> None:
        timed_out.set()
        _end_group(process)

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
            return 0  # ended below, by this hand and not the system's
        finally:
            _end_group(process)
            process.wait()


def _end_group(process: subprocess.Popen[bytes]) -> None:
    """Ends a child and the programs that it started."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.kill()
