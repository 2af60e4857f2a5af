"""Reader of RTF, DOC and PPT: LibreOffice turns them into newer formats, which are read as such."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from assistant.errors import UnreadableDocument
from assistant.model import Exclusion
from assistant.model.formats import DOCX, PPT, PPTX, format_of
from ingest.readers.blocks import BlockKind, ReadFile
from ingest.readers.docx import read_docx
from ingest.readers.office.fields import MARK, check_fields, mark_fields
from ingest.readers.office.libreoffice import converted
from ingest.readers.pptx import read_pptx


def read_office(path: Path, max_pages: int) -> ReadFile:
    """Returns an RTF, DOC or PPT file as blocks.

    LibreOffice keeps tracked changes apart, and computes fields anew: text with such a field is found and never quoted.

    Raises:
        UnreadableDocument: LibreOffice is not installed or cannot open the file, or it has fields that get lost.
    """
    is_slides = format_of(path) is PPT
    check_fields(path)
    with tempfile.TemporaryDirectory(prefix="converted-") as folder:
        made = converted(path, PPTX if is_slides else DOCX, Path(folder))
        try:
            if is_slides:
                return read_pptx(made, max_pages)
            mark_fields(made)
            return _held_back(read_docx(made))
        except UnreadableDocument as error:
            raise UnreadableDocument(path, error.what, error.fix, error.page) from error


def _held_back(read: ReadFile) -> ReadFile:
    """Returns a file with the blocks as figures that hold a field which was computed anew."""
    exclusions = [
        Exclusion(each.page, "figure", f"field computed anew: {each.text}"[:80])
        for each in read.blocks
        if MARK in each.text
    ]
    blocks = tuple(
        replace(each, kind=BlockKind.FIGURE, level=1, label=None, marks=()) if MARK in each.text else each
        for each in read.blocks
    )
    return replace(read, blocks=blocks, exclusions=(*read.exclusions, *exclusions))
