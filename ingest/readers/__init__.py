"""Readers, one per file format, chosen by what a file holds and not only by its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from assistant.errors import UnreadableDocument
from assistant.model.formats import DOCX, HTML, MARKDOWN, PDF, TEXT, FileFormat, endings_of, format_of
from ingest.readers.blocks import ReadFile
from ingest.readers.myths import with_truths


def read_file(path: Path, max_pages: int) -> ReadFile:
    """Returns a file as blocks.

    Raises:
        UnreadableDocument: It cannot be read as what its name says.
    """
    file_format = checked_format(path)
    read = READERS.get(file_format)
    if read is None:
        what = f"a {file_format.label} file is a collection of texts, not a document"
        raise UnreadableDocument(path, what, "Ingest it from a folder or by its path")
    found = read(path, max_pages)
    return replace(found, blocks=with_truths(found.blocks))


def _read_pdf(path: Path, max_pages: int) -> ReadFile:
    from ingest.readers.pdf import read_pdf

    return read_pdf(path, max_pages)


def _read_docx(path: Path, max_pages: int) -> ReadFile:
    from ingest.readers.docx import read_docx

    return read_docx(path)


def _read_html(path: Path, max_pages: int) -> ReadFile:
    from ingest.readers.html import read_html

    return read_html(path)


def _read_markdown(path: Path, max_pages: int) -> ReadFile:
    from ingest.readers.markdown import read_markdown

    return read_markdown(path)


def _read_text(path: Path, max_pages: int) -> ReadFile:
    from ingest.readers.text import read_text

    return read_text(path)


READERS: Mapping[FileFormat, Callable[[Path, int], ReadFile]] = {
    PDF: _read_pdf,
    DOCX: _read_docx,
    HTML: _read_html,
    MARKDOWN: _read_markdown,
    TEXT: _read_text,
}
"""The reader of each format; its parser is imported with the first file. Collections are read line by line elsewhere."""


def checked_format(path: Path) -> FileFormat:
    """Returns the format of a file.

    Raises:
        UnreadableDocument: The format is unknown, the file is empty, or it is not what its name says.
    """
    file_format = format_of(path)
    if file_format is None:
        raise UnreadableDocument(path, f"unknown format {path.suffix!r}", f"Give one of {', '.join(endings_of())}")
    try:
        with path.open("rb") as file:
            start = file.read(1024)
    except OSError as error:
        fix = "Check the path and its permissions"
        raise UnreadableDocument(path, f"cannot be opened ({error.strerror})", fix) from error
    if not start:
        raise UnreadableDocument(path, "the file is empty (0 bytes)", "Leave it out or save it again", 1)
    _check_content(path, file_format, _recognised(start, file_format))
    return file_format


OLD_WORD = "old Word"
"""A format that is recognised and not read."""
Content = FileFormat | str | None


def _check_content(path: Path, file_format: FileFormat, content: Content) -> None:
    """Checks that a file holds what its name says; text has no mark of its own, and an HTML fragment has none."""
    is_binary = file_format in (PDF, DOCX)
    if content == file_format or (content is None and not is_binary):
        return
    if content == OLD_WORD:
        what, fix = "it is an old (.doc) or encrypted Office file", "Remove its password and save it as .docx"
    elif isinstance(content, FileFormat):
        what, fix = f"it is named {path.suffix} but holds {content.name}", f"Rename it to end in {content.endings[0]}"
        if file_format is PDF and content is HTML:
            fix = "It may be an error page: download the document again"
    else:
        what, fix = f"it is named {path.suffix} but holds something else", "Save it again in the format of its name"
    raise UnreadableDocument(path, what, fix)


def _recognised(start: bytes, file_format: FileFormat) -> Content:
    """Returns the format that the first bytes of a file show, None for text or an unknown one."""
    words = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if words.startswith(b"%PDF-") or (file_format is PDF and b"%PDF-" in start):
        return PDF
    if start.startswith(b"PK\x03\x04"):
        return DOCX
    if start.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return OLD_WORD
    return HTML if words[:14].lower().startswith((b"<!doctype html", b"<html")) else None
