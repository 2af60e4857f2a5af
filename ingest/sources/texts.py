"""The words of a fetched file as a reader sees them, by which a change is told from a new look of the same page."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ingest.cutting.sections import lay_out
from ingest.readers.blocks import ReadFile

ReadOneFile = Callable[[Path], ReadFile]
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class SeenText:
    """A file as its reader sees it."""

    text: str
    title: str
    """As the file says, "" where it says none."""

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())

    @property
    def digest(self) -> str:
        """Digest of its words; white space does not count."""
        return digest_of(self.text)


def digest_of(text: str) -> str:
    """Returns the digest of the words of a text."""
    return hashlib.sha256(_SPACE.sub(" ", text).strip().encode("utf-8", "surrogatepass")).hexdigest()


def seen_text(path: Path, read_file: ReadOneFile) -> SeenText:
    """Returns the text of a file, laid out as it would be indexed. Raises ``UnreadableDocument``."""
    read = read_file(path)
    return SeenText(lay_out(read).text, read.title or "")
