"""What an office file says of its parts, looked at before any of them is unpacked."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path

from assistant.errors import UnreadableDocument

MOST_UNPACKED = 400_000_000
"""Bytes that the parts of a file may take unpacked."""
MOST_RATIO = 200
"""Most times that a part may grow when it is unpacked, for parts over a megabyte."""
MOST_PARTS = 20_000
_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_HEAD = 4096
_IS_ENCRYPTED = 0x1
DAMAGES = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, ValueError)
"""What looking into a damaged archive may raise."""


def check_parts(path: Path, what: str, fix: str) -> None:
    """Checks that the parts of an office file can be unpacked and parsed.

    zipfile unpacks no more of a part than its directory says, so the sizes in the directory can be relied on.

    Args:
        path: The file.
        what: What is said of a damaged one, such as "not a whole Word document".
        fix: What to do about it.

    Raises:
        UnreadableDocument: It is damaged, encrypted, grows too large, or declares entities, which no office program writes.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            _check_sizes(path, parts)
            declared = any(_declares(archive, part) for part in parts if part.filename.endswith((".xml", ".rels")))
    except DAMAGES as error:
        raise UnreadableDocument(path, what, fix) from error
    if declared:
        raise UnreadableDocument(path, "it declares XML entities, which no office program does", fix)


def is_encrypted(part: zipfile.ZipInfo) -> bool:
    """Returns whether a part of an archive needs a password."""
    return bool(part.flag_bits & _IS_ENCRYPTED)


def _check_sizes(path: Path, parts: list[zipfile.ZipInfo]) -> None:
    if any(map(is_encrypted, parts)):
        raise UnreadableDocument(path, "it is encrypted", "Remove its password and save it again")
    total = sum(part.file_size for part in parts)
    bombs = [p for p in parts if p.file_size > 1_000_000 and p.file_size > MOST_RATIO * max(p.compress_size, 1)]
    if total > MOST_UNPACKED or bombs or len(parts) > MOST_PARTS:
        grown = f"grows to {total / 1e6:.0f} MB when unpacked, more than a document does"
        raise UnreadableDocument(path, grown, "Open it in its program and save it again, or leave it out")


def _declares(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    with archive.open(part) as file:
        return _DECLARED.search(file.read(_HEAD).replace(b"\0", b"")) is not None
