"""Files that hold other files: a ZIP of a folder, a mail with attachments. They are unpacked, and what they hold is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from assistant.errors import UnreadableDocument
from assistant.model.formats import EML, MSG, ZIP, FileFormat
from ingest.readers.containers.members import Member
from ingest.readers.content import checked_format


def _unpack_zip(path: Path, into: Path) -> list[Member]:
    from ingest.readers.containers.archive import unpack_zip

    return unpack_zip(path, into)


def _unpack_mail(path: Path, into: Path) -> list[Member]:
    from ingest.readers.containers.mail import unpack_mail

    return unpack_mail(path, into)


def _unpack_outlook(path: Path, into: Path) -> list[Member]:
    from ingest.readers.containers.outlook import unpack_outlook

    return unpack_outlook(path, into)


UNPACKERS: Mapping[FileFormat, Callable[[Path, Path], list[Member]]] = {
    ZIP: _unpack_zip,
    EML: _unpack_mail,
    MSG: _unpack_outlook,
}
"""What unpacks each format; its parser is imported with the first file, and never in the process that asks for it."""


def unpack(path: Path, into: Path) -> list[Member]:
    """Returns what a file holds, written into a folder under names of this program's own.

    Raises:
        UnreadableDocument: It is damaged, encrypted, grows too large, or is not what its name says.
    """
    unpacker = UNPACKERS.get(checked_format(path))
    if unpacker is None:
        raise UnreadableDocument(path, "it holds no other files", "Ingest it by itself")
    return unpacker(path, into)
