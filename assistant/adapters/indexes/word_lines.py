"""The passages as the word index takes them, kept beside it: the next generation need not find their words again.

Finding words and stems is nine tenths of building a word index.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from assistant.adapters.indexes.partitions import partition_of
from assistant.model import Edition, EditionId, Passage
from assistant.text import stop_words
from assistant.text import words as text_words
from assistant.text.words import content_words
from assistant.text.words import words as tokens

NAME = "lines.jsonl"
_ENCODER = msgspec.json.Encoder()


@lru_cache(maxsize=1)
def first_line() -> bytes:
    """Returns what names how words are found: lines of a release that found them otherwise are not used."""
    sources = (Path(module.__file__ or "").read_bytes() for module in (text_words, stop_words))
    return b"1 " + hashlib.sha256(b"".join(sources)).hexdigest().encode() + b"\n"


class Line(msgspec.Struct, frozen=True, array_like=True):
    """A passage as it is indexed."""

    passage_id: str
    edition_id: str
    kind: str
    partition: str
    body: str
    """Its stems in order."""
    words: tuple[str, ...]
    """Each of its words as it stands, once."""


def line_of(entry: tuple[Passage, Edition]) -> Line:
    """Returns the line of a passage."""
    passage, edition = entry
    body, words = " ".join(content_words(passage.embed_text)), tuple(sorted(set(tokens(passage.embed_text))))
    partition = partition_of(edition)
    return Line(passage.passage_id, passage.edition_id, edition.kind.value, partition, body, words)


class LineFile:
    """Writes the lines of an index into its folder.

    Args:
        folder: The folder of the index.
    """

    def __init__(self, folder: Path) -> None:
        self._file = (folder / NAME).open("wb")
        self._file.write(first_line())

    def add(self, line: Line) -> None:
        """Adds a line."""
        self._file.write(_ENCODER.encode(line) + b"\n")

    def copy(self, text: bytes) -> None:
        """Adds a line as another index has it."""
        self._file.write(text)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()


class KeptLines:
    """The lines of an index that are taken over into another, each with its text; read once.

    Args:
        path: The file of the lines; None for no line.
        without: Editions whose lines are not taken over.
    """

    def __init__(self, path: Path | None = None, without: frozenset[EditionId] = frozenset()) -> None:
        self._path = path
        self._without = without
        self.gone: list[Line] = []
        """The lines that were not taken over, once all were read."""

    def __iter__(self) -> Iterator[tuple[Line, bytes]]:
        if self._path is None:
            return
        decoder = msgspec.json.Decoder(Line)
        with self._path.open("rb") as file:
            next(file)
            for text in file:
                line = decoder.decode(text)
                if line.edition_id in self._without:
                    self.gone.append(line)
                else:
                    yield line, text


def kept_lines(folder: Path, gone: frozenset[EditionId]) -> KeptLines | None:
    """Returns the lines of an index without those of some editions; None where it keeps none that can be used.

    Raises:
        OSError: It cannot be read.
    """
    path = folder / NAME
    if not path.is_file():
        return None
    with path.open("rb") as file:
        return KeptLines(path, gone) if file.readline() == first_line() else None
