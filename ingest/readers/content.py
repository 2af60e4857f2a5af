"""What a file holds, told by its bytes; an error where its name says something else."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

from assistant.errors import UnreadableDocument
from assistant.model.formats import (
    DOC,
    DOCX,
    HTML,
    MSG,
    ODT,
    PDF,
    PPT,
    PPTX,
    RTF,
    XLSX,
    ZIP,
    FileFormat,
    endings_of,
    format_of,
)
from ingest.readers.archives import DAMAGES

ARCHIVE = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""First bytes of office files of before 2007, and of newer ones with a password."""
OLD_OFFICE = "old Word"
"""A format that is recognised and not read."""
IN_ARCHIVES = {"word/": DOCX, "ppt/": PPTX, "xl/": XLSX}
"""The folder by which a format that is an archive is known."""
ENCRYPTED, OLD_EXCEL = "encrypted", "old Excel"
IN_COMPOUNDS: Mapping[str, FileFormat | str] = {
    "EncryptedPackage": ENCRYPTED, "__properties_version1.0": MSG, "WordDocument": DOC, "PowerPoint Document": PPT, "Workbook": OLD_EXCEL,
}  # fmt: skip
"""The stream by which a compound file is known."""
BINARY = (PDF, DOCX, PPTX, XLSX, ODT, RTF, DOC, PPT, MSG, ZIP)
"""Formats with a mark of their own; text has none, and an HTML fragment neither."""
Content = FileFormat | str | None


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
    _check_content(path, file_format, _recognised(path, start, file_format))
    return file_format


def _check_content(path: Path, file_format: FileFormat, content: Content) -> None:
    """Checks that a file holds what its name says."""
    if content == file_format or (content is None and file_format not in BINARY):
        return
    if content == OLD_OFFICE:
        what, fix = "it is an old (.doc) or encrypted Office file", "Remove its password and save it as .docx"
    elif content == ENCRYPTED:
        what, fix = "it is encrypted", "Remove its password and save it again"
    elif content == OLD_EXCEL:
        what, fix = "it is an Excel file of before 2007", "Save it as .xlsx"
    elif isinstance(content, FileFormat):
        what, fix = f"it is named {path.suffix} but holds {content.name}", f"Rename it to end in {content.endings[0]}"
        if file_format is PDF and content is HTML:
            fix = "It may be an error page: download the document again"
    else:
        what, fix = f"it is named {path.suffix} but holds something else", "Save it again in the format of its name"
    raise UnreadableDocument(path, what, fix)


def _recognised(path: Path, start: bytes, file_format: FileFormat) -> Content:
    """Returns the format that a file shows, None for text or an unknown one."""
    words = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if words.startswith(b"%PDF-") or (file_format is PDF and b"%PDF-" in start):
        return PDF
    if start.startswith(ARCHIVE):
        return _in_archive(path, file_format)
    if start.startswith(OLE):
        return _in_compound(path, file_format)
    if words.startswith(b"{\\rtf"):
        return RTF
    return HTML if words[:14].lower().startswith((b"<!doctype html", b"<html")) else None


def _in_compound(path: Path, file_format: FileFormat) -> Content:
    """Returns what a compound file holds, told by the names of its streams; a file within it has such streams as well."""
    held = path.read_bytes()
    found = [each for name, each in IN_COMPOUNDS.items() if name.encode("utf-16-le") in held]
    return file_format if file_format in found else next(iter(found), OLD_OFFICE)


def _in_archive(path: Path, file_format: FileFormat) -> Content:
    """Returns the format of an archive; one that is damaged is left to the reader of the format that its name says."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = tuple(archive.namelist())
            is_text = "mimetype" in names and archive.read("mimetype")[:100].strip() == ODT.media_type.encode()
    except DAMAGES:
        return file_format if file_format in (*IN_ARCHIVES.values(), ODT, ZIP) else DOCX
    if is_text:
        return ODT
    return next((each for folder, each in IN_ARCHIVES.items() if any(name.startswith(folder) for name in names)), ZIP)
