"""The pipe between the parent and the child that reads files: msgpack values of fixed types, each after its length.

Decoding gives plain data of these types and runs no code, so a document that took over the child gets no further by it.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO

import msgspec

from assistant.errors import UnreadableDocument
from ingest.readers.blocks import ReadFile
from ingest.readers.containers.members import Member
from ingest.readers.cover import Cover

LENGTH_BYTES = 8
MAX_BYTES = 2 << 30
"""Longest message that is read; the text of the largest documents takes a few megabytes."""


class Request(msgspec.Struct, frozen=True):
    """A file to read."""

    path: bytes
    """As the file system spells it, which need not be UTF-8."""
    max_pages: int
    ocr_pages: int = 0
    """Most pages that are read by OCR."""
    into: bytes | None = None
    """The folder that it is unpacked into; None for a file that is read."""
    only_cover: bool = False

    @classmethod
    def of(
        cls, path: Path, max_pages: int, ocr_pages: int = 0, into: Path | None = None, *, only_cover: bool = False
    ) -> Request:
        """Returns the request for a file, for its cover, or for what it holds, unpacked into a folder."""
        folder = None if into is None else os.fsencode(into)
        return cls(os.fsencode(path), max_pages, ocr_pages, folder, only_cover)

    @property
    def file(self) -> Path:
        """The file."""
        return Path(os.fsdecode(self.path))

    @property
    def folder(self) -> Path | None:
        """Where it is to be unpacked."""
        return None if self.into is None else Path(os.fsdecode(self.into))


class Covered(msgspec.Struct, frozen=True, tag="cover"):
    """What the file says about itself."""

    cover: Cover


class Success(msgspec.Struct, frozen=True, tag="read"):
    """The file as its reader saw it."""

    file: ReadFile


class Members(msgspec.Struct, frozen=True, tag="unpacked"):
    """What the file holds."""

    members: list[Member]


class Failure(msgspec.Struct, frozen=True, tag="failed"):
    """Why the file cannot be read; the fields of ``UnreadableDocument`` besides the path."""

    what: str
    fix: str
    page: int | None = None


class Working(msgspec.Struct, frozen=True, tag="working"):
    """A step of its own is done, such as a page read by OCR: the time limit begins again."""


Answer = Success | Covered | Members | Failure
_ANSWERS = msgspec.msgpack.Decoder(Success | Covered | Members | Failure | Working)
_REQUESTS = msgspec.msgpack.Decoder(Request)


def send_request(pipe: BinaryIO, request: Request) -> None:
    """Asks for a file, for its cover, or for what it holds."""
    _send(pipe, request)


def receive_request(pipe: BinaryIO) -> Request:
    """Returns what is asked for.

    Raises:
        EOFError: The parent has gone.
    """
    request: Request = _REQUESTS.decode(_receive(pipe))
    return request


def send_working(pipe: BinaryIO) -> None:
    """Says that a step is done and more is to come."""
    _send(pipe, Working())


def send_answer(pipe: BinaryIO, answer: ReadFile | Cover | list[Member] | UnreadableDocument) -> None:
    """Answers with a file, its cover or what it holds, or the error that names it."""
    if isinstance(answer, UnreadableDocument):
        _send(pipe, Failure(_encodable(answer.what), _encodable(answer.fix), answer.page))
        return
    try:
        _send(pipe, _success(answer))
    except UnicodeEncodeError:
        _send(pipe, Failure("its text holds half of a surrogate pair, which is no character", "Save it again as UTF-8"))


def _success(answer: ReadFile | Cover | list[Member]) -> Success | Covered | Members:
    if isinstance(answer, list):
        return Members(answer)
    return Covered(answer) if isinstance(answer, Cover) else Success(answer)


def receive_answer(pipe: BinaryIO) -> Answer | Working:
    """Returns the answer to the last request, or that it is being worked at.

    Raises:
        EOFError: The child has gone.
        msgspec.MsgspecError: What came is no answer.
    """
    try:
        answer: Answer | Working = _ANSWERS.decode(_receive(pipe))
    except RecursionError as error:
        raise msgspec.DecodeError("nested more deeply than any answer") from error
    return answer


def _send(pipe: BinaryIO, value: Request | Answer | Working) -> None:
    packed = msgspec.msgpack.encode(value)
    pipe.write(len(packed).to_bytes(LENGTH_BYTES, "big") + packed)
    pipe.flush()


def _receive(pipe: BinaryIO) -> bytes:
    head = pipe.read(LENGTH_BYTES)
    size = int.from_bytes(head, "big")
    if size > MAX_BYTES:
        raise msgspec.DecodeError(f"a message of {size} bytes is longer than any answer")
    packed = pipe.read(size) if len(head) == LENGTH_BYTES else b""
    if len(head) < LENGTH_BYTES or len(packed) < size:
        raise EOFError
    return packed


def _encodable(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode()
