"""The folder of documents published by upload: files and a catalogue, as the library has them.

The library and the stored files are the truth; the folder is rebuilt from them before each publication, so that a
crash or a rollback leaves nothing in it that the next publication would publish.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Mapping
from dataclasses import fields
from pathlib import Path

from assistant.data_folder import make_private_folder
from assistant.errors import LibraryError
from assistant.model import Edition, EditionId
from assistant.ports import Files, Source
from ingest.catalogue.catalogue import CATALOGUE_NAME
from ingest.catalogue.toml_text import toml_value

ASK = "Ask your administrator to run `assistant check`."
"""The fix of a fault in a document that whoever meets it may not see."""


def write_folder(folder: Path, documents: Mapping[str, tuple[Edition, Path]]) -> None:
    """Rebuilds the folder: exactly these files, by name, each with its catalogue entry.

    Raises:
        LibraryError: There is no room, or the folder cannot be written; the next call rebuilds it.
    """
    try:
        _write_folder(folder, documents)
    except OSError as error:
        for part in folder.glob(".*.part"):
            part.unlink(missing_ok=True)
        fix = "Make room on the disk or make the data folder writable, then publish again"
        raise LibraryError(f"{folder}: the document cannot be stored ({error.strerror}). {fix}.") from error


def _write_folder(folder: Path, documents: Mapping[str, tuple[Edition, Path]]) -> None:
    make_private_folder(folder)
    for path in folder.iterdir():
        if path.name not in documents and path.is_file():
            path.unlink()
    for name, (_, file) in documents.items():
        if file != folder / name:
            part = folder / f".{name}.part"
            shutil.copyfile(file, part)
            part.replace(folder / name)
    tables = [_table(name, edition) for name, (edition, _) in sorted(documents.items())]
    (folder / CATALOGUE_NAME).write_text("\n".join(tables), encoding="utf-8")


def published_documents(
    folder: Path,
    editions: Mapping[str, Edition],
    sources: tuple[Source, ...],
    files: Files,
    hidden: Collection[EditionId] = (),
) -> dict[str, tuple[Edition, Path]]:
    """Returns the documents of the library that were published from the folder, by file name.

    Args:
        folder: The folder of published documents.
        editions: The indexed editions, by id.
        sources: Where they were read from.
        files: The stored files.
        hidden: Editions that no message may name.

    Raises:
        LibraryError: The file of one of them is not stored.
    """
    documents: dict[str, tuple[Edition, Path]] = {}
    for source in sources:
        if source.root != folder:
            continue
        stored = files.path_of(source.sha256, source.path.name)
        if stored is None and source.edition_id in hidden:
            raise LibraryError(f"A published document: no copy of its file is stored. {ASK}")
        if stored is None:
            raise LibraryError(f"{source.path}: no copy of this file is stored. Upload it again.")
        documents[source.path.name] = editions[source.edition_id], stored
    return documents


def _table(name: str, edition: Edition) -> str:
    lines = ["[[edition]]", f"path = {toml_value(name)}"]
    for field in fields(Edition):
        value = getattr(edition, field.name)
        if field.name not in ("sha256", "source_mark") and value not in (None, "", ()):
            lines.append(f"{field.name} = {toml_value(value)}")
    return "\n".join(lines) + "\n"
