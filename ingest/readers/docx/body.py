"""The body of a Word document as blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import reduce
from typing import Any

from lxml import etree

from assistant.model import Exclusion
from ingest.readers.blocks import Block, BlockKind, joined_blocks
from ingest.readers.bold_headings import Standing, reads_as_heading
from ingest.readers.docx.controls import AROUND, inside, is_contents, is_prompt, is_unfilled, words_in
from ingest.readers.docx.looks import Looks
from ingest.readers.docx.numbering import Number, Numbering, Style, W, is_on, number_of, read_styles, value
from ingest.readers.docx.paragraph_words import CHART, ParagraphWords, Reference, words_of
from ingest.readers.inline_text import InlineText, RawPage, Words, joined_inline, prefixed
from ingest.readers.labels import heading_label, is_led_in, level_of, paragraph_label, typed_item
from ingest.readers.list_numbers import formatted
from ingest.readers.table_rows import EMPTY, Cell, Row, table_blocks
from ingest.readers.unseen import Reason, count_of, left_out

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_NO_CONTENT = Style()
_CONTENTS = ("toc ", "table of figures")
_LOOSE_LISTS = ("list paragraph", "list continue")
"""Styles of paragraphs in lists that need not be items themselves."""
_LONGEST_LABEL = 12
_LONGEST_FRAME = 150
_LONGEST_HEADING = 30
_SHORTEST_SENTENCE = 8
_FURNITURE = (("header", "running_header"), ("footer", "running_footer"))
_PREVIEW = 80
_LABEL = re.compile(r"\s+(?=[A-Z][\w ]{1,25}:)|(?<=[.;]) ")


class Body:
    """Walks the body of a document and collects blocks."""

    def __init__(self, document: Any) -> None:
        self.page = RawPage()
        self.blocks: list[Block] = []
        self.exclusions: list[Exclusion] = []
        self.standing: dict[int, Standing] = {}
        """How much a line stands out that may be a heading, by its place among the blocks."""
        self.titles: list[str] = []
        self._root = document.element
        self._inner = [rel for rel in document.part.rels.values() if not rel.is_external]
        parts = {rel.reltype.rsplit("/", 1)[-1]: rel.target_part for rel in self._inner}
        styles, numbers = parts.get("styles"), parts.get("numbering")
        style_root = _parsed(styles) if styles is not None else None
        self._styles = read_styles(style_root) if style_root is not None else {}
        self._numbering = Numbering(_parsed(numbers) if numbers is not None else None)
        rels = document.part.rels.items()
        addresses = {name: str(rel.target_ref) for name, rel in rels if rel.is_external}
        looks = Looks(style_root, document.element.find(f"{W}background") is not None)
        self._marks = _marks(document.element.body)
        self._reference = Reference(looks, addresses, self._marks)
        self._notes = {**_notes(parts, "footnote"), **_notes(parts, "endnote")}
        self._kinds: dict[tuple[str, int], BlockKind] = {}
        self._signs: list[str] = []
        """Typed bullets of the list that is open, outermost first."""
        self._waiting: list[Block] = []
        """Text of boxes that comes after the list that is open."""
        self._is_boxed = False
        self._is_framed = False
        """Whether it is in a short table that only frames text: a bold line there does not stand over what follows."""

    def read_all(self) -> None:
        """Takes the body, then lists headers, footers and comments."""
        self.read(self._root.body)
        self._place_boxes(len(self.blocks))
        for kind, reason in _FURNITURE:
            self._list_furniture(kind, reason)
        for comment in (each for root in self._roots("comments") for each in root.iter(f"{W}comment")):
            self.exclusions.extend(left_out(Reason.NOTE, words_in(comment)))

    def read(self, element: Any) -> None:
        """Takes the paragraphs and tables of the body, a cell or a content control, in order."""
        for child in element.iterchildren():
            if child.tag == f"{W}p":
                self._paragraph(child)
            elif child.tag == f"{W}tbl":
                self._table(child)
            elif is_prompt(child):
                self.exclusions.extend(left_out(Reason.PROMPT, words_in(child)))
            elif is_contents(child):
                self.exclusions.extend(_contents(words_in(each)) for each in child.iter(f"{W}p") if words_in(each))
            elif child.tag == f"{W}sdt":
                self._control(child)
            elif child.tag in AROUND:
                self.read(child)

    def _control(self, control: Any) -> None:
        """Takes a content control; where it holds one line after a label that ends in a colon, both are one block."""
        at = len(self.blocks)
        label = self.blocks[-1] if self.blocks and self.blocks[-1].kind is BlockKind.PARAGRAPH else None
        self.read(control)
        is_value = len(list(inside(control, "p"))) == 1 and len(self.blocks) == at + 1
        if label is None or not is_value or self.blocks[at].kind is not BlockKind.PARAGRAPH:
            return
        if label.text.endswith(":") and len(label.text.split()) <= _LONGEST_LABEL:
            self.blocks[at - 1 :] = [joined_blocks(label, self.blocks[at], " ")]
            self.standing.pop(at - 1, None)
            self.standing.pop(at, None)

    def _paragraph(self, element: Any) -> None:
        style = self._style(element)
        taken = words_of(element, self._reference)
        self._exclude(taken, style)
        is_numbered = number_of(element, style.number) is not None
        lines = [(taken.words, taken.stands_out)] if is_numbered else taken.lines()
        for words, standing in lines:
            content = self.page.add(words)
            at = len(self.blocks)
            if content.text.text and not style.name.startswith(_CONTENTS):
                self._add(element, style, content, standing)
            elif taken.has_room:
                self._number(element, style)
            self._end_list(at)
        self.blocks.extend(self._notes_of(taken))
        self._boxes(taken)

    def _style(self, element: Any) -> Style:
        return self._styles.get(value(element, "pPr/pStyle") or "", _NO_CONTENT)

    def _end_list(self, at: int) -> None:
        """Ends the open list at a place of the blocks where what stands there is no item."""
        if at < len(self.blocks) and self.blocks[at].kind is not BlockKind.LIST_ITEM:
            self._signs = []
            self._place_boxes(at)

    def _exclude(self, taken: ParagraphWords, style: Style) -> None:
        self._leave_out(taken)
        if style.name.startswith(_CONTENTS) and taken.words.text.strip():
            self.exclusions.append(_contents(taken.words.text))

    def _leave_out(self, taken: ParagraphWords) -> None:
        """Lists what a paragraph leaves out, with the notes that are marked in it."""
        self.exclusions.extend(taken.exclusions())
        for stretch in taken.left_out:
            for note in stretch.notes:
                self.exclusions.extend(left_out(stretch.reason, self._text(self._notes.pop(note, ()))))

    def _number(self, element: Any, style: Style) -> Number | None:
        """Returns the number of a paragraph, and counts on."""
        of = number_of(element, style.number)
        return self._numbering.next(of) if of is not None and of[0] != "0" else None

    def _add(self, element: Any, style: Style, content: InlineText, standing: Standing | None) -> None:
        number = self._number(element, style)
        heading = None if _is_prose(content.text.text) or self._is_boxed else _heading_level(element, style)
        may_stand = (
            standing is not None and not (self._is_boxed or self._is_framed) and reads_as_heading(content.text.text)
        )
        if heading is not None:
            if style.name == "title":
                self.titles.append(content.text.text)
            content = prefixed(f"{number.printed} ", content) if number and number.printed else content
            self.blocks.append(content.block(BlockKind.HEADING, heading, heading_label(content.text.text)))
        elif number is not None and may_stand and number.label[:1].isdecimal() and not is_led_in(self.blocks):
            self._stand_out(prefixed(f"{number.printed} ", content), number.label, standing)
        elif number is not None:
            self._numbered(number, content)
        elif may_stand and typed_item(content.text.text, self.blocks) is None:
            self._stand_out(content, paragraph_label(content.text.text), standing)
        else:
            self._plain(style, content)

    def _stand_out(self, content: InlineText, label: str | None, standing: Standing | None) -> None:
        """Takes a line that may be a heading although no style says so."""
        if standing is not None:
            self.standing[len(self.blocks)] = standing
        self.blocks.append(content.block(BlockKind.PARAGRAPH, 1, label))

    def _numbered(self, number: Number, content: InlineText) -> None:
        """Takes a paragraph with an automatic number: an item where something leads into its list."""
        kind = self._kinds.get(number.of) if self._continues(number) else None
        self._kinds[number.of] = kind = kind or self._kind(number)
        if kind is BlockKind.LIST_ITEM:
            content = prefixed(f"{number.printed} ", content) if number.is_bullet and number.printed else content
            self.blocks.append(content.block(kind, number.of[1] + 1, number.label or None))
        else:
            self.blocks.append(prefixed(f"{number.printed} ", content).block(kind, 1, number.label))

    def _continues(self, number: Number) -> bool:
        return number.label not in ("1", "a", "i")

    def _kind(self, number: Number) -> BlockKind:
        is_decimal = number.label[:1].isdecimal()
        is_item = number.is_bullet or is_led_in(self.blocks) or not is_decimal or number.depth <= number.of[1]
        return BlockKind.LIST_ITEM if is_item else BlockKind.PARAGRAPH

    def _plain(self, style: Style, content: InlineText) -> None:
        item = typed_item(content.text.text, self.blocks)
        is_listed = style.name.startswith("list ")
        if is_listed and not style.name.startswith(_LOOSE_LISTS):
            last = style.name[-1:]
            words = content.cut(item.start) if item else content
            self.blocks.append(words.block(BlockKind.LIST_ITEM, int(last) if last.isdecimal() else 1))
        elif item is not None:
            level = level_of(item, self._signs)
            self.blocks.append(content.cut(item.start).block(BlockKind.LIST_ITEM, level, item.label))
        elif is_listed and self.blocks and self.blocks[-1].kind is BlockKind.LIST_ITEM:
            self.blocks.append(content.block(BlockKind.LIST_ITEM, self.blocks[-1].level))
        else:
            self.blocks.append(content.block(BlockKind.PARAGRAPH, 1, paragraph_label(content.text.text)))

    def _notes_of(self, taken: ParagraphWords) -> list[Block]:
        """Returns the notes that a paragraph marks, each once."""
        blocks = []
        for note in taken.notes:
            content = self.page.add(Words(self._text(self._notes.pop(note, ()))))
            if content.text.text:
                blocks.append(content.block(BlockKind.FOOTNOTE, 1, self._marks[note]))
        return blocks

    def _boxes(self, taken: ParagraphWords) -> None:
        """Takes the text boxes of a paragraph, after the list that it leads into."""
        self._waiting.extend(block for box in taken.boxes for block in self._box(box, len(taken.boxes)))
        self._waiting.extend(block for each in taken.diagrams for block in self._diagram(each))
        if not is_led_in(self.blocks) and not (self.blocks and self.blocks[-1].kind is BlockKind.LIST_ITEM):
            self._place_boxes(len(self.blocks))

    def _place_boxes(self, at: int) -> None:
        count = len(self._waiting)
        if not count:
            return
        self.blocks[at:at] = self._waiting
        self.standing = {place + count if place >= at else place: each for place, each in self.standing.items()}
        self._waiting = []

    def _box(self, box: Any, count: int) -> list[Block]:
        """Returns a text box: as text where it holds sentences and is the only one at its place, else as a figure."""
        inner = self._apart(box)
        body = [each for each in inner if each.kind is not BlockKind.FOOTNOTE]
        if not body or (count == 1 and any(map(_is_sentence, body))):
            return inner
        whole = replace(reduce(lambda one, other: joined_blocks(one, other, " "), body))
        self.exclusions.append(Exclusion(1, "figure", f"text box: {whole.text[:70]}"))
        figure = Block(BlockKind.FIGURE, whole.text, whole.runs, 1, None, whole.marks, whole.links)
        return [figure, *(each for each in inner if each.kind is BlockKind.FOOTNOTE)]

    def _diagram(self, name: str) -> list[Block]:
        """Returns the words of a SmartArt diagram or a chart as a figure: their order is not known."""
        part = next((rel.target_part for rel in self._inner if rel.rId == name), None)
        words = _words_drawn(_parsed(part)) if part is not None else ""
        content = self.page.add(Words(words))
        if not content.text.text:
            return []
        self.exclusions.append(Exclusion(1, "figure", f"diagram: {content.text.text[:70]}"))
        return [content.block(BlockKind.FIGURE)]

    def _apart(self, box: Any) -> list[Block]:
        """Returns what a box holds, read apart from the text around it."""
        outer = (self.blocks, self._signs, self._waiting, self._is_boxed)
        self.blocks, self._signs, self._waiting, self._is_boxed = [], [], [], True
        self.read(box)
        self._place_boxes(len(self.blocks))
        inner = self.blocks
        self.blocks, self._signs, self._waiting, self._is_boxed = outer
        return inner

    def _table(self, table: Any) -> None:
        shown = [row for row in inside(table, "tr") if not self._is_left_out(row)]
        at = len(self.blocks)
        if self._is_layout(shown):
            outer, self._is_framed = self._is_framed, len(words_in(table).split()) <= _LONGEST_FRAME
            for row in shown:
                for cell in inside(row, "tc"):
                    self._placed(cell)
            self._is_framed = outer
            return
        self.blocks.extend(table_blocks(self._rows(table, shown)))
        self._end_list(at)

    def _placed(self, cell: Any) -> None:
        """Takes the cell of a table that only places text."""
        if is_unfilled(cell):
            self.exclusions.extend(left_out(Reason.PROMPT, words_in(cell)))
        else:
            self.read(cell)

    def _is_layout(self, rows: list[Any]) -> bool:
        """Returns whether a table only places text on the page: in one column, or with headings over text in cells."""
        cells = [list(inside(row, "tc")) for row in rows]
        if all(len(each) < 2 for each in cells):
            return True
        paragraphs = [list(inside(cell, "p")) for row in cells for cell in row]
        return len(rows) < 3 and any(
            len(each) > 1 and any(self._style(one).heading is not None and words_in(one) for one in each)
            for each in paragraphs
        )

    def _is_left_out(self, row: Any) -> bool:
        """Returns whether a row is hidden, after it is listed."""
        if not is_on(row, "trPr/hidden"):
            return False
        self.exclusions.extend(left_out(Reason.HIDDEN, words_in(row)))
        return True

    def _rows(self, table: Any, shown: list[Any]) -> list[Row]:
        above: dict[int, Cell] = {}
        rows = []
        for row in shown:
            after: list[Block] = []
            cells = tuple(self._cells(row, above, after))
            rows.append(Row(cells, is_on(row, "trPr/tblHeader"), tuple(after)))
        return rows

    def _cells(self, row: Any, above: dict[int, Cell], after: list[Block]) -> Iterator[Cell]:
        """Yields the cells of a row; one merged with the cell above says again what that one says."""
        column = _count(value(row, "trPr/gridBefore"), 0)
        if column:
            yield Cell(EMPTY, column)
        for cell in inside(row, "tc"):
            merged = value(cell, "tcPr/vMerge")
            span = max(_count(value(cell, "tcPr/gridSpan"), 1), 1)
            if merged is None or merged == "restart" or column not in above:
                read = above[column] = self._cell(cell, span, after)
            else:
                read = Cell(InlineText(above[column].content.text), span, above[column].is_bold)
            yield read
            column += span

    def _cell(self, cell: Any, columns: int, after: list[Block]) -> Cell:
        """Returns a cell; the footnotes and boxes of its paragraphs are added to ``after``."""
        parts: list[InlineText] = []
        is_bold = []
        for paragraph in inside(cell, "p"):
            if is_unfilled(paragraph):
                self.exclusions.extend(left_out(Reason.PROMPT, words_in(paragraph)))
                continue
            taken = words_of(paragraph, self._reference)
            self._leave_out(taken)
            number = self._number(paragraph, self._style(paragraph))
            content = self.page.add(taken.words)
            if content.text.text:
                parts.append(prefixed(f"{number.printed or '•'} ", content) if number else content)
                is_bold.append(taken.stands_out is not None and taken.stands_out.is_bold)
            after.extend(self._notes_of(taken))
            after.extend(block for box in taken.boxes for block in self._box(box, len(taken.boxes)))
            after.extend(block for each in taken.diagrams for block in self._diagram(each))
        rows = [block for table in inside(cell, "tbl") for block in self._nested(table)]
        return Cell(joined_inline(parts, " "), columns, bool(is_bold) and all(is_bold), tuple(rows))

    def _nested(self, table: Any) -> list[Block]:
        return table_blocks(self._rows(table, [row for row in inside(table, "tr") if not self._is_left_out(row)]))

    def _text(self, paragraphs: Iterable[Any]) -> str:
        """Returns what paragraphs show; what they do not is listed."""
        taken = [words_of(each, self._reference) for each in paragraphs]
        for each in taken:
            self._leave_out(each)
        return " ".join(each.words.text for each in taken)

    def _list_furniture(self, kind: str, reason: Any) -> None:
        """Lists what stands in the headers or footers, each wording once."""
        texts = (
            " ".join(words_of(each, self._reference).words.text.split())
            for root in self._roots(kind)
            for each in root.iter(f"{W}p")
        )
        for text in dict.fromkeys(each for each in texts if any(letter.isalpha() for letter in each)):
            self.exclusions.extend(Exclusion(1, reason, part) for part in _cut(text))

    def _roots(self, kind: str) -> Iterator[Any]:
        return (_parsed(rel.target_part) for rel in self._inner if rel.reltype.endswith(f"/{kind}"))


def _contents(text: str) -> Exclusion:
    return Exclusion(1, "contents", text.strip()[:_PREVIEW], count_of(text.strip(), _PREVIEW))


def _cut(text: str) -> Iterator[str]:
    """Yields a text in parts that a preview holds, cut before a label where one is."""
    part = ""
    for word in _LABEL.sub("\n", text).split("\n"):
        if part and len(part) + 1 + len(word) > _PREVIEW:
            yield part
            part = ""
        part = f"{part} {word}".strip()[:_PREVIEW]
    if part:
        yield part


def _heading_level(element: Any, style: Style) -> int | None:
    outline = value(element, "pPr/outlineLvl") or ""
    return style.heading or (int(outline) + 1 if outline.isdecimal() and int(outline) < 9 else None)


def _is_prose(text: str) -> bool:
    """Returns whether words in the style of a heading are a sentence and none."""
    count = len(text.split())
    return count > _LONGEST_HEADING or (count >= _SHORTEST_SENTENCE and text.endswith((".", ";", ":")))


def _is_sentence(block: Block) -> bool:
    is_whole = len(block.text.split()) >= _SHORTEST_SENTENCE // 2 and block.text.endswith((".", "!", "?", ":"))
    return is_whole or block.kind in (BlockKind.TABLE_HEADER, BlockKind.TABLE_ROW)


def _count(said: str | None, otherwise: int) -> int:
    return int(said) if said is not None and said.isdecimal() and int(said) < 1000 else otherwise


def _words_drawn(root: Any) -> str:
    """Returns the words of a part of drawing: of a diagram its shapes', of a chart its titles and what it names."""
    said = [" ".join("".join(each.itertext(f"{A}t")).split()) for each in root.iter(f"{A}p")]
    named = [
        " ".join((value.text or "").split())
        for name in ("cat", "tx")
        for each in root.iter(f"{CHART}{name}")
        for value in each.iter(f"{CHART}v")
    ]
    return " ".join(dict.fromkeys(filter(None, (*said, *named))))


def _parsed(part: Any) -> Any:
    return etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False, no_network=True))


def _notes(parts: dict[str, Any], kind: str) -> dict[tuple[str, str], tuple[Any, ...]]:
    """Returns the paragraphs of each note by kind and id."""
    part = parts.get(f"{kind}s")
    root = _parsed(part) if part is not None else ()
    return {(kind, str(note.get(f"{W}id"))): tuple(note.iter(f"{W}p")) for note in root if note.tag == f"{W}{kind}"}


def _marks(body: Any) -> dict[tuple[str, str], str]:
    """Returns the printed mark of each note: footnotes 1, 2, 3, endnotes i, ii, iii, in the order of the text."""
    marks: dict[tuple[str, str], str] = {}
    for kind, form in (("footnote", "decimal"), ("endnote", "lowerRoman")):
        ids = dict.fromkeys(str(each.get(f"{W}id")) for each in body.iter(f"{W}{kind}Reference"))
        marks.update({(kind, name): formatted(place, form) for place, name in enumerate(ids, start=1)})
    return marks
