"""ZIP of a folder: each file as if it lay in a folder of the archive's name."""

from __future__ import annotations

import stat
import zipfile
from pathlib import Path

from assistant.errors import UnreadableDocument
from assistant.model.formats import format_of
from ingest.readers.archives import DAMAGES, is_encrypted
from ingest.readers.containers.members import MOST_BYTES, MOST_MEMBERS, Member, Unpacked

_UNSEEN = ("__MACOSX", "Thumbs.db", "desktop.ini")


def unpack_zip(path: Path, into: Path) -> list[Member]:
    """Returns the files of an archive; links, and formats that are not read, stay packed.

    Sizes are checked before anything is unpacked; zipfile unpacks no more of a file than its directory says.

    Raises:
        UnreadableDocument: It is damaged, encrypted, or grows too large.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            wanted = [each for each in archive.infolist() if not each.is_dir() and not _is_unseen(each.filename)]
            _check(path, wanted)
            unpacked = Unpacked(path, into)
            for each in wanted:
                if stat.S_ISLNK(each.external_attr >> 16):
                    unpacked.leave_out(each.filename, "a link is not followed")
                elif format_of(each.filename) is None:
                    unpacked.leave_out(
                        each.filename, f"format {Path(each.filename).suffix or 'without ending'} is not read"
                    )
                else:
                    unpacked.add(each.filename, archive.read(each))
    except (*DAMAGES, RuntimeError) as error:
        raise UnreadableDocument(path, "not a whole ZIP file", "Pack it again, or ingest the folder itself") from error
    return unpacked.members


def _check(path: Path, parts: list[zipfile.ZipInfo]) -> None:
    if any(map(is_encrypted, parts)):
        raise UnreadableDocument(path, "it is encrypted", "Unpack it with its password and ingest the folder")
    total = sum(part.file_size for part in parts)
    if total > MOST_BYTES or len(parts) > MOST_MEMBERS:
        what = f"it holds {len(parts)} files of {total / 1e6:.0f} MB, more than {MOST_MEMBERS} or {MOST_BYTES / 1e6:.0f} MB"
        raise UnreadableDocument(path, what, "Unpack it and ingest the folder")


def _is_unseen(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return any((part.startswith(".") and part not in (".", "..")) or part in _UNSEEN for part in parts)
