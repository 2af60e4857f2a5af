"""JSONL reader: a collection of texts, one edition per line, such as a test collection."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import UnreadableDocument
from assistant.model import Kind


class Row(BaseModel):
    """One line."""

    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)

    id: str = Field(min_length=1, max_length=100)
    title: str = ""
    text: str = Field(pattern=r"\S")
    kind: Kind = Kind.GUIDANCE


@dataclass(frozen=True, slots=True)
class ReadyText:
    """One text of a collection."""

    edition_id: str
    title: str
    kind: Kind
    text: str
    sha256: str
    """Of the line."""


def read_jsonl(path: Path) -> Iterator[ReadyText]:
    """Yields the texts of a JSONL file in order; blank lines are passed over.

    Raises:
        UnreadableDocument: The file is empty, or a line is not a text with its id or repeats an id; names the line.
    """
    lines: dict[str, int] = {}
    for number, line in enumerate(_lines(path), start=1):
        if not line.strip():
            continue
        row = _row(path, number, line)
        if row.id in lines:
            what = f"line {number} has the id {row.id!r}, as line {lines[row.id]} has"
            raise UnreadableDocument(path, what, "Give each line its own id")
        lines[row.id] = number
        yield ReadyText(row.id, row.title or row.id, row.kind, row.text, hashlib.sha256(line).hexdigest())
    if not lines:
        raise UnreadableDocument(path, "the file is empty", "Leave it out or save it again")


def _lines(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file):
                yield (line.removeprefix(b"\xef\xbb\xbf") if number == 0 else line).rstrip(b"\r\n")
    except OSError as error:
        fix = "Check the path and its permissions"
        raise UnreadableDocument(path, f"cannot be opened ({error.strerror})", fix) from error


def _row(path: Path, number: int, line: bytes) -> Row:
    try:
        return Row.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(each) for each in first["loc"]) or "line"
        what = f"line {number} is not a ready text ({field}: {first['msg']})"
        raise UnreadableDocument(path, what, 'Give each line as {"id": …, "title": …, "text": …}') from error
