"""Documents that were uploaded and are not published yet: each in a folder of its own, with its preview."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from assistant.data_folder import make_private_folder
from assistant.errors import CatalogueError, LibraryError, UnreadableDocument
from assistant.model import Kind
from assistant.model.formats import UPLOADABLE, endings_of, format_of
from assistant.ports import Preview
from ingest.catalogue.catalogue import Entry

ID = re.compile(r"[0-9a-f]{24}")
PREVIEW = "preview.json"
MAX_STAGED = 20
"""Uploads that somebody may see waiting at once."""
ABANDONED_S = 3600.0
"""Age at which an upload without a preview counts as abandoned."""
NAME_CHARACTERS = 120
FIX = "Make room on the disk or make the data folder writable, then upload it again"
LISTS = ("groups",)
DATES = ("published", "in_force_from", "review_by")
_PREVIEW = TypeAdapter(Preview)


class StagedUploads:
    """A folder of uploads. One without a preview, as a crash leaves it, is not there.

    Args:
        folder: Made with the first upload.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def add(self, filename: str, content: bytes, waiting: int) -> tuple[str, Path]:
        """Writes a file into a folder of its own; returns the upload id and the file.

        Args:
            filename: As uploaded.
            content: The file.
            waiting: How many uploads wait already, of those that the uploader may see.

        Raises:
            UnreadableDocument: Its format is not read, or too many uploads wait.
            LibraryError: It cannot be stored; nothing of it stays.
        """
        name = file_name(filename)
        if waiting >= MAX_STAGED:
            raise UnreadableDocument(name, f"{MAX_STAGED} uploads wait already", "Publish or discard some of them")
        self._remove_abandoned()
        upload_id = secrets.token_hex(12)
        folder = self._folder / upload_id
        try:
            make_private_folder(folder)
            (folder / name).write_bytes(content)
        except OSError as error:
            self.remove(upload_id)
            raise LibraryError(f"{name}: the upload cannot be stored ({error.strerror}). {FIX}.") from error
        return upload_id, folder / name

    def _remove_abandoned(self) -> None:
        for folder in self._folder.glob("*"):
            is_old = time.time() - folder.stat().st_mtime > ABANDONED_S
            if ID.fullmatch(folder.name) and is_old and not (folder / PREVIEW).exists():
                shutil.rmtree(folder, ignore_errors=True)

    def save(self, preview: Preview) -> None:
        """Saves the preview of an upload, which is there from now on. Raises ``LibraryError`` where there is no room."""
        folder = self._folder / preview.upload_id
        part = folder / f".{PREVIEW}"
        try:
            part.write_bytes(_PREVIEW.dump_json(preview))
            os.replace(part, folder / PREVIEW)  # noqa: PTH105  atomic on every system
        except OSError as error:
            part.unlink(missing_ok=True)
            raise LibraryError(
                f"{preview.filename}: its preview cannot be stored ({error.strerror}). {FIX}."
            ) from error

    def ids(self) -> tuple[str, ...]:
        """Returns the uploads that are there, oldest first."""
        paths = [path for path in self._folder.glob(f"*/{PREVIEW}") if ID.fullmatch(path.parent.name)]
        return tuple(path.parent.name for path in sorted(paths, key=lambda path: (path.stat().st_mtime_ns, path)))

    def preview(self, upload_id: str) -> Preview | None:
        """Returns the preview of an upload, None where there is no such upload."""
        if not ID.fullmatch(upload_id):
            return None
        try:
            return _PREVIEW.validate_json((self._folder / upload_id / PREVIEW).read_bytes())
        except (FileNotFoundError, ValidationError):
            return None

    def file(self, preview: Preview) -> Path:
        """Returns the file of an upload."""
        return self._folder / preview.upload_id / preview.filename

    def remove(self, upload_id: str) -> bool:
        """Removes an upload; returns whether there was one."""
        folder = self._folder / upload_id
        if not ID.fullmatch(upload_id) or not folder.is_dir():
            return False
        shutil.rmtree(folder, ignore_errors=True)
        return True


def file_name(filename: str) -> str:
    """Returns the last part of a name as uploaded, of plain characters. Raises ``UnreadableDocument``."""
    last = filename.replace("\\", "/").rsplit("/", 1)[-1]
    plain = re.sub(r"[^\w.-]+", "-", last).strip("-.") or "document"
    if format_of(plain) not in UPLOADABLE:
        fix = f"Upload one of {', '.join(endings_of(UPLOADABLE))}"
        raise UnreadableDocument(last[:NAME_CHARACTERS], "this format is not read", fix)
    return f"{Path(plain).stem[:NAME_CHARACTERS]}{Path(plain).suffix.lower()}"


def entry_from(name: str, metadata: Mapping[str, str]) -> Entry:
    """Returns the catalogue entry that the metadata of an upload describe; empty fields count as absent.

    Raises:
        CatalogueError: A field is unknown, missing or wrong; names the field.
    """
    stem = re.sub(r"[^A-Za-z0-9._-]+", "-", Path(name).stem).strip("-._") or "document"
    filled: dict[str, object] = {key: value.strip() for key, value in metadata.items() if value.strip()}
    for key in LISTS:
        if key in filled:
            filled[key] = tuple(item.strip() for item in str(filled[key]).split(",") if item.strip())
    fields = {"edition_id": stem[:100], "work": filled.get("edition_id", stem[:100]), **filled}
    fields = {"kind": Kind.GUIDANCE.value, **fields}
    fields = {"title": Path(name).stem.replace("-", " ").replace("_", " "), **fields}
    for key in {"path", "sha256"} & set(fields):
        raise CatalogueError(name, f"{key} cannot be set for an upload", "Leave it out")
    try:
        return Entry.model_validate({key: _typed(name, key, value) for key, value in fields.items()})
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise CatalogueError(name, f"{field}: {first['msg']}", "Fix that field and upload it again") from error


def _typed(name: str, key: str, value: object) -> object:
    if key not in DATES:
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise CatalogueError(name, f"{key}: {str(value)[:40]!r} is no date", "Write it as 2025-09-01") from error
