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
from ingest.readers.cover import Cover

LENGTH_BYTES = 8
MAX_BYTES = 2 << 30
"""Longest message that is read; the text of the largest documents takes a few megabytes."""


class Request(msgspec.Struct, frozen=True):
    """A file to read."""

    path: bytes
    """As the file system spells it, which need not be UTF-8."""
    max_pages: int
    only_cover: bool = False


class Covered(msgspec.Struct, frozen=True, tag="cover"):
    """What the file says about itself."""

    cover: Cover


class Success(msgspec.Struct, frozen=True, tag="read"):
    """The file as its reader saw it."""

    file: ReadFile


class Failure(msgspec.Struct, frozen=True, tag="failed"):
    """Why the file cannot be read; the fields of ``UnreadableDocument`` besides the path."""

    what: str
    fix: str
    page: int | None = None


_ANSWERS = msgspec.msgpack.Decoder(Success | Covered | Failure)
_REQUESTS = msgspec.msgpack.Decoder(Request)


def send_request(pipe: BinaryIO, path: Path, max_pages: int, *, only_cover: bool = False) -> None:
    """Asks for a file, or for its cover."""
    _send(pipe, Request(os.fsencode(path), max_pages, only_cover))


def receive_request(pipe: BinaryIO) -> tuple[Path, int, bool]:
    """Returns the file that is asked for, the most pages it may have, and whether its cover is enough.

    Raises ``EOFError`` when the parent has gone.
    """
    request: Request = _REQUESTS.decode(_receive(pipe))
    return Path(os.fsdecode(request.path)), request.max_pages, request.only_cover


def send_answer(pipe: BinaryIO, answer: ReadFile | Cover | UnreadableDocument) -> None:
    """Answers with a file or its cover, or the error that names it."""
    if isinstance(answer, UnreadableDocument):
        _send(pipe, Failure(_encodable(answer.what), _encodable(answer.fix), answer.page))
        return
    try:
        _send(pipe, Covered(answer) if isinstance(answer, Cover) else Success(answer))
    except UnicodeEncodeError:
        _send(pipe, Failure("its text holds half of a surrogate pair, which is no character", "Save it again as UTF-8"))


def receive_answer(pipe: BinaryIO) -> Success | Covered | Failure:
    """Returns the answer to the last request.

    Raises:
        EOFError: The child has gone.
        msgspec.MsgspecError: What came is no answer.
    """
    try:
        answer: Success | Covered | Failure = _ANSWERS.decode(_receive(pipe))
    except RecursionError as error:
        raise msgspec.DecodeError("nested more deeply than any answer") from error
    return answer


def _send(pipe: BinaryIO, value: Request | Success | Covered | Failure) -> None:
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
