"""What of a file can be quoted, beside the words that PDFium finds on its pages."""

from __future__ import annotations

import re
import time
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from assistant.bootstrap.stores import printed_pages
from assistant.errors import UnreadableDocument, UsageError
from assistant.model.formats import endings_of
from ingest.readers import read_file
from ingest.readers.blocks import BlockKind, ReadFile

_MOST_PAGES = 3000
_WORD = re.compile(r"[^\W_]+")
_LINE_END = re.compile(r"[-\ufffe\u00ad]\r?\n")
_QUOTED = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.TABLE_ROW, BlockKind.TABLE_HEADER, BlockKind.FOOTNOTE)


@dataclass(frozen=True, slots=True)
class FileReading:
    """One file."""

    name: str
    pages: int
    quotable: int
    """Words of text, lists, tables and notes."""
    headings: int
    figures: int
    """Words of figures, found and never quoted."""
    left_out: int
    """Words of headers, footers, contents and the like, and those that nobody sees."""
    lost: int
    """Words that PDFium finds on the pages beyond all of these; 0 for formats without pages."""
    strange: int
    """Words of the text that PDFium does not find on any page: put together or cut apart; 0 for formats without pages."""
    rows: int
    """Table rows of more than one cell."""
    seconds: float
    """Of processor time, for reading alone."""
    fault: str = ""
    """Why it cannot be read."""

    @property
    def share(self) -> float:
        """Share of the body's words that can be quoted, in 0..1."""
        body = self.quotable + self.figures + self.lost
        return self.quotable / body if body else 0.0


def measured(paths: Sequence[Path]) -> tuple[FileReading, ...]:
    """Returns every file of a readable format in the paths, files or folders. Raises ``UsageError`` where there is none."""
    files = [file for path in paths for file in (sorted(path.iterdir()) if path.is_dir() else [path])]
    readable = [
        file for file in files if file.suffix.lower() in endings_of() and file.name not in ("README.md", "SOURCES.md")
    ]
    if not readable:
        raise UsageError(
            f"{', '.join(map(str, paths)) or 'no path'}: no file of a readable format. Name files or folders."
        )
    return tuple(_measured(file) for file in readable)


def _measured(path: Path) -> FileReading:
    started = time.process_time()
    try:
        read = read_file(path, _MOST_PAGES)
    except UnreadableDocument as error:
        return FileReading(path.name, 0, 0, 0, 0, 0, 0, 0, 0, time.process_time() - started, str(error))
    seconds = time.process_time() - started
    quotable = [block for block in read.blocks if block.kind in _QUOTED]
    words = _count(block.text for block in quotable)
    headings = _count(block.text for block in read.blocks if block.kind is BlockKind.HEADING)
    figures = _count(block.text for block in read.blocks if block.kind is BlockKind.FIGURE)
    left_out = _left_out(read)
    printed, known = _printed(path) if path.suffix.lower() == ".pdf" else (0, frozenset[str]())
    strange = sum(word not in known for block in quotable for word in _words(block.text)) if printed else 0
    lost = max(0, printed - words - headings - figures - left_out)
    rows = sum(block.kind is BlockKind.TABLE_ROW and " | " in block.text for block in read.blocks)
    pages = len(read.raw_pages)
    return FileReading(path.name, pages, words, headings, figures, left_out, lost, strange, rows, seconds)


def _left_out(read: ReadFile) -> int:
    in_blocks = ("figure", "flow_chart")
    return sum(
        each.words if each.words is not None else _count([each.preview])
        for each in read.exclusions
        if each.reason not in in_blocks
    )


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", text).replace("\u00ad", "").lower())


def _count(texts: Iterable[str]) -> int:
    return sum(len(_words(text)) for text in texts)


def _printed(path: Path) -> tuple[int, frozenset[str]]:
    """Returns how many words PDFium finds on the pages, and which; words cut at line ends are also known whole."""
    pages = printed_pages(path)
    whole = [word for text in pages for word in _words(_LINE_END.sub("", text))]
    return len(whole), frozenset(whole) | frozenset(word for text in pages for word in _words(text))


def table(readings: Sequence[FileReading]) -> str:
    """Returns the readings as a Markdown table, the least quotable first, with the median below."""
    rows = [
        "| file | pages | can be quoted | words | in figures | left out | lost | strange | table rows | s a page |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for each in sorted(readings, key=lambda reading: reading.share):
        if each.fault:
            rows.append(f"| {each.name} | not read: {each.fault} | | | | | | | | |")
            continue
        rows.append(
            f"| {each.name} | {each.pages} | {each.share:.3f} | {each.quotable} | {each.figures} | {each.left_out} "
            f"| {each.lost} | {each.strange} | {each.rows} | {each.seconds / max(1, each.pages):.3f} |"
        )
    read = [each for each in readings if not each.fault]
    if read:
        seconds = sum(each.seconds for each in read)
        rows += [
            "",
            f"{len(read)} files, median {median(each.share for each in read):.3f}, {seconds:.1f} s of processor time.",
        ]
    return "\n".join(rows)
