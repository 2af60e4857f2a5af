"""Files that hold other files: a ZIP of a folder, a mail with attachments. They are unpacked, and what they hold is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from assistant.errors import UnreadableDocument
from assistant.model.formats import EML, ZIP, FileFormat
from ingest.readers.containers.archive import unpack_zip
from ingest.readers.containers.mail import unpack_mail
from ingest.readers.containers.members import Member
from ingest.readers.content import checked_format

UNPACKERS: Mapping[FileFormat, Callable[[Path, Path], list[Member]]] = {ZIP: unpack_zip, EML: unpack_mail}
"""What unpacks each format."""


def unpack(path: Path, into: Path) -> list[Member]:
    """Returns what a file holds, written into a folder under names of this program's own.

    Raises:
        UnreadableDocument: It is damaged, encrypted, grows too large, or is not what its name says.
    """
    unpacker = UNPACKERS.get(checked_format(path))
    if unpacker is None:
        raise UnreadableDocument(path, "it holds no other files", "Ingest it by itself")
    return unpacker(path, into)
