"""Documents that were uploaded and are not published: each in a folder of its own, with what it would become."""

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

from assistant.errors import CatalogueError, UnreadableDocument
from assistant.model.formats import UPLOADED, endings_of, format_of
from assistant.ports import Preview
from ingest.catalogue.catalogue import Entry

ID = re.compile(r"[0-9a-f]{24}")
PREVIEW = "preview.json"
MOST = 20
"""Uploads that may wait at once."""
LEFT_S = 3600.0
"""Age at which an upload that is not whole counts as left behind."""
NAME_CHARACTERS = 120
LISTS = ("groups",)
DATES = ("published", "in_force_from", "review_by")
_PREVIEW = TypeAdapter(Preview)


class Uploads:
    """A folder of uploads. What is not whole, after a crash, is not there.

    Args:
        folder: Made with the first upload.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def add(self, filename: str, content: bytes) -> tuple[str, Path]:
        """Writes a file into a folder of its own; returns the upload id and the file.

        Raises:
            UnreadableDocument: Its format is not read, or too many uploads wait.
        """
        name = file_name(filename)
        if len(self.ids()) >= MOST:
            raise UnreadableDocument(name, f"{MOST} uploads wait already", "Publish or discard some of them")
        self._tidy()
        upload_id = secrets.token_hex(12)
        place = self._folder / upload_id
        place.mkdir(parents=True)
        (place / name).write_bytes(content)
        return upload_id, place / name

    def _tidy(self) -> None:
        """Removes what uploads that never became whole left behind."""
        for place in self._folder.glob("*"):
            is_old = time.time() - place.stat().st_mtime > LEFT_S
            if ID.fullmatch(place.name) and is_old and not (place / PREVIEW).exists():
                shutil.rmtree(place, ignore_errors=True)

    def keep(self, preview: Preview) -> None:
        """Keeps what an upload would become; from now on it is there."""
        place = self._folder / preview.upload_id
        part = place / f".{PREVIEW}"
        part.write_bytes(_PREVIEW.dump_json(preview))
        os.replace(part, place / PREVIEW)  # noqa: PTH105  atomic on every system

    def ids(self) -> tuple[str, ...]:
        """Returns the uploads that are there, oldest first."""
        found = [path for path in self._folder.glob(f"*/{PREVIEW}") if ID.fullmatch(path.parent.name)]
        return tuple(path.parent.name for path in sorted(found, key=lambda path: (path.stat().st_mtime_ns, path)))

    def preview(self, upload_id: str) -> Preview | None:
        """Returns what an upload would become, None where there is no such upload."""
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
        place = self._folder / upload_id
        if not ID.fullmatch(upload_id) or not place.is_dir():
            return False
        shutil.rmtree(place, ignore_errors=True)
        return True


def file_name(filename: str) -> str:
    """Returns the last part of a name as uploaded, of plain characters. Raises ``UnreadableDocument``."""
    last = filename.replace("\\", "/").rsplit("/", 1)[-1]
    plain = re.sub(r"[^\w.-]+", "-", last).strip("-.") or "document"
    stem, ending = Path(plain).stem[:NAME_CHARACTERS], Path(plain).suffix.lower()
    if format_of(plain) not in UPLOADED:
        known = ", ".join(endings_of(UPLOADED))
        raise UnreadableDocument(last[:NAME_CHARACTERS], "this format is not read", f"Upload one of {known}")
    return f"{stem}{ending}"


def entry_of(name: str, metadata: Mapping[str, str]) -> Entry:
    """Returns the catalogue entry that metadata give; empty fields count as not given.

    Raises:
        CatalogueError: A field is unknown, missing or wrong; names the field.
    """
    stem = re.sub(r"[^A-Za-z0-9._-]+", "-", Path(name).stem).strip("-._") or "document"
    given: dict[str, object] = {key: value.strip() for key, value in metadata.items() if value.strip()}
    for key in LISTS:
        if key in given:
            given[key] = tuple(each.strip() for each in str(given[key]).split(",") if each.strip())
    fields = {"edition_id": stem[:100], "work": given.get("edition_id", stem[:100]), **given}
    fields = {"title": Path(name).stem.replace("-", " ").replace("_", " "), **fields}
    for key in {"path", "sha256"} & set(fields):
        raise CatalogueError(name, f"{key} cannot be given for an upload", "Leave it out")
    try:
        return Entry.model_validate({key: _typed(name, key, value) for key, value in fields.items()})
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(each) for each in first["loc"])
        raise CatalogueError(name, f"{field}: {first['msg']}", "Mend that field and upload it again") from error


def _typed(name: str, key: str, value: object) -> object:
    if key not in DATES:
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise CatalogueError(name, f"{key}: {str(value)[:40]!r} is no date", "Write it as 2025-09-01") from error
