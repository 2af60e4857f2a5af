"""DOCX reader: headings by style or by looks, lists and numbered paragraphs by numbering, tables row by row, notes attached."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
from docx.exceptions import PythonDocxError
from docx.opc.exceptions import OpcError
from lxml import etree

from assistant.errors import UnreadableDocument
from ingest.readers.blocks import BlockKind, ReadFile
from ingest.readers.bold_headings import with_bold_headings
from ingest.readers.docx.body import Body
from ingest.readers.titles import title_of

MOST_UNPACKED = 400_000_000
"""Bytes that the parts of a file may take unpacked."""
MOST_RATIO = 200
"""Most times that a part may grow when it is unpacked, for parts over a megabyte."""


def read_docx(path: Path) -> ReadFile:
    """Returns a Word document as blocks, one page in all (Word stores no pages).

    A text box with whole sentences comes after the paragraph that it is anchored to, or after the list that it leads
    into. Boxes without, and several at one place, are figures: the order of a chart is not known.

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
    body = Body(document)
    body.read_all()
    if not body.blocks:
        raise UnreadableDocument(path, "no readable text", "Check that the text is not only in pictures", 1)
    blocks = with_bold_headings(body.blocks, body.standing)
    cover = [*body.titles, *(each.text for each in blocks if each.kind is BlockKind.HEADING)]
    title = title_of(document.core_properties.title, cover)
    return ReadFile(blocks, (body.page.text,), ("1",), tuple(body.exclusions), title)


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
