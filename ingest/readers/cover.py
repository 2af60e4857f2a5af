"""The cover of a file: what its first and last pages, its properties and its name say about the document itself."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.model import Exclusion
from assistant.model.formats import DOCX, HTML, MARKDOWN, PDF
from ingest.readers.blocks import Block, BlockKind, ReadFile

BODY_SIZE = 11.0
"""Print of a paragraph in a format that has no sizes."""
HEADING_SIZES = (22.0, 17.0, 14.0, 12.0)
"""Print of headings in such a format, by level."""
FRONT_MATTER = 4000
"""Bytes in which the head of a Markdown file ends."""
MOST_LINES = 160
"""Lines that count as the first pages of a file without pages."""


@dataclass(frozen=True, slots=True)
class CoverLine:
    """One printed line, or one row of a table with its cells."""

    text: str
    page: int = 1
    size: float = BODY_SIZE
    """Points; of a format without sizes, by its headings."""
    is_running: bool = False
    """Whether it is a header or footer."""
    cells: tuple[str, ...] = ()
    """What stands side by side on it, where it is more than one thing."""


@dataclass(frozen=True, slots=True)
class Cover:
    """What a file says about itself."""

    name: str
    """Of the file, with its ending."""
    lines: tuple[CoverLine, ...] = ()
    """Of its first pages, in reading order."""
    last: tuple[CoverLine, ...] = ()
    """Of its last page."""
    properties: tuple[tuple[str, str], ...] = ()
    """Names and values of its properties: title, author, subject, keywords, and what a web page says in its head."""
    title: str | None = None
    """As the reader of its format takes it."""

    def said(self, *names: str) -> str:
        """Returns the first of these properties that says something; "" where none does."""
        given = dict(self.properties)
        return next((given[name] for name in names if given.get(name)), "")


def read_cover(path: Path, max_pages: int) -> Cover:
    """Returns the cover of a file. Raises ``UnreadableDocument``."""
    from ingest.readers import read_file
    from ingest.readers.content import checked_format

    file_format = checked_format(path)
    if file_format is PDF:
        from ingest.readers.pdf.cover import read_pdf_cover

        return read_pdf_cover(path)
    if file_format is DOCX:
        from ingest.readers.docx.cover import read_docx_cover

        return read_docx_cover(path)
    if file_format is HTML:
        from ingest.readers.html.cover import read_html_cover

        return read_html_cover(path)
    cover = cover_of(path.name, read_file(path, max_pages))
    return replace(cover, lines=(*_front_matter(path), *cover.lines)) if file_format is MARKDOWN else cover


def cover_of(name: str, read: ReadFile) -> Cover:
    """Returns the cover of a file that was read as a whole."""
    lines = [line for block in read.blocks[:MOST_LINES] for line in _lines_of(block)]
    running = [_left_out(each) for each in read.exclusions if _is_cover(each)]
    last = [CoverLine(each.text, each.page) for each in read.blocks[-10:]]
    return Cover(name, tuple(running + lines), tuple(last), (), read.title)


def _front_matter(path: Path) -> list[CoverLine]:
    """Returns the lines "name: value" that a Markdown file may begin with, between two lines of hyphens."""
    head = path.read_bytes()[:FRONT_MATTER].decode("utf-8", "replace").splitlines()
    if not head or head[0].strip() != "---":
        return []
    lines = itertools.takewhile(lambda line: line.strip() not in ("---", "..."), head[1:])
    return [CoverLine(" ".join(line.split())) for line in lines if re.match(r"[A-Za-z][\w -]*:\s*\S", line)]


def row_of(cells: Sequence[str], page: int = 1, size: float = BODY_SIZE) -> CoverLine:
    """Returns the row of a table as a line."""
    texts = tuple(" ".join(cell.split()) for cell in cells)
    return CoverLine(" ".join(filter(None, texts)), page, size, cells=texts)


def _lines_of(block: Block) -> list[CoverLine]:
    if block.kind in (BlockKind.TABLE_ROW, BlockKind.TABLE_HEADER):
        return [row_of(block.text.split(" | "), block.page)]
    size = BODY_SIZE
    if block.kind is BlockKind.HEADING:
        size = HEADING_SIZES[min(block.level, len(HEADING_SIZES)) - 1]
    return [CoverLine(each.strip(), block.page, size) for each in block.text.split(" | ") if each.strip()]


def _left_out(exclusion: Exclusion) -> CoverLine:
    return CoverLine(exclusion.preview, exclusion.page, is_running=exclusion.reason != "cover")


def _is_cover(exclusion: Exclusion) -> bool:
    return exclusion.page <= 3 and exclusion.reason in ("cover", "running_header", "running_footer")
