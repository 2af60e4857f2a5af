"""DOCX reader: headings by style or by looks, lists and numbered paragraphs by numbering, tables row by row, notes attached."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
from docx.exceptions import PythonDocxError
from docx.opc.exceptions import OpcError
from lxml import etree

from assistant.errors import UnreadableDocument
from ingest.readers.archives import check_parts
from ingest.readers.blocks import BlockKind, ReadFile
from ingest.readers.bold_headings import with_bold_headings
from ingest.readers.docx.body import Body
from ingest.readers.docx.pages import in_pages, note_pages, said_count
from ingest.readers.titles import title_of

NOT_WHOLE, SAVE_AGAIN = "not a whole Word document", "Save it again as .docx"


def read_docx(path: Path) -> ReadFile:
    """Returns a Word document as blocks, on the pages that Word noted; one page in all where it noted none that add up.

    A text box with whole sentences comes after the paragraph that it is anchored to, or after the list that it leads
    into. Boxes without, and several at one place, are figures: the order of a chart is not known.

    Raises:
        UnreadableDocument: It is no Word document, damaged, empty, or grows too large when unpacked.
    """
    check_parts(path, NOT_WHOLE, SAVE_AGAIN)
    try:
        return _read(path)
    except (OpcError, PythonDocxError) as error:
        raise UnreadableDocument(path, NOT_WHOLE, SAVE_AGAIN) from error


def _read(path: Path) -> ReadFile:
    try:
        document = docx.Document(str(path))
    except (KeyError, ValueError, zipfile.BadZipFile, etree.XMLSyntaxError) as error:
        raise UnreadableDocument(path, NOT_WHOLE, SAVE_AGAIN) from error
    labels = note_pages(document, said_count(path))
    body = Body(document)
    body.read_all()
    if not body.blocks:
        raise UnreadableDocument(path, "no readable text", "Check that the text is not only in pictures", 1)
    blocks = with_bold_headings(body.blocks, body.standing)
    cover = [*body.titles, *(each.text for each in blocks if each.kind is BlockKind.HEADING)]
    title = title_of(document.core_properties.title, cover)
    read = ReadFile(blocks, (body.page.text,), ("1",), tuple(body.exclusions), title)
    return in_pages(read, body.page.turns, labels)
