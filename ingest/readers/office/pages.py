"""The pages of a Word document as LibreOffice lays it out, where it is installed and Word's own notes are stale."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from assistant.errors import UnreadableDocument
from assistant.model.formats import PDF
from ingest.readers.blocks import BlockKind, ReadFile
from ingest.readers.docx.pages import MOST_PAGES, in_pages, said_count
from ingest.readers.office.libreoffice import converted, program

ONE_PAGE = 350
"""Words that hardly fill more than a page."""
KEY, SHORT_KEY = 48, 20
"""Letters by which the beginning of a block is found on a page."""
FEWEST_FOUND = 0.9
"""Share of the blocks that must be found, each not before the last, for the pages to be believed."""
_ROWS = (BlockKind.TABLE_ROW, BlockKind.TABLE_HEADER)


def in_rendered_pages(read: ReadFile, path: Path) -> ReadFile:
    """Returns a document with its words on the pages on which LibreOffice puts them; as it was where that is not known.

    Where its properties say how many pages it has, another count is not believed: other fonts make other pages.

    Args:
        read: The document; where it is in pages already, it stays as it is.
        path: Its file.
    """
    said = said_count(path)
    is_short = len(read.raw_pages[0].split()) < ONE_PAGE
    if program() is None or len(read.raw_pages) > 1 or said == 1 or is_short:
        return read
    try:
        with tempfile.TemporaryDirectory() as folder:
            pdf = PdfReader(converted(path, PDF, Path(folder)))
            texts = [_letters(page.extract_text()) for page in pdf.pages[:MOST_PAGES]]
            labels = tuple(pdf.page_labels[: len(texts)])
    except (UnreadableDocument, PyPdfError, ValueError, KeyError, OSError):
        return read
    if len(texts) < 2 or said not in (0, len(texts)) or len(labels) != len(texts):
        return read
    turns = _turns(read, texts)
    return in_pages(read, turns, labels) if turns else read


@dataclass(slots=True)
class _Place:
    page: int
    at: int


def _turns(read: ReadFile, texts: Sequence[str]) -> list[tuple[int, int]]:
    """Returns the offsets of the raw page at which pages begin; [] where too few blocks are found."""
    raw = read.raw_pages[0]
    place = _Place(0, 0)
    turns: list[tuple[int, int]] = []
    found = sought = 0
    blocks = [each for each in read.blocks if each.runs]
    for block in sorted(blocks, key=lambda each: each.runs[0].raw_start):
        start, end = block.runs[0].raw_start, block.runs[-1].raw_start + block.runs[-1].length
        letters = _letters(raw[start:end])
        if len(letters) < SHORT_KEY or block.kind in (BlockKind.FIGURE, BlockKind.FOOTNOTE):
            continue
        sought += 1
        at = _find(letters, texts, place)
        if at is None:
            continue
        found += 1
        place = at
        _turn(turns, start, place.page + 1)
        cut = _cut(letters, texts, place) if block.kind not in _ROWS else None
        if cut is not None:
            _turn(turns, start + _offset(raw[start:end], cut), place.page + 2)
            place = _Place(place.page + 1, 0)
    return [(0, 1), *(each for each in turns if each[0])] if sought and found >= FEWEST_FOUND * sought else []


def _turn(turns: list[tuple[int, int]], at: int, page: int) -> None:
    if page != (turns[-1][1] if turns else 1):
        turns.append((at, page))


def _find(letters: str, texts: Sequence[str], place: _Place) -> _Place | None:
    """Returns where a block begins, at or after a place: on the first page that has its first letters."""
    for key in (letters[:KEY], letters[:SHORT_KEY]):
        for page in range(place.page, len(texts)):
            at = texts[page].find(key, place.at if page == place.page else 0)
            if at >= 0:
                return _Place(page, at)
    return None


def _cut(letters: str, texts: Sequence[str], place: _Place) -> int | None:
    """Returns after how many letters a block goes on on the next page, None where it ends on its own."""
    text = texts[place.page][place.at :]
    same = next(
        (at for at, (one, other) in enumerate(zip(letters, text, strict=False)) if one != other),
        min(len(letters), len(text)),
    )
    rest = letters[same:]
    if len(rest) < SHORT_KEY or place.page + 1 >= len(texts):
        return None
    return same if rest[:SHORT_KEY] in texts[place.page + 1] else None


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).lower()


def _offset(text: str, count: int) -> int:
    """Returns the offset of a text after so many letters."""
    for at, letter in enumerate(text):
        if letter.isalnum():
            if not count:
                return at
            count -= len(letter.lower())
    return len(text)
