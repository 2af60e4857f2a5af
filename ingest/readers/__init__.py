"""Readers, one per file format, chosen by what a file holds and not only by its name."""

from __future__ import annotations

from pathlib import Path

from assistant.errors import UnreadableDocument
from ingest.readers.blocks import ReadFile

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
READERS = "readers-5"
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
    _check_held(path, name, _held(start, name))
    return name


_ENDINGS = {"pdf": ".pdf", "docx": ".docx", "html": ".html"}
_FITTING: dict[str, tuple[str | None, ...]] = {"pdf": ("pdf",), "docx": ("docx",), "html": (None, "html")}


def _check_held(path: Path, name: str, held: str | None) -> None:
    if held in _FITTING.get(name, (None,)):
        return
    if held == "old Word":
        what, fix = "it is an old (.doc) or encrypted Office file", "Remove its password and save it as .docx"
    elif held is None:
        what, fix = f"it is named {path.suffix} but holds something else", "Save it again in the format of its name"
    else:
        what, fix = f"it is named {path.suffix} but holds {held}", f"Rename it to end in {_ENDINGS[held]}"
        if name == "pdf" and held == "html":
            fix = "It may be an error page: download the document again"
    raise UnreadableDocument(path, what, fix)


def _held(start: bytes, name: str) -> str | None:
    """Returns the format that the first bytes of a file show, None for text or an unknown one."""
    words = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if words.startswith(b"%PDF-") or (name == "pdf" and b"%PDF-" in start):
        return "pdf"
    if start.startswith(b"PK\x03\x04"):
        return "docx"
    if start.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "old Word"
    return "html" if words[:14].lower().startswith((b"<!doctype html", b"<html")) else None
