"""DOCX reader: headings by style, lists and numbered paragraphs by numbering, tables row by row, notes attached."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import docx
from docx.exceptions import PythonDocxError
from docx.opc.exceptions import OpcError
from lxml import etree

from assistant.errors import UnreadableDocument
from assistant.model import Exclusion
from ingest.readers.blocks import Block, BlockKind, ReadFile
from ingest.readers.docx.looks import Looks
from ingest.readers.docx.numbering import Number, Numbering, Style, W, formatted, is_on, number_of, read_styles, value
from ingest.readers.docx.paragraph_words import ParagraphWords, Reference, words_of
from ingest.readers.inline_text import InlineText, RawPage, Words, prefixed
from ingest.readers.labels import heading_label, item_start, leads_in, paragraph_label
from ingest.readers.source_map import joined
from ingest.readers.unseen import Reason, left_out

MOST_UNPACKED = 400_000_000
"""Bytes that the parts of a file may take unpacked."""
MOST_RATIO = 200
"""Most times that a part may grow when it is unpacked, for parts over a megabyte."""
_NO_CONTENT = Style()


def read_docx(path: Path) -> ReadFile:
    """Returns a Word document as blocks, one page in all (Word stores no pages).

    Text boxes come after the paragraph that they are anchored to, as figures: their place on the page is not known.

    Raises:
        UnreadableDocument: It is no Word document, damaged, empty, or grows too large when unpacked.
    """
    _check_size(path)
    try:
        return _read(path)
    except (OpcError, PythonDocxError) as error:
        raise UnreadableDocument(path, "not a whole Word document", "Save it again as .docx") from error


def _read(path: Path) -> ReadFile:
    try:
        document = docx.Document(str(path))
    except (KeyError, ValueError, zipfile.BadZipFile, etree.XMLSyntaxError) as error:
        raise UnreadableDocument(path, "not a whole Word document", "Save it again as .docx") from error
    body = _Body(document)
    body.read(document.element.body)
    if not body.blocks:
        raise UnreadableDocument(path, "no readable text", "Check that the text is not only in pictures", 1)
    heading = next((each.text for each in body.blocks if each.kind is BlockKind.HEADING), None)
    title = (document.core_properties.title or "").strip() or heading
    return ReadFile(tuple(body.blocks), (body.page.text,), ("1",), tuple(body.exclusions), title)


def _check_size(path: Path) -> None:
    """Checks what the file says of its parts before any is unpacked; zipfile unpacks no more than is said."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError) as error:
        raise UnreadableDocument(path, "not a whole Word document", "Save it again as .docx") from error
    total = sum(part.file_size for part in parts)
    bombs = [p for p in parts if p.file_size > 1_000_000 and p.file_size > MOST_RATIO * max(p.compress_size, 1)]
    if total > MOST_UNPACKED or bombs:
        what = f"grows to {total / 1e6:.0f} MB when unpacked, more than a document does"
        raise UnreadableDocument(path, what, "Open it in Word and save it again, or leave it out")


