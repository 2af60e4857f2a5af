"""What every reader returns: a file as a sequence of blocks, in reading order, normalised.

A block is a heading, a paragraph, a list item, a table row, a footnote or a figure. Its text is one line of
normalised characters (ligatures, quote marks of private fonts, line-end hyphens and white space replaced), and
its runs say which characters of which page's raw text it came from.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from assistant.model import Exclusion


class BlockKind(StrEnum):
    """What a block is on its page."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_HEADER = "table_header"
    TABLE_ROW = "table_row"
    FOOTNOTE = "footnote"
    FIGURE = "figure"
    """Text of a figure, flow chart or table whose reading order is not certain: never quoted."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a block's text that maps one to one onto characters of a page's raw text."""

    start: int
    """Offset in the block's text."""
    length: int
    page: int
    """Page index from 1."""
    raw_start: int
    """Offset in ``ReadFile.raw_pages[page - 1]``."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A footnote mark that was taken out of the text."""

    offset: int
    """Offset in the block's text just after the marked word."""
    mark: str


@dataclass(frozen=True, slots=True)
class Link:
    """A stretch of a block that links to an address."""

    start: int
    end: int
    target: str


@dataclass(frozen=True, slots=True)
class Block:
    """One block; ``runs`` cover every character that came from a page, in order."""

    kind: BlockKind
    text: str
    runs: tuple[Run, ...]
    level: int = 1
    """Depth of a heading, a list item or a table row, from 1.

    A row of a table inside a cell, or under a row that spans the whole table, is one deeper than that row.
    """
    label: str | None = None
    """Printed number or letter: "24" of a numbered paragraph, "2.1" of a heading, "a" of an item, a footnote's mark.

    For numbered paragraphs and headings the printed number also stays at the start of ``text``.
    """
    marks: tuple[Mark, ...] = ()
    links: tuple[Link, ...] = ()
    opens_table: bool = False
    """Whether it is the first row of a table, so that no header of one before leads into it."""
    under: int | None = None
    """Level of the deepest heading that it stands under, where a part with headings of its own ended before it."""

    @property
    def page(self) -> int:
        """Page index of its first character, 1 where it came from no page."""
        return self.runs[0].page if self.runs else 1


def joined_blocks(first: Block, second: Block, separator: str) -> Block:
    """Returns the first block with the text of the second after it, its marks and links moved along."""
    by = len(first.text) + len(separator)
    return replace(
        first,
        text=f"{first.text}{separator}{second.text}",
        runs=(*first.runs, *(replace(run, start=run.start + by) for run in second.runs)),
        marks=(*first.marks, *(replace(mark, offset=mark.offset + by) for mark in second.marks)),
        links=(*first.links, *(replace(link, start=link.start + by, end=link.end + by) for link in second.links)),
    )


@dataclass(frozen=True, slots=True)
class Recognised:
    """A word that was read from the picture of its page."""

    page: int
    """Page index from 1."""
    start: int
    """Offsets in ``ReadFile.raw_pages[page - 1]``."""
    end: int
    confidence: float
    """In 0..1."""


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file as its reader saw it."""

    blocks: tuple[Block, ...]
    raw_pages: tuple[str, ...]
    """Text of each page as extracted, before normalisation; one entry for formats without pages."""
    page_labels: tuple[str, ...]
    """Label printed on each page, the index as text where none is."""
    exclusions: tuple[Exclusion, ...] = ()
    title: str | None = None
    """Title from the file's own metadata or first heading, for inferred editions."""
    recognised: tuple[Recognised, ...] = ()
    """Words that were read by OCR, page by page in order."""
