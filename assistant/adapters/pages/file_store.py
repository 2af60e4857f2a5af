"""The documents' own files, stored in the data folder under the sha256 of their content."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Collection
from pathlib import Path

from assistant.data_folder import make_private_folder
from assistant.errors import LibraryError

SHA256 = re.compile(r"[0-9a-f]{64}")
BLOCK = 1 << 20


class FileStore:
    """A folder with one file per content, two levels deep.

    Args:
        folder: Made when the first file is stored.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def store(self, path: Path, sha256: str) -> None:
        """Stores a copy of a file; one that is stored already is left as it is.

        The copy appears whole or not at all, and is on disk when this returns.

        Raises:
            LibraryError: It cannot be copied, or is not the content that the sha256 names.
        """
        target = self._place(sha256)
        if target.exists():
            return
        try:
            make_private_folder(target.parent)
            self._copy(path, sha256, target)
        except OSError as error:
            what = f"{path}: no copy can be stored in {target.parent} ({error.strerror})"
            raise LibraryError(f"{what}. Check permissions and free space.") from error

    def remove_all_but(self, needed: Collection[str]) -> None:
        """Removes every stored file but those of these sha256, and what a killed copy left behind."""
        for path in self._folder.glob("??/*"):
            if path.name not in needed:
                path.unlink(missing_ok=True)

    def path_of(self, sha256: str, name: str) -> Path | None:
        """Returns the stored file, None where there is none; every name finds the same content."""
        if not SHA256.fullmatch(sha256):
            return None
        place = self._place(sha256)
        return place if place.is_file() else None

    def _place(self, sha256: str) -> Path:
        if not SHA256.fullmatch(sha256):
            raise LibraryError(f"{sha256[:80]!r} is no sha256; run `assistant check`.")
        return self._folder / sha256[:2] / sha256

    def _copy(self, path: Path, sha256: str, target: Path) -> None:
        digest = hashlib.sha256()
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".part-", delete=False) as part:
            temporary = Path(part.name)
            try:
                with path.open("rb") as file:
                    while block := file.read(BLOCK):
                        digest.update(block)
                        part.write(block)
                part.flush()
                os.fsync(part.fileno())
                if digest.hexdigest() != sha256:
                    raise LibraryError(f"{path}: it changed while it was read. Ingest it again.")
                temporary.replace(target)
            finally:
                temporary.unlink(missing_ok=True)
