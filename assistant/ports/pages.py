"""The files behind the editions and pictures of their pages, as Protocols."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A stretch of words on a page, in shares of its width and height from the top left, each in 0..1."""

    left: float
    top: float
    width: float
    height: float


class Files(Protocol):
    """The documents' own files, stored by sha256 in the data folder when they are ingested."""

    def store(self, path: Path, sha256: str) -> None:
        """Stores a copy of a file; one that is stored already is left as it is."""

    def remove_all_but(self, needed: Collection[str]) -> None:
        """Removes every stored file but those of these sha256, and what a killed copy left behind."""

    def path_of(self, sha256: str, name: str) -> Path | None:
        """Returns the stored file, None where there is none; ``name`` gives the ending."""


class PageImages(Protocol):
    """Pictures of pages of PDF files."""

    def png(self, path: Path, page: int, width_px: int) -> bytes:
        """Returns a page as PNG. Raises ``DocumentError`` where the file has no such page or is no PDF."""

    def marked_png(self, path: Path, page: int, width_px: int, areas: Sequence[Rectangle]) -> bytes:
        """Returns a page as PNG with areas of it marked, so that their words stay readable. Raises ``DocumentError``."""

    def rectangles(self, path: Path, page: int, quotes: Sequence[str]) -> tuple[Rectangle, ...]:
        """Returns where quotes are on a page, line by line; () where one cannot be found for certain."""

    def outlines(self, path: Path, page: int, texts: Sequence[str]) -> tuple[tuple[Rectangle, ...], ...]:
        """Returns for each text the areas of a page that hold its words; () for one of which nothing is found.

        A text may stand in pieces, in any order, as the words of a figure do; pieces that are not certain are passed over.
        """
