"""Readers, one per file format, chosen by what a file holds and not only by its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from assistant.errors import UnreadableDocument
from assistant.model.formats import DOC, DOCX, HTML, MARKDOWN, MHTML, ODT, PDF, PPT, PPTX, RTF, TEXT, XLSX, FileFormat
from ingest.readers.blocks import ReadFile
from ingest.readers.content import checked_format
from ingest.readers.myths import with_truths


def read_file(path: Path, max_pages: int) -> ReadFile:
    """Returns a file as blocks.

    Raises:
        UnreadableDocument: It cannot be read as what its name says.
    """
    file_format = checked_format(path)
    read = READERS.get(file_format)
    if read is None:
        what = f"a {file_format.label} file holds documents and is none"
        if file_format.is_collection:
            what = f"a {file_format.label} file is a collection of texts, not a document"
        raise UnreadableDocument(path, what, "Ingest it from a folder or by its path")
    found = read(path, max_pages)
    return replace(found, blocks=with_truths(found.blocks))


def _read_pdf(path: Path, max_pages: int) -> ReadFile:
    from ingest.readers.pdf import read_pdf

    return read_pdf(path, max_pages)


def _read_docx(path: Path, max_pages: int) -> ReadFile:
    from ingest.readers.docx import read_docx
    from ingest.readers.office.pages import in_rendered_pages

    return in_rendered_pages(read_docx(path), path)


def _read_pptx(path: Path, max_pages: int) -> ReadFile:
    from ingest.readers.pptx import read_pptx

    return read_pptx(path, max_pages)


def _read_xlsx(path: Path, max_pages: int) -> ReadFile:
    from ingest.readers.xlsx import read_xlsx

    return read_xlsx(path, max_pages)


def _read_odt(path: Path, max_pages: int) -> ReadFile:
    from ingest.readers.odt import read_odt

    return read_odt(path)


def _read_office(path: Path, max_pages: int) -> ReadFile:
    from ingest.readers.office import read_office

    return read_office(path, max_pages)


def _read_html(path: Path, max_pages: int) -> ReadFile:
    from ingest.readers.html import read_html

    return read_html(path)


def _read_saved_page(path: Path, max_pages: int) -> ReadFile:
    from ingest.readers.html.saved_page import read_saved_page

    return read_saved_page(path)


def _read_markdown(path: Path, max_pages: int) -> ReadFile:
    from ingest.readers.markdown import read_markdown

    return read_markdown(path)


def _read_text(path: Path, max_pages: int) -> ReadFile:
    from ingest.readers.text import read_text

    return read_text(path)


READERS: Mapping[FileFormat, Callable[[Path, int], ReadFile]] = {
    PDF: _read_pdf,
    DOCX: _read_docx,
    PPTX: _read_pptx,
    XLSX: _read_xlsx,
    ODT: _read_odt,
    RTF: _read_office,
    DOC: _read_office,
    PPT: _read_office,
    HTML: _read_html,
    MHTML: _read_saved_page,
    MARKDOWN: _read_markdown,
    TEXT: _read_text,
}
"""The reader of each format; its parser is imported with the first file. Collections are read line by line elsewhere."""
