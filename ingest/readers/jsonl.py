"""JSONL reader: ready texts, one edition per line, for test collections."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.errors import UnreadableDocument
from assistant.model import Kind
from ingest.blocks import ReadFile
from ingest.readers.text import blocks_of_text, text_of


class Row(BaseModel):
    """One line."""

    model_config = ConfigDict(extra="ignore")

    id: str | int
    title: str = ""
    text: str
    kind: Kind = Kind.GUIDANCE


@dataclass(frozen=True, slots=True)
class ReadyText:
    """One text that needs no reading."""

    edition_id: str
    title: str
    kind: Kind
    read: ReadFile


def read_jsonl(path: Path) -> Iterator[ReadyText]:
    """Yields the texts of a JSONL file in order.

    Raises:
        UnreadableDocument: A line is not JSON or lacks ``id`` or ``text``; the message names the line.
    """
    for number, line in enumerate(text_of(path).splitlines(), start=1):
        if line.strip():
            row = _row(path, number, line)
            yield ReadyText(str(row.id), row.title or str(row.id), row.kind, blocks_of_text(row.text))


def _row(path: Path, number: int, line: str) -> Row:
    try:
        return Row.model_validate(json.loads(line))
    except (ValueError, ValidationError) as error:
        fix = 'Give each line as {"id": …, "title": …, "text": …}'
        raise UnreadableDocument(path, f"line {number} is not a ready text", fix) from error
