"""The cover of a Word document: its first paragraphs and rows with their print, headers and footers, and its properties."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from ingest.readers.blocks import ReadFile
from ingest.readers.cover import BODY_SIZE, HEADING_SIZES, MOST_LINES, Cover, CoverLine, row_of
from ingest.readers.docx import read_docx
from ingest.readers.docx.controls import AROUND, is_contents, is_prompt

_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
TITLE_SIZE = 28.0
_PROPERTIES = ("title", "author", "subject", "keywords", "version", "category", "last_modified_by")


def read_docx_cover(path: Path) -> Cover:
    """Returns the cover of a Word document. Raises ``UnreadableDocument``."""
    read: ReadFile = read_docx(path)
    document = docx.Document(str(path))
    lines = [*_running(document), *_lines(document)]
    core = document.core_properties
    given = tuple((name, str(getattr(core, name) or "").strip()) for name in _PROPERTIES)
    last = tuple(CoverLine(each.text) for each in read.blocks[-10:])
    return Cover(path.name, tuple(lines[:MOST_LINES]), last, tuple(each for each in given if each[1]), read.title)


def _running(document: Document) -> Iterator[CoverLine]:
    for section in document.sections[:1]:
        for part in (section.header, section.first_page_header, section.footer, section.first_page_footer):
            for text in (each.text.strip() for each in part.paragraphs):
                if text:
                    yield CoverLine(" ".join(text.split()), is_running=True)
            for table in part.tables:
                yield from (CoverLine(row_of(_cells(row)).text, is_running=True) for row in table.rows)


def _lines(document: Document) -> Iterator[CoverLine]:
    for place, item in enumerate(_inner(document, document.element.body)):
        if place > MOST_LINES:
            return
        if isinstance(item, Table):
            yield from (row_of(_cells(row)) for row in item.rows)
        else:
            yield from _boxed(item)
            for text in item.text.splitlines():
                if text.strip():
                    yield CoverLine(" ".join(text.split()), size=_size(item))


def _boxed(around: Paragraph) -> Iterator[CoverLine]:
    """Yields the lines of text boxes, each once: what Word writes again for its older versions is left out."""
    for box in around._p.iter(qn("w:txbxContent")):
        if next(box.iterancestors(f"{{{_COMPATIBILITY}}}Fallback"), None) is not None:
            continue
        for inner in box.iter(qn("w:p")):
            paragraph = Paragraph(inner, around._parent)
            for text in filter(str.strip, paragraph.text.splitlines()):
                yield CoverLine(" ".join(text.split()), size=_size(paragraph))


def _inner(document: Document, parent: Any) -> Iterator[Paragraph | Table]:
    """Yields paragraphs and tables in order, those in content controls too, in which Word puts its cover pages."""
    for child in parent.iterchildren():
        if child.tag == qn("w:p"):
            yield Paragraph(child, document._body)
        elif child.tag == qn("w:tbl"):
            yield Table(child, document._body)
        elif child.tag in AROUND and not is_prompt(child) and not is_contents(child):
            yield from _inner(document, child)


def _cells(row: Any) -> list[str]:
    seen: list[Any] = []
    for cell in row.cells:
        if not any(cell._tc is each._tc for each in seen):
            seen.append(cell)
    return [cell.text for cell in seen]


def _size(paragraph: Paragraph) -> float:
    """Returns the print of a paragraph: of its largest run, else of its style, else what its style's name says."""
    given = [run.font.size.pt for run in paragraph.runs if run.font.size is not None and run.text.strip()]
    if given:
        return float(max(given))
    style: Any = paragraph.style
    name = (style.name or "").lower() if style is not None else ""
    while style is not None:
        if style.font.size is not None:
            return float(style.font.size.pt)
        style = style.base_style
    if name == "title":
        return TITLE_SIZE
    level = name.removeprefix("heading ") if name.startswith("heading ") else ""
    is_bold = bool(paragraph.runs) and all(run.bold for run in paragraph.runs if run.text.strip())
    plain = BODY_SIZE + 1 if is_bold else BODY_SIZE
    return HEADING_SIZES[min(int(level), len(HEADING_SIZES)) - 1] if level.isdigit() and int(level) else plain
