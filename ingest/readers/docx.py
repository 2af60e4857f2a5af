"""DOCX reader: headings by style, lists by numbering, tables row by row, footnotes attached."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.opc.exceptions import OpcError
from lxml import etree

from assistant.errors import UnreadableDocument
from assistant.model import Exclusion
from ingest.blocks import Block, BlockKind, Link, Mark, ReadFile
from ingest.traced import Traced, joined, normalised, traced

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MOST_UNPACKED = 400_000_000
"""Bytes that the parts of a file may take unpacked."""
MOST_RATIO = 200
"""Most times that a part may grow when it is unpacked, for parts over a megabyte."""


def read_docx(path: Path) -> ReadFile:
    """Returns a Word document as blocks, one page in all (Word stores no pages).

    Raises:
        UnreadableDocument: It is no Word document, damaged, empty, or grows too large when unpacked.
    """
    _check_size(path)
    try:
        document = docx.Document(str(path))
    except (OpcError, KeyError, ValueError, zipfile.BadZipFile, etree.XMLSyntaxError) as error:
        raise UnreadableDocument(path, "not a whole Word document", "Save it again as .docx") from error
    body = _Body(document)
    body.read()
    if not body.blocks:
        raise UnreadableDocument(path, "no readable text", "Check that the text is not only in pictures", 1)
    title = document.core_properties.title or None
    return ReadFile(tuple(body.blocks), (body.raw,), ("1",), tuple(body.exclusions), title)


def _check_size(path: Path) -> None:
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
        self.document = document
        self.raw = ""
        self.blocks: list[Block] = []
        self.exclusions: list[Exclusion] = []
        self.notes = _footnotes(document)

    def read(self) -> None:
        for child in self.document.element.body.iterchildren():
            if child.tag == f"{W}p":
                self._paragraph(child)
            elif child.tag == f"{W}tbl":
                self._table(child)

    def _paragraph(self, element: Any) -> None:
        text, marks, links = self._text(element)
        if not text.text:
            return
        style = self._style(element)
        heading = re.match(r"heading (\d)", style)
        number = re.match(r"^(\d{1,3}(?:\.\d{1,3})*)\.?\s", text.text)
        label = number[1] if number else None
        if heading or style == "title":
            level = int(heading[1]) if heading else 1
            self.blocks.append(Block(BlockKind.HEADING, text.text, text.runs(), level, label, marks, links))
            return
        level_of = element.find(f"{W}pPr/{W}numPr/{W}ilvl")
        is_item = level_of is not None or style.startswith("list ")
        level = int(level_of.get(f"{W}val")) + 1 if level_of is not None else int((re.findall(r"\d$", style) or [1])[0])
        kind = BlockKind.LIST_ITEM if is_item else BlockKind.PARAGRAPH
        self.blocks.append(Block(kind, text.text, text.runs(), level, label, marks, links))
        self._attach(marks)

    def _attach(self, marks: tuple[Mark, ...]) -> None:
        for each in marks:
            note = self._line(self.notes.pop(each.mark, ""))
            if note.text:
                self.blocks.append(Block(BlockKind.FOOTNOTE, note.text, note.runs(), label=each.mark))

    def _style(self, element: Any) -> str:
        found = element.find(f"{W}pPr/{W}pStyle")
        if found is None:
            return ""
        name = found.get(f"{W}val")
        styles = [style for style in self.document.styles if style.style_id == name]
        return str(styles[0].name).lower() if styles else str(name).lower()

    def _text(self, element: Any) -> tuple[Traced, tuple[Mark, ...], tuple[Link, ...]]:
        words, marks, links = "", [], []
        for kind, value in _runs(element):
            if kind == "text":
                words += value
            elif kind == "mark":
                marks.append(Mark(len(normalised(traced(words, 1)).text), value))
            elif kind == "hidden":
                self.exclusions.append(Exclusion(1, "other", f"hidden text: {value[:60]}"))
            else:
                target = self._address(kind)
                at = len(normalised(traced(words, 1)).text)
                words += value
                if target:
                    links.append(Link(at, at + len(value), target))
        return self._line(words), tuple(marks), tuple(links)

    def _address(self, relation: str) -> str | None:
        found = self.document.part.rels.get(relation)
        return str(found.target_ref) if found is not None and found.is_external else None

    def _line(self, words: str) -> Traced:
        text = normalised(traced(words, 1, len(self.raw)))
        self.raw += words + "\n"
        return text

    def _table(self, element: Any) -> None:
        for place, row in enumerate(element.iterchildren(f"{W}tr")):
            cells = [
                self._line(" ".join(self._plain(p) for p in cell.iter(f"{W}p"))) for cell in row.iterchildren(f"{W}tc")
            ]
            is_header = place == 0 and len(cells) > 1
            text = joined(cells, " | ")
            kind = BlockKind.TABLE_HEADER if is_header else BlockKind.TABLE_ROW
            if text.text.strip(" |"):
                self.blocks.append(Block(kind, text.text, text.runs()))

    def _plain(self, element: Any) -> str:
        return "".join(value for kind, value in _runs(element) if kind not in ("mark", "hidden"))


def _runs(element: Any) -> Iterator[tuple[str, str]]:
    """Yields ("text", words), ("mark", number), ("hidden", words) or (relation of a link, words)."""
    for child in element.iterchildren():
        if child.tag == f"{W}hyperlink":
            words = "".join(value for kind, value in _runs(child) if kind == "text")
            yield child.get(f"{R}id") or "text", words
        elif child.tag in (f"{W}ins", f"{W}smartTag", f"{W}sdt", f"{W}sdtContent"):
            yield from _runs(child)
        elif child.tag == f"{W}r":
            yield from _run(child)


def _run(run: Any) -> Iterator[tuple[str, str]]:
    vanish = run.find(f"{W}rPr/{W}vanish")
    is_hidden = vanish is not None and vanish.get(f"{W}val") not in ("0", "false")
    for part in run.iterchildren():
        if part.tag == f"{W}t":
            yield ("hidden" if is_hidden else "text"), part.text or ""
        elif part.tag in (f"{W}tab", f"{W}br", f"{W}cr"):
            yield "text", " "
        elif part.tag == f"{W}noBreakHyphen":
            yield "text", "-"
        elif part.tag == f"{W}footnoteReference":
            yield "mark", str(part.get(f"{W}id"))


def _footnotes(document: Any) -> dict[str, str]:
    """Returns the text of each footnote by its number; {} where there is none."""
    for relation in document.part.rels.values():
        if relation.reltype.endswith("/footnotes"):
            root = etree.fromstring(relation.target_part.blob)
            notes = root.iterchildren(f"{W}footnote")
            return {str(note.get(f"{W}id")): "".join(t.text or "" for t in note.iter(f"{W}t")) for note in notes}
    return {}
