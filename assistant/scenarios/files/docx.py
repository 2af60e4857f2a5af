"""A sheet as a Word file, with real headings and lists for screen readers and LibreOffice."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import UTC, datetime

from docx import Document
from docx.document import Document as Sheet
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from assistant.scenarios.files.sheet import Block, Heading, Items, Paragraph, Quoted, Table

DARK = RGBColor(0x0B, 0x2A, 0x3A)
FONT = "Arial"
LANGUAGE = "en-GB"
WIDTHS = {2: (14.1, 2.4), 3: (3.2, 10.9, 2.4)}
"""Column widths of a table in cm, by number of columns."""


def as_docx(blocks: Iterable[Block], title: str) -> bytes:
    """Returns blocks as a Word file with A4 pages.

    Args:
        blocks: The sheet.
        title: Title in the file's properties.
    """
    sheet = Document()
    _set_up(sheet, title)
    for block in blocks:
        _add(sheet, block)
    out = io.BytesIO()
    sheet.save(out)
    return out.getvalue()


def _set_up(sheet: Sheet, title: str) -> None:
    section = sheet.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(2)
    normal = sheet.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(11)
    normal.paragraph_format.space_after = Pt(6)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), LANGUAGE)
    normal.element.get_or_add_rPr().append(language)
    for level, size in ((1, 20), (2, 15), (3, 12)):
        style = sheet.styles[f"Heading {level}"]
        style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), DARK
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{name}"), None)
    properties = sheet.core_properties
    properties.title, properties.author, properties.language = title, "", LANGUAGE
    properties.created = properties.modified = datetime.now(UTC)
    properties.comments = "Fictional training scenario"


def _add(sheet: Sheet, block: Block) -> None:
    match block:
        case Heading(level, text, begins_page):
            heading = sheet.add_heading(text, level)
            heading.paragraph_format.page_break_before = begins_page
        case Paragraph(text, is_note):
            sheet.add_paragraph().add_run(text).italic = is_note
        case Items(texts, is_numbered):
            for number, text in enumerate(texts, start=1):
                _item(sheet, f"{number}." if is_numbered else "", text)
        case Quoted(label, words, source):
            _quote(sheet, label, words, source)
        case Table(head, rows):
            _table(sheet, head, rows)


def _item(sheet: Sheet, number: str, text: str) -> None:
    """Adds an item; numbers are written out because Word would continue counting from list to list."""
    if not number:
        sheet.add_paragraph(text, style="List Bullet")
        return
    paragraph = sheet.add_paragraph(f"{number}\t{text}")
    paragraph.paragraph_format.left_indent = Cm(0.9)
    paragraph.paragraph_format.first_line_indent = Cm(-0.9)
    paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(0.9))


def _quote(sheet: Sheet, label: str, words: str, source: str) -> None:
    head = sheet.add_paragraph()
    head.add_run(label).bold = True
    head.paragraph_format.keep_with_next = True
    quote = sheet.add_paragraph(f"“{words}”")
    quote.paragraph_format.left_indent = Cm(0.9)
    quote.paragraph_format.keep_with_next = True
    where = sheet.add_paragraph(f"Source: {source}")
    where.paragraph_format.left_indent = Cm(0.9)
    where.runs[0].font.size = Pt(9.5)


def _table(sheet: Sheet, head: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> None:
    table = sheet.add_table(rows=1, cols=len(head), style="Table Grid")
    table.autofit = False
    for cell, text in zip(table.rows[0].cells, head, strict=True):
        cell.paragraphs[0].add_run(text).bold = True
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(mark)
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    for column, width in zip(table.columns, WIDTHS[len(head)], strict=True):
        for cell in column.cells:
            cell.width = Cm(width)
    sheet.add_paragraph()
