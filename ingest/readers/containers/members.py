"""What a file holds, and the folder that it is unpacked into."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from assistant.errors import UnreadableDocument

MOST_MEMBERS = 2000
MOST_BYTES = 400_000_000
"""Of all that a file holds."""
BODY = "mail.txt"
"""Name of the own words of a mail among what it holds."""
_LONGEST_NAME = 150


@dataclass(frozen=True, slots=True)
class Member:
    """One file out of another."""

    name: str
    """Its place in the other file, parts joined by "/"; never absolute and never upwards."""
    file: str
    """Where it was written."""
    title: str = ""
    """What it is called, where the other file says so."""
    why_not: str = ""
    """Why it was not unpacked, "" where it was."""


class Unpacked:
    """Writes what a file holds into a folder, under numbers: no name of the file reaches the disk.

    Args:
        path: The file, named in errors.
        into: The folder.
    """

    def __init__(self, path: Path, into: Path) -> None:
        self.members: list[Member] = []
        self._path = path
        self._into = into
        self._bytes = 0
        self._names: set[str] = set()

    def add(self, name: str, content: bytes, title: str = "") -> None:
        """Takes a file.

        Raises:
            UnreadableDocument: There are too many, or they are too large together.
        """
        self._bytes += len(content)
        if len(self.members) >= MOST_MEMBERS or self._bytes > MOST_BYTES:
            what = f"it holds more than {MOST_MEMBERS} files or {MOST_BYTES // 1_000_000} MB"
            raise UnreadableDocument(self._path, what, "Unpack it and ingest the folder")
        plain = self._plain(name)
        file = self._into / f"{len(list(self._into.iterdir())):06}{PurePosixPath(plain).suffix.lower()}"
        file.write_bytes(content)
        self.members.append(Member(plain, str(file), title))

    def leave_out(self, name: str, why: str) -> None:
        """Notes a file that is not unpacked."""
        self.members.append(Member(self._plain(name), "", "", why))

    def _plain(self, name: str) -> str:
        """Returns a name that leads nowhere else, once in this file."""
        parts = [
            part
            for part in name.replace("\\", "/").split("/")
            if part not in ("", ".", "..") and not part.endswith(":")
        ]
        plain = "/".join("".join(c for c in part if c.isprintable())[-_LONGEST_NAME:] for part in parts) or "file"
        number = 2
        while plain in self._names:
            path = PurePosixPath(name.replace("\\", "/"))
            plain = f"{path.stem}-{number}{path.suffix}".replace("/", "-")
            number += 1
        self._names.add(plain)
        return plain
