"""The files of staged changes, in the data folder, each named after its content."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection
from pathlib import Path

from assistant.data_folder import make_private_folder
from assistant.errors import LibraryError
from assistant.model.sources import SourceId, StagedChange

FOLDER = "sources"
FIX = "Make room on the disk or make the data folder writable, then sync again"


class StagedFiles:
    """Files that wait to be published.

    Args:
        data: The data folder.
    """

    def __init__(self, data: Path) -> None:
        self._folder = data / FOLDER

    def folder_of(self, source_id: SourceId) -> Path:
        """Returns the folder of a source, made where it is absent. Raises ``LibraryError``."""
        folder = self._folder / source_id
        try:
            make_private_folder(folder)
        except OSError as error:
            raise LibraryError(f"{folder}: cannot be made ({error.strerror}). {FIX}.") from error
        return folder

    def work_folder(self, source_id: SourceId) -> Path:
        """Returns an empty folder for what a sync fetches; what an earlier one left there is removed."""
        folder = self.folder_of(source_id) / "fetched"
        shutil.rmtree(folder, ignore_errors=True)
        make_private_folder(folder)
        return folder

    def add(self, source_id: SourceId, file: Path, sha256: str) -> str:
        """Copies a file into staging, whole or not at all; returns its name. Raises ``LibraryError``."""
        name = f"{sha256}{file.suffix.lower()}"
        target = self.folder_of(source_id) / "staged" / name
        part = target.with_name(f".{name}.part")
        try:
            make_private_folder(target.parent)
            if not target.is_file():
                shutil.copyfile(file, part)
                with part.open("rb") as handle:
                    os.fsync(handle.fileno())
                os.replace(part, target)  # noqa: PTH105  atomic on every system, unlike rename
        except OSError as error:
            part.unlink(missing_ok=True)
            raise LibraryError(f"{target}: cannot be stored ({error.strerror}). {FIX}.") from error
        return name

    def path_of(self, change: StagedChange) -> Path | None:
        """Returns the staged file of a change, None where it has none or it is not there any more."""
        if not change.filename:
            return None
        path = self._folder / change.source_id / "staged" / change.filename
        return path if path.is_file() else None

    def keep_only(self, source_id: SourceId, names: Collection[str]) -> None:
        """Removes the staged files of a source but these."""
        folder = self._folder / source_id / "staged"
        for path in folder.glob("*") if folder.is_dir() else ():
            if path.name not in names:
                path.unlink(missing_ok=True)

    def remove(self, source_id: SourceId) -> None:
        """Removes everything of a source."""
        shutil.rmtree(self._folder / source_id, ignore_errors=True)
