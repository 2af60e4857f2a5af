"""The body of an OpenDocument text as blocks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any

from assistant.model import Exclusion
from ingest.readers.blocks import Block, BlockKind, joined_blocks
from ingest.readers.bold_headings import Standing, reads_as_heading
from ingest.readers.inline_text import InlineText, RawPage, Words, joined_inline, prefixed
from ingest.readers.labels import SPEAKING_BULLETS, heading_label, is_led_in, paragraph_label, typed_item
from ingest.readers.odt.names import DRAW, STYLE, TABLE, TEXT
from ingest.readers.odt.paragraph_words import ParagraphWords, said_by, words_of
from ingest.readers.odt.styles import Counter, Styles
from ingest.readers.source_map import NOWHERE, PAGE_STEP, MappedText
from ingest.readers.table_rows import EMPTY, Cell, Row, table_blocks
from ingest.readers.unseen import Reason, count_of, left_out

_INDEXES = ("table-of-content", "illustration-index", "table-index", "object-index", "user-index", "alphabetical-index")
_PLAIN = tuple(f"{TEXT}{name}" for name in ("section", "bibliography", "index-body"))
_LONGEST_HEADING = 30
_SHORTEST_SENTENCE = 8
_PREVIEW = 80
_MOST_SPAN = 1000


@dataclass(frozen=True, slots=True)
class _List:
    """The list that is read."""

    style: str
    name: str
    """What its numbers are counted under."""
    depth: int


class Body:
    """Walks the body of a text and collects blocks."""

    def __init__(self, styles: Styles) -> None:
        self.page = RawPage()
        self.blocks: list[Block] = []
        self.exclusions: list[Exclusion] = []
        self.standing: dict[int, Standing] = {}
        self.titles: list[str] = []
        self._styles = styles
        self._counter = Counter()
        self._lists = 0
        self._last_name = ""
        self._kinds: dict[tuple[str, int], BlockKind] = {}
        self._around: list[tuple[str, str]] = []

    def read_all(self, text: Any, styles: Any) -> None:
        """Takes the body, then lists what stands at the head and foot of the pages."""
        self.read(text)
        for master in styles.iter(f"{STYLE}master-page") if styles is not None else ():
            for name, reason in (("header", "running_header"), ("footer", "running_footer")):
                said = " ".join(said_by(each) for each in master.iter(f"{STYLE}{name}"))
                if said:
                    words = count_of(said, _PREVIEW)
                    self.exclusions.append(Exclusion(1, reason, said[:_PREVIEW], words))  # type: ignore[arg-type]

    def read(self, element: Any) -> None:
        """Takes the paragraphs, lists and tables of the body, a section or a box, in order."""
        for child in element.iterchildren():
            if child.tag in (f"{TEXT}p", f"{TEXT}h"):
                self._paragraph(child)
            elif child.tag == f"{TEXT}list":
                self._list(child, None)
            elif child.tag == f"{TABLE}table":
                self._table(child)
            elif child.tag == f"{TEXT}section" and child.get(f"{TEXT}display") in ("none", "condition"):
                self.exclusions.extend(left_out(Reason.HIDDEN, said_by(child)))
            elif child.tag in _PLAIN:
                self.read(child)
            elif child.tag in [f"{TEXT}{name}" for name in _INDEXES]:
                said = [said_by(each) for each in child.iter(f"{TEXT}p")]
                self.exclusions.extend(_contents(each) for each in said if each)
            elif child.tag in (f"{DRAW}frame", f"{DRAW}custom-shape", f"{DRAW}g"):
                self._boxes([each for each in child.iter(f"{DRAW}text-box")][:1])

    def _paragraph(self, element: Any) -> None:
        taken = self._taken(element)
        content = self.page.add(taken.words)
        if content.text.text:
            self._add(element, content, taken.stands_out)
        self.blocks.extend(self._notes(taken))
        self._boxes(taken.boxes)

    def _taken(self, element: Any) -> ParagraphWords:
        taken = words_of(element, self._styles, self._around)
        self.exclusions.extend(taken.exclusions)
        return taken

    def _add(self, element: Any, content: InlineText, standing: Standing | None) -> None:
        text = content.text.text
        style = str(element.get(f"{TEXT}style-name") or "")
        level = self._heading(element, style)
        if "title" in self._styles.names("paragraph", style) and not self._around:
            self.titles.append(text)
            level = level or 1
        if level is not None and not _is_prose(text) and not self._around:
            content = self._numbered_heading(element, level, content)
            self.blocks.append(content.block(BlockKind.HEADING, level, heading_label(content.text.text)))
        elif item := typed_item(text, self.blocks):
            self.blocks.append(content.cut(item.start).block(BlockKind.LIST_ITEM, 1, item.label))
        else:
            if standing is not None and not self._around and reads_as_heading(text):
                self.standing[len(self.blocks)] = standing
            self.blocks.append(content.block(BlockKind.PARAGRAPH, 1, paragraph_label(text)))

    def _heading(self, element: Any, style: str) -> int | None:
        if element.tag == f"{TEXT}h":
            level = str(element.get(f"{TEXT}outline-level") or "1")
            return int(level) if level.isdecimal() else 1
        return self._styles.outline(style)

    def _numbered_heading(self, element: Any, level: int, content: InlineText) -> InlineText:
        levels = self._styles.levels("")
        is_counted = element.tag == f"{TEXT}h" and element.get(f"{TEXT}is-list-header") != "true"
        printed = self._counter.next("", level, levels) if is_counted and level in levels else None
        return prefixed(f"{printed} ", content) if printed else content

    def _list(self, element: Any, outer: _List | None) -> None:
        """Takes a list; numbers go on from the list before where it says so."""
        style = str(element.get(f"{TEXT}style-name") or (outer.style if outer else ""))
        goes_on = element.get(f"{TEXT}continue-numbering") == "true" or element.get(f"{TEXT}continue-list")
        if outer is None and not goes_on:
            self._lists += 1
            self._last_name = f"{style}/{self._lists}"
        of = _List(style, outer.name if outer else self._last_name, outer.depth + 1 if outer else 1)
        for item in element.iterchildren(f"{TEXT}list-item", f"{TEXT}list-header"):
            self._item(item, of)

    def _item(self, item: Any, of: _List) -> None:
        start = item.get(f"{TEXT}start-value")
        is_first = item.tag == f"{TEXT}list-item"
        for child in item.iterchildren():
            if child.tag == f"{TEXT}list":
                self._list(child, of)
            elif child.tag == f"{TEXT}h":
                self._heading_in_list(child, of)
            elif child.tag == f"{TEXT}p":
                taken = self._taken(child)
                content = self.page.add(taken.words)
                if content.text.text:
                    self._of_list(child, of, content, start, is_first=is_first)
                    is_first = False
                self.blocks.extend(self._notes(taken))
                self._boxes(taken.boxes)

    def _heading_in_list(self, element: Any, of: _List) -> None:
        taken = self._taken(element)
        content = self.page.add(taken.words)
        level = self._heading(element, "") or 1
        printed = self._counter.next(of.name, of.depth, self._styles.levels(of.style))
        if content.text.text:
            content = prefixed(f"{printed} ", content) if printed else content
            self.blocks.append(content.block(BlockKind.HEADING, level, heading_label(content.text.text)))

    def _of_list(self, element: Any, of: _List, content: InlineText, start: str | None, *, is_first: bool) -> None:
        style = of.style or self._styles.list_of(str(element.get(f"{TEXT}style-name") or "")) or ""
        printed = self._counter.next(of.name, of.depth, self._styles.levels(style), start) if is_first else None
        label = (printed or "").strip("().[] ")
        if label and not any(each.isalnum() for each in label):  # a bullet that says something
            self.blocks.append(prefixed(f"{printed} ", content).block(BlockKind.LIST_ITEM, of.depth))
            return
        key = (of.name, of.depth)
        if is_first and (key not in self._kinds or label in ("1", "a", "i")):
            is_item = not label[:1].isdecimal() or is_led_in(self.blocks) or of.depth > 1
            self._kinds[key] = BlockKind.LIST_ITEM if is_item else BlockKind.PARAGRAPH
        kind = self._kinds.get(key, BlockKind.LIST_ITEM)
        if kind is BlockKind.LIST_ITEM or not printed:
            self.blocks.append(content.block(BlockKind.LIST_ITEM, of.depth, label or None))
        else:
            self.blocks.append(prefixed(f"{printed} ", content).block(BlockKind.PARAGRAPH, 1, label))

    def _notes(self, taken: ParagraphWords) -> Iterator[Block]:
        for note in taken.notes:
            mark = str(note.findtext(f"{TEXT}note-citation") or "").strip()
            parts = [words_of(each, self._styles, []) for each in note.iter(f"{TEXT}p")]
            self.exclusions.extend(each for part in parts for each in part.exclusions)
            content = self.page.add(Words(" ".join(part.words.text for part in parts)))
            if content.text.text:
                yield content.block(BlockKind.FOOTNOTE, 1, mark)

    def _boxes(self, boxes: list[Any]) -> None:
        """Takes text boxes: as text where one holds sentences and is alone at its place, else as figures."""
        for box in boxes:
            inner = self._apart(box)
            body = [each for each in inner if each.kind is not BlockKind.FOOTNOTE]
            if body and not (len(boxes) == 1 and any(len(each.text.split()) >= _SHORTEST_SENTENCE for each in body)):
                whole = reduce(lambda one, other: joined_blocks(one, other, " "), body)
                self.exclusions.append(Exclusion(1, "figure", f"text box: {whole.text[:70]}"))
                figure = replace(whole, kind=BlockKind.FIGURE, level=1, label=None)
                inner = [figure, *(each for each in inner if each.kind is BlockKind.FOOTNOTE)]
            self.blocks.extend(inner)

    def _apart(self, element: Any, around: tuple[str, str] = ("box", "")) -> list[Block]:
        """Returns what an element holds, read apart from the text around it."""
        outer, self.blocks, self._around = (self.blocks, self._around), [], [around, *self._around]
        self.read(element)
        inner = self.blocks
        self.blocks, self._around = outer
        return inner

    def _table(self, table: Any) -> None:
        """Takes a table; one of a single column only places text on the page."""
        rows = [each for each, _ in _table_rows(table, is_header=False)]
        if any(len(list(row.iterchildren(f"{TABLE}table-cell"))) > 1 for row in rows):
            self.blocks.extend(table_blocks(self._rows(table)))
            return
        for cell in (each for row in rows for each in row.iterchildren(f"{TABLE}table-cell")):
            self.read(cell)

    def _rows(self, table: Any) -> list[Row]:
        rows: list[Row] = []
        above: dict[int, tuple[Cell, int]] = {}
        for element, is_header in _table_rows(table, is_header=False):
            if element.get(f"{TABLE}visibility") in ("collapse", "filter"):
                self.exclusions.extend(left_out(Reason.HIDDEN, said_by(element)))
                continue
            notes: list[Block] = []
            rows.append(Row(tuple(self._cells(element, above, notes)), is_header, tuple(notes)))
        return rows

    def _cells(self, row: Any, above: dict[int, tuple[Cell, int]], notes: list[Block]) -> Iterator[Cell]:
        """Yields the cells of a row; one that spans rows is said in each of them."""
        column, covered_until = 0, 0
        for element in row.iterchildren(f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
            repeated = _count(element, f"{TABLE}number-columns-repeated")
            is_covered = element.tag == f"{TABLE}covered-table-cell"
            for _ in range(min(repeated, _MOST_SPAN) if is_covered or said_by(element) else 1):
                if is_covered and column in above:
                    cell, left = above.pop(column)
                    yield replace(cell, content=InlineText(cell.content.text), rows_inside=())
                    if left > 1:
                        above[column] = (cell, left - 1)
                    covered_until = column + cell.columns
                elif not is_covered:
                    cell = self._cell(element, notes)
                    rows = min(_count(element, f"{TABLE}number-rows-spanned"), _MOST_SPAN)
                    if rows > 1:
                        above[column] = (cell, rows - 1)
                    yield cell
                    covered_until = column + cell.columns
                elif column >= covered_until:
                    yield Cell(EMPTY)
                column += 1

    def _cell(self, element: Any, notes: list[Block]) -> Cell:
        name = str(element.get(f"{TABLE}style-name") or "")
        inner = self._apart(element, ("table-cell", name))
        columns = min(_count(element, f"{TABLE}number-columns-spanned"), _MOST_SPAN)
        rows = tuple(each for each in inner if each.kind in (BlockKind.TABLE_ROW, BlockKind.TABLE_HEADER))
        notes.extend(each for each in inner if each.kind is BlockKind.FOOTNOTE)
        words = [_inline(each) for each in inner if each not in rows and each.kind is not BlockKind.FOOTNOTE]
        paragraphs = list(element.iter(f"{TEXT}p"))
        said = [words_of(each, self._styles, []).stands_out for each in paragraphs if said_by(each)]
        is_bold = bool(said) and all(each is not None and each.is_bold for each in said)
        return Cell(joined_inline(words, " ") if words else EMPTY, columns, is_bold, rows)


def _inline(block: Block) -> InlineText:
    """Returns a block of a cell as text; an item keeps its number or a bullet before it."""
    places = [NOWHERE] * len(block.text)
    for run in block.runs:
        base = run.page * PAGE_STEP + run.raw_start
        places[run.start : run.start + run.length] = range(base, base + run.length)
    text = InlineText(MappedText(block.text, tuple(places)), block.marks, block.links)
    if block.kind is not BlockKind.LIST_ITEM or block.text.startswith(tuple(SPEAKING_BULLETS)):
        return text
    return prefixed(f"{block.label}. " if block.label else "• ", text)


def _table_rows(element: Any, *, is_header: bool) -> Iterator[tuple[Any, bool]]:
    for child in element.iterchildren():
        if child.tag == f"{TABLE}table-row":
            yield child, is_header
        elif child.tag in (f"{TABLE}table-header-rows", f"{TABLE}table-rows", f"{TABLE}table-row-group"):
            yield from _table_rows(child, is_header=is_header or child.tag == f"{TABLE}table-header-rows")


def _count(element: Any, name: str) -> int:
    said = str(element.get(name) or "1")
    return max(int(said), 1) if said.isdecimal() else 1


def _contents(text: str) -> Exclusion:
    return Exclusion(1, "contents", text[:_PREVIEW], count_of(text, _PREVIEW))


def _is_prose(text: str) -> bool:
    """Returns whether a line in a heading's style is text after all: a long one, or a sentence."""
    words = len(text.split())
    return words > _LONGEST_HEADING or (words >= _SHORTEST_SENTENCE and text.endswith("."))
