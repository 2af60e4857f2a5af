"""Puts lines together to blocks: headings, paragraphs, list items, table rows, footnotes, figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.model import Exclusion
from ingest.blocks import Block, BlockKind, Mark
from ingest.readers.pdf.furniture import preview
from ingest.readers.pdf.line import Line
from ingest.readers.pdf.notes import Note, split_notes
from ingest.readers.pdf.style import WORD, Style, line_height, style_of
from ingest.readers.pdf.tables import Region, regions
from ingest.traced import Traced, joined, untraced

BULLET = re.compile(r"^(?:[•▪●◦○■❖➢►✓*–—]|o(?=\s)|-(?=\s))\s*(?=\S)")
LETTERED = re.compile(r"^\(?(?:[a-z]|[ivx]{2,4})[).]\s+(?=\S)")
NUMBERED = re.compile(r"^(\d{1,3})\.\s*(?=[^\d\s])")
HEADING_NUMBER = re.compile(
    r"^(?:(?:chapter|part|annex|section|appendix|step|priority)\s+)?(\d{1,2}(?:\.\d{1,2})*|[A-H])\b[.:]?\s"
)
_ENDED = re.compile(r"[.!?:;]['’”\")\]]*$")
GAP = 1.28
"""A gap of more than this many line heights opens a paragraph."""
LEAST_GAPS = 8
"""A page with fewer distances between lines takes the line height of the document."""


@dataclass(slots=True)
class _Open:
    """A block that is still growing."""

    kind: BlockKind
    lines: list[Line]
    level: int = 1
    label: str | None = None
    skip: int = 0
    """Characters of a bullet at its start."""


def blocks_of(pages: Sequence[Sequence[Line]]) -> tuple[tuple[Block, ...], tuple[Exclusion, ...]]:
    """Returns the blocks of a document in reading order, and the figures that were flagged."""
    style = style_of(pages)
    builder = _Builder(style)
    for lines in pages:
        running, notes = split_notes(lines, style.body_size)
        builder.start_page(running, notes)
        for region in regions(running):
            builder.take(region)
    return builder.finished(), tuple(builder.exclusions)


class _Builder:
    """Grows blocks line by line; the only state of the reader."""

    def __init__(self, style: Style) -> None:
        self.style = style
        self.done: list[Block] = []
        self.exclusions: list[Exclusion] = []
        self.open: _Open | None = None
        self.list_left: float | None = None
        self.is_fresh_page = False
        self.pending: dict[tuple[int, str], Note] = {}
        self.line_height = style.line_height

    def start_page(self, lines: Sequence[Line], notes: Sequence[Note]) -> None:
        self.is_fresh_page = True
        self.line_height = line_height([lines], self.style.body_size, LEAST_GAPS) or self.style.line_height
        self.pending.update({(note.page, note.mark): note for note in notes})

    def take(self, region: Region) -> None:
        if region.kind == "text":
            for line in region.lines:
                self._line(line)
        elif region.kind == "table":
            self._close()
            self._table(region.rows)
        else:
            self._close()
            self._figure(region.lines)
        self.is_fresh_page = False

    def finished(self) -> tuple[Block, ...]:
        self._close()
        self._flush_notes(before=1 << 30)
        return tuple(self.done)

    def _line(self, line: Line) -> None:
        if self.open is not None and self._goes_on(self.open, line):
            self.open.lines.append(line)
        else:
            self._close()
            self.open = self._opened(line)
        self.is_fresh_page = False

    def _goes_on(self, block: _Open, line: Line) -> bool:
        last = block.lines[-1]
        heading = self._is_heading(line, last)
        if block.kind is BlockKind.HEADING or heading:
            return block.kind is BlockKind.HEADING and heading and self._same_heading(block, line)
        if _starts_item(line) or (NUMBERED.match(line.words) and line.x <= self.style.left + 3):
            return False
        text = last.words
        if self.is_fresh_page or last.page != line.page:
            return not _ENDED.search(text) or text.endswith((",", ";")) or line.words[:1].islower()
        gap = last.y - line.y
        height = self.line_height * line.size / self.style.body_size
        if gap > GAP * height:
            return line.words[:1].islower() and not _ENDED.search(text) and gap < 2.2 * height
        return not (block.kind is BlockKind.LIST_ITEM and self._has_left_list(block, line))

    def _has_left_list(self, block: _Open, line: Line) -> bool:
        first = block.lines[0]
        return line.x < first.x - 3 and bool(_ENDED.search(block.lines[-1].words)) and line.words[:1].isupper()

    def _same_heading(self, block: _Open, line: Line) -> bool:
        last = block.lines[-1]
        nearest = max(1.6, 1.05 * self.line_height / self.style.body_size) * line.size
        is_near = last.page == line.page and 0 < last.y - line.y <= nearest
        return is_near and abs(last.size - line.size) < 0.6 and last.is_bold == line.is_bold

    def _is_heading(self, line: Line, before: Line | None) -> bool:
        words = line.words
        if len(words) > 200 or not any(letter.isalpha() for letter in words) or BULLET.match(words):
            return False
        if line.size >= 1.08 * self.style.body_size:
            return True
        if not line.is_bold or len(words) > 110 or words[-1] in ".,;" or line.size < 0.95 * self.style.body_size:
            return False
        if before is None or self.is_fresh_page or before.page != line.page:
            return not words[:1].islower()
        is_apart = before.y - line.y > 1.15 * self.line_height
        return (is_apart or (before.is_bold and before.size >= line.size)) and not words[:1].islower()

    def _opened(self, line: Line) -> _Open:
        before = self.open.lines[-1] if self.open else None
        if self._is_heading(line, before):
            found = HEADING_NUMBER.match(line.words)
            self.list_left = None
            return _Open(BlockKind.HEADING, [line], self._level(line), found[1] if found else None)
        if numbered := NUMBERED.match(line.words):
            if line.x <= self.style.left + 6:
                self.list_left = None
                return _Open(BlockKind.PARAGRAPH, [line], label=numbered[1])
            return _Open(BlockKind.LIST_ITEM, [line], self._item_level(line), numbered[1])
        if _starts_item(line):
            found = BULLET.match(line.words)
            return _Open(BlockKind.LIST_ITEM, [line], self._item_level(line), skip=found.end() if found else 0)
        self.list_left = None
        return _Open(BlockKind.PARAGRAPH, [line])

    def _item_level(self, line: Line) -> int:
        if self.list_left is None or line.x < self.list_left - 3:
            self.list_left = line.x
        return 1 if line.x <= self.list_left + 10 else 2

    def _level(self, line: Line) -> int:
        sizes = self.style.heading_sizes
        return sizes.index(line.size) + 1 if line.size in sizes else len(sizes) + 1

    def _close(self) -> None:
        if self.open is None:
            return
        lines = self.open.lines
        block = self._built(self.open)
        self.open = None
        if block.text:
            self._flush_notes(before=lines[0].page)
            self.done.append(block)
            self.done.extend(self._attached(block, {line.page for line in lines}))

    def _attached(self, block: Block, pages: set[int]) -> list[Block]:
        """Returns the notes whose marks stand in a block, in the order of the marks."""
        keys = [(page, each.mark) for each in block.marks for page in sorted(pages)]
        return [_note_block(self.pending.pop(key)) for key in keys if key in self.pending]

    def _flush_notes(self, before: int) -> None:
        """Keeps notes of earlier pages whose mark was not found, and lists them."""
        for key in [each for each in self.pending if each[0] < before]:
            note = self.pending.pop(key)
            self.exclusions.append(Exclusion(note.page, "footnote_unattached", preview(note.text.text)))
            self.done.append(_note_block(note))

    def _built(self, block: _Open) -> Block:
        text, marks = self._text(block.lines, block.skip)
        return Block(block.kind, text.text, text.runs(), block.level, block.label, marks)

    def _text(self, lines: Sequence[Line], skip: int = 0) -> tuple[Traced, tuple[Mark, ...]]:
        whole = lines[0].text.cut(skip)
        marks = [Mark(max(0, at - skip), mark) for at, mark in _single(lines[0].marks)]
        for before, line in pairwise(lines):
            whole = self._glued(whole, before, line)
            marks.extend(Mark(len(whole.text) + at, mark) for at, mark in _single(line.marks))
            whole = whole + line.text
        return whole, tuple(marks)

    def _glued(self, whole: Traced, before: Line, line: Line) -> Traced:
        """Returns the text so far, ready for the next line: a space added, or a line-end hyphen mended."""
        if not re.search(r"[A-Za-z]-$", whole.text) or not line.words[:1].islower():
            return whole + untraced(" ")
        stem = WORD.findall(whole.text)[-1].rstrip("-").rsplit("-", 1)[-1].lower()
        rest = WORD.findall(line.words)[0].split("-")[0].lower()
        is_one_word = stem + rest in self.style.vocabulary and f"{stem}-{rest}" not in self.style.vocabulary
        return whole.cut(0, len(whole.text) - 1) if is_one_word else whole

    def _table(self, rows: Sequence[Sequence[Sequence[Line]]]) -> None:
        for place, row in enumerate(rows):
            is_header = place == 0 and all(line.is_bold for cell in row for line in cell)
            kind = BlockKind.TABLE_HEADER if is_header else BlockKind.TABLE_ROW
            cells = [self._text(cell) for cell in row]
            text = joined([cell for cell, _ in cells], " | ")
            block = Block(kind, text.text, text.runs(), marks=_shifted(cells))
            self.done.append(block)
            self.done.extend(self._attached(block, {line.page for cell in row for line in cell}))

    def _figure(self, lines: Sequence[Line]) -> None:
        text = joined([line.text for line in lines], " ")
        near = (text.text[:200], *(block.text for block in self.done[-2:]))
        is_chart = any("flow chart" in each.lower() for each in near)
        shown = preview(text.text)
        page = lines[0].page
        self.exclusions.append(Exclusion(page, "flow_chart", shown) if is_chart else Exclusion(page, "figure", shown))
        self.done.append(Block(BlockKind.FIGURE, text.text, text.runs()))


def _note_block(note: Note) -> Block:
    return Block(BlockKind.FOOTNOTE, note.text.text, note.text.runs(), label=note.mark)


def _starts_item(line: Line) -> bool:
    return bool(BULLET.match(line.words) or LETTERED.match(line.words))


def _single(marks: Iterable[tuple[int, str]]) -> Iterable[tuple[int, str]]:
    return ((at, each.strip()) for at, mark in marks for each in mark.split(","))


def _shifted(cells: Sequence[tuple[Traced, tuple[Mark, ...]]]) -> tuple[Mark, ...]:
    found: list[Mark] = []
    start = 0
    for text, marks in cells:
        found.extend(Mark(start + each.offset, each.mark) for each in marks)
        start += len(text.text) + 3
    return tuple(found)