class _Body:
    """Walks the body of a document and collects blocks."""

    def __init__(self, document: Any) -> None:
        self.page = RawPage()
        self.blocks: list[Block] = []
        self.exclusions: list[Exclusion] = []
        parts = {rel.reltype.rsplit("/", 1)[-1]: rel.target_part for rel in _inside(document)}
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

    def read(self, element: Any) -> None:
        """Takes the paragraphs and tables of the body, a cell or a content control, in order."""
        for child in element.iterchildren():
            if child.tag == f"{W}p":
                self._paragraph(child)
            elif child.tag == f"{W}tbl":
                self._table(child)
            elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}moveTo"):
                self.read(child)

    def _paragraph(self, element: Any) -> None:
        style = self._styles.get(value(element, "pPr/pStyle") or "", _NO_CONTENT)
        taken = words_of(element, self._reference)
        self._exclude(taken, style)
        content = self.page.add(taken.words)
        if content.text.text and not style.name.startswith(("toc ", "table of figures")):
            self._add(element, style, content)
        elif taken.has_room:
            self._number(element, style)
        for note in taken.notes:
            self._note(note)
        for box in taken.boxes:
            self._box(box)

    def _exclude(self, taken: ParagraphWords, style: Style) -> None:
        self._leave_out(taken)
        if style.name.startswith(("toc ", "table of figures")) and taken.words.text.strip():
            self.exclusions.append(Exclusion(1, "contents", taken.words.text.strip()[:80]))

    def _leave_out(self, taken: ParagraphWords) -> None:
        """Lists what a paragraph leaves out, with the notes that are marked in it."""
        self.exclusions.extend(taken.exclusions())
        for stretch in taken.left_out:
            for note in stretch.notes:
                self.exclusions.extend(left_out(stretch.reason, self._text(self._notes.pop(note, ()))))

    def _number(self, element: Any, style: Style) -> Number | None:
        """Returns the number of a paragraph, and counts on."""
        of = number_of(element) or style.number
        return self._numbering.next(of) if of is not None and of[0] != "0" else None

    def _add(self, element: Any, style: Style, content: InlineText) -> None:
        number = self._number(element, style)
        outline = value(element, "pPr/outlineLvl") or ""
        heading = style.heading or (int(outline) + 1 if outline.isdecimal() and int(outline) < 9 else None)
        if heading is not None:
            content = prefixed(f"{number.printed} ", content) if number and number.printed else content
            self.blocks.append(content.block(BlockKind.HEADING, heading, heading_label(content.text.text)))
        elif number is not None:
            self._numbered(number, content)
        else:
            self._plain(style, content)

    def _numbered(self, number: Number, content: InlineText) -> None:
        """Takes a paragraph with an automatic number: an item where something leads into its list."""
        kind = self._kinds.get(number.of) if self._continues(number) else None
        self._kinds[number.of] = kind = kind or self._kind(number)
        if kind is BlockKind.LIST_ITEM:
            self.blocks.append(content.block(kind, number.of[1] + 1, number.label or None))
        else:
            self.blocks.append(prefixed(f"{number.printed} ", content).block(kind, 1, number.label))

    def _continues(self, number: Number) -> bool:
        return number.label not in ("1", "a", "i")

    def _kind(self, number: Number) -> BlockKind:
        is_led_in = bool(self.blocks) and self.blocks[-1].kind is BlockKind.PARAGRAPH and leads_in(self.blocks[-1].text)
        is_decimal = number.label[:1].isdecimal()
        is_item = number.is_bullet or is_led_in or not is_decimal or number.depth <= number.of[1]
        return BlockKind.LIST_ITEM if is_item else BlockKind.PARAGRAPH

    def _plain(self, style: Style, content: InlineText) -> None:
        if style.name.startswith("list "):
            last = style.name[-1:]
            self.blocks.append(content.block(BlockKind.LIST_ITEM, int(last) if last.isdecimal() else 1))
            return
        item = item_start(content.text.text)
        if item is not None and item[1] is None and not content.marks and not content.links:
            words = InlineText(content.text.cut(item[0]))
            self.blocks.append(words.block(BlockKind.LIST_ITEM))
            return
        self.blocks.append(content.block(BlockKind.PARAGRAPH, 1, paragraph_label(content.text.text)))

    def _note(self, note: tuple[str, str]) -> None:
        content = self.page.add(Words(self._text(self._notes.pop(note, ()))))
        if content.text.text:
            self.blocks.append(content.block(BlockKind.FOOTNOTE, 1, self._marks[note]))

    def _box(self, box: Any) -> None:
        content = self._cell(box)
        if content.text.text:
            self.blocks.append(content.block(BlockKind.FIGURE))
            self.exclusions.append(Exclusion(1, "figure", f"text box: {content.text.text[:70]}"))

    def _table(self, table: Any) -> None:
        shown = [row for row in table.iterchildren(f"{W}tr") if not self._is_left_out(row)]
        rows = [list(row.iterchildren(f"{W}tc")) for row in shown]
        if all(len(cells) < 2 for cells in rows):
            for cells in rows:
                for cell in cells:
                    self.read(cell)
            return
        above: dict[int, InlineText] = {}
        for place, row in enumerate(shown):
            text = joined([each.text for each in self._cells(row, above)], " | ")
            is_header = place == 0 or is_on(row, "trPr/tblHeader")
            if text.text.strip(" |"):
                kind = BlockKind.TABLE_HEADER if is_header else BlockKind.TABLE_ROW
                self.blocks.append(InlineText(text).block(kind))

    def _is_left_out(self, row: Any) -> bool:
        """Returns whether a row is hidden, after it is listed."""
        if not is_on(row, "trPr/hidden"):
            return False
        self.exclusions.extend(left_out(Reason.HIDDEN, " ".join(text.text or "" for text in row.iter(f"{W}t"))))
        return True

    def _cells(self, row: Any, above: dict[int, InlineText]) -> Iterator[InlineText]:
        """Yields the cells of a row; one merged with the cell above says again what that one says."""
        column = 0
        for cell in row.iterchildren(f"{W}tc"):
            merged = value(cell, "tcPr/vMerge")
            if merged is None or merged == "restart" or column not in above:
                above[column] = self._cell(cell)
            yield above[column]
            span = value(cell, "tcPr/gridSpan") or "1"
            column += int(span) if span.isdecimal() else 1

    def _cell(self, cell: Any) -> InlineText:
        return self.page.add(Words(self._text(cell.iter(f"{W}p"))))

    def _text(self, paragraphs: Iterable[Any]) -> str:
        """Returns what paragraphs show; what they do not is listed."""
        taken = [words_of(each, self._reference) for each in paragraphs]
        for each in taken:
            self._leave_out(each)
        return " ".join(each.words.text for each in taken)


def _inside(document: Any) -> Iterator[Any]:
    return (rel for rel in document.part.rels.values() if not rel.is_external)


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
