"""Readers, one per file format, chosen by what a file holds and not only by its name."""

from __future__ import annotations

from pathlib import Path

from assistant.errors import UnreadableDocument
from ingest.blocks import ReadFile

FORMATS = {
    ".pdf": "pdf",
    ".docx": "docx",
    ".html": "html",
    ".htm": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
    ".jsonl": "jsonl",
}
READERS = "readers-2"
"""Name of this generation of readers; another one means: read every file again."""


def read_file(path: Path, max_pages: int) -> ReadFile:
    """Returns a file as blocks.

    Raises:
        UnreadableDocument: It cannot be read as what its name says.
    """
    name = checked_format(path)
    if name == "pdf":
        from ingest.readers.pdf import read_pdf

        return read_pdf(path, max_pages)
    if name == "docx":
        from ingest.readers.docx import read_docx

        return read_docx(path)
    if name == "html":
        from ingest.readers.html import read_html

        return read_html(path)
    if name == "markdown":
        from ingest.readers.markdown import read_markdown

        return read_markdown(path)
    from ingest.readers.text import read_text

    return read_text(path)


def checked_format(path: Path) -> str:
    """Returns the format of a file.

    Raises:
        UnreadableDocument: The format is unknown, the file is empty, or it is not what its name says.
    """
    name = FORMATS.get(path.suffix.lower())
    if name is None:
        raise UnreadableDocument(path, f"unknown format {path.suffix!r}", f"Give one of {', '.join(FORMATS)}")
    try:
        with path.open("rb") as file:
            start = file.read(1024)
    except OSError as error:
        fix = "Check the path and its permissions"
        raise UnreadableDocument(path, f"cannot be opened ({error.strerror})", fix) from error
    if not start:
        raise UnreadableDocument(path, "the file is empty (0 bytes)", "Leave it out or save it again", 1)
    found = _sniffed(start)
    if found != name and (found or name in ("pdf", "docx")):
        is_named = f"it is named {path.suffix} but holds {found or 'something else'}"
        fix = f"Rename it to end in .{found}" if found else "Save it again in the format that its name says"
        raise UnreadableDocument(path, is_named, fix)
    return name


def _sniffed(start: bytes) -> str | None:
    if b"%PDF-" in start:
        return "pdf"
    if start.startswith(b"PK\x03\x04"):
        return "docx"
    return None
