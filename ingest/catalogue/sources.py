"""Finds the files of an ingest and the metadata of each."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.errors import CatalogueError, UnreadableDocument
from assistant.model import Edition, EditionId, Kind
from assistant.model.formats import HTML, endings_of, format_of, is_collection, is_container
from ingest.catalogue.catalogue import CATALOGUE_NAMES, Catalogue, find_catalogue, read_catalogue
from ingest.catalogue.ids import id_of

TOPICS = "topics.toml"
"""The topics that documents are expected to cover; no document itself."""
LIBRARY = "library.sqlite"
"""The file by which a data folder is recognised."""


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to ingest."""

    path: Path
    root: Path
    """The folder or file that the user named."""
    edition: Edition
    has_own_title: bool
    """False where the title may still be taken from the file."""
    unpacked: Path | None = None
    """Where its content lies, for a file out of another file, whose path is the other's with its name after it."""


@dataclass(frozen=True, slots=True)
class SkippedFile:
    """A file that is not ingested, and why."""

    path: Path
    why: str
    unnamed_under: Path | None = None
    """The folder or file that the user named, where its catalogue names others but not this one."""


@dataclass(frozen=True, slots=True)
class FoundFiles:
    """The files of an ingest, and what the catalogues say of others."""

    files: tuple[FoundFile, ...]
    skipped: tuple[SkippedFile, ...]
    known: tuple[Edition, ...]
    """Editions that a catalogue names and whose file is not there."""


def find_files(paths: Sequence[Path], catalogue: Path | None, *, unlisted: bool = False) -> FoundFiles:
    """Returns the files under the paths with their metadata, by edition id.

    Args:
        paths: Files and folders.
        catalogue: Of all of them; None takes the one beside them.
        unlisted: Whether files that their catalogue does not name are read as well.

    Raises:
        UnreadableDocument: A path does not exist or cannot be opened, or there is no document under the paths.
        CatalogueError: A catalogue is wrong, or two files have one edition id.
    """
    files: list[FoundFile] = []
    skipped: list[SkippedFile] = []
    known: dict[EditionId, Edition] = {}
    named = read_catalogue(catalogue) if catalogue else None
    for root in paths:
        if not root.exists():
            raise UnreadableDocument(root, "no such file or folder", "Check the path")
        entries = named or find_catalogue(root)
        for path in files_under(root, skipped):
            _classify(path, root, entries, files, skipped, unlisted=unlisted)
        if entries is not None:
            _note_absent(root, entries, known, skipped)
    if not files:
        names = ", ".join(str(path) for path in paths)
        raise UnreadableDocument(
            names, "no document to ingest", f"Give a file or folder with {', '.join(endings_of())}"
        )
    check_edition_ids(files)
    once = {file.path.resolve(): file for file in files}
    indexed = {file.edition.edition_id for file in files}
    outside = tuple(edition for name, edition in sorted(known.items()) if name not in indexed)
    return FoundFiles(tuple(sorted(once.values(), key=lambda file: file.edition.edition_id)), tuple(skipped), outside)


def _note_absent(root: Path, catalogue: Catalogue, known: dict[EditionId, Edition], skipped: list[SkippedFile]) -> None:
    """Adds the editions that a catalogue names and whose file is not there."""
    for entry in catalogue.entries:
        path = catalogue.file_of(entry)
        if path is not None and path.is_file():
            continue
        known[EditionId(entry.edition_id)] = replace(entry.edition(), sha256=None)
        if path is not None and path.is_relative_to(root.resolve()):
            why = f"named in {catalogue.path.name} but not there: known, not indexed; `assistant fetch` may bring it"
            skipped.append(SkippedFile(path, why))


def files_under(root: Path, skipped: list[SkippedFile]) -> Iterator[Path]:
    """Yields the files under a folder, sorted; links to folders are not followed, so that none is walked twice."""
    if root.is_file():
        yield root
        return
    for folder, names, files in os.walk(root, onerror=_cannot_open):
        if LIBRARY in files:
            skipped.append(SkippedFile(Path(folder), "a data folder holds no documents of its own"))
            names.clear()
            continue
        names[:] = sorted(name for name in names if not name.startswith("."))
        parts = [name for name in names if _is_of_saved_page(name, files)]
        skipped.extend(SkippedFile(Path(folder) / name, "it holds the parts of a saved web page") for name in parts)
        names[:] = [name for name in names if name not in parts]
        links = (Path(folder) / name for name in names)
        skipped.extend(SkippedFile(link, "a link to a folder is not followed") for link in links if link.is_symlink())
        for name in sorted(files):
            path = Path(folder) / name
            is_own = name in (*CATALOGUE_NAMES, TOPICS) or name.endswith(".lock.toml")
            if path.is_file() and not name.startswith(".") and not is_own:
                yield path


def _is_of_saved_page(name: str, files: Sequence[str]) -> bool:
    """Returns whether a folder holds the pictures and frames of a web page that a browser saved beside it."""
    stem = name.removesuffix("_files")
    return stem != name and any(f"{stem}{ending}" in files for ending in HTML.endings)


def _cannot_open(error: OSError) -> None:
    """Raises for a folder that cannot be opened; skipping it would remove its documents from the library."""
    fix = "Check its permissions"
    raise UnreadableDocument(error.filename, f"cannot be opened ({error.strerror})", fix) from error


def _classify(
    path: Path,
    root: Path,
    catalogue: Catalogue | None,
    files: list[FoundFile],
    skipped: list[SkippedFile],
    *,
    unlisted: bool,
) -> None:
    entry = catalogue.entry_for(path) if catalogue else None
    if catalogue is not None and path.resolve() == catalogue.path.resolve():
        return  # a catalogue of another name is no document either
    if entry is not None:
        files.append(FoundFile(path, root, entry.edition(), True))
    elif catalogue is not None and not is_collection(path) and not unlisted:
        skipped.append(SkippedFile(path, f"not named in {catalogue.path.name}", root))
    elif format_of(path) is None and path != root:
        skipped.append(SkippedFile(path, f"format {path.suffix or 'without ending'} is not read"))
    else:
        files.append(FoundFile(path, root, inferred(path), False))


def inferred(path: Path) -> Edition:
    """Returns the metadata of a file that no catalogue names: id and title from its name, kind guidance."""
    stem = id_of(path.stem)
    return Edition(EditionId(stem), stem, path.stem.replace("-", " ").replace("_", " "), Kind.GUIDANCE)


def check_edition_ids(files: Sequence[FoundFile]) -> None:
    """Raises ``CatalogueError`` where two files have one edition id; those that hold others have none yet."""
    seen: dict[str, Path] = {}
    for file in files:
        if is_collection(file.path) or is_container(file.path):
            continue
        name = str(file.edition.edition_id)
        if name in seen and seen[name].resolve() != file.path.resolve():
            what = f"has the edition id {name!r}, as {seen[name]} has"
            raise CatalogueError(file.path, what, "Rename one of them or give both a catalogue entry")
        seen[name] = file.path


def sha256_of(path: Path) -> str:
    """Returns the sha256 of a file. Raises ``UnreadableDocument`` where it cannot be opened."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        fix = "Check its permissions"
        raise UnreadableDocument(path, f"cannot be opened ({error.strerror})", fix) from error
