"""Joins lines to blocks: headings, paragraphs, list items, table rows, footnotes, figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.model import Exclusion
from assistant.text.markup import BULLETS
from ingest.readers.blocks import Block, BlockKind
from ingest.readers.labels import BARE_LABEL, LABEL
from ingest.readers.pdf.areas import Areas
from ingest.readers.pdf.furniture import preview
from ingest.readers.pdf.headings import HEADING_NUMBER, Measure, place_of, running_on, with_sections
from ingest.readers.pdf.layout.grids import grids_of
from ingest.readers.pdf.layout.items import Region, Row
from ingest.readers.pdf.layout.regions import framed, regions_of
from ingest.readers.pdf.line import Line
from ingest.readers.pdf.line_joining import running_text, shifted, text_of
from ingest.readers.pdf.notes import Note, notes_of
from ingest.readers.pdf.pending_notes import PendingNotes
from ingest.readers.pdf.style import Style, line_height, style_of
from ingest.readers.source_map import joined, unmapped

BULLET = re.compile(rf"^(?:[{BULLETS}*–—]|o(?=\s)|-(?=\s))\s*(?=\S)")
TICKED = re.compile(r"^[☐☑☒✔✗✘➔➤]\s*(?=\S)")
"""A sign that says something about its item, and stays with it."""
LETTERED = re.compile(rf"^(?:{LABEL}(?:\s+(?=\S)|$)|(?:[a-z]|[ivx]{{2,4}})(?:\)\s+(?=\S)|\.\s+(?=[^\d\s])))")
_HUNG = re.compile(rf"^(?:\[|{LABEL}$)")
"""An item that an amendment put in, or its bare label where one took its words: both hang out to the left of the others."""
HANGS = 24.0
"""Points by which they do so, at most."""
_SCALE = re.compile(r"[£€]?[1-9]?\d{0,3}(?:,\d{3})*(?:\.\d+)?[%km]?(?:/\d{2})?")
"""Nothing but figures, as at the axes of a chart; telephone numbers have more digits or begin with 0."""
_LAW_NOTE = re.compile(r"^[CEFIMPX]\d{1,3}(?:\s+(?=\S)|$)")
"""What a note to amended legislation opens with."""
_SUBSECTION = re.compile(r"^\(\d{1,3}[A-Z]?\)\s")
"""What a subsection of legislation opens with."""
NUMBERED = re.compile(r"^(\d{1,3})(?:\.\s*|\)\s+)(?=[^\d\s])")
HANGING = re.compile(r"(?:[,;]|\b(?:a|an|and|as|at|by|for|from|in|is|of|on|or|that|the|their|to|which|with))$", re.I)
"""A line that cannot end a sentence."""
TERM = re.compile(r"^[a-z]+:\s")
ITEM_ENDED = re.compile(r"(?:[.;,]|[.;,] (?:and|or))$")
CAPTION = re.compile(r"^(?:Figure|Table|Flow ?chart|Box|Diagram) \d{1,2}[:.]\s")
_ENDED = re.compile(r"[.!?:;]['’”\")\]]*$")
LEADS_IN = re.compile(r"\b(?:should|must|may|will|can|need to)\s*:?$")
"""A line in the print of a heading that ends so leads into the list below it: who should, is part of the duty."""
GAP = 1.28
"""A gap of more than this many line heights opens a paragraph."""
CELLS = " | "
"""Stands between the cells of a table row."""
LEAST_GAPS = 8
"""A page with fewer distances between lines takes the line height of the document."""


@dataclass(slots=True)
class _OpenBlock:
    """A block that is still growing."""

    kind: BlockKind
    lines: list[Line]
    level: int = 1
    label: str | None = None
    skip: int = 0
    """Characters of a bullet at its start."""


def blocks_of(
    pages: Sequence[Sequence[Line]], areas: Sequence[Areas]
) -> tuple[tuple[Block, ...], tuple[Exclusion, ...]]:
    """Returns the blocks of a document in reading order, and the figures that were flagged.

    Args:
        pages: The lines of each page without its furniture.
        areas: The lines and boxes that each page draws.
    """
    style = style_of(pages)
    builder = _Builder(style)
    downwards = [sorted(lines, key=lambda line: (-line.y, line.x)) for lines in pages]
    grids = [grids_of(drawn) for drawn in areas]
    in_cells = [framed(lines, found) for lines, found in zip(downwards, grids, strict=True)]
    split = notes_of(downwards, style.body_size, style.vocabulary, in_cells)
    for (running, notes), drawn, before, found in zip(split, areas, ((), *grids[:-1]), grids, strict=True):
        builder.start_page(running, notes)
        for region in regions_of(running, drawn, found, before):
            builder.take(region)
    return builder.finished(), tuple(builder.exclusions)


class _Builder:
    """Builds blocks line by line; the only state of the PDF reader."""

    def __init__(self, style: Style) -> None:
        self.style = style
        self.done: list[Block] = []
        self.exclusions: list[Exclusion] = []
        self.open: _OpenBlock | None = None
        self.list_left: float | None = None
        self.is_fresh_page = False
        self.was_apart = False
        """Whether the region before stands in a frame: its text goes on in a frame of the next page only."""
        self.pending = PendingNotes()
        self.running_on: frozenset[tuple[int, float, float]] = frozenset()
        self.measure = Measure(style, style.line_height, 1)

    def start_page(self, lines: Sequence[Line], notes: Sequence[Note]) -> None:
        self.is_fresh_page = True
        height = line_height([lines], self.style.body_size, LEAST_GAPS) or self.style.line_height
        longest = max((len(line.words) for line in lines if line.size == self.style.body_size), default=1)
        self.measure = Measure(self.style, height, longest)
        self.running_on = running_on(lines, self.style)
        self.pending.add(notes)

    def take(self, region: Region) -> None:
        goes_on = self.is_fresh_page and region.kind == "text"
        if (self.was_apart or region.is_apart or region.kind != "text") and not goes_on:
            self._close()
        if region.kind == "text":
            self._text(region.lines)
        elif region.kind == "table":
            self._table(region.rows, region.headers)
        else:
            self._figure(region.lines)
        self.was_apart = region.is_apart
        self.is_fresh_page = False

    def _text(self, lines: Sequence[Line]) -> None:
        if not lines:
            return
        last = self.open.lines[-1] if self.open else None
        if last is not None and last.page == lines[0].page and lines[0].y > last.y + 1:
            self.is_fresh_page = True
        for line in lines:
            self._line(line)

    def finished(self) -> tuple[Block, ...]:
        self._close()
        self.exclusions.extend(self.pending.place(self.done))
        return with_sections(self.done, self.style)

    def _line(self, line: Line) -> None:
        if self.open is not None and self._goes_on(self.open, line):
            self.open.lines.append(line)
        else:
            self._close()
            self.open = self._opened(line)
        self.is_fresh_page = False

    def _goes_on(self, block: _OpenBlock, line: Line) -> bool:
        if block.kind is BlockKind.HEADING:
            return self._goes_on_heading(block, line)
        if self._is_heading(line, block.lines[-1]):
            return False
        last = block.lines[-1]
        if TERM.match(line.words) and TERM.match(block.lines[0].words) and ITEM_ENDED.search(last.words):
            return False
        if (
            CAPTION.match(line.words)
            or (_starts_item(line) and not _is_end_of(last, line))
            or (_LAW_NOTE.match(line.words) and _LAW_NOTE.match(block.lines[0].words))
            or (_SUBSECTION.match(line.words) and _ENDED.search(last.words))
            or (self._opens_paragraph(line) and not self._is_mid_sentence(last, line))
            or _is_next_number(block, line)
        ):
            return False
        if self.is_fresh_page or last.page != line.page:
            is_open = not _ENDED.search(last.words) and self.measure.is_full(last)
            return is_open or bool(HANGING.search(last.words)) or line.words[:1].islower()
        gap = last.y - line.y
        height = self.measure.line_height * line.size / self.style.body_size
        if gap > GAP * height:
            return line.words[:1].islower() and not _ENDED.search(last.words) and gap < 2.2 * height
        return not (block.kind is BlockKind.LIST_ITEM and self._has_left_list(block, line))

    def _opens_paragraph(self, line: Line) -> bool:
        return bool(NUMBERED.match(line.words)) and line.x <= self.style.left + 3

    def _is_mid_sentence(self, last: Line, line: Line) -> bool:
        """Returns whether a line, "18. If partners", goes on from "under the age of" right above it."""
        is_near = last.page == line.page and 0 < last.y - line.y <= 1.1 * self.measure.line_height
        return is_near and not _ENDED.search(last.words) and last.words[-1] not in ",–-"

    def _goes_on_heading(self, block: _OpenBlock, line: Line) -> bool:
        if _starts_item(line):
            return False
        if self.measure.continues_heading(block.lines, line):
            return True
        if self.measure.is_paragraph_after_all(block.lines, line):
            block.kind, block.level, block.label = BlockKind.PARAGRAPH, 1, None
            return True
        return False

    def _is_heading(self, line: Line, before: Line | None) -> bool:
        is_first = before is None or self.is_fresh_page or before.page != line.page
        if BULLET.match(line.words) or TICKED.match(line.words) or place_of(line) in self.running_on:
            return False
        return self.measure.is_heading(line, None if is_first else before)

    def _has_left_list(self, block: _OpenBlock, line: Line) -> bool:
        first = block.lines[0]
        is_new = bool(_ENDED.search(block.lines[-1].words)) and line.words[:1].isupper()
        return line.x < first.x - 3 and (is_new or bool(_SUBSECTION.match(line.words)))

    def _opened(self, line: Line) -> _OpenBlock:
        before = self.open.lines[-1] if self.open else None
        if self._is_heading(line, before) and not LEADS_IN.search(line.words):
            found = HEADING_NUMBER.match(line.words)
            self.list_left = None
            return _OpenBlock(BlockKind.HEADING, [line], self._level(line), found[1].rstrip(".:") if found else None)
        if numbered := NUMBERED.match(line.words):
            if line.x <= self.style.left + 6:
                self.list_left = None
                return _OpenBlock(BlockKind.PARAGRAPH, [line], label=numbered[1])
            return _OpenBlock(BlockKind.LIST_ITEM, [line], self._item_level(line), numbered[1])
        if _starts_item(line):
            found = BULLET.match(line.words)
            return _OpenBlock(BlockKind.LIST_ITEM, [line], self._item_level(line), skip=found.end() if found else 0)
        if self._is_bare_item(line):
            return _OpenBlock(BlockKind.LIST_ITEM, [line], self._item_level(line))
        self.list_left = None
        return _OpenBlock(BlockKind.PARAGRAPH, [line])

    def _is_bare_item(self, line: Line) -> bool:
        """Returns whether a line is an item without a bullet: small letters after a colon, "contact: …" after "content: …"."""
        last = next((block for block in reversed(self.done) if block.kind is not BlockKind.FOOTNOTE), None)
        if last is None or not line.words[:1].islower():
            return False
        is_led = last.kind is BlockKind.PARAGRAPH and last.text.endswith(":")
        return is_led or (last.kind is BlockKind.LIST_ITEM and bool(TERM.match(line.words)))

    def _item_level(self, line: Line) -> int:
        if self.list_left is not None and _HUNG.match(line.words) and 0 < self.list_left - line.x <= HANGS:
            return 1
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
        if self._is_of_scale(block):
            self._figure(lines)
        elif block.text:
            self.exclusions.extend(self.pending.place(self.done, before=lines[0].page))
            self.done.append(block)
            self.done.extend(self.pending.of(block, {line.page for line in lines}))

    def _is_of_scale(self, block: Block) -> bool:
        """Returns whether a block is figures at the axis of a chart; one or two digits are so after others only."""
        is_after = bool(self.done) and self.done[-1].kind is BlockKind.FIGURE
        return block.label is None and _is_scale(block.text) and (is_after or len(block.text) > 2)

    def _built(self, block: _OpenBlock) -> Block:
        text, marks = text_of(block.lines, self.style.vocabulary, block.skip)
        if block.kind is BlockKind.HEADING and self.measure.is_said(block.lines):
            return Block(BlockKind.PARAGRAPH, text.text, text.runs(), marks=marks)
        return Block(block.kind, text.text, text.runs(), block.level, block.label, marks)

    def _table(self, rows: Sequence[Row], headers: int) -> None:
        for place, row in enumerate(rows):
            kind = BlockKind.TABLE_HEADER if place < headers else BlockKind.TABLE_ROW
            filled = [cell for cell in row if cell]
            cells = [
                text_of(cell, self.style.vocabulary) if cell else (unmapped(""), ())
                for cell in (row if len(filled) > 1 else filled)
            ]
            text = joined([cell for cell, _ in cells], CELLS)
            block = Block(kind, text.text, text.runs(), marks=shifted(cells, len(CELLS)))
            self.done.append(block)
            self.done.extend(self.pending.of(block, {line.page for cell in row for line in cell}))

    def _figure(self, lines: Sequence[Line]) -> None:
        text = running_text(lines)
        near = (text.text[:200], *(block.text for block in self.done[-2:]))
        is_chart = any("flow chart" in each.lower() for each in near)
        shown = preview(text.text)
        page = lines[0].page
        self.exclusions.append(Exclusion(page, "flow_chart", shown) if is_chart else Exclusion(page, "figure", shown))
        self.done.append(Block(BlockKind.FIGURE, text.text, text.runs()))


def _is_next_number(block: _OpenBlock, line: Line) -> bool:
    """Returns whether an item opens with the number after that of the block, or with 1 after what leads into it."""
    found, before = NUMBERED.match(line.words), block.label or ""
    if found is None:
        return False
    first, last = block.lines[0], block.lines[-1]
    is_ended = _ENDED.search(last.words) is not None
    if before.isdigit() and int(found[1]) == int(before) + 1:
        return abs(line.x - first.x) <= 3 or is_ended
    return found[1] == "1" and line.x > first.x + 6 and (is_ended or ")" in found[0])


def _is_scale(text: str) -> bool:
    """Returns whether a text is figures and nothing else; the numbers of emergency services are text."""
    words = text.split()
    return bool(words) and text not in ("999", "101", "111", "112") and all(map(_SCALE.fullmatch, words))


def _is_end_of(last: Line, line: Line) -> bool:
    """Returns whether a label alone on a line, "(b)", is the end of a reference that the line before it begins."""
    is_alone = BARE_LABEL.match(line.words) is not None
    return is_alone and not (_ENDED.search(last.words) or ITEM_ENDED.search(last.words) or BARE_LABEL.match(last.words))


def _starts_item(line: Line) -> bool:
    return bool(BULLET.match(line.words) or TICKED.match(line.words) or LETTERED.match(line.words))
